//! What both sides of a gap begin and end with, up to where tokens border on each other whatever
//! stands further off: only what is between need be divided into tokens.

use std::ops::Range;

use super::ends;
use super::reading::Reading;
use super::steps::Gap;
use crate::text::Span;
use crate::text::fold::MatchMap;

/// Whether tokens surely border at an offset of canonical text, which is on a character boundary
/// and not at an end.
pub(super) type Borders = fn(&str, usize) -> bool;

/// How long the same text is, in bytes of match text, that both sides begin with and that both end
/// with, the same to the letter in canonical text, too. They do not overlap.
pub(super) fn equal_ends(
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    gap: &Gap,
    borders: Borders,
) -> (usize, usize) {
    let sides = Side::of(base, &gap.base).zip(Side::of(copy, &gap.copy));
    let Some((one, other)) = sides else {
        return (0, 0);
    };
    let head = ends::text_head(one.text, other.text);
    let tail = ends::text_tail(&one.text[head..], &other.text[head..]);
    let head = one.text[..head].char_indices().rev().map(|(at, _)| at);
    let head = head
        .take_while(|at| *at > 0)
        .find(|at| borders(one.text, *at));
    let from = one.text.len() - tail;
    let after = one.text[from..].char_indices().skip(1);
    let tail = after
        .map(|(at, _)| from + at)
        .find(|at| borders(one.text, *at));
    let tail = tail.map_or(0, |at| one.text.len() - at);
    let head = head.unwrap_or(0);
    let matched = |side: &Side<'_>| {
        (
            side.matched(head),
            side.len - side.matched(side.text.len() - tail),
        )
    };
    match (matched(&one), matched(&other)) {
        (one, other) if one == other => one,
        _ => (0, 0),
    }
}

/// One side of a gap, within one block.
struct Side<'r> {
    /// Canonical text.
    text: &'r str,
    /// Where it begins in its block: in canonical text and in match text.
    start: (usize, usize),
    /// How long it is in match text.
    len: usize,
    map: &'r MatchMap,
}

impl<'r> Side<'r> {
    fn of(reading: &'r Reading<'_, '_>, range: &Range<usize>) -> Option<Self> {
        let (start, index) = reading.block_start(range.start)?;
        let witness = reading.atlas.witness;
        let block = &witness.blocks[index];
        if range.end > start + block.match_text.len() {
            return None;
        }
        let map = reading.atlas.map(index);
        let canonical = map.canonical(Span::new(range.start - start, range.end - start));
        Some(Self {
            text: &block.text(witness)[canonical.range()],
            start: (canonical.start(), range.start - start),
            len: range.len(),
            map,
        })
    }

    /// How much match text the first `at` bytes gave.
    fn matched(&self, at: usize) -> usize {
        let end = self.map.matched_end(self.start.0 + at);
        end.saturating_sub(self.start.1).min(self.len)
    }
}

/// Whether words surely border at `at`: two Han characters, or a space and a letter or digit.
pub(super) fn words_border(text: &str, at: usize) -> bool {
    match (before(text, at), after(text, at)) {
        (Some(' '), Some(next)) => next.is_ascii_alphanumeric(),
        (Some(last), Some(next)) => is_han(last) && is_han(next),
        _ => false,
    }
}

/// Whether sentences surely border at `at`: behind a mark that abbreviates nothing, before what
/// begins a sentence.
pub(super) fn sentences_border(text: &str, at: usize) -> bool {
    match (before(text, at), after(text, at)) {
        (Some('。' | '！' | '？'), Some(next)) => is_han(next),
        (Some(' '), Some(next)) => {
            let ended = text[..at].trim_end_matches(' ');
            ended.ends_with(['!', '?']) && next.is_ascii_uppercase()
        }
        _ => false,
    }
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::sentences;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    /// Where the tokens begin of `text` and of its two parts: the same, if they border there.
    fn check(text: &str, borders: Borders, starts: impl Fn(&str) -> Vec<usize>) {
        let whole = starts(text);
        for (at, _) in text
            .char_indices()
            .skip(1)
            .filter(|(at, _)| borders(text, *at))
        {
            let mut parts = starts(&text[..at]);
            parts.extend(starts(&text[at..]).iter().map(|start| at + start));
            assert_eq!(parts, whole, "{text:?} at {at}");
        }
    }

    proptest! {
        #[test]
        fn words_border(text in "([ab1.,' \"]|[一二。，“]|[\u{301}\u{200d}🇲ア\u{3099}]|\\PC){0,24}") {
            check(&text, super::words_border, |text| {
                text.split_word_bound_indices().map(|(at, _)| at).collect()
            });
        }

        #[test]
        fn sentences_border(text in "([aA1.!?' \"()]|Dr|No|[一二。！？…，“”（）]|\\PC){0,24}") {
            check(&text, super::sentences_border, |text| sentences::starts(text).collect());
        }
    }
}
