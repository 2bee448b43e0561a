//! Two blocks at one place that say something else each: one below the other, not one that changed.

use super::{Kind, Part, Piece, Row, Side};
use crate::text::Span;

/// Puts two rows in the place of each of which less than half is the same or only said in another
/// way: what the base says, and what the copy says. A moved passage stays one row.
pub(super) fn apart(rows: Vec<Row>) -> Vec<Row> {
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        match reads_as_one(&row) {
            true => out.push(row),
            false => out.extend([Side::Base, Side::Copy].map(|side| of_side(&row, side))),
        }
    }
    out
}

/// Whether one side has all of the other's text, or at least half of each side corresponds.
fn reads_as_one(row: &Row) -> bool {
    let (Some(base), Some(copy), None) = (row.base, row.copy, row.moved) else {
        return true;
    };
    let of_both = |piece: &&Piece| matches!(piece.kind, Kind::Same | Kind::Variant);
    let has_own = |side| {
        let mut own = row.pieces.iter().filter(|piece| !of_both(piece));
        own.any(|piece| piece.of(side).is_some())
    };
    if !has_own(Side::Base) || !has_own(Side::Copy) {
        return true;
    }
    let corresponds = |side, part: Part| {
        let pieces = row.pieces.iter().filter(of_both);
        let len: usize = pieces
            .filter_map(|piece| piece.of(side))
            .map(Span::len)
            .sum();
        2 * len >= part.text.len()
    };
    corresponds(Side::Base, base) && corresponds(Side::Copy, copy)
}

fn of_side(row: &Row, side: Side) -> Row {
    let of = |other: Side, span: Option<Span>| span.filter(|_| other == side);
    let pieces = row.pieces.iter().filter(|piece| piece.of(side).is_some());
    let pieces = pieces.map(|piece| Piece {
        base: of(Side::Base, piece.base),
        copy: of(Side::Copy, piece.copy),
        ..*piece
    });
    Row {
        base: row.base.filter(|_| side == Side::Base),
        copy: row.copy.filter(|_| side == Side::Copy),
        pieces: pieces.collect(),
        ..*row
    }
}
