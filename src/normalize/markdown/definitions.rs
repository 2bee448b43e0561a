//! Definitions of links and footnotes, which may stand anywhere in a document.

use std::collections::{HashMap, HashSet};

use memchr::memmem;
use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag};

use super::chunks::{Chunk, Chunks};
use super::{OPTIONS, line_feeds};
use crate::normalize::line::Lines;

/// What `[text][label]` and `[^label]` may refer to.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// Labels, in lower case, and what they point to.
    links: HashMap<String, String>,
    footnotes: HashSet<String>,
}

impl Definitions {
    /// The definitions of `text`, which has `lines`, from `start` on. The first one of a label
    /// counts.
    pub fn of(text: &str, lines: &Lines, start: usize) -> Self {
        let mut definitions = Self::default();
        if memmem::find(&text.as_bytes()[start..], b"]:").is_none() {
            return definitions;
        }
        for chunk in Chunks::new(text, lines, start) {
            if let Chunk::Markup(range) = chunk {
                definitions.add(&text[range]);
            }
        }
        definitions
    }

    /// The definitions of a text that is read as a whole.
    #[cfg(test)]
    pub fn whole(text: &str) -> Self {
        let mut definitions = Self::default();
        definitions.add(text);
        definitions
    }

    fn add(&mut self, markup: &str) {
        if memmem::find(markup.as_bytes(), b"]:").is_none() {
            return;
        }
        let markup = line_feeds(markup);
        let parser = Parser::new_ext(&markup, OPTIONS);
        for (label, link) in parser.reference_definitions().iter() {
            self.links
                .entry(label.to_lowercase())
                .or_insert_with(|| link.dest.to_string());
        }
        self.footnotes
            .extend(parser.filter_map(|event| match event {
                Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_lowercase()),
                _ => None,
            }));
    }

    /// Whether a footnote is defined.
    pub fn is_footnote(&self, label: &str) -> bool {
        !self.footnotes.is_empty() && self.footnotes.contains(&label.to_lowercase())
    }

    /// Where a link points whose definition is not at hand.
    pub fn resolve<'t>(&self, link: &BrokenLink<'t>) -> Option<(CowStr<'t>, CowStr<'t>)> {
        let target = match self.links.is_empty() {
            true => None,
            false => self.links.get(&link.reference.to_lowercase()),
        };
        Some((CowStr::from(target?.clone()), CowStr::Borrowed("")))
    }
}
