//! Comments correspond by identity: author, date and text, as match text. The order of a list,
//! its markup and its counters do not matter. Of two comments by one author on one day, those are
//! one comment, changed, whose texts are most alike; texts that are not alike are two comments.

use std::collections::{HashMap, HashSet, VecDeque};

use super::count_chars;
use super::likeness::likeness;
use super::verdict::Comments;
use crate::text::{
    Comment, CommentChange, CommentChanges, Coverage, GUARANTEE, Lacks, Section, SectionRelation,
    Verdict, Witness, fold,
};

/// Compares the comments of two witnesses. Each comment corresponds to one other at the most;
/// equal ones are matched in order.
pub(super) fn compare(base: &Witness, copy: &Witness) -> CommentChanges {
    let base_keys = keys(base);
    let copy_keys = keys(copy);
    let mut open = Unmatched {
        base: (0..base_keys.len() as u32).collect(),
        copy: (0..copy_keys.len() as u32).collect(),
    };
    let present = open.pair(&base_keys, &copy_keys, |key| {
        Some((&key.author, &key.date, &key.text))
    });
    let same_text = open.pair(&base_keys, &copy_keys, |key| {
        (!key.text.is_empty() && !key.author.is_empty()).then_some((&key.author, &key.text))
    });
    let same_byline = open.pair_alike(&base_keys, &copy_keys);
    let mut changed: Vec<CommentChange> = same_text
        .into_iter()
        .chain(same_byline)
        .map(|(base, copy)| CommentChange { base, copy })
        .collect();
    changed.sort_unstable_by_key(|change| change.base);
    let counters = present.iter().copied().filter(|(b, c)| {
        base.comments[*b as usize].counters != copy.comments[*c as usize].counters
    });
    CommentChanges {
        counters: counters.collect(),
        present,
        lacking: open.base,
        extra: open.copy,
        changed,
    }
}

/// What the comments say, seen from the copy, or from the base if `reversed`.
pub(super) fn sum_up(
    changes: &CommentChanges,
    base: &Witness,
    copy: &Witness,
    reversed: bool,
) -> Comments {
    let texts = changes
        .present
        .iter()
        .map(|(at, _)| &base.comments[*at as usize]);
    let mut lengths = texts.map(|comment| text_blocks(base, comment).map(str::len).sum::<usize>());
    let share_passage = lengths.any(|len| len >= GUARANTEE);
    Comments {
        verdict: verdict(changes, base, copy, reversed, share_passage),
        any_present: !changes.present.is_empty(),
        share_passage,
    }
}

fn verdict(
    changes: &CommentChanges,
    base: &Witness,
    copy: &Witness,
    reversed: bool,
    share_passage: bool,
) -> Verdict {
    let (lacking, own, less) = if reversed {
        (&changes.extra, &changes.lacking, base)
    } else {
        (&changes.lacking, &changes.extra, copy)
    };
    if own.is_empty() && changes.changed.is_empty() {
        // Never truncated: a list grows at either end, and a shorter one is no text cut off.
        if lacking.is_empty() {
            Verdict::Equivalent
        } else {
            Verdict::Contained
        }
    } else if 2 * changes.present.len() >= less.comments.len() && !changes.present.is_empty() {
        Verdict::Revised
    } else if share_passage {
        Verdict::Overlapping
    } else {
        Verdict::Unrelated
    }
}

/// How the comments of both correspond, if either has any.
pub(super) fn section(
    changes: &CommentChanges,
    base: &Witness,
    copy: &Witness,
    reversed: bool,
) -> Option<SectionRelation> {
    if base.comments.is_empty() && copy.comments.is_empty() {
        return None;
    }
    let (of_base, of_copy) = coverage(changes, base, copy);
    Some(SectionRelation {
        section: Section::Comments,
        verdict: sum_up(changes, base, copy, reversed).verdict,
        of_base,
        of_copy,
        lacks: lacks(changes, base, copy, reversed),
    })
}

/// Which of the more complete witness's comments the other lacks, by their place in its list.
fn lacks(changes: &CommentChanges, base: &Witness, copy: &Witness, reversed: bool) -> Lacks {
    let (lacking, total): (HashSet<u32>, _) = if reversed {
        (changes.extra.iter().copied().collect(), copy.comments.len())
    } else {
        (
            changes.lacking.iter().copied().collect(),
            base.comments.len(),
        )
    };
    let is_there = |at: &u32| !lacking.contains(at);
    let first = (0..total as u32).find(is_there);
    let last = (0..total as u32).rev().find(is_there);
    let mut lacks = Lacks::default();
    for at in lacking {
        if last.is_none_or(|last| at > last) {
            lacks.tail = true;
        } else if first.is_some_and(|first| at < first) {
            lacks.head = true;
        } else {
            lacks.gap = true;
        }
    }
    lacks
}

/// How much of the text of the comments corresponds: of the base's, of the copy's.
fn coverage(changes: &CommentChanges, base: &Witness, copy: &Witness) -> (Coverage, Coverage) {
    let of = |witness: &Witness, open: &[u32], changed: &mut dyn Iterator<Item = u32>| {
        let total = witness
            .comments
            .iter()
            .map(|comment| chars(witness, comment))
            .sum();
        let mut coverage = Coverage {
            aligned: total,
            total,
        };
        for at in open.iter().copied().chain(changed) {
            coverage.aligned -= chars(witness, &witness.comments[at as usize]);
        }
        coverage
    };
    (
        of(
            base,
            &changes.lacking,
            &mut changes.changed.iter().map(|change| change.base),
        ),
        of(
            copy,
            &changes.extra,
            &mut changes.changed.iter().map(|change| change.copy),
        ),
    )
}

/// What identifies a comment.
struct Key {
    author: String,
    date: String,
    text: String,
}

/// How much of the shorter of two texts must be in the other for them to be one comment, changed.
const ALIKE: f64 = 0.5;

/// How many comments with one author and date a comment is compared with, at most. More have one
/// author only where nobody gives a name.
const SAME_BYLINE_MAX: usize = 64;

impl Key {
    /// Author and date, if it has both.
    fn byline(&self) -> Option<(&str, &str)> {
        let has_both = !self.author.is_empty() && !self.date.is_empty();
        has_both.then_some((&self.author, &self.date))
    }

    /// How alike its text is to that of a comment with the same byline. If the date has the time of
    /// the day, the byline alone says that they are one.
    fn likeness(&self, other: &Self) -> f64 {
        let least = if self.date.contains('T') { ALIKE } else { 0.0 };
        likeness(&self.text, &other.text).max(least)
    }
}

fn keys(witness: &Witness) -> Vec<Key> {
    witness
        .comments
        .iter()
        .map(|comment| key(witness, comment))
        .collect()
}

fn key(witness: &Witness, comment: &Comment) -> Key {
    let folded = |text: &str| {
        let mut out = String::new();
        fold::match_text(text, false, &mut out);
        out
    };
    Key {
        author: folded(&comment.author),
        date: folded(&comment.date),
        text: text_blocks(witness, comment).collect(),
    }
}

fn chars(witness: &Witness, comment: &Comment) -> u64 {
    text_blocks(witness, comment).map(count_chars).sum()
}

fn text_blocks<'w>(witness: &'w Witness, comment: &Comment) -> impl Iterator<Item = &'w str> {
    let blocks = comment.blocks.start as usize..comment.blocks.end as usize;
    let blocks = witness.blocks.get(blocks).unwrap_or_default();
    blocks.iter().map(|block| block.match_text(witness))
}

/// Comments that correspond to none so far: ascending indices.
struct Unmatched {
    base: Vec<u32>,
    copy: Vec<u32>,
}

impl Unmatched {
    /// Takes out pairs with equal keys, in order. A comment without a key stays.
    fn pair<'k, K: std::hash::Hash + Eq>(
        &mut self,
        base: &'k [Key],
        copy: &'k [Key],
        key: impl Fn(&'k Key) -> Option<K>,
    ) -> Vec<(u32, u32)> {
        let mut waiting: HashMap<K, VecDeque<u32>> = HashMap::new();
        for at in &self.copy {
            if let Some(key) = key(&copy[*at as usize]) {
                waiting.entry(key).or_default().push_back(*at);
            }
        }
        let mut pairs = Vec::new();
        self.base.retain(|at| {
            let twins = key(&base[*at as usize]).and_then(|key| waiting.get_mut(&key));
            match twins.and_then(VecDeque::pop_front) {
                Some(twin) => {
                    pairs.push((*at, twin));
                    false
                }
                None => true,
            }
        });
        self.take(&pairs);
        pairs
    }

    /// Takes out pairs with one author and date whose texts are alike, the most alike first.
    fn pair_alike(&mut self, base: &[Key], copy: &[Key]) -> Vec<(u32, u32)> {
        let mut waiting: HashMap<(&str, &str), Vec<u32>> = HashMap::new();
        for at in &self.copy {
            if let Some(byline) = copy[*at as usize].byline() {
                waiting.entry(byline).or_default().push(*at);
            }
        }
        let mut alike = Vec::new();
        for at in &self.base {
            let key = &base[*at as usize];
            let others = key.byline().and_then(|byline| waiting.get(&byline));
            for other in others.into_iter().flatten().take(SAME_BYLINE_MAX) {
                let likeness = key.likeness(&copy[*other as usize]);
                alike.extend((likeness >= ALIKE).then_some((likeness, *at, *other)));
            }
        }
        alike.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut taken = (HashSet::new(), HashSet::new());
        let mut pairs = Vec::new();
        for (_, base, copy) in alike {
            if !taken.0.contains(&base) && !taken.1.contains(&copy) {
                taken.0.insert(base);
                taken.1.insert(copy);
                pairs.push((base, copy));
            }
        }
        self.take(&pairs);
        pairs
    }

    fn take(&mut self, pairs: &[(u32, u32)]) {
        let (base, copy): (HashSet<u32>, HashSet<u32>) = pairs.iter().copied().unzip();
        self.base.retain(|at| !base.contains(at));
        self.copy.retain(|at| !copy.contains(at));
    }
}
