//! NFC, cluster by cluster.

use super::class::{Class, class};
use crate::text::fold::Plain;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();

/// What stays as it is in canonical text, of the scripts that most text is in. What is left out
/// here is treated just as well, only slower.
pub(super) static PLAIN: Plain = Plain::new(
    &[
        // Latin
        (0xa1, 0xac),
        (0xae, 0x2ff),
        (0x1e00, 0x1eff),
        // Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari and Bengali, Thai, Georgian, Hangul
        (0x388, 0x482),
        (0x48a, 0x590),
        (0x5d0, 0x5f4),
        (0x620, 0x64a),
        (0x671, 0x6d5),
        (0x900, 0x93b),
        (0x93d, 0x94c),
        (0x94e, 0x950),
        (0x960, 0x9bb),
        (0x9bf, 0x9cc),
        (0xe01, 0xe37),
        (0xe3f, 0xe47),
        (0x10a0, 0x1160),
        // Punctuation and symbols
        (0x2010, 0x2027),
        (0x2030, 0x205e),
        (0x2070, 0x20cf),
        (0x2100, 0x2125),
        (0x212c, 0x2328),
        (0x232b, 0x2adb),
        // CJK
        (0x2e80, 0x2fff),
        (0x3001, 0x3029),
        (0x3030, 0x3098),
        (0x309b, 0xa48c),
        (0xac00, 0xd7a3),
        (0xfe30, 0xfe6f),
        (0xff01, 0xffee),
        // Private use
        (0xe000, 0xf8ff),
    ],
    // Letters of mathematics; symbols and pictures; Han; private use
    &[
        (0x1d400, 0x1d7ff),
        (0x1f000, 0x1fbff),
        (0x20000, 0x2f7ff),
        (0x30000, 0x3fffd),
        (0xf0000, 0x10fffd),
    ],
);

/// The NFC of `text`, if that is another text.
pub(super) fn composed(text: &str) -> Option<String> {
    match NFC.normalize(text) {
        std::borrow::Cow::Borrowed(same) if same.len() == text.len() => None,
        other => Some(other.into_owned()),
    }
}

/// Where the characters end that join the one before `from`.
pub(super) fn cluster_end(piece: &str, from: usize) -> usize {
    piece[from..]
        .find(|c| class(c) != Class::Text || !joins(c))
        .map_or(piece.len(), |at| from + at)
}

/// Whether `c` may, under NFC, compose with what stands before it or move before it.
pub(super) fn joins(c: char) -> bool {
    if PLAIN.contains(c) || c.is_whitespace() {
        return false;
    }
    let first = NFD.normalize_iter(std::iter::once(c)).next();
    first.is_some_and(|first| !PLAIN.contains(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_characters_are_plain() {
        crate::text::fold::check_plain(&PLAIN, NFC, NFD);
        for c in PLAIN.iter().chain('!'..='~') {
            assert_eq!(class(c), Class::Text, "{c:?}");
        }
    }
}
