//! What must hold before a change stands.

use super::comments::item;
use super::{Subject, front_matter};
use crate::collate::collate;
use crate::merge::pieces::Change;
use crate::text::{Block, Passage, Relation, Span, Witness};

/// Whether `new` says all that `old` says, the same way, but for what the changes replace.
pub(super) fn keeps(new: &Witness, old: &Witness, changes: &[&Change]) -> bool {
    let relation = collate(new, old);
    let replaced = |source: Span| {
        changes
            .iter()
            .any(|change| change.at.start < source.end() && source.start() < change.at.end)
    };
    let comment = |at: u32| {
        let comment = old.comments.get(at as usize);
        comment.is_none_or(|comment| replaced(comment.span))
    };
    relation.extra().all(|passage| replaced(passage.source))
        && relation
            .variants()
            .all(|(_, passage)| replaced(passage.source))
        && relation.comments.extra.iter().all(|at| comment(*at))
        && relation
            .comments
            .changed
            .iter()
            .all(|change| comment(change.copy))
        && relation
            .comments
            .counters
            .iter()
            .all(|(_, old)| comment(*old))
        && relation.assets.extra.is_empty()
        && keeps_kinds(new, old, changes)
}

/// Whether each block that no change touches is in `new` in its place, of the same kind.
fn keeps_kinds(new: &Witness, old: &Witness, changes: &[&Change]) -> bool {
    let touched = |block: &Block| {
        changes.iter().any(|change| {
            let (start, end) = (change.at.start, change.at.end);
            start < block.span.end() && block.span.start() < end.max(start + 1)
        })
    };
    let mut blocks = new.blocks.iter();
    old.blocks
        .iter()
        .filter(|block| !touched(block))
        .all(|block| {
            blocks.any(|other| {
                (other.kind, other.section) == (block.kind, block.section)
                    && other.match_text(new) == block.match_text(old)
            })
        })
}

/// Whether `new` has what only `copy` had, and lacks no more of it than `before`.
pub(super) fn gains(
    new: &Witness,
    copy: &Witness,
    before: &Relation,
    subjects: &[Subject],
) -> bool {
    let relation = collate(new, copy);
    let open: Vec<Span> = not_in_text(&relation)
        .map(|passage| passage.match_text)
        .collect();
    let copy_witness = copy;
    let there = |subject: &Subject| match subject {
        Subject::Passage(span) => !open.iter().any(|open| meet(*open, *span)),
        Subject::Comment(at) => {
            !relation.comments.extra.contains(at)
                && !relation
                    .comments
                    .changed
                    .iter()
                    .any(|change| change.copy == *at)
        }
        Subject::Beside(span) => front_matter::is_beside(new, copy, *span),
        Subject::Asset(at) => !relation.assets.extra.contains(at),
        Subject::Counters(at) => {
            let present = relation
                .comments
                .present
                .iter()
                .find(|(_, copy)| copy == at);
            present.is_some_and(|(own, copy)| {
                let counters = |witness: &Witness, at: u32| {
                    witness
                        .comments
                        .get(at as usize)
                        .map(|comment| comment.counters.clone())
                };
                counters(new, *own)
                    .zip(counters(copy_witness, *copy))
                    .is_some_and(|(own, other)| item::is_fuller(&own, &other))
            })
        }
    };
    subjects.iter().all(there) && lack(&relation) <= lack(before)
}

/// Passages of the copy that the text does not have.
fn not_in_text(relation: &Relation) -> impl Iterator<Item = Passage> {
    let variants = relation.variants().map(|(_, copy)| copy);
    relation.extra().chain(variants)
}

fn lack(relation: &Relation) -> (u64, usize) {
    let chars = not_in_text(relation).map(|passage| passage.chars).sum();
    let comments = relation.comments.extra.len() + relation.comments.changed.len();
    (chars, comments)
}

fn meet(one: Span, two: Span) -> bool {
    one.start() < two.end() && two.start() < one.end()
}
