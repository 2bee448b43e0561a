//! What a scan of the heap says of copies.

use lacuna::scan::{Heap, scan};
use lacuna::text::Verdict;

/// Documents that are related to one of them.
pub struct Related {
    /// The most complete one.
    pub base: usize,
    /// The others, and how each stands to it.
    pub copies: Vec<(usize, Verdict)>,
}

/// Scans `heap`.
pub fn groups(heap: &Heap<'_>) -> Vec<Related> {
    let groups = scan(heap).groups.into_iter();
    groups
        .map(|group| Related {
            base: group.base,
            copies: (group.copies.iter())
                .map(|copy| (copy.document, copy.brief.verdict))
                .collect(),
        })
        .collect()
}
