//! Passages as they are listed: neighbours joined.

use crate::text::{Edit, Passage, Place, Relation};

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
        lines: crate::text::LineRange {
            first: one.lines.first.min(next.lines.first),
            last: one.lines.last.max(next.lines.last),
        },
        chars: one.chars + next.chars,
    }
}
