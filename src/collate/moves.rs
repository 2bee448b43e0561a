//! What a gap is made of: text that is found elsewhere in the other witness, and text that is not.
//!
//! A text that a diff calls deleted is looked up in all of the other witness, other sections
//! included, before anything calls it lacking. Found are passages of at least
//! [`FOUND_MIN`] bytes of match text, and shorter blocks that are there
//! as a block that nothing else corresponds to.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::align::Step;
use super::lookup::{ChunkIndex, FOUND_MIN, Found};
use super::reading::Reading;
use crate::text::{Approximation, Span};

/// A part of one side of a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// In the reading it is part of.
    pub range: Range<usize>,
    /// Where the other witness has it: bytes of that witness's match text.
    pub elsewhere: Option<Span>,
}

/// The two sides of a gap.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub base: Vec<Part>,
    pub copy: Vec<Part>,
}

/// The parts of each gap among `steps`, in order.
pub(super) fn find(
    steps: &[Step],
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    approximations: &mut Vec<Approximation>,
) -> Vec<Parts> {
    let gaps = || {
        steps.iter().filter_map(|step| match step {
            Step::Gap { base, copy } => Some((base.clone(), copy.clone())),
            Step::Equal { .. } => None,
        })
    };
    let base_gaps: Vec<_> = gaps().map(|(base, _)| base).collect();
    let copy_gaps: Vec<_> = gaps().map(|(_, copy)| copy).collect();
    let base_parts = look_up(base, &base_gaps, copy, &copy_gaps);
    let copy_parts = look_up(copy, &copy_gaps, base, &base_gaps);
    for (range, reading, other) in base_parts
        .gave_up
        .iter()
        .map(|range| (range, base, copy))
        .chain(copy_parts.gave_up.iter().map(|range| (range, copy, base)))
    {
        approximations.push(gave_up(range, reading, other, std::ptr::eq(reading, base)));
    }
    let pairs = base_parts.parts.into_iter().zip(copy_parts.parts);
    pairs.map(|(base, copy)| Parts { base, copy }).collect()
}

/// The parts of one side of all gaps.
struct Side {
    parts: Vec<Vec<Part>>,
    gave_up: Vec<Range<usize>>,
}

fn look_up(
    reading: &Reading<'_, '_>,
    gaps: &[Range<usize>],
    other: &Reading<'_, '_>,
    other_gaps: &[Range<usize>],
) -> Side {
    let mut side = Side {
        parts: Vec::with_capacity(gaps.len()),
        gave_up: Vec::new(),
    };
    let mut short = ShortBlocks::new(other, other_gaps);
    let mut index = None;
    let unaligned: Vec<Span> = other_gaps
        .iter()
        .filter(|gap| !gap.is_empty())
        .map(|gap| other.to_witness(gap.clone()))
        .collect();
    let preferred = |at: usize| {
        let after = unaligned.partition_point(|span| span.start() <= at);
        after
            .checked_sub(1)
            .is_some_and(|before| at < unaligned[before].end())
    };
    for gap in gaps {
        let mut found = Found::default();
        let (text, hay) = (
            &reading.text()[gap.clone()],
            &other.atlas.witness.match_text,
        );
        // An index is made with fewer steps than it is searched with, so of a long text, such as
        // the tail that a short copy lacks, it is better made first.
        let may_share = hay.len() >= text.len() || ChunkIndex::new(text).may_share(hay);
        if text.len() >= FOUND_MIN && may_share {
            let index = index.get_or_insert_with(|| ChunkIndex::new(hay));
            found = index.matches(text, preferred);
        }
        let mut parts = Vec::new();
        let mut at = gap.start;
        for item in found.found {
            short.divide(reading, at..gap.start + item.query.start, &mut parts);
            at = gap.start + item.query.end;
            parts.push(Part {
                range: gap.start + item.query.start..at,
                elsewhere: Some(item.hay.into()),
            });
        }
        short.divide(reading, at..gap.end, &mut parts);
        side.parts.push(parts);
        side.gave_up.extend(
            found
                .gave_up
                .map(|range| gap.start + range.start..gap.start + range.end),
        );
    }
    side
}

/// Short blocks of a reading that lie whole in a gap, by their match text.
struct ShortBlocks<'t>(HashMap<&'t str, VecDeque<Span>>);

impl<'t> ShortBlocks<'t> {
    fn new(reading: &'t Reading<'_, '_>, gaps: &[Range<usize>]) -> Self {
        let mut blocks: HashMap<&str, VecDeque<Span>> = HashMap::new();
        for gap in gaps {
            for part in short_blocks(reading, gap.clone()) {
                let span = reading.to_witness(part.clone());
                blocks
                    .entry(&reading.text()[part])
                    .or_default()
                    .push_back(span);
            }
        }
        Self(blocks)
    }

    /// Divides `range` at its short whole blocks that are still to be had here; each is taken once.
    fn divide(&mut self, reading: &Reading<'_, '_>, range: Range<usize>, parts: &mut Vec<Part>) {
        let mut at = range.start;
        let missing = |range: Range<usize>, parts: &mut Vec<Part>| {
            if !range.is_empty() {
                parts.push(Part {
                    range,
                    elsewhere: None,
                });
            }
        };
        if !self.0.is_empty() {
            for block in short_blocks(reading, range.clone()) {
                let twins = self.0.get_mut(&reading.text()[block.clone()]);
                if let Some(span) = twins.and_then(VecDeque::pop_front) {
                    missing(at..block.start, parts);
                    at = block.end;
                    parts.push(Part {
                        range: block,
                        elsewhere: Some(span),
                    });
                }
            }
        }
        missing(at..range.end, parts);
    }
}

/// The blocks shorter than what a lookup finds that lie whole in `range`.
fn short_blocks(
    reading: &Reading<'_, '_>,
    range: Range<usize>,
) -> impl Iterator<Item = Range<usize>> {
    reading
        .blocks_in(range)
        .filter(|(part, index)| {
            let len = reading.atlas.witness.blocks[*index].match_text.len();
            part.len() == len && len < FOUND_MIN
        })
        .map(|(part, _)| part)
}

fn gave_up(
    range: &Range<usize>,
    reading: &Reading<'_, '_>,
    other: &Reading<'_, '_>,
    is_base: bool,
) -> Approximation {
    let here = reading.passage(range.clone()).lines;
    let witness = other.atlas.witness;
    let there = witness.line_range(Span::new(0, witness.source_len));
    let (base, copy) = if is_base {
        (here, there)
    } else {
        (there, here)
    };
    Approximation {
        what: "text that repeats itself often was not looked for at each of its places",
        base,
        copy,
    }
}
