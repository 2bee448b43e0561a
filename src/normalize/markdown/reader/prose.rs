//! Blocks whose markup is simple, built without the parser: the same blocks, elements and assets
//! that its events would give.

use std::ops::Range;

use memchr::memchr2;

use super::super::chunks::find_mark;
use super::super::marks::{fence, heading_level, is_break, list_marker};
use super::super::prose::{Mark, MarkKind};
use super::Reader;
use crate::normalize::line::Line;
use crate::text::{AssetKind, BlockKind};

/// An item of a list without lists in it. Offsets in the decoded text.
pub(super) struct Item {
    /// Where its marker stands.
    start: usize,
    text: Range<usize>,
    /// How many marks there are up to its end.
    marks: usize,
}

impl Reader<'_, '_> {
    /// Builds a block of `kind` whose markup begins at `start`, and whose text is
    /// `decoded[text]`, with the first mark at `mark`. False, and nothing is built, if that needs the parser.
    pub fn read_prose(
        &mut self,
        kind: BlockKind,
        start: usize,
        text: Range<usize>,
        mark: usize,
    ) -> bool {
        let decoded = self.builder.decoded();
        self.prose.marks.clear();
        let Some(text) = trim_end(decoded, text) else {
            return false;
        };
        let scanned = self.prose.scan(decoded, text.clone(), Some(mark));
        if scanned.is_none() || self.has_feeds(text.clone()) {
            return false;
        }
        self.block(kind, start);
        self.build_prose(text, 0..self.prose.marks.len());
        self.close();
        true
    }

    /// Builds a list, each item of which is a line. False, and nothing is built, if
    /// `decoded[range]` is none or needs the parser.
    pub fn read_list(&mut self, range: Range<usize>) -> bool {
        let mut items = std::mem::take(&mut self.items);
        items.clear();
        self.prose.marks.clear();
        let is_simple = self.scan_list(range.clone(), &mut items).is_some();
        if is_simple {
            self.build_list(range, &items);
        }
        self.items = items;
        is_simple
    }

    fn scan_list(&mut self, range: Range<usize>, items: &mut Vec<Item>) -> Option<()> {
        let decoded = self.builder.decoded();
        if self.has_feeds(range.clone()) {
            return None;
        }
        let mut mark = None;
        let mut at = range.start;
        while at < range.end {
            let line = Line::at(decoded.as_bytes(), at);
            at = line.next;
            if line.is_blank() {
                continue;
            }
            let begins = line.rest_start() == line.start && !is_break(line.rest);
            let marker = list_marker(line.rest).filter(|_| begins)?;
            let this = line.rest[marker - 1];
            if *mark.get_or_insert(this) != this || !is_text(&line.rest[marker..]) {
                return None;
            }
            let text = trim_end(decoded, line.start + marker + 1..line.end)?;
            let mark = find_mark(&decoded.as_bytes()[text.clone()]);
            let mark = mark.map(|mark| text.start + mark);
            self.prose.scan(decoded, text.clone(), mark)?;
            items.push(Item {
                start: line.start,
                text,
                marks: self.prose.marks.len(),
            });
        }
        Some(())
    }

    fn build_list(&mut self, range: Range<usize>, items: &[Item]) {
        self.start_list(number(&self.builder.decoded()[range.start..]), range.start);
        let ends = items.iter().skip(1).map(|next| next.start);
        let mut marks = 0;
        for (item, end) in items.iter().zip(ends.chain([range.end])) {
            self.start_item(item.start);
            self.open(item.start);
            self.build_prose(item.text.clone(), marks..item.marks);
            self.leave_container(end);
            marks = item.marks;
        }
        self.leave_container(range.end);
    }

    /// Adds a text and its markup to the open block.
    fn build_prose(&mut self, text: Range<usize>, marks: Range<usize>) {
        let mut at = text.start;
        for index in marks {
            let mark = self.prose.marks[index].clone();
            self.plain(at..mark.at.start);
            at = mark.at.end;
            self.build_mark(mark);
        }
        self.plain(at..text.end);
    }

    fn build_mark(&mut self, mark: Mark) {
        let decoded = self.builder.decoded();
        match mark.kind {
            MarkKind::Begin => self.pieces.enter("strong", mark.at.start),
            MarkKind::End => self.pieces.leave(mark.at.end),
            MarkKind::Stars => self.plain(mark.at),
            MarkKind::Code => {
                self.pieces.literal(mark.text);
                self.pieces.reach(mark.at.end);
            }
            MarkKind::Link => {
                self.pieces.enter("a", mark.at.start);
                self.plain(mark.text);
                self.pieces.leave(mark.at.end);
            }
            MarkKind::Image => {
                let (target, alt) = (&decoded[mark.target()], &decoded[mark.text]);
                self.pieces.reach(mark.at.end);
                self.builder.asset(AssetKind::Image, target, alt, mark.at);
            }
        }
    }

    fn has_feeds(&self, range: Range<usize>) -> bool {
        let text = &self.builder.decoded().as_bytes()[range];
        self.has_feeds && memchr2(b'\x0b', b'\x0c', text).is_some()
    }

    fn plain(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.pieces.text(self.builder.decoded(), range);
        }
    }
}

/// The number that a list begins with.
fn number(list: &str) -> Option<u64> {
    let digits = list.bytes().take_while(u8::is_ascii_digit).count();
    list[..digits].parse().ok()
}

/// The range without the spaces at its end. None if there is other white space.
fn trim_end(decoded: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = decoded[range.clone()].trim_end_matches(' ');
    let ends = !text.ends_with(|c: char| c.is_ascii_whitespace());
    ends.then(|| range.start..range.start + text.len())
}

/// Whether what follows a list marker is a space and text, not markup of another block.
fn is_text(content: &[u8]) -> bool {
    let Some(text) = content.strip_prefix(b" ") else {
        return false;
    };
    !text.first().is_none_or(u8::is_ascii_whitespace)
        && !text.starts_with(b">")
        && list_marker(text).is_none()
        && heading_level(text).is_none()
        && fence(text).is_none()
        && !is_break(text)
}
