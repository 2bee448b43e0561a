//! What a scan of the heap says of copies.

use lacuna::scan::{Heap, ReadAgain, scan};
use lacuna::source::Input;
use lacuna::text::{Verdict, Witness};

use crate::reading::{Reader, Reading};

/// Documents that are related to one of them.
pub struct Related {
    /// The most complete one.
    pub base: usize,
    /// The others, and how each stands to it.
    pub copies: Vec<(usize, Verdict)>,
}

/// Inputs that were read, to be read again.
pub struct Inputs<'a> {
    pub inputs: &'a [Input],
    pub reader: &'a Reader,
}

impl ReadAgain for Inputs<'_> {
    fn read_again(&self, at: usize) -> Option<Witness> {
        match self.reader.read(self.inputs.get(at)?) {
            Reading::Read(witness) => Some(*witness),
            Reading::Excluded(_) | Reading::Unreadable(_) => None,
        }
    }
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
