//! NFKC without white space: the first half of match text.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::plain::{self, Plain};

const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();
const NFKD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();

/// What NFKC leaves alone, of the scripts that most text is in. What is left out here is folded
/// just as well, only slower.
pub(super) static PLAIN: Plain = Plain::new(
    &[
        // Latin
        (0xa1, 0xa7),
        (0xa9, 0xa9),
        (0xab, 0xac),
        (0xae, 0xae),
        (0xb0, 0xb1),
        (0xb6, 0xb7),
        (0xbb, 0xbb),
        (0xbf, 0x131),
        (0x134, 0x13e),
        (0x141, 0x148),
        (0x14a, 0x17e),
        (0x180, 0x1c3),
        (0x1cd, 0x1f0),
        (0x1f4, 0x2af),
        (0x1e00, 0x1e99),
        (0x1e9c, 0x1eff),
        // Greek, Cyrillic, Armenian, Arabic, Devanagari and Bengali, Thai, Georgian
        (0x388, 0x3cf),
        (0x3fa, 0x482),
        (0x48a, 0x557),
        (0x559, 0x586),
        (0x620, 0x64a),
        (0x679, 0x6d5),
        (0x900, 0x93b),
        (0x93d, 0x94c),
        (0x94e, 0x950),
        (0x960, 0x9bb),
        (0x9bf, 0x9cc),
        (0xe01, 0xe32),
        (0xe34, 0xe37),
        (0xe3f, 0xe47),
        (0x10a0, 0x10fb),
        // Punctuation and symbols
        (0x2010, 0x2010),
        (0x2012, 0x2016),
        (0x2018, 0x2023),
        (0x2027, 0x2027),
        (0x2030, 0x2032),
        (0x2038, 0x203b),
        (0x20a9, 0x20cf),
        (0x218a, 0x222b),
        (0x2231, 0x2328),
        (0x232b, 0x245f),
        (0x24eb, 0x2a0b),
        // CJK
        (0x3001, 0x3029),
        (0x303b, 0x303f),
        (0x3041, 0x3096),
        (0x30a0, 0x30fe),
        (0x3105, 0x312f),
        (0x31a0, 0x31ff),
        (0x3400, 0xa48c),
        (0xac00, 0xd7a3),
        // Private use
        (0xe000, 0xf8ff),
    ],
    // Symbols and pictures; Han; private use
    &[
        (0x1f191, 0x1f1ff),
        (0x1f300, 0x1faff),
        (0x20000, 0x2f7ff),
        (0x30000, 0x3fffd),
        (0xf0000, 0x10fffd),
    ],
);

/// Takes folded text piece by piece, in order.
pub(super) trait Sink {
    /// `text` stands at `at` in the canonical text as it is.
    fn verbatim(&mut self, at: usize, text: &str);
    /// The same, of ASCII characters, without its spaces.
    fn words(&mut self, at: usize, text: &str);
    /// `canonical[at..at + len]` became `text`.
    fn replaced(&mut self, at: usize, len: usize, text: &str);
}

/// Folds `canonical` into `sink`: NFKC, without white space.
///
/// Works through clusters, which are a character and those after it that join it: NFKC of the
/// whole is NFKC of each.
pub(super) fn fold(canonical: &str, sink: &mut impl Sink) {
    let text = canonical.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        if text[at].is_ascii() {
            at = unjoined(canonical, at, plain::ascii_end(text, at));
            if at > start {
                sink.words(start, &canonical[start..at]);
            }
        } else {
            at = unjoined(canonical, at, PLAIN.run_end(text, at));
            if at > start {
                sink.verbatim(start, &canonical[start..at]);
            }
        }
        if at == start {
            at = cluster(canonical, at, sink);
        }
    }
}

/// The end of the run `start..end` of plain characters, without the last one if that is joined.
fn unjoined(canonical: &str, start: usize, end: usize) -> usize {
    if end == start || !is_joined(canonical, end) {
        return end;
    }
    canonical[..end]
        .char_indices()
        .next_back()
        .map_or(start, |(at, _)| at)
}

/// Folds the cluster at `at` and gives its end.
fn cluster(canonical: &str, at: usize, sink: &mut impl Sink) -> usize {
    let Some(first) = canonical[at..].chars().next() else {
        return canonical.len();
    };
    let mut end = at + first.len_utf8();
    if !is_joined(canonical, end) {
        if first.is_whitespace() {
            return end;
        }
        if let Some(ascii) = narrow(first) {
            sink.replaced(at, first.len_utf8(), ascii.encode_utf8(&mut [0; 4]));
            return end;
        }
    }
    end = cluster_end(canonical, at);
    let cluster = &canonical[at..end];
    let mut folded = String::new();
    fold_cluster(cluster, |c| folded.push(c));
    if folded == cluster {
        sink.verbatim(at, cluster);
    } else {
        sink.replaced(at, cluster.len(), &folded);
    }
    end
}

/// The end of the cluster at `at`.
pub(super) fn cluster_end(canonical: &str, at: usize) -> usize {
    let mut chars = canonical[at..].chars();
    chars.next();
    while let next = canonical.len() - chars.as_str().len()
        && is_joined(canonical, next)
    {
        chars.next();
    }
    canonical.len() - chars.as_str().len()
}

/// Gives `push` the characters that `cluster` becomes.
pub(super) fn fold_cluster(cluster: &str, push: impl FnMut(char)) {
    let folded = NFKC.normalize_iter(cluster.chars());
    folded.filter(|c| !c.is_whitespace()).for_each(push);
}

/// The ASCII character of which `c` is the full-width form: the punctuation of Chinese text.
pub(super) fn narrow(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21),
        _ => None,
    }
}

/// Whether the character at `at`, if any, joins the one before it.
#[inline]
pub(super) fn is_joined(canonical: &str, at: usize) -> bool {
    // Nothing below U+0300 joins, nor does a Han character.
    match canonical.as_bytes().get(at) {
        None | Some(..0xcc | 0xe4..=0xe9) => false,
        Some(_) => canonical[at..].chars().next().is_some_and(joins),
    }
}

/// Whether `c` may, under NFKC, compose with what stands before it or move before it.
fn joins(c: char) -> bool {
    // Where the replacement character stands, text was lost: it is no more of what is before it.
    let lost = c == char::REPLACEMENT_CHARACTER;
    if lost || PLAIN.contains(c) || c.is_whitespace() || narrow(c).is_some() {
        return false;
    }
    let first = NFKD.normalize_iter(std::iter::once(c)).next();
    first.is_some_and(|first| !PLAIN.contains(first) && !first.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_characters_are_plain() {
        plain::check(&PLAIN, NFKC, NFKD);
    }
}
