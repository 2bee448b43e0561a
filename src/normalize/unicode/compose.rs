//! NFC, cluster by cluster.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();

/// The NFC of `text`, if that is another text.
pub(super) fn composed(text: &str) -> Option<String> {
    match NFC.normalize(text) {
        std::borrow::Cow::Borrowed(same) if same.len() == text.len() => None,
        other => Some(other.into_owned()),
    }
}

/// Whether `c` may, under NFC, compose with what stands before it or move before it.
pub(super) fn joins(c: char) -> bool {
    !is_inert(c)
        && NFD
            .normalize_iter(std::iter::once(c))
            .next()
            .is_some_and(|first| !is_inert(first))
}

/// Whether NFC leaves `c` as it is, whatever stands before it.
pub(super) fn is_inert(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
}
