//! How much text is at stake in a group: what would be lost if one kept the wrong copy.

use super::{Brief, Group};
use crate::text::Verdict;

impl Brief {
    /// Characters that one of the two has and the other has not. None if the two only share a
    /// passage, for neither stands for the other then.
    pub fn stake(&self) -> u64 {
        match self.verdict < Verdict::Overlapping {
            true => self.lacking + self.extra,
            false => 0,
        }
    }
}

impl Group {
    /// The same of each copy, in order; of copies with the same bytes, only the first counts.
    pub fn stakes(&self) -> Vec<u64> {
        (self.copies.iter())
            .map(|copy| match copy.same_as {
                Some(_) => 0,
                None => copy.brief.stake(),
            })
            .collect()
    }
}
