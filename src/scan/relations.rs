//! Relations of large documents, which take long to find, kept until they are shown.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::heap::Heap;
use crate::collate::collate;
use crate::text::{Relation, Witness};

/// A relation is kept if its two match texts have at least so many bytes together: there are few
/// such pairs, and each would take a second of its own to be compared again.
const LARGE: usize = 1 << 20;

/// How many bytes of relations are kept in all, about, or as many as the two texts of one have.
const ROOM: usize = 128 << 20;

/// Relations by base and copy. Whether one is kept changes how long a scan takes, and nothing else.
#[derive(Debug, Default)]
pub(super) struct Relations(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    by_pair: HashMap<(usize, usize), Arc<Relation>>,
    bytes: usize,
}

impl Relations {
    fn get(&self, pair: (usize, usize)) -> Option<Arc<Relation>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.by_pair.get(&pair).cloned()
    }

    /// Keeps the relation of a pair whose match texts have `len` bytes together, if there is room.
    fn keep(&self, pair: (usize, usize), relation: &Arc<Relation>, len: usize) {
        let bytes = size_of_val(&relation.edits[..]);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = kept.bytes + bytes <= ROOM.max(len);
        if fits && kept.by_pair.insert(pair, relation.clone()).is_none() {
            kept.bytes += bytes;
        }
    }
}

impl Heap<'_> {
    /// How `copy` stands to `base`. `None` if one of them is not what it was any more.
    pub fn relate(&self, base: usize, copy: usize) -> Option<Arc<Relation>> {
        let (opened_base, opened_copy) = (self.witness(base)?, self.witness(copy)?);
        Some(self.relate_opened((base, &opened_base), (copy, &opened_copy)))
    }

    /// The same for documents that are at hand as [`witness`](Heap::witness) gave them.
    pub fn relate_opened(
        &self,
        (base, base_witness): (usize, &Witness),
        (copy, copy_witness): (usize, &Witness),
    ) -> Arc<Relation> {
        if let Some(kept) = self.relations.get((base, copy)) {
            return kept;
        }
        let relation = Arc::new(collate(base_witness, copy_witness));
        let len = base_witness.match_text.len() + copy_witness.match_text.len();
        if len >= LARGE {
            self.relations.keep((base, copy), &relation, len);
        }
        relation
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Memory};
    use super::*;
    use crate::normalize::{Options, normalize};

    #[test]
    fn a_relation_of_large_documents_is_found_once() {
        for (words, is_kept) in [(1_000, false), (100_000, true)] {
            let text: String = (0..words).map(|word| format!("word{word} ")).collect();
            let documents = [("base", &text[..]), ("copy", &text[..text.len() / 2])];
            let documents = documents.map(|(path, text)| {
                let witness = normalize(text.as_bytes(), None, &Options::default());
                Document::new(path.to_owned(), witness.unwrap(), &Memory::unlimited())
            });
            let heap = Heap::new(documents.into(), &());
            let [one, again] = [(); 2].map(|()| heap.relate(0, 1).unwrap());
            assert_eq!(Arc::ptr_eq(&one, &again), is_kept, "{words} words");
            assert_eq!(format!("{one:?}"), format!("{again:?}"));
        }
    }
}
