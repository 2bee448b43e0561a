//! Reads one comment: who, when, what, and which part of which block says so.

use std::ops::Range;

use super::byline::{self, Byline};
use super::profile::{Hit, Role};
use super::scope::{Inner, Scopes, Segment};
use super::tree::Tree;
use super::words::is_letter;
use super::{counter, date, tag};
use crate::text::{AssetKind, BlockKind, Counter, Span};

/// What a candidate says.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub author: String,
    pub date: String,
    pub counters: Vec<Counter>,
    pub avatar: Option<u32>,
    /// All that the candidate has of its own, in order.
    pub parts: Vec<Part>,
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
    pub fn has_text(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.is, Is::Text(_)))
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
/// profile finds nothing.
pub(super) fn read(tree: &Tree<'_>, scopes: &Scopes, index: usize, profile: u16) -> Item {
    let roles = Roles::find(tree, scopes.inner(index), profile);
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
        parts: Vec::with_capacity(scopes.segments(index).len() + 1),
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

/// The elements of a candidate that have a role.
#[derive(Debug, Default)]
struct Roles {
    author: Option<u32>,
    date: Option<u32>,
    /// Outermost, apart, in order.
    text: Vec<Span>,
    /// Around what is no text.
    byline: Vec<Span>,
    counters: Vec<(u32, Span)>,
    avatars: Vec<Span>,
}

impl Roles {
    fn find(tree: &Tree<'_>, inner: &[Inner], profile: u16) -> Self {
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
fn within(span: Span, around: &[Span]) -> bool {
    let at = around.partition_point(|around| around.end() < span.end());
    around.get(at).is_some_and(|around| around.contains(span))
}

struct Reader<'r, 'd> {
    tree: &'r Tree<'d>,
    segments: &'r [Segment],
    inner: &'r [Inner],
    roles: Roles,
    author: Option<Span>,
    /// Whether a selector named the author.
    signed: bool,
    date: Option<(Span, String)>,
    /// Where each counter begins, and what it is.
    counters: Vec<(usize, Counter)>,
    /// Bylines that were not read for counters.
    unread: Vec<Span>,
    parts: Vec<Part>,
}

/// Names of elements that stand inside a line.
const INLINE: &[&str] = &[
    "span", "b", "strong", "a", "cite", "em", "i", "u", "font", "small", "label", "bdi", "bdo",
    "mark", "code", "address", "h2", "h3", "h4", "h5", "h6", "dt", "th",
];

impl Reader<'_, '_> {
    /// The name in a passage that names the author: without `says` around, and without the date.
    fn name_in(&self, span: Span) -> Span {
        let span = self.tree.trim(span);
        let text = self.tree.text(span);
        let (at, line) = first_line(text);
        let dated = line.contains(|c| date::digit(c).is_some());
        let head = Some(line).filter(|_| dated).and_then(byline::name_at_head);
        let name = head.unwrap_or_else(|| byline::clean_name(line));
        let at = span.start() + at;
        Span::new(at + name.start, at + name.end)
    }

    /// The author by the look of the text: the first thing that is neither date, counter nor
    /// button, if an element sets it apart, or a date or counter follows it.
    fn name_by_look(&self) -> Option<Span> {
        for (at, segment) in self.segments.iter().enumerate().take(6) {
            let text = self.tree.text(segment.text);
            if within(segment.text, &self.roles.text) || segment.quoted {
                return None;
            }
            if byline::whole(text, None).is_some() {
                continue;
            }
            let last = at + 1 == self.segments.len();
            return self
                .name_in_element(segment)
                .or_else(|| self.name_in_head(segment, text))
                .or_else(|| (!last && byline::is_name(text)).then_some(segment.text));
        }
        None
    }

    fn name_in_head(&self, segment: &Segment, text: &str) -> Option<Span> {
        let range = byline::name_at_head(text)?;
        let start = segment.text.start();
        Some(Span::new(start + range.start, start + range.end))
    }

    fn name_in_element(&self, segment: &Segment) -> Option<Span> {
        let start = segment.text.start();
        let text = self.tree.text(segment.text);
        let first = self.inner.partition_point(|inner| {
            // An element may be noted before the line break that ends the block before it.
            self.tree.element(inner.element).text.start() + 1 < start
        });
        let mut last = None;
        self.inner[first..]
            .iter()
            .take_while(|inner| self.tree.element(inner.element).text.start() < segment.text.end())
            .filter(|inner| {
                !inner.quoted && INLINE.contains(&self.tree.element(inner.element).name)
            })
            .map(|inner| self.tree.trim(self.tree.element(inner.element).text))
            .filter(|span| segment.text.contains(*span) && !span.is_empty() && span.len() <= 200)
            .filter(|span| last.replace(*span) != Some(*span))
            .take_while(|span| leads_up_to_name(&text[..span.start() - start]))
            .map(|span| self.name_in(span))
            .find(|span| {
                let name = self.tree.text(*span);
                byline::is_name(name)
                    && byline::whole(name, None).is_none()
                    && date::find(name).is_none()
            })
    }

    fn date_by_role(&self) -> Option<(Span, String)> {
        let timed = self.inner.iter().filter(|inner| !inner.quoted);
        let timed = timed
            .map(|inner| inner.element)
            .find(|element| self.tree.element(*element).name == "time");
        let element = self.roles.date.or(timed)?;
        let span = self.tree.trim(self.tree.element(element).text);
        let text = self.tree.text(span);
        let tag = self.tree.tag(element);
        let written = ["datetime", "title", "data-time", "content"]
            .iter()
            .filter_map(|name| tag::attribute(tag, name))
            .find_map(|value| date::find(value).and_then(|(_, date)| date.iso));
        let found = date::find(text).filter(|(at, _)| {
            self.author
                .is_none_or(|author| !author.contains(Span::at(span.start() + at + 1)))
        });
        if let Some(iso) = written {
            return Some((span, iso));
        }
        match found {
            Some((at, date)) => {
                let text = &text[at..at + date.len];
                let at = span.start() + at;
                Some((
                    Span::new(at, at + date.len),
                    date.iso.unwrap_or_else(|| text.to_owned()),
                ))
            }
            // The element of the author may hold the date too; without one it is no date.
            None if text.len() > 80 || self.author.is_some_and(|author| span.contains(author)) => {
                None
            }
            None => Some((span, text.to_owned())),
        }
    }

    /// Says of each segment what it is.
    fn sort(&mut self) {
        match self.roles.text.is_empty() {
            true => self.sort_by_look(),
            false => self.sort_by_role(),
        }
    }

    fn sort_by_role(&mut self) {
        for segment in self.segments {
            let mut at = segment.text.start();
            while at < segment.text.end() {
                let next = self.roles.text.partition_point(|text| text.end() <= at);
                let text = self
                    .roles
                    .text
                    .get(next)
                    .copied()
                    .unwrap_or(Span::at(usize::MAX));
                let inside = text.start() <= at;
                let stop = if inside { text.end() } else { text.start() };
                let stop = stop.min(segment.text.end());
                let span = self.tree.trim(Span::new(at, stop));
                at = stop;
                let is = match inside {
                    _ if within_any(span, &self.roles.byline) => Is::Byline,
                    true => Is::Text(self.kind(segment)),
                    false if self.is_byline(span) => Is::Byline,
                    false => Is::Plain,
                };
                self.push(segment, span, is);
            }
        }
    }

    /// Whether a passage that is not the text says who and when.
    fn is_byline(&self, span: Span) -> bool {
        let holds =
            |part: Span| span.contains(part) && !part.is_empty() && span.len() <= byline::LONGEST;
        byline::whole(self.tree.text(span), None).is_some()
            || self.author.is_some_and(holds)
            || self.date.as_ref().is_some_and(|(date, _)| holds(*date))
    }

    fn sort_by_look(&mut self) {
        let mut written: Option<Option<u32>> = None;
        for (index, segment) in self.segments.iter().enumerate() {
            let span = segment.text;
            let text = self.tree.text(span);
            if within_any(span, &self.roles.byline) {
                self.push(segment, span, Is::Byline);
                continue;
            }
            if segment.quoted || self.tree.blocks()[segment.block as usize].kind.is_code() {
                self.push(segment, span, Is::Text(self.kind(segment)));
                written = written.or(Some(segment.leaf));
                continue;
            }
            let author = self.author.and_then(|author| relative(author, span));
            match (written, byline::whole(text, author.clone())) {
                (None, Some(found)) => self.push_byline(segment, span, found),
                (Some(leaf), Some(found))
                    if says_more(&found) && !self.alike(leaf, segment.leaf) =>
                {
                    self.push_byline(segment, span, found);
                }
                (None, None) => {
                    let more = index + 1 < self.segments.len();
                    let text = self.push_head(segment, text, author, more);
                    if !text.is_empty() {
                        written = Some(segment.leaf);
                        self.push_text(segment, text);
                    }
                }
                _ => self.push_text(segment, span),
            }
        }
        self.promote();
    }

    /// A byline at the head of a segment in which the comment begins, if there is one. Gives the
    /// rest.
    fn push_head(
        &mut self,
        segment: &Segment,
        text: &str,
        author: Option<Range<usize>>,
        more: bool,
    ) -> Span {
        let span = segment.text;
        let head = byline::head(text, author.clone());
        let end = match (&head, author) {
            (Some(found), _) => found.end,
            (None, None) => 0,
            (None, Some(author)) if self.signed || self.last_date(span).is_some() => {
                let rest = &text[author.end..];
                author.end + (rest.len() - rest.trim_start_matches(|c| !is_letter(c)).len())
            }
            // A name with something beside it, and the comment below.
            (None, Some(_)) if more && text.len() <= 100 => text.len(),
            (None, Some(_)) => 0,
        };
        let place = self
            .tree
            .trim(Span::new(span.start(), span.start() + end.min(text.len())));
        match head {
            Some(found) => self.push_byline(segment, place, found),
            None => self.push(segment, place, Is::Byline),
        }
        self.tree
            .trim(Span::new(span.start() + end.min(text.len()), span.end()))
    }

    /// A part of a comment's text, but for a date, counters or buttons that an element sets apart
    /// at its end.
    fn push_text(&mut self, segment: &Segment, span: Span) {
        let tail = Some(span).filter(|_| self.date.is_none());
        let Some(tail) = tail.and_then(|span| self.last_date(span)) else {
            self.push(segment, span, Is::Text(self.kind(segment)));
            return;
        };
        let text = self.tree.trim(Span::new(span.start(), tail.start()));
        if text.is_empty() {
            self.push(segment, span, Is::Text(self.kind(segment)));
            return;
        }
        self.push(segment, text, Is::Text(self.kind(segment)));
        if let Some(found) = byline::whole(self.tree.text(tail), None) {
            self.push_byline(segment, tail, found);
        }
    }

    /// An inline element at the end of `span`, or parentheses, that hold a date and nothing else
    /// that is not a byline.
    fn last_date(&self, span: Span) -> Option<Span> {
        let text = self.tree.text(span);
        let last = self
            .inner
            .partition_point(|inner| self.tree.element(inner.element).text.start() < span.end());
        let elements = self.inner[..last].iter().rev().take(4);
        let element = elements
            .filter(|inner| {
                !inner.quoted
                    && matches!(
                        self.tree.element(inner.element).name,
                        "span" | "small" | "time" | "a" | "em" | "i" | "sub" | "font" | "div"
                    )
            })
            .map(|inner| self.tree.trim(self.tree.element(inner.element).text))
            .find(|inner| inner.end() == span.end() && inner.start() > span.start());
        let open = text
            .ends_with([')', '）'])
            .then(|| text.rfind(['(', '（']))
            .flatten();
        let open = open.map(|at| Span::new(span.start() + at, span.end()));
        let dated = |tail: &Span| {
            byline::whole(self.tree.text(*tail), None).is_some_and(|found| found.date.is_some())
        };
        element.filter(dated).or(open.filter(dated))
    }

    /// Whether two segments stand in the same kind of place.
    fn alike(&self, one: Option<u32>, other: Option<u32>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => {
                let (a, b) = (self.tree.element(one), self.tree.element(other));
                a.name == b.name
                    && a.parent == b.parent
                    && tag::attribute(self.tree.tag(one), "class")
                        == tag::attribute(self.tree.tag(other), "class")
            }
            _ => false,
        }
    }

    /// A comment may say no more than `+1` or `赞`, which looks like a counter or a button: of
    /// an item that would have no text, the first such part without author and date is the text.
    fn promote(&mut self) {
        if self.parts.iter().any(|part| part.is != Is::Byline) {
            return;
        }
        let signs = |span: Span| {
            let holds = |part: Span| span.contains(part) && !part.is_empty();
            self.author.is_some_and(holds)
                || self.date.as_ref().is_some_and(|(date, _)| holds(*date))
        };
        let Some(author) = self.author else { return };
        let blocks = self.tree.blocks();
        let found = self.parts.iter().position(|part| {
            let whole = byline::whole(self.tree.text(part.text), None);
            part.text.start() >= author.end()
                && !signs(part.text)
                && part.text == blocks[part.block as usize].text
                && whole.is_some_and(|found| {
                    !found.button
                        && found.date.is_none()
                        && found.counters.len() < 2
                        && !found
                            .counters
                            .iter()
                            .any(|(_, counter)| counter.label != "score")
                })
                && !within_any(part.text, &self.roles.byline)
        });
        if let Some(at) = found {
            let block = self.parts[at].block;
            let segment = self.segments.iter().find(|segment| segment.block == block);
            if let Some(segment) = segment {
                let span = segment.text;
                self.parts[at].is = Is::Text(self.kind(segment));
                self.counters
                    .retain(|(at, _)| *at < span.start() || *at >= span.end());
                self.unread.retain(|unread| !span.contains(*unread));
            }
        }
    }

    /// A byline that was read, and what it says.
    fn push_byline(&mut self, segment: &Segment, span: Span, found: Byline) {
        let at = |offset: usize| span.start() + offset;
        if self.date.is_none()
            && let Some((range, iso)) = found.date
        {
            let place = Span::new(at(range.start), at(range.end));
            let written = || self.tree.text(place).to_owned();
            self.date = Some((place, iso.unwrap_or_else(written)));
        }
        if self.roles.counters.is_empty() {
            let counters = found.counters.into_iter();
            self.counters
                .extend(counters.map(|(offset, counter)| (at(offset), counter)));
        } else {
            self.unread.push(span);
        }
        self.place(segment, span, Is::Byline);
    }

    fn kind(&self, segment: &Segment) -> BlockKind {
        match self.tree.blocks()[segment.block as usize].kind {
            BlockKind::Code => BlockKind::Code,
            BlockKind::Quotation if segment.quoted => BlockKind::Quotation,
            BlockKind::ListItem if segment.listed => BlockKind::ListItem,
            _ => BlockKind::Comment,
        }
    }

    fn push(&mut self, segment: &Segment, text: Span, is: Is) {
        if is == Is::Byline && !text.is_empty() {
            self.unread.push(text);
        }
        self.place(segment, text, is);
    }

    fn place(&mut self, segment: &Segment, text: Span, is: Is) {
        if text.is_empty() {
            return;
        }
        if let Some(last) = self.parts.last_mut()
            && last.block == segment.block
            && last.is == is
        {
            last.text = last.text.union(text);
            return;
        }
        self.parts.push(Part {
            block: segment.block,
            text,
            is,
        });
    }

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
        let text = self
            .parts
            .iter()
            .find(|part| matches!(part.is, Is::Text(_)));
        let text = text.map(|part| self.tree.draft.text_map.decoded(part.text).start());
        named.or_else(|| {
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
            parts: self.parts,
        }
    }

    fn bylines(&self) -> impl Iterator<Item = Span> {
        self.parts
            .iter()
            .filter(|part| part.is == Is::Byline)
            .map(|part| part.text)
    }

    fn date_in_bylines(&self) -> Option<(Span, String)> {
        self.bylines().find_map(|span| {
            let skip = self
                .author
                .and_then(|author| relative(author, span))
                .map_or(0, |author| author.end);
            let text = self.tree.text(span).get(skip..)?;
            let (at, date) = date::find(text)?;
            let written = text[at..at + date.len].to_owned();
            let at = span.start() + skip + at;
            Some((Span::new(at, at + date.len), date.iso.unwrap_or(written)))
        })
    }

    /// Numbers that elements hold, and those in bylines, but not in the author or the date.
    fn counters(&mut self) -> Vec<Counter> {
        let mut found = std::mem::take(&mut self.counters);
        let mut taken: Vec<Span> = Vec::new();
        for (element, span) in &self.roles.counters {
            let overlaps = taken.last().is_some_and(|last| last.contains(*span));
            let value = counter::lone_number(self.tree.text(*span)).filter(|_| !overlaps);
            let Some(value) = value else { continue };
            let class = tag::attribute(self.tree.tag(*element), "class").unwrap_or("");
            let label = counter::label_of_class(class).unwrap_or(class).to_owned();
            taken.push(*span);
            found.push((span.start(), Counter { label, value }));
        }
        if !self.unread.is_empty() {
            taken.extend(self.author);
            taken.extend(self.date.iter().map(|(date, _)| *date));
            taken.sort_unstable();
        }
        for span in &self.unread {
            for (at, len, counter) in byline::counters(self.tree.text(*span)) {
                let place = Span::new(span.start() + at, span.start() + at + len);
                let near = taken.partition_point(|taken| taken.end() <= place.start());
                let is_free = |taken: &Span| taken.start() >= place.end();
                if taken.get(near).is_none_or(is_free) {
                    found.push((place.start(), counter));
                }
            }
        }
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, counter)| counter).collect()
    }
}

/// The first line that says something, and where it begins.
fn first_line(text: &str) -> (usize, &str) {
    let mut at = 0;
    for line in text.split('\n') {
        if line.contains(is_letter) {
            return (at, line);
        }
        at += line.len() + 1;
    }
    (0, text)
}

/// Whether what stands before a name in a line only leads up to it.
fn leads_up_to_name(text: &str) -> bool {
    byline::whole(text, None).is_some()
}

/// Whether what looks like a byline below a comment says something that a comment would not.
fn says_more(found: &Byline) -> bool {
    found.date.is_some()
        || found.button
        || found
            .counters
            .iter()
            .any(|(_, counter)| counter.label != "score")
}

/// Whether one of `around`, in order of their start, holds `span`.
fn within_any(span: Span, around: &[Span]) -> bool {
    let near = around.partition_point(|around| around.start() <= span.start());
    around[..near]
        .iter()
        .rev()
        .take(8)
        .any(|around| around.contains(span))
}

/// A span within another, as a range of its text.
fn relative(span: Span, around: Span) -> Option<Range<usize>> {
    (around.contains(span) && !span.is_empty())
        .then(|| span.start() - around.start()..span.end() - around.start())
}
