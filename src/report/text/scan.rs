//! A scan: the picture, a group at a time, then what is in none, then the numbers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::headline::{View, headline, repeated};
use super::page::Page;
use super::summary;
use super::{attached, audit, changes, folders};
use crate::report::pen::{Pen, Style};
use crate::report::width::columns;
use crate::report::{
    AuditSummary, BaseReason, Entry, Event, ExclusionRule, FolderPair, NotShown, Summary,
    damage_in_words,
};
use crate::text::{Finding, Profile, Verdict};

/// Where a copy's details begin.
const INDENT: usize = 5;
/// Paths that are listed of those that share a fate; `json` has them all.
const LISTED: usize = 20;

/// Writes the events of a scan.
#[derive(Debug)]
pub(super) struct Scan {
    pen: Pen,
    started: bool,
    folders: usize,
    alone: Paths,
    /// Those of them that are damaged, each with its damage.
    damaged: Paths<(String, String)>,
    excluded: BTreeMap<ExclusionRule, Paths>,
    boilerplate: usize,
    unreadable: usize,
    /// The path that the last finding was about.
    audited: Option<String>,
}

/// The first of a list of paths, and how many there are.
#[derive(Debug)]
struct Paths<T = String> {
    first: Vec<T>,
    count: usize,
}

impl<T> Default for Paths<T> {
    fn default() -> Self {
        Self {
            first: Vec::new(),
            count: 0,
        }
    }
}

impl<T> Paths<T> {
    fn add(&mut self, path: T) {
        self.count += 1;
        if self.first.len() < LISTED {
            self.first.push(path);
        }
    }
}

impl Scan {
    pub fn new(pen: Pen) -> Self {
        Self {
            pen,
            started: false,
            folders: 0,
            alone: Paths::default(),
            damaged: Paths::default(),
            excluded: BTreeMap::new(),
            boilerplate: 0,
            unreadable: 0,
            audited: None,
        }
    }

    /// Whether anything stands before what is written next.
    pub fn has_begun(&self) -> bool {
        self.started
    }

    /// Other words stand before what is written next.
    pub fn follows(&mut self) {
        self.started = true;
    }

    pub fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut page = Page::new(self.pen);
        match *event {
            Event::Folders { top, pair } => self.folders(&mut page, top, pair),
            Event::Group {
                number,
                base,
                reason,
                copies,
            } => self.group(&mut page, number, base, reason, copies),
            Event::Relation {
                base,
                copy,
                relation,
                same_as,
                ..
            } => self.relation(
                &mut page,
                &View {
                    base,
                    copy,
                    relation,
                },
                same_as,
            ),
            Event::Alone { path, profile } => self.alone(path, profile),
            Event::Boilerplate {
                excerpt,
                documents,
                of,
            } => self.boilerplate(&mut page, excerpt, documents, of),
            Event::Excluded { path, rule } => {
                let path = self.pen.name(path);
                self.excluded.entry(rule).or_default().add(path);
            }
            Event::Unreadable { path, why } => self.unreadable(&mut page, path, why),
            Event::NotShown { what, count } => not_shown(&mut page, what, count),
            Event::Summary(summary) => self.summary(&mut page, summary),
            Event::Finding(finding) => self.finding(&mut page, finding),
            Event::AuditSummary(summary) => self.audit_summary(&mut page, summary),
            // Those that are no part of a scan.
            Event::Normalized { .. }
            | Event::Compared { .. }
            | Event::Table(_)
            | Event::FolderDiff(_)
            | Event::Pair(_)
            | Event::Only(_)
            | Event::OtherFile(_)
            | Event::Explained { .. }
            | Event::Tidied(_)
            | Event::Merge(_) => {}
        }
        write_lines(page, out)
    }

    pub fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut page = Page::new(self.pen);
        self.left_out(&mut page);
        write_lines(page, out)
    }

    /// A title, with an empty line before it unless it is the first.
    fn title(&mut self, page: &mut Page, title: &str) {
        if std::mem::replace(&mut self.started, true) {
            page.raw(String::new());
        }
        page.title(title);
    }

    fn folders(&mut self, page: &mut Page, top: &str, pair: &FolderPair) {
        if self.folders == 0 {
            self.title(page, &folders::title(self.pen, top));
        }
        self.folders += 1;
        folders::line(page, top, pair);
    }

    fn group(
        &mut self,
        page: &mut Page,
        number: usize,
        base: Entry<'_>,
        reason: BaseReason,
        copies: usize,
    ) {
        let pen = self.pen;
        let copies = pen.count_of(copies as u64, "copy", "copies");
        self.title(
            page,
            &format!("group {}: {copies}", pen.number(number as u64)),
        );
        let label = label(pen, base.siglum);
        let why = format!("base, {}", why(pen, reason));
        let path = pen.name(base.path);
        if columns(&label) + columns(&path) + 2 + columns(&why) <= pen.width() {
            page.raw(format!("{label}{path}  {why}"));
        } else {
            let room = pen.width().saturating_sub(columns(&label));
            page.raw(format!("{label}{}", pen.path(base.path, room)));
            if columns(&path) > room {
                whole_path(page, &path);
            }
            page.wrapped(INDENT, Style::Faint, "", &why);
        }
        if let Some(declared) = attached::declared(pen, base, false) {
            page.wrapped(INDENT, Style::Faint, "comments:", &format!(" {declared}"));
        }
        attached::damage(page, base, INDENT);
    }

    fn relation(&mut self, page: &mut Page, view: &View<'_>, same_as: Option<&str>) {
        let label = label(self.pen, view.copy.siglum);
        let verdict = view.relation.verdict;
        let path = view.copy.path;
        let same_as = same_as.filter(|_| verdict != Verdict::Identical);
        let headline = match same_as {
            Some(same) => repeated(self.pen, view, &label, path, same),
            None => headline(self.pen, view, &label, path),
        };
        page.raw(headline.line);
        if !headline.path_whole {
            whole_path(page, &self.pen.name(path));
        }
        if same_as.is_some() {
            return;
        }
        if verdict > Verdict::Equivalent && !view.same_body() {
            changes::strip_line(page, view, INDENT);
            changes::coverage(page, view, INDENT);
        }
        details(page, view, headline.whole);
    }

    fn alone(&mut self, path: &str, profile: &Profile) {
        let path = self.pen.name(path);
        if let Some(damage) = damage_in_words(&profile.damage, self.pen.terminal.ascii) {
            self.damaged.add((path.clone(), damage));
        }
        self.alone.add(path);
    }

    fn boilerplate(&mut self, page: &mut Page, excerpt: &str, documents: usize, of: usize) {
        self.in_no_group(page);
        if self.boilerplate == 0 {
            self.title(
                page,
                "boilerplate: shared by too many documents to make copies of them",
            );
        }
        self.boilerplate += 1;
        let of = self.pen.count(of as u64, "document");
        let lead = format!("  in {} of {of}: ", self.pen.number(documents as u64));
        let room = self.pen.width().saturating_sub(columns(&lead));
        page.raw(lead + &self.pen.quote(excerpt, room));
    }

    fn unreadable(&mut self, page: &mut Page, path: &str, why: &str) {
        self.left_out(page);
        if self.unreadable == 0 {
            self.title(page, "could not read");
        }
        self.unreadable += 1;
        let path = format!("{}:", self.pen.name(path));
        page.named(2, Style::Lacking, &path, &self.pen.line(why));
    }

    /// Lists that come when they are complete.
    fn left_out(&mut self, page: &mut Page) {
        self.in_no_group(page);
        let excluded = std::mem::take(&mut self.excluded);
        if !excluded.is_empty() {
            self.title(page, "excluded");
        }
        for (rule, paths) in excluded {
            list(page, rule.name(), paths);
        }
    }

    fn in_no_group(&mut self, page: &mut Page) {
        let alone = std::mem::take(&mut self.alone);
        if alone.count > 0 {
            self.title(page, "in no group");
            list(page, "no copies", alone);
        }
        let damaged = std::mem::take(&mut self.damaged);
        if damaged.count > 0 {
            self.title(page, "damage in documents without a copy");
            let more = more(self.pen, &damaged);
            for (path, damage) in damaged.first {
                page.named(2, Style::Lacking, &format!("{path}:"), &damage);
            }
            if !more.is_empty() {
                page.wrapped(2, Style::Faint, "", &more);
            }
        }
    }

    /// A finding that counts, under its path. Of the others the summary says how many there are.
    fn finding(&mut self, page: &mut Page, finding: &Finding) {
        if !finding.counts() {
            return;
        }
        if self.audited.as_deref() != Some(&finding.path) {
            self.title(page, &self.pen.name(&finding.path));
            self.audited = Some(finding.path.clone());
        }
        audit::finding(page, finding);
    }

    fn audit_summary(&mut self, page: &mut Page, summary: &AuditSummary) {
        let excluded = std::mem::take(&mut self.excluded);
        let excluded = excluded.iter();
        let excluded = excluded.map(|(rule, paths)| (rule.name(), paths.count));
        self.title(page, "summary");
        audit::summary(page, summary, excluded);
    }

    fn summary(&mut self, page: &mut Page, summary: &Summary) {
        self.left_out(page);
        self.title(page, "summary");
        summary::write(page, summary);
    }
}

/// All that there is to say of a copy below its strip.
pub(super) fn details(page: &mut Page, view: &View<'_>, cut_said: bool) {
    if view.relation.verdict == Verdict::Overlapping {
        // It is no copy: what it does not share, it does not lack.
        changes::shared(page, view, INDENT);
        if !view.relation.comments.present.is_empty() {
            attached::comment_changes(page, view, INDENT);
        }
    } else {
        changes::cut(page, view, INDENT, cut_said);
        changes::sections(page, view, INDENT);
        changes::gaps(page, view, INDENT);
        changes::variants(page, view, INDENT);
        changes::moved(page, view, INDENT);
        if worth_comments(page.pen, view) {
            attached::comment_changes(page, view, INDENT);
        }
        attached::assets(page, view, INDENT);
    }
    changes::approximations(page, view, INDENT);
    attached::damage(page, view.copy, INDENT);
}

/// That the comments of a document with the same text are all there goes without saying.
fn worth_comments(pen: Pen, view: &View<'_>) -> bool {
    let changes = &view.relation.comments;
    attached::declared(pen, view.copy, false).is_some()
        || view.relation.verdict > Verdict::Equivalent
        || !changes.lacking.is_empty()
        || !changes.extra.is_empty()
        || !changes.changed.is_empty()
        || !changes.counters.is_empty()
        || changes.are_reordered()
}

/// A path that is shortened above, whole: on a line of its own, however wide, so that it can be
/// copied.
fn whole_path(page: &mut Page, path: &str) {
    page.raw(format!("{}{path}", " ".repeat(INDENT)));
}

/// What is left out, and how to see it.
pub(super) fn not_shown(page: &mut Page, what: NotShown, count: usize) {
    let pen = page.pen;
    let more = |one: &str, many: &str| pen.count_of(count as u64, one, many);
    let (indent, words) = match what {
        NotShown::Folders => (
            2,
            format!("and {} (--all)", more("more pair", "more pairs")),
        ),
        NotShown::Copies => (
            2,
            format!("and {} (--all)", more("more copy", "more copies")),
        ),
        NotShown::Pairs => (
            2,
            format!(
                "and {}, with less at stake (--all)",
                more("more pair", "more pairs")
            ),
        ),
        NotShown::LesserGroups => {
            page.raw(String::new());
            let groups = more("more group", "more groups");
            (
                0,
                format!("{groups}, with less text at stake: see --all and --groups"),
            )
        }
        NotShown::LaterGroups => {
            page.raw(String::new());
            let groups = more("more group", "more groups");
            (0, format!("{groups}: see --all and --groups"))
        }
    };
    page.wrapped(indent, Style::Faint, "", &words);
}

fn label(pen: Pen, siglum: &str) -> String {
    format!("  {} ", pen.name(siglum))
}

pub(super) fn why(pen: Pen, reason: BaseReason) -> String {
    match reason {
        BaseReason::LongestBody { chars, next } => format!(
            "longest body: {}, next {}",
            pen.chars(chars),
            pen.number(next)
        ),
        BaseReason::MostComments => "most comments of equally long bodies".to_owned(),
        BaseReason::MostAssets => "most assets of equally long texts".to_owned(),
        BaseReason::FirstPath => "first path of equally complete ones".to_owned(),
    }
}

fn list(page: &mut Page, name: &str, paths: Paths) {
    let lead = format!("{name} ({}):", page.pen.number(paths.count as u64));
    page.names(
        2,
        Style::Faint,
        &lead,
        &paths.first,
        &more(page.pen, &paths),
    );
}

/// How many paths are not listed, in words.
fn more<T>(pen: Pen, paths: &Paths<T>) -> String {
    match paths.count - paths.first.len() {
        0 => String::new(),
        more => format!("and {} more", pen.number(more as u64)),
    }
}

pub(super) fn write_lines(page: Page, out: &mut dyn Write) -> io::Result<()> {
    page.into_lines()
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}
