//! Two texts in parallel: the edits of a relation, cut at the ends of blocks, in rows.
//!
//! Every view of a comparison shows rows: text and side by side, HTML and TEI. A row holds text of
//! at most one block of either side. Where one side has two blocks for one of the other, that one
//! goes on in the next row. Where two blocks stand at one place that have little in common, each has
//! a row of its own.

mod apart;
mod chunks;
mod comment;
mod moves;
mod weave;

use std::ops::Range;

pub(crate) use chunks::{Chunk, merged, side};
pub(crate) use comment::{changed as changed_comment, comment};
pub(crate) use weave::{weave, weave_in_place};

use super::Only;
use crate::text::{Passage, Section, Span};

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Base,
    Copy,
}

/// What became of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Both have it.
    Same,
    /// Only the base has it.
    Lacking,
    /// Only the copy has it.
    Extra,
    /// Both say something, differently.
    Variant,
    /// The base has it here, and the copy elsewhere. A piece of a row that shows a whole move has
    /// the text of both.
    Moved,
    /// The copy has it here, and the base elsewhere.
    MovedHere,
}

impl Kind {
    /// Whether `only` asks for it.
    fn is_asked(self, only: Option<Only>) -> bool {
        match only {
            None => true,
            Some(Only::Lacking) => self == Self::Lacking,
            Some(Only::Extra) => self == Self::Extra,
            Some(Only::Variants) => self == Self::Variant,
        }
    }
}

/// Some text within one block of the base, one of the copy, or one of each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub kind: Kind,
    /// Bytes of the base's canonical text.
    pub base: Option<Span>,
    /// Bytes of the copy's canonical text.
    pub copy: Option<Span>,
    /// Of a passage that the other side has elsewhere, with its first piece: where. If the kind is
    /// lacking or extra, that is what another passage of this side corresponds to.
    pub elsewhere: Option<Passage>,
    /// Whether it is what the options ask for. What is not is shown without a mark.
    pub asked: bool,
}

impl Piece {
    /// Whether it is to be marked.
    pub fn is_marked(&self) -> bool {
        self.asked && self.kind != Kind::Same
    }

    /// Its text of one side.
    pub fn of(&self, side: Side) -> Option<Span> {
        match side {
            Side::Base => self.base,
            Side::Copy => self.copy,
        }
    }
}

/// The text of one block in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Index of the block.
    pub block: usize,
    /// Bytes of canonical text. The parts of a block tile its text.
    pub text: Span,
    /// Whether the block begins in this row.
    pub begins: bool,
    /// Whether it ends in this row.
    pub ends: bool,
}

/// What is told of a row, or of a line in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Both have it.
    Same,
    /// Only the base has it.
    Lacking,
    /// Only the copy has it.
    Extra,
    /// Both have some of it. Also of words that are no text of either.
    Changed,
    /// Text of the base that the copy has elsewhere.
    Moved,
    /// Text of the copy that the base has elsewhere.
    MovedHere,
}

/// Text that stands side by side. At least one side has a part, and there is at least one piece.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub section: Section,
    /// The number of the move that it shows: at its place in the base the text of both, with
    /// `Moved` for what is the same; at its place in the copy a piece that says so.
    pub moved: Option<usize>,
    pub base: Option<Part>,
    pub copy: Option<Part>,
    /// In reading order of both sides.
    pub pieces: Vec<Piece>,
}

impl Row {
    /// Whether there is a change in it that is asked for.
    pub fn is_changed(&self) -> bool {
        self.pieces.iter().any(Piece::is_marked)
    }

    /// What became of it.
    pub fn sign(&self) -> Sign {
        let marked = |kinds: [Kind; 2]| {
            let mut pieces = self.pieces.iter();
            pieces.any(|piece| piece.is_marked() && kinds.contains(&piece.kind))
        };
        match (self.base, self.copy) {
            _ if !self.is_changed() => Sign::Same,
            (Some(_), None) if marked([Kind::Lacking, Kind::Variant]) => Sign::Lacking,
            (None, Some(_)) if marked([Kind::Extra, Kind::Variant]) => Sign::Extra,
            (None, _) => Sign::MovedHere,
            (_, None) => Sign::Moved,
            _ if self.moved.is_some() => Sign::Moved,
            _ => Sign::Changed,
        }
    }

    /// Whether it only tells that a moved passage stands here, which is shown elsewhere.
    pub fn is_arrival(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| piece.kind == Kind::MovedHere && piece.asked)
    }

    /// Whether both sides have all of it.
    pub fn is_same(&self) -> bool {
        self.pieces.iter().all(|piece| piece.kind == Kind::Same)
    }

    /// The part of one side.
    pub fn part(&self, side: Side) -> Option<Part> {
        match side {
            Side::Base => self.base,
            Side::Copy => self.copy,
        }
    }

    fn part_mut(&mut self, side: Side) -> &mut Option<Part> {
        match side {
            Side::Base => &mut self.base,
            Side::Copy => &mut self.copy,
        }
    }
}

/// Rows to show one by one, or to pass over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Changes, and as much around them as was asked for.
    Shown(Range<usize>),
    /// Rows of one section without a change to show.
    Folded(Range<usize>),
}

/// All rows, those farther than `context` rows from any change folded.
pub(crate) fn stretches(rows: &[Row], context: usize) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut end = 0;
    let mut at = 0;
    while let Some(run) = next_shown(rows, at, end, context) {
        at = run.end;
        fold(rows, end..run.start, &mut stretches);
        end = run.end;
        stretches.push(Stretch::Shown(run));
    }
    fold(rows, end..rows.len(), &mut stretches);
    stretches
}

/// The next change at or after `from` with its context, which does not reach back beyond `least`
/// nor into another section.
fn next_shown(rows: &[Row], from: usize, least: usize, context: usize) -> Option<Range<usize>> {
    let first = from + rows[from..].iter().position(Row::is_changed)?;
    let section = rows[first].section;
    let joins = |row: &Row| row.section == section && (row.is_same() || row.is_changed());
    let before = rows[least..first].iter().rev();
    let start = first - before.take(context).take_while(|row| joins(row)).count();
    let mut end = first + 1;
    let mut room = context;
    for row in &rows[first + 1..] {
        match row.is_changed() {
            true => room = context,
            false if room == 0 => break,
            false => room -= 1,
        }
        if !joins(row) {
            break;
        }
        end += 1;
    }
    Some(start..end)
}

fn fold(rows: &[Row], range: Range<usize>, stretches: &mut Vec<Stretch>) {
    let mut start = range.start;
    for run in rows[range].chunk_by(|one, next| one.section == next.section) {
        stretches.push(Stretch::Folded(start..start + run.len()));
        start += run.len();
    }
}
