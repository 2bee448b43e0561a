//! Comment sections, recognised by structure.

use super::builder::Draft;
use crate::text::{Comment, CommentSection};

/// How comment sections are recognised: the built-in profiles and those of a user.
#[derive(Clone, Debug, Default)]
pub struct Profiles {}

impl Profiles {
    /// Whether an element with this `class` and `id` may be, or be around, a comment section.
    /// Called for every element that has either, so it must be cheap.
    pub(crate) fn hint(&self, class: &str, id: &str) -> bool {
        let _ = (class, id);
        false
    }

    /// Whether a block with this canonical text may be the heading of a comment section.
    /// Called for every short block.
    pub(crate) fn is_heading(&self, text: &str) -> bool {
        let _ = text;
        false
    }
}

/// Finds the comment sections of a draft: marks their blocks, splits blocks that hold both
/// byline and text, and gives the comments. `decoded` is the text that spans in the draft count
/// in; the spans of what is returned count in it too, and lines are filled in later.
pub(crate) fn recognise(
    draft: &mut Draft,
    decoded: &str,
    profiles: &Profiles,
) -> (Vec<CommentSection>, Vec<Comment>) {
    let _ = (draft, decoded, profiles);
    todo!("helper: comments")
}
