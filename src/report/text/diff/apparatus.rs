//! What hangs on the text of two documents: comments, assets; and the headings of what differs.

use std::io;

use super::Diff;
use crate::report::passages::{self, Gap};
use crate::report::pen::Pen;
use crate::report::strip::Cell;
use crate::report::text::attached;
use crate::report::text::gutter::Sign;
use crate::report::text::rows::Mark;
use crate::report::{Entry, Only, comments, headings};
use crate::text::{Asset, Comment, Section, Span, Witness};

impl Diff<'_> {
    pub(super) fn comments(&mut self) -> io::Result<()> {
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
            self.comment_lists()?;
        }
        Ok(())
    }

    /// Where the comments stand in another order, and how many the documents say there are, unless
    /// both say what is so.
    fn comment_lists(&mut self) -> io::Result<()> {
        let view = self.view;
        let mut notes = Vec::new();
        if view.relation.comments.are_reordered() {
            notes.push("comments in another order".to_owned());
        }
        let sides = [view.base, view.copy];
        let differ = match sides.map(|entry| comments::declared(entry.witness)) {
            [Some(base), Some(copy)] => base != copy,
            _ => false,
        };
        notes.extend(
            (sides.into_iter()).filter_map(|entry| attached::declared(self.pen, entry, differ)),
        );
        for note in notes {
            self.title(Section::Comments.name())?;
            self.gutter.note(Sign::Note, None, None, &note, self.out)?;
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
        let signed = attached::signed(self.pen, comment, 40);
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
            attached::signed(self.pen, one, 40),
            counters(self.pen, one),
            self.pen.name(a.siglum),
            counters(self.pen, other),
            self.pen.name(b.siglum),
        );
        let places = (Some(one.line), Some(other.line));
        self.gutter
            .note(Sign::Note, places.0, places.1, &words, self.out)
    }

    pub(super) fn assets(&mut self) -> io::Result<()> {
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
    pub(super) fn headings(&mut self) -> io::Result<()> {
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
