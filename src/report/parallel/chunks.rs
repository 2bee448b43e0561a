//! The text of a row, as one reads it: in one sequence, or of one side.

use super::{Kind, Row, Side};
use crate::text::{Span, Witness};

/// Text of one side in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk<'w> {
    pub text: &'w str,
    /// The side it is of. What both have is of the base.
    pub side: Side,
    /// Where it begins in that side's canonical text.
    pub at: usize,
    /// What it is to be marked as.
    pub kind: Kind,
    /// Where it begins in the copy's canonical text, if that has it too.
    pub other: Option<usize>,
}

/// What the base and what the copy say in one sequence, what both say once.
pub(crate) fn merged<'w>(row: &Row, base: &'w Witness, copy: &'w Witness) -> Vec<Chunk<'w>> {
    let mut left = Reader::new(row, Side::Base, base);
    let mut right = Reader::new(row, Side::Copy, copy);
    let mut chunks = Vec::new();
    for piece in &row.pieces {
        let kind = shown(piece.kind, piece.asked);
        match (piece.base, piece.copy) {
            (Some(one), Some(other)) if piece.kind != Kind::Variant => {
                right.pass_to(other.end());
                left.read(one, kind, &mut chunks);
                if let Some(chunk) = chunks.last_mut() {
                    chunk.other = Some(other.start());
                }
            }
            (one, other) => {
                if let Some(one) = one {
                    left.read(one, kind, &mut chunks);
                }
                if let Some(other) = other {
                    if one.is_some() {
                        right.pass_to(other.start());
                    }
                    right.read(other, kind, &mut chunks);
                }
            }
        }
    }
    match row.base {
        Some(_) => left.rest(&mut chunks),
        None => right.rest(&mut chunks),
    }
    chunks
}

/// What one side says.
pub(crate) fn side<'w>(row: &Row, side: Side, witness: &'w Witness) -> Vec<Chunk<'w>> {
    let mut reader = Reader::new(row, side, witness);
    let mut chunks = Vec::new();
    for piece in &row.pieces {
        if let Some(text) = piece.of(side) {
            reader.read(text, shown(piece.kind, piece.asked), &mut chunks);
        }
    }
    reader.rest(&mut chunks);
    chunks
}

fn shown(kind: Kind, asked: bool) -> Kind {
    if asked { kind } else { Kind::Same }
}

/// Reads one side of a row from its start. What stands between pieces (white space, and what else
/// match text does not have) is of no kind but the same.
struct Reader<'w> {
    witness: &'w Witness,
    side: Side,
    at: usize,
    end: usize,
}

impl<'w> Reader<'w> {
    fn new(row: &Row, side: Side, witness: &'w Witness) -> Self {
        let text = row.part(side).map_or(Span::default(), |part| part.text);
        Self {
            witness,
            side,
            at: text.start(),
            end: text.end(),
        }
    }

    fn read(&mut self, text: Span, kind: Kind, chunks: &mut Vec<Chunk<'w>>) {
        self.push(text.start(), Kind::Same, chunks);
        self.push(text.end(), kind, chunks);
    }

    fn rest(&mut self, chunks: &mut Vec<Chunk<'w>>) {
        self.push(self.end, Kind::Same, chunks);
    }

    fn pass_to(&mut self, at: usize) {
        self.at = self.at.max(at);
    }

    fn push(&mut self, end: usize, kind: Kind, chunks: &mut Vec<Chunk<'w>>) {
        let text = self.witness.text.get(self.at..end).unwrap_or_default();
        if text.is_empty() {
            return;
        }
        let at = self.at;
        self.at = end;
        chunks.push(Chunk {
            text,
            side: self.side,
            at,
            kind,
            other: None,
        });
    }
}
