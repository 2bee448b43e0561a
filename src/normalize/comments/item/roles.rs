//! Which elements of a comment a profile names.

use crate::normalize::comments::profile::{Hit, Role};
use crate::normalize::comments::scope::Inner;
use crate::normalize::comments::tree::Tree;
use crate::text::Span;

/// The elements of a candidate that have a role.
#[derive(Debug, Default)]
pub(in crate::normalize::comments) struct Roles {
    pub author: Option<u32>,
    pub date: Option<u32>,
    /// Outermost, apart, in order.
    pub text: Vec<Span>,
    /// Around what is no text.
    pub byline: Vec<Span>,
    pub counters: Vec<(u32, Span)>,
    pub avatars: Vec<Span>,
    /// All that has one.
    own: Vec<(Hit, Inner)>,
}

impl Roles {
    /// Those of the candidate that has `inner`, in the memory of the one before it.
    pub fn find(&mut self, tree: &Tree<'_>, inner: &[Inner], profile: u16) {
        self.forget();
        self.take_own(tree, inner, profile);
        if self.own.is_empty() {
            return;
        }
        let span = |element: u32| tree.inside(element);
        self.find_text(&span);
        let of = |role: Role| self.own.iter().filter(move |(hit, _)| hit.role == role);
        let pick = |role: Role, text: &[Span]| {
            let outside = of(role).filter(|(hit, _)| !within(span(hit.element), text));
            best(outside, &span)
                .or_else(|| best(of(role).filter(|(_, inner)| !inner.quoted), &span))
        };
        self.author = pick(Role::Author, &self.text);
        self.date = pick(Role::Date, &self.text);
        // What holds the author is more than the text: the rest of it is looked at piece by piece.
        if let Some(author) = self.author {
            let author = span(author);
            self.text.retain(|text| !text.contains(author));
        }
        let bylines = of(Role::Byline)
            .filter(|(_, inner)| !inner.quoted)
            .map(|(hit, _)| span(hit.element))
            .filter(|byline| !holds_any(*byline, &self.text))
            .chain(self.author.map(span))
            .chain(self.date.map(span));
        self.byline.extend(bylines);
        let counters = of(Role::Counter)
            .filter(|(_, inner)| !inner.quoted)
            .map(|(hit, _)| (hit.element, span(hit.element)));
        self.counters.extend(counters);
        self.byline
            .extend(self.counters.iter().map(|(_, span)| *span));
        self.byline.retain(|span| !span.is_empty());
        self.byline.sort_unstable();
        let avatars = of(Role::Avatar).map(|(hit, _)| tree.element(hit.element).span);
        self.avatars.extend(avatars);
    }

    fn forget(&mut self) {
        self.author = None;
        self.date = None;
        self.text.clear();
        self.byline.clear();
        self.counters.clear();
        self.avatars.clear();
        self.own.clear();
    }

    /// The hits of the profile among `inner`.
    fn take_own(&mut self, tree: &Tree<'_>, inner: &[Inner], profile: u16) {
        let (Some(first), Some(last)) = (inner.first(), inner.last()) else {
            return;
        };
        let hits = tree.hits(profile, first.element..last.element + 1);
        let mut hits = hits.iter().peekable();
        for inner in inner {
            while hits.next_if(|hit| hit.element < inner.element).is_some() {}
            while let Some(hit) = hits.next_if(|hit| hit.element == inner.element) {
                self.own.push((*hit, *inner));
            }
        }
    }

    fn find_text(&mut self, span: &impl Fn(u32) -> Span) {
        let texts = self.own.iter().filter(|(hit, _)| hit.role == Role::Text);
        let filled = texts.filter(|(hit, inner)| !inner.quoted && !span(hit.element).is_empty());
        let Some(rank) = filled.clone().map(|(hit, _)| hit.rank).min() else {
            return;
        };
        for (hit, _) in filled.filter(|(hit, _)| hit.rank == rank) {
            let span = span(hit.element);
            if (self.text.last()).is_none_or(|last| last.end() <= span.start()) {
                self.text.push(span);
            }
        }
    }
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
