//! Signatures -> candidate pairs.
//!
//! Texts are numbered by how complete they are, the most complete first; a pair is given with the
//! more complete one in front. Cost grows linearly with the number of fingerprints.

use std::collections::{BTreeSet, HashSet};

use super::boilerplate::limit;
use super::signature::{Fingerprint, Signature};

/// A fingerprint in more texts than this does not pair all with all, but each with the most
/// complete one: a star has as many pairs as texts, and the base of a group is the most complete.
const ALL_PAIRS_MAX: usize = 12;

/// What the signatures of a heap propose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Pairs, each once, ascending; the more complete text in front.
    pub pairs: Vec<(u32, u32)>,
    /// What was treated as boilerplate, ascending by place.
    pub boilerplate: Vec<Boilerplate>,
}

/// A passage that proposes no pair because too many texts have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Boilerplate {
    /// The most complete text that has it.
    pub text: u32,
    /// The blocks of that text that it begins and ends in.
    pub first_block: u32,
    /// See `first_block`.
    pub last_block: u32,
    /// How many texts have it.
    pub texts: u32,
}

/// Proposes pairs among `signatures`, which are in order of completeness, the most complete first.
pub fn propose(signatures: &[Signature]) -> Candidates {
    let mut pairs = BTreeSet::new();
    let limit = limit(signatures.len());
    let mut common = Common::new(signatures.len());
    for posting in postings(signatures).chunk_by(|a, b| a.hash == b.hash) {
        if posting.len() > limit {
            common.add(posting);
        } else {
            common.tell_apart(posting);
            pair(posting, &mut pairs);
        }
    }
    common.pair_those_without_own(signatures, &mut pairs);
    for posting in short_block_postings(signatures).chunk_by(|a, b| a.hash == b.hash) {
        if posting.len() <= limit {
            pair_short(posting, signatures, &mut pairs);
        }
    }
    Candidates {
        pairs: pairs.into_iter().collect(),
        boilerplate: common.boilerplate(),
    }
}

/// A fingerprint in a text. In order of hash, then of text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    hash: u64,
    text: u32,
    block: u32,
}

fn postings(signatures: &[Signature]) -> Vec<Entry> {
    entries(signatures, |signature| &signature.fingerprints, |_| true)
}

/// Short blocks that are in at least one short text.
fn short_block_postings(signatures: &[Signature]) -> Vec<Entry> {
    let short = signatures.iter().filter(|signature| signature.is_short());
    let wanted: HashSet<u64> = short
        .flat_map(|signature| &signature.short_blocks)
        .map(|f| f.hash)
        .collect();
    entries(
        signatures,
        |signature| &signature.short_blocks,
        |hash| wanted.contains(&hash),
    )
}

fn entries(
    signatures: &[Signature],
    of: fn(&Signature) -> &Vec<Fingerprint>,
    wanted: impl Fn(u64) -> bool,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (text, signature) in signatures.iter().enumerate() {
        let wanted = of(signature)
            .iter()
            .filter(|fingerprint| wanted(fingerprint.hash));
        entries.extend(wanted.map(|fingerprint| Entry {
            hash: fingerprint.hash,
            text: text as u32,
            block: fingerprint.block,
        }));
    }
    entries.sort_unstable();
    entries
}

fn pair(posting: &[Entry], pairs: &mut BTreeSet<(u32, u32)>) {
    for (at, one) in posting.iter().enumerate() {
        let reach = if posting.len() > ALL_PAIRS_MAX && at > 0 {
            at
        } else {
            posting.len()
        };
        pairs.extend(
            posting[at + 1..reach.max(at + 1)]
                .iter()
                .map(|two| (one.text, two.text)),
        );
    }
}

/// Short texts with the texts that have one of their blocks.
fn pair_short(posting: &[Entry], signatures: &[Signature], pairs: &mut BTreeSet<(u32, u32)>) {
    for (at, one) in posting.iter().enumerate() {
        let is_short = |entry: &Entry| signatures[entry.text as usize].is_short();
        let others = posting[at + 1..]
            .iter()
            .filter(|two| is_short(one) || is_short(two));
        pairs.extend(others.map(|two| (one.text, two.text)));
    }
}

/// Fingerprints that too many texts have.
struct Common {
    /// Texts that have a fingerprint which is not boilerplate.
    has_own: Vec<bool>,
    /// For each text with boilerplate, the rarest fingerprint of it: in how many texts, and the
    /// most complete of these.
    rarest: Vec<Option<(usize, u32)>>,
    /// One for each fingerprint.
    passages: Vec<Boilerplate>,
}

impl Common {
    fn new(texts: usize) -> Self {
        Self {
            has_own: vec![false; texts],
            rarest: vec![None; texts],
            passages: Vec::new(),
        }
    }

    fn tell_apart(&mut self, posting: &[Entry]) {
        for entry in posting {
            self.has_own[entry.text as usize] = true;
        }
    }

    fn add(&mut self, posting: &[Entry]) {
        let first = posting[0];
        self.passages.push(Boilerplate {
            text: first.text,
            first_block: first.block,
            last_block: first.block,
            texts: posting.len() as u32,
        });
        for entry in posting {
            let rarest = &mut self.rarest[entry.text as usize];
            let this = (posting.len(), first.text);
            *rarest = Some(rarest.map_or(this, |known| known.min(this)));
        }
    }

    /// A text that is nothing but boilerplate is a copy cut out of another, not a page of its own:
    /// it is proposed with the most complete text that has its rarest passage.
    fn pair_those_without_own(&self, signatures: &[Signature], pairs: &mut BTreeSet<(u32, u32)>) {
        for text in 0..signatures.len() {
            if let (false, Some((_, most_complete))) = (self.has_own[text], self.rarest[text])
                && most_complete != text as u32
            {
                pairs.insert((most_complete, text as u32));
            }
        }
    }

    /// The passages, neighbours joined: fingerprints of one text in the same or the next block.
    fn boilerplate(mut self) -> Vec<Boilerplate> {
        self.passages.sort_unstable();
        let mut joined: Vec<Boilerplate> = Vec::new();
        for passage in self.passages {
            match joined.last_mut() {
                Some(last)
                    if last.text == passage.text && passage.first_block <= last.last_block + 1 =>
                {
                    last.last_block = passage.last_block;
                    last.texts = last.texts.max(passage.texts);
                }
                _ => joined.push(passage),
            }
        }
        joined
    }
}
