//! The outline and the blocks of a draft, made ready for questions.

use std::ops::Range;

use super::heading::{self, Heading};
use super::profile::{Compiled, Hit, Role, Scratch};
use crate::normalize::builder::Draft;
use crate::normalize::outline::Element;
use crate::text::{Asset, Block, Span};

/// What recognition looks at. Nothing in it changes while it looks.
pub(super) struct Tree<'d> {
    pub draft: &'d Draft,
    pub decoded: &'d str,
    pub compiled: &'d Compiled,
    /// For each element, the index after the last element in it.
    pub ends: Vec<u32>,
    /// For each element, the canonical text in it, without white space around.
    insides: Vec<Span>,
    /// For each block, the innermost element that holds all of it.
    pub leaves: Vec<Option<u32>>,
    /// The blocks that read like the heading of a comment section, with the count.
    pub headings: Vec<(u32, Heading<'d>)>,
    /// By profile, then element.
    hits: Vec<Hit>,
    /// Where the hits of each profile end.
    hit_ends: Vec<u32>,
}

impl<'d> Tree<'d> {
    pub fn new(draft: &'d Draft, decoded: &'d str, compiled: &'d Compiled) -> Self {
        let mut hits = Vec::with_capacity(draft.outline.elements.len());
        let mut scratch = Scratch::default();
        for (index, element) in draft.outline.elements.iter().enumerate() {
            let tag = decoded.get(element.tag.range()).unwrap_or("");
            let element = (index as u32, element.name, tag);
            compiled.look_up(element, &mut scratch, &mut hits);
        }
        hits.sort_unstable_by_key(|hit| (hit.profile, hit.element, hit.role));
        let end = |profile| hits.partition_point(|hit: &Hit| usize::from(hit.profile) <= profile);
        Self {
            hit_ends: (0..compiled.profiles.len())
                .map(|p| end(p) as u32)
                .collect(),
            headings: headings(draft, compiled),
            ends: ends(&draft.outline.elements),
            insides: insides(draft),
            leaves: leaves(&draft.outline.elements, &draft.blocks),
            draft,
            decoded,
            compiled,
            hits,
        }
    }

    pub fn elements(&self) -> &'d [Element] {
        &self.draft.outline.elements
    }

    pub fn element(&self, index: u32) -> &'d Element {
        &self.draft.outline.elements[index as usize]
    }

    pub fn blocks(&self) -> &'d [Block] {
        &self.draft.blocks
    }

    pub fn assets(&self) -> &'d [Asset] {
        &self.draft.assets
    }

    /// Canonical text, without white space around.
    pub fn text(&self, span: Span) -> &'d str {
        &self.draft.text[self.trim(span).range()]
    }

    /// `span` of canonical text without the white space around it.
    pub fn trim(&self, span: Span) -> Span {
        trim(&self.draft.text, span)
    }

    /// The canonical text in an element, without white space around.
    pub fn inside(&self, element: u32) -> Span {
        self.insides[element as usize]
    }

    /// The start tag of an element; empty for one of Markdown.
    pub fn tag(&self, element: u32) -> &'d str {
        self.decoded
            .get(self.element(element).tag.range())
            .unwrap_or("")
    }

    /// The index after the last element in `element`.
    pub fn end(&self, element: u32) -> u32 {
        self.ends[element as usize]
    }

    /// The roles that a profile gives to elements of a range.
    pub fn hits(&self, profile: u16, elements: Range<u32>) -> &[Hit] {
        let own = self.hits_of(profile);
        let place = |element: u32| own.partition_point(|hit| hit.element < element);
        let start = place(elements.start);
        &own[start..place(elements.end).max(start)]
    }

    /// The roles that a profile gives to elements.
    fn hits_of(&self, profile: u16) -> &[Hit] {
        let end = |profile: usize| self.hit_ends.get(profile).copied().unwrap_or(0) as usize;
        let profile = usize::from(profile);
        let start = profile.checked_sub(1).map_or(0, end);
        &self.hits[start..end(profile).max(start)]
    }

    /// The elements that have `role` in a profile.
    pub fn with_role(&self, profile: u16, role: Role) -> impl Iterator<Item = u32> {
        let hits = self.hits_of(profile).iter();
        hits.filter(move |hit| hit.role == role)
            .map(|hit| hit.element)
    }

    /// Whether a profile says that the asset with this markup is somebody's picture.
    pub fn is_avatar(&self, markup: Span, profile: u16) -> bool {
        let markup = self.decoded.get(markup.range()).unwrap_or("");
        if !markup.starts_with('<') {
            return false;
        }
        let mut hits = Vec::new();
        let img = (0, "img", markup);
        self.compiled
            .look_up(img, &mut Scratch::default(), &mut hits);
        hits.iter()
            .any(|hit| (hit.profile, hit.role) == (profile, Role::Avatar))
    }

    /// Blocks whose canonical text starts in a range of it.
    pub fn blocks_in(&self, text: Span) -> Range<usize> {
        let blocks = &self.draft.blocks;
        let place = |at: usize| blocks.partition_point(|block| block.text.start() < at);
        place(text.start())..place(text.end())
    }
}

/// `span` of `text` without the white space around it.
fn trim(text: &str, span: Span) -> Span {
    let text = text.get(span.range()).unwrap_or("");
    if is_trimmed(text) {
        return span;
    }
    let tail = text.trim_start();
    let start = span.start() + text.len() - tail.len();
    Span::new(start, start + tail.trim_end().len())
}

/// A quick yes to whether neither end of `text` is white space, which most are asked of: ASCII, or
/// characters from U+4000 on.
#[inline]
fn is_trimmed(text: &str) -> bool {
    let is_text = |byte: u8| matches!(byte, b'!'..=b'~' | 0xe4..);
    match text.as_bytes() {
        [first, .., third, _, last] => is_text(*first) && (is_text(*last) || *third >= 0xe4),
        [first, .., last] => is_text(*first) && is_text(*last),
        _ => false,
    }
}

fn insides(draft: &Draft) -> Vec<Span> {
    let text = draft.text.as_bytes();
    let is_space = |at: usize| matches!(text.get(at), Some(b' ' | b'\n'));
    let inside = |element: &Element| {
        // Most are blocks, or begin where the block before them ends.
        let (mut start, mut end) = (element.text.start(), element.text.end());
        start += usize::from(start < end && is_space(start));
        end -= usize::from(start < end && is_space(end - 1));
        trim(&draft.text, Span::new(start, end))
    };
    draft.outline.elements.iter().map(inside).collect()
}

/// How many blocks before the first element that was noted may hold the heading that began it.
const BEFORE: usize = 8;

fn headings<'d>(draft: &'d Draft, compiled: &Compiled) -> Vec<(u32, Heading<'d>)> {
    let first = draft.outline.elements.first().map_or(0, |first| {
        let at = first.text.start();
        draft.blocks.partition_point(|block| block.text.end() < at)
    });
    let near = |index: &&u32| **index as usize + BEFORE >= first;
    let heading = |index: &u32| {
        let block = &draft.blocks[*index as usize];
        let found = heading::parse(&draft.text[block.text.range()], &compiled.headings)?;
        Some((*index, found))
    };
    let headings = draft.headings.iter().filter(near);
    headings.filter_map(heading).collect()
}

fn ends(elements: &[Element]) -> Vec<u32> {
    let mut ends: Vec<u32> = (1..=elements.len() as u32).collect();
    for (index, element) in elements.iter().enumerate().rev() {
        if let Some(parent) = element.parent {
            let end = ends[index];
            let around = &mut ends[parent as usize];
            *around = end.max(*around);
        }
    }
    ends
}

fn leaves(elements: &[Element], blocks: &[Block]) -> Vec<Option<u32>> {
    let mut open: Vec<u32> = Vec::new();
    let mut next = 0;
    let text = |index: u32| elements[index as usize].text;
    let leaf = |block: &Block| {
        while next < elements.len() && elements[next].text.start() <= block.text.start() {
            while open
                .last()
                .is_some_and(|top| elements[next].parent != Some(*top))
            {
                open.pop();
            }
            open.push(next as u32);
            next += 1;
        }
        // An element that ends before this block does holds no later block either.
        while open
            .last()
            .is_some_and(|top| text(*top).end() < block.text.end())
        {
            open.pop();
        }
        open.last().copied()
    };
    blocks.iter().map(leaf).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_trimmed_is_white_space(text in "[ \n\t\u{b}\u{85}\u{a0}\u{2003}\u{3000}]{0,2}[a-z中。é👍\u{3000} ]{0,5}[ \n\u{85}\u{2028}\u{3000}]{0,2}") {
            let span = trim(&text, Span::new(0, text.len()));
            prop_assert_eq!(&text[span.range()], text.trim());
        }
    }
}
