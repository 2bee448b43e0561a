//! The one line that says most about a copy.

use crate::report::numbers::{listed, percent};
use crate::report::passages::{self, Gap};
use crate::report::pen::{Pen, Style};
use crate::report::width::columns;
use crate::report::{Details, Entry};
use crate::text::{
    Cut, CutPlace, Differs, Edit, Lacks, Passage, Relation, Section, SectionRelation, Verdict,
};

/// Columns that a path keeps before anything else is left out for it.
const PATH_MIN: usize = 16;
/// Columns below which a quotation says too little.
const QUOTE_MIN: usize = 14;

/// A pair and what was found.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub base: Entry<'a>,
    pub copy: Entry<'a>,
    pub relation: &'a Relation,
}

impl<'a> From<&Details<'a>> for View<'a> {
    fn from(details: &Details<'a>) -> Self {
        Self {
            base: details.base,
            copy: details.copy,
            relation: details.relation,
        }
    }
}

impl<'a> View<'a> {
    /// The less complete of the two.
    pub fn less(&self) -> Entry<'a> {
        if self.relation.reversed {
            self.base
        } else {
            self.copy
        }
    }

    /// The more complete of the two.
    pub fn more(&self) -> Entry<'a> {
        if self.relation.reversed {
            self.copy
        } else {
            self.base
        }
    }

    /// `has 18 % of A`; of two of which neither holds the other, `shares 4 % of A, 88 % of B`.
    fn has(&self, pen: Pen) -> String {
        let relation = self.relation;
        let (of_more, of_less) = match relation.reversed {
            true => (relation.of_copy, relation.of_base),
            false => (relation.of_base, relation.of_copy),
        };
        let more = pen.name(self.more().siglum);
        match relation.verdict {
            _ if self.same_body() => format!("has all of {more}'s body"),
            Verdict::Revised | Verdict::Overlapping => {
                let (of_more, of_less) = (percent(of_more), percent(of_less));
                let less = pen.name(self.less().siglum);
                match of_more == of_less {
                    true => format!("shares {of_more} of both"),
                    false => format!("shares {of_more} of {more}, {of_less} of {less}"),
                }
            }
            _ if of_more.aligned == 0 => format!("has nothing of {more}'s body"),
            _ => format!("has {} of {more}", percent(of_more)),
        }
    }

    /// Whether the bodies say the same in the same order, so that what differs is elsewhere.
    pub fn same_body(&self) -> bool {
        let in_body = |passage: &Passage| passage.section == Section::Body;
        let differs = |edit: &Edit| match edit {
            Edit::Same { .. } => false,
            Edit::Lacking { base, .. }
            | Edit::Variant { base, .. }
            | Edit::Moved { base, .. }
            | Edit::Repeated { base, .. } => in_body(base),
            Edit::Extra { copy, .. }
            | Edit::MovedHere { copy, .. }
            | Edit::RepeatedHere { copy, .. } => in_body(copy),
        };
        let mut sections = self.relation.sections.iter();
        sections.any(|section| section.section == Section::Body)
            && !self.relation.edits.iter().any(differs)
    }

    /// The words before a cut, marked as the end of something longer.
    pub fn before_cut(&self, pen: Pen, cut: &Cut) -> String {
        let whole = self.less().witness.text.trim_end().len() <= cut.before.len();
        if whole || cut.before.starts_with('…') {
            cut.before.clone()
        } else {
            format!("{}{}", pen.ellipsis(), cut.before)
        }
    }
}

/// A way to say a verdict. The verdict's name comes first.
#[derive(Clone, Debug, Default)]
struct Phrase {
    lead: String,
    quote: String,
    tail: String,
}

impl Phrase {
    fn new(lead: impl Into<String>, tail: impl Into<String>) -> Self {
        Self {
            lead: lead.into(),
            quote: String::new(),
            tail: tail.into(),
        }
    }

    /// Columns of all but the quotation.
    fn columns(&self) -> usize {
        columns(&self.lead) + columns(&self.tail)
    }
}

/// A headline, and what it leaves to say.
#[derive(Default)]
pub(super) struct Headline {
    pub line: String,
    /// Whether it says all there is to say about the cut.
    pub whole: bool,
    /// Whether the path stands there whole.
    pub path_whole: bool,
}

/// `label`, the path and the verdict, in a line no wider than the terminal: what says least is
/// shortened first, then left out.
pub(super) fn headline(pen: Pen, view: &View<'_>, label: &str, path: &str) -> Headline {
    let phrases = phrases(pen, view);
    fit(pen, view.relation.verdict, label, path, &phrases)
}

/// The same of a copy that has the same bytes as one reported before.
pub(super) fn repeated(pen: Pen, view: &View<'_>, label: &str, path: &str, same: &str) -> Headline {
    let name = view.relation.verdict.name();
    let same = format!("{name}, same bytes as {}", pen.name(same));
    let has = format!(" - {}", view.has(pen));
    let phrases = [
        Phrase::new(same.as_str(), has),
        Phrase::new(same.as_str(), ""),
        Phrase::new(name, ""),
    ];
    fit(pen, view.relation.verdict, label, path, &phrases)
}

/// From the fullest to the shortest.
fn phrases(pen: Pen, view: &View<'_>) -> Vec<Phrase> {
    let relation = view.relation;
    let name = relation.verdict.name();
    let more = pen.name(view.more().siglum);
    let has = format!(" - {}", view.has(pen));
    let mut phrases = Vec::new();
    match relation.verdict {
        Verdict::Identical => phrases.push(Phrase::new(format!("{name} to {more}"), "")),
        Verdict::Equivalent => {
            if let Some(differs) = differs(relation.differs) {
                let lead = format!("{name} to {more}, differs in {differs}");
                phrases.push(Phrase::new(lead, ""));
            }
            phrases.push(Phrase::new(format!("{name} to {more}"), ""));
        }
        Verdict::Unrelated => phrases.push(Phrase::new(format!("{name} to {more}"), "")),
        Verdict::Truncated => {
            if let Some(cut) = &relation.cut {
                phrases.extend(cut_phrases(pen, view, cut, &has));
            }
            phrases.extend(part_phrases(name, &comment_parts(pen, view), &has));
            phrases.push(Phrase::new(name, has));
        }
        Verdict::Contained | Verdict::Revised | Verdict::Overlapping => {
            for mut parts in parts(pen, view) {
                parts.extend(comment_parts(pen, view));
                phrases.extend(part_phrases(name, &parts, &has));
            }
            phrases.push(Phrase::new(name, has));
        }
    }
    phrases.push(Phrase::new(name, ""));
    phrases
}

fn cut_phrases(pen: Pen, view: &View<'_>, cut: &Cut, has: &str) -> Vec<Phrase> {
    let name = Verdict::Truncated.name();
    if cut.place == CutPlace::Start {
        return vec![Phrase::new(format!("{name} {}", cut.place.name()), has)];
    }
    let at = format!("{name} at line {}", cut.line);
    let place = format!("{at}, {}", cut.place.name());
    let quoted = |lead: String| Phrase {
        lead,
        quote: view.before_cut(pen, cut),
        tail: has.to_owned(),
    };
    vec![
        quoted(format!("{place}, after ")),
        quoted(format!("{at} after ")),
        Phrase::new(place, has),
        Phrase::new(at, has),
    ]
}

/// With all `parts`, then with fewer.
fn part_phrases(name: &str, parts: &[String], has: &str) -> Vec<Phrase> {
    let fewer = (1..=parts.len()).rev().filter_map(|said| parts.get(..said));
    fewer
        .map(|parts| Phrase::new(format!("{name}: {}", parts.join(", ")), has))
        .collect()
}

/// What makes a copy contained, revised or overlapping, in a few words each: in full, then in
/// fewer words if there are any.
fn parts(pen: Pen, view: &View<'_>) -> Vec<Vec<String>> {
    let relation = view.relation;
    let mut lacking = passages::lacking(relation);
    let mut own = passages::extra(relation);
    if relation.reversed {
        std::mem::swap(&mut lacking, &mut own);
    }
    match relation.verdict {
        Verdict::Contained => lacking_parts(pen, view, &lacking),
        Verdict::Overlapping => vec![shared_parts(pen, view)],
        _ => vec![revised_parts(pen, view, lacking.len(), own.len())],
    }
}

/// How often the less complete one has something once less, and how often once more.
fn repetitions(view: &View<'_>) -> (usize, usize) {
    let (lacking, own) = passages::repetitions(view.relation);
    match view.relation.reversed {
        true => (own, lacking),
        false => (lacking, own),
    }
}

fn revised_parts(pen: Pen, view: &View<'_>, lacking: usize, own: usize) -> Vec<String> {
    let variants = view.relation.variants().count();
    let moved = view.relation.moved().count();
    let (once_less, once_more) = repetitions(view);
    let some = |count: usize, noun: &str| (count > 0).then(|| pen.count(count as u64, noun));
    let all = |passages: usize, repetitions: usize| {
        let words = [some(passages, "passage"), some(repetitions, "repetition")];
        let words: Vec<String> = words.into_iter().flatten().collect();
        (!words.is_empty()).then(|| listed(&words))
    };
    let parts = [
        all(lacking, once_less).map(|passages| format!("lacks {passages}")),
        all(own, once_more).map(|passages| format!("has {passages} of its own")),
        some(variants, "variant"),
        some(moved, "transposition"),
    ];
    parts.into_iter().flatten().collect()
}

/// `2 passages (312 characters)`.
fn shared_parts(pen: Pen, view: &View<'_>) -> Vec<String> {
    let shared = passages::shared(view.relation);
    if shared.is_empty() {
        return Vec::new();
    }
    let chars = shared.iter().map(|shared| shared.base.chars).sum();
    let passages = pen.count(shared.len() as u64, "passage");
    vec![format!("{passages} ({})", pen.chars(chars))]
}

/// What the less complete one lacks and has of comments, in a few words each.
fn comment_parts(pen: Pen, view: &View<'_>) -> Vec<String> {
    let changes = &view.relation.comments;
    let (mut lacking, mut own) = (changes.lacking.len(), changes.extra.len());
    if view.relation.reversed {
        std::mem::swap(&mut lacking, &mut own);
    }
    let some = |count: usize| (count > 0).then(|| pen.count(count as u64, "comment"));
    let changed = changes.changed.len();
    [
        some(lacking).map(|comments| format!("lacks {comments}")),
        some(own).map(|comments| format!("has {comments} of its own")),
        some(changed).map(|comments| format!("{comments} changed")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `lacks the beginning, 2 passages and the end`, then `lacks 4 passages`. A passage that is there, but
/// fewer times, is no such passage.
fn lacking_parts(pen: Pen, view: &View<'_>, lacking: &[Gap]) -> Vec<Vec<String>> {
    let is_body = |section: &&SectionRelation| section.section == Section::Body;
    let body = view.relation.sections.iter().find(is_body);
    let lacks = body.map_or_else(Lacks::default, |body| body.lacks);
    let in_body = |gap: &&Gap| gap.passage.section == Section::Body;
    let ends = usize::from(lacks.head) + usize::from(lacks.tail);
    let passages = |count: usize| (count > 0).then(|| pen.count(count as u64, "passage"));
    let all = lacking.iter().filter(in_body).count();
    let (once_less, _) = repetitions(view);
    let repetitions = (once_less > 0).then(|| pen.count(once_less as u64, "repetition"));
    let parts = match all {
        0 => [None, None, None],
        _ => [
            lacks.head.then(|| "the beginning".to_owned()),
            passages(all.saturating_sub(ends)).filter(|_| lacks.gap),
            lacks.tail.then(|| "the end".to_owned()),
        ],
    };
    let lacks = |parts: &mut dyn Iterator<Item = Option<String>>| {
        let parts: Vec<String> = parts.chain([repetitions.clone()]).flatten().collect();
        let words = || format!("lacks {}", listed(&parts));
        Vec::from_iter((!parts.is_empty()).then(words))
    };
    vec![
        lacks(&mut parts.into_iter()),
        lacks(&mut std::iter::once(passages(all))),
    ]
}

/// In what equivalent witnesses differ, if in anything.
pub(super) fn differs(differs: Differs) -> Option<String> {
    let words: Vec<String> = differs.names().map(str::to_owned).collect();
    (!words.is_empty()).then(|| listed(&words))
}

/// The first phrase that leaves enough room for the path, else the last.
fn fit(pen: Pen, verdict: Verdict, label: &str, path: &str, phrases: &[Phrase]) -> Headline {
    let path_full = columns(&pen.name(path));
    let gap = if path.is_empty() { "" } else { "  " };
    let before = columns(label) + gap.len();
    let quote_full = |phrase: &Phrase| match phrase.quote.as_str() {
        "" => 0,
        quote => columns(&pen.line(quote)) + 2,
    };
    let fits = |phrase: &Phrase| {
        let least = path_full.min(PATH_MIN) + quote_full(phrase).min(QUOTE_MIN);
        before + phrase.columns() + least <= pen.width()
    };
    let at = phrases.iter().position(fits);
    let at = at.unwrap_or(phrases.len().saturating_sub(1));
    let Some(phrase) = phrases.get(at) else {
        return Headline::default();
    };
    let room = pen.width().saturating_sub(before + phrase.columns());
    let path_room = room.saturating_sub(quote_full(phrase));
    let path_room = path_full.min(path_room.max(PATH_MIN)).min(room);
    let quote = match quote_full(phrase) {
        0 => String::new(),
        _ => pen.quote_end(&phrase.quote, room - path_room),
    };
    let rest = phrase.lead.strip_prefix(verdict.name());
    let line = format!(
        "{label}{}{gap}{}{}{quote}{}",
        pen.path(path, path_room),
        pen.paint(Style::Verdict, verdict.name()),
        rest.unwrap_or_default(),
        phrase.tail,
    );
    Headline {
        line,
        whole: at == 0 && quote_full(phrase) <= room - path_room,
        path_whole: path_full <= path_room,
    }
}
