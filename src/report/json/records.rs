//! What JSON says of nouns. These shapes are the contract, versioned by the schemas in
//! `docs/schema/`; the nouns behind them may change.

use serde::Serialize;

use crate::report::{Entry, comments, numbers};
use crate::text::{self, LineRange, Profile, Section, Witness};

/// Bytes.
#[derive(Serialize)]
pub(super) struct Span {
    start: usize,
    end: usize,
}

impl From<text::Span> for Span {
    fn from(span: text::Span) -> Self {
        Self {
            start: span.start(),
            end: span.end(),
        }
    }
}

/// Lines, both ends included.
#[derive(Serialize)]
pub(super) struct Lines {
    first: u32,
    last: u32,
}

impl From<LineRange> for Lines {
    fn from(lines: LineRange) -> Self {
        Self {
            first: lines.first,
            last: lines.last,
        }
    }
}

/// A document, without what it says.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    siglum: &'a str,
    path: &'a str,
    digest: String,
    bytes: usize,
    lines: usize,
    format: &'static str,
    encoding: Encoding,
}

impl<'a> Document<'a> {
    pub fn new(siglum: &'a str, path: &'a str, profile: &Profile) -> Self {
        Self {
            siglum,
            path,
            digest: profile.digest.to_string(),
            bytes: profile.source_len,
            lines: profile.lines,
            format: profile.format.name(),
            encoding: Encoding::from(&profile.encoding),
        }
    }
}

impl<'a> From<Entry<'a>> for Document<'a> {
    fn from(entry: Entry<'a>) -> Self {
        Self::new(entry.siglum, entry.path, &Profile::from(entry.witness))
    }
}

#[derive(Serialize)]
pub(super) struct Encoding {
    name: &'static str,
    bom: bool,
}

impl From<&text::Encoding> for Encoding {
    fn from(encoding: &text::Encoding) -> Self {
        Self {
            name: encoding.name,
            bom: encoding.bom,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Share {
    aligned: u64,
    total: u64,
    share: f64,
}

impl From<text::Coverage> for Share {
    fn from(coverage: text::Coverage) -> Self {
        Self {
            aligned: coverage.aligned,
            total: coverage.total,
            share: numbers::share(coverage),
        }
    }
}

/// How much each of the two has of the other.
#[derive(Serialize)]
pub(super) struct Coverage {
    pub base: Share,
    pub copy: Share,
}

#[derive(Serialize)]
pub(super) struct Cut<'a> {
    line: u32,
    byte: u32,
    #[serde(rename = "where")]
    place: &'static str,
    before: &'a str,
    base_line: u32,
    base_byte: u32,
    ellipsis: &'a str,
}

impl<'a> From<&'a text::Cut> for Cut<'a> {
    fn from(cut: &'a text::Cut) -> Self {
        Self {
            line: cut.line,
            byte: cut.byte,
            place: cut.place.name(),
            before: &cut.before,
            base_line: cut.base_line,
            base_byte: cut.base_byte,
            ellipsis: &cut.ellipsis,
        }
    }
}

/// A point in the other document.
#[derive(Serialize)]
pub(super) struct Place {
    line: u32,
    byte: u32,
}

impl From<text::Place> for Place {
    fn from(place: text::Place) -> Self {
        Self {
            line: place.line,
            byte: place.source,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Heading<'a> {
    level: u8,
    text: &'a str,
    line: u32,
}

impl<'a> Heading<'a> {
    pub fn new(witness: &'a Witness, block: &text::Block) -> Self {
        let level = match block.kind {
            text::BlockKind::Heading(level) => level,
            _ => 0,
        };
        Self {
            level,
            text: block.text(witness),
            line: block.line,
        }
    }
}

#[derive(Serialize)]
pub(super) struct SectionRecord {
    section: &'static str,
    verdict: &'static str,
    coverage: Coverage,
    lacks: Lacks,
}

#[derive(Serialize)]
struct Lacks {
    head: bool,
    gap: bool,
    tail: bool,
}

impl From<&text::SectionRelation> for SectionRecord {
    fn from(section: &text::SectionRelation) -> Self {
        Self {
            section: section.section.name(),
            verdict: section.verdict.name(),
            coverage: Coverage {
                base: section.of_base.into(),
                copy: section.of_copy.into(),
            },
            lacks: Lacks {
                head: section.lacks.head,
                gap: section.lacks.gap,
                tail: section.lacks.tail,
            },
        }
    }
}

#[derive(Serialize)]
pub(super) struct Comment<'a> {
    author: &'a str,
    date: &'a str,
    text: &'a str,
    counters: Vec<Counter<'a>>,
    line: u32,
    span: Span,
}

#[derive(Serialize)]
pub(super) struct Counter<'a> {
    label: &'a str,
    value: u64,
}

impl<'a> From<&'a text::Counter> for Counter<'a> {
    fn from(counter: &'a text::Counter) -> Self {
        Self {
            label: &counter.label,
            value: counter.value,
        }
    }
}

impl<'a> Comment<'a> {
    pub fn new(witness: &'a Witness, comment: &'a text::Comment) -> Self {
        Self {
            author: &comment.author,
            date: &comment.date,
            text: comments::text(witness, comment),
            counters: comment.counters.iter().map(Counter::from).collect(),
            line: comment.line,
            span: comment.span.into(),
        }
    }

    /// Those of `indices` that there are.
    pub fn list(witness: &'a Witness, indices: &[u32]) -> Vec<Self> {
        indices
            .iter()
            .filter_map(|at| Self::at(witness, *at))
            .collect()
    }

    fn at(witness: &'a Witness, at: u32) -> Option<Self> {
        let comment = witness.comments.get(at as usize)?;
        Some(Self::new(witness, comment))
    }
}

/// A comment that both have, differently.
#[derive(Serialize)]
pub(super) struct CommentPair<'a> {
    base: Comment<'a>,
    copy: Comment<'a>,
}

impl<'a> CommentPair<'a> {
    pub fn at(base: &'a Witness, copy: &'a Witness, pair: (u32, u32)) -> Option<Self> {
        Some(Self {
            base: Comment::at(base, pair.0)?,
            copy: Comment::at(copy, pair.1)?,
        })
    }
}

#[derive(Serialize)]
pub(super) struct Asset<'a> {
    kind: &'static str,
    target: &'a str,
    alt: &'a str,
    section: &'static str,
    line: u32,
    span: Span,
}

impl<'a> From<&'a text::Asset> for Asset<'a> {
    fn from(asset: &'a text::Asset) -> Self {
        Self {
            kind: asset.kind.name(),
            target: &asset.target,
            alt: &asset.alt,
            section: asset.section.name(),
            line: asset.line,
            span: asset.span.into(),
        }
    }
}

impl<'a> Asset<'a> {
    /// Those of `indices` that there are.
    pub fn list(witness: &'a Witness, indices: &[u32]) -> Vec<Self> {
        let assets = indices
            .iter()
            .filter_map(|at| witness.assets.get(*at as usize));
        assets.map(Self::from).collect()
    }
}

#[derive(Serialize)]
pub(super) struct Damage<'a> {
    kind: &'static str,
    line: u32,
    span: Span,
    repair: &'a str,
}

impl<'a> Damage<'a> {
    pub fn list(witness: &'a Witness) -> Vec<Self> {
        let damage = witness.damage.iter();
        damage
            .map(|one| Self {
                kind: one.kind.name(),
                line: one.line,
                span: one.span.into(),
                repair: &one.repair,
            })
            .collect()
    }
}

/// Damage of one kind.
#[derive(Serialize)]
pub(super) struct DamageCount {
    kind: &'static str,
    count: u64,
    first: Lines,
}

impl From<&text::DamageCount> for DamageCount {
    fn from(one: &text::DamageCount) -> Self {
        Self {
            kind: one.kind.name(),
            count: one.count,
            first: one.first.into(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Approximation {
    what: &'static str,
    base: Lines,
    copy: Lines,
}

impl From<&text::Approximation> for Approximation {
    fn from(one: &text::Approximation) -> Self {
        Self {
            what: one.what,
            base: one.base.into(),
            copy: one.copy.into(),
        }
    }
}

/// A passage, without what it says.
#[derive(Serialize)]
pub(super) struct Passage {
    section: &'static str,
    span: Span,
    lines: Lines,
    chars: u64,
}

impl From<text::Passage> for Passage {
    fn from(passage: text::Passage) -> Self {
        Self {
            section: Section::name(passage.section),
            span: passage.source.into(),
            lines: passage.lines.into(),
            chars: passage.chars,
        }
    }
}

/// A passage, and what it says.
#[derive(Serialize)]
pub(super) struct Said<'a> {
    #[serde(flatten)]
    passage: Passage,
    text: &'a str,
}

impl<'a> Said<'a> {
    pub fn new(witness: &'a Witness, passage: text::Passage) -> Self {
        Self {
            passage: passage.into(),
            text: witness.text.get(passage.text.range()).unwrap_or_default(),
        }
    }
}
