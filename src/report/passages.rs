//! Passages as they are listed: neighbours joined.

use crate::text::{Edit, Move, Passage, Place, Relation, Section, Span};

/// A passage that one of the two has, and its place in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub passage: Passage,
    pub at: Place,
}

/// The lacunae, in reading order; those that touch are one.
pub(crate) fn lacking(relation: &Relation) -> Vec<Gap> {
    joined(&relation.edits, |edit| match *edit {
        Edit::Lacking { base, at } => Some(Gap { passage: base, at }),
        _ => None,
    })
}

/// What only the copy has, in reading order; passages that touch are one.
pub(crate) fn extra(relation: &Relation) -> Vec<Gap> {
    joined(&relation.edits, |edit| match *edit {
        Edit::Extra { copy, at } => Some(Gap { passage: copy, at }),
        _ => None,
    })
}

/// How many passages the base has here and there once more than the copy, and the copy once more than
/// the base; those that touch are one.
pub(crate) fn repetitions(relation: &Relation) -> (usize, usize) {
    let of_base = count_apart(&relation.edits, |edit| match *edit {
        Edit::Repeated { base, .. } => Some(base.match_text),
        _ => None,
    });
    let of_copy = count_apart(&relation.edits, |edit| match *edit {
        Edit::RepeatedHere { copy, .. } => Some(copy.match_text),
        _ => None,
    });
    (of_base, of_copy)
}

/// How many spans there are, those that touch counted once.
fn count_apart(edits: &[Edit], span: impl Fn(&Edit) -> Option<Span>) -> usize {
    let mut end = None;
    let spans = edits.iter().filter_map(span);
    let apart = spans.filter(|span| end.replace(span.end()) != Some(span.start()));
    apart.count()
}

/// A passage that both have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    pub base: Passage,
    pub copy: Passage,
}

/// Differences up to this many characters part no shared passage, and what is shared and shorter
/// is chance: a word or two.
const SMALL: u64 = 16;

/// The passages of the body that both have, at corresponding places or elsewhere, in reading order
/// of the base. Small differences may be in them; their `chars` count what is the same.
pub(crate) fn shared(relation: &Relation) -> Vec<Shared> {
    let mut all = Vec::new();
    let mut run: Option<Shared> = None;
    for edit in &relation.edits {
        match *edit {
            Edit::Same { base, copy } if base.section == Section::Body => {
                let next = Shared { base, copy };
                run = Some(run.map_or(next, |run| run.and(next)));
            }
            Edit::Lacking { base: own, .. }
            | Edit::Extra { copy: own, .. }
            | Edit::Variant { base: own, .. }
                if own.chars <= SMALL => {}
            _ => all.extend(run.take()),
        }
    }
    all.extend(run);
    all.extend(relation.moves.iter().map(|one| moved(one, &relation.edits)));
    all.retain(|shared| shared.base.chars > SMALL);
    all.sort_by_key(|shared| shared.base.match_text);
    all
}

/// A moved passage, which may be edited.
fn moved(one: &Move, edits: &[Edit]) -> Shared {
    let (mut base, mut copy) = (one.base, one.copy);
    let edits = edits.get(one.base_edits.clone()).unwrap_or_default();
    let same = edits.iter().map(|edit| match edit {
        Edit::Moved { base, .. } => base.chars,
        _ => 0,
    });
    base.chars = same.sum();
    copy.chars = base.chars;
    Shared { base, copy }
}

impl Shared {
    fn and(self, next: Self) -> Self {
        Self {
            base: union(self.base, next.base),
            copy: union(self.copy, next.copy),
        }
    }
}

fn joined(edits: &[Edit], gap: impl Fn(&Edit) -> Option<Gap>) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for next in edits.iter().filter_map(gap) {
        match gaps.last_mut() {
            Some(last) if touch(last, &next) => last.passage = union(last.passage, next.passage),
            _ => gaps.push(next),
        }
    }
    gaps
}

fn touch(one: &Gap, next: &Gap) -> bool {
    one.passage.section == next.passage.section
        && one.passage.match_text.end() == next.passage.match_text.start()
}

/// The passage from the start of `one` to the end of `next`, which follows it.
fn union(one: Passage, next: Passage) -> Passage {
    Passage {
        section: one.section,
        match_text: one.match_text.union(next.match_text),
        text: one.text.union(next.text),
        source: one.source.union(next.source),
        lines: one.lines.union(next.lines),
        chars: one.chars + next.chars,
    }
}
