//! A gap, divided at the tokens that both of its sides have in the same order.
//!
//! Tokens are interned to numbers and the diff is left to `similar` ([`subsequence`]). Of what both sides begin and end
//! with no tokens are made, if they would have no say in it.

use std::collections::HashMap;
use std::ops::Range;

use super::ends;
use super::hash::{AsHashed, Hashed, Seeded};
use super::reading::Reading;
use super::steps::Gap;
use super::trim::{self, Borders};
use super::{subsequence, tokens};

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

/// The tokens of a gap of so many bytes are hashed by a thread for each side.
const LARGE: usize = 1 << 20;

/// How many times as long as a gap the text may be, in all, in which its tokens are looked for.
const EFFORT: usize = 16;

/// Two ranges, and whether they are equal.
type Told = (Range<usize>, Range<usize>, bool);

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

    /// Tells, in order, which ranges of a gap are equal and which are not. Whether no more tokens
    /// can be equal.
    pub fn diff(
        &self,
        gap: &Gap,
        divide: Divide,
        mut tell: impl FnMut(Range<usize>, Range<usize>, bool),
    ) -> bool {
        let Some((told, is_longest)) = self.between_ends(gap, divide) else {
            return self.tokens(gap, divide).diff(gap, &mut tell);
        };
        for (base, copy, equal) in told {
            tell(base, copy, equal);
        }
        is_longest
    }

    /// The same by the tokens of what is between the ends that both sides have, if those of the ends
    /// would have no say in it.
    fn between_ends(&self, gap: &Gap, divide: Divide) -> Option<(Vec<Told>, bool)> {
        let (head, tail) = trim::equal_ends(self.base, self.copy, gap, divide.border?);
        if head + tail == 0 {
            return None;
        }
        let (Gap { base, copy }, text) = (gap, self.base.text().as_bytes());
        let inner = Gap {
            base: base.start + head..base.end - tail,
            copy: copy.start + head..copy.end - tail,
        };
        let (head, tail) = (
            &text[base.start..inner.base.start],
            &text[inner.base.end..base.end],
        );
        let tokens = self.tokens(&inner, divide);
        // What one side has between and the other at an end is no match, but the diff would see it.
        let is_at_end =
            |token: &[u8]| ends::find(head, token).is_some() || ends::find(tail, token).is_some();
        let affordable = EFFORT * gap.len() / (head.len() + tail.len());
        let own = self.texts(&tokens, tokens.own()).zip(1..);
        for (token, count) in own {
            if count > affordable || is_at_end(token) {
                return None;
            }
        }
        let mut told = Vec::new();
        let is_longest = tokens.diff(&inner, &mut |base, copy, equal| {
            told.push((base, copy, equal))
        });
        // A gap is moved on as far as it can be, and none may be stopped by an end.
        let meets = |told: Option<&Told>, end: &[u8], is_at: fn(&[u8], &[u8]) -> bool| {
            let gap = told.filter(|(_, _, equal)| !equal);
            gap.is_some_and(|gap| {
                self.texts(&tokens, tokens.within(gap))
                    .any(|text| is_at(end, text))
            })
        };
        if meets(told.first(), head, <[u8]>::ends_with)
            || meets(told.last(), tail, <[u8]>::starts_with)
        {
            return None;
        }
        let of_head = (
            base.start..inner.base.start,
            copy.start..inner.copy.start,
            true,
        );
        let of_tail = (inner.base.end..base.end, inner.copy.end..copy.end, true);
        let all = [of_head].into_iter().chain(told).chain([of_tail]);
        let told = all.filter(|(base, copy, _)| !(base.is_empty() && copy.is_empty()));
        Some((told.collect(), is_longest))
    }

    /// The texts of some tokens of both sides.
    fn texts<'t>(
        &'t self,
        tokens: &'t Tokens,
        (base, copy): (
            impl Iterator<Item = usize> + 't,
            impl Iterator<Item = usize> + 't,
        ),
    ) -> impl Iterator<Item = &'t [u8]> {
        let (of_base, of_copy) = (self.base.text().as_bytes(), self.copy.text().as_bytes());
        let base = base.map(|at| &of_base[tokens.base[at].clone()]);
        base.chain(copy.map(|at| &of_copy[tokens.copy[at].clone()]))
    }

    fn tokens(&self, gap: &Gap, divide: Divide) -> Tokens {
        let base = (divide.tokens)(self.base, gap.base.clone());
        let copy = (divide.tokens)(self.copy, gap.copy.clone());
        let of_base = || hashed(self.hash, self.base.text(), &base);
        let of_copy = || hashed(self.hash, self.copy.text(), &copy);
        let len = base.len().max(copy.len());
        let mut ids = HashMap::with_capacity_and_hasher(len, AsHashed::default());
        let (base_ids, copy_ids) = match gap.len() < LARGE {
            true => (intern(of_base(), &mut ids), intern(of_copy(), &mut ids)),
            false => {
                let (of_base, of_copy): (Vec<_>, Vec<_>) =
                    rayon::join(|| of_base().collect(), || of_copy().collect());
                let base_ids = intern(of_base.into_iter(), &mut ids);
                (base_ids, intern(of_copy.into_iter(), &mut ids))
            }
        };
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
    /// Those of the base and of the copy that the other side has not.
    fn own(&self) -> (impl Iterator<Item = usize>, impl Iterator<Item = usize>) {
        (
            self.shared.others(&self.base_ids),
            self.shared.others(&self.copy_ids),
        )
    }

    /// Those in ranges of both sides that begin and end with a token.
    fn within(&self, (base, copy, _): &Told) -> (Range<usize>, Range<usize>) {
        let within = |tokens: &[Range<usize>], range: &Range<usize>| {
            let first = tokens.partition_point(|token| token.start < range.start);
            first
                ..tokens
                    .partition_point(|token| token.end <= range.end)
                    .max(first)
        };
        (within(&self.base, base), within(&self.copy, copy))
    }

    /// Tells which ranges of `gap`, whose tokens they are, are equal and which are not. Whether no
    /// more tokens can be equal.
    fn diff(&self, gap: &Gap, tell: &mut impl FnMut(Range<usize>, Range<usize>, bool)) -> bool {
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
        let common = subsequence::common(&base_kept.ids, &copy_kept.ids, self.shared.count());
        for (base, copy) in common.pairs {
            let (base, copy) = (base_kept.places[base], copy_kept.places[copy]);
            to(base, copy, false);
            to(base + 1, copy + 1, true);
        }
        to(base.len(), copy.len(), false);
        common.is_longest
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

    /// How many different tokens there are.
    fn count(&self) -> usize {
        self.0.len()
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

fn hashed<'t>(
    hash: Seeded,
    text: &'t str,
    tokens: &[Range<usize>],
) -> impl Iterator<Item = Hashed<'t>> {
    tokens
        .iter()
        .map(move |token| hash.hashed(&text[token.clone()]))
}

fn intern<'t>(
    tokens: impl Iterator<Item = Hashed<'t>>,
    ids: &mut HashMap<Hashed<'t>, u32, AsHashed>,
) -> Vec<u32> {
    let number = |token: Hashed<'t>| {
        let next = ids.len() as u32;
        *ids.entry(token).or_insert(next)
    };
    tokens.map(number).collect()
}

/// The part of a reading that the tokens from `range` cover; `all` is what all tokens cover.
fn covered(tokens: &[Range<usize>], range: Range<usize>, all: &Range<usize>) -> Range<usize> {
    let start = tokens.get(range.start).map_or(all.end, |token| token.start);
    if range.is_empty() {
        return start..start;
    }
    start..tokens.get(range.end - 1).map_or(all.end, |token| token.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::reading::Atlas;
    use crate::collate::sample::paragraphs;
    use crate::collate::steps::Steps;
    use crate::text::Section;
    use proptest::prelude::*;

    /// The ends that are passed over make no difference.
    fn check(base: &str, copy: &str) {
        let (base, copy) = (paragraphs(&[base]), paragraphs(&[copy]));
        let (base, copy) = (Atlas::new(&base), Atlas::new(&copy));
        let base = Reading::new(&base, Section::Body);
        let copy = Reading::new(&copy, Section::Body);
        let divider = Divider::new(&base, &copy);
        let gap = Gap {
            base: 0..base.len(),
            copy: 0..copy.len(),
        };
        for divide in [Divide::SENTENCES, Divide::WORDS] {
            let (mut found, mut expected) = (Steps::default(), Steps::default());
            let push = |steps: &mut Steps, base, copy, equal| match equal {
                true => steps.push_equal(base, copy),
                false => steps.push_gap(base, copy),
            };
            let tell = |base, copy, equal| push(&mut found, base, copy, equal);
            divider.diff(&gap, divide, tell);
            let mut tell = |base, copy, equal| push(&mut expected, base, copy, equal);
            divider.tokens(&gap, divide).diff(&gap, &mut tell);
            assert_eq!(found.0, expected.0, "{} / {}", base.text(), copy.text());
        }
    }

    #[test]
    fn a_gap_is_moved_on_over_the_ends() {
        check("一二三三三三二", "一二三三三二");
        check("one a a a a two", "one a a a two");
        check("一。二。二。二。三。", "一。二。二。三。");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn ends_make_no_difference(
            head in "([ab ,.]|[一二三]|。){0,12}",
            base in "([ab ,.]|[一二三]|。){0,6}",
            copy in "([ab ,.]|[一二三]|。){0,6}",
            tail in "([ab ,.]|[一二三]|。){0,12}",
        ) {
            check(&format!("{head}{base}{tail}"), &format!("{head}{copy}{tail}"));
        }
    }
}
