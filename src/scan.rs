//! A heap of witnesses -> groups: index and collate put together.
//!
//! Works in rayon's current thread pool; the result does not depend on it, nor on the order of the
//! documents.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

use crate::collate::{Completeness, collate};
use crate::index::boilerplate::CommonBlocks;
use crate::index::candidates::{self, Boilerplate as CommonPassage};
use crate::index::groups::{self, Bond, Star};
use crate::index::signature::Signature;
use crate::report::BaseReason;
use crate::text::{Relation, Verdict, Witness};

/// A document of a heap.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path, unique in the heap. Decides where completeness does not.
    pub path: String,
    /// What it says.
    pub witness: Witness,
}

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
    pub relation: Relation,
    /// A copy before it in this group that has the same bytes.
    pub same_as: Option<usize>,
}

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

/// Finds the copies among `documents`.
pub fn scan(documents: &[Document]) -> Scan {
    let texts = distinct_texts(documents);
    let signatures: Vec<Signature> = texts
        .par_iter()
        .map(|text| Signature::of(&documents[text[0]].witness))
        .collect();
    let candidates = candidates::propose(&signatures);
    let common = CommonBlocks::of(&signatures);

    let parts = groups::parts(texts.len(), &candidates.pairs);
    let stars: Vec<(Vec<Star<Relation>>, usize)> = parts
        .par_iter()
        .map(|pairs| compare_part(documents, &texts, pairs, &common))
        .collect();
    let compared = stars.iter().map(|(_, compared)| compared).sum();
    let mut stars: Vec<Star<Relation>> = stars.into_iter().flat_map(|(stars, _)| stars).collect();
    add_lone_equals(&texts, &mut stars);

    let mut groups: Vec<Group> = stars
        .into_par_iter()
        .map(|star| group(documents, &texts, star))
        .collect();
    groups.sort_by_key(|group| &documents[group.base].path);
    Scan {
        groups,
        boilerplate: candidates
            .boilerplate
            .iter()
            .map(|passage| {
                boilerplate(&documents[texts[passage.text as usize][0]].witness, passage)
            })
            .collect(),
        texts: texts.len(),
        compared,
    }
}

/// Documents of equal match text, in one list each: most complete texts first, and in each the
/// most complete document first, then by path.
fn distinct_texts(documents: &[Document]) -> Vec<Vec<usize>> {
    let completeness: Vec<Completeness> = documents
        .par_iter()
        .map(|document| Completeness::of(&document.witness))
        .collect();
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|at| (Reverse(completeness[*at]), &documents[*at].path));
    let mut number_of: HashMap<&str, usize> = HashMap::new();
    let mut texts: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let number = *number_of
            .entry(&documents[at].witness.match_text)
            .or_insert(texts.len());
        match texts.get_mut(number) {
            Some(text) => text.push(at),
            None => texts.push(vec![at]),
        }
    }
    texts
}

/// The stars of one part of the candidates, and how many pairs were compared.
fn compare_part(
    documents: &[Document],
    texts: &[Vec<usize>],
    pairs: &[(u32, u32)],
    common: &CommonBlocks,
) -> (Vec<Star<Relation>>, usize) {
    let witness = |text: u32| &documents[texts[text as usize][0]].witness;
    let mut compared = 0;
    let stars = groups::stars(pairs, |base, copy| {
        compared += 1;
        let relation = collate(witness(base), witness(copy));
        let bond = match relation.verdict {
            _ if !common.allow(&relation, witness(base), witness(copy)) => Bond::None,
            Verdict::Unrelated => Bond::None,
            Verdict::Overlapping => Bond::Passage,
            _ => Bond::Copy,
        };
        (bond, relation)
    });
    (stars, compared)
}

/// Texts that several documents have and that are in no star are groups too.
fn add_lone_equals(texts: &[Vec<usize>], stars: &mut Vec<Star<Relation>>) {
    let mut placed = vec![false; texts.len()];
    for star in stars.iter() {
        placed[star.base as usize] = true;
        for (copy, relation) in &star.copies {
            placed[*copy as usize] |= relation.verdict != Verdict::Overlapping;
        }
    }
    for (text, members) in texts.iter().enumerate() {
        if !placed[text] && members.len() > 1 {
            stars.push(Star {
                base: text as u32,
                copies: Vec::new(),
            });
        }
    }
}

/// A star of texts as a group of documents.
fn group(documents: &[Document], texts: &[Vec<usize>], star: Star<Relation>) -> Group {
    let base_text = &texts[star.base as usize];
    let base = base_text[0];
    let relate = |copy: usize| collate(&documents[base].witness, &documents[copy].witness);
    let mut copies: Vec<Member> = Vec::new();
    let mut add = |copy: usize, relation: Relation| {
        copies.push(Member {
            document: copy,
            relation,
            same_as: None,
        });
    };
    for copy in &base_text[1..] {
        add(*copy, relate(*copy));
    }
    for (text, relation) in star.copies {
        let (first, others) = match texts[text as usize].split_first() {
            Some((first, others)) => (*first, others),
            None => continue,
        };
        for copy in others {
            let digest = |at: usize| documents[at].witness.digest;
            let same = digest(*copy) == digest(first);
            add(
                *copy,
                if same {
                    relation.clone()
                } else {
                    relate(*copy)
                },
            );
        }
        add(first, relation);
    }
    copies.sort_by_key(|copy| (copy.relation.verdict, &documents[copy.document].path));
    note_same_bytes(documents, &mut copies);
    Group {
        base,
        reason: reason(documents, base, &copies),
        copies,
    }
}

fn note_same_bytes(documents: &[Document], copies: &mut [Member]) {
    let mut first_with = HashMap::new();
    for copy in copies {
        let digest = documents[copy.document].witness.digest;
        let first = *first_with.entry(digest).or_insert(copy.document);
        if first != copy.document && copy.relation.verdict != Verdict::Identical {
            copy.same_as = Some(first);
        }
    }
}

fn reason(documents: &[Document], base: usize, copies: &[Member]) -> BaseReason {
    let own = Completeness::of(&documents[base].witness);
    let copies = copies
        .iter()
        .map(|copy| Completeness::of(&documents[copy.document].witness));
    let Some(next) = copies.max() else {
        return BaseReason::FirstPath;
    };
    if own.body > next.body {
        BaseReason::LongestBody {
            chars: own.body,
            next: next.body,
        }
    } else if own.comments > next.comments {
        BaseReason::MostComments
    } else if own.assets > next.assets {
        BaseReason::MostAssets
    } else {
        BaseReason::FirstPath
    }
}

fn boilerplate(witness: &Witness, passage: &CommonPassage) -> Boilerplate {
    let block = witness.blocks.get(passage.first_block as usize);
    let text = block.map_or("", |block| block.text(witness));
    Boilerplate {
        excerpt: text.chars().take(EXCERPT_CHARS).collect(),
        documents: passage.texts as usize,
    }
}
