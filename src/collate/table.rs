//! Relations of several copies to one base -> [`Table`].
//!
//! The base is cut wherever an edit of any copy begins or ends, so that in each piece every copy has
//! it, lacks it or has it elsewhere. Variants are not cut, nor are words: those of different copies
//! that overlap are one place of variation, in which each copy has one reading. What copies have beside the base is
//! put in between, equal text in one row.

mod attached;
mod beside;
mod column;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::reading::{Atlas, Reading as Run};
use super::tokens;
use crate::text::{Passage, Reading, Relation, Row, Section, Table, TableCell, Witness};

use column::{Column, Kind};

/// Puts the relations of several copies to `base` into one table.
pub fn table(base: &Witness, copies: &[(&Witness, &Relation)]) -> Table {
    let base_atlas = Atlas::new(base);
    let atlases: Vec<Atlas<'_>> = copies.iter().map(|(copy, _)| Atlas::new(copy)).collect();
    let base_run = Run::new(&base_atlas, Section::Body);
    let columns: Vec<Column<'_, '_>> = (atlases.iter().zip(copies))
        .map(|(atlas, (_, relation))| Column::new(relation, &base_run, atlas))
        .collect();
    let sheet = Sheet {
        base: base_run,
        columns,
    };
    Table {
        rows: sheet.rows(),
        front_matter: attached::front_matter(base, copies),
        comments: attached::comments(base, copies),
        assets: attached::assets(base, copies),
    }
}

/// The base and the columns of the copies. Offsets count bytes of the base's body.
struct Sheet<'a, 'w> {
    base: Run<'a, 'w>,
    columns: Vec<Column<'a, 'w>>,
}

/// A row, while its neighbours may still join it.
struct Draft {
    /// In the base; empty where only copies have something.
    base: Range<usize>,
    cells: Vec<Cell>,
    /// Whether it is a place of variation.
    is_site: bool,
}

/// What a copy has: the range of its own body, which may be empty.
#[derive(Clone, PartialEq)]
struct Cell {
    own: Range<usize>,
    kind: CellKind,
}

#[derive(Clone, Copy, PartialEq)]
enum CellKind {
    Has,
    Lacks,
    Moved(Passage),
    Reads { moved_from: Option<Passage> },
}

impl Sheet<'_, '_> {
    fn rows(&self) -> Vec<Row> {
        let sites = self.sites();
        let cuts: Vec<usize> = self.cuts(&sites).into_iter().collect();
        let mut drafts: Vec<Draft> = Vec::new();
        for (at, start) in cuts.iter().enumerate() {
            for beside in self.beside(*start) {
                push(&mut drafts, beside);
            }
            if let Some(end) = cuts.get(at + 1) {
                let is_site = sites.contains_key(start);
                push(&mut drafts, self.piece(*start..*end, is_site));
            }
        }
        drafts.into_iter().map(|draft| self.row(draft)).collect()
    }

    /// The places of variation, by where they begin: variants, and words that are not cut for what
    /// differs inside them. Those that overlap are one.
    fn sites(&self) -> BTreeMap<usize, usize> {
        let columns = self.columns.iter();
        let mut ranges: Vec<Range<usize>> = columns.flat_map(Column::variants).collect();
        let words = tokens::words(&self.base, 0..self.base.len());
        let cut_word = |cut: usize| {
            let at = words.partition_point(|word| word.start < cut);
            let word = at.checked_sub(1).and_then(|at| words.get(at));
            word.filter(|word| cut < word.end).cloned()
        };
        ranges.extend(
            self.columns
                .iter()
                .flat_map(Column::ends)
                .filter_map(cut_word),
        );
        ranges.sort_by_key(|range| (range.start, range.end));
        let mut sites: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match sites.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => sites.push(range),
            }
        }
        sites
            .into_iter()
            .map(|site| (site.start, site.end))
            .collect()
    }

    /// Where the base is cut.
    fn cuts(&self, sites: &BTreeMap<usize, usize>) -> BTreeSet<usize> {
        let ends = self.columns.iter().flat_map(Column::ends);
        let of_sites = sites.iter().flat_map(|(start, end)| [*start, *end]);
        let ends = ends.chain(of_sites).chain([0, self.base.len()]);
        let mut cuts: BTreeSet<usize> = ends.collect();
        cuts.retain(|cut| {
            let site = sites.range(..*cut).next_back();
            site.is_none_or(|(_, end)| end <= cut)
        });
        cuts
    }

    /// What the copies have between two cuts.
    fn piece(&self, base: Range<usize>, is_site: bool) -> Draft {
        let text = &self.base.text()[base.clone()];
        let cell = |column: &Column<'_, '_>| {
            let own = column.after(base.start)..column.before(base.end);
            let kind = match column.kind(base.start) {
                _ if column.text(&own) == text => CellKind::Has,
                _ if !own.is_empty() => CellKind::Reads { moved_from: None },
                Kind::Moved(there) => CellKind::Moved(there),
                _ => CellKind::Lacks,
            };
            Cell { own, kind }
        };
        Draft {
            cells: self.columns.iter().map(cell).collect(),
            base,
            is_site,
        }
    }

    /// Rows of what copies have beside the base at `at`.
    fn beside(&self, at: usize) -> Vec<Draft> {
        let pieces: Vec<Vec<Cell>> = (self.columns.iter())
            .map(|column| column.beside(at))
            .collect();
        let texts = |column: usize, cell: &Cell| self.columns[column].text(&cell.own);
        let rows = beside::merge(&pieces, texts).into_iter();
        rows.map(|cells| Draft {
            base: at..at,
            cells: (cells.into_iter().zip(&self.columns))
                .map(|(cell, column)| cell.unwrap_or_else(|| column.nothing(at)))
                .collect(),
            is_site: false,
        })
        .collect()
    }

    fn row(&self, draft: Draft) -> Row {
        let mut readings: Vec<(Reading, &str)> = Vec::new();
        for (copy, (cell, column)) in draft.cells.iter().zip(&self.columns).enumerate() {
            let CellKind::Reads { moved_from } = cell.kind else {
                continue;
            };
            let (text, passage) = (column.text(&cell.own), column.passage(cell.own.clone()));
            let canonical = column.canonical(passage);
            match readings.iter_mut().find(|(_, known)| *known == text) {
                Some((reading, _)) => {
                    reading.by.push((copy, passage));
                    reading.moved_from = first_of(reading.moved_from, moved_from);
                    if canonical < reading.text.as_str() {
                        reading.text = canonical.to_owned();
                    }
                }
                None => readings.push((
                    Reading {
                        text: canonical.to_owned(),
                        by: vec![(copy, passage)],
                        moved_from,
                    },
                    text,
                )),
            }
        }
        readings.sort_by(|(a, one), (b, two)| b.by.len().cmp(&a.by.len()).then(one.cmp(two)));
        let readings: Vec<Reading> = readings.into_iter().map(|(reading, _)| reading).collect();
        let which = |copy: usize| {
            let of = |reading: &Reading| reading.by.iter().any(|(reader, _)| *reader == copy);
            readings.iter().position(of).unwrap_or(0)
        };
        let cells = (draft.cells.iter().enumerate()).map(|(copy, cell)| match cell.kind {
            CellKind::Has => TableCell::Has,
            CellKind::Lacks => TableCell::Lacks,
            CellKind::Moved(there) => TableCell::Moved(there),
            CellKind::Reads { .. } => TableCell::Reads(which(copy)),
        });
        Row {
            cells: cells.collect(),
            base: (!draft.base.is_empty()).then(|| self.base.passage(draft.base)),
            readings,
        }
    }
}

/// Adds a row, or makes the last one longer if every copy goes on as it was.
fn push(drafts: &mut Vec<Draft>, next: Draft) {
    if let Some(last) = drafts.last_mut()
        && !last.is_site
        && !next.is_site
        && last.base.is_empty() == next.base.is_empty()
        && last.base.end == next.base.start
        && (last.cells.iter().zip(&next.cells)).all(|(one, two)| one.goes_on_as(two))
    {
        last.base.end = next.base.end;
        for (cell, more) in last.cells.iter_mut().zip(next.cells) {
            cell.own.end = more.own.end;
        }
        return;
    }
    drafts.push(next);
}

/// The place in the base that comes first.
fn first_of(one: Option<Passage>, two: Option<Passage>) -> Option<Passage> {
    let places = one.into_iter().chain(two);
    places.min_by_key(|passage| passage.match_text)
}

impl Cell {
    /// Whether the next cell of the same copy can join this one.
    fn goes_on_as(&self, next: &Self) -> bool {
        let plain = CellKind::Reads { moved_from: None };
        self.own.end == next.own.start
            && self.kind == next.kind
            && (!matches!(self.kind, CellKind::Reads { .. }) || self.kind == plain)
    }
}
