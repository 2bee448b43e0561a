//! Rows of a comparison: line numbers of both files, a sign, the text.

use std::io::{self, Write};

use super::rows::Mark;
use crate::report::escape;
use crate::report::pen::{Pen, Style};
use crate::report::strip::Cell;
use crate::text::{Span, Witness};

/// Unchanged text in a changed block that is longer than this, in bytes, is shortened.
const UNCHANGED_MAX: usize = 600;
/// Characters of it that are kept at each end.
const UNCHANGED_KEPT: usize = 80;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Both have it.
    Same,
    /// Only the base has all of it.
    Lacking,
    /// Only the copy has all of it.
    Extra,
    /// Text of the base that the copy has elsewhere.
    Moved,
    /// Text of the copy that the base has elsewhere.
    MovedHere,
    /// Not text of either.
    Note,
}

impl Sign {
    fn glyph(self, pen: Pen) -> char {
        match self {
            Self::Same => pen.gutter(),
            Self::Lacking => '-',
            Self::Extra => '+',
            Self::Moved => '>',
            Self::MovedHere => '<',
            Self::Note => '~',
        }
    }

    fn style(self) -> Option<Style> {
        match self {
            Self::Same => None,
            Self::Lacking => Some(Style::Lacking),
            Self::Extra => Some(Style::Extra),
            Self::Moved | Self::MovedHere => Some(Style::Moved),
            Self::Note => Some(Style::Variant),
        }
    }

    fn is_copy(self) -> bool {
        matches!(self, Self::Extra | Self::MovedHere)
    }

    /// A line in the column of the side that the sign is of: base, copy.
    pub fn places(self, line: u32) -> (Option<u32>, Option<u32>) {
        if self.is_copy() {
            (None, Some(line))
        } else {
            (Some(line), None)
        }
    }

    /// What stands around a changed part of a row with this sign.
    fn brackets(self, kind: Cell) -> (&'static str, &'static str) {
        match (self.is_copy(), kind == Cell::Moved) {
            (false, false) => ("[-", "-]"),
            (false, true) => ("[>", ">]"),
            (true, false) => ("{+", "+}"),
            (true, true) => ("{<", "<}"),
        }
    }
}

/// Some text of one side.
pub(super) struct Row<'a> {
    pub witness: &'a Witness,
    /// Bytes of its canonical text.
    pub text: Span,
    pub sign: Sign,
    /// The line on the other side, if that has some of it too.
    pub other: Option<u32>,
}

/// Writes rows, with line numbers as wide as the longer file needs.
pub(super) struct Gutter {
    pen: Pen,
    digits: usize,
}

/// A part of a row's text, changed or not.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    /// Where it begins in the canonical text.
    at: usize,
    changed: Option<Cell>,
}

impl Gutter {
    pub fn new(pen: Pen, base: &Witness, copy: &Witness) -> Self {
        let digits = |witness: &Witness| witness.lines.len().to_string().len();
        Self {
            pen,
            digits: digits(base).max(digits(copy)).max(3),
        }
    }

    /// The source line on which a range of canonical text begins.
    pub fn line_of(&self, witness: &Witness, text: Span) -> u32 {
        witness
            .line_range(witness.source_span(Span::at(text.start())))
            .first
    }

    /// A row that is not a document's text: `words` must be safe.
    pub fn note(
        &self,
        sign: Sign,
        base: Option<u32>,
        copy: Option<u32>,
        words: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let words = match sign.style() {
            Some(style) => self.pen.paint(style, words),
            None => words.to_owned(),
        };
        writeln!(out, "{}{words}", self.head(sign, base, copy))
    }

    /// The text of a row, a line of the terminal for each of its lines, changed parts marked.
    pub fn write(&self, row: &Row<'_>, marks: &[Mark], out: &mut dyn Write) -> io::Result<()> {
        let parts = shortened(parts(row, marks), self.pen.ellipsis());
        let mut line = String::new();
        let mut at = row.text.start();
        let mut other = row.other;
        for part in parts {
            let mut rest = part.text;
            let mut offset = part.at;
            while let Some(end) = rest.find('\n') {
                self.part(row, part.changed, &rest[..end], marks, &mut line);
                self.finish(row, at, other.take(), &mut line, out)?;
                offset += end + 1;
                at = offset;
                rest = &rest[end + 1..];
            }
            self.part(row, part.changed, rest, marks, &mut line);
        }
        self.finish(row, at, other, &mut line, out)
    }

    fn finish(
        &self,
        row: &Row<'_>,
        at: usize,
        other: Option<u32>,
        line: &mut String,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let number = self.line_of(row.witness, Span::at(at));
        let (base, copy) = row.sign.places(number);
        let (base, copy) = (base.or(other), copy.or(other));
        writeln!(out, "{}{line}", self.head(row.sign, base, copy))?;
        line.clear();
        Ok(())
    }

    /// Adds text within one line.
    fn part(
        &self,
        row: &Row<'_>,
        changed: Option<Cell>,
        text: &str,
        marks: &[Mark],
        line: &mut String,
    ) {
        if text.is_empty() {
            return;
        }
        let safe = escape::line(text, self.pen.terminal.ascii);
        let whole = row.sign.style().filter(|_| marks.is_empty());
        match (changed, whole) {
            (None, None) => *line += &safe,
            (None, Some(style)) => *line += &self.pen.paint(style, &safe),
            (Some(kind), _) => {
                let (open, close) = row.sign.brackets(kind);
                let style = row.sign.style().unwrap_or(Style::Variant);
                *line += &self.pen.paint(style, &format!("{open}{safe}{close}"));
            }
        }
    }

    fn head(&self, sign: Sign, base: Option<u32>, copy: Option<u32>) -> String {
        let number = |line: Option<u32>| line.map_or_else(String::new, |line| line.to_string());
        let digits = self.digits;
        let numbers = format!("{:>digits$} {:>digits$} ", number(base), number(copy));
        let glyph = sign.glyph(self.pen).to_string();
        let glyph = match sign.style() {
            Some(style) => self.pen.paint(style, &glyph),
            None => self.pen.paint(Style::Faint, &glyph),
        };
        format!("{}{glyph} ", self.pen.paint(Style::Faint, &numbers))
    }
}

/// The text of a row, divided where marks begin and end.
fn parts<'a>(row: &Row<'a>, marks: &[Mark]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut at = row.text.start();
    let mut push = |start: usize, end: usize, changed: Option<Cell>| {
        let text = row.witness.text.get(start..end).unwrap_or_default();
        if !text.is_empty() {
            parts.push(Part {
                text,
                at: start,
                changed,
            });
        }
    };
    for mark in marks {
        let start = mark.text.start().clamp(at, row.text.end());
        let end = mark.text.end().clamp(start, row.text.end());
        push(at, start, None);
        push(start, end, Some(mark.kind));
        at = end;
    }
    push(at, row.text.end(), None);
    parts
}

/// The same, with long unchanged parts cut down to their ends, if anything is changed.
fn shortened<'a>(parts: Vec<Part<'a>>, ellipsis: &'static str) -> Vec<Part<'a>> {
    if parts.iter().all(|part| part.changed.is_none()) {
        return parts;
    }
    let mut shortened = Vec::with_capacity(parts.len());
    for part in parts {
        let keep = |mut ends: std::str::CharIndices<'a>| ends.nth(UNCHANGED_KEPT);
        if part.changed.is_some() || part.text.len() <= UNCHANGED_MAX {
            shortened.push(part);
            continue;
        }
        let head = keep(part.text.char_indices()).map_or(part.text.len(), |(at, _)| at);
        let tail = part.text.char_indices().nth_back(UNCHANGED_KEPT - 1);
        let tail = tail.map_or(head, |(at, _)| at).max(head);
        shortened.push(Part {
            text: &part.text[..head],
            ..part
        });
        shortened.push(Part {
            text: ellipsis,
            at: part.at + head,
            changed: None,
        });
        shortened.push(Part {
            text: &part.text[tail..],
            at: part.at + tail,
            changed: None,
        });
    }
    shortened
}
