//! Tags of elements that HTML does not have: markup of somebody's own, or text.

use std::collections::HashMap;
use std::ops::Range;

use memchr::{memchr_iter, memmem};

use super::elements::Element;
use super::segmenter::Segmenter;

impl Segmenter<'_, '_> {
    /// Whether the tag, whose name HTML does not know, is text.
    pub(super) fn is_text(&mut self) -> bool {
        let name = self.tag_name();
        if !name.iter().all(|byte| is_name_byte(*byte)) || name.ends_with(b":") {
            return true;
        }
        if self.attributes.any_value || name.contains(&b':') || self.is_foreign() {
            return false;
        }
        if self.tag.is_end {
            return self.open.place(Element::Unknown) == 0;
        }
        let name = fold(name);
        let (start, end) = (self.position, self.last_end);
        let end_tags = self
            .end_tags
            .get_or_insert_with(|| EndTags::find(self.source, start..end));
        !end_tags.has_after(name, self.position)
    }

    fn is_foreign(&self) -> bool {
        self.open.innermost_of(&[Element::Svg, Element::Math]) > 0
    }

    /// Takes the tag for text, up to where something that is markup begins inside of it, or to
    /// `end`.
    pub(super) fn keep_tag(&mut self, end: usize) {
        let start = self.tag.start;
        let inner = self.source.get(start + 1..end).unwrap_or_default();
        let markup = memchr_iter(b'<', inner)
            .find(|at| begins_markup(&inner[at + 1..]))
            .map(|at| start + 1 + at);
        // What is read twice is markup the second time, so nothing is read a third time.
        self.restart = markup.or(self.restart);
        self.take_verbatim(start..markup.unwrap_or(end));
    }
}

/// Whether what follows a `<` makes it markup for sure.
fn begins_markup(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let name = name(rest);
    // A tag's name goes on to a space, `/` or `>`.
    let is_whole = rest
        .get(name.len())
        .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    rest.starts_with(b"!--") || (is_whole && Element::named(name) != Element::Unknown)
}

/// Where the end tags of unknown elements are.
pub(super) struct EndTags {
    /// The last place of each name, by the hash of the name.
    last: HashMap<u64, usize>,
}

impl EndTags {
    fn find(source: &[u8], range: Range<usize>) -> Self {
        let mut last = HashMap::new();
        let source = source.get(..range.end).unwrap_or(source);
        for at in memmem::find_iter(&source[range.start..], b"</") {
            let at = range.start + at;
            let name = name(&source[at + 2..]);
            if !name.is_empty() && Element::named(name) == Element::Unknown {
                last.insert(fold(name), at);
            }
        }
        Self { last }
    }

    fn has_after(&self, name: u64, position: usize) -> bool {
        self.last.get(&name).is_some_and(|last| *last >= position)
    }
}

/// The name that `bytes` begin with.
fn name(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| !is_name_byte(*byte));
    &bytes[..end.unwrap_or(bytes.len())]
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':') || byte >= 0x80
}

/// The hash of a name in lower case (FNV-1a).
fn fold(name: &[u8]) -> u64 {
    name.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}
