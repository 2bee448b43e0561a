//! What hangs on the text of two documents: comments, assets; and the headings of what differs.

use std::io;

use super::Diff;
use crate::report::parallel::{Kind, Side, changed_comment, comment};
use crate::report::passages::{self, Gap};
use crate::report::text::sign::Sign;
use crate::report::text::wording;
use crate::report::{Entry, Only, headings};
use crate::text::{Comment, Section, Witness};

impl Diff<'_> {
    pub(super) fn comments(&mut self) -> io::Result<()> {
        let view = self.view;
        let changes = &view.relation.comments;
        let name = Section::Comments.name();
        if self.asks(Only::Lacking) {
            for at in &changes.lacking {
                self.title(name)?;
                self.comment(view.base.witness, *at, Side::Base)?;
            }
        }
        if self.asks(Only::Extra) {
            for at in &changes.extra {
                self.title(name)?;
                self.comment(view.copy.witness, *at, Side::Copy)?;
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
            for note in wording::comment_lists(self.pen, &view) {
                self.title(name)?;
                self.layout
                    .note(Sign::Changed, None, None, &note, self.out)?;
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
        let (left, right) = (
            wording::comment(self.pen, one),
            wording::comment(self.pen, other),
        );
        if left == right {
            let (base, copy) = (Some(one.line), Some(other.line));
            self.layout
                .note(Sign::Changed, base, copy, &left, self.out)?;
        } else {
            self.byline(Sign::Lacking, one)?;
            self.byline(Sign::Extra, other)?;
        }
        for row in changed_comment((a, one), (b, other)) {
            self.layout.row(&row, self.out)?;
        }
        Ok(())
    }

    fn asks(&self, only: Only) -> bool {
        self.only.is_none_or(|asked| asked == only)
    }

    /// A comment that one side has: author and date, then the text.
    fn comment(&mut self, witness: &Witness, at: u32, side: Side) -> io::Result<()> {
        let Some(one) = witness.comments.get(at as usize) else {
            return Ok(());
        };
        let sign = Sign::of(Kind::Variant, side);
        self.byline(sign, one)?;
        for row in comment(witness, one, side) {
            self.layout.row(&row, self.out)?;
        }
        Ok(())
    }

    fn byline(&mut self, sign: Sign, comment: &Comment) -> io::Result<()> {
        let (base, copy) = sign.places(comment.line);
        let signed = wording::comment(self.pen, comment);
        self.layout.note(sign, base, copy, &signed, self.out)
    }

    fn counters(&mut self, base: u32, copy: u32) -> io::Result<()> {
        let (a, b) = (self.view.base, self.view.copy);
        let (Some(one), Some(other)) = (
            a.witness.comments.get(base as usize),
            b.witness.comments.get(copy as usize),
        ) else {
            return Ok(());
        };
        let words = wording::counters(self.pen, &self.view, one, other);
        let places = (Some(one.line), Some(other.line));
        self.layout
            .note(Sign::Changed, places.0, places.1, &words, self.out)
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
                self.layout.note(sign, left, right, &words, self.out)?;
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
            let words = wording::asset(self.pen, asset);
            self.layout.name(sign, asset.line, &words, self.out)?;
        }
        Ok(())
    }
}
