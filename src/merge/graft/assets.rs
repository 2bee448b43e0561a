//! Pictures and the like that only the copy points to.

use super::passages::Ways;
use super::{Proposal, Standing, Subject};
use crate::merge::markup;
use crate::merge::pieces::{Change, Chunk, Rule};
use crate::text::{Asset, AssetKind, Block, BlockKind, Relation, Section, Span};

/// Proposes each asset of front matter and body. Avatars are metadata of comments.
pub(super) fn propose(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    let witness = standing.parties[copy].witness;
    let ways = Ways::of(&relation.edits);
    for index in &relation.assets.extra {
        let Some(asset) = witness.assets.get(*index as usize) else {
            continue;
        };
        if asset.kind != AssetKind::Avatar && asset.section == Section::Body {
            proposals.push(Proposal {
                subject: Subject::Asset(*index),
                forms: forms(standing, copy, asset, &ways),
            });
        }
    }
}

fn forms(standing: &Standing<'_>, copy: usize, asset: &Asset, ways: &Ways) -> Vec<Vec<Change>> {
    let witness = standing.parties[copy].witness;
    // Blocks begin in the order of the source.
    let next = witness
        .blocks
        .partition_point(|block| block.span.start() <= asset.span.start());
    let before = last_of_body(&witness.blocks[..next]);
    let site = before.and_then(|block| {
        let end = witness.blocks[block].match_text.end();
        block_at(standing, ways, end)
    });
    let kind = BlockKind::Paragraph;
    let mut forms = Vec::new();
    for chunk in written(standing, copy, asset) {
        for site in [standing.after_block(site), standing.end_of_body()] {
            forms.push(vec![standing.put(site, vec![chunk.clone()], kind, kind)]);
        }
    }
    forms
}

/// The last of these blocks that has text of the body.
fn last_of_body(blocks: &[Block]) -> Option<usize> {
    blocks
        .iter()
        .rposition(|block| block.section == Section::Body && !block.match_text.is_empty())
}

/// The block of the text that has what ends at this offset of the copy's match text, or what stands
/// before that.
fn block_at(standing: &Standing<'_>, ways: &Ways, end: usize) -> Option<usize> {
    let (copy, base) = ways.of_body_before(end)?;
    // Within a passage that both have, offsets go in step.
    let into = end.min(copy.end()) - copy.start();
    let at = base.match_text.start() + into.min(base.match_text.len());
    let blocks = &standing.witness().blocks;
    let next = blocks.partition_point(|block| block.match_text.start() < at);
    last_of_body(&blocks[..next])
}

fn written(standing: &Standing<'_>, copy: usize, asset: &Asset) -> Vec<Chunk> {
    let same = standing.parties[copy].witness.format == standing.format;
    let source = same.then(|| standing.slice(copy, asset.span)).flatten();
    let from: (usize, Span) = (copy, asset.span);
    let said = markup::asset(asset, standing.format)
        .and_then(|text| standing.chunk(&text, Rule::Converted, Some(from)));
    source.into_iter().chain(said).collect()
}
