//! Relations -> which documents become one.

use std::collections::HashMap;

use super::graft::marks::Marks;
use crate::text::{Coverage, Edit, Relation, Section, Verdict, Witness};

/// That a document is a copy of a more complete one.
#[derive(Clone, Copy, Debug)]
pub struct Bond {
    /// The more complete one.
    pub base: usize,
    /// The copy.
    pub copy: usize,
    /// How the copy stands to it.
    pub verdict: Verdict,
    /// How much of the copy the base has.
    pub of_copy: Coverage,
    /// Whether the base is the output of an earlier merge that took the copy in. Such a copy joins
    /// it, whatever else it is close to: merging again changes nothing.
    pub taken_in: bool,
}

/// Whether of two texts one ends with what the other begins with: one text, cut at two places. Such
/// are copies of one text, however little they share. The dots at a cut do not count.
pub fn continue_each_other(relation: &Relation, base: &Witness, copy: &Witness) -> bool {
    let marks = Marks::find(&relation.edits, base, copy);
    let mut sides: Vec<Side> = Vec::new();
    for edit in &relation.edits {
        let side = match edit {
            Edit::Same { base, .. } if base.section == Section::Body => Side::Both,
            Edit::Lacking { base, .. } if base.section == Section::Body => {
                match marks.in_base.iter().any(|(mark, _)| mark == base) {
                    true => continue,
                    false => Side::Base,
                }
            }
            Edit::Extra { copy, .. } if copy.section == Section::Body => {
                match marks.has_copy(copy) {
                    true => continue,
                    false => Side::Copy,
                }
            }
            Edit::Same { .. } | Edit::Lacking { .. } | Edit::Extra { .. } => continue,
            Edit::Variant { base, .. } if base.section == Section::FrontMatter => continue,
            Edit::Variant { .. }
            | Edit::Moved { .. }
            | Edit::MovedHere { .. }
            | Edit::Repeated { .. }
            | Edit::RepeatedHere { .. } => return false,
        };
        if sides.last() != Some(&side) {
            sides.push(side);
        }
    }
    use Side::{Base, Both, Copy};
    matches!(sides[..], [Base, Both, Copy] | [Copy, Both, Base])
}

/// Which of two texts has a passage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Base,
    Copy,
    Both,
}

/// Documents that become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// The most complete one, which supplies the bytes.
    pub base: usize,
    /// The others, in the order of the documents, with how they stand to their base.
    pub copies: Vec<(usize, Verdict)>,
}

/// Which documents become one, each in exactly one set, in the order of their bases. `dumps` has the
/// dump of each document.
///
/// - A copy that is identical, equivalent, truncated, contained or revised joins its base, or what
///   that has joined; of several bases the one it is closest to. One that shares a passage and no
///   more joins none, unless one of them goes on where the other ends
///   ([`continue_each_other`]). A copy that an earlier merge took in joins the output that did.
/// - Two documents of the same dump are never merged for each other's sake: none joins a base of its
///   own dump, and of one dump no more than one joins a base that it is only a revision of. So a
///   dump stays what it is, but parts of one text may go into the whole that another dump has.
pub fn sets(dumps: &[usize], bonds: &[Bond]) -> Vec<Set> {
    let mut best: HashMap<usize, Bond> = HashMap::new();
    let apart = |bond: &&Bond| dumps[bond.base] != dumps[bond.copy];
    for bond in bonds
        .iter()
        .filter(apart)
        .filter(|bond| joins(bond.verdict) && !bond.taken_in)
    {
        let known = best.entry(bond.copy).or_insert(*bond);
        if closeness(bond) < closeness(known) {
            *known = *bond;
        }
    }
    for bond in bonds.iter().filter(apart).filter(|bond| bond.taken_in) {
        if !leads_to(&best, bond.base, bond.copy) {
            best.insert(bond.copy, *bond);
        }
    }
    let mut order: Vec<Bond> = best.into_values().collect();
    order.sort_by_key(|bond| (closeness(bond), bond.copy));
    let mut joined = Joined {
        dumps,
        set_of: (0..dumps.len()).collect(),
        revised: HashMap::new(),
        verdicts: HashMap::new(),
    };
    for bond in bases_first(dumps.len(), order) {
        joined.join(&bond);
    }
    joined.sets()
}

fn joins(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Overlapping | Verdict::Unrelated)
}

/// What is closest first.
fn closeness(bond: &Bond) -> (bool, Verdict, u64, usize) {
    let Coverage { aligned, total } = bond.of_copy;
    let lacking = (total - aligned.min(total)) * 10_000 / total.max(1);
    (!bond.taken_in, bond.verdict, lacking, bond.base)
}

/// Whether bonds lead from `from` to `to`.
fn leads_to(bonds: &HashMap<usize, Bond>, from: usize, to: usize) -> bool {
    let bases = std::iter::successors(Some(from), |at| Some(bonds.get(at)?.base));
    bases.take(bonds.len() + 1).any(|at| at == to)
}

/// The bonds in an order in which each comes after that of its base; otherwise as they are. There is
/// no way round: bonds lead from the less to the more complete, or to what took them in, and those
/// that would close a ring were left out.
fn bases_first(documents: usize, bonds: Vec<Bond>) -> Vec<Bond> {
    let mut waiting: HashMap<usize, Vec<Bond>> = HashMap::new();
    let copies: Vec<bool> = bonds
        .iter()
        .fold(vec![false; documents], |mut copies, bond| {
            copies[bond.copy] = true;
            copies
        });
    let mut open: Vec<Bond> = Vec::new();
    for bond in bonds.into_iter().rev() {
        match copies[bond.base] {
            true => waiting.entry(bond.base).or_default().push(bond),
            false => open.push(bond),
        }
    }
    let mut order = Vec::new();
    while let Some(bond) = open.pop() {
        open.extend(waiting.remove(&bond.copy).unwrap_or_default());
        order.push(bond);
    }
    order
}

struct Joined<'d> {
    dumps: &'d [usize],
    /// The base of the set that each document is in.
    set_of: Vec<usize>,
    /// Which document of a dump has joined a base as a revision of it.
    revised: HashMap<(usize, usize), usize>,
    verdicts: HashMap<usize, Verdict>,
}

impl Joined<'_> {
    fn join(&mut self, bond: &Bond) {
        let base = self.set_of[bond.base];
        let dump = self.dumps[bond.copy];
        if self.dumps[base] == dump {
            return;
        }
        if bond.verdict == Verdict::Revised {
            if self.revised.contains_key(&(base, dump)) {
                return;
            }
            self.revised.insert((base, dump), bond.copy);
        }
        self.set_of[bond.copy] = base;
        self.verdicts.insert(bond.copy, bond.verdict);
    }

    fn sets(self) -> Vec<Set> {
        let mut copies: HashMap<usize, Vec<(usize, Verdict)>> = HashMap::new();
        for (document, base) in self.set_of.iter().enumerate() {
            if let Some(verdict) = self.verdicts.get(&document) {
                copies.entry(*base).or_default().push((document, *verdict));
            }
        }
        let bases = (0..self.set_of.len()).filter(|at| !self.verdicts.contains_key(at));
        bases
            .map(|base| Set {
                base,
                copies: copies.remove(&base).unwrap_or_default(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets as text, for dumps and bonds given as `base copy verdict share`.
    #[track_caller]
    fn check(dumps: &[usize], bonds: &[(usize, usize, Verdict, u64)], expected: &str) {
        let bonds: Vec<Bond> = bonds
            .iter()
            .map(|(base, copy, verdict, share)| Bond {
                base: *base,
                copy: *copy,
                verdict: *verdict,
                of_copy: Coverage {
                    aligned: *share,
                    total: 100,
                },
                taken_in: false,
            })
            .collect();
        for bonds in [bonds.clone(), bonds.into_iter().rev().collect()] {
            let told: Vec<String> = sets(dumps, &bonds)
                .into_iter()
                .map(|set| {
                    let copies = set.copies.iter().map(|(copy, _)| format!(" {copy}"));
                    format!("{}:{}", set.base, copies.collect::<String>())
                })
                .collect();
            assert_eq!(told.join(", "), expected);
        }
    }

    #[test]
    fn copies_join_their_base() {
        use Verdict::{Contained, Identical, Overlapping, Revised, Truncated};
        check(&[0, 1], &[(0, 1, Truncated, 100)], "0: 1");
        check(&[0, 1], &[(0, 1, Overlapping, 10)], "0:, 1:");
        // A copy of a copy goes where that goes.
        check(
            &[0, 1, 2],
            &[(0, 1, Revised, 90), (1, 2, Contained, 100)],
            "0: 1 2",
        );
        // Of two bases the closest.
        check(
            &[0, 0, 1],
            &[(0, 2, Revised, 70), (1, 2, Identical, 100)],
            "0:, 1: 2",
        );
        check(
            &[0, 0, 1],
            &[(0, 2, Revised, 70), (1, 2, Revised, 80)],
            "0:, 1: 2",
        );
    }

    #[test]
    fn what_was_taken_in_belongs_where_it_went() {
        let bond = |base, copy, verdict, taken_in| Bond {
            base,
            copy,
            verdict,
            of_copy: Coverage {
                aligned: 90,
                total: 100,
            },
            taken_in,
        };
        let near = bond(0, 2, Verdict::Equivalent, false);
        let known = bond(1, 2, Verdict::Revised, true);
        let copies = |bonds: &[Bond]| -> Vec<(usize, Vec<usize>)> {
            let sets = sets(&[0, 0, 1], bonds).into_iter();
            sets.map(|set| (set.base, set.copies.iter().map(|(copy, _)| *copy).collect()))
                .collect()
        };
        assert_eq!(copies(&[near, known]), [(0, vec![]), (1, vec![2])]);
        // The output is a copy of what it took in by now: no ring.
        let back = bond(2, 1, Verdict::Truncated, false);
        assert_eq!(copies(&[back, known]), [(0, vec![]), (2, vec![1])]);
    }

    #[test]
    fn a_dump_is_not_merged_with_itself() {
        use Verdict::{Contained, Equivalent, Revised, Truncated};
        check(
            &[0, 0, 1],
            &[(0, 1, Equivalent, 100), (0, 2, Truncated, 100)],
            "0: 2, 1:",
        );
        // Two parts of one whole.
        check(
            &[0, 1, 1],
            &[(0, 1, Truncated, 100), (0, 2, Contained, 100)],
            "0: 1 2",
        );
        // Two revisions: the closest.
        check(
            &[0, 1, 1],
            &[(0, 1, Revised, 60), (0, 2, Revised, 90)],
            "0: 2, 1:",
        );
        // What stays by itself takes in its own copies.
        check(
            &[0, 1, 0, 1],
            &[
                (0, 1, Revised, 60),
                (1, 2, Contained, 100),
                (2, 3, Truncated, 100),
            ],
            "0: 1, 2: 3",
        );
    }
}
