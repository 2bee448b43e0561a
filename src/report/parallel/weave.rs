//! Edits -> rows.

use std::cell::Cell;
use std::ops::Range;

use super::apart::apart;
use super::moves::{Role, Step, roles, steps};
use super::{Kind, Part, Piece, Row, Side};
use crate::report::Only;
use crate::text::fold::MatchMap;
use crate::text::{Block, Edit, Move, Passage, Section, Span, Witness, partition_point_from};

/// The rows of `edits`, which are in order in both texts; marked is what `only` asks for. Each of
/// `moves` that is whole blocks stands in the rows of the base's place, with the text of both. Blocks
/// that have little in common are in rows of their own.
pub(crate) fn weave(
    base: &Witness,
    copy: &Witness,
    edits: &[Edit],
    moves: &[Move],
    only: Option<Only>,
) -> Vec<Row> {
    let mut weaver = Weaver::new(base, copy, only);
    for (edit, role) in edits.iter().zip(roles(base, copy, edits, moves)) {
        match role {
            Role::InPlace => weaver.edit(edit),
            Role::Leaves(number) => {
                let one = &moves[number];
                weaver.leaves(number, one, &steps(edits, one).unwrap_or_default());
            }
            Role::Arrives(number) => weaver.arrives(number, &moves[number]),
            Role::Shown => {}
        }
    }
    apart(weaver.rows)
}

/// The same with every edit in its place and what both have once, so that both texts can be read in
/// their own order.
pub(crate) fn weave_in_place(base: &Witness, copy: &Witness, edits: &[Edit]) -> Vec<Row> {
    let mut weaver = Weaver::new(base, copy, None);
    edits.iter().for_each(|edit| weaver.edit(edit));
    weaver.rows
}

/// Some text of one block.
#[derive(Clone, Copy)]
struct Segment {
    block: usize,
    text: Span,
    begins: bool,
    ends: bool,
}

impl Segment {
    fn is_whole(&self) -> bool {
        self.begins && self.ends
    }
}

/// One side, and the map of the block that was last cut inside.
struct Thread<'w> {
    witness: &'w Witness,
    map: Option<(usize, MatchMap)>,
    /// The last block that was looked for.
    near: Cell<usize>,
}

impl<'w> Thread<'w> {
    fn new(witness: &'w Witness) -> Self {
        Self {
            witness,
            map: None,
            near: Cell::default(),
        }
    }

    /// The blocks that a passage has match text of.
    fn blocks(&self, passage: Passage) -> Range<usize> {
        let matched = passage.match_text;
        let blocks = &self.witness.blocks;
        let is_before = |block: &Block| block.match_text.end() <= matched.start();
        let first = partition_point_from(blocks, self.near.get(), is_before);
        let begins = |block: &Block| block.match_text.start() < matched.end();
        let last = partition_point_from(blocks, first, begins);
        self.near.set(first);
        first..last.max(first)
    }

    /// A passage, cut at the ends of blocks.
    fn segments(&self, passage: Passage) -> impl Iterator<Item = Segment> + use<'w> {
        let blocks = self.blocks(passage);
        let witness = self.witness;
        blocks.filter_map(move |at| {
            let block = &witness.blocks[at];
            (block.section == passage.section && !block.match_text.is_empty()).then(|| Segment {
                block: at,
                text: Span::new(
                    block.text.start().max(passage.text.start()),
                    block.text.end().min(passage.text.end()),
                ),
                begins: passage.match_text.start() <= block.match_text.start(),
                ends: passage.match_text.end() >= block.match_text.end(),
            })
        })
    }

    /// The part of `whole`, a segment of `passage`, that is `matched` of the match text.
    fn cut(&mut self, whole: Segment, passage: Passage, matched: Span) -> Segment {
        let block = &self.witness.blocks[whole.block];
        let all = Span::new(
            block.match_text.start().max(passage.match_text.start()),
            block.match_text.end().min(passage.match_text.end()),
        );
        if matched == all {
            return whole;
        }
        let text = block.text(self.witness);
        let known = self.map.take().filter(|(at, _)| *at == whole.block);
        let folded = block.match_text(self.witness);
        let new = || {
            (
                whole.block,
                MatchMap::of(text, block.kind.is_code(), folded),
            )
        };
        let (_, map) = self.map.insert(known.unwrap_or_else(new));
        let inside = |offset: usize| offset.saturating_sub(block.match_text.start());
        let text = map.canonical(Span::new(inside(matched.start()), inside(matched.end())));
        let (start, end) = (whole.text.start(), whole.text.end());
        let within = |offset: usize| (block.text.start() + offset).clamp(start, end);
        Segment {
            text: Span::new(within(text.start()), within(text.end())),
            begins: whole.begins && matched.start() == all.start(),
            ends: whole.ends && matched.end() == all.end(),
            ..whole
        }
    }
}

struct Weaver<'w> {
    base: Thread<'w>,
    copy: Thread<'w>,
    only: Option<Only>,
    /// The number of the move whose rows are woven.
    moved: Option<usize>,
    rows: Vec<Row>,
}

impl<'w> Weaver<'w> {
    fn new(base: &'w Witness, copy: &'w Witness, only: Option<Only>) -> Self {
        Self {
            base: Thread::new(base),
            copy: Thread::new(copy),
            only,
            moved: None,
            rows: Vec::new(),
        }
    }

    fn edit(&mut self, edit: &Edit) {
        match *edit {
            Edit::Same { base, copy } => self.both(Kind::Same, base, copy, None),
            Edit::Lacking { base, .. } => self.one_sided(Side::Base, base, Kind::Lacking, None),
            Edit::Extra { copy, .. } => self.one_sided(Side::Copy, copy, Kind::Extra, None),
            Edit::Moved { base, copy } => {
                self.one_sided(Side::Base, base, Kind::Moved, Some(copy));
            }
            Edit::MovedHere { copy, base } => {
                self.one_sided(Side::Copy, copy, Kind::MovedHere, Some(base));
            }
            Edit::Repeated { base, copy } => {
                self.one_sided(Side::Base, base, Kind::Lacking, Some(copy));
            }
            Edit::RepeatedHere { copy, base } => {
                self.one_sided(Side::Copy, copy, Kind::Extra, Some(base));
            }
            Edit::Variant { base, copy } => self.variant(base, copy),
        }
    }

    /// A move, at its place in the base.
    fn leaves(&mut self, number: usize, one: &Move, steps: &[Step]) {
        self.moved = Some(number);
        let mut there = Some(one.copy);
        for step in steps {
            match *step {
                Step::Moved(base, copy) => self.both(Kind::Moved, base, copy, there.take()),
                Step::Lacking(base) => {
                    self.one_sided(Side::Base, base, Kind::Lacking, there.take());
                }
                Step::Extra(copy) => self.one_sided(Side::Copy, copy, Kind::Extra, there.take()),
            }
        }
        self.moved = None;
    }

    /// The place in the copy of a move that is shown elsewhere.
    fn arrives(&mut self, number: usize, one: &Move) {
        let first = self.copy.segments(one.copy).next();
        self.moved = Some(number);
        let section = one.copy.section;
        self.add(section, Kind::MovedHere, None, first, Some(one.base));
        self.moved = None;
    }

    /// Walks both in step, from one block's end to the next, whichever side it is on.
    fn both(&mut self, kind: Kind, base: Passage, copy: Passage, there: Option<Passage>) {
        let mut elsewhere = there;
        let mut lefts = self.base.segments(base).peekable();
        let mut rights = self.copy.segments(copy).peekable();
        let (mut at_left, mut at_right) = (base.match_text.start(), copy.match_text.start());
        while let (Some(&left), Some(&right)) = (lefts.peek(), rights.peek()) {
            let left_end = end_of(self.base.witness, left, base) - at_left;
            let right_end = end_of(self.copy.witness, right, copy) - at_right;
            let len = left_end.min(right_end);
            let one = Span::new(at_left, at_left + len);
            let other = Span::new(at_right, at_right + len);
            let one = self.base.cut(left, base, one);
            let other = self.copy.cut(right, copy, other);
            at_left += len;
            at_right += len;
            if left_end == len {
                lefts.next();
            }
            if right_end == len {
                rights.next();
            }
            self.add(base.section, kind, Some(one), Some(other), elsewhere.take());
        }
    }

    fn one_sided(&mut self, side: Side, passage: Passage, kind: Kind, there: Option<Passage>) {
        let mut elsewhere = there;
        let segments = self.thread(side).segments(passage);
        for segment in segments {
            let (base, copy) = match side {
                Side::Base => (Some(segment), None),
                Side::Copy => (None, Some(segment)),
            };
            self.add(passage.section, kind, base, copy, elsewhere.take());
        }
    }

    fn variant(&mut self, base: Passage, copy: Passage) {
        let mut lefts = self.base.segments(base);
        let mut rights = self.copy.segments(copy);
        loop {
            let (left, right) = (lefts.next(), rights.next());
            if left.is_none() && right.is_none() {
                return;
            }
            self.add(base.section, Kind::Variant, left, right, None);
        }
    }

    fn thread(&self, side: Side) -> &Thread<'w> {
        match side {
            Side::Base => &self.base,
            Side::Copy => &self.copy,
        }
    }

    fn add(
        &mut self,
        section: Section,
        kind: Kind,
        base: Option<Segment>,
        copy: Option<Segment>,
        elsewhere: Option<Passage>,
    ) {
        let joins = self.rows.last().is_some_and(|row| {
            row.section == section && row.moved == self.moved && joins(row, base, copy)
        });
        if !joins {
            self.rows.push(Row {
                section,
                moved: self.moved,
                base: None,
                copy: None,
                // Most rows have one.
                pieces: Vec::with_capacity(1),
            });
        }
        self.extend(Side::Base, base);
        self.extend(Side::Copy, copy);
        if let Some(row) = self.rows.last_mut() {
            row.pieces.push(Piece {
                kind,
                base: base.map(|segment| segment.text),
                copy: copy.map(|segment| segment.text),
                elsewhere,
                asked: kind.is_asked(self.only),
            });
        }
    }

    /// Lets the last row's part of one side reach to the end of `segment`, and the part before it
    /// of the same block, if that is in a row before, to its start.
    fn extend(&mut self, side: Side, segment: Option<Segment>) {
        let Some(segment) = segment else { return };
        let block = self.thread(side).witness.blocks[segment.block].text;
        let start = match segment.begins {
            true => block.start(),
            false => segment.text.start(),
        };
        let end = match segment.ends {
            true => block.end(),
            false => segment.text.end(),
        };
        let Some((row, before)) = self.rows.split_last_mut() else {
            return;
        };
        if let Some(part) = row.part_mut(side) {
            part.text = Span::new(part.text.start(), end);
            part.ends = segment.ends;
            return;
        }
        *row.part_mut(side) = Some(Part {
            block: segment.block,
            text: Span::new(start, end),
            begins: segment.begins,
            ends: segment.ends,
        });
        if !segment.begins {
            // Rows of other blocks may stand between: all of them are one-sided, of the other side.
            let part = before
                .iter_mut()
                .rev()
                .find_map(|row| row.part_mut(side).as_mut());
            if let Some(part) = part.filter(|part| part.block == segment.block) {
                part.text = Span::new(part.text.start(), start);
            }
        }
    }
}

/// Whether a piece goes on with `row`: no side changes its block, and they share one, or it stands
/// in a block that faces one that goes on.
fn joins(row: &Row, base: Option<Segment>, copy: Option<Segment>) -> bool {
    let meets = |part: Option<Part>, segment: Option<Segment>| match (part, segment) {
        (Some(part), Some(segment)) => Some(part.block == segment.block),
        _ => None,
    };
    let faces = |part: Option<Part>, segment: Option<Segment>| {
        part.is_some_and(|part| !part.ends) && segment.is_some_and(|segment| !segment.is_whole())
    };
    match (meets(row.base, base), meets(row.copy, copy)) {
        (Some(false), _) | (_, Some(false)) => false,
        (Some(true), _) | (_, Some(true)) => true,
        (None, None) => faces(row.base, copy) || faces(row.copy, base),
    }
}

/// Where a segment of a passage ends, in match text.
fn end_of(witness: &Witness, segment: Segment, passage: Passage) -> usize {
    let block = witness.blocks[segment.block].match_text;
    block.end().min(passage.match_text.end())
}
