//! The folds from canonical text to match text and sketch text.
//!
//! Both are pure functions of one block's canonical text. They live with the nouns because
//! normalising writes match text, comparing maps it back, and indexing reads sketch text.
//! The rules are 5 and 6 of `docs/canonical-form.md`.

mod compatibility;
mod map;
mod plain;
mod sketch;
mod strip;
mod swar;
mod text;

pub use map::MatchMap;
#[cfg(test)]
pub(crate) use plain::check as check_plain;
pub(crate) use plain::{Plain, ascii_end, white_end};
pub use sketch::sketch_text;

/// Appends the match text of a block's canonical text to `out`: NFKC, no white space, and,
/// unless `code`, without left-over `**` and without backslashes that escape punctuation.
pub fn match_text(canonical: &str, code: bool, out: &mut String) {
    let mut folded = MatchText::default();
    folded.push(canonical, code);
    out.push_str(&folded.finish());
}

/// The match text of many blocks, one after the other.
#[derive(Debug, Default)]
pub struct MatchText {
    text: String,
    /// What comes after it: bytes that were written as whole characters, to be added together.
    /// Room beyond `pending` is kept from block to block.
    buffer: Vec<u8>,
    pending: usize,
}

impl MatchText {
    /// With room for `len` bytes.
    pub fn with_capacity(len: usize) -> Self {
        Self {
            text: String::with_capacity(len),
            ..Self::default()
        }
    }

    /// Adds the [`match_text`] of one block. Gives the length of all.
    pub fn push(&mut self, canonical: &str, code: bool) -> usize {
        if self.pending > FLUSH {
            self.flush();
        }
        let start = self.pending;
        self.pending = text::fold(canonical, &mut self.buffer, start);
        if !code {
            self.pending = start + strip::strip(&mut self.buffer[start..self.pending]);
        }
        self.text.len() + self.pending
    }

    /// All of it.
    pub fn finish(mut self) -> String {
        self.flush();
        self.text.shrink_to_fit();
        self.text
    }

    fn flush(&mut self) {
        let pending = simdutf8::basic::from_utf8(&self.buffer[..self.pending]);
        self.text
            .push_str(pending.expect("written as whole characters"));
        self.pending = 0;
    }
}

/// How much is checked and copied at a time: less than a cache holds.
const FLUSH: usize = 16 << 10;

#[cfg(test)]
mod tests;
