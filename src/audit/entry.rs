//! What a lock keeps of a document: hashes and lengths, by which what it said is found again.

use std::ops::Range;

use sha2::{Digest as _, Sha256};
use xxhash_rust::xxh3::xxh3_64;

use super::rolling;
use crate::text::{AssetKind, Block, BlockKind, Comment, Section, Witness};

/// A long block is kept in pieces, each up to the first end of a sentence after so many characters,
/// so that an edit leaves most of it known.
const PIECE_MIN: usize = 120;

/// A piece is no longer than this: where no sentence ends, it ends here.
pub const PIECE_MAX: usize = 240;

/// Bits kept of who wrote a comment and when: they only tell apart comments of one document.
pub const WHO_BITS: u32 = 24;

/// Bits kept of what an asset points to.
pub const ASSET_BITS: u32 = 36;

/// What a lock keeps of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The first 128 bits of the SHA-256 of its canonical text: each block but bylines and the
    /// headings of comment sections, with a newline after it.
    pub digest: [u8; 16],
    /// The blocks of front matter and body, in reading order, each in pieces.
    pub blocks: Vec<Vec<Piece>>,
    /// The comments, in reading order.
    pub comments: Vec<KnownComment>,
    /// What its images and other assets point to, avatars apart: hashes, in reading order.
    pub assets: Vec<u64>,
}

/// A run of match text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Piece {
    /// Its [`rolling`] hash.
    pub hash: u64,
    /// Its length in characters, at most [`PIECE_MAX`], at least 1.
    pub chars: u32,
}

/// What is kept of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KnownComment {
    /// A hash of author and date, of [`WHO_BITS`] bits.
    pub who: u64,
    /// What it says; empty if it has no text.
    pub pieces: Vec<Piece>,
}

/// A piece in the document that says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The piece.
    pub piece: Piece,
    /// Where it begins: characters of the witness's match text.
    pub start: u32,
}

impl Entry {
    /// That of `witness`.
    pub fn of(witness: &Witness) -> Self {
        let starts = char_starts(witness);
        let pieces = |at: usize| -> Vec<Piece> {
            let placed = placed(witness, &starts, at);
            placed.map(|placed| placed.piece).collect()
        };
        let blocks = text_blocks(witness).map(pieces);
        Self {
            digest: digest(witness),
            blocks: blocks.filter(|pieces| !pieces.is_empty()).collect(),
            comments: (witness.comments.iter())
                .map(|comment| KnownComment {
                    who: who(comment),
                    pieces: comment_blocks(witness, comment).flat_map(pieces).collect(),
                })
                .collect(),
            assets: (witness.assets.iter())
                .filter(|asset| asset.kind != AssetKind::Avatar)
                .map(|asset| xxh3_64(asset.target.as_bytes()) >> (u64::BITS - ASSET_BITS))
                .collect(),
        }
    }

    /// The length of the text, comments apart, in characters of match text.
    pub fn chars(&self) -> u64 {
        chars(self.blocks.iter().flatten())
    }

    /// All pieces of text and comments.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        let comments = self.comments.iter().flat_map(|comment| &comment.pieces);
        self.blocks.iter().flatten().chain(comments)
    }
}

/// How many characters `pieces` have.
pub fn chars<'p>(pieces: impl IntoIterator<Item = &'p Piece>) -> u64 {
    let lengths = pieces.into_iter().map(|piece| u64::from(piece.chars));
    lengths.sum()
}

/// The blocks of front matter and body, by index.
pub fn text_blocks(witness: &Witness) -> impl Iterator<Item = usize> {
    let blocks = witness.blocks.iter().enumerate();
    blocks
        .filter(|(_, block)| block.section != Section::Comments)
        .map(|(at, _)| at)
}

/// The blocks of what `comment` says, by index.
pub fn comment_blocks(witness: &Witness, comment: &Comment) -> Range<usize> {
    let end = (comment.blocks.end as usize).min(witness.blocks.len());
    (comment.blocks.start as usize).min(end)..end
}

/// Where each block begins, in characters of match text.
pub fn char_starts(witness: &Witness) -> Vec<u32> {
    let mut at = 0;
    let starts = witness.blocks.iter().map(|block| {
        let start = at;
        at += block.match_text(witness).chars().count() as u32;
        start
    });
    starts.collect()
}

/// The pieces of block `at`. Bylines have none.
pub fn placed<'w>(
    witness: &'w Witness,
    starts: &[u32],
    at: usize,
) -> impl Iterator<Item = Placed> + 'w {
    let block = witness.blocks.get(at);
    let block = block.filter(|block| block.kind != BlockKind::Byline);
    let mut rest = block.map_or("", |block| block.match_text(witness));
    let mut start = starts.get(at).copied().unwrap_or(0);
    std::iter::from_fn(move || {
        let (piece, chars) = first_piece(rest)?;
        rest = &rest[piece.len()..];
        let hash = rolling::hash(piece);
        let placed = Placed {
            piece: Piece { hash, chars },
            start,
        };
        start += chars;
        Some(placed)
    })
}

/// The first piece of `text`, and its length in characters; `None` if it is empty.
fn first_piece(text: &str) -> Option<(&str, u32)> {
    let mut count = 0;
    for (at, c) in text.char_indices() {
        count += 1;
        let ends = matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '；' | ';' | '\n');
        if count >= PIECE_MAX || (count >= PIECE_MIN && ends) {
            return Some((&text[..at + c.len_utf8()], count as u32));
        }
    }
    (count > 0).then_some((text, count as u32))
}

fn digest(witness: &Witness) -> [u8; 16] {
    let mut sha = Sha256::new();
    let mut add = |block: &Block| {
        sha.update(block.text(witness).as_bytes());
        sha.update(b"\n");
    };
    for at in text_blocks(witness) {
        witness.blocks.get(at).into_iter().for_each(&mut add);
    }
    for comment in &witness.comments {
        let blocks = comment_blocks(witness, comment);
        let blocks = witness.blocks.get(blocks).unwrap_or_default().iter();
        blocks
            .filter(|block| block.kind != BlockKind::Byline)
            .for_each(&mut add);
    }
    let mut digest = [0; 16];
    for (to, from) in digest.iter_mut().zip(sha.finalize()) {
        *to = from;
    }
    digest
}

fn who(comment: &Comment) -> u64 {
    let who = format!("{}\0{}", comment.author, comment.date);
    xxh3_64(who.as_bytes()) >> (u64::BITS - WHO_BITS)
}
