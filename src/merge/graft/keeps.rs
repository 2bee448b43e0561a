//! What must hold before a change stands.

use std::collections::HashSet;

use super::Subject;
use super::beside::Beside;
use super::comments::item;
use crate::collate::collate;
use crate::merge::pieces::Change;
use crate::text::{Block, Passage, Relation, Span, Witness};

/// Changes of a text that do not meet, in order.
struct Changed<'c>(Vec<&'c Change>);

impl<'c> Changed<'c> {
    fn of(changes: &[&'c Change]) -> Self {
        let mut changes = changes.to_vec();
        changes.sort_by_key(|change| (change.at.start, change.at.end));
        Self(changes)
    }

    /// The last change that begins before `end`: no other one reaches further.
    fn before(&self, end: usize) -> Option<&Change> {
        let next = self.0.partition_point(|change| change.at.start < end);
        Some(*self.0.get(next.checked_sub(1)?)?)
    }

    /// Whether something inside of `source` was replaced, or put in.
    fn replaces(&self, source: Span) -> bool {
        self.before(source.end())
            .is_some_and(|change| source.start() < change.at.end)
    }

    /// Whether a block was changed, or something put where it begins.
    fn touches(&self, block: &Block) -> bool {
        self.before(block.span.end())
            .is_some_and(|change| block.span.start() < change.at.end.max(change.at.start + 1))
    }
}

/// Whether `new` says all that `old` says, the same way, but for what the changes replace.
pub(super) fn keeps(new: &Witness, old: &Witness, changes: &[&Change]) -> bool {
    let relation = collate(new, old);
    let changed = Changed::of(changes);
    let gone = |source: Span| changed.replaces(source);
    let comment = |at: u32| {
        let comment = old.comments.get(at as usize);
        comment.is_none_or(|comment| gone(comment.span))
    };
    let comments = &relation.comments;
    let mut other = comments.changed.iter().map(|change| change.copy);
    relation.extra().all(|passage| gone(passage.source))
        && relation.variants().all(|(_, passage)| gone(passage.source))
        && comments.extra.iter().all(|at| comment(*at))
        && other.all(comment)
        && comments.counters.iter().all(|(_, old)| comment(*old))
        && relation.assets.extra.is_empty()
        && keeps_kinds(new, old, &changed)
}

/// Whether each block that no change touches is in `new` in its place, of the same kind.
fn keeps_kinds(new: &Witness, old: &Witness, changed: &Changed<'_>) -> bool {
    let mut blocks = new.blocks.iter();
    old.blocks
        .iter()
        .filter(|block| !changed.touches(block))
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
    let open = Spans::of(not_in_text(&relation).map(|passage| passage.match_text));
    let comments = &relation.comments;
    let lacking: HashSet<u32> = comments
        .extra
        .iter()
        .copied()
        .chain(comments.changed.iter().map(|change| change.copy))
        .collect();
    let marked = Beside::of(new);
    let assets: HashSet<u32> = relation.assets.extra.iter().copied().collect();
    let there = |subject: &Subject| match subject {
        Subject::Passage(span) => !open.meet(*span) || marked.has(copy, *span),
        Subject::Comment(at) => !lacking.contains(at),
        Subject::Beside(span) => marked.has(copy, *span),
        Subject::Asset(at) => !assets.contains(at),
        Subject::Counters(at) => has_counters(new, copy, &relation, *at),
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

/// Whether the text has the comment `at` of the copy with counters that are as great.
fn has_counters(new: &Witness, copy: &Witness, relation: &Relation, at: u32) -> bool {
    let mut present = relation.comments.present.iter();
    let own = present.find(|(_, copy)| *copy == at);
    let comments = own.and_then(|(own, _)| {
        new.comments
            .get(*own as usize)
            .zip(copy.comments.get(at as usize))
    });
    comments.is_some_and(|(own, other)| item::is_fuller(&own.counters, &other.counters))
}

/// Spans that do not meet, in order.
struct Spans(Vec<Span>);

impl Spans {
    fn of(spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable();
        Self(spans)
    }

    /// Whether one of them meets `span`.
    fn meet(&self, span: Span) -> bool {
        let next = self.0.partition_point(|one| one.end() <= span.start());
        self.0
            .get(next)
            .is_some_and(|one| one.start() < span.end() && span.start() < one.end())
    }
}
