//! Alignment: blocks first, then sentences, then words, and only inside what differs.
//!
//! What a step calls equal is equal byte for byte. The bounds: where tokens repeat themselves too
//! often, more of them might correspond ([`super::subsequence`]), which is told; and a gap of more
//! than [`SMALL`] bytes is first divided at the runs that both sides share ([`super::lookup`]), which
//! is linear; what is then still larger has no run in common that would be kept, and is left as it
//! is.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::divide::{Divide, Divider};
use super::ends;
use super::facing;
use super::lookup::{AnyPlace, ChunkIndex, FOUND_MIN, Found, Match, NOT_LOOKED_FOR};
use super::meet;
use super::reading::Reading;
use super::steps::{Gap, KEPT_RUN, Step, Steps};
use super::tokens;
use super::whole::whole_blocks;
use crate::text::Approximation;

/// How long both sides of a gap may be together, in bytes of match text, to be compared word by word
/// at once: some long paragraphs. The work grows with the square of what differs.
const SMALL: usize = 4 << 10;

/// How long both sides of a gap may be together, in bytes of match text, to be divided at sentences.
/// A longer one is divided at shared runs.
const SENTENCES_MAX: usize = 64 << 10;

/// Sides of a gap at least this long, in bytes of match text, are first asked whether they have a
/// run in common that would be kept: where they have not, a diff is much work for nothing.
const WORTH_A_LOOK: usize = 512;

/// How far a gap is moved to lie between blocks, in bytes: further than any heading is long.
const SETTLE_MAX: usize = 1024;

/// What was not done where tokens repeat themselves too often, in words.
const NOT_TRIED: &str = "not every order in which repeated text may correspond was tried";

/// Aligns two readings, and says where more might correspond.
pub(super) fn align(
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    approximations: &mut Vec<Approximation>,
) -> Vec<Step> {
    align_within(base, 0..base.len(), copy, 0..copy.len(), approximations)
}

/// Whether `steps`, as [`align`] gave them without an approximation, say that the two have no passage
/// in common that a lookup finds: a gap that is too long to be compared word by word was looked
/// through for shorter runs.
pub(super) fn share_nothing(steps: &[Step]) -> bool {
    const { assert!(KEPT_RUN <= FOUND_MIN) };
    match steps {
        [Step::Gap { base, copy }] => base.len() + copy.len() > SMALL,
        _ => false,
    }
}

/// Aligns a part of one reading with a part of another.
pub(super) fn align_within(
    base: &Reading<'_, '_>,
    base_part: Range<usize>,
    copy: &Reading<'_, '_>,
    copy_part: Range<usize>,
    approximations: &mut Vec<Approximation>,
) -> Vec<Step> {
    let mut steps = Steps::default();
    let pair = Pair {
        base,
        copy,
        divider: Divider::new(base, copy),
        approximations: Mutex::default(),
    };
    let (a, b) = (base.text(), copy.text());
    steps.push_trimmed(a, b, base_part, copy_part, |gap| pair.is_of_words(gap));
    let steps = steps.refine(|gap, out| pair.by_tokens(gap, out, Divide::BLOCKS));
    let steps = meet::meet(steps, base, copy);
    let steps = steps.refine(|gap, out| facing::divide(base, copy, gap, out));
    let steps = steps.refine(|gap, out| pair.by_sentences(gap, out));
    let steps = steps.refine(|gap, out| pair.by_words(gap, out));
    let steps = pair.settle(whole_blocks(steps, base, copy)).0;
    let told = pair.approximations.into_inner();
    let mut told = told.unwrap_or_else(PoisonError::into_inner);
    told.sort_by_key(|one| {
        let (base, copy) = (one.base, one.copy);
        (base.first, base.last, copy.first, copy.last, one.what)
    });
    approximations.append(&mut told);
    steps
}

struct Pair<'p, 'a, 'w> {
    base: &'p Reading<'a, 'w>,
    copy: &'p Reading<'a, 'w>,
    divider: Divider<'p, 'a, 'w>,
    /// In the order in which threads came to them.
    approximations: Mutex<Vec<Approximation>>,
}

impl Pair<'_, '_, '_> {
    /// Divides a gap at the tokens that both sides have in the same order.
    fn by_tokens(&self, gap: Gap, out: &mut Steps, divide: Divide) {
        let (a, b) = (self.base.text(), self.copy.text());
        let is_longest = self.divider.diff(&gap, divide, |base, copy, equal| {
            if equal {
                out.push_equal(base, copy);
            } else {
                out.push_trimmed(a, b, base, copy, |gap| self.is_of_words(gap));
            }
        });
        self.tell_unless(is_longest, &gap);
    }

    /// Whether a gap that only one side has is whole words of it, or lies where the other begins or
    /// ends: a cut may fall inside a word, but a `road` is not lacking an `s`.
    fn is_of_words(&self, gap: &Gap) -> bool {
        let (reading, range, other, at) = match gap.copy.is_empty() {
            true => (self.base, &gap.base, self.copy, gap.copy.start),
            false => (self.copy, &gap.copy, self.base, gap.base.start),
        };
        let is_at_end = at == 0 || at == other.len();
        is_at_end
            || (tokens::is_word_border(reading, range.start)
                && tokens::is_word_border(reading, range.end))
    }

    /// Divides a gap at its sentences, if that can keep anything as equal.
    fn by_sentences(&self, gap: Gap, out: &mut Steps) {
        if gap.len() > SENTENCES_MAX || !self.may_keep_a_run(&gap) {
            return out.push_gap(gap.base, gap.copy);
        }
        self.by_tokens(gap, out, Divide::SENTENCES);
    }

    /// Whether the two sides of `gap` have a run in common that would be kept as equal. Short ones
    /// always may: smaller changes keep shorter runs.
    fn may_keep_a_run(&self, gap: &Gap) -> bool {
        let base = &self.base.text()[gap.base.clone()];
        let copy = &self.copy.text()[gap.copy.clone()];
        let (long, short) = match base.len() < copy.len() {
            true => (copy, base),
            false => (base, copy),
        };
        short.len() < WORTH_A_LOOK
            || ends::text_head(base, copy).max(ends::text_tail(base, copy)) >= KEPT_RUN
            || ChunkIndex::for_runs(long, KEPT_RUN).may_share(short)
    }

    /// Divides a gap at its words, if there are not too many, else at long shared runs first.
    fn by_words(&self, gap: Gap, out: &mut Steps) {
        if !self.may_keep_a_run(&gap) {
            return self.push_cut_word(gap.base, gap.copy, out);
        }
        if gap.len() <= SMALL {
            return self.by_few_words(&gap, out);
        }
        // The maps of blocks so long are made meanwhile: all that divides them waits for them.
        let make =
            |reading: &Reading<'_, '_>, range: &Range<usize>| reading.make_maps(range.clone());
        let (runs, _) = rayon::join(
            || self.by_runs(&gap),
            || rayon::join(|| make(self.base, &gap.base), || make(self.copy, &gap.copy)),
        );
        out.append(runs.refine(|inner, out| match inner.len() <= SMALL {
            true => self.by_few_words(&inner, out),
            false => self.push_cut_word(inner.base, inner.copy, out),
        }));
    }

    fn by_few_words(&self, gap: &Gap, out: &mut Steps) {
        let mut steps = Steps::default();
        let is_longest = self.divider.diff(gap, Divide::WORDS, |base, copy, equal| {
            if equal {
                steps.push_equal(base, copy);
            } else {
                steps.push_gap(base, copy);
            }
            steps.absorb_small_run(|run| self.crosses_border(run));
        });
        self.tell_unless(is_longest, gap);
        for step in steps.0 {
            match step {
                Step::Equal { base, copy } => out.push_equal(base, copy),
                Step::Gap { base, copy } => self.push_cut_word(base, copy, out),
            }
        }
    }

    /// Whether equal text is the end of a block and the beginning of the next on both sides: what
    /// changed before it and what changed behind it are two changes.
    fn crosses_border(&self, run: &Gap) -> bool {
        let border = |reading: &Reading<'_, '_>, range: &Range<usize>| {
            let border = reading.block_end(range.start + 1);
            (border < range.end).then(|| border - range.start)
        };
        let in_base = border(self.base, &run.base);
        in_base.is_some() && in_base == border(self.copy, &run.copy)
    }

    /// That something was not done there.
    fn tell(&self, what: &'static str, base: &Range<usize>, copy: &Range<usize>) {
        let told = self.approximations.lock();
        told.unwrap_or_else(PoisonError::into_inner)
            .push(Approximation {
                what,
                base: self.base.passage(base.clone()).lines,
                copy: self.copy.passage(copy.clone()).lines,
            });
    }

    /// That more of a gap might correspond, unless all that can is known to.
    fn tell_unless(&self, is_longest: bool, gap: &Gap) {
        if !is_longest {
            self.tell(NOT_TRIED, &gap.base, &gap.copy);
        }
    }

    /// A gap at the very end or beginning of a reading may hold half a word.
    fn push_cut_word(&self, base: Range<usize>, copy: Range<usize>, out: &mut Steps) {
        let at_edge = base.start == 0
            || copy.start == 0
            || base.end == self.base.len()
            || copy.end == self.copy.len();
        let (a, b) = (self.base.text(), self.copy.text());
        if at_edge {
            out.push_trimmed(a, b, base, copy, |_| true);
        } else {
            // The diff may have found its words here and there.
            out.push_remnant(a, b, base, copy);
        }
    }

    /// Divides a gap at the longest chain of runs that both have in the same order and that are long
    /// enough to be kept.
    fn by_runs(&self, gap: &Gap) -> Steps {
        let base = &self.base.text()[gap.base.clone()];
        let copy = &self.copy.text()[gap.copy.clone()];
        let index = ChunkIndex::for_runs(base, KEPT_RUN);
        let Found { found, gave_up } = index.matches(copy, &mut AnyPlace);
        if let Some(part) = gave_up {
            self.tell(NOT_LOOKED_FOR, &gap.base, &shift(part, gap.copy.start));
        }
        let mut steps = Steps::default();
        let (mut base_at, mut copy_at) = (gap.base.start, gap.copy.start);
        for Match { query, hay } in longest_chain(found) {
            let (hay, query) = (shift(hay, gap.base.start), shift(query, gap.copy.start));
            // Passages that overlap in the base would say the same twice.
            if hay.start < base_at || query.start < copy_at {
                continue;
            }
            steps.push_gap(base_at..hay.start, copy_at..query.start);
            (base_at, copy_at) = (hay.end, query.end);
            steps.push_equal(hay, query);
        }
        steps.push_gap(base_at..gap.base.end, copy_at..gap.copy.end);
        steps
    }

    /// Moves each gap that only one side has to where it begins and ends with a block, if it can
    /// lie there as well: of `## How it began … ## How it ended` the second heading is lacking,
    /// not `it began … ## How`.
    fn settle(&self, steps: Steps) -> Steps {
        let mut out = Steps::default();
        let mut shift = 0_isize;
        for (at, step) in steps.0.iter().enumerate() {
            let mut step = step.clone();
            if let Step::Equal { base, copy } = &mut step {
                // The gap before it moved.
                base.start = base.start.saturating_add_signed(shift);
                copy.start = copy.start.saturating_add_signed(shift);
                shift = 0;
            }
            if let (
                Some(Step::Equal {
                    base: before,
                    copy: copy_before,
                }),
                Step::Gap { base, copy },
                Some(Step::Equal { base: after, .. }),
            ) = (out.0.last_mut(), &mut step, steps.0.get(at + 1))
            {
                let (reading, gap) = match (Range::is_empty(base), Range::is_empty(copy)) {
                    (false, true) => (self.base, &*base),
                    (true, false) => (self.copy, &*copy),
                    _ => (self.base, &(0..0)),
                };
                shift = better_place(reading, gap, before.len(), after.len());
                for end in [
                    &mut before.end,
                    &mut copy_before.end,
                    &mut base.start,
                    &mut base.end,
                    &mut copy.start,
                    &mut copy.end,
                ] {
                    *end = end.saturating_add_signed(shift);
                }
            }
            out.0.push(step);
        }
        out.0
            .retain(|step| !matches!(step, Step::Equal { base, .. } if base.is_empty()));
        out
    }
}

/// By how much a gap must move, at most by what is equal `before` and `after` it, to begin and end
/// with a block; 0 if it cannot, or need not.
fn better_place(
    reading: &Reading<'_, '_>,
    gap: &Range<usize>,
    before: usize,
    after: usize,
) -> isize {
    let fits =
        |start: usize, end: usize| reading.is_block_start(start) && reading.is_block_start(end);
    if gap.is_empty() || fits(gap.start, gap.end) {
        return 0;
    }
    let text = reading.text().as_bytes();
    for by in 1..=before.min(SETTLE_MAX) {
        if text[gap.start - by] != text[gap.end - by] {
            break;
        }
        if fits(gap.start - by, gap.end - by) {
            return -(by as isize);
        }
    }
    for by in 1..=after.min(SETTLE_MAX) {
        if text[gap.start + by - 1] != text[gap.end + by - 1] {
            break;
        }
        if fits(gap.start + by, gap.end + by) {
            return by as isize;
        }
    }
    0
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The longest chain of matches, by bytes, that ascends in both texts. `found` ascends in `query`.
/// A greedy patience chain: each match goes on the best chain that ends before it.
fn longest_chain(found: Vec<Match>) -> Vec<Match> {
    // Longest increasing subsequence on the place in the hay, by patience sorting.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(found.len());
    for (at, item) in found.iter().enumerate() {
        let pile = tails.partition_point(|tail| found[*tail].hay.start < item.hay.start);
        before.push(pile.checked_sub(1).map(|pile| tails[pile]));
        match tails.get_mut(pile) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut chain = Vec::new();
    let mut next = tails.last().copied();
    while let Some(at) = next {
        chain.push(found[at].clone());
        next = before[at];
    }
    chain.reverse();
    chain
}
