//! Which parts of gaps are one moved passage.
//!
//! What is found elsewhere is a seed if it lies in a gap of the other side. Seeds that follow one
//! another on both sides, with no more text between them than they have themselves, are one
//! region; it reaches to the ends of its blocks, or else its sentences, if no more text is between.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Part;
use crate::collate::lookup::FOUND_MIN;
use crate::collate::reading::Reading;
use crate::collate::tokens;

/// Two ranges, each in one gap of its side, that are one passage.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub base_gap: usize,
    pub base: Range<usize>,
    pub copy_gap: usize,
    pub copy: Range<usize>,
    /// Bytes that both have.
    found: usize,
}

/// The moved passages among the parts of the base's gaps, in order of the base. None overlaps
/// another, on either side.
pub(super) fn find(
    parts: &[Vec<Part>],
    base_gaps: &[Range<usize>],
    base: &Reading<'_, '_>,
    copy_gaps: &[Range<usize>],
    copy: &Reading<'_, '_>,
) -> Vec<Region> {
    let seeds = seeds(parts, base, copy_gaps, copy);
    let regions = joined(seeds);
    extended(regions, base_gaps, base, copy_gaps, copy)
}

fn seeds(
    parts: &[Vec<Part>],
    base: &Reading<'_, '_>,
    gaps: &[Range<usize>],
    copy: &Reading<'_, '_>,
) -> Vec<Region> {
    let mut seeds = Vec::new();
    let mut taken = Taken::default();
    for (base_gap, parts) in parts.iter().enumerate() {
        for part in parts {
            let found = part.elsewhere.and_then(|span| copy.find(span));
            let Some(seed) = found.and_then(|found| clipped(base_gap, part, found, gaps)) else {
                continue;
            };
            let seed = trimmed(seed, base, copy);
            if taken.is_free(&seed.copy) {
                taken.add(seed.copy.clone());
                seeds.push(seed);
            }
        }
    }
    seeds
}

/// What of a part that was found at `there` lies in a gap, if that is no mere rest of it.
fn clipped(
    base_gap: usize,
    part: &Part,
    there: Range<usize>,
    gaps: &[Range<usize>],
) -> Option<Region> {
    let first = gaps.partition_point(|gap| gap.end <= there.start);
    let overlap = |gap: &Range<usize>| gap.start.max(there.start)..gap.end.min(there.end);
    let meets = gaps[first..].iter().take_while(|gap| gap.start < there.end);
    let (at, copy) = meets
        .map(overlap)
        .enumerate()
        .filter(|(_, copy)| !copy.is_empty())
        .max_by_key(|(at, copy)| (copy.len(), std::cmp::Reverse(*at)))?;
    if copy.len() < there.len().min(FOUND_MIN) {
        return None;
    }
    let start = part.range.start + copy.start - there.start;
    Some(Region {
        base_gap,
        base: start..start + copy.len(),
        copy_gap: first + at,
        found: copy.len(),
        copy,
    })
}

/// Takes away the beginning of a next block that two different blocks have in common, and the end
/// of one before.
fn trimmed(mut seed: Region, base: &Reading<'_, '_>, copy: &Reading<'_, '_>) -> Region {
    let shift = |at: usize| seed.copy.start + at - seed.base.start;
    let is_border = |at: usize| base.is_block_start(at) && copy.is_block_start(shift(at));
    let is_chance = |len: usize| 0 < len && len < FOUND_MIN.min(seed.base.len() / 2);
    let (mut start, mut end) = (seed.base.start, seed.base.end);
    if let Some((block, _)) = base.block_start(end - 1)
        && start < block
        && is_border(block)
        && is_chance(end - block)
        && !(base.is_block_start(end) && copy.is_block_start(shift(end)))
    {
        end = block;
    }
    if let Some(block) = base
        .blocks_in(start..end)
        .nth(1)
        .map(|(part, _)| part.start)
        && is_border(block)
        && is_chance(block - start)
        && !is_border(start)
    {
        start = block;
    }
    seed.copy = shift(start)..shift(end);
    seed.base = start..end;
    seed.found = end - start;
    seed
}

/// Joins seeds that follow one another on both sides.
fn joined(seeds: Vec<Region>) -> Vec<Region> {
    let mut taken = Taken::default();
    for seed in &seeds {
        taken.add(seed.copy.clone());
    }
    let mut regions: Vec<Region> = Vec::new();
    for seed in seeds {
        if let Some(last) = regions.last_mut()
            && (last.base_gap, last.copy_gap) == (seed.base_gap, seed.copy_gap)
            && last.copy.end <= seed.copy.start
            && taken.is_free(&(last.copy.end..seed.copy.start))
        {
            let between = seed.copy.start - last.copy.end;
            if between.max(seed.base.start - last.base.end) <= last.found + seed.found {
                last.base.end = seed.base.end;
                last.copy.end = seed.copy.end;
                last.found += seed.found;
                continue;
            }
        }
        regions.push(seed);
    }
    regions
}

fn extended(
    mut regions: Vec<Region>,
    base_gaps: &[Range<usize>],
    base: &Reading<'_, '_>,
    copy_gaps: &[Range<usize>],
    copy: &Reading<'_, '_>,
) -> Vec<Region> {
    let mut taken = Taken::default();
    for region in &regions {
        taken.add(region.copy.clone());
    }
    for at in 0..regions.len() {
        let before = at
            .checked_sub(1)
            .map_or(0, |before| regions[before].base.end);
        let after = regions
            .get(at + 1)
            .map_or(base.len(), |next| next.base.start);
        let region = &mut regions[at];
        let (base_gap, copy_gap) = (&base_gaps[region.base_gap], &copy_gaps[region.copy_gap]);
        let (copy_before, copy_after) = taken.around(&region.copy);
        let of_base = Unit {
            reading: base,
            room: base_gap.start.max(before)..base_gap.end.min(after),
        };
        let of_copy = Unit {
            reading: copy,
            room: copy_gap.start.max(copy_before)..copy_gap.end.min(copy_after),
        };
        let found = region.found;
        let is_near = |one: usize, other: usize| one.max(other) <= found;
        let start = [Unit::block_start, Unit::sentence_start]
            .iter()
            .find_map(|start| {
                let one = start(&of_base, region.base.start, found)?;
                let other = start(&of_copy, region.copy.start, found)?;
                let (by, by_other) = (region.base.start - one, region.copy.start - other);
                is_near(by, by_other).then_some((one, other))
            });
        let end = [Unit::block_end, Unit::sentence_end]
            .iter()
            .find_map(|end| {
                let one = end(&of_base, region.base.end, found)?;
                let other = end(&of_copy, region.copy.end, found)?;
                let (by, by_other) = (one - region.base.end, other - region.copy.end);
                is_near(by, by_other).then_some((one, other))
            });
        (region.base.start, region.copy.start) =
            start.unwrap_or((region.base.start, region.copy.start));
        (region.base.end, region.copy.end) = end.unwrap_or((region.base.end, region.copy.end));
        taken.add(region.copy.clone());
    }
    regions
}

/// Where the blocks and sentences of a reading begin and end, within some room.
struct Unit<'r, 'a, 'w> {
    reading: &'r Reading<'a, 'w>,
    room: Range<usize>,
}

impl Unit<'_, '_, '_> {
    /// Where the block begins that holds the character at `at`.
    fn block_start(&self, at: usize, _: usize) -> Option<usize> {
        let (start, _) = self.reading.block_start(at)?;
        (start >= self.room.start).then_some(start)
    }

    /// Where the block ends that holds the character before `at`.
    fn block_end(&self, at: usize, _: usize) -> Option<usize> {
        let end = self.end_of_block(at)?;
        (end <= self.room.end).then_some(end)
    }

    /// Where the sentence begins that holds the character at `at`, at most `far` before it.
    fn sentence_start(&self, at: usize, far: usize) -> Option<usize> {
        let (block, _) = self.reading.block_start(at)?;
        let text = self.reading.text();
        let from = text.ceil_char_boundary(at.saturating_sub(far).max(block).max(self.room.start));
        let until = text.ceil_char_boundary(at + 1);
        let sentences = tokens::sentences(self.reading, from..until);
        let start = sentences.last()?.start;
        // What is only the end of a sentence begins where one was not looked for.
        (start > from || from == block).then_some(start)
    }

    /// Where the sentence ends that holds the character before `at`, at most `far` behind it.
    fn sentence_end(&self, at: usize, far: usize) -> Option<usize> {
        let end = self.end_of_block(at)?;
        let text = self.reading.text();
        let until = text.floor_char_boundary((at + far).min(end).min(self.room.end));
        let from = text.floor_char_boundary(at.checked_sub(1)?);
        let sentence = tokens::sentences(self.reading, from..until)
            .into_iter()
            .next()?;
        (sentence.end < until || until == end).then_some(sentence.end)
    }

    fn end_of_block(&self, at: usize) -> Option<usize> {
        let (start, index) = self.reading.block_start(at.checked_sub(1)?)?;
        let len = self.reading.atlas.witness.blocks[index].match_text.len();
        Some((start + len).min(self.reading.len()))
    }
}

/// Ranges that do not overlap: start to end.
#[derive(Default)]
struct Taken(BTreeMap<usize, usize>);

impl Taken {
    fn add(&mut self, range: Range<usize>) {
        self.0.insert(range.start, range.end);
    }

    fn is_free(&self, range: &Range<usize>) -> bool {
        let before = self.0.range(..range.end).next_back();
        range.is_empty() || before.is_none_or(|(_, end)| *end <= range.start)
    }

    /// The end of the one before `range`, which is one of them, and the start of the one after.
    fn around(&self, range: &Range<usize>) -> (usize, usize) {
        let before = self.0.range(..range.start).next_back();
        let after = self.0.range(range.end..).next();
        (
            before.map_or(0, |(_, end)| *end),
            after.map_or(usize::MAX, |(start, _)| *start),
        )
    }
}
