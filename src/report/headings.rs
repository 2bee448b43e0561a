//! The headings within a passage.

use crate::text::{Block, BlockKind, Passage, Witness};

/// The headings that lie wholly within `passage`, a passage of `witness`, in reading order.
pub(crate) fn within(witness: &Witness, passage: Passage) -> impl Iterator<Item = &Block> {
    let first = witness
        .blocks
        .partition_point(|block| block.text.start() < passage.text.start());
    let last = witness
        .blocks
        .partition_point(|block| block.text.end() <= passage.text.end());
    witness
        .blocks
        .get(first..last)
        .unwrap_or_default()
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_)))
}
