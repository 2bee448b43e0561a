//! A hash of text of which that of every run of characters is known, so that a passage is found by
//! its hash and its length wherever it stands.
//!
//! Polynomial, over characters, modulo 2^61 - 1 (Karp, Rabin: "Efficient randomized
//! pattern-matching algorithms", 1987), then cut to [`BITS`] bits. It finds what moved; it is no
//! defence against somebody who makes texts that collide, who could as well change the lock.

use std::ops::Range;

/// How many bits of a hash are kept. Of a thousand passages that are looked for at each of ten
/// million characters, one in 28,000 such searches finds one that is not there.
pub const BITS: u32 = 48;

const MODULUS: u64 = (1 << 61) - 1;
const BASE: u64 = 0x0bf5_8476_d1ce_4e5b;

/// The hashes of all runs of a text.
#[derive(Clone, Debug, Default)]
pub struct Rolling {
    /// Of the first `n` characters, at `n`.
    before: Vec<u64>,
    /// Powers of the base, as far as a run may be long.
    powers: Vec<u64>,
}

impl Rolling {
    /// Of `text`, for runs of up to `longest` characters.
    pub fn new(text: &str, longest: usize) -> Self {
        let mut before = Vec::with_capacity(text.len() / 2 + 1);
        before.push(0);
        let mut hash = 0;
        for c in text.chars() {
            hash = push(hash, c);
            before.push(hash);
        }
        let mut powers = Vec::with_capacity(longest + 1);
        let mut power = 1;
        for _ in 0..=longest {
            powers.push(power);
            power = times(power, BASE);
        }
        Self { before, powers }
    }

    /// How many characters there are.
    pub fn chars(&self) -> usize {
        self.before.len().saturating_sub(1)
    }

    /// The hashes of the runs of `len` characters that begin at `starts`, as far as the text has
    /// them; none if `len` is too long.
    pub fn runs(&self, starts: Range<usize>, len: usize) -> impl Iterator<Item = u64> {
        let power = self.powers.get(len).copied();
        let end = starts.end.min(self.before.len().saturating_sub(len));
        let from = self
            .before
            .get(starts.start..end)
            .filter(|_| power.is_some());
        let to = self.before.get(starts.start + len..).unwrap_or_default();
        let power = power.unwrap_or_default();
        let pairs = from.unwrap_or_default().iter().zip(to);
        pairs.map(move |(from, to)| cut(within(to + MODULUS - times(*from, power))))
    }
}

/// The hash of `text`: that of the run that says the same.
pub fn hash(text: &str) -> u64 {
    cut(text.chars().fold(0, push))
}

fn push(hash: u64, c: char) -> u64 {
    within(times(hash, BASE) + u64::from(c) + 1)
}

/// Both below the modulus.
fn times(one: u64, two: u64) -> u64 {
    let product = u128::from(one) * u128::from(two);
    let (low, high) = (product as u64 & MODULUS, (product >> 61) as u64);
    within(low + high)
}

/// The remainder of what is less than twice the modulus.
fn within(sum: u64) -> u64 {
    if sum < MODULUS { sum } else { sum - MODULUS }
}

/// Spreads a hash over all bits, and keeps the upper ones.
fn cut(hash: u64) -> u64 {
    let mut mixed = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^= mixed >> 32;
    mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> (u64::BITS - BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hashes_are_spread_and_differ() {
        assert!(hash("") < 1 << BITS);
        let texts = ["", "a", "aa", "b", "ab", "ba", "\0", "\0\0", "中", "文"];
        let mut hashes: Vec<u64> = texts.iter().map(|text| hash(text)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), texts.len());
    }

    proptest! {
        #[test]
        fn a_run_has_the_hash_of_what_it_says(
            text in "[a-c中文😀]{0,60}",
            start in 0..70_usize,
            len in 0..70_usize,
            many in 0..70_usize,
        ) {
            let rolling = Rolling::new(&text, 50);
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(rolling.chars(), chars.len());
            let runs = (start..start + many).map_while(|at| chars.get(at..at + len));
            let expected: Vec<u64> = runs
                .filter(|_| len <= 50)
                .map(|run| hash(&run.iter().collect::<String>()))
                .collect();
            let found: Vec<u64> = rolling.runs(start..start + many, len).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
