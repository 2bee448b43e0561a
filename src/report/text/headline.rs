//! The one line that says most about a copy.

use crate::report::Entry;
use crate::report::numbers::{listed, percent};
use crate::report::passages;
use crate::report::pen::{Pen, Style};
use crate::report::width::columns;
use crate::text::{Cut, Differs, Edit, Lacks, Passage, Relation, Section, Verdict};

/// Columns that a path keeps before anything else is left out for it.
const PATH_MIN: usize = 16;
/// Columns below which a quotation says too little.
const QUOTE_MIN: usize = 14;

/// A pair and what was found.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub base: Entry<'a>,
    pub copy: Entry<'a>,
    pub relation: &'a Relation,
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

    /// `has 18 % of A`.
    fn has(&self, pen: Pen) -> String {
        let of_more = if self.relation.reversed {
            self.relation.of_copy
        } else {
            self.relation.of_base
        };
        let more = pen.name(self.more().siglum);
        if self.same_body() {
            format!("has all of {more}'s body")
        } else {
            format!("has {} of {more}", percent(of_more))
        }
    }

    /// Whether the bodies say the same in the same order, so that what differs is elsewhere.
    pub fn same_body(&self) -> bool {
        let in_body = |passage: &Passage| passage.section == Section::Body;
        let differs = |edit: &Edit| match edit {
            Edit::Same { .. } => false,
            Edit::Lacking { base, .. } | Edit::Variant { base, .. } | Edit::Moved { base, .. } => {
                in_body(base)
            }
            Edit::Extra { copy, .. } | Edit::MovedHere { copy, .. } => in_body(copy),
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
            let mut parts = parts(pen, view);
            parts.extend(comment_parts(pen, view));
            phrases.extend(part_phrases(name, &parts, &has));
            phrases.push(Phrase::new(name, has));
        }
    }
    phrases.push(Phrase::new(name, ""));
    phrases
}

fn cut_phrases(pen: Pen, view: &View<'_>, cut: &Cut, has: &str) -> [Phrase; 4] {
    let at = format!("{} at line {}", Verdict::Truncated.name(), cut.line);
    let place = format!("{at}, {}", cut.place.name());
    let quoted = |lead: String| Phrase {
        lead,
        quote: view.before_cut(pen, cut),
        tail: has.to_owned(),
    };
    [
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

/// What makes a copy contained or revised, in a few words each.
fn parts(pen: Pen, view: &View<'_>) -> Vec<String> {
    let relation = view.relation;
    let body = relation
        .sections
        .iter()
        .find(|section| section.section == Section::Body);
    if relation.verdict == Verdict::Contained {
        let lacks = body.map_or_else(Lacks::default, |body| body.lacks);
        return lacking_parts(lacks);
    }
    let some = |count: usize| (count > 0).then_some(count as u64);
    let passages = |count: u64| pen.count(count, "passage");
    let mut lacking = passages::lacking(relation).len();
    let mut own = passages::extra(relation).len();
    if relation.reversed {
        std::mem::swap(&mut lacking, &mut own);
    }
    let parts = [
        some(lacking).map(|count| format!("lacks {}", passages(count))),
        some(own).map(|count| format!("has {} of its own", passages(count))),
        some(relation.variants().count()).map(|count| pen.count(count, "variant")),
        some(relation.moved().count()).map(|count| pen.count(count, "transposition")),
    ];
    parts.into_iter().flatten().collect()
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

/// `lacks head, gaps and tail`.
fn lacking_parts(lacks: Lacks) -> Vec<String> {
    let parts = [
        (lacks.head, "head"),
        (lacks.gap, "gaps"),
        (lacks.tail, "tail"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(lacking, _)| *lacking)
        .map(|(_, part)| part.to_owned())
        .collect();
    match parts.is_empty() {
        true => Vec::new(),
        false => vec![format!("lacks {}", listed(&parts))],
    }
}

/// In what equivalent witnesses differ, if in anything.
pub(super) fn differs(differs: Differs) -> Option<String> {
    let words: Vec<String> = [
        (differs.markup, "markup"),
        (differs.encoding, "encoding"),
        (differs.white_space, "white space"),
        (differs.orthography, "orthography"),
        (differs.comment_order, "comment order"),
    ]
    .into_iter()
    .filter(|(differ, _)| *differ)
    .map(|(_, word)| word.to_owned())
    .collect();
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
