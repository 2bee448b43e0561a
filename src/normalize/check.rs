//! A second look at a witness: does each block say what its source says?
//!
//! For every block, each piece of its text must stand in the bytes that the block is said to come
//! from ([`span`]); and `html2text`, which shares no code with the segmenters, must read the
//! source of each block of HTML the same ([`second_opinion`]).

mod second_opinion;
mod span;

use std::borrow::Cow;

use super::{Options, decode};
use crate::text::{Block, CheckFinding, CheckKind, Span, Witness};

use second_opinion::Opinion;

/// What a second look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// What disagrees, in the order of the blocks.
    pub findings: Vec<CheckFinding>,
    /// How many blocks `html2text` was asked about.
    pub asked: usize,
    /// How many blocks of HTML it was not asked about, since it loses text in nested lists and
    /// tables, and takes long for large ones.
    pub passed_over: usize,
}

/// Looks a second time at `witness`, which `bytes` were read into with these `options`.
pub fn check(bytes: &[u8], witness: &Witness, options: &Options) -> Check {
    let source = Source {
        decoded: decode::decode(bytes, options.encoding, options.repair).text,
        witness,
    };
    let mut check = Check::default();
    for (at, block) in witness.blocks.iter().enumerate() {
        let mut disagree = |kind, expected: &str, found: &str| {
            let (expected, found) = difference(expected, found);
            check.findings.push(CheckFinding {
                block: at,
                lines: witness.line_range(block.span),
                kind,
                expected,
                found,
            });
        };
        if let Some((expected, found)) = span::disagreement(block, &source) {
            disagree(CheckKind::Span, expected, found);
        }
        let next = witness.blocks.get(at + 1);
        match second_opinion::ask(block, next, &source) {
            Opinion::NotHtml => {}
            Opinion::None => check.passed_over += 1,
            Opinion::Same => check.asked += 1,
            Opinion::Other { expected, found } => {
                check.asked += 1;
                disagree(CheckKind::SecondOpinion, &expected, &found);
            }
        }
    }
    check
}

/// The decoded text that a witness was read from.
struct Source<'w> {
    decoded: Cow<'w, str>,
    witness: &'w Witness,
}

impl Source<'_> {
    /// The decoded text of a block, markup and all.
    fn of(&self, block: &Block) -> &str {
        let (start, end) = (block.span.start(), block.span.end());
        let (start, end) = (self.decoded_at(start), self.decoded_at(end));
        self.decoded.get(start..end.max(start)).unwrap_or("")
    }

    /// The source bytes of a range of decoded text.
    fn span(&self, decoded: Span) -> Span {
        let map = &self.witness.decode_map;
        Span::new(
            map.source_start(decoded.start()),
            map.source_end(decoded.end()),
        )
    }

    /// The first character of the decoded text that comes from source byte `source` or a later
    /// one.
    fn decoded_at(&self, source: usize) -> usize {
        let (mut low, mut high) = (0, self.decoded.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.witness.decode_map.source_start(middle) < source {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while !self.decoded.is_char_boundary(low) {
            low += 1;
        }
        low
    }
}

/// How many characters of each reading to show from where they part.
const SHOWN: usize = 100;
/// How many characters that are the same to show before that.
const BEFORE: usize = 20;

/// The two readings from shortly before the place where they part.
fn difference(expected: &str, found: &str) -> (String, String) {
    let same = expected
        .chars()
        .zip(found.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let skip = same.saturating_sub(BEFORE);
    let excerpt = |text: &str| text.chars().skip(skip).take(SHOWN).collect();
    (excerpt(expected), excerpt(found))
}

#[cfg(test)]
mod tests;
