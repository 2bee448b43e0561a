use std::ops::Range;

use super::Passage;

/// A passage of the body that stands in another place in the copy: told once, with both places,
/// also when it was edited on the way.
///
/// The edits hold its text at both places, as they hold all text: what the copy has of it as
/// `Moved` and `MovedHere`, what it has not as `Lacking`, what only the copy has as `Extra`. So a
/// word that got lost on the way is lacking here as it is anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The passage in the base.
    pub base: Passage,
    /// The passage in the copy.
    pub copy: Passage,
    /// The edits that hold the passage of the base: indices into [`super::Relation::edits`], each
    /// `Moved` or `Lacking`.
    pub base_edits: Range<usize>,
    /// The edits that hold the passage of the copy, each `MovedHere` or `Extra`.
    pub copy_edits: Range<usize>,
    /// Whether one of the two passages has text that the other has not.
    pub edited: bool,
}
