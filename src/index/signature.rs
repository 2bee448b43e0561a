//! What is kept of a text to find its copies by: fingerprints, and the short blocks of short texts.
//!
//! Fingerprints are chosen by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: Local Algorithms
//! for Document Fingerprinting", 2003) from a rolling hash over the bytes of sketch text. With runs
//! of [`RUN`] bytes and a window of [`WINDOW`] runs, two texts that share [`GUARANTEE`] bytes share
//! a fingerprint.
//!
//! The hash of a run is the gear hash of FastCDC (Xia et al., 2016): shifted left by one and a
//! random number added for each byte, so that a byte is forgotten after 64 steps. It says less of
//! the oldest bytes of a run than of the newest; that can only propose a pair too many. Whole
//! blocks are hashed by XXH3.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::fold::Sketch;
use crate::text::{GUARANTEE, Section, Witness};

/// Bytes of sketch text that a fingerprint stands for. 64, because the hash has 64 bits.
pub const RUN: usize = 64;

/// Of so many neighbouring runs at least one is a fingerprint. Three less than would fill the
/// guarantee: so many bytes of its end may belong to a character that began before.
pub const WINDOW: usize = GUARANTEE - RUN + 1 - 3;

/// Shorter blocks than this, in bytes of sketch text, say too little to find a copy by: some five
/// Han characters, or two words.
const SHORT_BLOCK_MIN: usize = 16;

/// A hash of a run of sketch text, and where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    /// The hash.
    pub hash: u64,
    /// Where the run begins: index of the block in [`Witness::blocks`].
    pub block: u32,
}

/// What is kept of one text: some eight bytes for every 33 of sketch text, and as many for every
/// block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Hashes chosen by winnowing, in reading order; some may be there more than once.
    pub fingerprints: Vec<u64>,
    /// Hashes of whole blocks shorter than [`GUARANTEE`] bytes of sketch text, in reading order.
    pub short_blocks: Vec<u64>,
    /// Hashes of all whole blocks that have sketch text, in reading order.
    pub blocks: Vec<u64>,
    /// Length of the sketch text in bytes. A text shorter than [`GUARANTEE`] is found by its blocks.
    pub len: usize,
}

impl Signature {
    /// That of `witness`, over all its sections in reading order.
    pub fn of(witness: &Witness) -> Self {
        let (mut blocks, mut short_blocks) = (Vec::new(), Vec::new());
        let sketch = Self::each_block(witness, |block| {
            blocks.push(block.hash);
            let is_text = witness.blocks[block.block as usize].section != Section::FrontMatter;
            if is_text && (SHORT_BLOCK_MIN..GUARANTEE).contains(&block.len) {
                short_blocks.push(block.hash);
            }
        });
        let mut fingerprints = Vec::with_capacity(2 * sketch.bytes().len() / WINDOW + 1);
        winnow(sketch.bytes(), |_, rank| {
            // One letter many times is the same run many times.
            if fingerprints.last() != Some(&spread(rank)) {
                fingerprints.push(spread(rank));
            }
        });
        fingerprints.shrink_to_fit();
        blocks.shrink_to_fit();
        Self {
            fingerprints,
            short_blocks,
            blocks,
            len: sketch.bytes().len(),
        }
    }

    /// The fingerprints of `witness` with their places, in reading order; some more than once.
    pub fn places(witness: &Witness) -> Vec<Fingerprint> {
        // Where the sketch text of each block begins that has any.
        let mut starts: Vec<(usize, u32)> = Vec::new();
        let sketch = Self::each_block(witness, |block| starts.push((block.at, block.block)));
        let mut places = Vec::new();
        winnow(sketch.bytes(), |last, rank| {
            let (hash, first) = (spread(rank), last + 1 - RUN);
            let after = starts.partition_point(|(start, _)| *start <= first);
            let block = starts[..after].last().map_or(0, |(_, block)| *block);
            places.push(Fingerprint { hash, block });
        });
        places
    }

    /// Tells each block of `witness` that has sketch text, in order, and gives the sketch text.
    fn each_block(witness: &Witness, mut tell: impl FnMut(SketchBlock)) -> Sketch {
        let mut sketch = Sketch::with_capacity(witness.match_text.len());
        for (index, block) in witness.blocks.iter().enumerate() {
            let at = sketch.bytes().len();
            sketch.push(block.match_text(witness));
            let text = &sketch.bytes()[at..];
            if !text.is_empty() {
                tell(SketchBlock {
                    block: index as u32,
                    at,
                    len: text.len(),
                    hash: xxh3_64(text),
                });
            }
        }
        sketch
    }

    /// Whether the text is too short for the passage guarantee.
    pub fn is_short(&self) -> bool {
        self.len < GUARANTEE
    }
}

/// The sketch text of one block.
struct SketchBlock {
    /// Index of the block in [`Witness::blocks`].
    block: u32,
    /// Where its sketch text begins in that of the witness, in bytes.
    at: usize,
    /// Its length in bytes.
    len: usize,
    /// Its hash.
    hash: u64,
}

/// Chooses fingerprints of `sketch` and gives each, with the offset of its run's last byte,
/// ascending. Of each [`WINDOW`] neighbouring runs the one with the least rank is chosen, the last
/// of equals.
///
/// Only runs whose last byte begins a character take part: of Chinese text one in three. That is a
/// property of the run alone, so texts that share a passage agree on it.
fn winnow(sketch: &[u8], mut choose: impl FnMut(usize, u64)) {
    let Some((head, rest)) = sketch.split_at_checked(RUN - 1) else {
        return;
    };
    let mut hash = head.iter().fold(0, |hash, byte| roll(hash, *byte));
    let mut window = Window::default();
    for (at, byte) in (RUN - 1..).zip(rest) {
        hash = roll(hash, *byte);
        if is_continuation(*byte) {
            continue;
        }
        window.add(at, rank(hash));
        if window.is_news && at >= FIRST_FULL {
            choose(window.least_at, window.least);
            window.is_news = false;
        }
    }
    // A text with fewer runs than a window has no full one, but deserves a fingerprint.
    if window.is_news {
        choose(window.least_at, window.least);
    }
}

/// The last byte of the last run of the first window.
const FIRST_FULL: usize = RUN - 1 + WINDOW - 1;

/// The runs of the current window.
struct Window {
    /// The last ones: rank and last byte, that with number `n` at `n % 64`. No window has more.
    runs: [(u64, usize); 64],
    /// How many there were in all.
    count: usize,
    /// The least one, the last of equals.
    least: u64,
    least_at: usize,
    /// Whether the least one has not been chosen.
    is_news: bool,
}

const _: () = assert!(WINDOW <= 64);

impl Default for Window {
    fn default() -> Self {
        Self {
            runs: [(u64::MAX, 0); 64],
            count: 0,
            least: u64::MAX,
            least_at: 0,
            is_news: false,
        }
    }
}

impl Window {
    /// Moves on to the run that ends at `at`.
    #[inline]
    fn add(&mut self, at: usize, rank: u64) {
        self.runs[self.count % 64] = (rank, at);
        self.count += 1;
        if rank <= self.least {
            (self.least, self.least_at, self.is_news) = (rank, at, true);
        } else if self.least_at + WINDOW <= at {
            self.find_least(at);
        }
    }

    /// Finds the least run of the window that ends at `at`.
    fn find_least(&mut self, at: usize) {
        (self.least, self.least_at, self.is_news) = (u64::MAX, at, true);
        for number in (self.count.saturating_sub(64)..self.count).rev() {
            let (rank, end) = self.runs[number % 64];
            if end + WINDOW <= at {
                break;
            }
            if rank < self.least {
                (self.least, self.least_at) = (rank, end);
            }
        }
    }
}

/// Whether `byte` is inside a character of UTF-8.
#[inline]
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[inline]
fn roll(hash: u64, byte: u8) -> u64 {
    (hash << 1).wrapping_add(GEAR[byte as usize])
}

/// Puts runs in an order that has nothing to do with what they say.
#[inline]
fn rank(hash: u64) -> u64 {
    hash.wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// Spreads ranks that were chosen, each the least of many, over all numbers, one to one.
fn spread(rank: u64) -> u64 {
    rank.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
const fn mix(hash: u64) -> u64 {
    let mut z = hash;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number for each byte: SplitMix64 from seed 1, part of the signature's definition.
const GEAR: [u64; 256] = {
    let mut gear = [0; 256];
    let mut state: u64 = 1;
    let mut byte = 0;
    while byte < gear.len() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        gear[byte] = mix(state);
        byte += 1;
    }
    gear
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hashes(sketch: &[u8]) -> Vec<u64> {
        let mut all = Vec::new();
        winnow(sketch, |_, hash| all.push(hash));
        all
    }

    #[test]
    fn density_is_that_of_winnowing() {
        let sketch: Vec<u8> = (0..100_000u64)
            .map(|i| (mix(i) % 26) as u8 + b'a')
            .collect();
        let count = hashes(&sketch).len();
        let expected = 2 * sketch.len() / (WINDOW + 1);
        assert!(
            count.abs_diff(expected) < expected / 10,
            "{count} of {expected}"
        );
    }

    #[test]
    fn one_letter_repeated_is_few_fingerprints() {
        let all = hashes(&[b'a'; 10_000]);
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    }

    proptest! {
        #[test]
        fn a_shared_run_of_the_guarantee_shares_a_fingerprint(
            // Any bytes that a text may hold: what is shared may begin and end inside a character.
            shared in "[abc中文😀]{0,160}",
            before in "[abc中文😀]{0,90}",
            after in "[abc中文😀]{0,90}",
            other in "[abc中文😀]{0,90}",
            (start, len) in (0..4_usize, GUARANTEE..GUARANTEE + 4),
        ) {
            prop_assume!(shared.len() >= start + len);
            let shared = &shared.as_bytes()[start..start + len];
            let one = hashes(&[before.as_bytes(), shared, after.as_bytes()].concat());
            let two = hashes(&[other.as_bytes(), shared].concat());
            prop_assert!(one.iter().any(|hash| two.contains(hash)));
        }

        #[test]
        fn fingerprints_are_the_least_of_each_window(sketch in proptest::collection::vec(any::<u8>(), 0..600)) {
            let rank_of = |run: &[u8]| rank(run.iter().fold(0, |hash, byte| roll(hash, *byte)));
            let takes_part = |run: &&[u8]| !is_continuation(run[RUN - 1]);
            let chosen = hashes(&sketch);
            for window in sketch.windows(RUN + WINDOW - 1).filter(|window| takes_part(&&window[WINDOW - 1..])) {
                let runs = window.windows(RUN).filter(takes_part);
                prop_assert!(chosen.contains(&runs.map(rank_of).min().unwrap()));
            }
        }
    }
}
