//! NFKC without white space: the first half of match text.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();
const NFKD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();

/// Takes folded text piece by piece, in order.
pub(super) trait Sink {
    /// `text` stands at `at` in the canonical text as it is.
    fn verbatim(&mut self, at: usize, text: &str);
    /// `canonical[at..at + len]` became `text`.
    fn replaced(&mut self, at: usize, len: usize, text: &str);
}

impl Sink for String {
    fn verbatim(&mut self, _at: usize, text: &str) {
        self.push_str(text);
    }

    fn replaced(&mut self, _at: usize, _len: usize, text: &str) {
        self.push_str(text);
    }
}

/// Folds `canonical` into `sink`: NFKC, without white space.
pub(super) fn fold(canonical: &str, sink: &mut impl Sink) {
    let mut rest = canonical;
    let mut folded = String::new();
    while let Some(first) = rest.chars().next() {
        let at = canonical.len() - rest.len();
        let joined = rest[first.len_utf8()..]
            .find(|next| !joins(next))
            .unwrap_or(rest.len() - first.len_utf8());
        let (cluster, after) = rest.split_at(first.len_utf8() + joined);
        folded.clear();
        folded.extend(
            NFKC.normalize_iter(cluster.chars())
                .filter(|c| !c.is_whitespace()),
        );
        if folded == cluster {
            sink.verbatim(at, cluster);
        } else {
            sink.replaced(at, cluster.len(), &folded);
        }
        rest = after;
    }
}

/// Whether `c` may, under NFKC, compose with what stands before it or move before it.
fn joins(c: char) -> bool {
    !c.is_ascii()
        && NFKD
            .normalize_iter(std::iter::once(c))
            .next()
            .is_some_and(|first| !is_inert(first))
}

/// Whether NFKC leaves `c` as it is, whatever stands before it.
fn is_inert(c: char) -> bool {
    matches!(c, '\0'..='\u{9f}' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}')
}
