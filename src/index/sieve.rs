//! Hashes to be found among many others.

use std::collections::HashSet;

/// Hashes are spread evenly, so a bit for the lower end of each tells most others apart, in little
/// memory.
#[derive(Debug)]
pub struct Sieve {
    /// A number of words that is a power of two.
    bits: Vec<u64>,
    hashes: HashSet<u64>,
}

impl Sieve {
    /// One that has `hashes`.
    pub fn of(hashes: impl Iterator<Item = u64>) -> Self {
        let hashes: HashSet<u64> = hashes.collect();
        let words = (hashes.len() / 2).next_power_of_two();
        let mut bits = vec![0; words];
        for hash in &hashes {
            let (word, bit) = place(*hash, words);
            if let Some(word) = bits.get_mut(word) {
                *word |= bit;
            }
        }
        Self { bits, hashes }
    }

    /// Whether it has `hash`.
    pub fn has(&self, hash: u64) -> bool {
        let (word, bit) = place(hash, self.bits.len());
        let may_have = self.bits.get(word).is_some_and(|word| word & bit != 0);
        may_have && self.hashes.contains(&hash)
    }

    /// Those of `list` that it has.
    pub fn sift(&self, list: &[u64]) -> Vec<u64> {
        let hashes = list.iter().copied();
        hashes.filter(|hash| self.has(*hash)).collect()
    }
}

/// The word and the bit in it that stand for `hash`, of a number of words that is a power of two.
fn place(hash: u64, words: usize) -> (usize, u64) {
    let word = (hash >> 6) as usize & (words - 1);
    (word, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        for many in [0, 1, 2, 3, 1_000] {
            let hash = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let sieve = Sieve::of((0..many).map(hash));
            let all: Vec<u64> = (0..2 * many + 2).map(hash).collect();
            assert_eq!(sieve.sift(&all), &all[..many as usize]);
        }
    }
}
