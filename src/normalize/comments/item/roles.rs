//! Which elements of a comment a profile names.

use crate::normalize::comments::profile::{Hit, Role};
use crate::normalize::comments::scope::Inner;
use crate::normalize::comments::tree::Tree;
use crate::text::Span;

/// The elements of a candidate that have a role.
#[derive(Debug, Default)]
pub(super) struct Roles {
    pub author: Option<u32>,
    pub date: Option<u32>,
    /// Outermost, apart, in order.
    pub text: Vec<Span>,
    /// Around what is no text.
    pub byline: Vec<Span>,
    pub counters: Vec<(u32, Span)>,
    pub avatars: Vec<Span>,
}

impl Roles {
    pub fn find(tree: &Tree<'_>, inner: &[Inner], profile: u16) -> Self {
        let (Some(first), Some(last)) = (inner.first(), inner.last()) else {
            return Self::default();
        };
        let mut hits = tree
            .hits(profile, first.element..last.element + 1)
            .iter()
            .peekable();
        let mut own: Vec<(Hit, Inner)> = Vec::new();
        for inner in inner {
            while hits.next_if(|hit| hit.element < inner.element).is_some() {}
            while let Some(hit) = hits.next_if(|hit| hit.element == inner.element) {
                own.push((*hit, *inner));
            }
        }
        let span = |element: u32| tree.trim(tree.element(element).text);
        let of = |role: Role| own.iter().filter(move |(hit, _)| hit.role == role);
        let mut found = Self {
            text: text_elements(of(Role::Text), &span),
            ..Self::default()
        };
        let pick = |role: Role, text: &[Span]| {
            let outside = of(role).filter(|(hit, _)| !within(span(hit.element), text));
            best(outside, &span)
                .or_else(|| best(of(role).filter(|(_, inner)| !inner.quoted), &span))
        };
        found.author = pick(Role::Author, &found.text);
        found.date = pick(Role::Date, &found.text);
        // What holds the author is more than the text: the rest of it is looked at piece by piece.
        if let Some(author) = found.author {
            let author = span(author);
            found.text.retain(|text| !text.contains(author));
        }
        found.byline = of(Role::Byline)
            .filter(|(_, inner)| !inner.quoted)
            .map(|(hit, _)| span(hit.element))
            .filter(|byline| !holds_any(*byline, &found.text))
            .chain(found.author.map(span))
            .chain(found.date.map(span))
            .collect();
        found.counters = of(Role::Counter)
            .filter(|(_, inner)| !inner.quoted)
            .map(|(hit, _)| (hit.element, span(hit.element)))
            .collect();
        found
            .byline
            .extend(found.counters.iter().map(|(_, span)| *span));
        found.byline.retain(|span| !span.is_empty());
        found.byline.sort_unstable();
        found.avatars = of(Role::Avatar)
            .map(|(hit, _)| tree.element(hit.element).span)
            .collect();
        found
    }
}

fn text_elements<'h>(
    hits: impl Iterator<Item = &'h (Hit, Inner)> + Clone,
    span: &impl Fn(u32) -> Span,
) -> Vec<Span> {
    let filled = hits.filter(|(hit, inner)| !inner.quoted && !span(hit.element).is_empty());
    let Some(rank) = filled.clone().map(|(hit, _)| hit.rank).min() else {
        return Vec::new();
    };
    let mut found: Vec<Span> = Vec::new();
    for (hit, _) in filled.filter(|(hit, _)| hit.rank == rank) {
        let span = span(hit.element);
        if found.last().is_none_or(|last| last.end() <= span.start()) {
            found.push(span);
        }
    }
    found
}

/// The first of the best rank that has text.
fn best<'h>(
    hits: impl Iterator<Item = &'h (Hit, Inner)>,
    span: &impl Fn(u32) -> Span,
) -> Option<u32> {
    hits.filter(|(hit, _)| !span(hit.element).is_empty())
        .min_by_key(|(hit, _)| (hit.rank, hit.element))
        .map(|(hit, _)| hit.element)
}

/// Whether `span` holds one of `inside`, which are in order and apart.
fn holds_any(span: Span, inside: &[Span]) -> bool {
    let at = inside.partition_point(|inside| inside.start() < span.start());
    inside.get(at).is_some_and(|inside| span.contains(*inside))
}

/// Whether one of `around`, which are in order and apart, holds `span`.
pub(super) fn within(span: Span, around: &[Span]) -> bool {
    let at = around.partition_point(|around| around.end() < span.end());
    around.get(at).is_some_and(|around| around.contains(span))
}

/// Whether one of `around`, in order of their start, holds `span`.
pub(super) fn within_any(span: Span, around: &[Span]) -> bool {
    let near = around.partition_point(|around| around.start() <= span.start());
    around[..near]
        .iter()
        .rev()
        .take(8)
        .any(|around| around.contains(span))
}
