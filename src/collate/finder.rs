//! The way from match text to passages and places, each looked for near the one before: those of a
//! comparison follow one another.

use std::ops::Range;

use super::count_chars;
use super::reading::{Atlas, Reading};
use crate::text::{Block, Passage, Place, Section, Span};

/// Finds passages and places of a witness.
pub(super) struct Finder<'r, 'w> {
    atlas: &'r Atlas<'w>,
    /// How many blocks, pieces of the text map and lines came before the last that was looked for.
    blocks: usize,
    pieces: usize,
    lines: u32,
}

impl<'r, 'w> Finder<'r, 'w> {
    pub fn new(atlas: &'r Atlas<'w>) -> Self {
        Self {
            atlas,
            blocks: 0,
            pieces: 0,
            lines: 0,
        }
    }

    /// The passage that is `span` of the match text. Must not be empty.
    pub fn passage(&mut self, span: Span) -> Passage {
        let witness = self.atlas.witness;
        let block = self.block_at(span.start());
        let section = block.map_or(Section::Body, |(_, block)| block.section);
        let text = Span::new(self.text_start(span.start()), self.text_end(span.end()));
        let source = witness.source_span_from(text, &mut self.pieces);
        Passage {
            section,
            match_text: span,
            text,
            source,
            lines: witness.line_range_from(source, &mut self.lines),
            chars: count_chars(&witness.match_text[span.range()]),
        }
    }

    /// The place before the character of match text at `offset`, in `section`: after the text that
    /// precedes it, or at the section's beginning.
    pub fn place(&mut self, offset: usize, section: Section) -> Place {
        let witness = self.atlas.witness;
        let before = offset.checked_sub(1).and_then(|last| self.block_at(last));
        let text = match before {
            Some((_, block)) if block.section == section => self.text_end(offset),
            _ => self.text_start(offset),
        };
        let (source, line) = if text == 0 {
            let first = witness.section(section).next();
            first.map_or((0, 1), |block| (block.span.start(), block.line))
        } else {
            let before = Span::new(text - 1, text);
            let span = witness.source_span_from(before, &mut self.pieces);
            let last = Span::at(span.end().saturating_sub(1));
            let lines = witness.line_range_from(last, &mut self.lines);
            (span.end(), lines.first)
        };
        Place {
            match_text: offset as u32,
            text: text as u32,
            source: source as u32,
            line,
        }
    }

    /// Where the canonical text of the character of match text at `offset` starts.
    fn text_start(&mut self, offset: usize) -> usize {
        let Some((index, block)) = self.block_at(offset) else {
            return 0;
        };
        let inside = offset - block.match_text.start();
        if inside == 0 {
            return block.text.start();
        }
        if inside >= block.match_text.len() {
            return block.text.end();
        }
        let inside = Span::new(inside, inside + 1);
        block.text.start() + self.atlas.map(index).canonical(inside).start()
    }

    /// Where the canonical text of the character of match text before `offset` ends.
    fn text_end(&mut self, offset: usize) -> usize {
        let Some((index, block)) = offset.checked_sub(1).and_then(|last| self.block_at(last))
        else {
            return 0;
        };
        let inside = offset - block.match_text.start();
        if inside >= block.match_text.len() {
            return block.text.end();
        }
        let inside = Span::new(inside - 1, inside);
        block.text.start() + self.atlas.map(index).canonical(inside).end()
    }

    fn block_at(&mut self, offset: usize) -> Option<(usize, &'w Block)> {
        self.atlas.block_at_from(offset, &mut self.blocks)
    }
}

/// Finds passages and places of a reading.
pub(super) struct RunFinder<'r, 'a, 'w> {
    reading: &'r Reading<'a, 'w>,
    /// How many blocks of the run came before the last one that was looked for.
    blocks: usize,
    finder: Finder<'a, 'w>,
}

impl<'r, 'a, 'w> RunFinder<'r, 'a, 'w> {
    pub fn new(reading: &'r Reading<'a, 'w>) -> Self {
        Self {
            reading,
            blocks: 0,
            finder: Finder::new(reading.atlas),
        }
    }

    /// The passage that is `range` of the run. Must not be empty.
    pub fn passage(&mut self, range: Range<usize>) -> Passage {
        let span = self.reading.to_witness_from(range, &mut self.blocks);
        self.finder.passage(span)
    }

    /// The passage that is `span` of the witness's match text. Must not be empty.
    pub fn passage_of_witness(&mut self, span: Span) -> Passage {
        self.finder.passage(span)
    }

    /// The place before the character at `offset` of the run.
    pub fn place(&mut self, offset: usize) -> Place {
        let at = self.reading.offset_end_from(offset, &mut self.blocks);
        self.finder.place(at, self.reading.section)
    }
}
