//! Fingerprints that are everywhere -> passages that a reader recognises.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::heap::Heap;
use super::texts::Texts;
use crate::index::candidates::Boilerplate as CommonFingerprint;
use crate::index::signature::Signature;
use crate::text::Witness;

/// A passage that so many texts share that it makes no two of them copies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Boilerplate {
    /// Its beginning: canonical text of the block it begins in.
    pub excerpt: String,
    /// How many different texts have it.
    pub documents: usize,
}

/// How long the beginning of a boilerplate passage is told, in characters.
const EXCERPT_CHARS: usize = 80;

/// The passages of `common`, which is ascending, in order of text and place.
pub(super) fn tell(
    heap: &Heap<'_>,
    texts: &Texts,
    common: &[CommonFingerprint],
) -> Vec<Boilerplate> {
    let by_text: Vec<&[CommonFingerprint]> = common.chunk_by(|a, b| a.text == b.text).collect();
    let told = by_text.into_par_iter().map(|common| {
        let witness = heap.witness(texts.first(common[0].text));
        witness.map_or_else(Vec::new, |witness| passages(&witness, common))
    });
    told.flatten().collect()
}

/// Fingerprints in the same or the next block are one passage.
fn passages(witness: &Witness, common: &[CommonFingerprint]) -> Vec<Boilerplate> {
    let texts_with: HashMap<u64, u32> = common.iter().map(|c| (c.hash, c.texts)).collect();
    let mut seen = HashSet::new();
    let mut last_block: Option<u32> = None;
    let mut told: Vec<Boilerplate> = Vec::new();
    for place in Signature::places(witness) {
        let Some(documents) = texts_with.get(&place.hash).map(|texts| *texts as usize) else {
            continue;
        };
        if !seen.insert(place.hash) {
            continue;
        }
        match told.last_mut() {
            Some(last) if last_block.is_some_and(|block| place.block <= block + 1) => {
                last.documents = last.documents.max(documents);
            }
            _ => told.push(Boilerplate {
                excerpt: excerpt(witness, place.block),
                documents,
            }),
        }
        last_block = Some(place.block);
    }
    told
}

fn excerpt(witness: &Witness, block: u32) -> String {
    let block = witness.blocks.get(block as usize);
    let text = block.map_or("", |block| block.text(witness));
    text.chars().take(EXCERPT_CHARS).collect()
}
