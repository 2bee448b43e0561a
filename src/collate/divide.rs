//! A gap, divided at the tokens that both of its sides have in the same order.
//!
//! Tokens are interned to numbers and the diff is left to `similar`. Of what both sides begin and end
//! with no tokens are made, if they would have no say in it.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::ends;
use super::hash::Seeded;
use super::reading::Reading;
use super::steps::Gap;
use super::tokens;
use super::trim::{self, Borders};

/// What a gap is divided into.
#[derive(Clone, Copy)]
pub(super) struct Divide {
    tokens: fn(&Reading<'_, '_>, Range<usize>) -> Vec<Range<usize>>,
    /// Where they surely border, if that can be told.
    border: Option<Borders>,
}

impl Divide {
    pub const BLOCKS: Self = Self {
        tokens: tokens::blocks,
        border: None,
    };
    pub const SENTENCES: Self = Self {
        tokens: tokens::sentences,
        border: Some(trim::sentences_border),
    };
    pub const WORDS: Self = Self {
        tokens: tokens::words,
        border: Some(trim::words_border),
    };
}

/// Divides gaps between two readings.
pub(super) struct Divider<'p, 'a, 'w> {
    base: &'p Reading<'a, 'w>,
    copy: &'p Reading<'a, 'w>,
    hash: Seeded,
}

impl<'p, 'a, 'w> Divider<'p, 'a, 'w> {
    pub fn new(base: &'p Reading<'a, 'w>, copy: &'p Reading<'a, 'w>) -> Self {
        Self {
            base,
            copy,
            hash: Seeded::new(),
        }
    }

    /// Tells, in order, which ranges of a gap are equal and which are not.
    pub fn diff(
        &self,
        gap: &Gap,
        divide: Divide,
        mut tell: impl FnMut(Range<usize>, Range<usize>, bool),
    ) {
        let inner = self.between_ends(gap, divide);
        let (inner, tokens) = inner.unwrap_or_else(|| (gap.clone(), self.tokens(gap, divide)));
        if gap.base.start < inner.base.start {
            let copy = gap.copy.start..inner.copy.start;
            tell(gap.base.start..inner.base.start, copy, true);
        }
        tokens.diff(&inner, &mut tell);
        if inner.base.end < gap.base.end {
            let copy = inner.copy.end..gap.copy.end;
            tell(inner.base.end..gap.base.end, copy, true);
        }
    }

    /// What of a gap is between the ends that both sides have, and its tokens.
    fn between_ends(&self, gap: &Gap, divide: Divide) -> Option<(Gap, Tokens)> {
        let (head, tail) = trim::equal_ends(self.base, self.copy, gap, divide.border?);
        if head + tail == 0 {
            return None;
        }
        let inner = Gap {
            base: gap.base.start + head..gap.base.end - tail,
            copy: gap.copy.start + head..gap.copy.end - tail,
        };
        let tokens = self.tokens(&inner, divide);
        // What one side has here and the other at an end would make another diff.
        let (base, copy) = (self.base.text().as_bytes(), self.copy.text().as_bytes());
        let head = &base[gap.base.start..inner.base.start];
        let tail = &base[inner.base.end..gap.base.end];
        let is_at_end =
            |token: &[u8]| ends::find(head, token).is_some() || ends::find(tail, token).is_some();
        let own = tokens.own(base, copy).any(is_at_end);
        (!own).then_some((inner, tokens))
    }

    fn tokens(&self, gap: &Gap, divide: Divide) -> Tokens {
        let base = (divide.tokens)(self.base, gap.base.clone());
        let copy = (divide.tokens)(self.copy, gap.copy.clone());
        let mut ids = HashMap::with_capacity_and_hasher(base.len().max(copy.len()), self.hash);
        let base_ids = intern(self.base.text(), &base, &mut ids);
        let copy_ids = intern(self.copy.text(), &copy, &mut ids);
        let shared = Shared::of(&base_ids, &copy_ids, ids.len());
        Tokens {
            base,
            copy,
            base_ids,
            copy_ids,
            shared,
        }
    }
}

/// The tokens of both sides of a gap, in order, and a number for each different one.
struct Tokens {
    base: Vec<Range<usize>>,
    copy: Vec<Range<usize>>,
    base_ids: Vec<u32>,
    copy_ids: Vec<u32>,
    shared: Shared,
}

impl Tokens {
    /// Those that one side only has, of the two texts.
    fn own<'t>(&self, base: &'t [u8], copy: &'t [u8]) -> impl Iterator<Item = &'t [u8]> {
        let base = (self.shared.others(&self.base_ids)).map(|at| &base[self.base[at].clone()]);
        let copy = (self.shared.others(&self.copy_ids)).map(|at| &copy[self.copy[at].clone()]);
        base.chain(copy)
    }

    /// Tells which ranges of `gap`, whose tokens they are, are equal and which are not.
    fn diff(&self, gap: &Gap, tell: &mut impl FnMut(Range<usize>, Range<usize>, bool)) {
        let Self { base, copy, .. } = self;
        let base_kept = self.shared.tokens(&self.base_ids);
        let copy_kept = self.shared.tokens(&self.copy_ids);
        let mut done = (0, 0);
        let mut to = |base_to: usize, copy_to: usize, equal| {
            let (from_base, from_copy) = std::mem::replace(&mut done, (base_to, copy_to));
            if from_base < base_to || from_copy < copy_to {
                let base = covered(base, from_base..base_to, &gap.base);
                tell(base, covered(copy, from_copy..copy_to, &gap.copy), equal);
            }
        };
        for op in capture_diff_slices(Algorithm::Myers, &base_kept.ids, &copy_kept.ids) {
            if !matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let pairs = op.old_range().zip(op.new_range());
            for (base, copy) in pairs.map(|(b, c)| (base_kept.places[b], copy_kept.places[c])) {
                to(base, copy, false);
                to(base + 1, copy + 1, true);
            }
        }
        to(base.len(), copy.len(), false);
    }
}

/// Which tokens stand on both sides. All others correspond to nothing: the diff need not see them,
/// and its work grows with the square of what it sees that differs.
struct Shared(Vec<bool>);

/// Tokens of one side, by number, and where they stand.
#[derive(Default)]
struct Kept {
    ids: Vec<u32>,
    places: Vec<usize>,
}

impl Shared {
    /// The ids are below `count`.
    fn of(base: &[u32], copy: &[u32], count: usize) -> Self {
        let mut in_base = vec![false; count];
        let mut in_both = vec![false; count];
        for id in base {
            in_base[*id as usize] = true;
        }
        for id in copy {
            in_both[*id as usize] = in_base[*id as usize];
        }
        Self(in_both)
    }

    /// The places of those that stand on one side only.
    fn others(&self, ids: &[u32]) -> impl Iterator<Item = usize> {
        let own = ids
            .iter()
            .enumerate()
            .filter(|(_, id)| !self.0[**id as usize]);
        own.map(|(place, _)| place)
    }

    fn tokens(&self, ids: &[u32]) -> Kept {
        let mut kept = Kept::default();
        for (place, id) in ids.iter().enumerate() {
            if self.0[*id as usize] {
                kept.ids.push(*id);
                kept.places.push(place);
            }
        }
        kept
    }
}

fn intern<'t>(
    text: &'t str,
    tokens: &[Range<usize>],
    ids: &mut HashMap<&'t str, u32, Seeded>,
) -> Vec<u32> {
    let number = |token: &Range<usize>| {
        let next = ids.len() as u32;
        *ids.entry(&text[token.clone()]).or_insert(next)
    };
    tokens.iter().map(number).collect()
}

/// The part of a reading that the tokens from `range` cover; `all` is what all tokens cover.
fn covered(tokens: &[Range<usize>], range: Range<usize>, all: &Range<usize>) -> Range<usize> {
    let start = tokens.get(range.start).map_or(all.end, |token| token.start);
    if range.is_empty() {
        return start..start;
    }
    start..tokens.get(range.end - 1).map_or(all.end, |token| token.end)
}
