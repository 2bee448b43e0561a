//! Rows of a page: what the base says on the left, what the copy says on the right.

use std::fmt::Write as _;
use std::io;

use super::Pair;
use crate::report::Entry;
use crate::report::markup::escaped;
use crate::report::numbers::lines;
use crate::report::parallel::{self, Chunk, Kind, Part, Piece, Row, Side, Sign};
use crate::text::{BlockKind, Span};

/// What became of a row: its class, its sign, and what it says to those who do not see it.
struct Kinship {
    class: &'static str,
    sign: &'static str,
    said: &'static str,
}

impl<'a> Pair<'a> {
    pub(super) fn row(&mut self, row: &Row) -> io::Result<()> {
        let Kinship { class, sign, said } = kinship(row);
        writeln!(self.out, "<div class=\"row {class}\">")?;
        self.half(row, Side::Base)?;
        writeln!(
            self.out,
            "<div class=\"sign\"><span aria-hidden=\"true\">{sign}</span>\
             <span class=\"vh\">{said}</span></div>"
        )?;
        self.half(row, Side::Copy)?;
        writeln!(self.out, "</div>")
    }

    fn half(&mut self, row: &Row, side: Side) -> io::Result<()> {
        let name = side_name(side);
        let Some(part) = row.part(side) else {
            return writeln!(self.out, "<div class=\"half {name} none\"></div>");
        };
        let entry = self.entry(side);
        let line = entry
            .witness
            .line_range(entry.witness.source_span(Span::at(part.text.start())))
            .first;
        let shown_elsewhere = row.moved.is_some() && side == Side::Copy && !row.is_arrival();
        let anchor = self.anchor(side, part.block);
        let siglum = escaped(entry.siglum);
        let id = match part.begins && !shown_elsewhere {
            true => format!(" id=\"{anchor}\""),
            false => String::new(),
        };
        write!(
            self.out,
            "<div class=\"half {name}\"{id}><a class=\"line\" href=\"#{anchor}\">\
             <span>{siglum}</span> {line}</a>"
        )?;
        self.pointers(row, side)?;
        if !row.is_arrival() {
            self.block(row, side, part)?;
        }
        writeln!(self.out, "</div>")
    }

    /// The text of one side.
    fn block(&mut self, row: &Row, side: Side, part: Part) -> io::Result<()> {
        let witness = self.entry(side).witness;
        let block = witness.blocks.get(part.block);
        let class = match block.map(|block| block.kind) {
            Some(BlockKind::Heading(_)) => " heading",
            Some(BlockKind::Code) => " code",
            Some(BlockKind::ListItem) if part.begins => " item",
            Some(BlockKind::Quotation) => " quotation",
            _ => "",
        };
        let number = block.and_then(|block| block.number);
        let number = number.filter(|_| class == " item");
        let number = number.map_or(String::new(), |number| {
            format!(" data-number=\"{}\"", number.value)
        });
        let lang = match side {
            Side::Base => self.languages[0],
            Side::Copy => self.languages[1],
        };
        let mut words = String::new();
        let whole = (row.base.is_none() || row.copy.is_none()) && one_kind(row).is_some();
        for chunk in parallel::side(row, side, witness) {
            push(&chunk, whole, row.moved.is_some(), &mut words);
        }
        write!(
            self.out,
            "<div class=\"text{class}\"{number} lang=\"{lang}\" dir=\"auto\">{words}</div>"
        )
    }

    /// Where passages are on the other side that moved, or that one side has once more.
    fn pointers(&mut self, row: &Row, side: Side) -> io::Result<()> {
        let marked = row.pieces.iter().filter(|piece| piece.is_marked());
        let mut told = None;
        for piece in marked {
            let Some(there) = piece.elsewhere else {
                continue;
            };
            if told.replace((piece.kind, there.lines)) == Some((piece.kind, there.lines)) {
                continue;
            }
            let (words, other) = match (piece.kind, side) {
                (Kind::Lacking, Side::Base) if row.moved.is_none() => ("also at", Side::Copy),
                (Kind::Extra, Side::Copy) if row.moved.is_none() => ("also at", Side::Base),
                (Kind::MovedHere, Side::Copy) => ("moved here from", Side::Base),
                (Kind::MovedHere, Side::Base) | (_, Side::Copy) => continue,
                (_, Side::Base) => ("moved to", Side::Copy),
            };
            let Some(block) = self.block_of(other, there.match_text.start()) else {
                continue;
            };
            let anchor = self.anchor(other, block);
            let siglum = escaped(self.entry(other).siglum).into_owned();
            let edited = self.edited(row, piece);
            writeln!(
                self.out,
                "<a class=\"pointer\" href=\"#{anchor}\">{words} {} of {siglum}{edited}</a>",
                lines(there.lines),
            )?;
        }
        Ok(())
    }

    fn edited(&self, row: &Row, piece: &Piece) -> &'static str {
        let moves = &self.view.relation.moves;
        let one = row.moved.and_then(|at| moves.get(at));
        match one.is_some_and(|one| one.edited) && piece.elsewhere.is_some() {
            true => ", edited",
            false => "",
        }
    }

    pub(super) fn entry(&self, side: Side) -> Entry<'a> {
        match side {
            Side::Base => self.view.base,
            Side::Copy => self.view.copy,
        }
    }

    /// The id of a block: of its number, so that no document can choose one.
    pub(super) fn anchor(&self, side: Side, block: usize) -> String {
        format!("p{}-{}{block}", self.number, side_name(side))
    }

    /// The block that has the character of match text at `offset`.
    pub(super) fn block_of(&self, side: Side, offset: usize) -> Option<usize> {
        let blocks = &self.entry(side).witness.blocks;
        let after = blocks.partition_point(|block| block.match_text.start() <= offset);
        (0..after)
            .rev()
            .find(|at| !blocks[*at].match_text.is_empty())
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Base => "a",
        Side::Copy => "b",
    }
}

fn kinship(row: &Row) -> Kinship {
    let (class, sign, said) = match row.sign() {
        Sign::Same => ("same once", "", ""),
        Sign::Lacking if is_repeated(row) => ("lacking", "−", "once more in A"),
        Sign::Lacking => ("lacking", "−", "only in A"),
        Sign::Extra if is_repeated(row) => ("extra", "+", "once more in B"),
        Sign::Extra => ("extra", "+", "only in B"),
        Sign::Changed => ("changed", "~", "changed"),
        Sign::MovedHere => ("moved", "«", "moved here"),
        Sign::Moved if row.moved.is_none() => ("moved", "»", "moved"),
        Sign::Moved if one_kind(row).is_some() => ("moved once", "»", "moved"),
        Sign::Moved => ("moved", "»", "moved and changed"),
    };
    Kinship { class, sign, said }
}

/// Whether the other side has all of it elsewhere, where it corresponds to something else.
fn is_repeated(row: &Row) -> bool {
    row.moved.is_none() && row.pieces.iter().all(|piece| piece.elsewhere.is_some())
}

/// What all marked pieces of a row are, if they are of one kind and nothing else is in it.
fn one_kind(row: &Row) -> Option<Kind> {
    let first = row.pieces.first()?.kind;
    let same = |piece: &Piece| piece.kind == first && piece.is_marked();
    row.pieces.iter().all(same).then_some(first)
}

/// A chunk, marked unless the sign of its row says all there is to say of it.
fn push(chunk: &Chunk<'_>, whole_row: bool, moved_row: bool, out: &mut String) {
    let words = escaped(chunk.text);
    let element = match (chunk.kind, chunk.side) {
        (Kind::Same, _) => "",
        (Kind::Moved | Kind::MovedHere, _) if moved_row || whole_row => "",
        (Kind::Moved | Kind::MovedHere, _) => "mark",
        (_, Side::Base) if !whole_row || moved_row => "del",
        (_, Side::Copy) if !whole_row || moved_row => "ins",
        _ => "",
    };
    let _ = match element {
        "" => write!(out, "{words}"),
        element => write!(out, "<{element}>{words}</{element}>"),
    };
}
