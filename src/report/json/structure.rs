//! What is moved, and what is divided or marked up otherwise.

use serde::Serialize;

use super::records::{Lines, Passage, Span};
use crate::text::{BlockKind, Blocks, Move, StructureChange, StructureKind, Witness};

/// A passage that stands elsewhere, told once.
#[derive(Serialize)]
pub(super) struct MoveRecord {
    base: Passage,
    copy: Passage,
    edited: bool,
}

impl From<&Move> for MoveRecord {
    fn from(one: &Move) -> Self {
        Self {
            base: one.base.into(),
            copy: one.copy.into(),
            edited: one.edited,
        }
    }
}

/// Text of both that is divided or marked up otherwise.
#[derive(Serialize)]
pub(super) struct StructureRecord {
    kind: &'static str,
    base: BlocksRecord,
    copy: BlocksRecord,
}

#[derive(Serialize)]
struct BlocksRecord {
    blocks: usize,
    lines: Lines,
    span: Span,
    /// The mark that differs, if it is not the number of blocks that does.
    mark: Option<String>,
}

impl StructureRecord {
    pub fn new(base: &Witness, copy: &Witness, change: &StructureChange) -> Self {
        let (left, right) = marks(change.kind);
        Self {
            kind: change.kind.name(),
            base: BlocksRecord::new(base, &change.base, left),
            copy: BlocksRecord::new(copy, &change.copy, right),
        }
    }
}

impl BlocksRecord {
    fn new(witness: &Witness, blocks: &Blocks, mark: Option<String>) -> Self {
        let range = blocks.range.start as usize..blocks.range.end as usize;
        let all = witness.blocks.get(range).unwrap_or_default();
        let span = all.iter().map(|block| block.span).reduce(|a, b| a.union(b));
        Self {
            blocks: all.len(),
            lines: blocks.lines.into(),
            span: span.unwrap_or_default().into(),
            mark,
        }
    }
}

fn marks(kind: StructureKind) -> (Option<String>, Option<String>) {
    match kind {
        StructureKind::Split | StructureKind::Joined | StructureKind::Redivided => (None, None),
        StructureKind::Level { base, copy } => (
            Some(block_kind(BlockKind::Heading(base))),
            Some(block_kind(BlockKind::Heading(copy))),
        ),
        StructureKind::Kind { base, copy } => (Some(block_kind(base)), Some(block_kind(copy))),
        StructureKind::Renumbered { base, copy } => {
            (Some(base.to_string()), Some(copy.to_string()))
        }
    }
}

fn block_kind(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(level) => format!("heading {level}"),
        other => other.name().to_owned(),
    }
}
