//! The folds from canonical text to match text and sketch text.
//!
//! Both are pure functions of one block's canonical text. They live with the nouns because
//! normalising writes match text, comparing maps it back, and indexing reads sketch text.
//! The rules are 5 and 6 of `docs/canonical-form.md`.

mod compatibility;
mod map;
mod sketch;
mod strip;

pub use map::MatchMap;
pub use sketch::sketch_text;

/// Appends the match text of a block's canonical text to `out`: NFKC, no white space, and,
/// unless `code`, without left-over `**` and without backslashes that escape punctuation.
pub fn match_text(canonical: &str, code: bool, out: &mut String) {
    let start = out.len();
    compatibility::fold(canonical, out);
    if !code {
        strip::strip(out, start);
    }
}

#[cfg(test)]
mod tests;
