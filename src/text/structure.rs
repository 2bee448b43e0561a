use std::ops::Range;

use super::{BlockKind, LineRange};

/// Text that both have, divided or marked up otherwise. No difference of text: a pair that differs
/// in nothing else is equivalent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureChange {
    /// What is otherwise.
    pub kind: StructureKind,
    /// The blocks of the base.
    pub base: Blocks,
    /// The blocks of the copy that have their text.
    pub copy: Blocks,
}

/// Neighbouring blocks of a witness, one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocks {
    /// Indices into [`super::Witness::blocks`].
    pub range: Range<u32>,
    /// The source lines on which their text lies.
    pub lines: LineRange,
}

/// How the blocks of a copy stand to those of its base that have the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructureKind {
    /// One block is several.
    Split,
    /// Several blocks are one.
    Joined,
    /// Several blocks are several others, with other borders.
    Redivided,
    /// A heading is on another level, 1 to 6.
    Level {
        /// In the base.
        base: u8,
        /// In the copy.
        copy: u8,
    },
    /// Blocks are of another kind.
    Kind {
        /// In the base.
        base: BlockKind,
        /// In the copy.
        copy: BlockKind,
    },
    /// The items of a list have other numbers.
    Renumbered {
        /// The first item's number in the base.
        base: i32,
        /// The first item's number in the copy.
        copy: i32,
    },
}

impl StructureKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Joined => "joined",
            Self::Redivided => "redivided",
            Self::Level { .. } => "heading level",
            Self::Kind { .. } => "block kind",
            Self::Renumbered { .. } => "renumbered",
        }
    }
}
