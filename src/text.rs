//! The nouns: what a document is once it is read, and what can be said of two of them.
//!
//! Plain data and the folds that define when two readings agree. No I/O, no serialisation, and
//! no dependency on any other room, so that every other room can depend on this one.

mod block;
mod comment;
pub mod fold;
mod relation;
mod source_map;
mod span;
mod witness;

pub use block::{Block, BlockKind, Section};
pub use comment::{Comment, CommentSection, Counter};
pub use relation::{
    Approximation, AssetChanges, CommentChange, CommentChanges, Coverage, Cut, CutPlace, Differs,
    Edit, Lacks, Passage, Place, Relation, SectionRelation, Verdict,
};
pub use source_map::{DecodeMap, LineTable, TextMap};
pub use span::{LineRange, Span};
pub use witness::{Asset, AssetKind, Damage, DamageKind, Digest, Encoding, Format, Tally, Witness};
