//! Two documents side by side: what one lacks, what only the other has, what both say
//! differently, in reading order.

mod apparatus;
mod structure;

use std::io::{self, Write};
use std::ops::Range;

use super::gutter::{Gutter, Row, Sign};
use super::headline::{View, headline};
use super::page::Page;
use super::rows::{Cluster, Mark, clusters};
use super::{attached, changes};
use crate::report::numbers::lines;
use crate::report::pen::{Pen, Style};
use crate::report::strip::Cell;
use crate::report::{Entry, Only, Options};
use crate::text::{Relation, Verdict, Witness};

/// Blocks of context unless the options say otherwise.
const CONTEXT: usize = 1;

pub(super) fn write(
    pen: Pen,
    options: &Options,
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
    if !options.quiet {
        let mut diff = Diff {
            pen,
            only: options.only,
            view,
            gutter: Gutter::new(pen, base.witness, copy.witness),
            section: None,
            out: &mut *out,
        };
        diff.header()?;
        diff.text(options.context.unwrap_or(CONTEXT))?;
        diff.structure()?;
        diff.comments()?;
        diff.assets()?;
        diff.headings()?;
        writeln!(diff.out)?;
    }
    verdict(pen, &view, options.quiet, out)
}

/// The last lines: the strip, the verdict and the numbers.
fn verdict(pen: Pen, view: &View<'_>, quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(pen);
    let less = view.less();
    let differ = view.relation.verdict > Verdict::Equivalent && !view.same_body();
    let says_more = !quiet && differ;
    if says_more {
        changes::strip_line(&mut page, view, 0);
    }
    let headline = headline(pen, view, &format!("{} ", pen.name(less.siglum)), less.path);
    page.raw(headline.line);
    if says_more {
        changes::coverage(&mut page, view, 2);
    }
    if !quiet {
        changes::cut(&mut page, view, 2, headline.whole);
        changes::approximations(&mut page, view, 2);
        attached::damage(&mut page, view.base, 2);
        attached::damage(&mut page, view.copy, 2);
    }
    page.into_lines()
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

struct Diff<'a> {
    pen: Pen,
    only: Option<Only>,
    view: View<'a>,
    gutter: Gutter,
    section: Option<&'static str>,
    out: &'a mut dyn Write,
}

impl Diff<'_> {
    fn header(&mut self) -> io::Result<()> {
        for (sign, entry) in [('-', self.view.base), ('+', self.view.copy)] {
            let label = format!("{sign} {} ", self.pen.name(entry.siglum));
            writeln!(self.out, "{label}{}", self.pen.name(entry.path))?;
        }
        Ok(())
    }

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
        let edits = &view.relation.edits;
        let clusters = clusters(view.base.witness, view.copy.witness, edits, self.only);
        let mut shown_to = 0;
        for at in shown(&clusters, context) {
            let cluster = &clusters[at];
            let new_section = self.section != Some(cluster.section.name());
            self.title(cluster.section.name())?;
            if at > shown_to && !new_section {
                writeln!(self.out)?;
            }
            self.cluster(cluster)?;
            shown_to = at + 1;
        }
        Ok(())
    }

    fn cluster(&mut self, cluster: &Cluster) -> io::Result<()> {
        let (base, copy) = (self.view.base, self.view.copy);
        let (in_base, in_copy) = (cluster.base_marks.as_slice(), cluster.copy_marks.as_slice());
        if !cluster.is_changed() {
            let other = self.first_line(copy.witness, &cluster.copy);
            return self.side(base.witness, &cluster.base, &[], Sign::Same, other);
        }
        if !in_base.is_empty() {
            let whole = cluster.copy.is_empty() && !cluster.other;
            let sign = sign(in_base, Sign::Moved, Sign::Lacking);
            let marks = marks(in_base, whole, base.witness, &cluster.base);
            let other = self.first_line(copy.witness, &cluster.copy);
            let other = other.filter(|_| in_copy.is_empty());
            self.pointers(in_base, base.witness, copy.siglum, Sign::Moved)?;
            self.side(base.witness, &cluster.base, marks, sign, other)?;
        }
        if !in_copy.is_empty() {
            let whole = cluster.base.is_empty() && !cluster.other;
            let marks = marks(in_copy, whole, copy.witness, &cluster.copy);
            let sign = sign(in_copy, Sign::MovedHere, Sign::Extra);
            let other = self.first_line(base.witness, &cluster.base);
            let other = other.filter(|_| in_base.is_empty());
            self.pointers(in_copy, copy.witness, base.siglum, Sign::MovedHere)?;
            // Moved text is shown once, at its place in the base.
            if !(sign == Sign::MovedHere && marks.is_empty()) {
                self.side(copy.witness, &cluster.copy, marks, sign, other)?;
            }
        }
        Ok(())
    }

    /// The line on which the first of some blocks begins.
    fn first_line(&self, witness: &Witness, blocks: &Range<usize>) -> Option<u32> {
        let first = witness.blocks.get(blocks.clone())?.first()?;
        Some(self.gutter.line_of(witness, first.text))
    }

    /// The blocks of one side, with their marks.
    fn side(
        &mut self,
        witness: &Witness,
        blocks: &Range<usize>,
        marks: &[Mark],
        sign: Sign,
        mut other: Option<u32>,
    ) -> io::Result<()> {
        for block in witness.blocks.get(blocks.clone()).unwrap_or_default() {
            let row = Row {
                witness,
                text: block.text,
                sign,
                other: other.take(),
            };
            self.gutter.write(&row, marks, self.out)?;
        }
        Ok(())
    }

    /// Where moved passages are on the other side.
    fn pointers(
        &mut self,
        marks: &[Mark],
        witness: &Witness,
        siglum: &str,
        sign: Sign,
    ) -> io::Result<()> {
        for mark in marks {
            let Some(range) = mark.elsewhere else {
                continue;
            };
            let there = format!("{} of {}", lines(range), self.pen.name(siglum));
            let words = match sign {
                Sign::Moved => format!("(moved to {there})"),
                _ => format!("(moved here from {there})"),
            };
            let (left, right) = sign.places(self.gutter.line_of(witness, mark.text));
            self.gutter.note(sign, left, right, &words, self.out)?;
        }
        Ok(())
    }
}

/// The clusters to show: the changed ones and as much around them as was asked for.
fn shown(clusters: &[Cluster], context: usize) -> Vec<usize> {
    let mut shown: Vec<usize> = Vec::new();
    for (at, _) in clusters.iter().enumerate().filter(|(_, c)| c.is_changed()) {
        let next = shown.last().map_or(0, |last| last + 1);
        let first = at.saturating_sub(context).max(next);
        let last = at.saturating_add(context).min(clusters.len() - 1);
        shown.extend((first..=last).filter(|at| {
            let cluster = &clusters[*at];
            cluster.is_changed() || !cluster.other
        }));
    }
    shown
}

/// The sign of a side: that of moved text if nothing else is marked.
fn sign(marks: &[Mark], moved: Sign, other: Sign) -> Sign {
    if marks.iter().all(|mark| mark.kind == Cell::Moved) {
        moved
    } else {
        other
    }
}

/// The marks to show in blocks: none where the sign says it of all of them.
fn marks<'m>(
    marks: &'m [Mark],
    whole: bool,
    witness: &Witness,
    blocks: &Range<usize>,
) -> &'m [Mark] {
    let one_kind = marks.windows(2).all(|pair| pair[0].kind == pair[1].kind);
    let marked: usize = marks.iter().map(|mark| mark.text.len()).sum();
    let blocks = witness.blocks.get(blocks.clone()).unwrap_or_default();
    let all: usize = blocks.iter().map(|block| block.text.len()).sum();
    if whole && one_kind && marked >= all {
        &[]
    } else {
        marks
    }
}
