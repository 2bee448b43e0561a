//! What is kept of a text to find its copies by: fingerprints, and the short blocks of short texts.
//!
//! Fingerprints are chosen by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: Local Algorithms
//! for Document Fingerprinting", 2003) from a rolling hash over the bytes of sketch text. With runs
//! of [`RUN`] bytes and a window of [`WINDOW`] runs, two texts that share
//! `RUN + WINDOW - 1 = ` [`GUARANTEE`] bytes share a fingerprint.
//!
//! The hash of a run is the gear hash of FastCDC (Xia et al., 2016): shifted left by one and a
//! random number added for each byte, so that a byte is forgotten after 64 steps. It says less of
//! the oldest bytes of a run than of the newest; that can only propose a pair too many.

use crate::text::{GUARANTEE, Section, Witness, fold};

/// Bytes of sketch text that a fingerprint stands for. 64, because the hash has 64 bits.
pub const RUN: usize = 64;

/// Of so many neighbouring runs at least one is a fingerprint.
pub const WINDOW: usize = GUARANTEE - RUN + 1;

/// Shorter blocks than this, in bytes of sketch text, say too little to find a copy by: some five
/// Han characters, or two words.
const SHORT_BLOCK_MIN: usize = 16;

/// A hash of a run of sketch text, or of a short block, and where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    /// The hash.
    pub hash: u64,
    /// Where the run begins: index of the block in [`Witness::blocks`].
    pub block: u32,
}

/// What is kept of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Chosen by winnowing; each hash once, at its first place, ascending by hash.
    pub fingerprints: Vec<Fingerprint>,
    /// Hashes of whole blocks shorter than [`GUARANTEE`] bytes of sketch text, each once,
    /// ascending by hash.
    pub short_blocks: Vec<Fingerprint>,
    /// Hashes of all whole blocks that have sketch text, each once, ascending by hash.
    pub blocks: Vec<Fingerprint>,
    /// Length of the sketch text in bytes. A text shorter than [`GUARANTEE`] is found by its blocks.
    pub len: usize,
}

impl Signature {
    /// That of `witness`, over all its sections in reading order.
    pub fn of(witness: &Witness) -> Self {
        let (mut blocks, mut short_blocks) = (Vec::new(), Vec::new());
        // Where the sketch text of each block begins that has any.
        let mut starts: Vec<(usize, u32)> = Vec::new();
        let sketch = Self::each_block(witness, |block| {
            starts.push((block.at, block.block));
            let whole = Fingerprint {
                hash: block.hash,
                block: block.block,
            };
            blocks.push(whole);
            let is_text = witness.blocks[block.block as usize].section != Section::FrontMatter;
            if is_text && (SHORT_BLOCK_MIN..GUARANTEE).contains(&block.len) {
                short_blocks.push(whole);
            }
        });
        let mut fingerprints = Vec::with_capacity(2 * sketch.len() / WINDOW + 1);
        let mut at_block = 0;
        winnow(sketch.as_bytes(), |at, hash| {
            while starts
                .get(at_block + 1)
                .is_some_and(|(start, _)| *start <= at)
            {
                at_block += 1;
            }
            let block = starts.get(at_block).map_or(0, |(_, block)| *block);
            fingerprints.push(Fingerprint { hash, block });
        });
        Self {
            fingerprints: once_each(fingerprints),
            short_blocks: once_each(short_blocks),
            blocks: once_each(blocks),
            len: sketch.len(),
        }
    }

    /// Tells each block of `witness` that has sketch text, in order, and gives the sketch text.
    pub(super) fn each_block(witness: &Witness, mut tell: impl FnMut(SketchBlock)) -> String {
        let mut sketch = String::with_capacity(witness.match_text.len());
        for (index, block) in witness.blocks.iter().enumerate() {
            let at = sketch.len();
            fold::sketch_text(block.match_text(witness), &mut sketch);
            let text = &sketch.as_bytes()[at..];
            if !text.is_empty() {
                tell(SketchBlock {
                    block: index as u32,
                    at,
                    len: text.len(),
                    hash: hash_all(text),
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
pub(super) struct SketchBlock {
    /// Index of the block in [`Witness::blocks`].
    pub block: u32,
    /// Where its sketch text begins in that of the witness, in bytes.
    pub at: usize,
    /// Its length in bytes.
    pub len: usize,
    /// Its hash.
    pub hash: u64,
}

fn once_each(mut all: Vec<Fingerprint>) -> Vec<Fingerprint> {
    all.sort_unstable();
    all.dedup_by_key(|fingerprint| fingerprint.hash);
    all.shrink_to_fit();
    all
}

/// Chooses fingerprints of `sketch` and gives each, with the offset its run begins at, ascending.
/// Of each [`WINDOW`] neighbouring runs the one with the least hash is chosen, the last of equals.
fn winnow(sketch: &[u8], mut choose: impl FnMut(usize, u64)) {
    if sketch.len() < RUN {
        return;
    }
    let mut hash = 0;
    for byte in &sketch[..RUN - 1] {
        hash = roll(hash, *byte);
    }
    // The hashes of the current window; `ring[at % WINDOW]` is that of the run at `at`.
    let mut ring = [u64::MAX; WINDOW];
    let (mut least, mut least_at, mut chosen) = (u64::MAX, 0, None);
    for (at, byte) in sketch[RUN - 1..].iter().enumerate() {
        hash = roll(hash, *byte);
        let mixed = mix(hash);
        ring[at % WINDOW] = mixed;
        if mixed <= least {
            (least, least_at) = (mixed, at);
        } else if least_at + WINDOW <= at {
            (least, least_at) = (mixed, at);
            for before in (at + 1 - WINDOW..at).rev() {
                if ring[before % WINDOW] < least {
                    (least, least_at) = (ring[before % WINDOW], before);
                }
            }
        }
        if at + 1 >= WINDOW && chosen != Some(least_at) {
            choose(least_at, least);
            chosen = Some(least_at);
        }
    }
    // A text with fewer runs than a window has no full one, but deserves a fingerprint.
    if chosen.is_none() {
        choose(least_at, least);
    }
}

fn roll(hash: u64, byte: u8) -> u64 {
    (hash << 1).wrapping_add(GEAR[byte as usize])
}

/// Spreads the bits, so that the least of several hashes is any of them.
const fn mix(hash: u64) -> u64 {
    let mut z = hash;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn hash_all(bytes: &[u8]) -> u64 {
    // Not the gear hash, which would forget all but the last 64 bytes.
    let fold =
        |hash: u64, byte: &u8| (hash ^ GEAR[*byte as usize]).wrapping_mul(0x0000_0100_0000_01b3);
    mix(bytes.iter().fold(bytes.len() as u64, fold))
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
            shared in proptest::collection::vec(b'a'..b'e', GUARANTEE..GUARANTEE + 40),
            before in proptest::collection::vec(b'a'..b'e', 0..200),
            after in proptest::collection::vec(b'a'..b'e', 0..200),
            other in proptest::collection::vec(b'a'..b'e', 0..200),
        ) {
            let one = hashes(&[&before[..], &shared, &after].concat());
            let two = hashes(&[&other[..], &shared].concat());
            prop_assert!(one.iter().any(|hash| two.contains(hash)));
        }

        #[test]
        fn fingerprints_are_the_least_of_each_window(sketch in proptest::collection::vec(any::<u8>(), 0..600)) {
            let runs: Vec<u64> = sketch
                .windows(RUN)
                .map(|run| mix(run.iter().fold(0, |hash, byte| roll(hash, *byte))))
                .collect();
            let chosen = hashes(&sketch);
            for window in runs.windows(WINDOW) {
                prop_assert!(chosen.contains(window.iter().min().unwrap()));
            }
        }
    }
}
