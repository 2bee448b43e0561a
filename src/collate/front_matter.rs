//! Front matter is compared key by key: it has no order, and what a key says may stand in the
//! other witness as a block of its own, a title as its heading.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::reading::Atlas;
use crate::text::{Block, Edit, Section, Span, Witness};

/// The edits that lead from the front matter of `base` to that of `copy`: in order of the base,
/// then what only the copy has.
pub(super) fn compare(base: &Atlas<'_>, copy: &Atlas<'_>) -> Vec<Edit> {
    let mut in_copy = Entries::of(copy);
    let mut edits = Vec::new();
    for block in entries(base) {
        let passage = base.passage(block.match_text);
        edits.push(match in_copy.find(block.match_text(base.witness)) {
            Some((Found::Same, span)) => Edit::Same {
                base: passage,
                copy: copy.passage(span),
            },
            Some((Found::OtherValue, span)) => Edit::Variant {
                base: passage,
                copy: copy.passage(span),
            },
            Some((Found::Elsewhere, span)) => Edit::Moved {
                base: passage,
                copy: copy.passage(span),
            },
            None => Edit::Lacking {
                base: passage,
                at: copy.place(0, Section::FrontMatter),
            },
        });
    }
    let in_base = Entries::of(base);
    for block in entries(copy).filter(|block| !in_copy.taken.contains(&block.match_text)) {
        let passage = copy.passage(block.match_text);
        edits.push(
            match in_base.value_elsewhere(block.match_text(copy.witness)) {
                Some(span) => Edit::MovedHere {
                    copy: passage,
                    base: base.passage(span),
                },
                None => Edit::Extra {
                    copy: passage,
                    at: base.place(0, Section::FrontMatter),
                },
            },
        );
    }
    edits
}

/// How an entry was found.
enum Found {
    /// The same key with the same value.
    Same,
    /// The same key with another value.
    OtherValue,
    /// Its value, as a block that is no front matter.
    Elsewhere,
}

/// The front matter of a witness, to look entries up in. Each corresponds to one other at most.
struct Entries<'a, 'w> {
    atlas: &'a Atlas<'w>,
    by_text: HashMap<&'w str, Vec<Span>>,
    by_key: HashMap<&'w str, Vec<Span>>,
    /// Blocks that are no front matter; the first of equal ones. Most documents never need it.
    others: OnceCell<HashMap<&'w str, Span>>,
    taken: HashSet<Span>,
}

impl<'a, 'w> Entries<'a, 'w> {
    fn of(atlas: &'a Atlas<'w>) -> Self {
        let mut found = Self {
            atlas,
            by_text: HashMap::new(),
            by_key: HashMap::new(),
            others: OnceCell::new(),
            taken: HashSet::new(),
        };
        let blocks: Vec<&Block> = entries(atlas).collect();
        // Last first, so that the first of equal ones is taken first.
        for block in blocks.into_iter().rev() {
            let text = block.match_text(atlas.witness);
            let key = key_and_value(text).0;
            for (map, key) in [(&mut found.by_text, text), (&mut found.by_key, key)] {
                map.entry(key).or_default().push(block.match_text);
            }
        }
        found
    }

    fn find(&mut self, text: &str) -> Option<(Found, Span)> {
        if let Some(span) = take(self.by_text.get_mut(text), &mut self.taken) {
            return Some((Found::Same, span));
        }
        if let Some(span) = self.value_elsewhere(text) {
            return Some((Found::Elsewhere, span));
        }
        let span = take(self.by_key.get_mut(key_and_value(text).0), &mut self.taken)?;
        Some((Found::OtherValue, span))
    }

    fn value_elsewhere(&self, text: &str) -> Option<Span> {
        let others = self.others.get_or_init(|| others(self.atlas.witness));
        others.get(key_and_value(text).1).copied()
    }
}

fn others(witness: &Witness) -> HashMap<&str, Span> {
    let blocks = witness.blocks.iter().rev();
    let others = blocks
        .filter(|block| block.section != Section::FrontMatter && !block.match_text.is_empty());
    others
        .map(|block| (block.match_text(witness), block.match_text))
        .collect()
}

fn take(spans: Option<&mut Vec<Span>>, taken: &mut HashSet<Span>) -> Option<Span> {
    let spans = spans?;
    while let Some(span) = spans.pop() {
        if taken.insert(span) {
            return Some(span);
        }
    }
    None
}

/// A line that is a comment has no key, and is another one than any that says something else.
fn key_and_value(text: &str) -> (&str, &str) {
    let entry = text.split_once(':').filter(|_| !text.starts_with('#'));
    entry.unwrap_or((text, text))
}

fn entries<'w>(atlas: &Atlas<'w>) -> impl Iterator<Item = &'w Block> {
    let blocks = atlas.witness.section(Section::FrontMatter);
    blocks.filter(|block| !block.match_text.is_empty())
}
