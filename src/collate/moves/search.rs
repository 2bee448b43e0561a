//! Text of one reading, looked up in the other witness. Found are passages of at least
//! [`FOUND_MIN`] bytes of match text, and shorter blocks that are there as a block that nothing
//! else corresponds to.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::Range;

use super::Part;
use crate::collate::ends;
use crate::collate::lookup::{ChunkIndex, FOUND_MIN, Found, Match, NOT_LOOKED_FOR, Places};
use crate::collate::reading::Reading;
use crate::text::{Approximation, LineRange, Span};

/// A text that is at least this part of the other, one in so many, is looked for as a whole first.
const WHOLE: usize = 16;

/// Looks text of a reading up in another.
pub(super) struct Search<'r, 'a, 'w> {
    pub reading: &'r Reading<'a, 'w>,
    other: &'r Reading<'a, 'w>,
    /// Made when it is needed first.
    index: Option<ChunkIndex<'w>>,
    free: Free,
    short: ShortBlocks<'r>,
    gave_up: Vec<Range<usize>>,
    /// Whether there is nothing to be found but short blocks.
    in_vain: bool,
}

impl<'r, 'a, 'w> Search<'r, 'a, 'w> {
    /// Looks text of `reading` up in `other`, of which nothing is aligned to `other_gaps`.
    pub fn new(
        reading: &'r Reading<'a, 'w>,
        other: &'r Reading<'a, 'w>,
        other_gaps: &[Range<usize>],
    ) -> Self {
        let gaps = other_gaps.iter().filter(|gap| !gap.is_empty());
        Self {
            reading,
            other,
            index: None,
            free: Free {
                unaligned: gaps.map(|gap| other.to_witness(gap.clone())).collect(),
                taken: BTreeMap::new(),
            },
            short: ShortBlocks::new(other, other_gaps),
            gave_up: Vec::new(),
            in_vain: false,
        }
    }

    /// That nothing is to be found in `range` of the other reading but short blocks.
    pub fn pass_over(&mut self, range: &Range<usize>) {
        self.in_vain = range.len() == self.other.atlas.witness.match_text.len();
    }

    /// The parts of `range`: what the other witness has somewhere, and what it has not. Of
    /// passages that it has more than once, each is found in order.
    pub fn parts(&mut self, range: Range<usize>) -> Vec<Part> {
        let reading = self.reading;
        let hay = self.other.atlas.witness.match_text.as_str();
        let text = &reading.text()[range.clone()];
        let found = match self.whole(text) {
            Some(whole) => whole,
            None if self.may_share(text) => {
                let index = self.index.get_or_insert_with(|| ChunkIndex::new(hay));
                index.matches(text, &mut self.free)
            }
            None => Found::default(),
        };
        let mut parts = Vec::new();
        let mut at = range.start;
        for item in found.found {
            let here = range.start + item.query.start..range.start + item.query.end;
            self.short.divide(reading, at..here.start, &mut parts);
            at = here.end;
            parts.push(Part::elsewhere(here, item.hay.into()));
        }
        self.short.divide(reading, at..range.end, &mut parts);
        let gave_up = found.gave_up;
        self.gave_up
            .extend(gave_up.map(|part| range.start + part.start..range.start + part.end));
        parts
    }

    /// Whether an index is worth its while.
    fn may_share(&self, text: &str) -> bool {
        let hay = &self.other.atlas.witness.match_text;
        if self.in_vain {
            return false;
        }
        // An index is made with fewer steps than it is searched with, so of a long text, such as
        // the tail that a short copy lacks, it is better made first.
        text.len() >= FOUND_MIN && (hay.len() >= text.len() || ChunkIndex::new(text).may_share(hay))
    }

    /// All of `text`, where it stands first, if no place is better than another: where a text was
    /// doubled, nothing need be indexed. Only tried of texts so long that it takes no more time than
    /// they are worth.
    fn whole(&mut self, text: &str) -> Option<Found> {
        let hay = &self.other.atlas.witness.match_text;
        if text.len() < FOUND_MIN.max(hay.len() / WHOLE) || !self.free.unaligned.is_empty() {
            return None;
        }
        let at = ends::find(hay.as_bytes(), text.as_bytes())?;
        let hay = at..at + text.len();
        self.free.take(hay.clone());
        let query = 0..text.len();
        Some(Found {
            found: vec![Match { query, hay }],
            gave_up: None,
        })
    }

    /// From here on, all is free that is not one of `parts`.
    pub fn take_only<'p>(&mut self, parts: impl Iterator<Item = &'p Part>) {
        self.free.taken.clear();
        for span in parts.filter_map(|part| part.elsewhere) {
            self.free.taken.insert(span.start(), span.end());
        }
        self.short = ShortBlocks::default();
    }

    /// Where not everything was looked for: in `reading`, and in the other.
    pub fn approximations(&self) -> Vec<(LineRange, LineRange)> {
        let all = self.other.atlas.witness.all_lines();
        let lines = |range: &Range<usize>| self.reading.passage(range.clone()).lines;
        self.gave_up
            .iter()
            .map(|range| (lines(range), all))
            .collect()
    }
}

/// That not everything was looked for.
pub(super) fn not_looked_for(base: LineRange, copy: LineRange) -> Approximation {
    Approximation {
        what: NOT_LOOKED_FOR,
        base,
        copy,
    }
}

/// Text of a witness that corresponds to nothing so far.
struct Free {
    /// Spans that nothing is aligned to, ascending.
    unaligned: Vec<Span>,
    /// What was found to be moved: start to end. Twins are so taken in order.
    taken: BTreeMap<usize, usize>,
}

impl Places for Free {
    fn prefers(&self, at: usize) -> bool {
        let after = self.unaligned.partition_point(|span| span.start() <= at);
        let is_unaligned = after
            .checked_sub(1)
            .is_some_and(|before| at < self.unaligned[before].end());
        let taken = self.taken.range(..=at).next_back();
        is_unaligned && taken.is_none_or(|(_, end)| *end <= at)
    }

    fn take(&mut self, found: Range<usize>) {
        let end = self.taken.entry(found.start).or_default();
        *end = found.end.max(*end);
    }
}

/// Short blocks of a reading that lie whole in a gap, by their match text.
#[derive(Default)]
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
                parts.push(Part::missing(range));
            }
        };
        if !self.0.is_empty() {
            for block in short_blocks(reading, range.clone()) {
                let twins = self.0.get_mut(&reading.text()[block.clone()]);
                if let Some(span) = twins.and_then(VecDeque::pop_front) {
                    missing(at..block.start, parts);
                    at = block.end;
                    parts.push(Part::elsewhere(block, span));
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
