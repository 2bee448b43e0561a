//! Which moved passages are transposed, and which only stand more often in one witness.

use super::{Edit, Span};

/// Tells passages that stand in another order from such as one witness only has more often: the
/// former are moved as seen from both.
#[derive(Debug)]
pub struct Transpositions {
    /// Match text of the base that `Moved` edits take from it, and of the copy that `MovedHere`
    /// edits take from that; each ascending.
    from_base: Vec<Span>,
    from_copy: Vec<Span>,
}

impl Transpositions {
    /// Those among `edits`.
    pub fn of(edits: &[Edit]) -> Self {
        let mut found = Self {
            from_base: Vec::new(),
            from_copy: Vec::new(),
        };
        for edit in edits {
            match edit {
                Edit::Moved { base, .. } => found.from_base.push(base.match_text),
                Edit::MovedHere { copy, .. } => found.from_copy.push(copy.match_text),
                _ => {}
            }
        }
        found.from_base.sort_unstable();
        found.from_copy.sort_unstable();
        found
    }

    /// The moved passages among `edits`: the transposed ones, and the repeats.
    pub fn tell_apart<'e>(&self, edits: &'e [Edit]) -> (Vec<&'e Edit>, Vec<&'e Edit>) {
        let moved = edits
            .iter()
            .filter(|edit| matches!(edit, Edit::Moved { .. } | Edit::MovedHere { .. }));
        moved.partition(|edit| match edit {
            Edit::Moved { copy, .. } => meets(&self.from_copy, copy.match_text),
            Edit::MovedHere { base, .. } => meets(&self.from_base, base.match_text),
            _ => false,
        })
    }
}

/// Whether `span` shares a byte with one of `spans`, which ascend and do not overlap.
fn meets(spans: &[Span], span: Span) -> bool {
    let before = spans.partition_point(|other| other.start() < span.end());
    before
        .checked_sub(1)
        .is_some_and(|at| spans[at].end() > span.start())
}
