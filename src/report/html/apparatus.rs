//! What hangs on the text: comments, assets, and how it is divided.

use std::io;

use super::Pair;
use crate::report::Only;
use crate::report::markup::escaped;
use crate::report::parallel::{Side, changed_comment, comment};
use crate::report::text::wording;
use crate::text::Comment;

impl Pair<'_> {
    pub(super) fn comments(&mut self) -> io::Result<()> {
        let view = self.view;
        let changes = &view.relation.comments;
        let (a, b) = (view.base.witness, view.copy.witness);
        let notes = match self.only {
            None => wording::comment_lists(self.pen, &view),
            Some(_) => Vec::new(),
        };
        let counters = if self.only.is_none() {
            &changes.counters[..]
        } else {
            &[]
        };
        let lacking = self.asked(Only::Lacking, &changes.lacking);
        let extra = self.asked(Only::Extra, &changes.extra);
        let changed = self.asked(Only::Variants, &changes.changed);
        if lacking.is_empty()
            && extra.is_empty()
            && changed.is_empty()
            && counters.is_empty()
            && notes.is_empty()
        {
            return Ok(());
        }
        self.open_section("comments")?;
        for one in lacking.iter().filter_map(|at| a.comments.get(*at as usize)) {
            self.byline(Some(one), None)?;
            self.rows(&comment(a, one, Side::Base))?;
        }
        for one in extra.iter().filter_map(|at| b.comments.get(*at as usize)) {
            self.byline(None, Some(one))?;
            self.rows(&comment(b, one, Side::Copy))?;
        }
        for change in changed {
            let pair = (
                a.comments.get(change.base as usize),
                b.comments.get(change.copy as usize),
            );
            if let (Some(one), Some(other)) = pair {
                self.byline(Some(one), Some(other))?;
                self.rows(&changed_comment((a, one), (b, other)))?;
            }
        }
        for (one, other) in counters {
            let pair = (
                a.comments.get(*one as usize),
                b.comments.get(*other as usize),
            );
            if let (Some(one), Some(other)) = pair {
                self.note(&wording::counters(self.pen, &view, one, other))?;
            }
        }
        for note in notes {
            self.note(&note)?;
        }
        self.close_section(true)
    }

    pub(super) fn assets(&mut self) -> io::Result<()> {
        let view = self.view;
        let changes = &view.relation.assets;
        let lacking = self.asked(Only::Lacking, &changes.lacking);
        let extra = self.asked(Only::Extra, &changes.extra);
        if lacking.is_empty() && extra.is_empty() {
            return Ok(());
        }
        self.open_section("assets")?;
        for (assets, side) in [(lacking, Side::Base), (extra, Side::Copy)] {
            let witness = self.entry(side).witness;
            let words: Vec<(u32, String)> = assets
                .iter()
                .filter_map(|at| witness.assets.get(*at as usize))
                .map(|asset| (asset.line, wording::asset(self.pen, asset)))
                .collect();
            for (line, words) in words {
                self.one_sided(side, line, &words)?;
            }
        }
        self.close_section(true)
    }

    pub(super) fn structure(&mut self) -> io::Result<()> {
        let view = self.view;
        if self.only.is_some() || view.relation.structure.is_empty() {
            return Ok(());
        }
        self.open_section("structure")?;
        for change in &view.relation.structure {
            let words = wording::structure(self.pen, &view, change);
            let block = change.base.range.start as usize;
            let anchor = self.anchor(Side::Base, block);
            writeln!(
                self.out,
                "<p class=\"note\"><a href=\"#{anchor}\">{}</a></p>",
                escaped(&words)
            )?;
        }
        self.close_section(true)
    }

    fn asked<'c, T>(&self, only: Only, changes: &'c [T]) -> &'c [T] {
        match self.only.is_none_or(|asked| asked == only) {
            true => changes,
            false => &[],
        }
    }

    /// Who wrote a comment, and when, as each side has it.
    fn byline(&mut self, one: Option<&Comment>, other: Option<&Comment>) -> io::Result<()> {
        writeln!(self.out, "<div class=\"row by\">")?;
        self.signed(Side::Base, one)?;
        writeln!(self.out, "<div class=\"sign\"></div>")?;
        self.signed(Side::Copy, other)?;
        writeln!(self.out, "</div>")
    }

    fn signed(&mut self, side: Side, comment: Option<&Comment>) -> io::Result<()> {
        let Some(comment) = comment else {
            return writeln!(self.out, "<div class=\"half none\"></div>");
        };
        let words = wording::comment(self.pen, comment);
        let siglum = escaped(self.entry(side).siglum).into_owned();
        writeln!(
            self.out,
            "<div class=\"half\"><span class=\"line\"><span>{siglum}</span> {}</span>\
             <div class=\"text\" dir=\"auto\">{}</div></div>",
            comment.line,
            escaped(&words)
        )
    }

    fn note(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "<p class=\"note\">{}</p>", escaped(words))
    }

    fn one_sided(&mut self, side: Side, line: u32, words: &str) -> io::Result<()> {
        let siglum = escaped(self.entry(side).siglum).into_owned();
        let half = format!(
            "<div class=\"half\"><span class=\"line\"><span>{siglum}</span> {line}</span>\
             <div class=\"text address\" dir=\"auto\">{}</div></div>",
            escaped(words)
        );
        let none = "<div class=\"half none\"></div>";
        let (class, sign, left, right) = match side {
            Side::Base => ("lacking", "−", half.as_str(), none),
            Side::Copy => ("extra", "+", none, half.as_str()),
        };
        writeln!(
            self.out,
            "<div class=\"row {class}\">\n{left}\n<div class=\"sign\">\
             <span aria-hidden=\"true\">{sign}</span></div>\n{right}\n</div>"
        )
    }
}
