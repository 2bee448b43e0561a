//! The nouns: what a document is once it is read, and what can be said of two of them.
//!
//! Plain data and the folds that define when two readings agree. No I/O, no serialisation, and
//! no dependency on any other room, so that every other room can depend on this one.

mod block;
mod check;
mod code;
mod comment;
mod exclusion;
mod finding;
pub mod fold;
mod hostile;
mod lacunae;
mod list_number;
mod moves;
mod open;
mod profile;
mod relation;
mod remnant;
mod search;
mod source_map;
mod span;
mod structure;
mod table;
mod witness;

pub use block::{Block, BlockKind, Section};
pub use check::{CheckFinding, CheckKind};
pub use code::{Code, Family, UnknownCode};
pub use comment::{Comment, CommentSection, Counter};
pub use exclusion::ExclusionRule;
pub use finding::{Finding, Fingerprint, Related, Severity, Standing, UnknownSeverity};
pub use hostile::is_hostile;
pub use lacunae::{Lacunae, Loss};
pub use list_number::{ListNumber, NumberStep};
pub use moves::Move;
pub use open::{Open, Opened};
pub use profile::Profile;
pub use relation::{
    Approximation, AssetChanges, CommentChange, CommentChanges, Coverage, Cut, CutPlace, Differs,
    Edit, Lacks, Passage, Place, Relation, SectionRelation, Verdict,
};
pub use remnant::{Remnant, RemnantKind};
pub(crate) use search::partition_point_from;
pub use source_map::{DecodeMap, LineTable, TextMap};
pub use span::{LineRange, Span};
pub use structure::{Blocks, StructureChange, StructureKind};
pub use table::{AssetRow, CommentCell, CommentRow, KeyRow, Reading, Row, Table, TableCell};
pub use witness::{
    Asset, AssetKind, Damage, DamageCount, DamageKind, Digest, Encoding, Format, Tally, Witness,
};

/// The version of the canonical form, see `docs/canonical-form.md`: what a lock or a cache says of a
/// text is worth nothing under another.
pub const CANONICAL_FORM: u32 = 1;

/// The passage guarantee, in bytes of sketch text: 42 Han characters or, as sketch text has no
/// spaces, some 25 English words. Two documents that share a run this long are compared, and a
/// shared run this long is the least that makes two documents overlap.
pub const GUARANTEE: usize = 128;
