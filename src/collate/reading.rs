//! A section as one run of match text, and the way from there to passages and places.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::finder::Finder;
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
        self.block_at_from(offset, &mut 0)
    }

    /// The same, looked for near the block with the number `near`, which becomes its own.
    pub fn block_at_from(&self, offset: usize, near: &mut usize) -> Option<(usize, &'w Block)> {
        let blocks = &self.witness.blocks;
        let is_before = |block: &Block| block.match_text.start() <= offset;
        *near = partition_point_from(blocks, *near, is_before);
        // Blocks may have no match text (only white space survives folding): take the one that does.
        let index = (0..*near)
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
        Finder::new(self).passage(span)
    }

    /// The place before the character of match text at `offset`, in `section`: after the text that
    /// precedes it, or at the section's beginning.
    pub fn place(&self, offset: usize, section: Section) -> Place {
        Finder::new(self).place(offset, section)
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

    /// Makes the match maps of the blocks in `range`.
    pub fn make_maps(&self, range: Range<usize>) {
        for (_, index) in self.blocks_in(range) {
            self.atlas.map(index);
        }
    }

    /// Whether `offset` is inside what one character of canonical text folds to.
    pub fn splits_character(&self, offset: usize) -> bool {
        let Some((start, index)) = self.block_start(offset) else {
            return false;
        };
        let inside = offset - start;
        let block = &self.atlas.witness.blocks[index];
        if inside == 0 || inside >= block.match_text.len() {
            return false;
        }
        let map = self.atlas.map(index);
        let character = |at| map.canonical(Span::new(at, at + 1));
        character(inside).start() < character(inside - 1).end()
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
        let is_before = |(start, _): &(usize, usize)| *start <= range.start;
        let mut near = self.blocks.partition_point(is_before);
        self.to_witness_from(range, &mut near)
    }

    /// The same, looked for near the block with the number `near`, which becomes that of the last one.
    pub fn to_witness_from(&self, range: Range<usize>, near: &mut usize) -> Span {
        let start = self.offset_from(range.start, near);
        let last = range.end.saturating_sub(1).max(range.start);
        Span::new(start, self.offset_from(last, near) + 1)
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

    /// Where the character at `offset` is in the witness's match text, looked for near the block with
    /// the number `near`, which becomes its own.
    fn offset_from(&self, offset: usize, near: &mut usize) -> usize {
        *near = partition_point_from(&self.blocks, *near, |(start, _)| *start <= offset);
        let block = near.checked_sub(1).map(|at| self.blocks[at]);
        block.map_or(0, |(start, index)| {
            self.atlas.witness.blocks[index].match_text.start() + offset - start
        })
    }

    /// Where the character before `offset` ends in the witness's match text.
    pub fn offset_end_from(&self, offset: usize, near: &mut usize) -> usize {
        match offset.checked_sub(1) {
            Some(last) => self.offset_from(last, near) + 1,
            None => self.offset_from(0, near),
        }
    }
}
