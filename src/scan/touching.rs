//! What some documents of a heap are to the others: the part of a scan that a change asks for.

use rayon::prelude::*;

use super::compare::stars;
use super::texts::Texts;
use super::{Brief, Heap, Proposal, Scope, Threshold};
use crate::index::boilerplate::CommonBlocks;
use crate::index::candidates;
use crate::index::sieve::Sieve;
use crate::index::signature::Signature;
use crate::text::Verdict;

/// Two documents, at least one of which was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The more complete one.
    pub base: usize,
    /// The other.
    pub copy: usize,
    /// How it stands to the base.
    pub brief: Brief,
}

/// The copies among `heap` of which at least one is `touched`: each touched document with the most
/// complete one that it is a copy of, and the copies of it. By the path of the copy, then of the base.
///
/// Of the other documents only what they share with these is looked at, so that this takes time in
/// proportion to these, but for one pass over the signatures of all.
pub fn touching(heap: &Heap<'_>, touched: &[bool]) -> Vec<Pair> {
    let documents = heap.documents();
    let is_touched = |at: usize| touched.get(at).copied().unwrap_or(false);
    let texts = Texts::of(documents, &Scope::All);
    let of_text: Vec<bool> = (0..texts.len() as u32)
        .map(|text| texts.documents(text).any(is_touched))
        .collect();
    let whole: Vec<&Signature> = texts
        .first_documents()
        .filter_map(|at| documents.get(at))
        .map(|document| &document.card.signature)
        .collect();
    let signatures = shared(&whole, &of_text);
    let signatures: Vec<&Signature> = signatures.iter().collect();
    let concerns = |text: u32| of_text.get(text as usize).copied().unwrap_or(false);
    let proposal = Proposal {
        candidates: candidates::propose(&signatures, |one, two| concerns(one) || concerns(two)),
        common: CommonBlocks::of(&signatures),
        different: texts.len(),
        texts,
        equals: true,
    };
    let (stars, _) = stars(heap, &proposal, &Threshold::default(), |_| ());
    let mut pairs = Vec::new();
    for star in stars {
        let base = proposal.texts.first(star.base);
        for (copy, brief) in star.copies {
            let copies = proposal.texts.documents(copy);
            let wanted = copies.filter(|copy| is_touched(*copy) || is_touched(base));
            pairs.extend(wanted.map(|copy| Pair { base, copy, brief }));
        }
    }
    pairs.retain(|pair| pair.brief.verdict < Verdict::Overlapping);
    pairs.extend(equals(heap, &proposal.texts, &of_text, is_touched));
    pairs.sort_by_key(|pair| (path(heap, pair.copy), path(heap, pair.base)));
    pairs
}

fn path<'h>(heap: &'h Heap<'_>, at: usize) -> &'h str {
    let document = heap.documents().get(at);
    document.map_or("", |document| &document.path)
}

/// The signatures with only what they share with those that are `wanted`, which stay whole.
fn shared(signatures: &[&Signature], wanted: &[bool]) -> Vec<Signature> {
    let wanted = signatures.iter().zip(wanted).filter(|(_, wanted)| **wanted);
    let wanted: Vec<&Signature> = wanted.map(|(signature, _)| *signature).collect();
    let sieve = |list: fn(&Signature) -> &Vec<u64>| {
        let hashes = wanted.iter().flat_map(|signature| list(signature));
        Sieve::of(hashes.copied())
    };
    let fingerprints = sieve(|signature| &signature.fingerprints);
    let short_blocks = sieve(|signature| &signature.short_blocks);
    let blocks = sieve(|signature| &signature.blocks);
    signatures
        .par_iter()
        .map(|signature| Signature {
            fingerprints: fingerprints.sift(&signature.fingerprints),
            short_blocks: short_blocks.sift(&signature.short_blocks),
            blocks: blocks.sift(&signature.blocks),
            len: signature.len,
        })
        .collect()
}

/// Documents of one text, one of which is touched: each with the most complete one.
fn equals(
    heap: &Heap<'_>,
    texts: &Texts,
    of_text: &[bool],
    is_touched: impl Fn(usize) -> bool,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (text, _) in (0..).zip(of_text).filter(|(_, touched)| **touched) {
        let base = texts.first(text);
        let copies = texts.documents(text).skip(1);
        let copies = copies.filter(|copy| is_touched(*copy) || is_touched(base));
        pairs.extend(copies.filter_map(|copy| {
            let brief = Brief::from(&*heap.relate(base, copy)?);
            // Equal hashes only propose equal texts.
            (brief.verdict <= Verdict::Equivalent).then_some(Pair { base, copy, brief })
        }));
    }
    pairs
}
