//! Who wrote a comment, and when.

use memchr::memchr;

use super::roles::within;
use super::{Reader, relative};
use crate::normalize::comments::scope::Segment;
use crate::normalize::comments::words::is_letter;
use crate::normalize::comments::{byline, date, tag};
use crate::text::Span;

/// Whether an element of this name stands inside a line.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "span"
            | "b"
            | "strong"
            | "a"
            | "cite"
            | "em"
            | "i"
            | "u"
            | "font"
            | "small"
            | "label"
            | "bdi"
            | "bdo"
            | "mark"
            | "code"
            | "address"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "dt"
            | "th"
    )
}

impl Reader<'_, '_> {
    /// The name in a passage that names the author: without `says` around, and without the date.
    pub(super) fn name_in(&self, span: Span) -> Span {
        let span = self.tree.trim(span);
        let text = self.tree.text(span);
        let (at, line) = first_line(text);
        let is_ascii_digit = |byte: u8| byte.is_ascii_digit();
        let dated = line.bytes().any(is_ascii_digit) || line.contains(|c| date::digit(c).is_some());
        let head = Some(line).filter(|_| dated).and_then(byline::name_at_head);
        let name = head.unwrap_or_else(|| byline::clean_name(line));
        let at = span.start() + at;
        Span::new(at + name.start, at + name.end)
    }

    /// The author by the look of the text: the first thing that is neither date, counter nor
    /// button, if an element sets it apart, or a date or counter follows it.
    pub(super) fn name_by_look(&self) -> Option<Span> {
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
            .filter(|inner| !inner.quoted && is_inline(self.tree.element(inner.element).name))
            .map(|inner| self.tree.inside(inner.element))
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

    pub(super) fn date_by_role(&self) -> Option<(Span, String)> {
        let timed = self.inner.iter().filter(|inner| !inner.quoted);
        let timed = timed
            .map(|inner| inner.element)
            .find(|element| self.tree.element(*element).name == "time");
        let element = self.roles.date.or(timed)?;
        let span = self.tree.inside(element);
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

    pub(super) fn date_in_bylines(&self) -> Option<(Span, String)> {
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
}

/// The first line that says something, and where it begins.
fn first_line(text: &str) -> (usize, &str) {
    if memchr(b'\n', text.as_bytes()).is_none() {
        return (0, text);
    }
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
