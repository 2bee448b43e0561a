//! Decoded text under construction, with the way back and the damage.

use std::borrow::Cow;

use super::Decoded;
use crate::text::{Damage, DamageKind, DecodeMap, Encoding, Span};

/// Invariant: `map` has been told of all characters of `text` up to `noted`, and they came from
/// the source bytes up to `source`. Decoders append to `text` and then note its characters.
pub(super) struct Transcript {
    pub text: String,
    map: DecodeMap,
    damage: Vec<Damage>,
    noted: usize,
    source: usize,
}

/// The longest source of one character that a [`DecodeMap`] can hold, in bytes.
const MAX_UNIT: usize = u8::MAX as usize;

impl Transcript {
    /// An empty one, whose source begins at byte `source`.
    pub fn new(source: usize) -> Self {
        Self {
            text: String::new(),
            map: DecodeMap::default(),
            damage: Vec::new(),
            noted: 0,
            source,
        }
    }

    /// Where the text ends whose characters were noted.
    pub fn noted(&self) -> usize {
        self.noted
    }

    /// The source byte that the next character to be noted comes from.
    pub fn source(&self) -> usize {
        self.source
    }

    /// Notes the next character of `text`: it has `decoded_len` bytes there and came from the
    /// next `source_len` bytes of the source.
    #[inline]
    pub fn note(&mut self, decoded_len: usize, source_len: usize) {
        self.note_run(decoded_len, source_len, 1);
    }

    /// Notes `count` characters that each have `decoded_len` and `source_len` bytes.
    #[inline]
    pub fn note_run(&mut self, decoded_len: usize, source_len: usize, count: usize) {
        if count > 0 {
            self.map
                .push(self.noted, self.source, decoded_len, source_len);
            self.noted += decoded_len * count;
            self.source += source_len * count;
        }
    }

    /// Appends text that is the same bytes in the source.
    pub fn push_same(&mut self, text: &str) {
        self.text.push_str(text);
        self.note_run(1, 1, text.len());
    }

    /// Appends a character that came from `source_len` bytes.
    #[inline]
    pub fn push(&mut self, char: char, source_len: usize) {
        self.text.push(char);
        self.note(char.len_utf8(), source_len);
    }

    /// Appends U+FFFD for the next `source_len` bytes and records the damage, together with that
    /// right before it.
    pub fn push_undecodable(&mut self, source_len: usize) {
        let span = Span::new(self.source, self.source + source_len);
        match self.damage.last_mut() {
            Some(last) if last.span.end() == span.start() => last.span = last.span.union(span),
            _ => self.damage.push(Damage {
                kind: DamageKind::Undecodable,
                span,
                line: 0,
                repair: String::new(),
            }),
        }
        let mut left = source_len;
        while left > 0 {
            let unit = left.min(MAX_UNIT);
            self.push(char::REPLACEMENT_CHARACTER, unit);
            left -= unit;
        }
    }

    /// Notes that the last character, or the damage that it stands for, came from `more` bytes in
    /// addition.
    pub fn widen_last(&mut self, more: usize) {
        if let Some(char) = self.text.chars().next_back().filter(|_| more > 0) {
            let at = self.noted - char.len_utf8();
            let start = self.map.source_start(at);
            let end = self.source;
            self.source += more;
            if let Some(damage) = self.damage.last_mut().filter(|last| last.span.end() == end) {
                damage.span = Span::new(damage.span.start(), self.source);
            }
            self.map
                .push(at, start, char.len_utf8(), self.source - start);
        }
    }

    /// All of it.
    pub fn finish(self, encoding: Encoding) -> Decoded<'static> {
        debug_assert_eq!(self.noted, self.text.len());
        Decoded {
            text: Cow::Owned(self.text),
            encoding,
            map: self.map,
            damage: self.damage,
        }
    }
}
