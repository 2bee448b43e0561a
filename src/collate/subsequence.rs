//! The tokens that two sequences have in common, in the same order.
//!
//! `similar`'s Myers finds most of them, and all where little differs. Its search is bounded: from
//! some 250 edits on it goes on from the best split found so far, and there are shortcuts for sides
//! of very different lengths and for long ones. None of them leads to a wrong match, but to fewer
//! matches than there could be. So where one of them may have been taken, its Hunt is asked, too,
//! which finds a longest sequence whatever differs; that one falls back to Myers where tokens repeat
//! themselves so often that its work would grow with the square. Only then is it not known whether
//! more could be matched.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// With fewer edits than this no shortcut can have been taken: the peeling of the front asks for 97
/// tokens on the shorter side and twice as many on the longer one; a split before its time for 256
/// edits from both ends.
const SHORTCUT_EDITS: usize = 97;
/// Nor is anything left out in advance, if a side is shorter than this.
const REDUCED_LEN: usize = 512;
/// Pairs of equal tokens for each token, and in all, that Hunt looks at.
const PAIRS_PER_TOKEN: usize = 64;
const PAIRS_MAX: usize = 1_000_000;

/// With so many edits Myers would give up before it found the longest, so that Hunt, which is faster
/// where few tokens repeat themselves, is asked alone.
const LEFT_TO_HUNT: usize = 512;

/// A sequence that both have.
pub(super) struct Subsequence {
    /// Where its tokens stand, in both, ascending.
    pub pairs: Vec<(usize, usize)>,
    /// Whether none is longer for sure.
    pub is_longest: bool,
}

/// A common subsequence of two sequences of numbers below `count`.
pub(super) fn common(base: &[u32], copy: &[u32], count: usize) -> Subsequence {
    let len = base.len() + copy.len();
    if base != copy && len >= LEFT_TO_HUNT && equal_pairs(base, copy, count) <= len {
        let pairs = pairs(Algorithm::Hunt, base, copy);
        if len - 2 * pairs.len() >= LEFT_TO_HUNT {
            return Subsequence {
                pairs,
                is_longest: true,
            };
        }
    }
    let found = pairs(Algorithm::Myers, base, copy);
    let edits = base.len() + copy.len() - 2 * found.len();
    if edits < SHORTCUT_EDITS && base.len().min(copy.len()) < REDUCED_LEN {
        return Subsequence {
            pairs: found,
            is_longest: true,
        };
    }
    if equal_pairs(base, copy, count) > PAIRS_MAX.min(PAIRS_PER_TOKEN * (base.len() + copy.len())) {
        return Subsequence {
            pairs: found,
            is_longest: false,
        };
    }
    let longest = pairs(Algorithm::Hunt, base, copy);
    // Of two that are equally long, Myers' is the one in which what belongs together stands
    // together.
    let pairs = match longest.len() > found.len() {
        true => longest,
        false => found,
    };
    Subsequence {
        pairs,
        is_longest: true,
    }
}

fn pairs(algorithm: Algorithm, base: &[u32], copy: &[u32]) -> Vec<(usize, usize)> {
    let ops = capture_diff_slices(algorithm, base, copy);
    let equal = (ops.iter()).filter(|op| matches!(op, DiffOp::Equal { .. }));
    equal
        .flat_map(|op| op.old_range().zip(op.new_range()))
        .collect()
}

/// How many pairs of equal tokens there are, one of each side.
fn equal_pairs(base: &[u32], copy: &[u32], count: usize) -> usize {
    let mut in_base = vec![0_usize; count];
    for token in base {
        in_base[*token as usize] += 1;
    }
    let pairs = copy.iter().map(|token| in_base[*token as usize]);
    pairs.fold(0, usize::saturating_add)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The length of a longest common subsequence, by the book.
    fn longest(base: &[u32], copy: &[u32]) -> usize {
        let mut row = vec![0; copy.len() + 1];
        for one in base {
            let mut diagonal = 0;
            for (at, other) in copy.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = match one == other {
                    true => diagonal + 1,
                    false => above.max(row[at]),
                };
                diagonal = above;
            }
        }
        row[copy.len()]
    }

    #[track_caller]
    fn check(base: &[u32], copy: &[u32]) -> bool {
        let found = common(base, copy, 1 << 10);
        let ascends = |two: &[(usize, usize)]| two[0].0 < two[1].0 && two[0].1 < two[1].1;
        assert!(found.pairs.windows(2).all(ascends));
        assert!(found.pairs.iter().all(|&(a, b)| base[a] == copy[b]));
        let longest = longest(base, copy);
        assert!(found.pairs.len() <= longest);
        assert!(!found.is_longest || found.pairs.len() == longest);
        found.is_longest
    }

    /// The pattern `of` numbers, over and over.
    fn cycle(of: u32, len: usize) -> impl Iterator<Item = u32> {
        (0..of).cycle().take(len)
    }

    /// Numbers below `below` without an order, the same ones each time.
    fn noise(seed: u32, below: u32, len: usize) -> Vec<u32> {
        let mut state = seed.wrapping_mul(0x9e37_79b9) | 1;
        let next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state % below
        };
        std::iter::repeat_with(next).take(len).collect()
    }

    #[test]
    fn the_shortcuts_are_made_up_for() {
        // What is peeled off the front of the longer side costs a match of Myers'.
        let short: Vec<u32> = cycle(2, 98).chain([9]).collect();
        let long: Vec<u32> = [1]
            .into_iter()
            .chain(cycle(2, 96))
            .chain([9; 120])
            .collect();
        assert!(check(&short, &long));
        assert!(pairs(Algorithm::Myers, &short, &long).len() < longest(&short, &long));
        // Two sides that have everything in common, but hardly in the same order.
        let (one, other) = (noise(1, 600, 900), noise(2, 600, 900));
        assert!(check(&one, &other));
        assert!(pairs(Algorithm::Myers, &one, &other).len() < longest(&one, &other));
    }

    #[test]
    fn what_is_not_known_is_told() {
        assert!(!check(&noise(1, 2, 1200), &noise(2, 2, 1200)));
        assert!(check(&noise(1, 2, 40), &noise(2, 2, 40)));
        assert!(check(&[], &noise(1, 2, 1200)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn none_is_longer_if_it_says_so(
            seeds in any::<(u32, u32)>(),
            below in prop::sample::select(vec![2u32, 3, 9, 60, 1000]),
            lens in (0usize..700, 0usize..700),
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0u32..1000), 0..60),
            related in any::<bool>(),
        ) {
            let base = noise(seeds.0, below, lens.0);
            let mut copy = match related {
                true => base.clone(),
                false => noise(seeds.1, below, lens.1),
            };
            for (at, number) in edits {
                match (copy.is_empty(), number % 3) {
                    (true, _) => copy.push(number),
                    (_, 0) => drop(copy.remove(at.index(copy.len()))),
                    (_, 1) => copy.insert(at.index(copy.len()), number),
                    _ => {
                        let at = at.index(copy.len());
                        copy[at] = number;
                    }
                }
            }
            check(&base, &copy);
            check(&copy, &base);
        }
    }
}
