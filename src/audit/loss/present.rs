use std::ops::Range;

use super::free::Free;
use crate::audit::entry::{
    Entry, PIECE_MAX, Placed, char_starts, comment_blocks, placed, text_blocks,
};
use crate::audit::rolling::Rolling;
use crate::text::{LineRange, Witness};

/// A document as it is now, in which text can be looked for. Places count characters of its match
/// text. Takes some eight bytes for each.
#[derive(Clone, Debug)]
pub struct Present {
    /// Its path.
    pub path: String,
    /// What a lock would know of it.
    pub entry: Entry,
    pub(super) hashes: Rolling,
    /// The pieces of text, in reading order.
    pub(super) text: Vec<Placed>,
    /// Those of each comment.
    pub(super) comments: Vec<Vec<Placed>>,
    /// Where each block is, and in which lines, in reading order.
    blocks: Vec<(Range<u32>, LineRange)>,
}

impl Present {
    /// The document at `path` that says what `witness` does.
    pub fn new(path: String, witness: &Witness) -> Self {
        let starts = char_starts(witness);
        let pieces = |at: usize| placed(witness, &starts, at);
        let hashes = Rolling::new(&witness.match_text, PIECE_MAX);
        let ends = starts.iter().copied().skip(1);
        let ends = ends.chain([hashes.chars() as u32]);
        let lines = |at: usize| {
            let block = witness.blocks.get(at);
            let lines = block.map(|block| witness.line_range(block.span));
            lines.unwrap_or(LineRange { first: 1, last: 1 })
        };
        let blocks = starts.iter().zip(ends).enumerate();
        Self {
            path,
            entry: Entry::of(witness),
            text: text_blocks(witness).flat_map(pieces).collect(),
            comments: (witness.comments.iter())
                .map(|comment| comment_blocks(witness, comment).flat_map(pieces).collect())
                .collect(),
            blocks: blocks
                .map(|(at, (start, end))| (*start..end, lines(at)))
                .collect(),
            hashes,
        }
    }

    /// All that it says, free.
    pub(super) fn free(&self) -> Free {
        let mut runs: Vec<(Range<u32>, usize)> = Vec::new();
        let texts = [&self.text].into_iter().chain(&self.comments).enumerate();
        for (part, pieces) in texts {
            runs.extend(pieces.iter().map(|placed| (run(placed), part)));
        }
        runs.sort_unstable_by_key(|(run, _)| run.start);
        let mut free = Free::default();
        let mut last = None;
        for (run, part) in runs {
            free.push(run, last == Some(part));
            last = Some(part);
        }
        free
    }

    /// The lines of the blocks in which `run` lies.
    pub(super) fn lines(&self, run: &Range<u32>) -> Option<LineRange> {
        let first = self
            .blocks
            .partition_point(|(block, _)| block.end <= run.start);
        let within = self.blocks.get(first..).unwrap_or_default().iter();
        let within = within.take_while(|(block, _)| block.start < run.end);
        within.map(|(_, lines)| *lines).reduce(LineRange::union)
    }

    /// How many blocks lie in `run`, whole.
    pub(super) fn blocks_within(&self, run: &Range<u32>) -> usize {
        let first = self
            .blocks
            .partition_point(|(block, _)| block.start < run.start);
        let within = self.blocks.get(first..).unwrap_or_default().iter();
        let within = within.take_while(|(block, _)| block.end <= run.end);
        within.filter(|(block, _)| !block.is_empty()).count()
    }
}

/// Where a piece is.
pub(super) fn run(placed: &Placed) -> Range<u32> {
    placed.start..placed.start + placed.piece.chars
}
