//! Two folders: the numbers, what one lacks of the other, then what only one of them has.

mod numbers;

use std::io::{self, Write};

use super::headline::{View, headline};
use super::page::Page;
use super::scan::{not_shown, write_lines};
use super::{attached, changes};
use crate::report::pen::{Pen, Style};
use crate::report::{
    Details, Event, FileStanding, FolderSummary, Lost, NotShown, Only, OnlyIn, Options, OtherFile,
    Pair, Standing,
};
use crate::text::{Loss, Verdict, Witness};

/// Where a pair's details begin.
const INDENT: usize = 5;
/// Lines of a list that are shown, unless all is to be.
const LISTED: usize = 20;

/// Writes the events of a comparison of two folders.
#[derive(Debug)]
pub(super) struct FolderDiff {
    pen: Pen,
    options: Options,
    section: &'static str,
    /// Lines of the section so far.
    lines: usize,
}

impl FolderDiff {
    pub fn new(pen: Pen, options: Options) -> Self {
        Self {
            pen,
            options,
            section: "",
            lines: 0,
        }
    }

    pub fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut page = Page::new(self.pen);
        match *event {
            Event::FolderDiff(summary) => self.summary(&mut page, summary),
            _ if self.options.quiet => {}
            Event::Pair(pair) => self.pair(&mut page, pair),
            Event::Only(only) => self.only(&mut page, only),
            Event::OtherFile(file) => self.file(&mut page, file),
            Event::NotShown { count, .. } => not_shown(&mut page, NotShown::Pairs, count),
            _ => {}
        }
        write_lines(page, out)
    }

    /// Says what the last list has besides what was shown.
    pub fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut page = Page::new(self.pen);
        self.end_list(&mut page);
        write_lines(page, out)
    }

    fn summary(&mut self, page: &mut Page, summary: &FolderSummary) {
        if !self.options.quiet {
            numbers::folders(page, summary);
            page.raw(String::new());
            numbers::pairs(page, summary);
        }
        numbers::losses(page, summary);
    }

    /// Begins a section, unless it is the one that is open. Whether the next line of it is shown.
    fn line(&mut self, page: &mut Page, section: &'static str) -> bool {
        if self.section != section {
            self.end_list(page);
            self.section = section;
            page.raw(String::new());
            page.title(section);
        }
        self.lines += 1;
        self.options.all || self.lines <= LISTED
    }

    fn end_list(&mut self, page: &mut Page) {
        let more = self.lines.saturating_sub(LISTED);
        if more > 0 && !self.options.all {
            let more = self.pen.number(more as u64);
            page.wrapped(2, Style::Faint, "", &format!("and {more} more (--all)"));
        }
        self.lines = 0;
        self.section = "";
    }

    fn pair(&mut self, page: &mut Page, pair: &Pair<'_>) {
        if let Some(details) = &pair.details {
            // As many as are to be shown come, and no more.
            self.line(page, "what differs, most at stake first");
            self.lines = 0;
            return self.changed(page, pair, details);
        }
        let section = match pair.standing {
            Standing::Same if pair.is_renamed() => "the same under another name",
            Standing::AgainInBase | Standing::AgainInCopy => "further copies",
            _ => return,
        };
        if self.line(page, section) {
            let base = format!("A {}", self.pen.name(pair.base.path));
            let copy = format!("B {}", self.pen.name(pair.copy.path));
            let words = match pair.standing {
                Standing::AgainInBase => format!("{base} is one more copy of {copy}"),
                Standing::AgainInCopy => format!("{copy} is one more copy of {base}"),
                _ => format!("{base} is {copy}"),
            };
            page.wrapped(2, Style::Faint, "", &words);
        }
    }

    fn changed(&self, page: &mut Page, pair: &Pair<'_>, details: &Details<'_>) {
        let view = View {
            base: details.base,
            copy: details.copy,
            relation: details.relation,
        };
        self.names(page, pair, &view);
        match pair.standing {
            Standing::PartInCopy => page.wrapped(
                INDENT,
                Style::Moved,
                "part:",
                " it has what another document of B lacks of A",
            ),
            Standing::PartInBase => page.wrapped(
                INDENT,
                Style::Moved,
                "part:",
                " it has what another document of A lacks of B",
            ),
            _ => {}
        }
        if self.options.only != Some(Only::Extra) {
            let witness = details.base.witness;
            self.lost(page, Style::Lacking, "B lacks", &details.lost, witness);
            self.elsewhere(page, pair);
        }
        if self.options.only != Some(Only::Lacking) {
            let witness = details.copy.witness;
            self.lost(page, Style::Extra, "A lacks", &details.gained, witness);
        }
        if pair.verdict == Verdict::Revised && self.options.only.is_none() {
            changes::variants(page, &view, INDENT);
            changes::moved(page, &view, INDENT);
        }
        changes::approximations(page, &view, INDENT);
    }

    /// The path, or both paths if they differ, and the verdict.
    fn names(&self, page: &mut Page, pair: &Pair<'_>, view: &View<'_>) {
        let pen = self.pen;
        if !pair.is_renamed() {
            let headline = headline(pen, view, "  ", pair.base.path);
            page.raw(headline.line);
            if !headline.path_whole {
                page.raw(format!("     {}", pen.name(pair.base.path)));
            }
            return;
        }
        let (more, less) = match view.relation.reversed {
            true => (("B", pair.copy.path), ("A", pair.base.path)),
            false => (("A", pair.base.path), ("B", pair.copy.path)),
        };
        page.raw(format!("  {} {}", more.0, pen.name(more.1)));
        let headline = headline(pen, view, &format!("  {} ", less.0), less.1);
        page.raw(headline.line);
        if !headline.path_whole {
            page.raw(format!("     {}", pen.name(less.1)));
        }
    }

    /// Passages, comments and assets that a folder lacks.
    fn lost(&self, page: &mut Page, style: Style, lead: &str, lost: &Lost<'_>, witness: &Witness) {
        changes::passages(page, INDENT, style, lead, lost.passages, witness);
        if !lost.comments.is_empty() {
            let by = attached::by_whom(self.pen, lost.comments, witness);
            let words = format!(" comments: {by}");
            page.wrapped(INDENT, style, lead, &words);
        }
        if !lost.assets.is_empty() {
            let kinds = attached::kinds(self.pen, lost.assets, witness);
            page.wrapped(INDENT, style, lead, &format!(" {}", kinds.join(", ")));
        }
    }

    /// Where there is more of what the copy lacks.
    fn elsewhere(&self, page: &mut Page, pair: &Pair<'_>) {
        const NAMED: usize = 3;
        let Some(more) = pair.elsewhere.len().checked_sub(NAMED) else {
            return self.elsewhere_in(page, pair.elsewhere, "");
        };
        let more = match more {
            0 => String::new(),
            _ => format!("and {} more", self.pen.number(more as u64)),
        };
        self.elsewhere_in(page, &pair.elsewhere[..NAMED], &more);
    }

    fn elsewhere_in(&self, page: &mut Page, paths: &[&str], more: &str) {
        let names: Vec<String> = paths.iter().map(|path| self.pen.name(path)).collect();
        if !names.is_empty() {
            page.names(INDENT, Style::Moved, "B has more of it in", &names, more);
        }
    }

    fn only(&mut self, page: &mut Page, only: &OnlyIn<'_>) {
        let hidden = match self.options.only {
            Some(Only::Lacking) => !only.in_base,
            Some(Only::Extra) => only.in_base,
            _ => false,
        };
        let section = if only.in_base {
            "only in A"
        } else {
            "only in B"
        };
        if hidden || !self.line(page, section) {
            return;
        }
        let pen = self.pen;
        let mut words = format!("({})", loss(pen, &only.loss));
        if let Some((first, others)) = only.near.split_first() {
            let there = if only.in_base { "B" } else { "A" };
            words += &format!(" shares a passage with {there} {}", pen.name(first));
            if !others.is_empty() {
                words += &format!(" and {} more", pen.number(others.len() as u64));
            }
        }
        let path = pen.name(only.document.path);
        page.named(2, Style::Faint, &path, &words);
    }

    fn file(&mut self, page: &mut Page, file: &OtherFile<'_>) {
        let (base, copy) = (file.base.unwrap_or(""), file.copy.unwrap_or(""));
        let words = match file.standing {
            FileStanding::Same if base == copy => return,
            FileStanding::Same => {
                let (base, copy) = (self.pen.name(base), self.pen.name(copy));
                format!("the same: A {base} is B {copy}")
            }
            FileStanding::Differs => format!("differs: {}", self.pen.name(base)),
            FileStanding::OnlyInBase => format!("only in A: {}", self.pen.name(base)),
            FileStanding::OnlyInCopy => format!("only in B: {}", self.pen.name(copy)),
        };
        if self.line(page, "other files, by their bytes") {
            page.wrapped(2, Style::Faint, "", &words);
        }
    }
}

/// `220 characters in 2 passages, 3 comments, 1 asset`.
fn loss(pen: Pen, loss: &Loss) -> String {
    let some = |count: u64, words: String| (count > 0).then_some(words);
    let chars = match loss.passages {
        0 | 1 => pen.chars(loss.chars),
        many => format!(
            "{} in {}",
            pen.chars(loss.chars),
            pen.count(many, "passage")
        ),
    };
    let parts = [
        some(loss.chars, chars),
        some(loss.comments, pen.count(loss.comments, "comment")),
        some(loss.assets, pen.count(loss.assets, "asset")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => "nothing of its own".to_owned(),
        false => parts.join(", "),
    }
}
