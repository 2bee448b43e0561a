//! One copy, as the base is read.

use std::ops::Range;

use super::super::reading::{Atlas, Reading as Run};
use super::{Cell, CellKind};
use crate::text::{Edit, Passage, Relation, Section};

/// What a copy has of the base, in order.
pub(super) struct Column<'a, 'w> {
    run: Run<'a, 'w>,
    base_len: usize,
    /// Together they cover the base.
    items: Vec<Item>,
    /// What the copy has beside the base: ranges of its body, ascending, and where the base has
    /// the same text.
    beside: Vec<(Range<usize>, Option<Passage>)>,
}

struct Item {
    base: Range<usize>,
    /// In the copy; empty if it is not there.
    own: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Same,
    Variant,
    Lacking,
    Moved(Passage),
}

impl<'a, 'w> Column<'a, 'w> {
    pub fn new(relation: &Relation, base: &Run<'_, '_>, atlas: &'a Atlas<'w>) -> Self {
        let run = Run::new(atlas, Section::Body);
        let mut column = Self {
            base_len: base.len(),
            items: Vec::new(),
            beside: Vec::new(),
            run,
        };
        for edit in &relation.edits {
            column.add(edit, base);
        }
        let (base_end, own_end) = (column.base_len, column.run.len());
        column.go_to(base_end, own_end);
        column
    }

    fn add(&mut self, edit: &Edit, base: &Run<'_, '_>) {
        let body = |passage: &Passage| passage.section == Section::Body;
        let of_base = |passage: &Passage| base.in_run(passage.match_text);
        match edit {
            Edit::Same { base, copy } if body(base) => {
                let own = self.run.in_run(copy.match_text);
                self.both(of_base(base), own, Kind::Same);
            }
            Edit::Variant { base, copy } if body(base) => {
                let own = self.run.in_run(copy.match_text);
                self.both(of_base(base), own, Kind::Variant);
            }
            Edit::Lacking { base, .. } if body(base) => self.base(of_base(base), Kind::Lacking),
            Edit::Moved { base, copy } | Edit::Repeated { base, copy } if body(base) => {
                self.base(of_base(base), Kind::Moved(*copy));
            }
            Edit::Extra { copy, .. } if body(copy) => {
                let own = self.run.in_run(copy.match_text);
                self.own(own, None);
            }
            Edit::MovedHere { copy, base } | Edit::RepeatedHere { copy, base } if body(copy) => {
                let own = self.run.in_run(copy.match_text);
                self.own(own, Some(*base));
            }
            _ => {}
        }
    }

    /// How far the base is covered, and the copy.
    fn at(&self) -> (usize, usize) {
        let item = self.items.last();
        let beside = self.beside.last().map_or(0, |(own, _)| own.end);
        (
            item.map_or(0, |item| item.base.end),
            item.map_or(0, |item| item.own.end).max(beside),
        )
    }

    /// What edits leave out, such as the ellipsis at a cut: the base has it alone, or the copy.
    fn go_to(&mut self, base: usize, own: usize) {
        let (base_at, own_at) = self.at();
        if base > base_at {
            self.items.push(Item {
                base: base_at..base,
                own: own_at..own_at,
                kind: Kind::Lacking,
            });
        }
        if own > own_at {
            self.beside.push((own_at..own, None));
        }
    }

    fn both(&mut self, base: Range<usize>, own: Range<usize>, kind: Kind) {
        self.go_to(base.start, own.start);
        self.items.push(Item { base, own, kind });
    }

    fn base(&mut self, base: Range<usize>, kind: Kind) {
        let (_, own_at) = self.at();
        self.go_to(base.start, own_at);
        self.items.push(Item {
            base,
            own: own_at..own_at,
            kind,
        });
    }

    fn own(&mut self, own: Range<usize>, moved_from: Option<Passage>) {
        let (base_at, _) = self.at();
        self.go_to(base_at, own.start);
        self.beside.push((own, moved_from));
    }

    /// Where the base has variants in this copy.
    pub fn variants(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let items = self.items.iter();
        let variants = items.filter(|item| matches!(item.kind, Kind::Variant));
        variants.map(|item| item.base.clone())
    }

    /// Where something begins or ends in the base.
    pub fn ends(&self) -> impl Iterator<Item = usize> + '_ {
        self.items
            .iter()
            .flat_map(|item| [item.base.start, item.base.end])
    }

    /// Where the copy goes on with what stands in the base after `at`.
    pub fn after(&self, at: usize) -> usize {
        let item = self.items.partition_point(|item| item.base.end <= at);
        match self.items.get(item) {
            Some(item) => item.own_at(at),
            None => self.run.len(),
        }
    }

    /// Where what the copy has of the base before `at` ends.
    pub fn before(&self, at: usize) -> usize {
        let item = self.items.partition_point(|item| item.base.start < at);
        match item.checked_sub(1).and_then(|item| self.items.get(item)) {
            Some(item) => item.own_at(at),
            None => 0,
        }
    }

    /// What the copy has at `at`.
    pub fn kind(&self, at: usize) -> Kind {
        let item = self.items.partition_point(|item| item.base.end <= at);
        self.items.get(item).map_or(Kind::Lacking, |item| item.kind)
    }

    /// What the copy has beside the base at `at`, a piece for each block.
    pub fn beside(&self, at: usize) -> Vec<Cell> {
        let here = self.before(at)..self.after(at);
        let first = self
            .beside
            .partition_point(|(own, _)| own.end <= here.start);
        let pieces = self.beside.get(first..).unwrap_or_default().iter();
        let pieces = pieces.take_while(|(own, _)| own.start < here.end);
        let mut cells = Vec::new();
        for (own, moved_from) in pieces {
            let kind = CellKind::Reads {
                moved_from: *moved_from,
            };
            if moved_from.is_some() {
                cells.push(Cell {
                    own: own.clone(),
                    kind,
                });
            } else {
                let blocks = self.run.blocks_in(own.clone());
                cells.extend(blocks.map(|(own, _)| Cell { own, kind }));
            }
        }
        cells
    }

    /// That the copy has nothing beside the base at `at`, or nothing more.
    pub fn nothing(&self, at: usize) -> Cell {
        let end = self.after(at);
        Cell {
            own: end..end,
            kind: CellKind::Lacks,
        }
    }

    pub fn text(&self, own: &Range<usize>) -> &str {
        self.run.text().get(own.clone()).unwrap_or_default()
    }

    pub fn passage(&self, own: Range<usize>) -> Passage {
        self.run.passage(own)
    }

    pub fn canonical(&self, passage: Passage) -> &str {
        let text = &self.run.atlas.witness.text;
        text.get(passage.text.range()).unwrap_or_default()
    }
}

impl Item {
    /// Where in the copy the offset `at` of the base is.
    fn own_at(&self, at: usize) -> usize {
        match self.kind {
            Kind::Same => self.own.start + (at - self.base.start).min(self.own.len()),
            _ if at <= self.base.start => self.own.start,
            _ => self.own.end,
        }
    }
}
