//! Candidate pairs -> groups: stars around a base.
//!
//! Never the transitive closure: if A and B are related, and B and C, nothing is said of A and C.
//! Texts are numbered by completeness, the most complete first, so a base is found before its
//! copies, and each text is compared with bases before anything else.

use std::collections::BTreeMap;

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

/// Forms the stars of one connected part. `compare` is asked about a pair (base, copy) at most
/// once, and not about every pair.
pub fn stars<R>(
    pairs: &[(u32, u32)],
    mut compare: impl FnMut(u32, u32) -> (Bond, R),
) -> Vec<Star<R>> {
    let mut before: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (base, copy) in pairs {
        before.entry(*base).or_default();
        before.entry(*copy).or_default().push(*base);
    }
    let mut stars: BTreeMap<u32, Vec<(u32, R)>> = BTreeMap::new();
    for (text, mut others) in before {
        others.sort_unstable();
        let (bases, members): (Vec<u32>, Vec<u32>) = others
            .into_iter()
            .partition(|other| stars.contains_key(other));
        let mut belongs = false;
        let mut try_base = |base: u32, stars: &mut BTreeMap<u32, Vec<(u32, R)>>| {
            let (bond, found) = compare(base, text);
            if bond != Bond::None {
                stars.entry(base).or_default().push((text, found));
            }
            bond
        };
        for base in bases {
            belongs |= try_base(base, &mut stars) == Bond::Copy;
        }
        // Akin to a copy, but not to that copy's base: to what only the copy has.
        for member in members {
            if belongs {
                break;
            }
            belongs = try_base(member, &mut stars) == Bond::Copy;
        }
        if !belongs {
            stars.entry(text).or_default();
        }
    }
    stars
        .into_iter()
        .filter(|(_, copies)| !copies.is_empty())
        .map(|(base, copies)| Star { base, copies })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stars as text, for bonds given as `base copy bond`.
    fn check(bonds: &[(u32, u32, Bond)], expected: &str) {
        let pairs: Vec<(u32, u32)> = bonds.iter().map(|(base, copy, _)| (*base, *copy)).collect();
        let stars = stars(&pairs, |base, copy| {
            let bond = bonds
                .iter()
                .find(|(b, c, _)| (*b, *c) == (base, copy))
                .unwrap()
                .2;
            (bond, ())
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
