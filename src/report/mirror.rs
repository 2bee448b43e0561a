//! Edits seen from the other side.

use crate::text::Edit;

/// `edits` with base and copy exchanged. They stay in order, which is that of both texts.
pub(crate) fn mirrored(edits: &[Edit]) -> Vec<Edit> {
    edits.iter().map(exchanged).collect()
}

fn exchanged(edit: &Edit) -> Edit {
    match *edit {
        Edit::Same { base, copy } => Edit::Same {
            base: copy,
            copy: base,
        },
        Edit::Variant { base, copy } => Edit::Variant {
            base: copy,
            copy: base,
        },
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
        Edit::Repeated { base, copy } => Edit::RepeatedHere {
            copy: base,
            base: copy,
        },
        Edit::RepeatedHere { copy, base } => Edit::Repeated {
            base: copy,
            copy: base,
        },
    }
}
