//! Rule 2.

use super::builder::Builder;

/// Segments the decoded text of `builder` into blocks.
pub(crate) fn segment(builder: &mut Builder<'_>) {
    let _ = builder;
    todo!("helper")
}
