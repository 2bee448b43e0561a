//! The body of one witness, cut at places of its match text.

use std::ops::Range;

use crate::report::Entry;
use crate::text::fold::MatchMap;
use crate::text::{Section, Span};

/// A witness, and the way from the match text of its body to its canonical text. Offsets count
/// bytes of the match text of the body alone.
pub(super) struct Column<'a> {
    pub entry: Entry<'a>,
    /// The blocks of the body that have match text.
    blocks: Vec<Place>,
    /// Length of the body.
    pub len: usize,
    /// Canonical text of the body, one byte longer than its last block: so that a last block
    /// without text is inside, too.
    text: Range<usize>,
    /// The match map of the block that was asked for last.
    map: Option<(usize, MatchMap)>,
}

/// Where a block begins.
struct Place {
    /// In the body.
    at: usize,
    /// In the witness.
    block: usize,
    /// In canonical text, with the blocks without match text before it.
    text: usize,
}

impl<'a> Column<'a> {
    pub fn new(entry: Entry<'a>) -> Self {
        let mut column = Self {
            entry,
            blocks: Vec::new(),
            len: 0,
            text: 0..0,
            map: None,
        };
        let mut begins: Option<usize> = None;
        let mut is_first = true;
        for (index, block) in entry.witness.blocks.iter().enumerate() {
            if block.section != Section::Body {
                continue;
            }
            let text = *begins.get_or_insert(block.text.start());
            if std::mem::take(&mut is_first) {
                column.text.start = text;
            }
            column.text.end = block.text.end() + 1;
            if block.match_text.is_empty() {
                continue;
            }
            column.blocks.push(Place {
                at: column.len,
                block: index,
                text,
            });
            column.len += block.match_text.len();
            begins = None;
        }
        column
    }

    /// Where in the body a passage of the witness ends.
    pub fn end_of(&self, passage: Span) -> usize {
        let of = |place: &Place| self.entry.witness.blocks[place.block].match_text;
        let after = (self.blocks).partition_point(|place| of(place).start() < passage.end());
        let Some(place) = after.checked_sub(1).map(|at| &self.blocks[at]) else {
            return 0;
        };
        place.at + (passage.end() - of(place).start()).min(of(place).len())
    }

    /// Where in canonical text `at` is. What no match text stands for belongs to what is before it,
    /// but at the beginning of a block.
    pub fn text_at(&mut self, at: usize) -> usize {
        if at >= self.len {
            // A body without match text is yet to come.
            return if self.len == 0 {
                self.text.start
            } else {
                self.text.end
            };
        }
        let after = self.blocks.partition_point(|place| place.at <= at);
        let Some(place) = after.checked_sub(1).map(|at| &self.blocks[at]) else {
            return self.text.start;
        };
        let inside = at - place.at;
        if inside == 0 {
            return place.text;
        }
        let (witness, index) = (self.entry.witness, place.block);
        let block = &witness.blocks[index];
        let map = match self.map.take() {
            Some((known, map)) if known == index => map,
            _ => MatchMap::new(block.text(witness), block.kind.is_code()),
        };
        let text = map.canonical(Span::new(inside, inside + 1));
        self.map = Some((index, map));
        block.text.start() + text.start()
    }

    /// Canonical text that no match text leads to.
    pub fn rest(&self) -> Range<usize> {
        let start = if self.len == 0 {
            self.text.start
        } else {
            self.text.end
        };
        start..self.text.end
    }

    /// Where blocks begin inside `range`.
    pub fn begins(&self, range: &Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let first = self.blocks.partition_point(|place| place.at <= range.start);
        let end = self.blocks.partition_point(|place| place.at < range.end);
        let places = self.blocks.get(first..end).unwrap_or_default();
        places.iter().map(|place| place.at)
    }

    /// Where words begin in `range`, which is within one block; a character of a script without
    /// spaces is a word.
    pub fn words(&mut self, range: &Range<usize>) -> Vec<usize> {
        let after = self.blocks.partition_point(|place| place.at <= range.start);
        let Some(place) = after.checked_sub(1).map(|at| &self.blocks[at]) else {
            return Vec::new();
        };
        let (witness, from) = (self.entry.witness, place.at);
        let matched = witness.blocks[place.block].match_text(witness);
        let inner = (range.start - from)..(range.end - from).min(matched.len());
        let chars = matched.get(inner).unwrap_or_default().char_indices();
        let offsets: Vec<usize> = chars.map(|(at, _)| range.start + at).skip(1).collect();
        let is_word = |c: char| c as u32 >= 0x2e80;
        (offsets.into_iter())
            .filter(|at| {
                let (before, after) = witness.text.split_at(self.text_at(*at));
                let ends = |c: char| c.is_whitespace() || is_word(c);
                before.chars().next_back().is_some_and(ends) || after.starts_with(is_word)
            })
            .collect()
    }
}
