//! Where text comes from.

use std::ops::Range;

use crate::text::TextMap;

/// Where a piece of text comes from: offsets in the decoded text.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// It stands there as it is, from this offset on.
    Verbatim(usize),
    /// It stands for this range, as a whole.
    Replaced(Range<usize>),
}

impl Origin {
    /// Where `range` of the piece comes from.
    #[inline]
    pub(super) fn of(&self, range: Range<usize>) -> Range<usize> {
        match self {
            Self::Verbatim(at) => at + range.start..at + range.end,
            Self::Replaced(all) => all.clone(),
        }
    }

    /// The origin of the piece's text from `at` on.
    #[inline]
    pub(super) fn from(&self, at: usize) -> Self {
        match self {
            Self::Verbatim(start) => Self::Verbatim(start + at),
            Self::Replaced(all) => Self::Replaced(all.clone()),
        }
    }

    /// Notes in `map` that canonical text from `text` on comes from here.
    #[inline]
    pub(super) fn push(self, map: &mut TextMap, text: usize) {
        match self {
            Self::Verbatim(at) => map.push_verbatim(text, at),
            Self::Replaced(all) => map.push_replaced(text, all.into()),
        }
    }
}
