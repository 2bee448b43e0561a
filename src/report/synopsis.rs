//! Three or more documents, row by row.

use super::{BaseReason, Entry};
use crate::text::{Relation, Table};

/// Several copies of a text against one of them.
#[derive(Clone, Copy, Debug)]
pub struct Synopsis<'a> {
    /// The one that the others are read against.
    pub base: Entry<'a>,
    /// Its place among all, from 0: they are reported in the order in which they were named.
    pub place: usize,
    /// Why it is the base.
    pub choice: BaseChoice,
    /// The others, and how each stands to the base.
    pub copies: &'a [(Entry<'a>, &'a Relation)],
    /// All of them, row by row.
    pub table: &'a Table,
}

/// Why a document is the base of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseChoice {
    /// It is the most complete one, and why.
    MostComplete(BaseReason),
    /// The others are as complete, and it was named first of them.
    FirstOfEqual,
    /// It was named first, and that was to decide.
    First,
}

impl<'a> Synopsis<'a> {
    /// The base and the copies, in the order in which they were named; with each copy its index.
    pub(crate) fn witnesses(&self) -> impl Iterator<Item = (Option<usize>, Entry<'a>)> {
        let (copies, base, place) = (self.copies, self.base, self.place);
        (0..=copies.len()).filter_map(move |at| {
            if at == place {
                return Some((None, base));
            }
            let copy = if at < place { at } else { at - 1 };
            Some((Some(copy), copies.get(copy)?.0))
        })
    }

    /// The siglum of a copy.
    pub(crate) fn siglum(&self, copy: usize) -> &'a str {
        self.copies.get(copy).map_or("", |(entry, _)| entry.siglum)
    }

    /// The witness at `at`: 0 is the base, 1 the first copy.
    pub(crate) fn witness(&self, at: usize) -> Entry<'a> {
        let copy = at.checked_sub(1).and_then(|copy| self.copies.get(copy));
        copy.map_or(self.base, |(entry, _)| *entry)
    }
}
