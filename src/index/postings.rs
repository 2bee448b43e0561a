//! Lists of hashes, one a text -> postings: which texts have a hash.
//!
//! Hashes are spread evenly, so that their upper bits cut the work into buckets that fit a cache.
//! Only the buckets of one round are in memory at a time. They are filled in parallel, and worked on
//! in parallel.

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

/// Calls `work` with all entries of some hashes, ascending and each once, until it has seen all;
/// gives the results in order of hash. Of `lists`, that at `n` holds the hashes of text `n`.
pub(super) fn by_bucket<R: Send>(lists: &[&[u64]], work: impl Fn(&[Entry]) -> R + Sync) -> Vec<R> {
    let total: usize = lists.iter().map(|list| list.len()).sum();
    in_rounds(lists, BUCKET, ROUND.max(total / ROUNDS), work)
}

fn in_rounds<R: Send>(
    lists: &[&[u64]],
    bucket: usize,
    round: usize,
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
            let mut all: Vec<Entry> = Vec::with_capacity(sizes[first + bucket]);
            for part in &entries {
                all.extend(&part[bucket]);
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
    use super::*;

    #[test]
    fn every_hash_is_seen_once_in_order() {
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
            let seen = in_rounds(&[&one, &two], 64, 1000, |entries| {
                assert!(entries.is_sorted());
                let ends = entries.first().zip(entries.last());
                (
                    entries.len(),
                    ends.map(|(first, last)| (first.hash, last.hash)),
                )
            });
            let total: usize = seen.iter().map(|(len, _)| len).sum();
            assert_eq!(total, one.len() + two.len() - 2);
            let ends: Vec<_> = seen.iter().filter_map(|(_, ends)| *ends).collect();
            assert!(ends.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }
}
