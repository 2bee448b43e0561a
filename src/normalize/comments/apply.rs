//! Writes what was found into the draft: sections, kinds, and blocks split where a byline and
//! the text of a comment share one.

use super::item::{Is, Part};
use super::section::Section;
use crate::normalize::builder::Draft;
use crate::text::{self, AssetKind, Block, BlockKind, Comment, CommentSection, Span, fold};

/// What the sections say of a draft, as plain data.
pub(super) struct Plan {
    /// Blocks that belong to a section, ascending.
    blocks: Vec<u32>,
    /// Assets that belong to a section.
    assets: Vec<u32>,
    /// Parts of blocks in order, each with the comment that it belongs to.
    parts: Vec<(Part, u32)>,
    sections: Vec<CommentSection>,
    comments: Vec<Comment>,
}

impl Plan {
    /// `sections` in order, and none within another. `declared` is what a heading says.
    pub fn new(
        draft: &Draft,
        sections: Vec<Section>,
        declared: impl Fn(usize) -> Option<u64>,
    ) -> Self {
        let mut plan = Self {
            blocks: Vec::new(),
            assets: Vec::new(),
            parts: Vec::new(),
            sections: Vec::new(),
            comments: Vec::new(),
        };
        for section in sections {
            let first = plan.comments.len() as u32;
            plan.take_in(draft, &section);
            for found in section.comments {
                let index = plan.comments.len() as u32;
                plan.parts
                    .extend(found.item.parts.into_iter().map(|part| (part, index)));
                plan.comments.push(Comment {
                    author: found.item.author,
                    date: found.item.date,
                    blocks: 0..0,
                    counters: found.item.counters,
                    avatar: found.item.avatar,
                    depth: found.depth,
                    span: found.candidate.span,
                    line: 0,
                });
            }
            plan.sections.push(CommentSection {
                profile: section.profile,
                span: section.span,
                line: 0,
                declared: section.heading.and_then(&declared),
                comments: first..plan.comments.len() as u32,
            });
        }
        plan.parts
            .sort_by_key(|(part, _)| (part.block, part.text.start()));
        plan
    }

    fn take_in(&mut self, draft: &Draft, section: &Section) {
        let first = draft
            .blocks
            .partition_point(|block| block.text.end() <= section.text.start());
        let blocks = draft.blocks.iter().enumerate().skip(first);
        let inside = blocks.take_while(|(_, block)| block.text.start() < section.text.end());
        self.blocks.extend(inside.map(|(index, _)| index as u32));
        let first = draft
            .assets
            .partition_point(|asset| asset.span.start() < section.around.start());
        let assets = draft.assets.iter().enumerate().skip(first);
        let inside = assets.take_while(|(_, asset)| asset.span.start() < section.around.end());
        self.assets.extend(inside.map(|(index, _)| index as u32));
    }

    /// Changes the draft, and gives the sections and comments.
    pub fn apply(mut self, draft: &mut Draft) -> (Vec<CommentSection>, Vec<Comment>) {
        for asset in &self.assets {
            draft.assets[*asset as usize].section = text::Section::Comments;
        }
        for avatar in self.comments.iter().filter_map(|comment| comment.avatar) {
            draft.assets[avatar as usize].kind = AssetKind::Avatar;
        }
        for block in &self.blocks {
            draft.blocks[*block as usize].section = text::Section::Comments;
        }
        let pieces = self.pieces(draft);
        let new = rebuild(draft, &pieces);
        self.own(draft, &pieces, &new);
        (self.sections, self.comments)
    }

    /// For each block with parts, the pieces that it falls into.
    fn pieces(&self, draft: &Draft) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for parts in self
            .parts
            .chunk_by(|(one, _), (other, _)| one.block == other.block)
        {
            let block = &draft.blocks[parts[0].0.block as usize];
            let cut = cut(block, parts);
            if cut.len() > 1 && !can_split(draft, block, &cut) {
                pieces.push(whole(block, &cut));
            } else {
                pieces.extend(cut);
            }
        }
        pieces
    }

    /// Gives each comment its blocks: the longest run of blocks that hold its text, of those
    /// before the next comment if there are any.
    fn own(&mut self, draft: &mut Draft, pieces: &[Piece], new: &[u32]) {
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        order.sort_by_key(|at| (pieces[*at].comment, new[*at]));
        let mut next = u32::MAX;
        for own in order
            .chunk_by(|one, other| pieces[*one].comment == pieces[*other].comment)
            .rev()
        {
            let text: Vec<usize> = own
                .iter()
                .copied()
                .filter(|at| pieces[*at].is_text())
                .collect();
            let runs = text.chunk_by(|one, other| new[*other] == new[*one] + 1);
            let rank = |run: &&[usize]| {
                let length: usize = run.iter().map(|at| pieces[*at].text.len()).sum();
                (new[run[0]] < next, length, std::cmp::Reverse(run[0]))
            };
            let best = runs.clone().max_by_key(rank).unwrap_or_default();
            let comment = &mut self.comments[pieces[own[0]].comment as usize];
            if let (Some(first), Some(last)) = (best.first(), best.last()) {
                comment.blocks = new[*first]..new[*last] + 1;
            }
            for at in text
                .iter()
                .filter(|at| !comment.blocks.contains(&new[**at]))
            {
                draft.blocks[new[*at] as usize].kind = pieces[*at].was;
            }
            next = new[own[0]];
        }
    }
}

/// A part of a block that becomes a block.
#[derive(Clone, Copy, Debug)]
struct Piece {
    block: u32,
    text: Span,
    kind: BlockKind,
    /// The kind of the block that it was a part of.
    was: BlockKind,
    /// The comment that it belongs to.
    comment: u32,
    is: Is,
}

impl Piece {
    fn is_text(&self) -> bool {
        matches!(self.is, Is::Text(_))
    }
}

/// The pieces of one block: its parts, and what is between them with the part before.
fn cut(block: &Block, parts: &[(Part, u32)]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(parts.len());
    for (part, comment) in parts {
        let kind = match part.is {
            Is::Text(kind) => kind,
            Is::Byline if !block.kind.is_code() => BlockKind::Byline,
            Is::Byline | Is::Plain => block.kind,
        };
        if let Some(last) = pieces.last_mut()
            && last.kind == kind
            && last.comment == *comment
        {
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
    if let Some(first) = pieces.first_mut() {
        first.text = first.text.union(Span::at(block.text.start()));
    }
    if let Some(last) = pieces.last_mut() {
        last.text = last.text.union(Span::at(block.text.end()));
    }
    pieces
}

/// The block as one piece, if it cannot be split: text if all of it is one comment's.
fn whole(block: &Block, cut: &[Piece]) -> Piece {
    let one = cut.iter().all(|piece| piece.comment == cut[0].comment);
    let text = cut.iter().find(|piece| piece.is_text()).filter(|_| one);
    Piece {
        text: block.text,
        kind: text.map_or(block.kind, |piece| piece.kind),
        is: text.map_or(Is::Plain, |piece| piece.is),
        ..cut[0]
    }
}

/// Whether the pieces fold to the same match text as the block does: an accent that joins the
/// character before it, or half of a `**`, is not torn off. Between two there may be one space.
fn can_split(draft: &Draft, block: &Block, cut: &[Piece]) -> bool {
    let gap = |two: &[Piece]| {
        let gap = two[0].text.end()..two[1].text.start();
        matches!(draft.text.get(gap), Some("" | " "))
    };
    if block.kind.is_code() || !cut.windows(2).all(gap) {
        return false;
    }
    let mut folded = String::with_capacity(block.match_text.len());
    for piece in cut {
        fold::match_text(&draft.text[piece.text.range()], false, &mut folded);
    }
    folded == draft.match_text[block.match_text.range()]
}

/// Splits blocks into pieces. Gives for each piece the block that it became.
fn rebuild(draft: &mut Draft, pieces: &[Piece]) -> Vec<u32> {
    let mut new = Vec::with_capacity(pieces.len());
    let mut blocks: Vec<Block> = Vec::with_capacity(draft.blocks.len() + pieces.len() / 2);
    let mut inserts: Vec<usize> = Vec::new();
    let mut text = std::mem::take(&mut draft.text).into_bytes();
    let mut pieces = pieces.iter().peekable();
    for (index, block) in std::mem::take(&mut draft.blocks).into_iter().enumerate() {
        let first = blocks.len();
        while let Some(piece) = pieces.next_if(|piece| piece.block as usize == index) {
            if blocks.len() > first {
                match text.get_mut(piece.text.start() - 1) {
                    Some(space @ b' ')
                        if blocks[blocks.len() - 1].text.end()
                            < piece.text.start() + inserts.len() =>
                    {
                        *space = b'\n'
                    }
                    _ => inserts.push(piece.text.start()),
                }
            }
            new.push(blocks.len() as u32);
            let moved = |at: usize| at + inserts.len();
            blocks.push(Block {
                kind: piece.kind,
                text: Span::new(moved(piece.text.start()), moved(piece.text.end())),
                ..block
            });
        }
        if blocks.len() == first {
            let moved = |at: usize| at + inserts.len();
            let text = Span::new(moved(block.text.start()), moved(block.text.end()));
            blocks.push(Block { text, ..block });
        }
    }
    draft.text = insert_newlines(text, &inserts);
    draft.text_map.insert(&inserts);
    split_spans(draft, &mut blocks);
    draft.blocks = blocks;
    new
}

/// `text` with a newline at each of `at`, which are ascending.
fn insert_newlines(text: Vec<u8>, at: &[usize]) -> String {
    let text = String::from_utf8(text).unwrap_or_else(|error| {
        // A space became a newline, so this cannot be.
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    });
    if at.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len() + at.len());
    let mut from = 0;
    for at in at {
        out.push_str(&text[from..*at]);
        out.push('\n');
        from = *at;
    }
    out.push_str(&text[from..]);
    out
}

/// Divides source spans and match text among the pieces of each block that was split.
fn split_spans(draft: &Draft, blocks: &mut [Block]) {
    let mut folded = String::new();
    for pieces in blocks
        .chunk_by_mut(|one, other| one.match_text == other.match_text && one.span == other.span)
    {
        let all = pieces[0];
        let count = pieces.len();
        if count < 2 || all.match_text.is_empty() {
            continue;
        }
        let mut matched = all.match_text.start();
        let mut start = all.span.start();
        for (index, piece) in pieces.iter_mut().enumerate() {
            folded.clear();
            fold::match_text(&draft.text[piece.text.range()], false, &mut folded);
            piece.match_text = Span::new(matched, matched + folded.len());
            matched = piece.match_text.end();
            let decoded = draft.text_map.decoded(piece.text);
            let end = if index + 1 == count {
                all.span.end()
            } else {
                decoded.end()
            };
            piece.span = Span::new(
                if index == 0 {
                    start
                } else {
                    start.max(decoded.start())
                },
                end,
            );
            start = piece.span.end();
        }
    }
}
