//! The one line that says most about a copy.

use crate::report::Entry;
use crate::report::numbers::{listed, percent};
use crate::report::passages;
use crate::report::pen::{Pen, Style};
use crate::report::width::columns;
use crate::text::{Cut, Differs, Lacks, Relation, Section, Verdict};

/// Columns that a path keeps before anything else is left out for it.
const PATH_MIN: usize = 24;
/// Columns below which a quotation says too little.
const QUOTE_MIN: usize = 18;

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
        format!(
            "has {} of {}",
            percent(of_more),
            pen.name(self.more().siglum)
        )
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
}

/// A headline, and whether it says all there is to say about the cut.
pub(super) struct Headline {
    pub line: String,
    pub whole: bool,
}

/// `label`, the path and the verdict, in a line no wider than the terminal: what says least is
/// shortened first, then left out.
pub(super) fn headline(pen: Pen, view: &View<'_>, label: &str, path: &str) -> Headline {
    let phrases = phrases(pen, view);
    fit(pen, view.relation.verdict, label, path, &phrases)
}

/// The same of a copy that has the same bytes as one reported before.
pub(super) fn repeated(pen: Pen, view: &View<'_>, label: &str, path: &str, same: &str) -> String {
    let has = format!(" - {}", view.has(pen));
    let verdict = view.relation.verdict.name();
    let same = format!(", same bytes as {}", pen.name(same));
    let phrases = [
        Phrase::new(format!("{verdict}{same}"), has),
        Phrase::new(format!("{verdict}{same}"), ""),
    ];
    fit(pen, view.relation.verdict, label, path, &phrases).line
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
            phrases.push(Phrase::new(name, has));
        }
        Verdict::Contained | Verdict::Revised | Verdict::Overlapping => {
            let parts = parts(pen, view);
            if !parts.is_empty() {
                let lead = format!("{name}: {}", listed(&parts));
                phrases.push(Phrase::new(lead, has.clone()));
            }
            phrases.push(Phrase::new(name, has));
        }
    }
    phrases.push(Phrase::new(name, ""));
    phrases
}

fn cut_phrases(pen: Pen, view: &View<'_>, cut: &Cut, has: &str) -> [Phrase; 3] {
    let at = format!("{} at line {}", Verdict::Truncated.name(), cut.line);
    let place = format!("{at}, {}", cut.place.name());
    let quoted = Phrase {
        lead: format!("{place}, after "),
        quote: view.before_cut(pen, cut),
        tail: has.to_owned(),
    };
    [quoted, Phrase::new(place, has), Phrase::new(at, has)]
}

/// What makes a copy contained or revised, in a few words each.
fn parts(pen: Pen, view: &View<'_>) -> Vec<String> {
    let relation = view.relation;
    let body = relation
        .sections
        .iter()
        .find(|section| section.section == Section::Body);
    if relation.verdict == Verdict::Contained {
        let parts = body.map_or_else(Lacks::default, |body| body.lacks);
        return lacking_parts(parts);
    }
    let number = |count: usize, one: &str| (count > 0).then(|| pen.count(count as u64, one));
    let extra = passages::extra(relation).len();
    [
        number(passages::lacking(relation).len(), "passage").map(|lacks| format!("lacks {lacks}")),
        number(extra, "passage").map(|extra| format!("{extra} only here")),
        number(relation.variants().count(), "variant"),
        number(relation.moved().count(), "transposition"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn lacking_parts(lacks: Lacks) -> Vec<String> {
    let mut parts: Vec<String> = [
        (lacks.head, "the head"),
        (lacks.gap, "inner passages"),
        (lacks.tail, "the tail"),
    ]
    .into_iter()
    .filter(|(lacking, _)| *lacking)
    .map(|(_, part)| part.to_owned())
    .collect();
    if let Some(first) = parts.first_mut() {
        first.insert_str(0, "lacks ");
    }
    parts
}

/// In what equivalent witnesses differ, if in anything.
pub(super) fn differs(differs: Differs) -> Option<String> {
    let words: Vec<String> = [
        (differs.markup, "markup"),
        (differs.encoding, "encoding"),
        (differs.white_space, "white space"),
        (differs.orthography, "orthography"),
    ]
    .into_iter()
    .filter(|(differ, _)| *differ)
    .map(|(_, word)| word.to_owned())
    .collect();
    (!words.is_empty()).then(|| listed(&words))
}

/// The first phrase that leaves enough room for the path, else the last.
fn fit(pen: Pen, verdict: Verdict, label: &str, path: &str, phrases: &[Phrase]) -> Headline {
    let gap = if path.is_empty() { "" } else { "  " };
    let path_full = columns(&pen.name(path));
    for (at, phrase) in phrases.iter().enumerate() {
        let fixed = columns(label) + gap.len() + columns(&phrase.lead) + columns(&phrase.tail);
        let room = pen.width().saturating_sub(fixed);
        let quote_full = match phrase.quote.as_str() {
            "" => 0,
            quote => columns(&pen.line(quote)) + 2,
        };
        let path_min = path_full.min(PATH_MIN);
        let last = at + 1 == phrases.len();
        if !last && room < path_min + quote_full.min(QUOTE_MIN) {
            continue;
        }
        let path_room = path_full.min(path_min.max(room.saturating_sub(quote_full)));
        let path_room = path_room.min(room);
        let quote = match quote_full {
            0 => String::new(),
            _ => pen.quote_end(&phrase.quote, room - path_room),
        };
        let rest = phrase.lead.strip_prefix(verdict.name()).unwrap_or_default();
        let line = format!(
            "{label}{}{gap}{}{rest}{quote}{}",
            pen.path(path, path_room),
            pen.paint(Style::Verdict, verdict.name()),
            phrase.tail,
        );
        return Headline {
            line,
            whole: at == 0 && quote_full <= room - path_room,
        };
    }
    Headline {
        line: String::new(),
        whole: true,
    }
}
