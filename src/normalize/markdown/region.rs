//! How far blocks reach that may hold other blocks: lists, quotations, footnotes, indented code.

use super::chunks::ends_block;
use crate::normalize::line::Line;

use super::marks::{
    content_offset, fence, heading_level, html, is_break, is_footnote, list_marker,
};

/// A region is given up for parsing when it is this long, bytes, even where a block is open.
const LONGEST: usize = 4 << 20;

/// Blank lines cost a parser as many steps as there are blocks open around them. A region may
/// cost this many per byte.
const STEPS_PER_BYTE: usize = 16;

/// What is open after the lines of a region so far. It is told just enough of CommonMark to know
/// a line before which nothing is open, and errs on the side of going on.
#[derive(Debug, Default)]
pub(super) struct Region {
    /// The column at which lines still belong to the outermost list item or footnote, or to
    /// indented code; 0 if none is open.
    outer: usize,
    /// A code fence that is open inside it.
    fence: Option<(u8, usize)>,
    /// Whether the last line may be continued lazily, by text that stands outside.
    paragraph: bool,
    /// Whether that text would go on with a quotation.
    quoted: bool,
    /// Whether the last line was blank.
    blank: bool,
    /// Whether the last line was a list marker with nothing behind it.
    empty_item: bool,
    /// The most marks of containers that one line may have opened, and what they cost so far.
    depth: usize,
    steps: usize,
    over: bool,
}

impl Region {
    /// Whether nothing is open before `line`, or it closes all that is.
    pub fn ends_before(&self, line: &Line<'_>) -> bool {
        if line.is_blank() {
            return false;
        }
        if self.outer == 0 {
            return ends_block(line);
        }
        if line.indent >= self.outer {
            return false;
        }
        if self.fence.is_some() || ends_block(line) {
            return true;
        }
        let goes_on = line.indent < 4 && (is_break(line.rest) || list_marker(line.rest).is_some());
        !goes_on && (self.blank || !self.paragraph)
    }

    /// Adds `line`.
    pub fn take(&mut self, line: &Line<'_>) {
        if line.is_blank() {
            self.take_blank();
            return;
        }
        self.blank = false;
        self.empty_item = false;
        self.depth = self.depth.max(marks(line));
        if let Some((byte, len)) = self.fence {
            let run = line.rest.iter().take_while(|other| **other == byte).count();
            if run >= len && line.rest[run..].iter().all(|byte| *byte == b' ') {
                self.fence = None;
            }
        } else if self.outer > 0 && line.indent >= self.outer {
            self.take_content(line.rest);
        } else {
            self.take_outside(line);
        }
    }

    /// Whether the region, now of `len` bytes, ends here.
    pub fn is_over(&self, len: usize) -> bool {
        self.over || len >= LONGEST || self.steps > STEPS_PER_BYTE * (len + LONGEST)
    }

    fn take_blank(&mut self) {
        self.steps += self.depth;
        if self.empty_item {
            self.outer = 0;
        }
        self.blank = true;
        self.paragraph = false;
        self.over = self.outer == 0;
    }

    /// A line outside of what is open, if anything is.
    fn take_outside(&mut self, line: &Line<'_>) {
        let rest = line.rest;
        if line.indent >= 4 {
            if !self.paragraph {
                self.outer = 4;
            }
        } else if is_break(rest) || self.is_underline(rest) {
            self.outer = 0;
            self.paragraph = false;
        } else if let Some(marker) = list_marker(rest).filter(|len| self.may_begin_list(rest, *len))
        {
            self.outer = line.indent + content_offset(rest, marker);
            self.empty_item = rest[marker..].iter().all(u8::is_ascii_whitespace);
            self.take_content(&rest[marker..]);
        } else if rest.starts_with(b">") {
            self.outer = 0;
            self.take_content(rest);
            self.quoted = true;
        } else if is_footnote(rest) {
            self.outer = 4;
            self.paragraph = true;
        } else {
            self.quoted &= self.paragraph;
            self.paragraph = true;
        }
    }

    /// In a paragraph outside of all containers, only some markers begin a list.
    fn may_begin_list(&self, rest: &[u8], marker: usize) -> bool {
        let in_paragraph = self.outer == 0 && self.paragraph && !self.quoted;
        let digits = &rest[..marker - 1];
        let is_first = digits.is_empty()
            || matches!(digits, [zeros @ .., b'1'] if zeros.iter().all(|byte| *byte == b'0'));
        !in_paragraph || (is_first && !rest[marker..].iter().all(u8::is_ascii_whitespace))
    }

    fn is_underline(&self, rest: &[u8]) -> bool {
        let Some(mark @ (b'=' | b'-')) = rest.first() else {
            return false;
        };
        let mut tail = rest.iter().skip_while(|byte| *byte == mark);
        self.outer == 0 && self.paragraph && tail.all(u8::is_ascii_whitespace)
    }

    /// What a line holds inside the outermost container.
    fn take_content(&mut self, mut rest: &[u8]) {
        let mut quoted = false;
        loop {
            rest = rest.trim_ascii_start();
            if let Some(marker) = list_marker(rest).filter(|_| !is_break(rest)) {
                rest = &rest[marker..];
            } else if let Some(quote) = rest.strip_prefix(b">") {
                quoted = true;
                rest = quote;
            } else {
                break;
            }
        }
        let fence = fence(rest);
        if self.outer > 0 && !quoted {
            self.fence = fence;
        }
        self.paragraph = !rest.is_empty()
            && fence.is_none()
            && heading_level(rest).is_none()
            && html(rest).is_none()
            && !is_break(rest);
    }
}

/// An upper bound of the containers that the line is in or opens.
fn marks(line: &Line<'_>) -> usize {
    let is_mark = |byte: &&u8| {
        matches!(
            **byte,
            b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9'
        )
    };
    line.indent / 2 + line.rest.iter().take_while(is_mark).count()
}
