//! Signatures -> candidate pairs.
//!
//! Texts are numbered by how complete they are, the most complete first; a pair is given with the
//! more complete one in front. Cost grows linearly with the number of fingerprints.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::boilerplate::limit;
use super::postings::{Entry, by_bucket};
use super::signature::Signature;

/// A fingerprint in more texts than this does not pair all with all, but each with the most
/// complete one: a star has as many pairs as texts, and the base of a group is the most complete.
const ALL_PAIRS_MAX: usize = 12;

/// What the signatures of a heap propose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Pairs, each once, ascending; the more complete text in front.
    pub pairs: Vec<(u32, u32)>,
    /// What was treated as boilerplate, ascending.
    pub boilerplate: Vec<Boilerplate>,
}

/// A fingerprint that proposes no pair because too many texts have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Boilerplate {
    /// The most complete text that has it.
    pub text: u32,
    /// The fingerprint.
    pub hash: u64,
    /// How many texts have it.
    pub texts: u32,
}

/// Proposes pairs among `signatures`, which are in order of completeness, the most complete first;
/// only those of two texts that are `apart`. Works in rayon's current thread pool.
pub fn propose(signatures: &[&Signature], apart: impl Fn(u32, u32) -> bool + Sync) -> Candidates {
    let limit = limit(signatures.len());
    let common = Common::new(signatures.len());
    let lists: Vec<&[u64]> = signatures.iter().map(|s| &s.fingerprints[..]).collect();
    let own = |text| common.add_own(text);
    let found = by_bucket(&lists, own, |entries| {
        let (mut pairs, mut boilerplate) = (Pairs::default(), Vec::new());
        for posting in entries.chunk_by(|a, b| a.hash == b.hash) {
            if posting.len() > limit {
                boilerplate.push(common.add(posting));
            } else {
                posting.iter().for_each(|entry| common.add_own(entry.text));
                pairs.add(posting, &apart, |_, _| true);
            }
        }
        (pairs.once_each(), boilerplate)
    });
    let (mut pairs, mut boilerplate) = (Vec::new(), Vec::new());
    for (more_pairs, more_boilerplate) in found {
        pairs.extend(more_pairs);
        boilerplate.extend(more_boilerplate);
    }
    let without_own = common.pairs_of_those_without_own();
    pairs.extend(without_own.filter(|(one, two)| apart(*one, *two)));
    pairs.extend(short_pairs(signatures, &apart, limit));
    pairs.par_sort_unstable();
    pairs.dedup();
    boilerplate.sort_unstable();
    Candidates { pairs, boilerplate }
}

/// Short texts with the texts that have one of their blocks.
fn short_pairs(
    signatures: &[&Signature],
    apart: &(impl Fn(u32, u32) -> bool + Sync),
    limit: usize,
) -> Vec<(u32, u32)> {
    let short = signatures.iter().filter(|signature| signature.is_short());
    let wanted: HashSet<u64> = short.flat_map(|s| s.short_blocks.iter().copied()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let lists: Vec<Vec<u64>> = signatures
        .par_iter()
        .map(|signature| {
            let blocks = signature.short_blocks.iter().copied();
            blocks.filter(|hash| wanted.contains(hash)).collect()
        })
        .collect();
    let lists: Vec<&[u64]> = lists.iter().map(|list| &list[..]).collect();
    let is_short = |entry: &Entry| signatures[entry.text as usize].is_short();
    let found = by_bucket(
        &lists,
        |_| (),
        |entries| {
            let mut pairs = Pairs::default();
            let postings = entries.chunk_by(|a, b| a.hash == b.hash);
            for posting in postings.filter(|posting| posting.len() <= limit) {
                pairs.add(posting, apart, |one, two| is_short(one) || is_short(two));
            }
            pairs.once_each()
        },
    );
    found.into_iter().flatten().collect()
}

/// Pairs that one bucket proposes.
#[derive(Default)]
struct Pairs(Vec<(u32, u32)>);

impl Pairs {
    /// Those pairs of texts of `posting` that are `apart` and `wanted`: all of them; or of many texts
    /// each with the most complete one, or if it is not apart from that, with the most complete one
    /// that is.
    fn add(
        &mut self,
        posting: &[Entry],
        apart: &impl Fn(u32, u32) -> bool,
        wanted: impl Fn(&Entry, &Entry) -> bool,
    ) {
        let apart = |one: &Entry, two: &Entry| apart(one.text, two.text);
        let mut add = |one: &Entry, two: &Entry| {
            if wanted(one, two) && apart(one, two) {
                self.0.push((one.text, two.text));
            }
        };
        if posting.len() <= ALL_PAIRS_MAX {
            for (at, one) in posting.iter().enumerate() {
                posting[at + 1..].iter().for_each(|two| add(one, two));
            }
            return;
        }
        let first = &posting[0];
        let second = posting.iter().find(|two| apart(first, two));
        for text in &posting[1..] {
            match second {
                Some(second) if !apart(first, text) => add(second.min(text), second.max(text)),
                _ => add(first, text),
            }
        }
    }

    fn once_each(mut self) -> Vec<(u32, u32)> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}

/// What fingerprints that too many texts have say of each text.
struct Common {
    /// Texts that have a fingerprint which is not boilerplate.
    has_own: Vec<AtomicBool>,
    /// For each text with boilerplate, the rarest fingerprint of it: in how many texts (upper
    /// half), and the most complete of these (lower half).
    rarest: Vec<AtomicU64>,
}

const NO_BOILERPLATE: u64 = u64::MAX;

impl Common {
    fn new(texts: usize) -> Self {
        Self {
            has_own: (0..texts).map(|_| AtomicBool::new(false)).collect(),
            rarest: (0..texts).map(|_| AtomicU64::new(NO_BOILERPLATE)).collect(),
        }
    }

    fn add_own(&self, text: u32) {
        self.has_own[text as usize].store(true, Ordering::Relaxed);
    }

    fn add(&self, posting: &[Entry]) -> Boilerplate {
        let (first, texts) = (posting[0], posting.len() as u32);
        let this = u64::from(texts) << 32 | u64::from(first.text);
        for entry in posting {
            self.rarest[entry.text as usize].fetch_min(this, Ordering::Relaxed);
        }
        Boilerplate {
            text: first.text,
            hash: first.hash,
            texts,
        }
    }

    /// A text that is nothing but boilerplate is a copy cut out of another, not a page of its own:
    /// it is proposed with the most complete text that has its rarest passage.
    fn pairs_of_those_without_own(self) -> impl Iterator<Item = (u32, u32)> {
        let texts = self.has_own.into_iter().zip(self.rarest);
        texts.enumerate().filter_map(|(text, (own, rarest))| {
            let (text, rarest) = (text as u32, rarest.into_inner());
            let most_complete = rarest as u32;
            let alone = !own.into_inner() && rarest != NO_BOILERPLATE;
            (alone && most_complete != text).then_some((most_complete, text))
        })
    }
}
