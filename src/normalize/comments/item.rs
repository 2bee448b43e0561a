//! Reads one comment: who, when, what, and which part of which block says so.

mod counters;
mod parts;
mod roles;
mod signature;

use std::ops::Range;

use self::roles::within_any;
use super::scope::{Inner, Scopes, Segment};
use super::tree::Tree;
use crate::text::{AssetKind, BlockKind, Counter, Span};

pub(super) use self::roles::Roles;

/// What a candidate says.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub author: String,
    pub date: String,
    pub counters: Vec<Counter>,
    pub avatar: Option<u32>,
    /// All that the candidate has of its own, in order: which of the parts of all items.
    parts: Range<u32>,
    /// Whether any of it is text.
    pub has_text: bool,
    /// How many of author, date and text the profile's selectors found.
    pub selected: u8,
}

/// A part of a block, and what it is in a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub block: u32,
    pub text: Span,
    pub is: Is,
}

impl Part {
    fn is_text(&self) -> bool {
        matches!(self.is, Is::Text(_))
    }
}

/// What a part of a block is in a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// What somebody wrote, and the kind of block that it is.
    Text(BlockKind),
    /// Who wrote it, when, counters, buttons.
    Byline,
    /// Not understood.
    Plain,
}

impl Item {
    /// Which of the parts of all items are its own.
    pub fn range(&self) -> Range<usize> {
        self.parts.start as usize..self.parts.end as usize
    }

    /// Whether it is signed: what is signed in a list of comments is one.
    pub fn is_signed(&self) -> bool {
        !self.author.is_empty() || !self.date.is_empty()
    }

    /// Whether it would be a comment wherever it stood.
    pub fn speaks(&self) -> bool {
        !self.author.is_empty() && (!self.date.is_empty() || !self.counters.is_empty())
    }
}

/// Reads the candidate `index` of `scopes` as `profile` says, and by the look of it where the
/// profile finds nothing. Its parts are added to `parts`. What `roles` hold is forgotten.
pub(super) fn read(
    tree: &Tree<'_>,
    scopes: &Scopes,
    index: usize,
    profile: u16,
    roles: &mut Roles,
    parts: &mut Vec<Part>,
) -> Item {
    roles.find(tree, scopes.inner(index), profile);
    let mut reader = Reader {
        tree,
        segments: scopes.segments(index),
        inner: scopes.inner(index),
        roles,
        author: None,
        signed: false,
        date: None,
        counters: Vec::new(),
        unread: Vec::new(),
        first: parts.len(),
        parts,
    };
    reader.author = reader
        .roles
        .author
        .map(|element| reader.name_in(tree.element(element).text));
    reader.signed = reader.author.is_some_and(|author| !author.is_empty());
    if !reader.signed {
        reader.author = reader.name_by_look();
    }
    reader.date = reader.date_by_role();
    reader.sort();
    let avatar = reader.avatar(scopes.assets(index), profile);
    reader.finish(avatar)
}

/// Reads one candidate.
struct Reader<'r, 'd> {
    tree: &'r Tree<'d>,
    segments: &'r [Segment],
    inner: &'r [Inner],
    roles: &'r Roles,
    author: Option<Span>,
    /// Whether a selector named the author.
    signed: bool,
    date: Option<(Span, String)>,
    /// Where each counter begins, and what it is.
    counters: Vec<(usize, Counter)>,
    /// Bylines that were not read for counters.
    unread: Vec<Span>,
    /// Those of all items so far, and where its own begin.
    parts: &'r mut Vec<Part>,
    first: usize,
}

impl Reader<'_, '_> {
    /// The picture that the profile names, or else the first one, if it stands before the text.
    fn avatar(&self, assets: &[u32], profile: u16) -> Option<u32> {
        let images = || {
            assets
                .iter()
                .copied()
                .filter(|asset| self.tree.assets()[*asset as usize].kind == AssetKind::Image)
        };
        let named = images().find(|asset| {
            let span = self.tree.assets()[*asset as usize].span;
            within_any(span, &self.roles.avatars) || self.tree.is_avatar(span, profile)
        });
        named.or_else(|| {
            let text = self.parts().iter().find(|part| part.is_text());
            let text = text.map(|part| self.tree.draft.text_map.decoded(part.text).start());
            images().next().filter(|asset| {
                let span = self.tree.assets()[*asset as usize].span;
                text.is_some_and(|text| span.end() <= text)
            })
        })
    }

    fn finish(mut self, avatar: Option<u32>) -> Item {
        if self.date.is_none() {
            self.date = self.date_in_bylines();
        }
        let counters = self.counters();
        let text = |span: Span| self.tree.text(span).to_owned();
        let selected = u8::from(self.signed)
            + u8::from(self.roles.date.is_some())
            + u8::from(!self.roles.text.is_empty());
        Item {
            author: self.author.map(text).unwrap_or_default(),
            date: self.date.take().map(|(_, date)| date).unwrap_or_default(),
            counters,
            avatar,
            selected,
            has_text: self.parts().iter().any(Part::is_text),
            parts: self.first as u32..self.parts.len() as u32,
        }
    }

    /// Its own parts so far.
    fn parts(&self) -> &[Part] {
        &self.parts[self.first..]
    }

    fn bylines(&self) -> impl Iterator<Item = Span> {
        self.parts()
            .iter()
            .filter(|part| part.is == Is::Byline)
            .map(|part| part.text)
    }
}

/// A span within another, as a range of its text.
fn relative(span: Span, around: Span) -> Option<Range<usize>> {
    (around.contains(span) && !span.is_empty())
        .then(|| span.start() - around.start()..span.end() - around.start())
}
