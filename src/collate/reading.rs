//! A section as one run of match text, and the way from there to passages and places.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::count_chars;
use crate::text::fold::MatchMap;
use crate::text::{Block, Passage, Place, Section, Span, Witness, partition_point_from};

/// A witness with what is needed to find places in it: match maps of the blocks that were asked
/// for, each made once.
pub(super) struct Atlas<'w> {
    pub witness: &'w Witness,
    maps: Vec<OnceLock<MatchMap>>,
}

impl<'w> Atlas<'w> {
    pub fn new(witness: &'w Witness) -> Self {
        Self {
            witness,
            maps: witness.blocks.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The block that holds the character of match text at `offset`, and its index.
    pub fn block_at(&self, offset: usize) -> Option<(usize, &'w Block)> {
        let blocks = &self.witness.blocks;
        let after = blocks.partition_point(|block| block.match_text.start() <= offset);
        // Blocks may have no match text (only white space survives folding): take the one that does.
        let index = (0..after)
            .rev()
            .find(|at| !blocks[*at].match_text.is_empty())?;
        Some((index, &blocks[index]))
    }

    /// The next block with match text behind the one at `index`, and its index.
    pub fn block_after(&self, index: usize) -> Option<(usize, &'w Block)> {
        let blocks = self.witness.blocks.iter().enumerate();
        blocks
            .skip(index + 1)
            .find(|(_, block)| !block.match_text.is_empty())
    }

    /// The match map of the block at `index`.
    pub fn map(&self, index: usize) -> &MatchMap {
        self.maps[index].get_or_init(|| {
            let block = &self.witness.blocks[index];
            let matched = block.match_text(self.witness);
            MatchMap::of(block.text(self.witness), block.kind.is_code(), matched)
        })
    }

    /// The passage that is `span` of the match text. Must not be empty.
    pub fn passage(&self, span: Span) -> Passage {
        let text = Span::new(self.text_start(span.start()), self.text_end(span.end()));
        let source = self.witness.source_span(text);
        let section = self
            .block_at(span.start())
            .map_or(Section::Body, |(_, block)| block.section);
        Passage {
            section,
            match_text: span,
            text,
            source,
            lines: self.witness.line_range(source),
            chars: count_chars(&self.witness.match_text[span.range()]),
        }
    }

    /// The place before the character of match text at `offset`, in `section`: after the text that
    /// precedes it, or at the section's beginning.
    pub fn place(&self, offset: usize, section: Section) -> Place {
        let before = offset.checked_sub(1).and_then(|last| self.block_at(last));
        let text = match before {
            Some((_, block)) if block.section == section => self.text_end(offset),
            _ => self.text_start(offset),
        };
        let (source, line) = if text == 0 {
            (self.first_source(section), self.first_line(section))
        } else {
            let span = self.witness.source_span(Span::new(text - 1, text));
            (
                span.end(),
                self.witness.lines.line(span.end().saturating_sub(1)),
            )
        };
        Place {
            match_text: offset as u32,
            text: text as u32,
            source: source as u32,
            line,
        }
    }

    fn first_source(&self, section: Section) -> usize {
        self.witness
            .section(section)
            .next()
            .map_or(0, |block| block.span.start())
    }

    fn first_line(&self, section: Section) -> u32 {
        self.witness
            .section(section)
            .next()
            .map_or(1, |block| block.line)
    }

    /// Where the canonical text of the character of match text at `offset` starts.
    pub fn text_start(&self, offset: usize) -> usize {
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
        block.text.start()
            + self
                .map(index)
                .canonical(Span::new(inside, inside + 1))
                .start()
    }

    /// Where the canonical text of the character of match text before `offset` ends.
    pub fn text_end(&self, offset: usize) -> usize {
        let Some((index, block)) = offset.checked_sub(1).and_then(|last| self.block_at(last))
        else {
            return 0;
        };
        let inside = offset - block.match_text.start();
        if inside >= block.match_text.len() {
            return block.text.end();
        }
        block.text.start()
            + self
                .map(index)
                .canonical(Span::new(inside - 1, inside))
                .end()
    }
}

/// One section of a witness as one run of match text. Offsets count bytes of that run; they lead
/// back to the witness's match text by [`to_witness`](Self::to_witness).
pub(super) struct Reading<'a, 'w> {
    pub atlas: &'a Atlas<'w>,
    pub section: Section,
    /// The blocks: where each begins in the run, ascending, and its index in the witness.
    blocks: Vec<(usize, usize)>,
    text: Cow<'w, str>,
    /// Where text of other sections was left out: offsets, ascending. Most readings have none.
    seams: Vec<usize>,
    /// The run is shortened to this length.
    len: usize,
}

impl<'a, 'w> Reading<'a, 'w> {
    pub fn new(atlas: &'a Atlas<'w>, section: Section) -> Self {
        let witness = atlas.witness;
        let mut blocks = Vec::new();
        let mut len = 0;
        let mut whole: Option<Span> = None;
        let mut seams = Vec::new();
        for (index, block) in witness.blocks.iter().enumerate() {
            if block.section != section || block.match_text.is_empty() {
                continue;
            }
            if whole.is_some_and(|span| span.end() != block.match_text.start()) {
                seams.push(len);
            }
            blocks.push((len, index));
            len += block.match_text.len();
            whole = Some(whole.map_or(block.match_text, |span| span.union(block.match_text)));
        }
        let text = match whole {
            None => Cow::Borrowed(""),
            Some(span) if seams.is_empty() => Cow::Borrowed(&witness.match_text[span.range()]),
            Some(_) => blocks
                .iter()
                .map(|(_, index)| witness.blocks[*index].match_text(witness))
                .collect(),
        };
        Self {
            atlas,
            section,
            blocks,
            text,
            seams,
            len,
        }
    }

    /// The offsets inside `range` where text of other sections was left out. No passage may hold
    /// one.
    pub fn seams(&self, range: &Range<usize>) -> &[usize] {
        let first = self.seams.partition_point(|seam| *seam <= range.start);
        let end = self.seams.partition_point(|seam| *seam < range.end);
        self.seams.get(first..end).unwrap_or_default()
    }

    /// The range of the run that `span` of the witness's match text is, if all of it is in the run
    /// and stands together there. Must not be empty.
    pub fn find(&self, span: Span) -> Option<Range<usize>> {
        let (start, end) = (self.offset(span.start())?, self.offset(span.end() - 1)? + 1);
        (end - start == span.len() && end <= self.len).then_some(start..end)
    }

    fn offset(&self, at: usize) -> Option<usize> {
        let (index, block) = self.atlas.block_at(at)?;
        let found = self
            .blocks
            .binary_search_by_key(&index, |(_, index)| *index);
        Some(self.blocks[found.ok()?].0 + at - block.match_text.start())
    }

    pub fn text(&self) -> &str {
        &self.text[..self.len]
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// Makes the run end at `len`, which must be on a character boundary of the whole.
    pub fn shorten(&mut self, len: usize) {
        self.len = len;
    }

    /// What was left out, as canonical text.
    pub fn rest(&self) -> &str {
        if self.len == self.text.len() {
            return "";
        }
        let rest = self.passage(self.len..self.text.len());
        &self.atlas.witness.text[rest.text.range()]
    }

    /// Whether `offset` is inside what one character of canonical text folds to.
    pub fn splits_character(&self, offset: usize) -> bool {
        let at = self.offset_end(offset);
        self.atlas.text_start(at) < self.atlas.text_end(at)
    }

    /// The parts of `range` that lie in different blocks: the run's range, and the block's index.
    pub fn blocks_in(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
        let first = self
            .blocks
            .partition_point(|(start, _)| *start <= range.start)
            .saturating_sub(1);
        let ends = self.blocks.iter().skip(first + 1).map(|(start, _)| *start);
        let ends = ends.chain(std::iter::once(self.text.len()));
        self.blocks[first.min(self.blocks.len())..]
            .iter()
            .zip(ends)
            .take_while(move |((start, _), _)| *start < range.end)
            .map(move |((start, index), end)| (range.start.max(*start)..range.end.min(end), *index))
            .filter(|(part, _)| !part.is_empty())
    }

    /// Where the block that holds the character at `offset` begins in the run, and its index.
    pub fn block_start(&self, offset: usize) -> Option<(usize, usize)> {
        let after = self.blocks.partition_point(|(start, _)| *start <= offset);
        after.checked_sub(1).map(|at| self.blocks[at])
    }

    /// Where the block ends that holds the character before `offset`.
    pub fn block_end(&self, offset: usize) -> usize {
        let after = self.blocks.partition_point(|(start, _)| *start < offset);
        let next = self.blocks.get(after).map(|(start, _)| *start);
        next.unwrap_or(self.len).min(self.len)
    }

    /// Whether a block begins at `offset`; the end of the run counts as one.
    pub fn is_block_start(&self, offset: usize) -> bool {
        offset == self.len
            || self
                .blocks
                .binary_search_by_key(&offset, |(start, _)| *start)
                .is_ok()
    }

    /// The span of the witness's match text that `range` of the run stands for. Must not be empty.
    pub fn to_witness(&self, range: Range<usize>) -> Span {
        let block = |after: usize| after.checked_sub(1).map(|at| self.blocks[at]);
        let after = (self.blocks).partition_point(|(start, _)| *start <= range.start);
        let start = self.offset_in(block(after), range.start);
        let last = range.end.saturating_sub(1).max(range.start);
        let after = partition_point_from(&self.blocks, after, |(start, _)| *start <= last);
        Span::new(start, self.offset_in(block(after), last) + 1)
    }

    /// The range of the run that `span` of the witness's match text is: the way back from
    /// [`to_witness`](Self::to_witness).
    pub fn in_run(&self, span: Span) -> Range<usize> {
        let witness = self.atlas.witness;
        let start = |index: usize| witness.blocks[index].match_text.start();
        let offset = |at: usize| {
            let after = self
                .blocks
                .partition_point(|(_, index)| start(*index) <= at);
            let block = after.checked_sub(1).and_then(|at| self.blocks.get(at));
            block.map_or(0, |(run, index)| run + (at - start(*index)))
        };
        let first = offset(span.start());
        first
            ..span.end().checked_sub(1).map_or(0, offset).max(first) + usize::from(!span.is_empty())
    }

    pub fn passage(&self, range: Range<usize>) -> Passage {
        self.atlas.passage(self.to_witness(range))
    }

    pub fn place(&self, offset: usize) -> Place {
        self.atlas.place(self.offset_end(offset), self.section)
    }

    fn offset_start(&self, offset: usize) -> usize {
        self.offset_in(self.block_start(offset), offset)
    }

    /// Where `offset` is in the witness's match text, in this block.
    fn offset_in(&self, block: Option<(usize, usize)>, offset: usize) -> usize {
        match block {
            Some((start, index)) => {
                self.atlas.witness.blocks[index].match_text.start() + offset - start
            }
            None => 0,
        }
    }

    fn offset_end(&self, offset: usize) -> usize {
        match offset.checked_sub(1) {
            Some(last) => self.offset_start(last) + 1,
            None => self.offset_start(0),
        }
    }
}
