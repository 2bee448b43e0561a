//! What a gap is made of: text that is found elsewhere in the other witness, and text that is not.
//!
//! A text that a diff calls deleted is looked up in all of the other witness, other sections
//! included, before anything calls it lacking ([`search`]). What both have in a gap is moved: its
//! parts are put together to passages ([`regions`]), and what was edited in one is aligned within
//! it, so that a paragraph that was moved and edited is one move and not a scatter.

mod regions;
mod search;

use std::ops::Range;

use super::align;
use super::reading::Reading;
use super::steps::Step;
use crate::text::{Approximation, Span};
use regions::Region;
use search::Search;

/// A part of one side of a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// In the reading it is part of.
    pub range: Range<usize>,
    /// Where the other witness has it: bytes of that witness's match text.
    pub elsewhere: Option<Span>,
    /// Where it would stand in the other reading, if that is not where the gap is: in a passage
    /// that was moved.
    pub at: Option<usize>,
}

impl Part {
    fn elsewhere(range: Range<usize>, there: Span) -> Self {
        Self {
            range,
            elsewhere: Some(there),
            at: None,
        }
    }

    /// A part of it, if it is elsewhere.
    fn within(&self, range: Range<usize>) -> Option<Self> {
        let start = self.elsewhere?.start() + range.start - self.range.start;
        let there = Span::new(start, start + range.len());
        Some(Self::elsewhere(range, there))
    }

    fn missing(range: Range<usize>) -> Self {
        Self {
            range,
            elsewhere: None,
            at: None,
        }
    }
}

/// The two sides of a gap. The parts of each cover it, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub base: Vec<Part>,
    pub copy: Vec<Part>,
}

/// What gaps are made of.
pub(super) struct Divided {
    /// The parts of each gap, in order.
    pub gaps: Vec<Parts>,
    /// What is moved, in order of the base.
    pub moves: Vec<Pairing>,
}

/// A passage of the base and one of the copy that are one, moved.
pub(super) struct Pairing {
    pub base: Moved,
    pub copy: Moved,
    pub edited: bool,
}

/// One of the two places of a moved passage.
#[derive(Clone, Debug, Default)]
pub(super) struct Moved {
    /// In the reading.
    pub range: Range<usize>,
    /// The gap it lies in, and which of its parts it is made of.
    pub gap: usize,
    pub parts: Range<usize>,
}

/// Divides the gaps among `steps`.
pub(super) fn find(
    steps: &[Step],
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    approximations: &mut Vec<Approximation>,
) -> Divided {
    let gaps = steps.iter().filter_map(|step| match step {
        Step::Gap { base, copy } => Some((base.clone(), copy.clone())),
        Step::Equal { .. } => None,
    });
    let (base_gaps, copy_gaps): (Vec<_>, Vec<_>) = gaps.unzip();
    let mut in_copy = Search::new(base, copy, &copy_gaps);
    let mut in_base = Search::new(copy, base, &base_gaps);
    if approximations.is_empty() && align::share_nothing(steps) {
        in_copy.pass_over(&copy_gaps[0]);
        in_base.pass_over(&base_gaps[0]);
    }
    let all = |search: &mut Search<'_, '_, '_>, gaps: &[Range<usize>]| -> Vec<Vec<Part>> {
        gaps.iter().map(|gap| search.parts(gap.clone())).collect()
    };
    let (mut base_parts, mut copy_parts) = rayon::join(
        || all(&mut in_copy, &base_gaps),
        || all(&mut in_base, &copy_gaps),
    );
    let regions = regions::find(&base_parts, &base_gaps, base, &copy_gaps, copy);
    let mut moves = Vec::with_capacity(regions.len());
    if !regions.is_empty() {
        let passages: Vec<Passage> = (regions.iter())
            .map(|region| {
                Passage::align(
                    region,
                    base,
                    copy,
                    &mut in_copy,
                    &mut in_base,
                    approximations,
                )
            })
            .collect();
        let side = |of: fn(&Passage) -> &Whole| passages.iter().map(of).enumerate().collect();
        let base_places = put_in(
            &mut base_parts,
            &base_gaps,
            side(|one| &one.base),
            &mut in_copy,
        );
        let copy_places = put_in(
            &mut copy_parts,
            &copy_gaps,
            side(|one| &one.copy),
            &mut in_base,
        );
        let places = base_places.into_iter().zip(copy_places);
        moves.extend(places.zip(&passages).map(|((base, copy), one)| Pairing {
            base,
            copy,
            edited: one.edited,
        }));
    }
    let told = |(base, copy)| search::not_looked_for(base, copy);
    approximations.extend(in_copy.approximations().into_iter().map(told));
    let of_copy = in_base.approximations().into_iter();
    approximations.extend(of_copy.map(|(copy, base)| told((base, copy))));
    let gaps = base_parts.into_iter().zip(copy_parts);
    Divided {
        gaps: gaps.map(|(base, copy)| Parts { base, copy }).collect(),
        moves,
    }
}

/// A moved passage, compared.
struct Passage {
    base: Whole,
    copy: Whole,
    edited: bool,
}

/// One side of it.
struct Whole {
    gap: usize,
    range: Range<usize>,
    parts: Vec<Part>,
}

impl Passage {
    /// Compares the two sides of a region with each other. What they have not in common is looked
    /// up like any other text.
    fn align(
        region: &Region,
        base: &Reading<'_, '_>,
        copy: &Reading<'_, '_>,
        in_copy: &mut Search<'_, '_, '_>,
        in_base: &mut Search<'_, '_, '_>,
        approximations: &mut Vec<Approximation>,
    ) -> Self {
        let (b, c) = (region.base.clone(), region.copy.clone());
        let steps = align::align_within(base, b.clone(), copy, c.clone(), approximations);
        let (mut base_parts, mut copy_parts) = (Vec::new(), Vec::new());
        let mut edited = false;
        for step in steps {
            match step {
                Step::Equal { base: b, copy: c } => {
                    let (from, to) = (base.to_witness(b.clone()), copy.to_witness(c.clone()));
                    base_parts.push(Part::elsewhere(b, to));
                    copy_parts.push(Part::elsewhere(c, from));
                }
                Step::Gap { base: b, copy: c } => {
                    edited = true;
                    let at = |at: usize| {
                        move |part: Part| Part {
                            at: Some(at),
                            ..part
                        }
                    };
                    let (to, from) = (c.start, b.end);
                    base_parts.extend(in_copy.parts(b).into_iter().map(at(to)));
                    copy_parts.extend(in_base.parts(c).into_iter().map(at(from)));
                }
            }
        }
        let whole = |gap, range, parts| Whole { gap, range, parts };
        Self {
            base: whole(region.base_gap, b, base_parts),
            copy: whole(region.copy_gap, c, copy_parts),
            edited,
        }
    }
}

/// Puts moved passages in the place of the parts that stand where they are, and looks up again
/// what stands around them. Gives the places of the passages, in their order.
fn put_in(
    parts: &mut [Vec<Part>],
    gaps: &[Range<usize>],
    mut passages: Vec<(usize, &Whole)>,
    search: &mut Search<'_, '_, '_>,
) -> Vec<Moved> {
    let mut places = vec![Moved::default(); passages.len()];
    passages.sort_by_key(|(_, passage)| passage.range.start);
    search.take_only(passages.iter().flat_map(|(_, passage)| &passage.parts));
    for of_gap in passages.chunk_by(|(_, one), (_, next)| one.gap == next.gap) {
        let gap = of_gap[0].1.gap;
        let mut all = Vec::new();
        let mut at = gaps[gap].start;
        for (index, passage) in of_gap {
            all.extend(around(&parts[gap], at..passage.range.start, search));
            at = passage.range.end;
            let first = all.len();
            all.extend(passage.parts.iter().cloned());
            places[*index] = Moved {
                range: passage.range.clone(),
                gap,
                parts: first..all.len(),
            };
        }
        all.extend(around(&parts[gap], at..gaps[gap].end, search));
        parts[gap] = all;
    }
    places
}

/// What a range beside a moved passage is made of. What was found together with the passage, up to
/// the border of a block, is no less there because its counterpart is aligned to something else.
fn around(parts: &[Part], range: Range<usize>, search: &mut Search<'_, '_, '_>) -> Vec<Part> {
    if range.is_empty() {
        return Vec::new();
    }
    let (head, rest) = found_at_start(parts, &range, search.reading);
    let (rest, tail) = found_at_end(parts, &rest, search.reading);
    let mut all = Vec::from_iter(head);
    all.extend(search.parts(rest));
    all.extend(tail);
    all
}

/// What was found of the beginning of a range, and the rest of it.
fn found_at_start(
    parts: &[Part],
    range: &Range<usize>,
    reading: &Reading<'_, '_>,
) -> (Option<Part>, Range<usize>) {
    let there = part_at(parts, range.start).and_then(|part| {
        let end = part.range.end.min(range.end);
        let border = match reading.block_start(end) {
            _ if end == range.end => end,
            Some((border, _)) => border,
            None => return None,
        };
        (border > range.start).then(|| part.within(range.start..border))?
    });
    let at = there.as_ref().map_or(range.start, |part| part.range.end);
    (there, at..range.end)
}

/// The beginning of a range, and what was found of its end.
fn found_at_end(
    parts: &[Part],
    range: &Range<usize>,
    reading: &Reading<'_, '_>,
) -> (Range<usize>, Option<Part>) {
    let last = range.end.checked_sub(1).filter(|_| !range.is_empty());
    let there = last.and_then(|last| part_at(parts, last)).and_then(|part| {
        let start = part.range.start.max(range.start);
        let mut blocks = reading
            .blocks_in(start..range.end)
            .map(|(part, _)| part.start);
        let border = blocks.find(|at| *at == range.start || reading.is_block_start(*at))?;
        part.within(border..range.end)
    });
    let at = there.as_ref().map_or(range.end, |part| part.range.start);
    (range.start..at, there)
}

/// The part that holds the character at `at`; parts ascend.
fn part_at(parts: &[Part], at: usize) -> Option<&Part> {
    let before = parts.partition_point(|part| part.range.start <= at);
    let part = parts.get(before.checked_sub(1)?)?;
    (at < part.range.end).then_some(part)
}
