//! The attributes of one tag, as far as they matter.

use std::ops::Range;

use super::elements::Element;

/// An attribute whose value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Attribute {
    Class,
    Id,
    /// `src`, and `data` of an object.
    Source,
    /// Where a picture that is loaded late will come from.
    Late,
    SourceSet,
    Alternative,
    Name,
    Content,
    /// Of a numbered list: the first number, and whether it counts down.
    Start,
    Reversed,
    /// The number of a list's item.
    Value,
}

const COUNT: usize = 11;

/// The values of the tag that is being read: places in the source, or in a buffer if they had
/// to be decoded. Nothing is allocated for a value that stands in the source as it is meant.
pub(super) struct Attributes {
    /// A bit for each attribute that was given.
    given: u16,
    values: [Value; COUNT],
    /// Which value is being read.
    current: Option<Attribute>,
    /// Decoded values of this tag.
    decoded: Vec<u8>,
    /// Whether any attribute of this tag has a value, even if it is not kept.
    pub any_value: bool,
}

#[derive(Clone, Copy, Default)]
struct Value {
    /// Bytes of the source.
    start: usize,
    end: usize,
    /// Bytes of the buffer, if it had to be decoded.
    decoded: Option<(usize, usize)>,
}

impl Attributes {
    pub fn new() -> Self {
        Self {
            given: 0,
            values: [Value::default(); COUNT],
            current: None,
            decoded: Vec::new(),
            any_value: false,
        }
    }

    /// A tag begins.
    #[inline]
    pub fn clear(&mut self) {
        self.given = 0;
        self.current = None;
        self.any_value = false;
        self.decoded.clear();
    }

    /// A value begins at `at`, of the attribute called `name` on `element`. The first of two
    /// attributes with the same name counts.
    #[inline]
    pub fn begin_value(&mut self, element: Element, name: &[u8], at: usize) {
        self.any_value = true;
        self.current = attribute(element, name).filter(|kept| !self.is_given(*kept));
        if let Some(kept) = self.current {
            self.given |= 1 << kept as u8;
            self.values[kept as usize] = Value {
                start: at,
                end: at,
                decoded: None,
            };
        }
    }

    /// The attribute called `name` on `element` has the value at `place`. Gives whether it is kept.
    #[inline]
    pub fn put(&mut self, element: Element, name: &[u8], place: Range<usize>) -> bool {
        self.begin_value(element, name, place.start);
        let kept = self.current.take();
        if let Some(kept) = kept {
            self.values[kept as usize].end = place.end;
        }
        kept.is_some()
    }

    /// An attribute without a value, or the next attribute, begins.
    #[inline]
    pub fn end_value(&mut self) {
        self.current = None;
    }

    /// The value goes on with `piece`, which the tokenizer read from the source up to `position`.
    #[inline]
    pub fn push_value(&mut self, piece: &[u8], position: usize, source: &[u8]) {
        let Some(kept) = self.current else { return };
        let value = &mut self.values[kept as usize];
        let Some(read) = source.get(value.end..position) else {
            return;
        };
        if value.decoded.is_none() && read != piece {
            let start = self.decoded.len();
            let so_far = source.get(value.start..value.end).unwrap_or_default();
            self.decoded.extend_from_slice(so_far);
            value.decoded = Some((start, self.decoded.len()));
        }
        if let Some((_, end)) = &mut value.decoded {
            self.decoded.extend_from_slice(piece);
            *end = self.decoded.len();
        }
        value.end = position;
    }

    /// The value of an attribute in the tag in `decoded`; empty if it is absent.
    #[inline]
    pub fn value<'v>(&'v self, kept: Attribute, decoded: &'v str) -> &'v str {
        if !self.is_given(kept) {
            return "";
        }
        let value = &self.values[kept as usize];
        match value.decoded {
            None => decoded.get(value.start..value.end).unwrap_or_default(),
            Some((start, end)) => {
                let bytes = self.decoded.get(start..end).unwrap_or_default();
                std::str::from_utf8(bytes).unwrap_or_default()
            }
        }
    }

    /// Whether the tag has the attribute, with a value or without.
    pub fn has(&self, kept: Attribute) -> bool {
        self.is_given(kept)
    }

    /// Whether any value is kept.
    #[inline]
    pub fn any_kept(&self) -> bool {
        self.given != 0
    }

    /// Where the value of an attribute stands in the source.
    pub fn span(&self, kept: Attribute) -> Range<usize> {
        let value = &self.values[kept as usize];
        value.start..value.end
    }

    #[inline]
    fn is_given(&self, kept: Attribute) -> bool {
        self.given & (1 << kept as u8) != 0
    }
}

/// Which attribute `name` is on `element`, if it matters there.
#[inline]
fn attribute(element: Element, name: &[u8]) -> Option<Attribute> {
    let is = |word: &str| name.eq_ignore_ascii_case(word.as_bytes());
    match name.len() {
        2 if is("id") => return Some(Attribute::Id),
        5 if is("class") => return Some(Attribute::Class),
        _ => {}
    }
    match element {
        Element::Img | Element::Image => match name.len() {
            3 if is("src") => Some(Attribute::Source),
            3 if is("alt") => Some(Attribute::Alternative),
            4 if is("href") => Some(Attribute::Source),
            6 if is("srcset") => Some(Attribute::SourceSet),
            8 if is("data-src") => Some(Attribute::Late),
            10 if is("xlink:href") => Some(Attribute::Source),
            11 if is("data-srcset") => Some(Attribute::SourceSet),
            13 if is("data-original") || is("data-lazy-src") => Some(Attribute::Late),
            14 if is("data-actualsrc") => Some(Attribute::Late),
            _ => None,
        },
        Element::Video
        | Element::Audio
        | Element::Source
        | Element::Iframe
        | Element::Frame
        | Element::Embed => (name.len() == 3 && is("src")).then_some(Attribute::Source),
        Element::Object => (name.len() == 4 && is("data")).then_some(Attribute::Source),
        Element::Meta => match name.len() {
            4 if is("name") => Some(Attribute::Name),
            7 if is("content") => Some(Attribute::Content),
            _ => None,
        },
        Element::Ol => match name.len() {
            5 if is("start") => Some(Attribute::Start),
            8 if is("reversed") => Some(Attribute::Reversed),
            _ => None,
        },
        Element::Li => (name.len() == 5 && is("value")).then_some(Attribute::Value),
        _ => None,
    }
}
