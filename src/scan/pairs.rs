//! Two folders -> which document of one is which of the other, by what they say.
//!
//! Equal texts are paired first, without a comparison where the bytes are equal. Then every
//! candidate pair is compared of which one text has no equal, and those that are closest to each
//! other are paired. What is then left over is a part of a document that is paired, or one more
//! copy of it, or in its folder only.
//!
//! What a folder lacks of a document is what none of its documents has of it.

mod edge;
mod matching;
mod outcome;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use rayon::prelude::*;

use super::compare::Opened;
use super::heap::Heap;
use super::{Boilerplate, Proposal, Scope, boilerplate};
use crate::report::Standing;
use crate::text::{Coverage, Lacunae, Loss, Verdict};

use edge::{Edge, Found};
use matching::Matching;

/// How the documents of two folders correspond. Documents are told by their index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// The pairs, by the path of the base, then that of the copy.
    pub pairs: Vec<Pair>,
    /// Documents without a counterpart, by path: of the first folder, of the second.
    pub only: [Vec<Only>; 2],
    /// What was treated as boilerplate.
    pub boilerplate: Vec<Boilerplate>,
    /// How many different texts there are.
    pub texts: usize,
    /// How many candidate pairs were compared.
    pub compared: usize,
}

/// A document of the first folder and one of the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// In the first folder.
    pub base: usize,
    /// In the second folder.
    pub copy: usize,
    /// What the pair is.
    pub standing: Standing,
    /// See [`Relation::verdict`](crate::text::Relation::verdict).
    pub verdict: Verdict,
    /// See [`Relation::reversed`](crate::text::Relation::reversed).
    pub reversed: bool,
    /// How much of the base the copy has, and of the copy the base; `None` if the bytes are the
    /// same.
    pub coverage: Option<(Coverage, Coverage)>,
    /// Whether a budget made the comparison coarser.
    pub approximated: bool,
    /// What of the base nothing in the second folder has, unless another pair tells it.
    pub lost: (Lacunae, Loss),
    /// What of the copy nothing in the first folder has, unless another pair tells it.
    pub gained: (Lacunae, Loss),
    /// Other documents of the second folder that have what the copy lacks of the base, ascending by
    /// path.
    pub elsewhere: Vec<usize>,
}

/// A document without a counterpart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// The document.
    pub document: usize,
    /// What of it nothing in the other folder has.
    pub loss: Loss,
    /// Documents of the other folder that share a passage with it, by path.
    pub near: Vec<usize>,
}

/// Pairs the documents of the two folders of `scope`, which must be [`Scope::Across`] of two, and
/// the one that `proposal` was made for. `done` is told of how many pairs all is known, a few at a
/// time.
///
/// Works in rayon's current thread pool, and the result does not depend on it.
pub fn pair(
    heap: &Heap<'_>,
    proposal: &Proposal,
    scope: &Scope,
    done: impl Fn(usize) + Sync,
) -> Pairing {
    let texts = Sides::of(heap, proposal, scope);
    let twins = texts.twins(heap);
    let wanted: Vec<(u32, u32)> = (proposal.candidates.pairs.iter())
        .filter_map(|pair| texts.oriented(*pair))
        .filter(|(base, copy)| !(twins.contains_key(base) && twins.contains_key(copy)))
        .collect();
    done(proposal.candidates.pairs.len() - wanted.len());
    let edges = compare(heap, proposal, &wanted, &done);
    let matching = Matching::of(heap, scope, &texts, &twins, &edges);
    let (pairs, only) = outcome::tell(heap, &texts, &edges, &matching);
    Pairing {
        pairs,
        only,
        boilerplate: boilerplate::tell(heap, &proposal.texts, &proposal.candidates.boilerplate),
        texts: proposal.different,
        compared: wanted.len(),
    }
}

/// The texts of a proposal, and the folder that each is of.
struct Sides<'p> {
    proposal: &'p Proposal,
    /// Whether the text is one of the first folder.
    in_base: Vec<bool>,
}

impl<'p> Sides<'p> {
    fn of(heap: &Heap<'_>, proposal: &'p Proposal, scope: &Scope) -> Self {
        let path = |at: usize| &heap.documents()[at].path;
        let first = proposal.texts.first_documents();
        let in_base = first.map(|at| scope.place(path(at)) == 0).collect();
        Self { proposal, in_base }
    }

    fn all(&self) -> std::ops::Range<u32> {
        0..self.in_base.len() as u32
    }

    fn in_base(&self, text: u32) -> bool {
        self.in_base[text as usize]
    }

    /// The documents that have `text`, the most complete first.
    fn documents(&self, text: u32) -> Vec<usize> {
        self.proposal.texts.documents(text).collect()
    }

    fn first(&self, text: u32) -> usize {
        self.proposal.texts.first(text)
    }

    /// A pair of texts of both folders, that of the first folder in front.
    fn oriented(&self, (one, two): (u32, u32)) -> Option<(u32, u32)> {
        match (self.in_base(one), self.in_base(two)) {
            (true, false) => Some((one, two)),
            (false, true) => Some((two, one)),
            _ => None,
        }
    }

    /// Texts that both folders have: each with the same one of the other folder.
    fn twins(&self, heap: &Heap<'_>) -> HashMap<u32, u32> {
        let hash = |text: u32| heap.documents()[self.first(text)].card.text_hash;
        let bases = self.all().filter(|text| self.in_base(*text));
        let by_hash: HashMap<u128, u32> = bases.map(|text| (hash(text), text)).collect();
        let copies = self.all().filter(|text| !self.in_base(*text));
        let pairs = copies.filter_map(|copy| Some((*by_hash.get(&hash(copy))?, copy)));
        pairs
            .flat_map(|(base, copy)| [(base, copy), (copy, base)])
            .collect()
    }
}

/// Compares pairs of texts. A text that stands in several pairs is opened once for those that
/// follow each other.
fn compare(
    heap: &Heap<'_>,
    proposal: &Proposal,
    wanted: &[(u32, u32)],
    done: &(impl Fn(usize) + Sync),
) -> Vec<Edge> {
    let of_one_base: Vec<&[(u32, u32)]> = wanted.chunk_by(|a, b| a.0 == b.0).collect();
    let edges = of_one_base.into_par_iter().flat_map(|pairs| {
        let open = |text| Opened::new(heap, proposal.texts.first(text), &proposal.common);
        let base = open(pairs[0].0);
        pairs
            .into_par_iter()
            .filter_map(move |(base_text, copy_text)| {
                let copy = open(*copy_text);
                let both = base.as_ref().zip(copy.as_ref());
                let found = both.and_then(|(base, copy)| {
                    let relation = copy.related(base)?;
                    Some(Found::new(
                        &relation,
                        &base.marked.witness,
                        &copy.marked.witness,
                    ))
                });
                done(1);
                Some(Edge {
                    base: *base_text,
                    copy: *copy_text,
                    found: found?,
                })
            })
    });
    edges.collect()
}
