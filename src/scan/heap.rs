//! The documents of a heap: little is kept of each, and what each says only while there is room.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::card::Card;
use super::memory::{Kept, Memory};
use super::relations::Relations;
use crate::text::Witness;

/// A document of a heap.
#[derive(Debug)]
pub struct Document {
    /// Its path, unique in the heap. Decides where completeness does not.
    pub path: String,
    /// What is known of it.
    pub card: Card,
    kept: Option<Kept>,
}

impl Document {
    /// The document at `path` that says what `witness` does, which is kept if `memory` has room.
    pub fn new(path: String, witness: Witness, memory: &Memory) -> Self {
        Self {
            path,
            card: Card::from(&witness),
            kept: memory.keep(witness),
        }
    }

    /// Whether what it says is kept.
    pub fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    /// A document that was read before: it is read again when it is compared.
    pub fn known(path: String, card: Card) -> Self {
        Self {
            path,
            card,
            kept: None,
        }
    }
}

/// Where documents can be read again.
pub trait ReadAgain: Sync {
    /// What document `at` of the heap says, or `None` if it cannot be read any more.
    fn read_again(&self, at: usize) -> Option<Witness>;
}

/// Documents that are all kept.
impl ReadAgain for () {
    fn read_again(&self, _: usize) -> Option<Witness> {
        None
    }
}

/// Documents, and the way to what they say. Documents are told by their index.
pub struct Heap<'s> {
    documents: Vec<Document>,
    source: &'s dyn ReadAgain,
    changed: Mutex<BTreeSet<usize>>,
    pub(super) relations: Relations,
}

impl<'s> Heap<'s> {
    /// A heap of `documents`; those that are not kept are read again from `source` when they are
    /// compared.
    pub fn new(documents: Vec<Document>, source: &'s dyn ReadAgain) -> Self {
        Self {
            documents,
            source,
            changed: Mutex::default(),
            relations: Relations::default(),
        }
    }

    /// The documents.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// What document `at` says. `None` if it is not kept, and by now cannot be read or is not what
    /// it was; see [`changed`](Self::changed).
    pub fn witness(&self, at: usize) -> Option<Arc<Witness>> {
        let document = self.documents.get(at)?;
        let witness = match &document.kept {
            Some(kept) => Some(kept.open()),
            None => self.source.read_again(at),
        };
        let same = witness.filter(|witness| witness.digest == document.card.profile.digest);
        if same.is_none() {
            let mut changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
            changed.insert(at);
        }
        same.map(Arc::new)
    }

    /// The documents that were no longer what they had been when they were to be compared: nothing
    /// is said of them but that.
    pub fn changed(&self) -> Vec<usize> {
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        changed.iter().copied().collect()
    }
}
