//! The text of one block, gathered before it is built: what is left of markup in it can only be
//! seen when all of it is there.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::leftover;
use crate::normalize::builder::Builder;
use crate::text::BlockKind;

/// A part of a block, in order. Ranges and offsets are bytes of the decoded text.
#[derive(Debug)]
enum Piece<'d> {
    /// Text that may hold left-over markup.
    Text(Range<usize>),
    /// Text that is what it is.
    Literal(Range<usize>),
    /// Text that stands for a range.
    Replaced(Range<usize>, CowStr<'d>),
    /// An element begins.
    Enter(&'static str, usize),
    /// The last element that began ends.
    Leave(usize),
}

/// The pieces of the block that is open, if any is.
#[derive(Debug, Default)]
pub(super) struct Pieces<'d> {
    open: Option<(BlockKind, usize)>,
    pieces: Vec<Piece<'d>>,
    /// Whether some text begins with `*` or `^`, so that there may be left-over markup.
    suspect: bool,
    /// The end of what was added last.
    end: usize,
    /// Memory for the depths of the elements that are open while the block is built.
    depths: Vec<usize>,
}

impl<'d> Pieces<'d> {
    /// Opens a block whose markup begins at `at`.
    pub fn open(&mut self, kind: BlockKind, at: usize) {
        self.open = Some((kind, at));
        self.end = at;
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Text, which may follow the text before it after white space that the parser left out.
    pub fn text(&mut self, decoded: &str, range: Range<usize>) {
        self.suspect |= matches!(decoded.as_bytes().get(range.start), Some(b'*' | b'^'));
        self.end = range.end;
        if let Some(Piece::Text(last)) = self.pieces.last_mut()
            && decoded.get(last.end..range.start).is_some_and(is_layout)
        {
            last.end = range.end;
        } else {
            self.pieces.push(Piece::Text(range));
        }
    }

    pub fn literal(&mut self, range: Range<usize>) {
        self.end = range.end;
        self.pieces.push(Piece::Literal(range));
    }

    pub fn replaced(&mut self, range: Range<usize>, text: CowStr<'d>) {
        self.end = range.end;
        self.pieces.push(Piece::Replaced(range, text));
    }

    /// Markup ends at `at` that is part of the block.
    pub fn reach(&mut self, at: usize) {
        self.end = self.end.max(at);
    }

    pub fn enter(&mut self, name: &'static str, at: usize) {
        self.pieces.push(Piece::Enter(name, at));
    }

    pub fn leave(&mut self, at: usize) {
        self.reach(at);
        self.pieces.push(Piece::Leave(at));
    }

    /// Builds the block, if one is open, up to the end of what was added, and gives that end.
    /// `is_footnote` knows the labels of footnotes.
    pub fn close(
        &mut self,
        builder: &mut Builder<'d>,
        is_footnote: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        let open = self.open.take();
        if let Some((kind, at)) = open {
            builder.open(kind, at);
            let drop = self.leftovers(builder.decoded(), is_footnote);
            self.build(builder, &drop);
            builder.close(self.end);
        }
        self.pieces.clear();
        self.suspect = false;
        open.map(|_| self.end)
    }

    fn leftovers(&self, decoded: &str, is_footnote: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
        if !self.suspect {
            return Vec::new();
        }
        let texts = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(range) => Some(range.clone()),
            _ => None,
        });
        leftover::find(decoded, texts, is_footnote)
    }

    fn build(&mut self, builder: &mut Builder<'d>, drop: &[Range<usize>]) {
        let mut drop = drop.iter().peekable();
        let depths = &mut self.depths;
        depths.clear();
        for piece in &self.pieces {
            match piece {
                Piece::Text(range) => {
                    let mut start = range.start;
                    while let Some(gone) = drop.next_if(|gone| gone.end <= range.end) {
                        builder.verbatim(start..gone.start);
                        start = gone.end;
                    }
                    builder.verbatim(start..range.end);
                }
                Piece::Literal(range) => builder.verbatim(range.clone()),
                Piece::Replaced(range, text) => builder.replaced(range.clone(), text),
                Piece::Enter(name, at) => depths.push(builder.enter(name, *at..*at, "", "")),
                Piece::Leave(at) => {
                    if let Some(depth) = depths.pop() {
                        builder.leave(depth, *at);
                    }
                }
            }
        }
        // An element never outlives its block.
        if let Some(depth) = depths.first() {
            builder.leave(*depth, self.end);
        }
    }
}

fn is_layout(gap: &str) -> bool {
    gap.bytes().all(|byte| byte.is_ascii_whitespace())
}
