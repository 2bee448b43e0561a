//! Moved passages, each told once: which edits of the base and which of the copy are one move.

use super::reading::Atlas;
use crate::text::{Edit, Move, Section, Span};

/// The moves among the edits of a body, in reading order of the base. `first` is the index of the
/// first of `edits` among all. Each edit is part of one move at the most, so that of a passage that
/// one witness has more often than the other only as many are moved as both have.
pub(super) fn moves(base: &Atlas<'_>, copy: &Atlas<'_>, edits: &[Edit], first: usize) -> Vec<Move> {
    let mut arrivals: Vec<(Span, usize)> = Vec::new();
    for (at, edit) in edits.iter().enumerate() {
        if let Edit::MovedHere { copy, .. } = edit {
            arrivals.push((copy.match_text, at));
        }
    }
    let mut taken = vec![false; edits.len()];
    let mut moves = Vec::new();
    for (at, edit) in edits.iter().enumerate() {
        let Edit::Moved { base: b, copy: c } = edit else {
            continue;
        };
        let there = meeting(&arrivals, c.match_text);
        let (Some((start, from)), Some((end, to))) = (there.first(), there.last()) else {
            continue;
        };
        if b.section != Section::Body || (*from..to + 1).any(|at| taken[at]) {
            continue;
        }
        taken[*from..to + 1].fill(true);
        let arrived = start.union(*end);
        moves.push(Move {
            base: base.passage(b.match_text),
            copy: copy.passage(arrived),
            base_edits: first + at..first + at + 1,
            copy_edits: first + from..first + to + 1,
            edited: arrived.len() != b.match_text.len(),
        });
    }
    moves
}

/// Those of `spans`, which ascend, that share a byte with `span`.
fn meeting(spans: &[(Span, usize)], span: Span) -> &[(Span, usize)] {
    let start = spans.partition_point(|(other, _)| other.end() <= span.start());
    let end = spans.partition_point(|(other, _)| other.start() < span.end());
    spans.get(start..end).unwrap_or_default()
}
