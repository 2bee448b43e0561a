//! What each part of a comment is: byline or text.

use std::ops::Range;

use super::roles::within_any;
use super::{Is, Part, Reader, relative};
use crate::normalize::comments::byline::{self, Byline};
use crate::normalize::comments::scope::Segment;
use crate::normalize::comments::tag;
use crate::normalize::comments::words::is_letter;
use crate::text::{BlockKind, Span};

impl Reader<'_, '_> {
    /// Says of each segment what it is.
    pub(super) fn sort(&mut self) {
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
                    && self.tree.element(inner.element).text.end() >= span.end()
                    && matches!(
                        self.tree.element(inner.element).name,
                        "span" | "small" | "time" | "a" | "em" | "i" | "sub" | "font" | "div"
                    )
            })
            .map(|inner| self.tree.inside(inner.element))
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
        if self.parts().iter().any(|part| part.is != Is::Byline) {
            return;
        }
        let signs = |span: Span| {
            let holds = |part: Span| span.contains(part) && !part.is_empty();
            self.author.is_some_and(holds)
                || self.date.as_ref().is_some_and(|(date, _)| holds(*date))
        };
        let Some(author) = self.author else { return };
        let blocks = self.tree.blocks();
        let found = self.parts().iter().position(|part| {
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
        if let Some(at) = found.map(|at| self.first + at) {
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
            let mut counters = found.counters;
            counters
                .iter_mut()
                .for_each(|(place, _)| *place = at(*place));
            match self.counters.is_empty() {
                true => self.counters = counters,
                false => self.counters.append(&mut counters),
            }
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
        if let Some(last) = self.parts[self.first..].last_mut()
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
