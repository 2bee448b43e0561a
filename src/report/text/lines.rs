//! Rows -> lines with a sign, before they are set in columns.

use std::borrow::Cow;

use super::sign::Sign;
use super::wrap::Run;
use crate::report::parallel::{self, Chunk, Kind, Row, Side};
use crate::report::pen::{Pen, Style};
use crate::text::{Span, Witness};

/// Unchanged text in a changed line that is longer than this, in bytes, is shortened.
const UNCHANGED_MAX: usize = 600;
/// Characters of it that are kept at each end.
const UNCHANGED_KEPT: usize = 80;
/// Words up to this length, in bytes, are not cut for it.
const WORD_MAX: usize = 24;
/// Unchanged lines of code that are kept around a change inside it.
const CODE_KEPT: usize = 3;

/// A line of text: of a code block each of its lines, of any other block all of it.
#[derive(Clone, Debug)]
pub(super) struct TextLine<'w> {
    pub sign: Sign,
    /// The source lines on which it begins.
    pub base: Option<u32>,
    pub copy: Option<u32>,
    pub runs: Vec<Run<'w>>,
}

/// What lines are made from.
#[derive(Clone, Copy)]
pub(super) struct Drafter<'a> {
    pub pen: Pen,
    pub base: &'a Witness,
    pub copy: &'a Witness,
}

impl<'w> Drafter<'w> {
    /// A row as one reads it: what both say once, with marks. Of code, lines far from any change are
    /// left out.
    pub fn inline(&self, row: &Row) -> Vec<TextLine<'w>> {
        let lines = match (row.base, row.copy) {
            (Some(_), None) => self.of_side(row, Side::Base),
            (None, Some(_)) => self.of_side(row, Side::Copy),
            _ => self.lines(row, &parallel::merged(row, self.base, self.copy)),
        };
        let same = |line: &TextLine<'_>| line.sign == Sign::Same;
        folded(lines, same, |count| self.left_out(count))
    }

    /// A row as two columns: lines of code that are the same stand beside each other. Lines far from
    /// any change are left out.
    pub fn columns(&self, row: &Row) -> Vec<Pair<'w>> {
        let (left, right) = (self.of_side(row, Side::Base), self.of_side(row, Side::Copy));
        let pairs = paired(left, right, &self.meetings(row));
        let same = |(left, right): &Pair<'_>| match (left, right) {
            (Some(left), Some(right)) => left.sign == Sign::Same && right.sign == Sign::Same,
            _ => false,
        };
        let mark = |count| (Some(self.left_out(count)), Some(self.left_out(count)));
        folded(pairs, same, mark)
    }

    /// Of two blocks of code: which line of the one has the same text as which of the other.
    fn meetings(&self, row: &Row) -> Vec<(usize, usize)> {
        let mut base = LineCounter::new(row, Side::Base, self.base);
        let mut copy = LineCounter::new(row, Side::Copy, self.copy);
        let both = row
            .pieces
            .iter()
            .filter_map(|piece| Some((piece.base?, piece.copy?)));
        both.map(|(one, other)| (base.line(one.start()), copy.line(other.start())))
            .collect()
    }

    fn left_out(&self, count: usize) -> TextLine<'w> {
        let lines = self.pen.count(count as u64, "line");
        let words = format!("{} {lines} the same", self.pen.ellipsis());
        TextLine {
            sign: Sign::Same,
            base: None,
            copy: None,
            runs: vec![Run::plain(words, Some(Style::Faint))],
        }
    }

    /// What one side says.
    fn of_side(&self, row: &Row, side: Side) -> Vec<TextLine<'w>> {
        if row.part(side).is_none() {
            return Vec::new();
        }
        let mut lines = self.lines(row, &parallel::side(row, side, self.witness(side)));
        for line in &mut lines {
            if line.sign == Sign::Changed && row.moved.is_none() {
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

    fn witness(&self, side: Side) -> &'w Witness {
        match side {
            Side::Base => self.base,
            Side::Copy => self.copy,
        }
    }

    /// Chunks as lines.
    fn lines(&self, row: &Row, chunks: &[Chunk<'w>]) -> Vec<TextLine<'w>> {
        let moved = row.moved.is_some();
        let has_break = |chunk: &Chunk<'_>| memchr::memchr(b'\n', chunk.text.as_bytes()).is_some();
        if !chunks.iter().any(has_break) {
            return vec![self.line(chunks, moved)];
        }
        let mut lines: Vec<Vec<Chunk<'w>>> = vec![Vec::new()];
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
        let lines = lines.iter();
        lines.map(|line| self.line(line, moved)).collect()
    }

    /// A line. In a moved passage, what moved is what is the same of it.
    fn line(&self, chunks: &[Chunk<'w>], moved: bool) -> TextLine<'w> {
        let signs = chunks.iter().map(|chunk| Sign::of(chunk.kind, chunk.side));
        let signs: Vec<Sign> = signs.collect();
        let sign = sign_of(chunks, &signs);
        let sign = if moved && sign == Sign::Changed {
            Sign::Moved
        } else {
            sign
        };
        let whole = !moved && sign != Sign::Changed;
        let first = |side| {
            let solid = chunks.iter().filter(|chunk| !chunk.text.trim().is_empty());
            let mut places = solid.filter_map(|chunk| match chunk.side == side {
                true => Some(chunk.at),
                false => chunk.other.filter(|_| side == Side::Copy),
            });
            places.next().map(|at| self.line_of(side, at))
        };
        let run = |(chunk, own): (&Chunk<'w>, &Sign)| Run {
            style: own.style(),
            text: match (whole, own) {
                (false, Sign::Same | Sign::MovedHere) => self.shortened(chunk.text),
                _ => self.pen.line(chunk.text),
            },
            marks: match whole || *own == sign {
                true => ("", ""),
                false => own.brackets(),
            },
        };
        TextLine {
            sign,
            base: first(Side::Base),
            copy: first(Side::Copy),
            runs: chunks.iter().zip(&signs).map(run).collect(),
        }
    }

    /// Unchanged text, cut down to its ends if it is long, between words where there are any.
    fn shortened<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let pen = self.pen;
        if text.len() <= UNCHANGED_MAX {
            return pen.line(text);
        }
        let head = text.char_indices().nth(UNCHANGED_KEPT);
        let head = head.map_or(text.len(), |(at, _)| at);
        let tail = text.char_indices().nth_back(UNCHANGED_KEPT - 1);
        let tail = tail.map_or(head, |(at, _)| at).max(head);
        let (before, after) = (&text[..head], &text[tail..]);
        let near = |len: usize| len <= WORD_MAX;
        let head = before
            .rfind(' ')
            .filter(|at| near(head - at))
            .unwrap_or(head);
        let tail = tail + after.find(' ').filter(|at| near(*at)).unwrap_or(0);
        let mark = pen.ellipsis();
        let shortened = format!(
            "{} {mark} {}",
            pen.line(text[..head].trim_end()),
            pen.line(text[tail..].trim_start())
        );
        shortened.into()
    }
}

/// The sign of a line: that of all its text if it is of one kind. White space has no sign.
fn sign_of(chunks: &[Chunk<'_>], signs: &[Sign]) -> Sign {
    let solid =
        |(chunk, sign): &(&Chunk<'_>, &Sign)| **sign != Sign::Same || !chunk.text.trim().is_empty();
    let mut signs = chunks
        .iter()
        .zip(signs)
        .filter(solid)
        .map(|(_, sign)| *sign);
    match signs.next() {
        None => Sign::Same,
        Some(first) if signs.all(|sign| sign == first) => first,
        Some(_) => Sign::Changed,
    }
}

/// A line of each side that stand beside each other.
pub(super) type Pair<'w> = (Option<TextLine<'w>>, Option<TextLine<'w>>);

/// Two columns of lines, padded so that those of `meetings`, which ascend, stand beside each other.
fn paired<'w>(
    left: Vec<TextLine<'w>>,
    right: Vec<TextLine<'w>>,
    meetings: &[(usize, usize)],
) -> Vec<Pair<'w>> {
    let ends = (left.len(), right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let mut pairs = Vec::new();
    let mut at = (0, 0);
    for (one, other) in meetings.iter().copied().chain([ends]) {
        let (mut lefts, mut rights) = (one.saturating_sub(at.0), other.saturating_sub(at.1));
        at = (at.0.max(one), at.1.max(other));
        while lefts > 0 || rights > 0 {
            let one = (lefts > 0).then(|| left.next()).flatten();
            let other = (rights > 0).then(|| right.next()).flatten();
            lefts = lefts.saturating_sub(1);
            rights = rights.saturating_sub(1);
            pairs.push((one, other));
        }
    }
    pairs
}

/// Counts the lines of one side of a row up to ascending places.
struct LineCounter<'w> {
    witness: &'w Witness,
    at: usize,
    line: usize,
}

impl<'w> LineCounter<'w> {
    fn new(row: &Row, side: Side, witness: &'w Witness) -> Self {
        let at = row.part(side).map_or(0, |part| part.text.start());
        Self {
            witness,
            at,
            line: 0,
        }
    }

    fn line(&mut self, at: usize) -> usize {
        let passed = self.witness.text.get(self.at..at).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at = self.at.max(at);
        self.line
    }
}

/// Lines of a changed block of code, those far from any change left out; `mark` says how many.
fn folded<T: Clone>(lines: Vec<T>, same: impl Fn(&T) -> bool, mark: impl Fn(usize) -> T) -> Vec<T> {
    if lines.len() == 1 || lines.iter().all(&same) {
        return lines;
    }
    let mut kept = Vec::with_capacity(lines.len());
    let last = lines.len();
    let mut start = 0;
    for run in lines.chunk_by(|one, next| same(one) == same(next)) {
        let end = start + run.len();
        let head = if start == 0 { 0 } else { CODE_KEPT };
        let tail = if end == last { 0 } else { CODE_KEPT };
        if same(&run[0]) && run.len() > head + tail + 1 {
            kept.extend_from_slice(&run[..head]);
            kept.push(mark(run.len() - head - tail));
            kept.extend_from_slice(&run[run.len() - tail..]);
        } else {
            kept.extend_from_slice(run);
        }
        start = end;
    }
    kept
}
