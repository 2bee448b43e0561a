//! Events inside a block: text, emphasis, links, images, inline HTML.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::super::tag;
use super::{Content, Reader};
use crate::text::AssetKind;

/// The outermost image that is open, and its alternative text so far.
pub(super) struct Image {
    nested: usize,
    target: String,
    alt: String,
}

impl<'d> Reader<'_, 'd> {
    pub(super) fn text(&mut self, text: CowStr<'d>, at: Range<usize>) {
        let decoded = self.builder.decoded();
        if let Some(image) = &mut self.image {
            image.alt.push_str(&text);
            return;
        }
        let is_verbatim = decoded.get(at.clone()) == Some(&*text);
        match (&self.content, is_verbatim) {
            (Content::Html(_), _) => {}
            (Content::Code, true) => self.builder.verbatim(at),
            (Content::Code, false) => self.builder.replaced(at, &text),
            (_, true) => {
                self.ensure_open(at.start);
                self.pieces.text(decoded, at);
            }
            (_, false) => self.replaced(at, text),
        }
    }

    pub(super) fn replaced(&mut self, at: Range<usize>, text: CowStr<'d>) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(&text);
            return;
        }
        self.ensure_open(at.start);
        self.pieces.replaced(at, text);
    }

    /// Inline code, without its backticks.
    pub(super) fn code(&mut self, text: CowStr<'d>, at: Range<usize>) {
        let source = &self.builder.decoded()[at.clone()];
        let inner = source.trim_matches('`');
        // The parser takes a space from either side.
        let offset = (0..=1).find(|offset| {
            let inner = inner.as_bytes().get(*offset..).unwrap_or_default();
            self.image.is_none() && !text.is_empty() && inner.starts_with(text.as_bytes())
        });
        match offset {
            Some(offset) => {
                let start = at.end - source.trim_start_matches('`').len() + offset;
                self.ensure_open(at.start);
                self.pieces.literal(start..start + text.len());
                self.pieces.reach(at.end);
            }
            None => self.replaced(at, text),
        }
    }

    pub(super) fn line_break(&mut self, at: Range<usize>) {
        if let Some(image) = &mut self.image {
            image.alt.push('\n');
            return;
        }
        let decoded = self.builder.decoded();
        let layout = decoded[at.clone()].trim_start_matches('\\');
        self.ensure_open(at.start);
        self.pieces.text(decoded, at.end - layout.len()..at.end);
    }

    pub(super) fn enter(&mut self, name: &'static str, at: usize) {
        if self.image.is_none() {
            self.ensure_open(at);
            self.pieces.enter(name, at);
        }
    }

    pub(super) fn leave(&mut self, at: usize) {
        if self.image.is_none() {
            self.pieces.leave(at);
        }
    }

    /// `~~` strikes through; a single `~` is text, as in `1~2 or 3~4`.
    pub(super) fn tilde(&mut self, start: usize, tilde: Range<usize>) {
        let decoded = self.builder.decoded();
        if !decoded[start..].starts_with("~~") {
            self.text(CowStr::Borrowed("~"), tilde);
        } else {
            self.ensure_open(start);
            self.pieces.reach(tilde.end);
        }
    }

    pub(super) fn inline_html(&mut self, markup: CowStr<'d>, at: Range<usize>) {
        match tag::read(&markup) {
            tag::Inline::Text => self.text(markup, at),
            tag::Inline::Markup => {
                self.ensure_open(at.start);
                self.pieces.reach(at.end);
            }
            tag::Inline::Break => self.replaced(at, CowStr::Borrowed("\n")),
            tag::Inline::Asset { kind, target, alt } => {
                self.ensure_open(at.start);
                self.pieces.reach(at.end);
                self.builder.asset(kind, &target, &alt, at);
            }
        }
    }

    pub(super) fn start_image(&mut self, target: CowStr<'d>) {
        match &mut self.image {
            Some(image) => image.nested += 1,
            None => {
                self.image = Some(Image {
                    nested: 0,
                    target: target.into_string(),
                    alt: String::new(),
                });
            }
        }
    }

    pub(super) fn end_image(&mut self, at: Range<usize>) {
        match self.image.take() {
            Some(mut image) if image.nested > 0 => {
                image.nested -= 1;
                self.image = Some(image);
            }
            Some(image) => {
                self.ensure_open(at.start);
                self.pieces.reach(at.end);
                self.builder
                    .asset(AssetKind::Image, &image.target, &image.alt, at);
            }
            None => {}
        }
    }
}
