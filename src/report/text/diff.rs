//! Two documents side by side: what one lacks, what only the other has, what both say
//! differently, in reading order.

use std::io::{self, Write};
use std::ops::Range;

use super::changes;
use super::gutter::{Gutter, Row, Sign};
use super::headline::{View, headline};
use super::page::Page;
use super::rows::{Cluster, Mark, clusters};
use crate::report::numbers::lines;
use crate::report::passages::{self, Gap};
use crate::report::pen::{Pen, Style};
use crate::report::strip::Cell;
use crate::report::{Entry, Only, Options, comments, headings};
use crate::text::{Asset, Comment, Relation, Section, Span, Verdict, Witness};

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
        changes::damage(&mut page, view.base, 2);
        changes::damage(&mut page, view.copy, 2);
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

    fn comments(&mut self) -> io::Result<()> {
        let view = self.view;
        let changes = &view.relation.comments;
        let name = Section::Comments.name();
        if self.asks(Only::Lacking) {
            for at in &changes.lacking {
                self.title(name)?;
                self.comment(view.base.witness, *at, Sign::Lacking, None)?;
            }
        }
        if self.asks(Only::Extra) {
            for at in &changes.extra {
                self.title(name)?;
                self.comment(view.copy.witness, *at, Sign::Extra, None)?;
            }
        }
        if self.asks(Only::Variants) {
            for change in &changes.changed {
                self.title(name)?;
                self.changed(change.base, change.copy)?;
            }
        }
        if self.only.is_none() {
            for &(base, copy) in &changes.counters {
                self.title(name)?;
                self.counters(base, copy)?;
            }
            let differ =
                comments::declared(view.base.witness) != comments::declared(view.copy.witness);
            for entry in [view.base, view.copy].into_iter().filter(|_| differ) {
                if let Some(words) = changes::declared(self.pen, entry) {
                    self.title(name)?;
                    self.gutter.note(Sign::Note, None, None, &words, self.out)?;
                }
            }
        }
        Ok(())
    }

    fn changed(&mut self, base: u32, copy: u32) -> io::Result<()> {
        let (a, b) = (self.view.base.witness, self.view.copy.witness);
        let pair = (a.comments.get(base as usize), b.comments.get(copy as usize));
        let (Some(one), Some(other)) = pair else {
            return Ok(());
        };
        let (left, right) = differing((a, one), (b, other));
        self.comment(a, base, Sign::Lacking, Some(left))?;
        self.comment(b, copy, Sign::Extra, Some(right))
    }

    fn asks(&self, only: Only) -> bool {
        self.only.is_none_or(|asked| asked == only)
    }

    /// Author and date, then the text; `differs` is what of the text differs.
    fn comment(
        &mut self,
        witness: &Witness,
        at: u32,
        sign: Sign,
        differs: Option<Span>,
    ) -> io::Result<()> {
        let Some(comment) = witness.comments.get(at as usize) else {
            return Ok(());
        };
        let signed = changes::signed(self.pen, comment, 40);
        let signed = if signed.is_empty() {
            "comment".to_owned()
        } else {
            signed
        };
        let (left, right) = sign.places(comment.line);
        self.gutter.note(sign, left, right, &signed, self.out)?;
        let mark = differs.map(|text| Mark {
            kind: Cell::Variant,
            text,
            elsewhere: None,
        });
        let blocks = comment.blocks.start as usize..comment.blocks.end as usize;
        self.side(witness, &blocks, mark.as_slice(), sign, None)
    }

    fn counters(&mut self, base: u32, copy: u32) -> io::Result<()> {
        let (a, b) = (self.view.base, self.view.copy);
        let (Some(one), Some(other)) = (
            a.witness.comments.get(base as usize),
            b.witness.comments.get(copy as usize),
        ) else {
            return Ok(());
        };
        let words = format!(
            "{}: {} in {}, {} in {}",
            changes::signed(self.pen, one, 40),
            counters(self.pen, one),
            self.pen.name(a.siglum),
            counters(self.pen, other),
            self.pen.name(b.siglum),
        );
        let places = (Some(one.line), Some(other.line));
        self.gutter
            .note(Sign::Note, places.0, places.1, &words, self.out)
    }

    fn assets(&mut self) -> io::Result<()> {
        let view = self.view;
        let changes = &view.relation.assets;
        if self.asks(Only::Lacking) {
            self.asset_list(&changes.lacking, view.base.witness, Sign::Lacking)?;
        }
        if self.asks(Only::Extra) {
            self.asset_list(&changes.extra, view.copy.witness, Sign::Extra)?;
        }
        Ok(())
    }

    /// The headings that the copy lacks, and that only it has: an outline of the difference.
    fn headings(&mut self) -> io::Result<()> {
        let view = self.view;
        if self.asks(Only::Lacking) {
            let gaps = passages::lacking(view.relation);
            self.heading_list(&gaps, view.base, Sign::Lacking, "headings lacking")?;
        }
        if self.asks(Only::Extra) {
            let gaps = passages::extra(view.relation);
            self.heading_list(&gaps, view.copy, Sign::Extra, "headings extra")?;
        }
        Ok(())
    }

    fn heading_list(
        &mut self,
        gaps: &[Gap],
        entry: Entry<'_>,
        sign: Sign,
        title: &'static str,
    ) -> io::Result<()> {
        for gap in gaps {
            for block in headings::within(entry.witness, gap.passage) {
                self.title(title)?;
                let (left, right) = sign.places(block.line);
                let words = self.pen.line(block.text(entry.witness));
                self.gutter.note(sign, left, right, &words, self.out)?;
            }
        }
        Ok(())
    }

    fn asset_list(&mut self, assets: &[u32], witness: &Witness, sign: Sign) -> io::Result<()> {
        for asset in assets
            .iter()
            .filter_map(|at| witness.assets.get(*at as usize))
        {
            self.title("assets")?;
            let (left, right) = sign.places(asset.line);
            let words = described(self.pen, asset);
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

/// What differs of two comments' texts: all between their common beginning and their common end.
fn differing(
    (base, one): (&Witness, &Comment),
    (copy, other): (&Witness, &Comment),
) -> (Span, Span) {
    let (left, right) = (comments::text(base, one), comments::text(copy, other));
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let bytes = |pair: (char, char)| pair.0.len_utf8();
    let heads = left.chars().zip(right.chars());
    let start: usize = heads.take_while(same).map(bytes).sum();
    let tails = left[start..]
        .chars()
        .rev()
        .zip(right[start..].chars().rev());
    let end: usize = tails.take_while(same).map(bytes).sum();
    let inner = |span: Span| Span::new(span.start() + start, span.end() - end);
    (
        inner(comments::span(base, one)),
        inner(comments::span(copy, other)),
    )
}

fn counters(pen: Pen, comment: &Comment) -> String {
    let all: Vec<String> = comment
        .counters
        .iter()
        .map(|counter| format!("{} {}", pen.name(&counter.label), pen.number(counter.value)))
        .collect();
    if all.is_empty() {
        "no counters".to_owned()
    } else {
        all.join(", ")
    }
}

/// `image https://… “alt”`.
fn described(pen: Pen, asset: &Asset) -> String {
    let mut words = format!("{} {}", asset.kind.name(), pen.name(&asset.target));
    if !asset.alt.is_empty() {
        words += &format!(" {}", pen.quote(&asset.alt, pen.width()));
    }
    words
}
