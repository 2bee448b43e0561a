//! Blocks of the copy that share a few words with the block at their place, and say something else.
//!
//! Two paragraphs that begin alike are aligned up to where they part. To graft the rest of one into
//! the other would make one paragraph of two.

use std::collections::BTreeMap;

use crate::text::{Block, Edit, Relation, Section, Span, Witness};

/// The blocks of the copy, by index, of which more than half is only in the copy, at a block of the
/// text of which more than half is only in the text.
pub(super) fn find(relation: &Relation, base: &Witness, copy: &Witness) -> Vec<usize> {
    let mut lacking: BTreeMap<usize, usize> = BTreeMap::new();
    let mut extra: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for edit in &relation.edits {
        match edit {
            Edit::Lacking { base: passage, .. } if passage.section == Section::Body => {
                for (block, len) in blocks_of(base, passage.match_text) {
                    *lacking.entry(block).or_default() += len;
                }
            }
            Edit::Extra { copy: passage, at } if passage.section == Section::Body => {
                for (block, len) in blocks_of(copy, passage.match_text) {
                    let (sum, _) = extra.entry(block).or_insert((0, at.match_text as usize));
                    *sum += len;
                }
            }
            _ => {}
        }
    }
    let is_most = |len: usize, block: &Block| 2 * len > block.match_text.len();
    let is_stranger = |(block, (len, at)): (usize, (usize, usize))| {
        let own = &copy.blocks[block];
        let next = base
            .blocks
            .partition_point(|block| block.match_text.start() < at);
        let place = next.checked_sub(1)?;
        let theirs = lacking.get(&place).copied().unwrap_or(0);
        let is_part = len < own.match_text.len();
        let is_other = is_most(len, own) && is_most(theirs, &base.blocks[place]);
        (is_part && is_other).then_some(block)
    };
    extra.into_iter().filter_map(is_stranger).collect()
}

/// The blocks that have match text of `span`, and how many bytes of it.
fn blocks_of(witness: &Witness, span: Span) -> impl Iterator<Item = (usize, usize)> {
    let first = witness
        .blocks
        .partition_point(|block| block.match_text.end() <= span.start());
    let blocks = witness.blocks.iter().enumerate().skip(first);
    blocks
        .take_while(move |(_, block)| block.match_text.start() < span.end())
        .map(move |(index, block)| {
            let start = block.match_text.start().max(span.start());
            let end = block.match_text.end().min(span.end());
            (index, end.saturating_sub(start))
        })
}
