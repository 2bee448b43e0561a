//! Writes what was found into the draft: sections, kinds, and blocks split where a byline and
//! the text of a comment share one.

use super::item::Part;
use super::section::Section;
use super::split::{self, Piece};
use crate::normalize::builder::Draft;
use crate::text::{self, AssetKind, Comment, CommentSection};

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
        let comments = || sections.iter().flat_map(|section| &section.comments);
        let parts = comments().map(|found| found.item.range().len());
        let mut plan = Self {
            blocks: Vec::new(),
            assets: Vec::new(),
            parts: Vec::with_capacity(parts.sum()),
            comments: Vec::with_capacity(comments().count()),
            sections: Vec::with_capacity(sections.len()),
        };
        for section in sections {
            let first = plan.comments.len() as u32;
            plan.take_in(draft, &section);
            for found in section.comments {
                let index = plan.comments.len() as u32;
                plan.parts.extend(
                    section.parts[found.item.range()]
                        .iter()
                        .map(|part| (*part, index)),
                );
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
        let last = draft
            .blocks
            .partition_point(|block| block.text.start() < section.text.end());
        self.blocks.extend(first as u32..last as u32);
        let first = draft
            .assets
            .partition_point(|asset| asset.span.start() < section.around.start());
        let last = draft
            .assets
            .partition_point(|asset| asset.span.start() < section.around.end());
        self.assets.extend(first as u32..last as u32);
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
        let new = split::split(draft, &pieces);
        self.own(draft, &pieces, &new);
        (self.sections, self.comments)
    }

    /// For each block with parts, the pieces that it falls into.
    fn pieces(&self, draft: &Draft) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(self.parts.len());
        let blocks = self
            .parts
            .chunk_by(|(one, _), (other, _)| one.block == other.block);
        for parts in blocks {
            split::cut(draft, parts, &mut pieces);
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
