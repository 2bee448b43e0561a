//! Where an island of HTML ends.
//!
//! CommonMark ends it at the first blank line. Dumps of web pages hold blank lines inside their
//! elements, so that here it ends where its tags balance, unless the page means what CommonMark
//! says: a blank line right after the tag of a block, with something other than a tag behind it,
//! is how Markdown is put inside HTML.

use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use super::marks::{Html, is_block};
use crate::normalize::html;
use crate::normalize::line::Line;
use crate::text::Opened;

/// How many times the text may be read beyond the ends of islands.
const PATIENCE: usize = 16;

/// Finds the ends of islands, in time proportional to the text altogether.
pub(super) struct Islands<'d> {
    text: &'d str,
    html: html::Islands<'d>,
    /// How many bytes may yet be read beyond the ends of islands that go on in Markdown. Once it
    /// is spent, islands end where CommonMark says.
    patience: usize,
    /// What is not found from here on, so that nobody looks for it again.
    missing: Vec<&'static str>,
    /// Where the last one begins that does not end with what it must end with, and that.
    open: Option<(&'static str, usize)>,
}

impl<'d> Islands<'d> {
    pub fn new(text: &'d str) -> Self {
        Self {
            text,
            html: html::Islands::new(text),
            patience: text.len().saturating_mul(PATIENCE),
            missing: Vec::new(),
            open: None,
        }
    }

    /// The end of the island that begins with `line`, at the start of a line. None if what begins
    /// there never ends, so that it is better read as text.
    pub fn end(&mut self, line: &Line<'d>, html: Html) -> Option<usize> {
        match html {
            Html::With(end) => self.end_with(line, end),
            Html::Balanced => Some(self.balanced(line)),
        }
    }

    /// The last element or comment that is never closed, and its mark.
    pub fn left_open(&self) -> Option<(Opened, Range<usize>)> {
        let balanced = self.html.left_open();
        let with = self.open.and_then(|(end, start)| match end {
            "-->" => Some((Opened::Comment, start..start + "<!--".len())),
            end => {
                let name = end.strip_prefix("</")?.strip_suffix('>')?;
                Some((Opened::Element(name), tag(name, start)))
            }
        });
        let balanced = balanced.map(|(name, start)| (Opened::Element(name), tag(name, start)));
        balanced
            .into_iter()
            .chain(with)
            .max_by_key(|(_, mark)| mark.start)
    }

    /// The end of the lines from `line` up to a blank one.
    pub fn blank_line(&self, line: &Line<'d>) -> usize {
        let mut end = line.next;
        while end < self.text.len() {
            let line = self.line(end);
            if line.is_blank() {
                break;
            }
            end = line.next;
        }
        end
    }

    fn line(&self, start: usize) -> Line<'d> {
        Line::at(self.text.as_bytes(), start)
    }

    fn end_with(&mut self, line: &Line<'d>, end: &'static str) -> Option<usize> {
        let start = line.rest_start();
        if self.missing.contains(&end) {
            self.open = Some((end, start));
            return None;
        }
        let Some(found) = find(&self.text.as_bytes()[start..], end.as_bytes()) else {
            self.missing.push(end);
            self.open = Some((end, start));
            return None;
        };
        Some(self.line(start + found + end.len()).next)
    }

    fn balanced(&mut self, line: &Line<'d>) -> usize {
        if self.patience == 0 {
            return self.blank_line(line);
        }
        let Some(end) = self.html.end(line.rest_start()) else {
            return self.blank_line(line);
        };
        let Some(blank) = self.markdown_inside(line, end) else {
            return end;
        };
        self.patience = self.patience.saturating_sub(end - blank);
        blank
    }

    /// The blank line before `end` after which the island goes on in Markdown.
    fn markdown_inside(&self, first: &Line<'d>, end: usize) -> Option<usize> {
        let mut tag_before = ends_with_block_tag(first.rest);
        let mut blank = None;
        let mut at = first.next;
        while at < end {
            let line = self.line(at);
            if line.is_blank() {
                blank = blank.or(Some(line.start));
            } else {
                if blank.is_some() && tag_before && !line.rest.starts_with(b"<") {
                    return blank;
                }
                blank = None;
                tag_before = ends_with_block_tag(line.rest);
            }
            at = line.next;
        }
        None
    }
}

/// The beginning of the start tag at `start`.
fn tag(name: &str, start: usize) -> Range<usize> {
    start..start + "<".len() + name.len()
}

/// Whether a line of HTML ends with the start or end tag of a block element.
fn ends_with_block_tag(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_end();
    if !rest.ends_with(b">") {
        return false;
    }
    let Some(tag) = memrchr(b'<', rest).and_then(|at| rest.get(at + 1..)) else {
        return false;
    };
    let tag = tag.strip_prefix(b"/").unwrap_or(tag);
    let name = tag
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    is_block(&tag[..name])
}

/// Where `end` first occurs, whatever the case of its letters.
fn find(text: &[u8], end: &[u8]) -> Option<usize> {
    if !end.starts_with(b"</") {
        return memmem::find(text, end);
    }
    let mut from = 0;
    loop {
        let at = from + memchr(b'<', &text[from..])?;
        if text[at..]
            .get(..end.len())
            .is_some_and(|tag| tag.eq_ignore_ascii_case(end))
        {
            return Some(at);
        }
        from = at + 1;
    }
}
