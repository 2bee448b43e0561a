//! A comparison as text: what one document lacks, what only the other has, what both say
//! differently, in reading order, below what is to be said of it all.

mod apparatus;
mod structure;

use std::io::{self, Write};

use rayon::prelude::*;

use super::columns::Columns;
use super::headline::{View, headline};
use super::inline::Inline;
use super::layout::Layout;
use super::lines::Drafter;
use super::page::Page;
use super::sign::Sign;
use super::{attached, changes, wording};
use crate::report::numbers::lines;
use crate::report::parallel::{Kind, Piece, Row, Side, Stretch, stretches, weave};
use crate::report::pen::{Pen, Style};
use crate::report::{Entry, Only, Options};
use crate::text::{Relation, Span, Verdict};

/// Rows of context unless the options say otherwise.
const CONTEXT: usize = 1;

/// How the two texts are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// One below the other, what both say once.
    Inline,
    /// Side by side.
    Columns,
}

pub(super) fn write(
    pen: Pen,
    options: &Options,
    setting: Setting,
    base: Entry<'_>,
    copy: Entry<'_>,
    relation: &Relation,
    out: &mut dyn Write,
) -> io::Result<()> {
    let view = View {
        base,
        copy,
        relation,
    };
    if options.quiet {
        return verdict(pen, &view, view.less().path, out);
    }
    let drafter = Drafter {
        pen,
        base: base.witness,
        copy: copy.witness,
    };
    let layout: Box<dyn Layout> = match setting {
        Setting::Inline => Box::new(Inline::new(drafter)),
        Setting::Columns => Box::new(Columns::new(drafter)),
    };
    layout.names(base, copy, out)?;
    writeln!(out)?;
    summary(pen, &view, out)?;
    let mut diff = Diff {
        pen,
        only: options.only,
        view,
        drafter,
        layout: &*layout,
        section: None,
        out,
    };
    diff.text(options.context.unwrap_or(CONTEXT))?;
    diff.structure()?;
    diff.comments()?;
    diff.assets()?;
    diff.headings()
}

/// The one line that says most.
fn verdict(pen: Pen, view: &View<'_>, path: &str, out: &mut dyn Write) -> io::Result<()> {
    let label = format!("{} ", pen.name(view.less().siglum));
    writeln!(out, "{}", headline(pen, view, &label, path).line)
}

/// The verdict, the strip and the numbers.
fn summary(pen: Pen, view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(pen);
    let label = format!("{} ", pen.name(view.less().siglum));
    let headline = headline(pen, view, &label, "");
    page.raw(headline.line);
    if says_more(view) {
        changes::strip_line(&mut page, view, 0);
    }
    facts(&mut page, view, headline.whole);
    page.into_lines()
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

/// Whether there is more to say of the text than the verdict.
fn says_more(view: &View<'_>) -> bool {
    view.relation.verdict > Verdict::Equivalent && !view.same_body()
}

/// What is said below the verdict.
fn facts(page: &mut Page, view: &View<'_>, cut_is_said: bool) {
    if says_more(view) {
        changes::coverage(page, view, 2);
    }
    changes::cut(page, view, 2, cut_is_said);
    changes::approximations(page, view, 2);
    attached::damage(page, view.base, 2);
    attached::damage(page, view.copy, 2);
}

/// The verdict, then what is said below it, a line for each fact.
pub(crate) fn summary_lines(pen: Pen, view: &View<'_>) -> Vec<String> {
    let mut page = Page::new(pen);
    let label = format!("{} ", pen.name(view.less().siglum));
    let headline = headline(pen, view, &label, "");
    page.raw(headline.line);
    facts(&mut page, view, headline.whole);
    page.into_lines()
}

/// What is written of the text, piece by piece.
enum Part<'r> {
    Row(&'r Row),
    /// Rows that are left out.
    Folded(&'r [Row]),
}

impl Part<'_> {
    fn section(&self) -> &'static str {
        match self {
            Self::Row(row) => row.section.name(),
            Self::Folded(rows) => rows.first().map_or("", |row| row.section.name()),
        }
    }
}

/// So many parts are set by one thread.
const BATCH: usize = 32;

/// So many batches are set before they are written.
const BATCHES: usize = 64;

fn write_all(texts: &[Vec<u8>], out: &mut dyn Write) -> io::Result<()> {
    texts.iter().try_for_each(|text| out.write_all(text))
}

struct Diff<'a> {
    pen: Pen,
    only: Option<Only>,
    view: View<'a>,
    drafter: Drafter<'a>,
    layout: &'a dyn Layout,
    section: Option<&'static str>,
    out: &'a mut dyn Write,
}

impl Diff<'_> {
    /// A title, once for each section.
    fn title(&mut self, section: &'static str) -> io::Result<()> {
        if self.section == Some(section) {
            return Ok(());
        }
        self.section = Some(section);
        writeln!(self.out, "\n{}", self.pen.paint(Style::Title, section))
    }

    fn text(&mut self, context: usize) -> io::Result<()> {
        let view = self.view;
        let (base, copy, relation) = (view.base.witness, view.copy.witness, view.relation);
        let rows = weave(base, copy, &relation.edits, &relation.moves, self.only);
        // Sections without a change are not mentioned.
        let is_shown = |row: &Row| {
            let mut section = rows.iter().filter(|other| other.section == row.section);
            section.any(Row::is_changed)
        };
        let mut parts = Vec::new();
        for stretch in stretches(&rows, context) {
            match stretch {
                Stretch::Shown(range) => parts.extend(rows[range].iter().map(Part::Row)),
                Stretch::Folded(range) if is_shown(&rows[range.start]) => {
                    parts.push(Part::Folded(&rows[range]));
                }
                Stretch::Folded(_) => {}
            }
        }
        // Threads set the parts, a batch each, and this one writes in order what was set before.
        let Self {
            pen,
            only,
            view,
            drafter,
            layout,
            ..
        } = *self;
        let set = |(section, parts): &(Option<&'static str>, &[Part<'_>])| {
            let mut text = Vec::new();
            let mut diff = Diff {
                pen,
                only,
                view,
                drafter,
                layout,
                section: *section,
                out: &mut text,
            };
            parts.iter().try_for_each(|part| diff.part(part))?;
            Ok(text)
        };
        let mut batches = Vec::with_capacity(parts.len() / BATCH + 1);
        for batch in parts.chunks(BATCH) {
            batches.push((self.section, batch));
            self.section = batch.last().map(Part::section);
        }
        let mut ready: Vec<Vec<u8>> = Vec::new();
        for some in batches.chunks(BATCHES) {
            let mut next: io::Result<_> = Ok(Vec::new());
            rayon::in_place_scope(|scope| {
                scope.spawn(|_| next = some.par_iter().map(set).collect());
                write_all(&ready, self.out)
            })?;
            ready = next?;
        }
        write_all(&ready, self.out)
    }

    fn part(&mut self, part: &Part<'_>) -> io::Result<()> {
        self.title(part.section())?;
        match part {
            Part::Row(row) => self.row(row),
            Part::Folded(rows) => {
                let words = wording::folded(self.pen, rows);
                self.layout.fold(&words, self.out)
            }
        }
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let mut told = None;
        for piece in row.pieces.iter().filter(|piece| piece.is_marked()) {
            let there = piece.elsewhere.map(|there| (piece.kind, there.lines));
            if there.is_some() && there != told {
                self.pointer(row, piece)?;
                told = there;
            }
        }
        match row.is_arrival() {
            true => Ok(()),
            false => self.layout.row(row, self.out),
        }
    }

    /// Where a passage is on the other side that moved, or that one side has once more.
    fn pointer(&mut self, row: &Row, piece: &Piece) -> io::Result<()> {
        let Some(there) = piece.elsewhere else {
            return Ok(());
        };
        let view = self.view;
        let edited = row.moved.and_then(|at| view.relation.moves.get(at));
        let edited = match edited.is_some_and(|one| one.edited) {
            true => ", edited",
            false => "",
        };
        let there = lines(there.lines);
        let (sign, words, siglum) = match piece.kind {
            Kind::Lacking if row.moved.is_none() => (Sign::Lacking, "also at", view.copy.siglum),
            Kind::Extra if row.moved.is_none() => (Sign::Extra, "also at", view.base.siglum),
            Kind::MovedHere => (Sign::MovedHere, "moved here from", view.base.siglum),
            _ => (Sign::Moved, "moved to", view.copy.siglum),
        };
        let words = format!("({words} {there} of {}{edited})", self.pen.name(siglum));
        let line =
            |side, text: Option<Span>| text.map(|text| self.drafter.line_of(side, text.start()));
        let (base, copy) = match sign {
            Sign::MovedHere | Sign::Extra => (None, line(Side::Copy, piece.copy)),
            _ => (
                line(Side::Base, piece.base.or(row.base.map(|part| part.text))),
                None,
            ),
        };
        self.layout.note(sign, base, copy, &words, self.out)
    }
}
