//! Comments that only the copy has.
//!
//! A comment is written the way the text writes its own: as one of them, with the parts put in place
//! of that one's ([`item`]). Where copy and text write comments alike it is taken as it is.

pub(super) mod item;
mod list;

use std::collections::HashSet;
use std::ops::Range;

use super::{Proposal, Standing, Subject};
use crate::merge::pieces::{Change, Chunk, Rule};
use crate::text::{BlockKind, Comment, CommentSection, Format, Relation, Span, Witness};

/// Proposes each comment; all of them at once if the text has no list to put them in.
pub(super) fn propose(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    counters(standing, copy, relation, proposals);
    preferred(standing, copy, relation, proposals);
    let mut wanted = relation.comments.extra.clone();
    if standing.policy.both {
        wanted.extend(relation.comments.changed.iter().map(|change| change.copy));
    }
    wanted.sort_unstable();
    if wanted.is_empty() {
        return;
    }
    let witness = standing.witness();
    match witness
        .comment_sections
        .iter()
        .find(|section| !section.comments.is_empty())
    {
        Some(section) => each(standing, copy, section, relation, &wanted, proposals),
        None => whole(standing, copy, &wanted, proposals),
    }
}

/// Proposes the greater counters of comments that both have.
fn counters(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    let (own, theirs) = (standing.witness(), standing.parties[copy].witness);
    for (base, at) in &relation.comments.counters {
        let comments = own
            .comments
            .get(*base as usize)
            .zip(theirs.comments.get(*at as usize));
        let Some((comment, other)) = comments else {
            continue;
        };
        if item::is_fuller(&comment.counters, &other.counters) {
            continue;
        }
        if let Some(changes) = item::count(standing, comment, other) {
            proposals.push(Proposal {
                subject: Subject::Counters(*at),
                forms: vec![changes],
            });
        }
    }
}

/// Proposes what the copy says in comments that both have, where policy prefers it.
fn preferred(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    let (own, theirs) = (standing.witness(), standing.parties[copy].witness);
    if standing.policy.both {
        return;
    }
    let len = |witness: &Witness, comment: &Comment| {
        text_of(witness, comment, Format::Plain).chars().count() as u64
    };
    for change in &relation.comments.changed {
        let comments = own.comments.get(change.base as usize);
        let Some((comment, other)) = comments.zip(theirs.comments.get(change.copy as usize)) else {
            continue;
        };
        let (one, two) = (len(own, comment), len(theirs, other));
        if !standing.prefers(copy, comment.span.range(), one, two) {
            continue;
        }
        let written = item::like(standing, copy, other, comment);
        let span = trimmed_own(standing, comment.span);
        let forms = written.into_iter().map(|chunk| {
            vec![Change {
                at: span.range(),
                chunks: vec![chunk],
            }]
        });
        proposals.push(Proposal {
            subject: Subject::Comment(change.copy),
            forms: forms.collect(),
        });
    }
}

/// The span of an item of the text without the white space behind it.
fn trimmed_own(standing: &Standing<'_>, span: Span) -> Span {
    let source = standing.standing_source(span);
    let behind = &source[source.trim_end().len()..];
    let len = standing.charset.len_of(behind).min(span.len());
    Span::new(span.start(), span.end() - len)
}

/// Each comment at its place in the list.
fn each(
    standing: &Standing<'_>,
    copy: usize,
    section: &CommentSection,
    relation: &Relation,
    wanted: &[u32],
    proposals: &mut Vec<Proposal>,
) {
    let witness = standing.parties[copy].witness;
    let list = list::List::new(standing, section);
    let mut placed: Vec<(list::Slot, u32)> = wanted
        .iter()
        .filter_map(|at| {
            let comment = witness.comments.get(*at as usize)?;
            Some((list.slot(comment, *at, relation), *at))
        })
        .collect();
    list.arrange(&mut placed, witness);
    let comparable = has_comparable_items(standing, copy, section);
    // Replies that come with what they reply to.
    let mut carried: HashSet<u32> = HashSet::new();
    for (slot, at) in placed {
        let comment = &witness.comments[at as usize];
        if carried.contains(&at) {
            proposals.push(Proposal {
                subject: Subject::Comment(at),
                forms: vec![Vec::new()],
            });
            continue;
        }
        let inside = inside(witness, at);
        let alone = inside.clone().all(|at| wanted.binary_search(&at).is_ok());
        let same_list = comparable && profile_of(witness, at) == Some(&section.profile);
        let mut forms: Vec<Chunk> = Vec::new();
        let whole = alone.then(|| standing.slice(copy, trimmed(standing, copy, comment.span)));
        let whole = whole.flatten();
        if same_list {
            forms.extend(whole.clone());
        }
        let models = list.models(comment).into_iter();
        forms.extend(models.filter_map(|model| item::like(standing, copy, comment, model)));
        if !same_list {
            forms
                .extend(whole.filter(|_| standing.parties[copy].witness.format == standing.format));
        }
        if same_list && alone {
            carried.extend(inside);
        }
        proposals.push(Proposal {
            subject: Subject::Comment(at),
            forms: forms
                .into_iter()
                .filter_map(|form| Some(vec![list.put(slot, form)?]))
                .collect(),
        });
    }
}

/// The comment of this index and all in it, which follow it.
fn inside(witness: &Witness, at: u32) -> Range<u32> {
    let comments = witness.comments.get(at as usize..).unwrap_or_default();
    let all = comments
        .iter()
        .take_while(|other| comments[0].span.contains(other.span));
    at..at + all.count() as u32
}

/// The profile by which the comment of this index was recognised.
fn profile_of(witness: &Witness, at: u32) -> Option<&String> {
    let mut sections = witness.comment_sections.iter();
    let own = sections.find(|section| section.comments.contains(&at));
    own.map(|section| &section.profile)
}

/// Whether an item of the copy may be written as those of the text's list are: in the same markup.
fn has_comparable_items(standing: &Standing<'_>, copy: usize, section: &CommentSection) -> bool {
    let comments = &standing.witness().comments;
    let first = comments.get(section.comments.start as usize);
    let is_markup = |comment: &Comment| {
        let source = standing.standing_source(comment.span);
        source.trim_start().starts_with('<')
    };
    standing.parties[copy].witness.format == standing.format || first.is_some_and(is_markup)
}

/// The span of an item without the white space behind it.
fn trimmed(standing: &Standing<'_>, copy: usize, span: Span) -> Span {
    let source = standing.source(copy, span);
    let charset = crate::merge::charset::Charset::of(standing.parties[copy].witness);
    let behind = &source[source.trim_end().len()..];
    Span::new(
        span.start(),
        span.end() - charset.len_of(behind).min(span.len()),
    )
}

/// The list of the copy, for a text without comments: as it is, or as the text would write one.
pub(super) fn whole(
    standing: &Standing<'_>,
    copy: usize,
    wanted: &[u32],
    proposals: &mut Vec<Proposal>,
) {
    let witness = standing.parties[copy].witness;
    let site = standing.end_of_text();
    for section in &witness.comment_sections {
        let comments: Vec<u32> = section
            .comments
            .clone()
            .filter(|at| wanted.binary_search(at).is_ok())
            .collect();
        if comments.is_empty() {
            continue;
        }
        let mut forms: Vec<Vec<Chunk>> = Vec::new();
        if comments.len() == section.comments.len() {
            forms.extend(list::as_it_is(standing, copy, section));
        }
        forms.extend(list::written(standing, copy, section, &comments).map(|one| vec![one]));
        let heading = BlockKind::Heading(2);
        let change = |chunks| -> Change { standing.put(site, chunks, heading, BlockKind::Comment) };
        let forms: Vec<Vec<Change>> = forms
            .into_iter()
            .map(|chunks| vec![change(chunks)])
            .collect();
        // All of them come with the change of the first.
        for (at, comment) in comments.iter().enumerate() {
            proposals.push(Proposal {
                subject: Subject::Comment(*comment),
                forms: match at {
                    0 => forms.clone(),
                    _ => vec![Vec::new(); forms.len()],
                },
            });
        }
    }
}

/// What a comment says, in markup: its paragraphs joined.
fn text_of(witness: &Witness, comment: &Comment, format: Format) -> String {
    let blocks = comment.blocks.start as usize..comment.blocks.end as usize;
    let blocks = witness.blocks.get(blocks).unwrap_or_default();
    let texts: Vec<String> = blocks
        .iter()
        .map(|block| crate::merge::markup::inline(block.text(witness), format))
        .collect();
    match format {
        Format::Html => texts.join("<br>\n"),
        _ => texts.join("\n\n  "),
    }
}

fn separator(standing: &Standing<'_>, text: &str) -> Option<Chunk> {
    standing.chunk(text, Rule::Separator, None)
}
