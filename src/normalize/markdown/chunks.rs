//! The first pass over Markdown: which stretches are plain text, which are HTML, and which need
//! a Markdown parser. Every chunk reads the same alone as it does in its document.

use std::ops::Range;

use memchr::memchr;

use super::island::Islands;
use super::marks::{Html, closes_fence, fence, heading_level, html, is_break, list_marker};
use super::region::Region;
use crate::normalize::line::{Line, Lines};
use crate::text::{BlockKind, Opened};

/// A stretch of a document: one or more whole blocks. Ranges are bytes of the decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chunk {
    /// A paragraph without markup.
    Plain(Range<usize>),
    /// A heading without markup in its text.
    Heading {
        level: u8,
        markup: Range<usize>,
        text: Range<usize>,
    },
    /// A fenced code block. `indent` columns of white space go from the start of each line.
    Code {
        markup: Range<usize>,
        content: Range<usize>,
        indent: usize,
    },
    /// An island of HTML.
    Island(Range<usize>),
    /// Text where HTML begins that never ends.
    Text(Range<usize>),
    /// A paragraph or heading with inline markup, which ends before `next`. The first mark in its
    /// text, if it is one, stands at `mark`.
    Prose {
        kind: BlockKind,
        start: usize,
        text: Range<usize>,
        mark: usize,
        next: usize,
    },
    /// Blocks for the Markdown parser.
    Markup(Range<usize>),
}

/// The chunks of a document, in order. Between them there are only blank lines.
pub(super) struct Chunks<'d> {
    text: &'d str,
    lines: &'d Lines,
    at: usize,
    /// The line that was read last.
    last: Line<'d>,
    islands: Islands<'d>,
    /// Where the fence stands that is closed by the end of the document only.
    open_fence: Option<Range<usize>>,
}

impl<'d> Chunks<'d> {
    /// The chunks of `text`, which has `lines`, from `start`, where one begins.
    pub fn new(text: &'d str, lines: &'d Lines, start: usize) -> Self {
        Self {
            text,
            lines,
            at: start,
            last: lines.at(text.as_bytes(), start, None),
            islands: Islands::new(text),
            open_fence: None,
        }
    }

    /// What is still open behind the last chunk, and the mark that opened it.
    pub fn left_open(&self) -> Option<(Opened, Range<usize>)> {
        let fence = self.open_fence.clone().map(|fence| (Opened::Fence, fence));
        fence.or_else(|| self.islands.left_open())
    }

    /// The line that begins at `start`. Where a block ends is mostly where the next one begins.
    fn line(&mut self, start: usize) -> Line<'d> {
        if self.last.start != start {
            let text = self.text.as_bytes();
            self.last = self.lines.at(text, start, Some(&self.last));
        }
        self.last
    }

    fn chunk(&mut self, line: Line<'d>) -> (Chunk, usize) {
        if line.indent < 4 {
            if let Some(level) = heading_level(line.rest) {
                return (heading(&line, level), line.next);
            }
            if let Some(fence) = fence(line.rest) {
                return self.code(&line, fence);
            }
            if let Some(html) = html(line.rest) {
                return self.html(&line, html);
            }
            if let Some((end, next)) = self.paragraph(line) {
                let text = line.start..end;
                return match find_mark(&self.text.as_bytes()[text.clone()]) {
                    Some(mark) => (
                        prose(BlockKind::Paragraph, line.rest_start(), text, mark, next),
                        next,
                    ),
                    None => (Chunk::Plain(text), next),
                };
            }
        }
        let end = self.markup(line.start);
        (Chunk::Markup(line.start..end), end)
    }

    /// The end of the paragraph that begins with `line`, without and with the white space behind
    /// it, if no line of it may begin another block.
    fn paragraph(&mut self, mut line: Line<'d>) -> Option<(usize, usize)> {
        if begins_markup(&line) {
            return None;
        }
        loop {
            let next = self.line(line.next);
            if next.is_blank() || ends_block(&next) {
                let text = self.text[line.start..line.end].trim_end_matches(' ');
                return Some((line.start + text.len(), line.next));
            }
            if next.indent < 4 && (begins_markup(&next) || matches!(next.rest, [b'=', ..])) {
                return None;
            }
            line = next;
        }
    }

    /// The end of the blocks that begin at `start`, up to where no block can be open.
    fn markup(&mut self, start: usize) -> usize {
        let mut region = Region::default();
        let mut at = start;
        while at < self.text.len() {
            let line = self.line(at);
            if at > start && (region.ends_before(&line) || region.may_end_before(&line, at - start))
            {
                break;
            }
            at = line.next;
            region.take(&line);
            if region.is_over(at - start) {
                break;
            }
        }
        at
    }

    /// A code fence closes with its like, or with the document.
    fn code(&mut self, opening: &Line<'d>, fence: (u8, usize)) -> (Chunk, usize) {
        let mut at = opening.next;
        while at < self.text.len() {
            let line = self.line(at);
            if line.indent < 4 && closes_fence(line.rest, fence) {
                return (code(opening, at, line.end), line.next);
            }
            at = line.next;
        }
        self.open_fence = Some(opening.rest_start()..opening.end);
        (code(opening, at, at), at)
    }

    fn html(&mut self, line: &Line<'d>, html: Html) -> (Chunk, usize) {
        match self.islands.end(line, html) {
            Some(end) => (Chunk::Island(line.start..end), end),
            None => {
                let end = self.islands.blank_line(line);
                (Chunk::Text(line.start..end), end)
            }
        }
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        while self.at < self.text.len() {
            let line = self.line(self.at);
            if !line.is_blank() {
                let (chunk, end) = self.chunk(line);
                self.at = end;
                return Some(chunk);
            }
            self.at = line.next;
        }
        None
    }
}

fn heading(line: &Line<'_>, level: u8) -> Chunk {
    let text = &line.rest[usize::from(level)..];
    let place = line.end - text.len()..line.end;
    if memchr(b'#', text).is_some() {
        return Chunk::Markup(line.start..line.next);
    }
    if let Some(mark) = find_mark(text) {
        let kind = BlockKind::Heading(level);
        return prose(kind, line.rest_start(), place, mark, line.next);
    }
    let end = place.start + text.trim_ascii_end().len();
    Chunk::Heading {
        level,
        markup: line.rest_start()..end,
        text: place.start..end,
    }
}

fn prose(kind: BlockKind, start: usize, text: Range<usize>, mark: usize, next: usize) -> Chunk {
    Chunk::Prose {
        kind,
        start,
        mark: text.start + mark,
        text,
        next,
    }
}

fn code(opening: &Line<'_>, content_end: usize, end: usize) -> Chunk {
    Chunk::Code {
        markup: opening.rest_start()..end,
        content: opening.next..content_end,
        indent: opening.indent,
    }
}

/// Whether the line begins a block that ends the one before it, whatever that was.
pub(super) fn ends_block(line: &Line<'_>) -> bool {
    // Cheap: nearly every line fails at the first comparison.
    matches!(line.rest, [b'#' | b'`' | b'~' | b'<', ..])
        && line.indent < 4
        && (heading_level(line.rest).is_some()
            || fence(line.rest).is_some()
            || html(line.rest).is_some())
}

/// Whether the line begins with what may be a mark of a block, other than those of
/// [`ends_block`] and `=`.
fn begins_markup(line: &Line<'_>) -> bool {
    let rest = line.rest;
    match rest.first() {
        Some(b'>' | b'-' | b'|') => true,
        Some(b'*' | b'+' | b'_' | b'0'..=b'9') => list_marker(rest).is_some() || is_break(rest),
        // A link defines nothing.
        Some(b'[') => memchr(b']', rest).is_none_or(|close| rest.get(close + 1) != Some(&b'(')),
        _ => false,
    }
}

/// The first byte of `text` that may be inline markup, or is one of a few that are none: so that
/// it takes few comparisons, which the compiler makes for many bytes at once.
pub(super) fn find_mark(text: &[u8]) -> Option<usize> {
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    let block = blocks.iter().position(holds_mark);
    let (start, near) = match block {
        Some(block) => (block * BLOCK, &blocks[block][..]),
        // Most have none in their last block either.
        None if text.last_chunk().is_some_and(|last| !holds_mark(last)) => return None,
        None => (text.len() - rest.len(), rest),
    };
    let mark = near.iter().position(|byte| is_mark(*byte));
    mark.map(|mark| start + mark)
}

const BLOCK: usize = 32;

/// Whether there is a mark in `block`. There is none where there is no ASCII, as in much of Chinese.
#[inline(always)]
fn holds_mark(block: &[u8; BLOCK]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, _) = block.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    words.fold(HIGH, |all, word| all & word) != HIGH && has_mark(block)
}

/// Not a part of the search, so that the compiler sees that it can look at all bytes together.
#[inline(never)]
fn has_mark(block: &[u8; BLOCK]) -> bool {
    let found = |found, byte: &u8| found | u8::from(is_mark(*byte));
    block.iter().fold(0, found) != 0
}

/// Whether `byte` is one of `&*<[\]^_`|}~`.
#[inline(always)]
fn is_mark(byte: u8) -> bool {
    (byte.wrapping_sub(b'[') <= b'`' - b'[')
        | (byte.wrapping_sub(b'|') <= b'~' - b'|')
        | (byte == b'&')
        | (byte == b'*')
        | (byte == b'<')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_mark_is_found(text in "([一-龥]{0,40}|[a-z ，。]{0,40}|[a-z&*<\\[\\]^_`|}~]{0,2}){0,5}") {
            let expected = text.bytes().position(is_mark);
            prop_assert_eq!(find_mark(text.as_bytes()), expected);
        }
    }
}
