//! Rows -> text and readings.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::report::Entry;
use crate::report::markup::escaped;
use crate::report::parallel::{Kind, Piece, Row, Side};
use crate::text::{Move, Span};

/// The two witnesses.
pub(super) struct Apparatus<'a> {
    pub base: Entry<'a>,
    pub copy: Entry<'a>,
    /// What stands in an id between the siglum and the number, so that it is the only one of its
    /// file.
    pair: String,
}

/// The numbers of transpositions, by where they begin in canonical text.
#[derive(Default)]
pub(super) struct Transposed {
    base: HashMap<usize, usize>,
    copy: HashMap<usize, usize>,
}

impl Transposed {
    pub fn of(moves: &[Move]) -> Self {
        let numbered = |start: fn(&Move) -> usize| {
            let starts = moves.iter().map(start);
            starts.zip(1..).collect()
        };
        Self {
            base: numbered(|one| one.base.text.start()),
            copy: numbered(|one| one.copy.text.start()),
        }
    }

    /// The number of the transposition that begins with a piece of one side.
    fn beginning(&self, piece: &Piece) -> Option<usize> {
        let (known, text) = match (piece.base, piece.copy) {
            (Some(text), None) => (&self.base, text),
            (None, Some(text)) => (&self.copy, text),
            _ => return None,
        };
        known.get(&text.start()).copied()
    }
}

/// What a reading has to do with a transposition.
#[derive(Clone, Copy, Default)]
pub(super) struct Transposition {
    /// Whether the text stands elsewhere in the other witness.
    is_one: bool,
    /// The number of the one that begins here.
    begins: Option<usize>,
}

impl Transposition {
    fn of(piece: &Piece, known: &Transposed) -> Self {
        Self {
            is_one: matches!(piece.kind, Kind::Moved | Kind::MovedHere),
            begins: known.beginning(piece),
        }
    }
}

impl<'a> Apparatus<'a> {
    pub fn new(base: Entry<'a>, copy: Entry<'a>) -> Self {
        Self {
            base,
            copy,
            pair: String::new(),
        }
    }

    /// One of several in a file.
    pub fn numbered(base: Entry<'a>, copy: Entry<'a>, number: usize) -> Self {
        Self {
            pair: format!("{number}."),
            ..Self::new(base, copy)
        }
    }

    /// A row, whole: its readings by siglum are the text of its parts.
    pub fn row(&self, row: &Row, known: &Transposed, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "<ab>")?;
        for side in [Side::Base, Side::Copy] {
            self.milestone(row, side, out)?;
        }
        let (mut left, mut right) = (self.text(row, Side::Base), self.text(row, Side::Copy));
        for piece in &row.pieces {
            let one = piece.base.map(|text| left.take(text));
            let other = piece.copy.map(|text| right.take(text));
            match (one, other) {
                (Some(one), Some(other)) => {
                    self.readings(one.before, other.before, out)?;
                    self.readings(one.text, other.text, out)?;
                }
                // What stands before text of one witness is part of its reading.
                (one, other) => {
                    let whole = |taken: Taken<'a>| taken.whole;
                    let (one, other) = (one.map(whole), other.map(whole));
                    self.app(one, other, Transposition::of(piece, known), out)?;
                }
            }
        }
        self.readings(left.rest(), right.rest(), out)?;
        writeln!(out, "</ab>")
    }

    /// Where a block of one witness begins.
    fn milestone(&self, row: &Row, side: Side, out: &mut dyn Write) -> io::Result<()> {
        match row.part(side).filter(|part| part.begins) {
            Some(part) => milestone(self.entry(side), part.block, out),
            None => Ok(()),
        }
    }

    /// What the base and what the copy says at one place: once if it is the same.
    fn readings(&self, base: &str, copy: &str, out: &mut dyn Write) -> io::Result<()> {
        match base == copy {
            true => write!(out, "{}", escaped(base)),
            false => self.app(Some(base), Some(copy), Transposition::default(), out),
        }
    }

    /// Readings that differ; a witness that says nothing has an empty one.
    pub fn app(
        &self,
        base: Option<&str>,
        copy: Option<&str>,
        transposed: Transposition,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match transposed.is_one {
            true => write!(out, "<app type=\"transposition\">")?,
            false => write!(out, "<app>")?,
        }
        let sides = [(self.base, self.copy, base), (self.copy, self.base, copy)];
        for (entry, other, text) in sides {
            let (siglum, there) = (escaped(entry.siglum), escaped(other.siglum));
            write!(out, "<rdg wit=\"#{siglum}\"")?;
            if let Some(number) = transposed.begins.filter(|_| text.is_some()) {
                write!(
                    out,
                    " xml:id=\"{siglum}.{pair}{number}\" corresp=\"#{there}.{pair}{number}\"",
                    pair = self.pair,
                )?;
            }
            match text.unwrap_or_default() {
                "" => write!(out, "/>")?,
                text => write!(out, ">{}</rdg>", escaped(text))?,
            }
        }
        write!(out, "</app>")
    }

    fn entry(&self, side: Side) -> Entry<'a> {
        match side {
            Side::Base => self.base,
            Side::Copy => self.copy,
        }
    }

    fn text(&self, row: &Row, side: Side) -> Reader<'a> {
        let part = row.part(side).map_or(Span::default(), |part| part.text);
        Reader {
            text: &self.entry(side).witness.text,
            at: part.start(),
            end: part.end(),
        }
    }
}

/// Where a block of a witness begins.
pub(super) fn milestone(entry: Entry<'_>, block: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(block) = entry.witness.blocks.get(block) else {
        return Ok(());
    };
    let unit = block.kind.name().replace(' ', "-");
    let siglum = escaped(entry.siglum);
    let line = block.line;
    write!(
        out,
        "<milestone unit=\"{unit}\" n=\"{line}\" edRef=\"#{siglum}\"/>"
    )
}

/// Reads the text of one part from its start.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

/// Text of a piece, and what stands before it that no piece has.
#[derive(Clone, Copy)]
struct Taken<'a> {
    before: &'a str,
    text: &'a str,
    whole: &'a str,
}

impl<'a> Reader<'a> {
    fn take(&mut self, piece: Span) -> Taken<'a> {
        let text = self.text;
        let get = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let start = piece.start().max(self.at);
        let end = piece.end().max(start);
        let taken = Taken {
            before: get(self.at, start),
            text: get(start, end),
            whole: get(self.at, end),
        };
        self.at = end;
        taken
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }
}
