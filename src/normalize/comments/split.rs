//! Splits blocks where a byline and the text of a comment share one.

use super::item::{Is, Part};
use crate::normalize::builder::Draft;
use crate::text::{Block, BlockKind, Span, fold};

/// A part of a block that becomes a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub block: u32,
    pub text: Span,
    pub kind: BlockKind,
    /// The kind of the block that it was a part of.
    pub was: BlockKind,
    /// The comment that it belongs to.
    pub comment: u32,
    is: Is,
}

impl Piece {
    pub fn is_text(&self) -> bool {
        matches!(self.is, Is::Text(_))
    }
}

/// Adds the pieces that one block falls into. Together they hold all of it.
pub(super) fn cut(draft: &Draft, parts: &[(Part, u32)], pieces: &mut Vec<Piece>) {
    let first = pieces.len();
    let block = &draft.blocks[parts[0].0.block as usize];
    for (part, comment) in parts {
        let kind = match part.is {
            Is::Text(kind) => kind,
            Is::Byline if !block.kind.is_code() => BlockKind::Byline,
            Is::Byline | Is::Plain => block.kind,
        };
        let last = pieces[first..].last_mut();
        if let Some(last) = last.filter(|last| (last.kind, last.comment) == (kind, *comment)) {
            last.text = last.text.union(part.text);
            continue;
        }
        pieces.push(Piece {
            block: part.block,
            text: part.text,
            kind,
            was: block.kind,
            comment: *comment,
            is: part.is,
        });
    }
    let (start, end) = (Span::at(block.text.start()), Span::at(block.text.end()));
    pieces[first].text = pieces[first].text.union(start);
    if let Some(last) = pieces.last_mut() {
        last.text = last.text.union(end);
    }
    if pieces.len() > first + 1 && !can_split(draft, block, &pieces[first..]) {
        let whole = whole(block, &pieces[first..]);
        pieces.truncate(first);
        pieces.push(whole);
    }
}

/// The block as one piece, if it cannot be split: text if all of it is one comment's.
fn whole(block: &Block, pieces: &[Piece]) -> Piece {
    let one = pieces
        .iter()
        .all(|piece| piece.comment == pieces[0].comment);
    let text = pieces.iter().find(|piece| piece.is_text()).filter(|_| one);
    Piece {
        text: block.text,
        kind: text.map_or(block.kind, |piece| piece.kind),
        is: text.map_or(Is::Plain, |piece| piece.is),
        ..pieces[0]
    }
}

/// Whether the pieces fold to the same match text as the block does: an accent that joins the
/// character before it, or half of a `**`, is not torn off. Between two there may be one space.
fn can_split(draft: &Draft, block: &Block, pieces: &[Piece]) -> bool {
    let gap = |two: &[Piece]| {
        let gap = two[0].text.end()..two[1].text.start();
        matches!(draft.text.get(gap), Some("" | " "))
    };
    if block.kind.is_code() || !pieces.windows(2).all(gap) {
        return false;
    }
    let mut folded = String::with_capacity(block.match_text.len());
    for piece in pieces {
        fold::match_text(&draft.text[piece.text.range()], false, &mut folded);
    }
    folded == draft.match_text[block.match_text.range()]
}

/// Splits blocks into `pieces`, which are in order. Gives for each the block that it became.
pub(super) fn split(draft: &mut Draft, pieces: &[Piece]) -> Vec<u32> {
    if pieces.windows(2).all(|two| two[0].block < two[1].block) {
        for piece in pieces {
            draft.blocks[piece.block as usize].kind = piece.kind;
        }
        return pieces.iter().map(|piece| piece.block).collect();
    }
    let breaks = breaks(pieces);
    let mut new = Vec::with_capacity(pieces.len());
    let mut blocks: Vec<Block> = Vec::with_capacity(draft.blocks.len() + breaks.len());
    let mut rest = pieces.iter().peekable();
    let mut inserted = 0;
    let mut next = breaks.iter().peekable();
    for (index, block) in draft.blocks.iter().enumerate() {
        let mut push = |kind: BlockKind, text: Span| {
            while next
                .next_if(|next| next.at <= text.start() && next.is_insert())
                .is_some()
            {
                inserted += 1;
            }
            while next.next_if(|next| next.at <= text.start()).is_some() {}
            let text = Span::new(text.start() + inserted, text.end() + inserted);
            blocks.push(Block {
                kind,
                text,
                ..*block
            });
            blocks.len() as u32 - 1
        };
        if rest
            .peek()
            .is_none_or(|piece| piece.block as usize != index)
        {
            push(block.kind, block.text);
        }
        while let Some(piece) = rest.next_if(|piece| piece.block as usize == index) {
            new.push(push(piece.kind, piece.text));
        }
    }
    draft.text = break_lines(&draft.text, &breaks);
    let inserts = breaks.iter().filter(|place| place.is_insert());
    draft
        .text_map
        .insert(&inserts.map(|place| place.at).collect::<Vec<_>>());
    divide(draft, &mut blocks);
    draft.blocks = blocks;
    new
}

/// Where a newline goes: between two pieces, in place of the space there, if there is one.
struct Break {
    from: usize,
    at: usize,
}

impl Break {
    fn is_insert(&self) -> bool {
        self.from == self.at
    }
}

fn breaks(pieces: &[Piece]) -> Vec<Break> {
    let within = |two: &&[Piece]| two[0].block == two[1].block;
    let place = |two: &[Piece]| Break {
        from: two[0].text.end(),
        at: two[1].text.start(),
    };
    pieces.windows(2).filter(within).map(place).collect()
}

fn break_lines(text: &str, breaks: &[Break]) -> String {
    let mut out = String::with_capacity(text.len() + breaks.len());
    let mut from = 0;
    for place in breaks {
        out.push_str(&text[from..place.from]);
        out.push('\n');
        from = place.at;
    }
    out.push_str(&text[from..]);
    out
}

/// Divides the source spans and match texts of blocks that were split among the pieces.
fn divide(draft: &Draft, blocks: &mut [Block]) {
    let of_one = |one: &Block, other: &Block| {
        !one.match_text.is_empty() && one.match_text == other.match_text
    };
    let mut folded = String::new();
    for pieces in blocks
        .chunk_by_mut(of_one)
        .filter(|pieces| pieces.len() > 1)
    {
        let whole = pieces[0];
        let mut matched = whole.match_text.start();
        let mut start = whole.span.start();
        for piece in pieces.iter_mut() {
            folded.clear();
            fold::match_text(&draft.text[piece.text.range()], false, &mut folded);
            piece.match_text = Span::new(matched, matched + folded.len());
            matched = piece.match_text.end();
            let decoded = draft.text_map.decoded(piece.text);
            piece.span = match start == whole.span.start() {
                true => Span::new(start, decoded.end()),
                false => Span::new(start.max(decoded.start()), decoded.end()),
            };
            start = piece.span.end();
        }
        if let Some(last) = pieces.last_mut() {
            last.span = Span::new(last.span.start(), whole.span.end());
        }
    }
}
