//! Two folders: the numbers, what one lacks of the other, then what only one of them has.

mod facts;
mod items;
mod numbers;

use std::io::{self, Write};

use super::headline::{View, headline};
use super::page::Page;
use super::scan::{not_shown, write_lines};
use crate::report::pen::{Pen, Style};
use crate::report::{Details, Event, FolderSummary, NotShown, Only, Options, Pair};
use crate::text::Loss;
pub(crate) use items::{Item, item};

/// The title of the pairs of which there is something to say.
pub(crate) const DIFFERS: &str = "what differs, most at stake first";
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
            Event::NotShown { count, .. } => not_shown(&mut page, NotShown::Pairs, count),
            Event::Pair(pair) => match &pair.details {
                Some(details) => self.changed(&mut page, pair, details),
                None => self.item(&mut page, event),
            },
            _ => self.item(&mut page, event),
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

    fn item(&mut self, page: &mut Page, event: &Event<'_>) {
        let Some(item) = item(self.pen, self.options.only, event) else {
            return;
        };
        if !self.line(page, item.section) {
            return;
        }
        match &item.name {
            Some(name) => page.named(2, Style::Faint, name, &item.words),
            None => page.wrapped(2, Style::Faint, "", &item.words),
        }
    }

    /// A pair that differs. As many come as are to be shown, and no more.
    fn changed(&mut self, page: &mut Page, pair: &Pair<'_>, details: &Details<'_>) {
        self.line(page, DIFFERS);
        self.lines = 0;
        self.names(page, pair, &View::from(details));
        facts::facts(page, self.options.only, pair, details);
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
}

/// What each folder lacks of the other, a line for each.
pub(crate) fn loss_lines(pen: Pen, summary: &FolderSummary) -> Vec<String> {
    let mut page = Page::new(pen);
    numbers::losses(&mut page, summary);
    page.into_lines()
}

/// How many documents stand how to their counterparts, in lines.
pub(crate) fn pairing_lines(pen: Pen, summary: &FolderSummary) -> Vec<String> {
    let mut page = Page::new(pen);
    numbers::pairs(&mut page, summary);
    page.into_lines()
}

/// The verdict on a pair, then what each folder lacks of it, a line for each fact.
pub(crate) fn pair_lines(
    pen: Pen,
    only: Option<Only>,
    pair: &Pair<'_>,
    details: &Details<'_>,
) -> Vec<String> {
    let mut page = Page::new(pen);
    let view = View::from(details);
    let label = format!("{} ", pen.name(view.less().siglum));
    page.raw(headline(pen, &view, &label, "").line);
    facts::facts(&mut page, only, pair, details);
    page.into_lines()
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
