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
             <span><i class=\"elsewhere\"></i>moved</span>\
             <span><i class=\"lacking\"></i>only here</span></p>\n</nav>"
        )
    }

    /// The strip of one side, of which `edits` have the text as that of their base.
    fn strip(&mut self, side: Side, edits: &[Edit]) -> io::Result<()> {
        let cells = strip(edits, Section::Body, CELLS);
        let stretches = stretches(edits);
        let Some(total) = stretches.last().map(|last| last.end) else {
            return Ok(());
        };
        let siglum = escaped(self.entry(side).siglum).into_owned();
        writeln!(
            self.out,
            "<div class=\"strip\"><span>{siglum}</span><svg viewBox=\"0 0 {} 10\" \
             preserveAspectRatio=\"none\" role=\"group\" aria-label=\"The text of {siglum}\">",
            cells.len()
        )?;
        let offset = |cell: usize| cell as u64 * total / cells.len().max(1) as u64;
        let (mut from, mut next) = (0, 0);
        for run in cells.chunk_by(|one, other| one == other) {
            let to = from + run.len();
            // The first stretch of the run's kind that the run shows.
            while stretches
                .get(next)
                .is_some_and(|one| one.end <= offset(from))
            {
                next += 1;
            }
            let shown = stretches[next..].iter();
            let mut shown = shown.take_while(|one| one.start < offset(to));
            let target = shown.find(|one| one.cell == run[0]);
            let block = target.and_then(|one| self.block_of(side, one.at));
            self.bar(side, run[0], from..to, block)?;
            from = to;
        }
        writeln!(self.out, "</svg></div>")
    }

    fn bar(
        &mut self,
        side: Side,
        cell: Cell,
        cells: std::ops::Range<usize>,
        block: Option<usize>,
    ) -> io::Result<()> {
        let (class, words, height) = match cell {
            Cell::Present => ("present", "in both", 10),
            Cell::Variant => ("variant", "said differently", 6),
            Cell::Moved => ("elsewhere", "moved", 8),
            Cell::Lacking => ("lacking", "only here", 4),
        };
        let (x, width) = (cells.start, cells.len());
        let bar = format!(
            "<title>{words}</title><rect class=\"ground\" x=\"{x}\" y=\"0\" width=\"{width}\" height=\"10\"/>\
             <rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"{height}\"/>",
            10 - height
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

fn stretches(edits: &[Edit]) -> Vec<Stretch> {
    let mut end = 0;
    let stretch = |edit: &Edit| {
        let (cell, base) = match edit {
            Edit::Same { base, .. } => (Cell::Present, base),
            Edit::Lacking { base, .. } => (Cell::Lacking, base),
            Edit::Variant { base, .. } => (Cell::Variant, base),
            Edit::Moved { base, .. } => (Cell::Moved, base),
            Edit::Extra { .. } | Edit::MovedHere { .. } => return None,
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
