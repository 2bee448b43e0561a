//! What documents lack of what they said.
//!
//! A document is known by the pieces of its [`Entry`]. Each is looked for where it was, then anywhere
//! in the document as it is, then in all other documents that changed: in what is new there, so that
//! no text stands for two. What was divided, joined or moved is found, since a piece is found by its
//! hash wherever it begins. What is found nowhere is gone; where other text stands in its place, it
//! was replaced, and only what there is less of counts as lost.

mod free;
mod gaps;
mod matching;
mod present;
mod renamed;
mod tell;

use super::entry::{Entry, Piece};
use crate::text::LineRange;

pub use present::Present;
pub use renamed::renamed;
pub use tell::{Still, tell};

/// A document that the lock knows, and that is not as it was.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its path in the lock.
    pub path: String,
    /// What the lock knows of it.
    pub was: Entry,
    /// What it is now, by index in the list of those present; `None` if it is gone. It may have
    /// another path.
    pub now: Option<usize>,
}

/// What a document lost, in characters of match text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// The text that there was, comments apart.
    pub total: u64,
    /// What of it is gone, and nothing stands in its place.
    pub gone: u64,
    /// What of it is gone, and as much other text stands in its place.
    pub replaced: u64,
    /// Whole blocks that are gone, of how many.
    pub blocks: (usize, usize),
    /// Where text went, in the order of the text.
    pub gaps: Vec<Gap>,
    /// Where text is now that was here, the longest first.
    pub moved: Vec<Moved>,
    /// The comments.
    pub comments: CommentLoss,
    /// Assets that are gone, of how many.
    pub assets: (usize, usize),
}

/// A place where text went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The lines of the block before it; `None` if it is at the beginning.
    pub after: Option<LineRange>,
    /// How much there is less.
    pub chars: u64,
    /// How many whole blocks there are less.
    pub blocks: usize,
}

/// Text that is in another document now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which document, by index in the list of those present.
    pub to: usize,
    /// From the first to the last of it there.
    pub lines: LineRange,
    /// How much.
    pub chars: u64,
}

/// What comments a document lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CommentLoss {
    /// How many there were.
    pub total: usize,
    /// How many are gone.
    pub gone: usize,
    /// How many say less than they did.
    pub cut: usize,
    /// The text of both that is gone.
    pub chars: u64,
}

/// Where a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Nowhere.
    Gone,
    /// In the same document, from this character on.
    Here(u32),
    /// In another document, from this character on.
    There(usize, u32),
}

/// A piece that the lock knows, and where it is.
#[derive(Clone, Copy, Debug)]
struct Old {
    piece: Piece,
    /// The block or the comment that it was in, by index.
    of: usize,
    is_comment: bool,
    fate: Fate,
}

/// What each of `cases` lost. Text that a case lacks is looked for in all of `present`.
pub fn losses(cases: &[Case], present: &[Present]) -> Vec<Loss> {
    let found = matching::find(cases, present);
    let told = cases.iter().zip(found.olds);
    let mut free = found.free;
    told.map(|(case, olds)| gaps::loss(case, &olds, present, &mut free))
        .collect()
}
