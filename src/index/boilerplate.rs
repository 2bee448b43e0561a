//! Text that so many texts of a heap have that it makes no two of them copies: headers, footers,
//! navigation, licences.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::postings::by_bucket;
use super::signature::Signature;
use crate::text::fold::has_sketch_text;
use crate::text::{Edit, GUARANTEE, Passage, Relation, Section, Span, Witness};

/// A passage is boilerplate if it is in more than this share of the texts, in percent, …
pub const PERCENT: usize = 10;

/// … and in more than this many. Below, a passage that several texts share is rather one text in
/// several versions.
pub const FLOOR: usize = 10;

/// In more texts than this a passage is boilerplate, however large the heap: the footer of a site
/// makes its pages no copies, if they lie among a thousand times as many others or not. Dumps hold
/// a text in a few versions, seldom in more than a dozen.
pub const CEILING: usize = 100;

/// Pages of one template have shorter passages than this in common beside it, in bytes of match
/// text, because they speak of the same things in the same phrases.
const PASSAGE_MIN: usize = 32;

/// A passage in more than this many of `texts` texts is boilerplate.
pub(super) fn limit(texts: usize) -> usize {
    (texts * PERCENT / 100).clamp(FLOOR, CEILING)
}

/// The blocks that are boilerplate in a heap.
#[derive(Clone, Debug, Default)]
pub struct CommonBlocks(HashSet<u64>);

impl CommonBlocks {
    /// Those of the heap with these signatures.
    pub fn of(signatures: &[&Signature]) -> Self {
        let limit = limit(signatures.len());
        if signatures.len() <= limit {
            return Self::default();
        }
        let lists: Vec<&[u64]> = signatures.iter().map(|s| &s.blocks[..]).collect();
        let frequent = by_bucket(
            &lists,
            |_| (),
            |entries| -> Vec<u64> {
                let postings = entries.chunk_by(|a, b| a.hash == b.hash);
                let frequent = postings.filter(|posting| posting.len() > limit);
                frequent.map(|posting| posting[0].hash).collect()
            },
        );
        Self(frequent.into_iter().flatten().collect())
    }

    /// Which blocks of `witness` are boilerplate; `signature` is its signature.
    pub fn mark(&self, witness: Arc<Witness>, signature: &Signature) -> Marked {
        let is_common = |hash: &u64| self.0.contains(hash);
        let mut common: Vec<Span> = Vec::new();
        if !self.0.is_empty() && signature.blocks.iter().any(is_common) {
            let blocks = witness.blocks.iter();
            let hashed = blocks.filter(|block| has_sketch_text(block.match_text(&witness)));
            let hashed = hashed.zip(&signature.blocks);
            for (block, _) in hashed.filter(|(_, hash)| is_common(hash)) {
                let span = block.match_text;
                match common.last_mut() {
                    Some(last) if last.end() == span.start() => *last = last.union(span),
                    _ => common.push(span),
                }
            }
        }
        Marked { witness, common }
    }
}

/// A witness, and what of it is boilerplate.
#[derive(Debug)]
pub struct Marked {
    /// The witness.
    pub witness: Arc<Witness>,
    /// The match text of its blocks that are boilerplate: ascending, neighbours joined.
    common: Vec<Span>,
}

impl Marked {
    /// The match text without blocks that are boilerplate; empty if it is nothing else.
    pub fn own_text(&self) -> Cow<'_, str> {
        let all = &self.witness.match_text[..];
        if self.common.is_empty() {
            return Cow::Borrowed(all);
        }
        let ends = std::iter::once(0).chain(self.common.iter().map(|span| span.end()));
        let starts = self.common.iter().map(|span| span.start());
        let starts = starts.chain(std::iter::once(all.len()));
        ends.zip(starts).map(|(from, to)| &all[from..to]).collect()
    }

    /// How many bytes of `span` are no boilerplate.
    fn own_len(&self, span: Span) -> usize {
        let first = self
            .common
            .partition_point(|common| common.end() <= span.start());
        let within = self.common[first..]
            .iter()
            .take_while(|common| common.start() < span.end());
        let common: usize = within
            .map(|common| common.end().min(span.end()) - common.start().max(span.start()))
            .sum();
        span.len() - common
    }
}

/// Whether what the two witnesses of `relation` share is more than boilerplate: of the text of the
/// less complete one that is no boilerplate, all, or half in passages that are no chance, or a
/// passage as long as the guarantee. A witness that is nothing but boilerplate is part of another
/// all the same.
pub fn shares_own_text(relation: &Relation, base: &Marked, copy: &Marked) -> bool {
    let less = if relation.reversed { base } else { copy };
    if less.common.is_empty() {
        return true;
    }
    let (mut shared, mut in_passages, mut longest) = (0, 0, 0);
    for edit in &relation.edits {
        let passage = match edit {
            Edit::Same { base, copy } => of_less(base, copy, relation.reversed),
            Edit::Moved { base, .. } | Edit::Repeated { base, .. } if relation.reversed => base,
            Edit::MovedHere { copy, .. } | Edit::RepeatedHere { copy, .. }
                if !relation.reversed =>
            {
                copy
            }
            _ => continue,
        };
        if passage.section == Section::Body {
            let own = less.own_len(passage.match_text);
            shared += own;
            in_passages += if own >= PASSAGE_MIN { own } else { 0 };
            longest = longest.max(own);
        }
    }
    let body = less.witness.section(Section::Body);
    let total: usize = body.map(|block| less.own_len(block.match_text)).sum();
    shared >= total || 2 * in_passages >= total || longest >= GUARANTEE
}

fn of_less<'p>(base: &'p Passage, copy: &'p Passage, reversed: bool) -> &'p Passage {
    if reversed { base } else { copy }
}

#[cfg(test)]
mod tests {
    use super::limit;

    #[test]
    fn what_many_texts_have_is_boilerplate_in_a_heap_of_any_size() {
        for (texts, expected) in [
            (2, 10),
            (100, 10),
            (300, 30),
            (1_000, 100),
            (1_000_000, 100),
        ] {
            assert_eq!(limit(texts), expected, "of {texts} texts");
        }
    }
}
