//! The strips of both documents, as pictures that lead to the passages.

use std::io;

use super::Pair;
use crate::report::markup::escaped;
use crate::report::mirror::mirrored;
use crate::report::parallel::Side;
use crate::report::strip::{Cell, strip};
use crate::text::{Edit, Section};

/// Cells of a strip at most: finer than a screen shows serves nobody.
const CELLS: usize = 400;

/// A stretch of one side's body: characters from its start.
struct Stretch {
    cell: Cell,
    start: u64,
    end: u64,
    /// Where it begins in match text.
    at: usize,
}

/// Neighbouring cells that lead to one place.
#[derive(Clone, PartialEq, Eq)]
struct Mark {
    /// What most of it is.
    most: Cell,
    /// The gravest thing in it.
    shown: Cell,
    /// How many stretches of each of [`DIFFERENCES`] are in it.
    counts: [usize; DIFFERENCES.len()],
    /// The first of them; of a mark without any, the first stretch in it.
    first: Option<usize>,
}

/// What is marked, the gravest first.
const DIFFERENCES: [Cell; 3] = [Cell::Lacking, Cell::Variant, Cell::Moved];

impl Pair<'_> {
    /// A strip of each, and what its heights mean.
    pub(super) fn overview(&mut self) -> io::Result<()> {
        if self.view.relation.edits.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<nav aria-label=\"Overview\">")?;
        let edits = &self.view.relation.edits;
        self.strip(Side::Base, edits)?;
        self.strip(Side::Copy, &mirrored(edits))?;
        writeln!(
            self.out,
            "<p class=\"legend\"><span><i class=\"present\"></i>in both</span>\
             <span><i class=\"variant\"></i>said differently</span>\
             <span><i class=\"elsewhere\"></i>elsewhere</span>\
             <span><i class=\"lacking\"></i>only here</span></p>\n</nav>"
        )
    }

    /// The strip of one side, of which `edits` have the text as that of their base. Every difference
    /// is marked: those that are too close to each other for marks of their own share one.
    fn strip(&mut self, side: Side, edits: &[Edit]) -> io::Result<()> {
        let cells = strip(edits, Section::Body, CELLS);
        let stretches = stretches(edits);
        if stretches.is_empty() {
            return Ok(());
        }
        let siglum = escaped(self.entry(side).siglum).into_owned();
        writeln!(
            self.out,
            "<div class=\"strip\"><span>{siglum}</span><svg viewBox=\"0 0 {} 10\" \
             preserveAspectRatio=\"none\" role=\"group\" aria-label=\"The text of {siglum}\">",
            cells.len()
        )?;
        let marks = marks(&cells, &stretches);
        let mut from = 0;
        for run in marks.chunk_by(|one, other| one == other) {
            let to = from + run.len();
            let at = run[0].first.and_then(|at| stretches.get(at));
            let block = at.and_then(|one| self.block_of(side, one.at));
            self.bar(side, &run[0], from..to, block)?;
            from = to;
        }
        writeln!(self.out, "</svg></div>")
    }

    fn bar(
        &mut self,
        side: Side,
        mark: &Mark,
        cells: std::ops::Range<usize>,
        block: Option<usize>,
    ) -> io::Result<()> {
        let (x, width) = (cells.start, cells.len());
        let rect = |class: &str, height: usize| {
            let y = 10 - height;
            format!(
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            )
        };
        let (class, _, height) = look(mark.shown);
        // Behind a mark that is a small part of its cells stands what most of them is.
        let behind = match mark.most {
            Cell::Present if mark.shown != Cell::Present => "present",
            _ => "ground",
        };
        let bar = format!(
            "<title>{}</title>{}{}",
            mark.words(),
            rect(behind, 10),
            rect(class, height)
        );
        match block {
            Some(block) => {
                let anchor = self.anchor(side, block);
                writeln!(self.out, "<a href=\"#{anchor}\">{bar}</a>")
            }
            None => writeln!(self.out, "<g>{bar}</g>"),
        }
    }
}

impl Mark {
    /// `only here`; of several, `2 only here, 1 said differently`.
    fn words(&self) -> String {
        let kinds = DIFFERENCES.iter().zip(self.counts);
        let there = kinds.filter(|(_, count)| *count > 0);
        let there: Vec<(&str, usize)> = there.map(|(cell, count)| (look(*cell).1, count)).collect();
        match there.as_slice() {
            [] => look(self.shown).1.to_owned(),
            [(words, 1)] => (*words).to_owned(),
            several => {
                let told = several
                    .iter()
                    .map(|(words, count)| format!("{count} {words}"));
                told.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// The class of a cell, what it says, and its height.
fn look(cell: Cell) -> (&'static str, &'static str, usize) {
    match cell {
        Cell::Present => ("present", "in both", 10),
        Cell::Variant => ("variant", "said differently", 6),
        Cell::Moved => ("elsewhere", "elsewhere", 8),
        Cell::Lacking => ("lacking", "only here", 4),
    }
}

/// What each cell of a strip marks. Cells that are equal are parts of one mark.
fn marks(cells: &[Cell], stretches: &[Stretch]) -> Vec<Mark> {
    let total = stretches.last().map_or(0, |last| last.end);
    let blank = |most: &Cell| Mark {
        most: *most,
        shown: *most,
        counts: [0; DIFFERENCES.len()],
        first: None,
    };
    let mut marks: Vec<Mark> = cells.iter().map(blank).collect();
    let cell_of = |offset: u64| {
        let cell = u128::from(offset) * cells.len() as u128 / u128::from(total.max(1));
        (cell as usize).min(cells.len().saturating_sub(1))
    };
    let grave = |cell: Cell| DIFFERENCES.iter().position(|one| *one == cell);
    for (number, stretch) in stretches.iter().enumerate() {
        let Some(kind) = grave(stretch.cell) else {
            continue;
        };
        for mark in &mut marks[cell_of(stretch.start)..=cell_of(stretch.end - 1)] {
            mark.counts[kind] += 1;
            mark.first.get_or_insert(number);
            let gravest = grave(mark.shown).is_none_or(|shown| kind < shown);
            if gravest {
                mark.shown = stretch.cell;
            }
        }
    }
    // A stretch of what both have leads to where it begins.
    let mut known: Option<usize> = None;
    let mut next = 0;
    for (at, mark) in marks.iter_mut().enumerate() {
        if mark.first.is_some() {
            known = None;
            continue;
        }
        let start = at as u64 * total / cells.len() as u64;
        while stretches.get(next).is_some_and(|one| one.end <= start) {
            next += 1;
        }
        mark.first = Some(*known.get_or_insert(next));
    }
    marks
}

fn stretches(edits: &[Edit]) -> Vec<Stretch> {
    let mut end = 0;
    let stretch = |edit: &Edit| {
        let (cell, base) = match edit {
            Edit::Same { base, .. } => (Cell::Present, base),
            Edit::Lacking { base, .. } => (Cell::Lacking, base),
            Edit::Variant { base, .. } => (Cell::Variant, base),
            Edit::Moved { base, .. } | Edit::Repeated { base, .. } => (Cell::Moved, base),
            Edit::Extra { .. } | Edit::MovedHere { .. } | Edit::RepeatedHere { .. } => return None,
        };
        if base.section != Section::Body || base.chars == 0 {
            return None;
        }
        let start = end;
        end += base.chars;
        Some(Stretch {
            cell,
            start,
            end,
            at: base.match_text.start(),
        })
    };
    edits.iter().filter_map(stretch).collect()
}
