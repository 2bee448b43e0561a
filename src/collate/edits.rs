//! Steps and the parts of gaps -> edits.

use std::ops::Range;

use rayon::prelude::*;

use super::finder::RunFinder;
use super::moves::{Divided, Part, Parts};
use super::reading::Reading;
use super::steps::Step;
use crate::text::{Edit, Move, Passage, Section, Span};

/// Edits, and the text that was left out of them.
pub(super) struct Told {
    pub edits: Vec<Edit>,
    /// What is moved among them.
    pub moves: Vec<Move>,
    /// The ellipsis at the end of a witness that is cut off there.
    pub ellipsis: Option<String>,
}

/// Tells the way through both readings. `divided` is what the gaps among `steps` are made of.
pub(super) fn tell(
    steps: &[Step],
    divided: &Divided,
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    ellipsis: Option<String>,
) -> Told {
    let mut gaps = divided.gaps.iter();
    let steps: Vec<(&Step, Option<&Parts>)> = (steps.iter())
        .map(|step| match step {
            Step::Equal { .. } => (step, None),
            Step::Gap { .. } => (step, gaps.next()),
        })
        .collect();
    // Finding the places of a text is work for all threads.
    let told: Vec<(Vec<Edit>, Vec<usize>)> = (steps.par_chunks(FEW_STEPS))
        .map(|steps| tell_steps(steps, base, copy))
        .collect();
    let mut edits = Vec::with_capacity(told.iter().map(|(edits, _)| edits.len()).sum());
    // The index of each gap's first edit.
    let mut first = Vec::with_capacity(divided.gaps.len());
    for (part, first_of_part) in told {
        first.extend(first_of_part.into_iter().map(|at| edits.len() + at));
        edits.extend(part);
    }
    let moves = divided.moves.iter().map(|one| {
        let (from, to) = (&one.base, &one.copy);
        // The edits of a gap are those of the base, then those of the copy.
        let of_base = first[from.gap];
        let of_copy = first[to.gap] + divided.gaps[to.gap].base.len();
        Move {
            base: base.passage(from.range.clone()),
            copy: copy.passage(to.range.clone()),
            base_edits: shifted(&from.parts, of_base),
            copy_edits: shifted(&to.parts, of_copy),
            edited: one.edited,
        }
    });
    let moves: Vec<Move> = moves.collect();
    tell_moved(&mut edits, &moves);
    Told {
        moves,
        edits,
        ellipsis,
    }
}

/// What is found elsewhere is a repetition if what is there corresponds to something else. If it
/// belongs to a move, or corresponds to nothing, it is moved.
fn tell_moved(edits: &mut [Edit], moves: &[Move]) {
    for one in moves {
        for range in [&one.base_edits, &one.copy_edits] {
            edits[range.clone()].iter_mut().for_each(moved);
        }
    }
    let is_found = |edit: &Edit| matches!(edit, Edit::Repeated { .. } | Edit::RepeatedHere { .. });
    if !edits.iter().any(is_found) {
        return;
    }
    let corresponds = |edit: &Edit| match *edit {
        Edit::Same { base, copy } | Edit::Variant { base, copy } => {
            (Some(base.match_text), Some(copy.match_text))
        }
        Edit::Moved { base, .. } => (Some(base.match_text), None),
        Edit::MovedHere { copy, .. } => (None, Some(copy.match_text)),
        _ => (None, None),
    };
    let (in_base, in_copy): (Vec<_>, Vec<_>) = edits.iter().map(corresponds).unzip();
    // They ascend, as edits do.
    let in_base: Vec<Span> = in_base.into_iter().flatten().collect();
    let in_copy: Vec<Span> = in_copy.into_iter().flatten().collect();
    // What is in another section is compared there.
    let is_of_nothing = |known: &[Span], there: Passage| {
        let (start, end) = (there.match_text.start(), there.match_text.end());
        let first = known.partition_point(|one| one.end() <= start);
        let meets = known.get(first).is_some_and(|one| one.start() < end);
        there.section == Section::Body && !meets
    };
    for edit in edits {
        let is_moved = match *edit {
            Edit::Repeated { copy, .. } => is_of_nothing(&in_copy, copy),
            Edit::RepeatedHere { base, .. } => is_of_nothing(&in_base, base),
            _ => false,
        };
        if is_moved {
            moved(edit);
        }
    }
}

fn moved(edit: &mut Edit) {
    match *edit {
        Edit::Repeated { base, copy } => *edit = Edit::Moved { base, copy },
        Edit::RepeatedHere { copy, base } => *edit = Edit::MovedHere { copy, base },
        _ => {}
    }
}

/// So many steps are told by one thread.
const FEW_STEPS: usize = 128;

/// The edits of some steps, and which are the first of their gaps.
fn tell_steps(
    steps: &[(&Step, Option<&Parts>)],
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
) -> (Vec<Edit>, Vec<usize>) {
    let (mut base, mut copy) = (RunFinder::new(base), RunFinder::new(copy));
    let mut edits = Vec::with_capacity(2 * steps.len());
    let mut first = Vec::with_capacity(steps.len());
    for (step, parts) in steps {
        match (step, parts) {
            (Step::Equal { base: b, copy: c }, _) => edits.push(Edit::Same {
                base: base.passage(b.clone()),
                copy: copy.passage(c.clone()),
            }),
            (Step::Gap { base: b, copy: c }, Some(parts)) => {
                first.push(edits.len());
                tell_gap(b, c, parts, &mut base, &mut copy, &mut edits);
            }
            (Step::Gap { .. }, None) => {}
        }
    }
    (edits, first)
}

/// All edits, those of the front matter first, and the moves among them.
pub(super) fn after(mut edits: Vec<Edit>, told: Told) -> (Vec<Edit>, Vec<Move>) {
    if edits.is_empty() {
        return (told.edits, told.moves);
    }
    let by = edits.len();
    edits.extend(told.edits);
    let moves = told.moves.into_iter().map(|one| Move {
        base_edits: shifted(&one.base_edits, by),
        copy_edits: shifted(&one.copy_edits, by),
        ..one
    });
    (edits, moves.collect())
}

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn tell_gap(
    base_gap: &Range<usize>,
    copy_gap: &Range<usize>,
    parts: &Parts,
    base: &mut RunFinder<'_, '_, '_>,
    copy: &mut RunFinder<'_, '_, '_>,
    edits: &mut Vec<Edit>,
) {
    if let (
        [
            b @ Part {
                elsewhere: None, ..
            },
        ],
        [
            c @ Part {
                elsewhere: None, ..
            },
        ],
    ) = (parts.base.as_slice(), parts.copy.as_slice())
    {
        let (b, c) = (base.passage(b.range.clone()), copy.passage(c.range.clone()));
        if say_the_same_thing(b.chars, c.chars) {
            return edits.push(Edit::Variant { base: b, copy: c });
        }
    }
    for part in &parts.base {
        edits.push(match part.elsewhere {
            Some(span) => {
                let (base, copy) = both_places(base, part, copy, span);
                Edit::Repeated { base, copy }
            }
            None => Edit::Lacking {
                base: base.passage(part.range.clone()),
                at: copy.place(part.at.unwrap_or(copy_gap.start)),
            },
        });
    }
    for part in &parts.copy {
        edits.push(match part.elsewhere {
            Some(span) => {
                let (copy, base) = both_places(copy, part, base, span);
                Edit::RepeatedHere { copy, base }
            }
            None => Edit::Extra {
                copy: copy.passage(part.range.clone()),
                at: base.place(part.at.unwrap_or(base_gap.end)),
            },
        });
    }
}

/// A part of one, and where it is elsewhere. If it is long, both are work for a thread: they may be the
/// first that is looked for in a long block.
fn both_places(
    one: &mut RunFinder<'_, '_, '_>,
    part: &Part,
    other: &mut RunFinder<'_, '_, '_>,
    elsewhere: Span,
) -> (Passage, Passage) {
    let (mut here, mut there) = (
        || one.passage(part.range.clone()),
        || other.passage_of_witness(elsewhere),
    );
    match elsewhere.len() < LONG {
        true => (here(), there()),
        false => rayon::join(here, there),
    }
}

/// In bytes of match text.
const LONG: usize = 64 << 10;

/// Whether two passages at the same place that have nothing in common are one thing said in two
/// ways. They are if they are a phrase, not a paragraph, and about as long as each other (the 16
/// characters allow for a word put in another way). Otherwise each holds text that the other
/// lacks, and calling that a variant would hide a loss.
fn say_the_same_thing(base: u64, copy: u64) -> bool {
    let longer = base.max(copy);
    longer <= PHRASE && longer <= 2 * base.min(copy) + 16
}

/// In characters of match text: a sentence, in Chinese a long one.
const PHRASE: u64 = 80;
