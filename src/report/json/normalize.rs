//! One document with all that is known of it.

use serde::Serialize;

use super::records::{Asset, Counter, Damage, Document, Lines, Span};
use crate::report::{CheckFinding, CheckKind, Entry, comments};
use crate::text::{self, BlockKind, Witness};

#[derive(Serialize)]
pub(super) struct Normalized<'a> {
    #[serde(flatten)]
    document: Document<'a>,
    blocks: Vec<Block<'a>>,
    comments: Vec<Comment<'a>>,
    comment_sections: Vec<CommentSection<'a>>,
    assets: Vec<Asset<'a>>,
    damage: Vec<Damage<'a>>,
    approximations: Vec<Approximation>,
    tally: Tally,
    check: Option<Vec<Finding<'a>>>,
}

#[derive(Serialize)]
struct Block<'a> {
    kind: &'static str,
    level: Option<u8>,
    number: Option<i32>,
    section: &'static str,
    span: Span,
    line: u32,
    text: &'a str,
    match_text: &'a str,
}

#[derive(Serialize)]
struct Comment<'a> {
    author: &'a str,
    date: &'a str,
    text: &'a str,
    counters: Vec<Counter<'a>>,
    avatar: Option<u32>,
    depth: u16,
    blocks: Range,
    line: u32,
    span: Span,
}

#[derive(Serialize)]
struct CommentSection<'a> {
    profile: &'a str,
    declared: Option<u64>,
    comments: Range,
    line: u32,
    span: Span,
}

/// Indices, the end excluded.
#[derive(Serialize)]
struct Range {
    start: u32,
    end: u32,
}

impl From<&std::ops::Range<u32>> for Range {
    fn from(range: &std::ops::Range<u32>) -> Self {
        Self {
            start: range.start,
            end: range.end,
        }
    }
}

/// Where a budget made the reading coarser.
#[derive(Serialize)]
struct Approximation {
    what: &'static str,
    lines: Lines,
}

#[derive(Serialize)]
struct Tally {
    invisible: u32,
    bidi: u32,
}

#[derive(Serialize)]
struct Finding<'a> {
    kind: &'static str,
    block: usize,
    lines: Lines,
    expected: &'a str,
    found: &'a str,
}

impl<'a> Normalized<'a> {
    pub fn new(entry: Entry<'a>, check: Option<&'a [CheckFinding]>) -> Self {
        let witness = entry.witness;
        let sections = witness.comment_sections.iter();
        Self {
            document: Document::from(Entry {
                siglum: "",
                ..entry
            }),
            blocks: witness.blocks.iter().map(|b| block(witness, b)).collect(),
            comments: witness
                .comments
                .iter()
                .map(|c| comment(witness, c))
                .collect(),
            comment_sections: sections.map(section).collect(),
            assets: witness.assets.iter().map(Asset::from).collect(),
            damage: Damage::list(witness),
            approximations: Vec::from_iter(witness.unsearched.map(|lines| Approximation {
                what: Witness::UNSEARCHED,
                lines: lines.into(),
            })),
            tally: Tally {
                invisible: witness.tally.invisible,
                bidi: witness.tally.bidi,
            },
            check: check.map(|findings| findings.iter().map(finding).collect()),
        }
    }
}

fn block<'a>(witness: &'a Witness, block: &text::Block) -> Block<'a> {
    let level = match block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    };
    Block {
        kind: block.kind.name(),
        level,
        number: block.number.map(|number| number.value),
        section: block.section.name(),
        span: block.span.into(),
        line: block.line,
        text: block.text(witness),
        match_text: block.match_text(witness),
    }
}

fn comment<'a>(witness: &'a Witness, comment: &'a text::Comment) -> Comment<'a> {
    Comment {
        author: &comment.author,
        date: &comment.date,
        text: comments::text(witness, comment),
        counters: comment.counters.iter().map(Counter::from).collect(),
        avatar: comment.avatar,
        depth: comment.depth,
        blocks: Range::from(&comment.blocks),
        line: comment.line,
        span: comment.span.into(),
    }
}

fn section(section: &text::CommentSection) -> CommentSection<'_> {
    CommentSection {
        profile: &section.profile,
        declared: section.declared,
        comments: Range::from(&section.comments),
        line: section.line,
        span: section.span.into(),
    }
}

fn finding(finding: &CheckFinding) -> Finding<'_> {
    Finding {
        kind: match finding.kind {
            CheckKind::SecondOpinion => "second opinion",
            CheckKind::Span => "span",
        },
        block: finding.block,
        lines: finding.lines.into(),
        expected: &finding.expected,
        found: &finding.found,
    }
}
