use crate::text::{Coverage, Edit, Relation, Verdict};

/// What is kept of a relation: enough to count, to order and to sum up by. The whole of it is
/// found again by [`Heap::relate`](super::Heap::relate).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brief {
    /// See [`Relation::verdict`].
    pub verdict: Verdict,
    /// See [`Relation::reversed`].
    pub reversed: bool,
    /// See [`Relation::of_base`].
    pub of_base: Coverage,
    /// See [`Relation::of_copy`].
    pub of_copy: Coverage,
    /// Text that only the base has, in characters of match text.
    pub lacking: u64,
    /// Text that only the copy has, in characters of match text.
    pub extra: u64,
    /// The longest passage that stands in both without a break, in characters of match text. Of
    /// documents that only have comments, what they share.
    pub passage: u64,
    /// Comments that only the base has.
    pub comments_lacking: u32,
    /// Comments that only the copy has.
    pub comments_extra: u32,
    /// Whether a budget made the relation coarser.
    pub approximated: bool,
}

impl From<&Relation> for Brief {
    fn from(relation: &Relation) -> Self {
        Self {
            verdict: relation.verdict,
            reversed: relation.reversed,
            of_base: relation.of_base,
            of_copy: relation.of_copy,
            lacking: relation.lacking().map(|passage| passage.chars).sum(),
            extra: relation.extra().map(|passage| passage.chars).sum(),
            passage: longest_passage(relation),
            comments_lacking: relation.comments.lacking.len() as u32,
            comments_extra: relation.comments.extra.len() as u32,
            approximated: !relation.approximations.is_empty(),
        }
    }
}

fn longest_passage(relation: &Relation) -> u64 {
    if relation.edits.is_empty() {
        return relation.of_base.aligned;
    }
    let (mut longest, mut run, mut section) = (0, 0, None);
    for edit in &relation.edits {
        let passage = match edit {
            Edit::Same { base, .. } => {
                if section.replace(base.section) != Some(base.section) {
                    run = 0;
                }
                run += base.chars;
                run
            }
            Edit::Moved { base, .. } | Edit::Repeated { base, .. } => {
                run = 0;
                base.chars
            }
            _ => {
                run = 0;
                0
            }
        };
        longest = longest.max(passage);
    }
    longest
}
