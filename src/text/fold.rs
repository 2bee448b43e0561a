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

use std::ops::Range;

use self::text::Output;

pub use map::MatchMap;
#[cfg(test)]
pub(crate) use plain::check as check_plain;
pub(crate) use plain::{Plain, white_end};
pub use sketch::{Sketch, has_sketch_text, sketch_text};

/// Appends the match text of a block's canonical text to `out`: NFKC, no white space, and,
/// unless `code`, without left-over `**` and without backslashes that escape punctuation.
pub fn match_text(canonical: &str, code: bool, out: &mut String) {
    let mut folded = MatchText::default();
    folded.push(canonical, code);
    out.push_str(&folded.finish());
}

/// The [`match_text`] of many blocks, one after the other, written while their canonical text is.
#[derive(Debug, Default)]
pub struct MatchText {
    text: String,
    /// What comes after it: bytes that were written as whole characters, to be added together.
    /// Room beyond its end is kept from block to block.
    pending: Output,
    /// Where the block begins in there, or what is left of it.
    block: usize,
    /// How long it may be before it is asked whether it is settled.
    settled: usize,
}

impl MatchText {
    /// With room for `len` bytes.
    pub fn with_capacity(len: usize) -> Self {
        Self {
            text: String::with_capacity(len),
            pending: Output::with_room(len.min(FLUSH)),
            block: 0,
            settled: 0,
        }
    }

    /// Adds the [`match_text`] of one block. Gives the length of all.
    pub fn push(&mut self, canonical: &str, code: bool) -> usize {
        self.begin();
        self.fold(canonical, 0);
        self.end(code)
    }

    /// Begins a block. Gives the length of all before it.
    pub fn begin(&mut self) -> usize {
        if self.pending.len > FLUSH {
            self.flush();
        }
        self.block = self.pending.len;
        self.settled = 2 * FLUSH;
        self.text.len() + self.block
    }

    /// Folds the run of text that `text[range]` begins with and that canonical text and match text
    /// keep as it is, but for single spaces in it and full-width forms. Gives its end. The caller
    /// adds it to the canonical text, all of which was folded before. A long run is folded in parts.
    #[inline]
    pub fn run(&mut self, text: &[u8], range: Range<usize>) -> usize {
        if self.pending.len - self.block > self.settled {
            self.settle();
        }
        let mut end = range.end.min(range.start + FLUSH);
        while end < range.end && text[end] & 0xc0 == 0x80 {
            end -= 1;
        }
        text::run(text, range.start..end, &mut self.pending)
    }

    /// Whether there is a [`run`](Self::run) at `at`.
    #[inline]
    pub fn begins_run(text: &[u8], at: usize) -> bool {
        text::begins(text, at)
    }

    /// Folds the block's `canonical` text from `at` on, up to where it was folded.
    pub fn fold(&mut self, canonical: &str, at: usize) {
        text::fold(canonical, at, &mut self.pending);
    }

    /// Takes back `end` of the block's canonical text: white space, or the end of a run.
    pub fn take_back(&mut self, end: &str) {
        let len: usize = end.chars().map(text::run_len).sum();
        self.pending.len = self.pending.len.saturating_sub(len).max(self.block);
    }

    /// Ends the block. Gives the length of all.
    pub fn end(&mut self, code: bool) -> usize {
        if !code {
            self.pending.len = self.block + strip::strip(self.pending.from(self.block));
        }
        self.text.len() + self.pending.len
    }

    /// All of it.
    pub fn finish(mut self) -> String {
        self.flush();
        self.text.shrink_to_fit();
        self.text
    }

    fn flush(&mut self) {
        self.flush_to(self.pending.len);
        self.block = 0;
    }

    /// Flushes the first `len` bytes of what is pending.
    fn flush_to(&mut self, len: usize) {
        let pending = simdutf8::basic::from_utf8(&self.pending.from(0)[..len]);
        self.text
            .push_str(pending.expect("written as whole characters"));
        self.pending.take(len);
    }

    /// Flushes what the rest of a long block has no say in, if nothing of it is to be stripped.
    #[cold]
    fn settle(&mut self) {
        let block = self.block;
        let pending = self.pending.from(0);
        let mut len = pending.len().saturating_sub(UNSETTLED);
        while len > block && pending[len] & 0xc0 == 0x80 {
            len -= 1;
        }
        if len <= block || memchr::memchr2(b'*', b'\\', &pending[block..]).is_some() {
            // Not to be asked again and again.
            self.settled *= 2;
            return;
        }
        self.flush_to(len);
        self.block = 0;
    }
}

/// How much of a block may still be taken back, or be a part of what is stripped: a few characters.
const UNSETTLED: usize = 1024;

/// How much is checked and copied at a time: less than a cache holds.
const FLUSH: usize = 4 << 10;

#[cfg(test)]
mod tests;
