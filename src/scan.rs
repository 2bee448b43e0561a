//! A heap of documents -> groups: index and collate put together.
//!
//! Of each document a [`Signature`] is kept, and its witness while there is room; of each relation
//! its numbers. [`Heap::relate`] gives the whole of a relation when somebody wants to see it; only those
//! of large documents are kept until then.
//!
//! Works in rayon's current thread pool; the result does not depend on it, nor on the order of the
//! documents, nor on what was kept.

mod boilerplate;
mod brief;
mod card;
mod compare;
pub mod folders;
mod heap;
mod memory;
pub mod pairs;
mod record;
mod relations;
mod scope;
mod stake;
mod texts;
mod threshold;
mod touching;

use std::collections::HashSet;

use crate::index::boilerplate::CommonBlocks;
use crate::index::candidates::Candidates;
use crate::index::signature::Signature;
use crate::report::BaseReason;

pub use boilerplate::Boilerplate;
pub use brief::Brief;
pub use card::Card;
pub use heap::{Document, Heap, ReadAgain};
pub use memory::Memory;
pub use scope::Scope;
use texts::Texts;
pub use threshold::Threshold;
pub use touching::{Pair, touching};

/// What was found in a heap. Documents are told by their index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The groups, by the path of their base.
    pub groups: Vec<Group>,
    /// What was treated as boilerplate, by the path of the document it was taken from.
    pub boilerplate: Vec<Boilerplate>,
    /// How many different texts there are: documents of equal match text are one.
    pub texts: usize,
    /// How many candidate pairs were compared.
    pub compared: usize,
}

/// A base and its copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The most complete document.
    pub base: usize,
    /// Why it is the base.
    pub reason: BaseReason,
    /// The others: by verdict, closest first, then by path.
    pub copies: Vec<Member>,
}

/// A copy in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The copy.
    pub document: usize,
    /// How it stands to the base.
    pub brief: Brief,
    /// A copy before it in this group that has the same bytes.
    pub same_as: Option<usize>,
}

/// Finds the copies in `heap`.
pub fn scan(heap: &Heap<'_>) -> Scan {
    let proposal = propose(heap, &Scope::default());
    compare(heap, &proposal, &Threshold::default(), |_| ())
}

/// Which documents of a heap are to be compared.
#[derive(Debug)]
pub struct Proposal {
    texts: Texts,
    candidates: Candidates,
    common: CommonBlocks,
    /// How many different texts there are, wherever they are.
    different: usize,
    /// Whether documents of one text are copies of one another by themselves.
    equals: bool,
}

impl Proposal {
    /// How many candidate pairs there are. Not all of them have to be compared.
    pub fn pairs(&self) -> usize {
        self.candidates.pairs.len()
    }
}

/// Proposes candidates: the first half of a [`scan`].
pub fn propose(heap: &Heap<'_>, scope: &Scope) -> Proposal {
    let documents = heap.documents();
    let texts = Texts::of(documents, scope);
    let signatures: Vec<&Signature> = texts
        .first_documents()
        .map(|at| &documents[at].card.signature)
        .collect();
    let first = || texts.first_documents().map(|at| &documents[at]);
    let places: Vec<u32> = first()
        .map(|document| scope.place(&document.path))
        .collect();
    let hashes: Vec<u128> = first().map(|document| document.card.text_hash).collect();
    Proposal {
        candidates: scope.propose(&signatures, &places, &hashes),
        common: CommonBlocks::of(&signatures),
        different: hashes.into_iter().collect::<HashSet<_>>().len(),
        texts,
        equals: !matches!(scope, Scope::Across(_)),
    }
}

/// Compares the candidates: the second half of a [`scan`]. `done` is told of how many pairs all is
/// known, a few at a time.
pub fn compare(
    heap: &Heap<'_>,
    proposal: &Proposal,
    threshold: &Threshold,
    done: impl Fn(usize) + Sync,
) -> Scan {
    let (groups, compared) = compare::groups(heap, proposal, threshold, done);
    Scan {
        groups,
        boilerplate: boilerplate::tell(heap, &proposal.texts, &proposal.candidates.boilerplate),
        texts: proposal.different,
        compared,
    }
}
