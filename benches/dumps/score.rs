//! What was found, held against the truth.

use std::collections::{HashMap, HashSet};

use super::found::{Found, Paths, Report};
use super::truth::Row;

/// Copies with a shorter passage than this, in bytes of letters and digits, are not promised.
pub const GUARANTEE: usize = 128;

/// How one pair of the truth was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With the right verdict.
    Right,
    /// With another one.
    Wrong,
    /// Not at all.
    Missed,
}

/// A pair of the truth, judged.
pub struct Judged<'t> {
    pub row: &'t Row,
    pub outcome: Outcome,
    /// What was told of it, if anything.
    pub told: Option<String>,
    /// Whether the cut is where it is; `None` if it cannot be said.
    pub cut_is_exact: Option<bool>,
}

/// A relation that was told of two documents.
pub struct Told<'r> {
    pub relation: &'r Found,
    pub worth: Worth,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    Right,
    /// The truth says something else of the pair.
    Wrong,
    /// The two have nothing to do with each other.
    False,
    /// Copies of one document, of which the truth does not say how they stand to each other, or
    /// says it of a pair that the guarantee does not cover.
    Akin,
}

pub struct Score<'t> {
    pub judged: Vec<Judged<'t>>,
    pub told: Vec<Told<'t>>,
}

/// Judges a report. A group has one base, so that of three documents that say the same only two
/// pairs are told: what is told of one of them holds for all.
pub fn score<'t>(truth: &'t [Row], report: &'t Report, paths: &mut Paths) -> Score<'t> {
    let ends: Vec<(usize, usize)> = truth
        .iter()
        .map(|row| (paths.number(&row.base), paths.number(&row.copy)))
        .collect();
    let mut families = Sets::new(paths.names.len(), ends.iter().copied());
    let equal = report
        .relations
        .iter()
        .filter(|one| ["identical", "equivalent"].contains(&one.verdict.as_str()));
    let mut equal = Sets::new(paths.names.len(), equal.map(|one| (one.less, one.more)));
    let mut same_bytes = Sets::new(paths.names.len(), report.same_bytes.iter().copied());

    let mut of_documents: HashMap<(usize, usize), &Found> = HashMap::new();
    let mut of_equals: HashMap<(usize, usize), &Found> = HashMap::new();
    for one in report.relations.iter().rev() {
        of_documents.insert(order(one.less, one.more), one);
        of_equals.insert(equal.pair(one.less, one.more), one);
    }
    let mut listed: HashMap<(usize, usize), &Row> = HashMap::new();
    let mut judged = Vec::with_capacity(truth.len());
    for (row, (base, copy)) in truth.iter().zip(ends) {
        listed.insert(order(base, copy), row);
        let direct = of_documents.get(&order(base, copy));
        let found = direct
            .or_else(|| of_equals.get(&equal.pair(base, copy)))
            .copied();
        let told = match found {
            _ if same_bytes.joined(base, copy) => Some("identical"),
            _ if equal.joined(base, copy) => Some("equivalent"),
            Some(found) => Some(found.verdict.as_str()),
            None => None,
        };
        let is_part = ["truncated", "contained"].contains(&row.verdict.as_str());
        let is_copy = found.is_some_and(|found| equal.joined(found.less, copy));
        let is_right = told == Some(&row.verdict) && (!is_part || is_copy);
        let cut = row.cut.zip(found).filter(|(_, found)| found.less == copy);
        judged.push(Judged {
            row,
            outcome: match told {
                _ if is_right => Outcome::Right,
                Some(_) => Outcome::Wrong,
                None => Outcome::Missed,
            },
            told: told.map(str::to_owned),
            cut_is_exact: cut.map(|(cut, found)| {
                let same_base = found.more == base;
                found.cut.is_some_and(|told| {
                    (told.byte, told.line) == (cut.byte, cut.line)
                        && (!same_base
                            || (told.base_byte, told.base_line) == (cut.base_byte, cut.base_line))
                })
            }),
        });
    }
    let told = report.relations.iter().map(|relation| {
        let worth = match listed.get(&order(relation.less, relation.more)) {
            Some(row) if row.verdict == relation.verdict => Worth::Right,
            Some(row) if is_promised(row) => Worth::Wrong,
            Some(_) => Worth::Akin,
            None if families.joined(relation.less, relation.more) => Worth::Akin,
            None => Worth::False,
        };
        Told { relation, worth }
    });
    Score {
        told: told.collect(),
        judged,
    }
}

/// Judges pairs without verdicts: which of the truth are among them, and how many are of two
/// documents that have nothing to do with each other.
pub fn recall<'t>(
    truth: &'t [Row],
    pairs: &[(usize, usize)],
    paths: &mut Paths,
) -> (Vec<Judged<'t>>, usize) {
    let ends: Vec<(usize, usize)> = truth
        .iter()
        .map(|row| (paths.number(&row.base), paths.number(&row.copy)))
        .collect();
    let mut families = Sets::new(paths.names.len(), ends.iter().copied());
    let proposed: HashSet<(usize, usize)> =
        pairs.iter().map(|(one, two)| order(*one, *two)).collect();
    let strangers = proposed
        .iter()
        .filter(|(one, two)| !families.joined(*one, *two))
        .count();
    let judged = truth.iter().zip(ends).map(|(row, (base, copy))| Judged {
        row,
        outcome: if proposed.contains(&order(base, copy)) {
            Outcome::Right
        } else {
            Outcome::Missed
        },
        told: None,
        cut_is_exact: None,
    });
    (judged.collect(), strangers)
}

impl Judged<'_> {
    pub fn is_promised(&self) -> bool {
        is_promised(self.row)
    }

    pub fn is_found(&self) -> bool {
        self.outcome != Outcome::Missed
    }
}

/// Whether the guarantee covers the pair.
fn is_promised(row: &Row) -> bool {
    match row.verdict.as_str() {
        "identical" | "equivalent" => true,
        "revised" => row.share >= 0.5 && row.passage >= GUARANTEE,
        _ => row.passage >= GUARANTEE,
    }
}

fn order(one: usize, two: usize) -> (usize, usize) {
    (one.min(two), one.max(two))
}

/// Disjoint sets of documents.
struct Sets(Vec<usize>);

impl Sets {
    fn new(documents: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut sets = Self((0..documents).collect());
        for (one, two) in pairs {
            let (one, two) = (sets.root(one), sets.root(two));
            sets.0[one.max(two)] = one.min(two);
        }
        sets
    }

    fn root(&mut self, mut one: usize) -> usize {
        while self.0[one] != one {
            self.0[one] = self.0[self.0[one]];
            one = self.0[one];
        }
        one
    }

    fn joined(&mut self, one: usize, two: usize) -> bool {
        self.root(one) == self.root(two)
    }

    /// The sets of two documents.
    fn pair(&mut self, one: usize, two: usize) -> (usize, usize) {
        order(self.root(one), self.root(two))
    }
}
