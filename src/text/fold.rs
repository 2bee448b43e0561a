//! The folds from canonical text to match text and sketch text.
//!
//! Both are pure functions of one block's canonical text. They live with the nouns because
//! normalising writes match text, comparing maps it back, and indexing reads sketch text.
//! The rules are 5 and 6 of `docs/canonical-form.md`.

use super::Span;

/// Appends the match text of a block's canonical text to `out`: NFKC, no white space, and,
/// unless `code`, without left-over `**` and without backslashes that escape punctuation.
pub fn match_text(canonical: &str, code: bool, out: &mut String) {
    let _ = (canonical, code, out);
    todo!("helper: unicode")
}

/// Appends the sketch text of a match text to `out`: case folded, only letters and digits.
pub fn sketch_text(match_text: &str, out: &mut String) {
    let _ = (match_text, out);
    todo!("helper: unicode")
}

/// Where each part of a block's match text came from in its canonical text.
#[derive(Clone, Debug, Default)]
pub struct MatchMap {
    steps: Vec<(u32, u32)>,
}

impl MatchMap {
    /// The map of one block. Offsets count from the block's start in both texts.
    pub fn new(canonical: &str, code: bool) -> Self {
        let _ = (canonical, code);
        todo!("helper: unicode")
    }

    /// The canonical text that a range of match text came from: from the start of the character
    /// that gave its first byte to the end of the one that gave its last.
    pub fn canonical(&self, matched: Span) -> Span {
        let _ = (&self.steps, matched);
        todo!("helper: unicode")
    }

    /// The match text that a range of canonical text gave.
    pub fn matched(&self, canonical: Span) -> Span {
        let _ = canonical;
        todo!("helper: unicode")
    }
}
