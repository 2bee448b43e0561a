//! Finds passages of one text anywhere in another.
//!
//! The hay is indexed in chunks, each from the first character on that begins at or after a multiple
//! of their length, much as rsync does (Tridgell, 1999); the query is read at every character. A
//! common run that is long enough holds a whole chunk, so it is found; every match is compared byte
//! for byte and extended as far as it goes.
//!
//! A phrase may stand in the hay at a great many places. No more than [`TRIES`] are tried, so that
//! the work is linear in the query whatever the hay is; chunks that stand at more places are indexed
//! again together with the text behind them ([`super::rungs`]), so that the places which are tried
//! are those with the most text in common.

use std::ops::Range;

use rayon::prelude::*;

use super::ends;
use super::rungs::Rungs;

/// Common runs of at least this many bytes of match text (10 Han characters, some 6 English words)
/// are found. Shorter ones are in common by chance.
pub(super) const FOUND_MIN: usize = 32;

/// How many places of one chunk are tried. Only of a phrase that stands at more places, each in
/// another context, may one be missed; then [`Found::gave_up`] says where.
pub(super) const TRIES: usize = 16;

/// What was not done there, in words.
pub(super) const NOT_LOOKED_FOR: &str =
    "text that repeats itself often was not looked for at each of its places";

pub(super) const NONE: u32 = u32::MAX;

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
    /// Two bits for each hash that a chunk of the hay has: most of what is not in the hay is known
    /// not to be by this alone, which is small enough for the nearest cache.
    seen: Vec<u64>,
    seen_shift: u32,
    /// The chunks that stand at many places, with the text behind them.
    rungs: Rungs,
}

/// How many bytes of a query are looked through by one thread.
const PART: usize = 128 << 10;

/// How many bits of `seen` there are for each chunk: of what is not there, one or two in a hundred
/// are looked for all the same.
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
            rungs: Rungs::default(),
        };
        // How many chunks each bucket has, up to one more than are tried.
        let mut counts = vec![0_u8; index.heads.len()];
        // From the last to the first, so that each bucket's list ascends.
        for chunk in (0..chunks).rev() {
            if let Some(key) = index.key(hay, index.place(chunk)) {
                let (word, bits) = index.seen_at(key);
                index.seen[word] |= bits;
                let bucket = index.bucket(key);
                counts[bucket] = (counts[bucket] + 1).min(TRIES as u8 + 1);
                index.next[chunk] = index.heads[bucket];
                index.heads[bucket] = chunk as u32;
            }
        }
        let long =
            (index.heads.iter().zip(&counts)).filter(|(_, count)| usize::from(**count) > TRIES);
        let lists = long.map(|(head, _)| chain(*head, &index.next));
        let place = |chunk| index.place(chunk as usize);
        index.rungs = Rungs::new(hay.as_bytes(), chunks, lists, place);
        index
    }

    /// Whether the hay and `query` have a passage in common that [`matches`](Self::matches) would
    /// find, in whichever of the two the index was made. `true` if that is not known.
    pub fn may_share(&self, query: &str) -> bool {
        self.first_shared(query).is_some()
    }

    /// Where the first chunk of `query` is that may be part of such a passage. Of a long query, the
    /// current thread pool looks through a part each.
    fn first_shared(&self, query: &str) -> Option<usize> {
        let parts = query.len().div_ceil(PART);
        let in_part = |part: usize| {
            let mut at = part * PART;
            while let Some((next, wanted)) = self.next_seen(query, at, (part + 1) * PART) {
                let look = Look::new(query, next, 0, wanted);
                let mut best = None;
                if self.longest(&look, &AnyPlace, &mut best) == Tried::NotAll || best.is_some() {
                    return Some(next);
                }
                at = next + 1;
            }
            None
        };
        match parts {
            0..=1 => in_part(0),
            _ => (0..parts).into_par_iter().find_map_first(in_part),
        }
    }

    /// Finds the passages of `query` in the hay, from its beginning on, the longest at each place;
    /// of equally long ones the first that `places` prefers, else the first.
    pub fn matches(&self, query: &str, places: &mut impl Places) -> Found {
        let mut result = Found::default();
        let Some(mut at) = self.first_shared(query) else {
            return result;
        };
        let mut done = 0;
        while let Some((next, wanted)) = self.next_seen(query, at, query.len()) {
            at = next;
            let mut best = None;
            let tried = self.longest(&Look::new(query, at, done, wanted), places, &mut best);
            let Some(first) = &best else {
                if tried == Tried::NotAll {
                    result.note(at..at + self.chunk);
                }
                at = query.ceil_char_boundary(at + 1);
                continue;
            };
            // Elsewhere the hay's chunks lie otherwise, and a longer match shows a little later.
            let until = first.query.end.min(at + self.chunk + 3);
            for later in (at + 1..until).filter(|later| query.is_char_boundary(*later)) {
                if let Some(wanted) = self.seen_key(query, later) {
                    self.longest(&Look::new(query, later, done, wanted), places, &mut best);
                }
            }
            if let Some(found) = best {
                (at, done) = (found.query.end, found.query.end);
                places.take(found.hay.clone());
                result.found.push(found);
            }
        }
        result.gave_up = result.gave_up.map(|range| {
            query.floor_char_boundary(range.start)..query.ceil_char_boundary(range.end)
        });
        result
    }

    /// Looks for a match that is better than `best`.
    fn longest(&self, look: &Look<'_>, places: &impl Places, best: &mut Option<Match>) -> Tried {
        let text = look.query.as_bytes().get(look.at..).unwrap_or_default();
        if let Some(list) = self.rungs.find(self.hay.as_bytes(), text) {
            // All of these have more in common than any other place.
            let known = best.clone();
            self.try_places(look, list, places, best);
            if *best != known {
                return Tried::All;
            }
        }
        let head = self.heads[self.bucket(look.wanted)];
        let list = chain(head, &self.next).map(|chunk| self.place(chunk as usize));
        self.try_places(look, list, places, best)
    }

    fn try_places(
        &self,
        look: &Look<'_>,
        list: impl Iterator<Item = usize>,
        places: &impl Places,
        best: &mut Option<Match>,
    ) -> Tried {
        for (tries, place) in list.enumerate() {
            if tries == TRIES {
                return Tried::NotAll;
            }
            if self.key(self.hay, place) != Some(look.wanted)
                || !self.may_be_better(look, place, places, best.as_ref())
            {
                continue;
            }
            let found = self.extend(look, place);
            let rank = |one: &Match| {
                (
                    one.query.len(),
                    places.prefers(one.hay.start),
                    !one.hay.start,
                )
            };
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| rank(&found) > rank(best))
            {
                *best = Some(found);
            }
        }
        Tried::All
    }

    /// Whether a match at `place` can be better than `best`: whether it can reach further, or as far
    /// at a place that is preferred. Two looks tell, so that most places cost no comparison.
    fn may_be_better(
        &self,
        look: &Look<'_>,
        place: usize,
        places: &impl Places,
        best: Option<&Match>,
    ) -> bool {
        let Some(best) = best else {
            return true;
        };
        if best.query.start > look.from {
            return true;
        }
        let (query, hay) = (look.query.as_bytes(), self.hay.as_bytes());
        let reaches = |end: usize| {
            let from = end.saturating_sub(WORD).max(look.at);
            let (from_hay, to_hay) = (place + from - look.at, place + end - look.at);
            query
                .get(from..end)
                .is_some_and(|wanted| hay.get(from_hay..to_hay) == Some(wanted))
        };
        if best.query.end < look.at + self.chunk || reaches(best.query.end + 1) {
            return true;
        }
        let start = (place + best.query.start).checked_sub(look.at);
        let is_twin = |start: usize| {
            let is_rather = places.prefers(start) && !places.prefers(best.hay.start);
            let is_first =
                start < best.hay.start && places.prefers(start) == places.prefers(best.hay.start);
            is_rather || is_first
        };
        start.is_some_and(is_twin) && reaches(best.query.end)
    }

    fn extend(&self, look: &Look<'_>, place: usize) -> Option<Match> {
        let Look {
            query, at, from, ..
        } = *look;
        let (q, h) = (query.as_bytes(), self.hay.as_bytes());
        let back = ends::tail(&q[from..at], &h[..place]);
        let ahead = ends::head(&q[at + self.chunk..], &h[place + self.chunk..]);
        let (mut start, mut end) = (at - back, at + self.chunk + ahead);
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

    /// The first chunk of `query` from `at` on that the hay may have, and where it begins: before `end`.
    fn next_seen(&self, query: &str, mut at: usize, end: usize) -> Option<(usize, u128)> {
        loop {
            at = query.ceil_char_boundary(at);
            if at >= end {
                return None;
            }
            let key = self.key(query, at)?;
            if self.may_have(key) {
                return Some((at, key));
            }
            at += 1;
        }
    }

    /// The chunk of `query` at `at`, if the hay may have it.
    fn seen_key(&self, query: &str, at: usize) -> Option<u128> {
        self.key(query, at).filter(|key| self.may_have(*key))
    }

    fn may_have(&self, key: u128) -> bool {
        let (word, bits) = self.seen_at(key);
        self.seen[word] & bits == bits
    }

    /// The chunk of `text` at `at` as a number: two words that overlap.
    fn key(&self, text: &str, at: usize) -> Option<u128> {
        let chunk = text.as_bytes().get(at..at + self.chunk)?;
        let low = u64::from_le_bytes(*chunk.first_chunk::<WORD>()?);
        let high = u64::from_le_bytes(*chunk.last_chunk::<WORD>()?);
        Some(u128::from(high) << 64 | u128::from(low))
    }

    /// The word of `seen` for `key`, and the two bits in it.
    fn seen_at(&self, key: u128) -> (usize, u64) {
        let hash = hash(key);
        let at = hash >> self.seen_shift;
        // Other bits of the hash than those that say which word and which bit.
        let second = (hash.rotate_right(self.seen_shift)) >> 58;
        ((at / 64) as usize, 1 << (at % 64) | 1 << second)
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

/// The entries of a linked list.
pub(super) fn chain(head: u32, next: &[u32]) -> impl Iterator<Item = u32> + Clone + '_ {
    let entry = move |at: u32| (at != NONE).then_some(at);
    std::iter::successors(entry(head), move |at| entry(next[*at as usize]))
}

/// A chunk of a query that is looked for.
struct Look<'q> {
    query: &'q str,
    /// Where it begins in the query.
    at: usize,
    /// Where a match may begin.
    from: usize,
    /// The chunk.
    wanted: u128,
}

impl<'q> Look<'q> {
    fn new(query: &'q str, at: usize, from: usize, wanted: u128) -> Self {
        Self {
            query,
            at,
            from,
            wanted,
        }
    }
}

/// Whether a match could be missed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tried {
    All,
    NotAll,
}

impl Found {
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
