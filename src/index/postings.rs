//! Lists of hashes, one a text -> postings: which texts have a hash.
//!
//! Hashes are spread evenly, so that their upper bits cut the work into buckets that fit a cache.
//! Only the buckets of one round are in memory at a time. They are filled in parallel, and worked on
//! in parallel. Most hashes of a heap are in one text only: they are told apart before.

use std::ops::Range;

use rayon::prelude::*;

/// How many entries a bucket has on average.
const BUCKET: usize = 1 << 15;

/// How many entries are in memory at a time, at 16 bytes each, beside those that are worked on: this
/// many, …
const ROUND: usize = 1 << 21;

/// … or, so that there are never more rounds than this, each of which reads all lists, as many as
/// that takes.
const ROUNDS: usize = 16;

/// A hash in a text. In order of hash, then of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub hash: u64,
    pub text: u32,
}

/// Calls `work` with all entries of some hashes, ascending and each once, until it has seen all that
/// several texts have, and a few others; gives the results in order of hash. Tells `lone` of the text
/// of each hash that `work` does not see. Of `lists`, that at `n` holds the hashes of text `n`.
pub(super) fn by_bucket<R: Send>(
    lists: &[&[u64]],
    lone: impl Fn(u32) + Sync,
    work: impl Fn(&[Entry]) -> R + Sync,
) -> Vec<R> {
    let total: usize = lists.iter().map(|list| list.len()).sum();
    in_rounds(lists, BUCKET, ROUND.max(total / ROUNDS), lone, work)
}

fn in_rounds<R: Send>(
    lists: &[&[u64]],
    bucket: usize,
    round: usize,
    lone: impl Fn(u32) + Sync,
    work: impl Fn(&[Entry]) -> R + Sync,
) -> Vec<R> {
    let total: usize = lists.iter().map(|list| list.len()).sum();
    let bits = total.div_ceil(bucket).next_power_of_two().ilog2();
    let parts = Part::divide(lists, bits);
    let size = |bucket| parts.iter().map(|part| part.sizes[bucket]).sum();
    let sizes: Vec<usize> = (0..1 << bits).map(size).collect();
    let mut results = Vec::with_capacity(sizes.len());
    let mut first = 0;
    while first < sizes.len() {
        let end = round_end(&sizes, first, round);
        let entries: Vec<Vec<Vec<Entry>>> = (parts.par_iter())
            .map(|part| part.entries(first..end))
            .collect();
        let of_bucket = |bucket: usize| {
            let of_parts = || entries.iter().flat_map(|part| &part[bucket]);
            let mut recurring = Recurring::with_room(sizes[first + bucket]);
            of_parts().for_each(|entry| recurring.see(entry.hash));
            let mut all: Vec<Entry> = Vec::new();
            for entry in of_parts() {
                match recurring.may_have(entry.hash) {
                    true => all.push(*entry),
                    false => lone(entry.text),
                }
            }
            all.sort_unstable();
            all.dedup();
            work(&all)
        };
        results.par_extend((0..end - first).into_par_iter().map(of_bucket));
        first = end;
    }
    results
}

/// Neighbouring lists, which one thread puts into buckets.
struct Part<'l> {
    lists: &'l [&'l [u64]],
    /// The number of the first one's text.
    first_text: u32,
    /// By how many of its upper bits a hash is put into a bucket.
    bits: u32,
    /// How many hashes go into each bucket.
    sizes: Vec<usize>,
}

impl<'l> Part<'l> {
    /// A part of the lists for each thread.
    fn divide(lists: &'l [&'l [u64]], bits: u32) -> Vec<Self> {
        let len = lists.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = lists.par_chunks(len).enumerate();
        let counted = parts.map(|(number, lists)| {
            let mut sizes = vec![0; 1 << bits];
            for hash in lists.iter().copied().flatten() {
                sizes[bucket_of(*hash, bits)] += 1;
            }
            let first_text = (number * len) as u32;
            Self {
                lists,
                first_text,
                bits,
                sizes,
            }
        });
        counted.collect()
    }

    /// What goes into these buckets.
    fn entries(&self, buckets: Range<usize>) -> Vec<Vec<Entry>> {
        let sizes = &self.sizes[buckets.clone()];
        let mut entries: Vec<Vec<Entry>> =
            sizes.iter().map(|size| Vec::with_capacity(*size)).collect();
        for (text, list) in (self.first_text..).zip(self.lists) {
            for hash in *list {
                let bucket = bucket_of(*hash, self.bits).checked_sub(buckets.start);
                if let Some(bucket) = bucket.and_then(|at| entries.get_mut(at)) {
                    bucket.push(Entry { hash: *hash, text });
                }
            }
        }
        entries
    }
}

/// The hashes of a bucket that were seen more than once, and a few others: two bits for each, of
/// which the second is set when the first one is.
struct Recurring(Vec<u64>);

impl Recurring {
    /// With room for so many hashes: 8 pairs of bits for each, so that an eighth of those seen once
    /// are taken for others, at most.
    fn with_room(hashes: usize) -> Self {
        Self(vec![0; (hashes / 4).next_power_of_two()])
    }

    fn see(&mut self, hash: u64) {
        let (at, first) = self.place(hash);
        let word = &mut self.0[at];
        // Both at once: whether the first one is set is anybody's guess.
        *word |= first | (*word & first) << 1;
    }

    fn may_have(&self, hash: u64) -> bool {
        let (at, first) = self.place(hash);
        self.0[at] & first << 1 != 0
    }

    /// The word, and the first bit in it, that stand for `hash`: by its lower end, for all hashes of a
    /// bucket have the upper one in common.
    fn place(&self, hash: u64) -> (usize, u64) {
        let at = (hash >> 5) as usize & (self.0.len() - 1);
        (at, 1 << (2 * (hash & 31)))
    }
}

fn bucket_of(hash: u64, bits: u32) -> usize {
    hash.checked_shr(u64::BITS - bits).unwrap_or(0) as usize
}

/// Where the round ends that begins with bucket `first`.
fn round_end(sizes: &[usize], first: usize, round: usize) -> usize {
    let mut sum = 0;
    let fits = |size: &&usize| {
        sum += **size;
        sum <= round
    };
    first + sizes[first..].iter().take_while(fits).count().max(1)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn every_hash_of_several_texts_is_seen_once_in_order() {
        // Few, so that there is one bucket, and so many that there are several rounds.
        for each in [3, 5000] {
            let list = |step: u64| -> Vec<u64> {
                let spread = u64::MAX / (each * step);
                (0..each * step)
                    .rev()
                    .map(|n| n * spread)
                    .chain([0])
                    .collect()
            };
            let (one, two) = (list(1), list(2));
            let lone = [AtomicU64::new(0), AtomicU64::new(0)];
            let tell = |text: u32| {
                lone[text as usize].fetch_add(1, Ordering::Relaxed);
            };
            let seen = in_rounds(&[&one, &two], 64, 1000, tell, |entries| {
                assert!(entries.is_sorted());
                entries.to_vec()
            });
            let seen = seen.concat();
            assert!(seen.is_sorted());
            let lone = lone.map(AtomicU64::into_inner);
            let total = seen.len() as u64 + lone[0] + lone[1];
            assert_eq!(total as usize, one.len() + two.len() - 2);
            assert!(lone[1] > each * 3 / 4, "{lone:?}");
            for text in 0..2 {
                let of_text = seen.iter().filter(|entry| entry.text == text);
                let hashes: Vec<u64> = of_text.map(|entry| entry.hash).collect();
                let has = |hash: &&u64| hashes.binary_search(hash).is_ok();
                let shared = one.iter().filter(|hash| two.contains(hash));
                assert_eq!(shared.clone().filter(has).count(), shared.count());
            }
        }
    }
}
