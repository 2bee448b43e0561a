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

use compatibility::Sink;
pub use map::MatchMap;
#[cfg(test)]
pub(crate) use plain::check as check_plain;
pub(crate) use plain::{Plain, ascii_end};
pub use sketch::sketch_text;

/// Appends the match text of a block's canonical text to `out`: NFKC, no white space, and,
/// unless `code`, without left-over `**` and without backslashes that escape punctuation.
pub fn match_text(canonical: &str, code: bool, out: &mut String) {
    let start = out.len();
    compatibility::fold(canonical, &mut Text(out));
    if !code {
        strip::strip(out, start);
    }
}

/// The folded text alone.
struct Text<'o>(&'o mut String);

impl Sink for Text<'_> {
    fn verbatim(&mut self, _at: usize, text: &str) {
        self.0.push_str(text);
    }

    fn words(&mut self, _at: usize, text: &str) {
        let mut kept = [0; 256];
        for part in text.as_bytes().chunks(kept.len()) {
            // Each byte is written, and the next one over it if it was a space: no branch.
            let mut len = 0;
            for byte in part {
                kept[len] = *byte;
                len += usize::from(*byte != b' ');
            }
            self.0
                .push_str(str::from_utf8(&kept[..len]).unwrap_or_default());
        }
    }

    fn replaced(&mut self, _at: usize, _len: usize, text: &str) {
        self.0.push_str(text);
    }
}

#[cfg(test)]
mod tests;
