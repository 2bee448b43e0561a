//! How far blocks reach that may hold other blocks: lists, quotations, footnotes, indented code.

use super::chunks::ends_block;
use super::marks::{
    closes_fence, content_column, fence, footnote_label, heading_level, html, is_break, list_marker,
};
use crate::normalize::line::{Line, indentation};

/// A region is given up for parsing when it is this long, bytes, even where a block is open, and
/// before that at an item of the outermost list.
const LONGEST: usize = super::LONGEST;
const LONG: usize = LONGEST / 4 * 3;

/// A line costs the parser as many steps as there are blocks open around it. A region may cost
/// this many per byte, and as if it were [`FREE`] bytes longer.
const STEPS_PER_BYTE: usize = 16;
const FREE: usize = 64 << 10;

/// How many marks of containers are looked for on one line. What follows them is taken for text.
const DEEPEST: usize = 100;

/// What is open after the lines of a region so far. It is told just enough of CommonMark to know
/// a line before which nothing is open, and errs on the side of going on.
#[derive(Debug, Default)]
pub(super) struct Region {
    /// The column at which lines still belong to the outermost list item or footnote, or to
    /// indented code; 0 if none is open.
    outer: usize,
    /// A code fence that is open inside it, and its column.
    fence: Option<((u8, usize), usize)>,
    /// Whether the last line may be continued lazily, by text that stands outside.
    paragraph: bool,
    /// Whether that text may be link definitions and nothing else, under which no line is one that
    /// makes a heading of it.
    defines: bool,
    /// Whether any list marker would end that text, since it is in a quotation or a table.
    yields: bool,
    /// Whether a line was taken for such text, so that the item it would be in may be closed.
    lazy: bool,
    /// Whether it cannot be told any more what is open.
    lost: bool,
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
        if line.is_blank() || self.lost {
            return false;
        }
        if self.outer == 0 {
            return ends_block(line);
        }
        if line.indent >= self.outer {
            return false;
        }
        if self.fence.is_some() {
            return !self.lazy;
        }
        if ends_block(line) {
            return true;
        }
        let goes_on = line.indent < 4 && (is_break(line.rest) || list_marker(line.rest).is_some());
        !goes_on && (self.blank || !(self.paragraph || self.lazy))
    }

    /// Whether a region of `len` bytes is better given up before `line`, since that is an item of
    /// the outermost list: it begins the list again.
    pub fn may_end_before(&self, line: &Line<'_>, len: usize) -> bool {
        len >= LONG && line.indent == 0 && self.fence.is_none() && list_marker(line.rest).is_some()
    }

    /// Adds `line`.
    pub fn take(&mut self, line: &Line<'_>) {
        self.steps += self.depth;
        if line.is_blank() {
            self.take_blank();
            return;
        }
        self.blank = false;
        self.empty_item = false;
        self.depth = self.depth.max(marks(line));
        match self.fence {
            Some((fence, column)) if line.indent >= column => {
                if closes_fence(line.rest, fence) {
                    self.fence = None;
                }
                return;
            }
            // It may be content, or it may have closed the fence with the item that it is in. To
            // take it for closed errs on the right side, unless there may be no item.
            Some(_) => {
                self.fence = None;
                self.lost |= self.lazy;
            }
            None => {}
        }
        if self.outer > 0 && line.indent >= self.outer {
            // Far to the right it may be text of a paragraph, whatever it looks like.
            if !self.paragraph || line.indent < self.outer + 4 {
                self.take_content(line.indent, line.rest);
            }
        } else {
            self.take_outside(line);
        }
    }

    /// Whether the region, now of `len` bytes, ends here.
    pub fn is_over(&self, len: usize) -> bool {
        self.over || len >= LONGEST || self.steps > STEPS_PER_BYTE * (len + FREE)
    }

    fn take_blank(&mut self) {
        if self.empty_item {
            self.outer = 0;
        }
        self.blank = true;
        self.paragraph = false;
        self.over = self.outer == 0 && !self.lost;
    }

    /// A line outside of what is open, if anything is.
    fn take_outside(&mut self, line: &Line<'_>) {
        let rest = line.rest;
        // Below a line of text, a list marker may be part of a table's rule.
        self.lost |=
            self.outer == 0 && self.paragraph && list_marker(rest).is_some() && is_table_rule(rest);
        if line.indent >= 4 {
            // Below a quotation it may be text of that, or code.
            if !self.paragraph || self.yields {
                self.outer = 4;
                self.lazy |= self.paragraph;
            }
        } else if is_break(rest) || self.is_underline(rest) {
            self.lost |= self.defines && rest.starts_with(b"=");
            self.outer = 0;
            self.paragraph = false;
        } else if let Some(marker) = list_marker(rest).filter(|len| self.may_begin_list(rest, *len))
        {
            self.lazy = !interrupts(rest, marker) && (self.lazy || self.yields);
            self.outer = content_column(&rest[marker..], line.indent + marker);
            self.paragraph = false;
            self.empty_item = matches!(rest[marker..].trim_ascii(), b"" | b"[ ]" | b"[x]" | b"[X]");
            self.take_content(line.indent, rest);
        } else if rest.starts_with(b">") {
            self.outer = 0;
            self.paragraph &= self.yields;
            self.take_content(line.indent, rest);
            self.yields = true;
        } else if let Some(label) = footnote_label(rest) {
            self.outer = 4;
            self.paragraph = !rest[label..].trim_ascii().is_empty();
        } else {
            self.lazy |= self.outer > 0;
            self.defines = rest.starts_with(b"[") || self.paragraph && self.defines;
            self.yields = self.paragraph && (self.yields || is_table_rule(rest));
            self.paragraph = true;
        }
    }

    /// In a paragraph outside of all containers, only some markers begin a list.
    fn may_begin_list(&self, rest: &[u8], marker: usize) -> bool {
        let in_paragraph = self.outer == 0 && self.paragraph && !self.yields;
        !in_paragraph || interrupts(rest, marker)
    }

    fn is_underline(&self, rest: &[u8]) -> bool {
        let Some(mark @ (b'=' | b'-')) = rest.first() else {
            return false;
        };
        let mut tail = rest.iter().skip_while(|byte| *byte == mark);
        self.outer == 0 && self.paragraph && !self.yields && tail.all(u8::is_ascii_whitespace)
    }

    /// What a line holds, from `column` on, inside the outermost container.
    fn take_content(&mut self, mut column: usize, mut rest: &[u8]) {
        let mut quoted = false;
        for _ in 0..DEEPEST {
            let marker = match list_marker(rest).filter(|_| !is_break(rest)) {
                Some(marker) if self.paragraph && !interrupts(rest, marker) => return,
                Some(marker) => marker,
                None if rest.starts_with(b">") => 1,
                None => break,
            };
            quoted |= rest.starts_with(b">");
            self.paragraph = false;
            let (len, spaces) = indentation(&rest[marker..], column + marker);
            if spaces > 4 {
                // Code; but in a quotation, of which little is known here, it may be of an item.
                self.paragraph = quoted;
                return;
            }
            rest = &rest[marker + len..];
            column += marker + spaces;
        }
        let fence = fence(rest);
        if self.outer > 0 && !quoted {
            self.fence = fence.map(|fence| (fence, column));
        }
        self.paragraph = !rest.is_empty()
            && fence.is_none()
            && heading_level(rest).is_none()
            && html(rest).is_none()
            && !is_break(rest);
    }
}

/// Whether a list marker begins a list even in a paragraph: one with text behind it, and a number
/// only if it is 1.
fn interrupts(rest: &[u8], marker: usize) -> bool {
    let first = match &rest[..marker - 1] {
        [zeros @ .., b'1'] => zeros.iter().all(|byte| *byte == b'0'),
        number => number.is_empty(),
    };
    first && !rest[marker..].iter().all(u8::is_ascii_whitespace)
}

/// Whether the line may be the one below the head of a table.
fn is_table_rule(rest: &[u8]) -> bool {
    let is_rule = |byte: &u8| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t');
    rest.contains(&b'|') && rest.iter().all(is_rule)
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
