//! Finds passages of one text anywhere in another.
//!
//! The hay is indexed in chunks, each from the first character on that begins at or after a multiple
//! of their length, much as rsync does (Tridgell, 1999); the query is read at every character. A
//! common run that is long enough holds a whole chunk, so it is found; every match is compared byte
//! for byte and extended as far as it goes.

use std::ops::Range;

use super::ends;

/// Common runs of at least this many bytes of match text (10 Han characters, some 6 English words)
/// are found. Shorter ones are in common by chance.
pub(super) const FOUND_MIN: usize = 32;

/// How many chunks may be compared in all, for each byte of the query. Only a long text that
/// repeats itself often needs more; then [`Found::gave_up`] says where.
const EFFORT_PER_BYTE: usize = 8;

/// How many places of one chunk are tried when the effort is used up.
const LAST_TRIES: usize = 8;

const NONE: u32 = u32::MAX;

/// Bytes of a `u64`.
const WORD: usize = 8;

/// The chunks of a hay.
pub(super) struct ChunkIndex<'h> {
    hay: &'h str,
    /// Common runs of at least so many bytes are found.
    min: usize,
    /// Bytes per chunk. The first multiple of it in a run may be one less than it into the run, and
    /// three bytes may go by until a character begins: twice as long and two more is long enough.
    chunk: usize,
    /// First chunk of each bucket.
    heads: Vec<u32>,
    /// Next chunk of the same bucket, for each chunk. Ascending.
    next: Vec<u32>,
    shift: u32,
    /// A bit for each hash that a chunk of the hay has: most of what is not in the hay is known
    /// not to be by this alone, which is small enough for the nearest cache.
    seen: Vec<u64>,
    seen_shift: u32,
}

/// How many bits of `seen` there are for each chunk: of what is not there, one in so many is looked
/// for all the same.
const SEEN_BITS: usize = 16;

/// A passage that both texts have, at least [`FOUND_MIN`] bytes, on character boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub query: Range<usize>,
    pub hay: Range<usize>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Ascending in the query, without overlap there.
    pub found: Vec<Match>,
    /// A part of the query in which a match may have gone unseen, on character boundaries.
    pub gave_up: Option<Range<usize>>,
}

/// Places of the hay: which of equally good ones is taken.
pub(super) trait Places {
    /// Whether a passage that begins at `at` in the hay is rather to be found than another.
    fn prefers(&self, at: usize) -> bool;

    /// That `found` was found in the hay.
    fn take(&mut self, found: Range<usize>);
}

/// No place is better than another.
pub(super) struct AnyPlace;

impl Places for AnyPlace {
    fn prefers(&self, _: usize) -> bool {
        false
    }

    fn take(&mut self, _: Range<usize>) {}
}

/// How much may still be compared, in chunks, and where less was tried than could be.
struct Budget {
    effort: usize,
    gave_up: Option<Range<usize>>,
}

impl<'h> ChunkIndex<'h> {
    /// For runs of at least [`FOUND_MIN`] bytes.
    pub fn new(hay: &'h str) -> Self {
        Self::for_runs(hay, FOUND_MIN)
    }

    /// For runs of at least `min` bytes, which is 18 to 34.
    pub fn for_runs(hay: &'h str, min: usize) -> Self {
        let chunk = ((min - 2) / 2).clamp(WORD, 2 * WORD);
        let chunks = hay.len() / chunk;
        let bits = usize::BITS - chunks.next_power_of_two().leading_zeros();
        let seen = (chunks * SEEN_BITS).next_power_of_two().max(64);
        let mut index = Self {
            hay,
            min,
            chunk,
            heads: vec![NONE; 1 << bits],
            next: vec![NONE; chunks],
            shift: 64 - bits,
            seen: vec![0; seen / 64],
            seen_shift: 64 - seen.ilog2(),
        };
        // From the last to the first, so that each bucket's list ascends.
        for chunk in (0..chunks).rev() {
            if let Some(key) = index.key(hay, index.place(chunk)) {
                let (word, bit) = index.seen_at(key);
                index.seen[word] |= bit;
                let bucket = index.bucket(key);
                index.next[chunk] = index.heads[bucket];
                index.heads[bucket] = chunk as u32;
            }
        }
        index
    }

    /// Whether the hay and `query` have a passage in common that [`matches`](Self::matches) would
    /// find, in whichever of the two the index was made. `true` if that is not known.
    pub fn may_share(&self, query: &str) -> bool {
        let mut budget = Budget::of(query);
        let mut at = 0;
        while let Some((next, wanted)) = self.next_seen(query, at) {
            if self
                .longest(query, next, 0, wanted, &AnyPlace, &mut budget)
                .is_some()
                || budget.gave_up.is_some()
            {
                return true;
            }
            at = next + 1;
        }
        false
    }

    /// Finds the passages of `query` in the hay, from its beginning on, the longest at each place;
    /// of equally long ones the first that `places` prefers, else
    /// the first.
    pub fn matches(&self, query: &str, places: &mut impl Places) -> Found {
        let mut result = Found::default();
        let mut budget = Budget::of(query);
        let (mut at, mut done) = (0, 0);
        while let Some((next, wanted)) = self.next_seen(query, at) {
            at = next;
            let Some(mut found) = self.longest(query, at, done, wanted, places, &mut budget) else {
                at = query.ceil_char_boundary(at + 1);
                continue;
            };
            // Elsewhere the hay's chunks lie otherwise, and a longer match shows a little later.
            let reaches_end = found.query.end == query.len();
            let until = if reaches_end {
                at
            } else {
                found.query.end.min(at + self.chunk)
            };
            for later in (at + 1..until).filter(|later| query.is_char_boundary(*later)) {
                let Some(wanted) = self.key(query, later) else {
                    break;
                };
                let other = self.longest(query, later, done, wanted, places, &mut budget);
                found = other
                    .filter(|other| other.query.len() > found.query.len())
                    .unwrap_or(found);
            }
            (at, done) = (found.query.end, found.query.end);
            places.take(found.hay.clone());
            result.found.push(found);
        }
        result.gave_up = budget.gave_up.map(|range| {
            query.floor_char_boundary(range.start)..query.ceil_char_boundary(range.end)
        });
        result
    }

    /// The longest match that holds the chunk of the query at `at` and begins at `from` or later.
    fn longest(
        &self,
        query: &str,
        at: usize,
        from: usize,
        wanted: u128,
        places: &impl Places,
        budget: &mut Budget,
    ) -> Option<Match> {
        let mut best: Option<((usize, bool), Match)> = None;
        let mut tries = 0;
        let mut chunk = self.heads[self.bucket(wanted)];
        while chunk != NONE {
            let place = self.place(chunk as usize);
            chunk = self.next[chunk as usize];
            if budget.effort == 0 && tries >= LAST_TRIES {
                if best.is_none() {
                    budget.note(at..at + self.chunk);
                }
                break;
            }
            tries += 1;
            budget.spend(1);
            if self.key(self.hay, place) != Some(wanted) {
                continue;
            }
            if let Some(found) = self.extend(query, at, from, place, budget) {
                let rank = (found.query.len(), places.prefers(found.hay.start));
                if rank == (query.len() - from, true) {
                    // None can be better.
                    return Some(found);
                }
                if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                    best = Some((rank, found));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    fn extend(
        &self,
        query: &str,
        at: usize,
        from: usize,
        place: usize,
        budget: &mut Budget,
    ) -> Option<Match> {
        let (q, h) = (query.as_bytes(), self.hay.as_bytes());
        let back = ends::tail(&q[from..at], &h[..place]);
        let ahead = ends::head(&q[at + self.chunk..], &h[place + self.chunk..]);
        let (mut start, mut end) = (at - back, at + self.chunk + ahead);
        budget.spend((end - start) / self.chunk);
        while !query.is_char_boundary(start) {
            start += 1;
        }
        while !query.is_char_boundary(end) {
            end -= 1;
        }
        if end < start + self.min {
            return None;
        }
        // Equal bytes have equal character boundaries.
        let hay = place + start - at;
        Some(Match {
            query: start..end,
            hay: hay..hay + (end - start),
        })
    }

    /// Where chunk number `chunk` of the hay begins.
    fn place(&self, chunk: usize) -> usize {
        self.hay.ceil_char_boundary(chunk * self.chunk)
    }

    /// The first chunk of `query` from `at` on that the hay may have, and where it begins.
    fn next_seen(&self, query: &str, mut at: usize) -> Option<(usize, u128)> {
        loop {
            at = query.ceil_char_boundary(at);
            let key = self.key(query, at)?;
            let (word, bit) = self.seen_at(key);
            if self.seen[word] & bit != 0 {
                return Some((at, key));
            }
            at += 1;
        }
    }

    /// The chunk of `text` at `at` as a number: two words that overlap.
    fn key(&self, text: &str, at: usize) -> Option<u128> {
        let chunk = text.as_bytes().get(at..at + self.chunk)?;
        let low = u64::from_le_bytes(*chunk.first_chunk::<WORD>()?);
        let high = u64::from_le_bytes(*chunk.last_chunk::<WORD>()?);
        Some(u128::from(high) << 64 | u128::from(low))
    }

    /// The word of `seen` for `key`, and the bit in it.
    fn seen_at(&self, key: u128) -> (usize, u64) {
        let at = hash(key) >> self.seen_shift;
        ((at / 64) as usize, 1 << (at % 64))
    }

    fn bucket(&self, key: u128) -> usize {
        (hash(key) >> self.shift) as usize
    }
}

/// Its upper bits depend on all of `key`.
fn hash(key: u128) -> u64 {
    let low = (key as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let high = ((key >> 64) as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    low ^ high
}

impl Budget {
    fn of(query: &str) -> Self {
        Self {
            effort: EFFORT_PER_BYTE * query.len(),
            gave_up: None,
        }
    }

    fn spend(&mut self, chunks: usize) {
        self.effort = self.effort.saturating_sub(chunks);
    }

    fn note(&mut self, part: Range<usize>) {
        let start = self.gave_up.take().map_or(part.start, |range| range.start);
        self.gave_up = Some(start..part.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(hay: &str, query: &str) -> Vec<String> {
        let found = ChunkIndex::new(hay).matches(query, &mut AnyPlace).found;
        for item in &found {
            assert_eq!(query[item.query.clone()], hay[item.hay.clone()]);
        }
        found
            .into_iter()
            .map(|item| query[item.query].to_owned())
            .collect()
    }

    #[test]
    fn finds_a_passage_wherever_it_stands() {
        let passage = "0123456789abcdefghijklmnopqrstuv";
        for shift in 0..40 {
            let hay = format!("{}{passage}ZZZ", "x".repeat(shift));
            assert_eq!(found(&hay, &format!("--{passage}--")), [passage], "{shift}");
        }
    }

    #[test]
    fn keeps_to_character_boundaries() {
        let passage = "我们掌握服务稳定性的编码技巧和架构流程手段";
        let hay = format!("他{passage}吗");
        let query = format!("你{passage}呢");
        assert_eq!(found(&hay, &query), [passage]);
    }

    #[test]
    fn takes_the_longest_of_several() {
        let short = "the quick brown fox jumps over a lazy dog";
        let hay = format!("{short}. And {short} and then sleeps for the rest of the day.");
        let query = format!("{short} and then sleeps for the rest of the day.");
        assert_eq!(found(&hay, &query), std::slice::from_ref(&query));
    }

    #[test]
    fn repetition_is_linear_and_found() {
        let hay = "ab".repeat(50_000);
        let query = "ab".repeat(40_000);
        assert_eq!(found(&hay, &query), std::slice::from_ref(&query));
    }
}
