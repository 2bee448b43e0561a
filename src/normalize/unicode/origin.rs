//! Where text comes from.

use std::ops::Range;

use crate::text::TextMap;

/// Where text comes from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// It is the decoded text.
    Verbatim,
    /// It stands for this range of the decoded text, as a whole.
    Replaced(Range<usize>),
}

impl Origin {
    /// Where `range` of the text comes from.
    #[inline]
    pub(super) fn of(&self, range: Range<usize>) -> Range<usize> {
        match self {
            Self::Verbatim => range,
            Self::Replaced(all) => all.clone(),
        }
    }

    /// Notes in `map` that canonical text from `canonical` on is the text from `at` on.
    #[inline]
    pub(super) fn push(&self, map: &mut TextMap, canonical: usize, at: usize) {
        match self {
            Self::Verbatim => map.push_verbatim(canonical, at),
            Self::Replaced(all) => map.push_replaced(canonical, all.clone().into()),
        }
    }
}
