//! Text of both that is divided or marked up otherwise: blocks split and joined, headings on other
//! levels, blocks of other kinds. Found from the edits, after the text was compared.
//!
//! Two blocks correspond if a run of text that both have holds a block's border on one side only,
//! or if half of the shorter one is text of the other. Blocks that correspond to one and the same
//! are a knot; what the knot is follows from how many there are on each side.

use std::cell::OnceCell;
use std::ops::Range;

use super::reading::Atlas;
use crate::text::{
    Block, BlockKind, Blocks, Edit, Format, Move, NumberStep, Passage, Section, Span,
    StructureChange, StructureKind,
};

/// Finds what is divided or marked up otherwise in the bodies, in reading order of the base.
pub(super) fn compare(
    base: &Atlas<'_>,
    copy: &Atlas<'_>,
    edits: &[Edit],
    moves: &[Move],
) -> Vec<StructureChange> {
    let pair = Pair {
        base,
        copy,
        base_ends: OnceCell::new(),
        copy_ends: OnceCell::new(),
    };
    let mut changes = Vec::new();
    pair.tell(
        edits,
        Span::new(0, copy.witness.match_text.len()),
        &mut changes,
    );
    for one in moves {
        let edits = edits.get(one.base_edits.clone()).unwrap_or_default();
        pair.tell(edits, one.copy.match_text, &mut changes);
    }
    changes.sort_by_key(|change| (change.base.range.start, change.copy.range.start));
    changes
}

/// A block of the base and one of the copy that have text in common.
#[derive(Clone, Copy, Debug)]
struct Link {
    base: usize,
    copy: usize,
    /// Bytes of match text in common.
    len: usize,
    /// Whether a border of one side only is within the run that is in common.
    at_border: bool,
}

struct Pair<'p, 'w> {
    base: &'p Atlas<'w>,
    copy: &'p Atlas<'w>,
    /// What [`list_ends`] gives, once it is asked for.
    base_ends: OnceCell<Vec<u32>>,
    copy_ends: OnceCell<Vec<u32>>,
}

impl<'w> Pair<'_, 'w> {
    /// Tells of the text that `edits`, which ascend in the base, have in common, if that of the
    /// copy lies `within`. A moved passage is looked at within its move only; where it says
    /// something again, or in another order, that stands further up in the copy, and divides
    /// nothing.
    fn tell(&self, edits: &[Edit], within: Span, changes: &mut Vec<StructureChange>) {
        let whole = within.len() == self.copy.witness.match_text.len();
        let mut links: Vec<Link> = Vec::new();
        let mut reached = within.start();
        for edit in edits {
            let (base, copy) = match edit {
                Edit::Same { base, copy } => (base, copy),
                Edit::Moved { base, copy } if !whole => (base, copy),
                _ => continue,
            };
            let in_body = base.section == Section::Body && copy.section == Section::Body;
            let follows = copy.match_text.start() >= reached;
            if in_body && follows && within.contains(copy.match_text) {
                reached = copy.match_text.end();
                self.link(base, copy, &mut links);
            }
        }
        links.retain(|link| self.correspond(link));
        let knots = links.chunk_by(|one, next| one.base == next.base || one.copy == next.copy);
        let mut before = None;
        for change in knots.filter_map(|knot| self.change(knot)) {
            if !before.as_mut().is_some_and(|last| continues(last, &change)) {
                changes.extend(before.replace(change));
            }
        }
        changes.extend(before);
    }

    /// Walks two equal passages in step, from one block's end to the next, whichever side it is on.
    fn link(&self, base: &Passage, copy: &Passage, links: &mut Vec<Link>) {
        let (mut left, mut right) = (base.match_text.start(), copy.match_text.start());
        let mut crossed = false;
        let mut blocks = self.base.block_at(left).zip(self.copy.block_at(right));
        while left < base.match_text.end() && right < copy.match_text.end() {
            let Some((b, c)) = blocks else { return };
            let left_end = b.1.match_text.end();
            let right_end = c.1.match_text.end();
            let rest = base.match_text.end() - left;
            let len = rest.min(left_end - left).min(right_end - right);
            let crosses = len < rest && left_end - left != right_end - right;
            match links.last_mut() {
                Some(last) if (last.base, last.copy) == (b.0, c.0) => {
                    last.len += len;
                    last.at_border |= crossed || crosses;
                }
                _ => links.push(Link {
                    base: b.0,
                    copy: c.0,
                    len,
                    at_border: crossed || crosses,
                }),
            }
            crossed = crosses;
            (left, right) = (left + len, right + len);
            let next = |atlas: &Atlas<'w>, block: (usize, &'w Block), ended| match ended {
                true => atlas.block_after(block.0),
                false => Some(block),
            };
            blocks =
                next(self.base, b, left == left_end).zip(next(self.copy, c, right == right_end));
        }
    }

    fn blocks(&self, link: &Link) -> (&'w Block, &'w Block) {
        (
            &self.base.witness.blocks[link.base],
            &self.copy.witness.blocks[link.copy],
        )
    }

    fn correspond(&self, link: &Link) -> bool {
        let (base, copy) = self.blocks(link);
        link.at_border || 2 * link.len >= base.match_text.len().min(copy.match_text.len())
    }

    /// What became of blocks that correspond.
    fn change(&self, knot: &[Link]) -> Option<StructureChange> {
        let (first, last) = (knot.first()?, knot.last()?);
        if (first.base, first.copy) == (last.base, last.copy)
            && let Some(change) = self.renumbered(first)
        {
            return Some(change);
        }
        let kind = match (first.base == last.base, first.copy == last.copy) {
            (true, true) => self.markup(first)?,
            (true, false) => StructureKind::Split,
            (false, true) => StructureKind::Joined,
            (false, false) => StructureKind::Redivided,
        };
        Some(StructureChange {
            kind,
            base: blocks(self.base, first.base..last.base + 1),
            copy: blocks(self.copy, first.copy..last.copy + 1),
        })
    }

    /// That two lists which begin with the same item begin with another number, or that one of
    /// them goes on from it with another.
    fn renumbered(&self, link: &Link) -> Option<StructureChange> {
        use NumberStep::{First, Jump, Next};
        let (base, copy) = self.blocks(link);
        let (from, to) = (base.number?, copy.number?);
        let (base, copy) = (&self.base.witness.blocks, &self.copy.witness.blocks);
        // Where an item is lacking, the numbers of those behind it differ, and that is no change of
        // the list.
        let differ = from.value != to.value
            && matches!(
                (from.step, to.step),
                (First, First) | (Jump, Jump | Next) | (Next, Jump)
            );
        let list = |ends: &OnceCell<Vec<u32>>, blocks: &[Block], first: usize| {
            let ends = ends.get_or_init(|| list_ends(blocks));
            first..ends[first] as usize
        };
        differ.then(|| StructureChange {
            kind: StructureKind::Renumbered {
                base: from.value,
                copy: to.value,
            },
            base: blocks(self.base, list(&self.base_ends, base, link.base)),
            copy: blocks(self.copy, list(&self.copy_ends, copy, link.copy)),
        })
    }

    /// In what the markup of two blocks differs that are the same one, if they are.
    fn markup(&self, link: &Link) -> Option<StructureKind> {
        let (base, copy) = self.blocks(link);
        if 2 * link.len < base.match_text.len().max(copy.match_text.len()) {
            return None;
        }
        let formats = [self.base.witness.format, self.copy.witness.format];
        match (base.kind, copy.kind) {
            (BlockKind::Heading(base), BlockKind::Heading(copy)) if base != copy => {
                Some(StructureKind::Level { base, copy })
            }
            // Plain text does not say what its blocks are.
            (one, other) if one != other && !formats.contains(&Format::Plain) => {
                Some(StructureKind::Kind {
                    base: one,
                    copy: other,
                })
            }
            _ => None,
        }
    }
}

/// For each block where the run of numbered items ends that it begins or goes on.
fn list_ends(blocks: &[Block]) -> Vec<u32> {
    let mut ends = vec![0; blocks.len()];
    let mut end = blocks.len();
    for (at, block) in blocks.iter().enumerate().rev() {
        if block.number.is_none() {
            end = at;
        }
        ends[at] = end as u32;
    }
    ends
}

/// Joins `next` to `last` if it is the same change of the kind of the blocks that follow, or of the
/// numbers of a list.
fn continues(last: &mut StructureChange, next: &StructureChange) -> bool {
    if let (Some(one), Some(other)) = (shift(last.kind), shift(next.kind)) {
        return one == other && next.base.range.start < last.base.range.end;
    }
    let follows = matches!(last.kind, StructureKind::Kind { .. })
        && last.kind == next.kind
        && last.base.range.end == next.base.range.start
        && last.copy.range.end == next.copy.range.start;
    if follows {
        for (last, next) in [(&mut last.base, &next.base), (&mut last.copy, &next.copy)] {
            last.range.end = next.range.end;
            last.lines = last.lines.union(next.lines);
        }
    }
    follows
}

/// By how much the numbers of a list are others.
fn shift(kind: StructureKind) -> Option<i64> {
    match kind {
        StructureKind::Renumbered { base, copy } => Some(i64::from(copy) - i64::from(base)),
        _ => None,
    }
}

fn blocks(atlas: &Atlas<'_>, range: Range<usize>) -> Blocks {
    let blocks = &atlas.witness.blocks[range.clone()];
    let text = blocks.iter().map(|block| block.text).reduce(Span::union);
    let source = atlas.witness.source_span(text.unwrap_or_default());
    Blocks {
        range: range.start as u32..range.end as u32,
        lines: atlas.witness.line_range(source),
    }
}
