//! Rows -> lines with a sign, before they are set in columns.

use super::sign::Sign;
use super::wrap::Run;
use crate::report::escape;
use crate::report::parallel::{self, Chunk, Kind, Row, Side};
use crate::report::pen::Pen;
use crate::text::{Span, Witness};

/// Unchanged text in a changed line that is longer than this, in bytes, is shortened.
const UNCHANGED_MAX: usize = 600;
/// Characters of it that are kept at each end.
const UNCHANGED_KEPT: usize = 80;
/// Unchanged lines of code that are kept around a change inside it.
const CODE_KEPT: usize = 3;

/// A line of text: of a code block each of its lines, of any other block all of it.
#[derive(Clone, Debug)]
pub(super) struct TextLine {
    pub sign: Sign,
    /// The source lines on which it begins.
    pub base: Option<u32>,
    pub copy: Option<u32>,
    pub runs: Vec<Run>,
}

/// What lines are made from.
#[derive(Clone, Copy)]
pub(super) struct Drafter<'a> {
    pub pen: Pen,
    pub base: &'a Witness,
    pub copy: &'a Witness,
}

impl Drafter<'_> {
    /// A row as one reads it: what both say once, with marks; or, if that would be marks mostly,
    /// what the base says and what the copy says.
    pub fn inline(&self, row: &Row) -> Vec<TextLine> {
        if !self.reads_as_one(row) {
            let mut lines = self.of_side(row, Side::Base);
            lines.append(&mut self.of_side(row, Side::Copy));
            return lines;
        }
        self.lines(&parallel::merged(row, self.base, self.copy))
    }

    /// What one side says.
    pub fn of_side(&self, row: &Row, side: Side) -> Vec<TextLine> {
        if row.part(side).is_none() {
            return Vec::new();
        }
        let mut lines = self.lines(&parallel::side(row, side, self.witness(side)));
        for line in &mut lines {
            if line.sign == Sign::Changed {
                line.sign = Sign::of(Kind::Variant, side);
            }
        }
        lines
    }

    /// The source line on which a place in canonical text lies.
    pub fn line_of(&self, side: Side, at: usize) -> u32 {
        let witness = self.witness(side);
        let source = witness.source_span(Span::at(at));
        witness.line_range(source).first
    }

    fn witness(&self, side: Side) -> &Witness {
        match side {
            Side::Base => self.base,
            Side::Copy => self.copy,
        }
    }

    /// Whether one side has all of the other's text, or at least half of the longer side's is the
    /// same.
    fn reads_as_one(&self, row: &Row) -> bool {
        let (Some(base), Some(copy)) = (row.base, row.copy) else {
            return true;
        };
        let marked = |side| {
            row.pieces
                .iter()
                .any(|one| one.is_marked() && one.of(side).is_some())
        };
        if !marked(Side::Base) || !marked(Side::Copy) {
            return true;
        }
        let same = row.pieces.iter().filter(|piece| !piece.is_marked());
        let same: usize = same.filter_map(|piece| piece.base).map(Span::len).sum();
        same * 2 >= base.text.len().max(copy.text.len())
    }

    /// Chunks as lines, long unchanged ones among changes left out.
    fn lines(&self, chunks: &[Chunk<'_>]) -> Vec<TextLine> {
        let mut lines: Vec<Vec<Chunk<'_>>> = vec![Vec::new()];
        for chunk in chunks {
            let mut at = chunk.at;
            for (index, text) in chunk.text.split('\n').enumerate() {
                if index > 0 {
                    lines.push(Vec::new());
                }
                if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                    line.push(Chunk {
                        text,
                        at,
                        other: chunk.other.filter(|_| index == 0),
                        ..*chunk
                    });
                }
                at += text.len() + 1;
            }
        }
        folded(lines.iter().map(|line| self.line(line)).collect(), self.pen)
    }

    fn line(&self, chunks: &[Chunk<'_>]) -> TextLine {
        let sign = sign(chunks);
        let first = |side| {
            let solid = chunks.iter().filter(|chunk| !chunk.text.trim().is_empty());
            let mut places = solid.filter_map(|chunk| match chunk.side == side {
                true => Some(chunk.at),
                false => chunk.other.filter(|_| side == Side::Copy),
            });
            places.next().map(|at| self.line_of(side, at))
        };
        let mut runs = Vec::new();
        for chunk in chunks {
            let own = Sign::of(chunk.kind, chunk.side);
            let marks = match sign == Sign::Changed {
                true => own.brackets(),
                false => ("", ""),
            };
            let shorten = sign == Sign::Changed && own == Sign::Same;
            let text = match shorten {
                true => self.shortened(chunk.text),
                false => escape::line(chunk.text, self.pen.terminal.ascii).into_owned(),
            };
            let style = own.style();
            runs.push(Run { style, text, marks });
        }
        TextLine {
            sign,
            base: first(Side::Base),
            copy: first(Side::Copy),
            runs,
        }
    }

    /// Unchanged text, cut down to its ends if it is long.
    fn shortened(&self, text: &str) -> String {
        let pen = self.pen;
        if text.len() <= UNCHANGED_MAX {
            return pen.line(text);
        }
        let head = text.char_indices().nth(UNCHANGED_KEPT);
        let head = head.map_or(text.len(), |(at, _)| at);
        let tail = text.char_indices().nth_back(UNCHANGED_KEPT - 1);
        let tail = tail.map_or(head, |(at, _)| at).max(head);
        let mark = pen.ellipsis();
        format!(
            "{} {mark} {}",
            pen.line(text[..head].trim_end()),
            pen.line(text[tail..].trim_start())
        )
    }
}

/// The sign of a line: that of all its text if it is of one kind. White space has no sign.
fn sign(chunks: &[Chunk<'_>]) -> Sign {
    let mut signs = chunks
        .iter()
        .filter(|chunk| chunk.kind != Kind::Same || !chunk.text.trim().is_empty())
        .map(|chunk| Sign::of(chunk.kind, chunk.side));
    match signs.next() {
        None => Sign::Same,
        Some(first) if signs.all(|sign| sign == first) => first,
        Some(_) => Sign::Changed,
    }
}

/// Lines of code, those far from any change left out.
fn folded(lines: Vec<TextLine>, pen: Pen) -> Vec<TextLine> {
    if lines.iter().all(|line| line.sign == Sign::Same) {
        return lines;
    }
    let mut kept = Vec::with_capacity(lines.len());
    let last = lines.len();
    let mut start = 0;
    for run in lines.chunk_by(|one, next| (one.sign == Sign::Same) == (next.sign == Sign::Same)) {
        let end = start + run.len();
        let head = if start == 0 { 0 } else { CODE_KEPT };
        let tail = if end == last { 0 } else { CODE_KEPT };
        if run[0].sign == Sign::Same && run.len() > head + tail + 1 {
            kept.extend_from_slice(&run[..head]);
            let left_out = (run.len() - head - tail) as u64;
            let lines = pen.count(left_out, "line");
            let words = format!("{} {lines} the same", pen.ellipsis());
            kept.push(TextLine {
                sign: Sign::Same,
                base: None,
                copy: None,
                runs: vec![Run::plain(words, Some(crate::report::pen::Style::Faint))],
            });
            kept.extend_from_slice(&run[run.len() - tail..]);
        } else {
            kept.extend_from_slice(run);
        }
        start = end;
    }
    kept
}
