//! Candidate pairs -> groups: stars around a base.
//!
//! Never the transitive closure: if A and B are related, and B and C, nothing is said of A and C.
//! Texts are numbered by completeness, the most complete first, so a base is found before its
//! copies, and each text is compared with bases before anything else.

use std::collections::{BTreeMap, BTreeSet};

/// What a comparison says of a candidate pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// One is a copy of the other, whole, in part or revised: they belong in one group.
    Copy,
    /// They share a passage and no more: told, but each stands for itself.
    Passage,
    /// Nothing.
    None,
}

/// A star.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Star<R> {
    /// The text the others are read against.
    pub base: u32,
    /// The others, ascending, each with what the comparison found.
    pub copies: Vec<(u32, R)>,
}

/// The connected parts of a set of pairs, each an ascending list of pairs. What is in different
/// parts can be worked on at the same time.
pub fn parts(texts: usize, pairs: &[(u32, u32)]) -> Vec<Vec<(u32, u32)>> {
    let mut forest = Forest((0..texts as u32).collect());
    for (one, two) in pairs {
        forest.join(*one, *two);
    }
    let mut parts: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for pair in pairs {
        parts.entry(forest.root(pair.0)).or_default().push(*pair);
    }
    parts.into_values().collect()
}

/// Disjoint sets: for each text another of its set, up to the root, which is the least.
struct Forest(Vec<u32>);

impl Forest {
    fn root(&mut self, mut text: u32) -> u32 {
        while self.0[text as usize] != text {
            // Halving the path keeps later ways short.
            let above = self.0[self.0[text as usize] as usize];
            self.0[text as usize] = above;
            text = above;
        }
        text
    }

    fn join(&mut self, one: u32, two: u32) {
        let (one, two) = (self.root(one), self.root(two));
        self.0[one.max(two) as usize] = one.min(two);
    }
}

/// Forms the stars of one connected part. `compare` is given a base and all texts to compare it
/// with, and answers in their order; it is asked about a pair at most once, and not about every
/// pair.
pub fn stars<R>(
    pairs: &[(u32, u32)],
    mut compare: impl FnMut(u32, &[u32]) -> Vec<(Bond, R)>,
) -> Vec<Star<R>> {
    let mut texts: BTreeMap<u32, Neighbours> = BTreeMap::new();
    for (more, less) in pairs {
        texts.entry(*more).or_default().less_complete.push(*less);
        texts.entry(*less).or_default().more_complete.push(*more);
    }
    let mut part = Part {
        texts,
        stars: BTreeMap::new(),
        placed: BTreeSet::new(),
    };
    let order: Vec<u32> = part.texts.keys().copied().collect();
    for text in order {
        if !part.placed.contains(&text) && !part.joins_a_member(text, &mut compare) {
            part.raise(text, text, &mut compare);
        }
    }
    let stars = part.stars.into_iter();
    stars
        .filter(|(_, copies)| !copies.is_empty())
        .map(|(base, mut copies)| {
            copies.sort_by_key(|(copy, _)| *copy);
            Star { base, copies }
        })
        .collect()
}

/// The candidates that a text is paired with.
#[derive(Default)]
struct Neighbours {
    more_complete: Vec<u32>,
    less_complete: Vec<u32>,
}

/// A connected part, while its stars are formed.
struct Part<R> {
    texts: BTreeMap<u32, Neighbours>,
    stars: BTreeMap<u32, Vec<(u32, R)>>,
    /// Copies of a base.
    placed: BTreeSet<u32>,
}

impl<R> Part<R> {
    /// Makes `base` a base: compares it with all its less complete neighbours after `text`.
    fn raise(
        &mut self,
        base: u32,
        text: u32,
        compare: &mut impl FnMut(u32, &[u32]) -> Vec<(Bond, R)>,
    ) {
        self.stars.entry(base).or_default();
        let neighbours = self.texts.get(&base);
        let mut later: Vec<u32> = neighbours.map_or_else(Vec::new, |n| n.less_complete.clone());
        later.retain(|other| *other > text);
        if !later.is_empty() {
            let found = compare(base, &later);
            for (copy, found) in later.into_iter().zip(found) {
                self.bind(base, copy, found);
            }
        }
    }

    /// Whether `text`, a copy of no base, is a copy of a member of a star: akin to what only that
    /// one has. A member that is bound to a text becomes a base.
    fn joins_a_member(
        &mut self,
        text: u32,
        compare: &mut impl FnMut(u32, &[u32]) -> Vec<(Bond, R)>,
    ) -> bool {
        let neighbours = self.texts.get(&text);
        let mut members = neighbours.map_or_else(Vec::new, |n| n.more_complete.clone());
        members.retain(|member| !self.stars.contains_key(member));
        members.sort_unstable();
        for member in members {
            let Some(found) = compare(member, &[text]).pop() else {
                continue;
            };
            if found.0 != Bond::None {
                self.raise(member, text, compare);
            }
            let bond = found.0;
            self.bind(member, text, found);
            if bond == Bond::Copy {
                return true;
            }
        }
        false
    }

    fn bind(&mut self, base: u32, copy: u32, (bond, found): (Bond, R)) {
        if bond == Bond::Copy {
            self.placed.insert(copy);
        }
        if bond != Bond::None {
            self.stars.entry(base).or_default().push((copy, found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stars as text, for bonds given as `base copy bond`.
    fn check(bonds: &[(u32, u32, Bond)], expected: &str) {
        let pairs: Vec<(u32, u32)> = bonds.iter().map(|(base, copy, _)| (*base, *copy)).collect();
        let bond = |base, copy| {
            let mut known = bonds.iter();
            known.find(|(b, c, _)| (*b, *c) == (base, copy)).unwrap().2
        };
        let stars = stars(&pairs, |base, copies| {
            copies.iter().map(|copy| (bond(base, *copy), ())).collect()
        });
        let told: Vec<String> = stars
            .iter()
            .map(|star| {
                let copies: Vec<String> = star
                    .copies
                    .iter()
                    .map(|(copy, ())| copy.to_string())
                    .collect();
                format!("{}: {}", star.base, copies.join(" "))
            })
            .collect();
        assert_eq!(told.join("; "), expected);
    }

    #[test]
    fn a_star_is_no_chain() {
        use Bond::{Copy, None, Passage};
        check(&[(0, 1, Copy), (0, 2, Copy), (1, 2, Copy)], "0: 1 2");
        // 2 is akin to 1 only, and 1 is a copy of 0: two stars.
        check(&[(0, 1, Copy), (1, 2, Copy)], "0: 1; 1: 2");
        // Parts of two bases: a member of both.
        check(&[(0, 2, Copy), (1, 2, Copy)], "0: 2; 1: 2");
        // A shared passage does not keep a text from being a base.
        check(&[(0, 1, Passage), (1, 2, Copy)], "0: 1; 1: 2");
        check(&[(0, 1, None)], "");
    }

    #[test]
    fn parts_are_connected() {
        assert_eq!(
            parts(6, &[(0, 3), (1, 2), (3, 5)]),
            [vec![(0, 3), (3, 5)], vec![(1, 2)]]
        );
    }
}
