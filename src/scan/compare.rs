//! Candidates -> groups of documents.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::brief::Brief;
use super::heap::{Document, Heap};
use super::texts::Texts;
use super::threshold::Threshold;
use super::{Group, Member, Proposal};
use crate::collate::{collate, may_relate};
use crate::index::boilerplate::{CommonBlocks, Marked, shares_own_text};
use crate::index::groups::{self, Bond, Star};
use crate::report::BaseReason;
use crate::text::{Relation, Verdict};

/// A document of a heap that is compared with several others.
pub(super) struct Opened<'h> {
    heap: &'h Heap<'h>,
    document: usize,
    /// What it says.
    pub marked: Marked,
}

impl<'h> Opened<'h> {
    /// The one `at` this place; `None` as in [`Heap::witness`].
    pub fn new(heap: &'h Heap<'h>, at: usize, common: &CommonBlocks) -> Option<Self> {
        let signature = &heap.documents().get(at)?.card.signature;
        Some(Self {
            heap,
            document: at,
            marked: common.mark(heap.witness(at)?, signature),
        })
    }

    /// How it stands to `base`, if they have more in common than boilerplate.
    pub fn related(&self, base: &Self) -> Option<Arc<Relation>> {
        let (own_base, own_copy) = (base.marked.own_text(), self.marked.own_text());
        // What is nothing but boilerplate is part of another all the same.
        let has_own = !own_base.is_empty() && !own_copy.is_empty();
        if has_own && !may_relate(&own_base, &own_copy) {
            return None;
        }
        let both = [base, self].map(|one| (one.document, &*one.marked.witness));
        let relation = self.heap.relate_opened(both[0], both[1]);
        let told = relation.verdict != Verdict::Unrelated
            && shares_own_text(&relation, &base.marked, &self.marked);
        told.then_some(relation)
    }
}

/// The groups by the path of their base, and how many pairs were compared.
pub(super) fn groups(
    heap: &Heap<'_>,
    proposal: &Proposal,
    threshold: &Threshold,
    done: impl Fn(usize) + Sync,
) -> (Vec<Group>, usize) {
    let texts = &proposal.texts;
    let (mut stars, compared) = stars(heap, proposal, threshold, done);
    if proposal.equals {
        add_lone_equals(texts, &mut stars);
    }

    let groups = stars
        .into_par_iter()
        .filter_map(|star| group(heap, texts, star, threshold));
    let mut groups: Vec<Group> = groups.collect();
    groups.par_sort_by_key(|group| &heap.documents()[group.base].path);
    (groups, compared)
}

/// The stars of the candidates, and how many pairs were compared.
pub(super) fn stars(
    heap: &Heap<'_>,
    proposal: &Proposal,
    threshold: &Threshold,
    done: impl Fn(usize) + Sync,
) -> (Vec<Star<Brief>>, usize) {
    let Proposal {
        texts,
        candidates,
        common,
        ..
    } = proposal;
    let parts = groups::parts(texts.len(), &candidates.pairs);
    let stars: Vec<(Vec<Star<Brief>>, usize)> = parts
        .par_iter()
        .map(|pairs| {
            let stars = compare_part(heap, texts, pairs, common, threshold, &done);
            // The others need no comparison.
            done(pairs.len().saturating_sub(stars.1));
            stars
        })
        .collect();
    let compared = stars.iter().map(|(_, compared)| compared).sum();
    let stars = stars.into_iter().flat_map(|(stars, _)| stars);
    (stars.collect(), compared)
}

/// The stars of one part of the candidates, and how many pairs were compared.
fn compare_part(
    heap: &Heap<'_>,
    texts: &Texts,
    pairs: &[(u32, u32)],
    common: &CommonBlocks,
    threshold: &Threshold,
    done: &(impl Fn(usize) + Sync),
) -> (Vec<Star<Brief>>, usize) {
    let mut compared = 0;
    let stars = groups::stars(pairs, |base, copies| {
        compared += copies.len();
        let base = Opened::new(heap, texts.first(base), common);
        let against = |copy: &u32| {
            let copy = Opened::new(heap, texts.first(*copy), common);
            let both = base.as_ref().zip(copy.as_ref());
            let relation = both.and_then(|(base, copy)| copy.related(base));
            let found = relation.map_or((Bond::None, None), |relation| bond(&relation, threshold));
            done(1);
            found
        };
        copies.par_iter().map(against).collect()
    });
    let told = stars.into_iter().map(|star| Star {
        base: star.base,
        copies: (star.copies.into_iter())
            .filter_map(|(copy, brief)| Some((copy, brief?)))
            .collect(),
    });
    (told.collect(), compared)
}

fn bond(relation: &Relation, threshold: &Threshold) -> (Bond, Option<Brief>) {
    let brief = Brief::from(relation);
    let bond = match relation.verdict {
        _ if !threshold.admits(&brief) => Bond::None,
        Verdict::Overlapping => Bond::Passage,
        _ => Bond::Copy,
    };
    (bond, Some(brief))
}

/// Texts that several documents have and that are in no star are groups too.
fn add_lone_equals(texts: &Texts, stars: &mut Vec<Star<Brief>>) {
    let mut placed = vec![false; texts.len()];
    for star in stars.iter() {
        placed[star.base as usize] = true;
        for (copy, brief) in &star.copies {
            placed[*copy as usize] |= brief.verdict != Verdict::Overlapping;
        }
    }
    for (text, placed) in (0..).zip(placed) {
        if !placed && texts.documents(text).len() > 1 {
            let copies = Vec::new();
            stars.push(Star { base: text, copies });
        }
    }
}

/// A star of texts as a group of documents.
fn group(
    heap: &Heap<'_>,
    texts: &Texts,
    star: Star<Brief>,
    threshold: &Threshold,
) -> Option<Group> {
    let documents = heap.documents();
    let base = texts.first(star.base);
    let mut copies: Vec<Member> = Vec::new();
    copies.extend(equals(heap, texts, star.base, base, None));
    for (text, brief) in star.copies {
        copies.push(Member::new(texts.first(text), brief));
        copies.extend(equals(heap, texts, text, base, Some(brief)));
    }
    copies.retain(|copy| threshold.admits(&copy.brief));
    copies.sort_by_key(|copy| (copy.brief.verdict, &documents[copy.document].path));
    note_same_bytes(documents, &mut copies);
    (!copies.is_empty()).then(|| Group {
        base,
        reason: reason(documents, base, &copies),
        copies,
    })
}

/// The documents that have the same text as the most complete one with `text`, as copies of `base`.
/// `first` is how the most complete one stands to it; `None` if it is the base itself.
fn equals(
    heap: &Heap<'_>,
    texts: &Texts,
    text: u32,
    base: usize,
    first: Option<Brief>,
) -> Vec<Member> {
    let profile = |at: usize| &heap.documents()[at].card.profile;
    let mut all = texts.documents(text);
    let Some(known) = all.next().map(profile) else {
        return Vec::new();
    };
    if all.len() == 0 {
        return Vec::new();
    }
    let base = heap.witness(base);
    let itself = || Some(Brief::from(&collate(base.as_deref()?, base.as_deref()?)));
    let same = first.or_else(itself);
    let relate = |copy: usize| {
        let is_same = |at: usize| {
            let profile = profile(at);
            profile.digest == known.digest && profile.format == known.format
        };
        if is_same(copy) {
            return same;
        }
        let relation = collate(base.as_deref()?, &*heap.witness(copy)?);
        Some(Brief::from(&relation))
    };
    let others: Vec<usize> = all.collect();
    let members = others.into_par_iter().filter_map(|copy| {
        // Hashes of equal texts are equal, but equal hashes only propose equal texts.
        let brief = relate(copy).filter(|brief| brief.verdict != Verdict::Unrelated)?;
        Some(Member::new(copy, brief))
    });
    members.collect()
}

impl Member {
    fn new(document: usize, brief: Brief) -> Self {
        Self {
            document,
            brief,
            same_as: None,
        }
    }
}

fn note_same_bytes(documents: &[Document], copies: &mut [Member]) {
    let mut first_with = HashMap::new();
    for copy in copies {
        let digest = documents[copy.document].card.profile.digest;
        let first = *first_with.entry(digest).or_insert(copy.document);
        if first != copy.document && copy.brief.verdict != Verdict::Identical {
            copy.same_as = Some(first);
        }
    }
}

fn reason(documents: &[Document], base: usize, copies: &[Member]) -> BaseReason {
    let own = documents[base].card.completeness;
    let copies = copies
        .iter()
        .map(|copy| documents[copy.document].card.completeness);
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
