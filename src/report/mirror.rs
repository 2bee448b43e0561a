//! A relation seen from its other side.

use crate::text::{CommentChange, CommentChanges, Edit, Passage, Relation};

/// `relation` with base and copy exchanged. What speaks of the less complete one (verdict, cut,
/// parts lacking) stays as it is; `reversed` says who that is.
pub(crate) fn mirrored(relation: &Relation) -> Relation {
    let mut mirror = relation.clone();
    mirror.reversed = !relation.reversed;
    std::mem::swap(&mut mirror.of_base, &mut mirror.of_copy);
    for section in &mut mirror.sections {
        std::mem::swap(&mut section.of_base, &mut section.of_copy);
    }
    for edit in &mut mirror.edits {
        *edit = exchanged(*edit);
    }
    std::mem::swap(&mut mirror.assets.lacking, &mut mirror.assets.extra);
    for approximation in &mut mirror.approximations {
        std::mem::swap(&mut approximation.base, &mut approximation.copy);
    }
    mirror.comments = comments(&relation.comments);
    mirror
}

fn exchanged(edit: Edit) -> Edit {
    let swap = |base: Passage, copy: Passage| (copy, base);
    match edit {
        Edit::Same { base, copy } => {
            let (base, copy) = swap(base, copy);
            Edit::Same { base, copy }
        }
        Edit::Variant { base, copy } => {
            let (base, copy) = swap(base, copy);
            Edit::Variant { base, copy }
        }
        Edit::Lacking { base, at } => Edit::Extra { copy: base, at },
        Edit::Extra { copy, at } => Edit::Lacking { base: copy, at },
        Edit::Moved { base, copy } => Edit::MovedHere {
            copy: base,
            base: copy,
        },
        Edit::MovedHere { copy, base } => Edit::Moved {
            base: copy,
            copy: base,
        },
    }
}

fn comments(changes: &CommentChanges) -> CommentChanges {
    let swap = |pairs: &[(u32, u32)]| pairs.iter().map(|&(base, copy)| (copy, base)).collect();
    CommentChanges {
        present: swap(&changes.present),
        lacking: changes.extra.clone(),
        extra: changes.lacking.clone(),
        changed: changes
            .changed
            .iter()
            .map(|change| CommentChange {
                base: change.copy,
                copy: change.base,
            })
            .collect(),
        counters: swap(&changes.counters),
    }
}
