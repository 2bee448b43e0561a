//! The sentence bounds of UAX #29, as `unicode-segmentation` gives them, in a fraction of the time:
//! it looks every character up in a table, but a sentence can end only behind few of them.

use std::ops::RangeInclusive;

use unicode_segmentation::UnicodeSegmentation;

/// The sentences of `text` in order, and where each begins. Together they are all of it.
pub(in crate::collate) fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &text[from..];
        let len = first_len(rest)?;
        from += len;
        Some((from - len, &rest[..len]))
    })
}

/// Whether a sentence begins `between` two places of `text`. What stands before the last letter before
/// them is not looked at: behind a letter, all is as at the beginning.
pub(in crate::collate) fn has_bound(text: &str, between: &RangeInclusive<usize>) -> bool {
    let from = text[..*between.start()].rfind(is_letter).unwrap_or(0);
    let starts = sentences(&text[from..]).map(|(at, _)| from + at);
    let mut starts = starts.take_while(|at| at <= between.end());
    starts.any(|at| between.contains(&at))
}

/// The length of the first sentence of `text`, if there is any text.
///
/// Up to the first mark that may end a sentence, none does; and what the rules ask about the text
/// before that mark is only what the last character is that does not belong to the one before it.
/// Whether the mark ends a sentence, and where, is settled by the next letter at the latest; behind
/// that letter, all is as at the beginning.
fn first_len(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(mark) = find_mark(text, from) {
        if let Some(end) = end_of_chinese(&text[mark..]) {
            return Some(mark + end);
        }
        let before = text[from..mark].rfind(stands_alone);
        let start = before.map_or(from, |at| from + at);
        let letter = text[mark..].find(is_letter).map(|at| mark + at);
        let end = letter.map_or(text.len(), |at| text.ceil_char_boundary(at + 1));
        let part = &text[start..end];
        let len = part.split_sentence_bounds().next()?.len();
        match letter {
            Some(letter) if len == part.len() => from = letter,
            _ => return Some(start + len),
        }
    }
    (!text.is_empty()).then_some(text.len())
}

/// Where the first character from `from` on is that a sentence may end with.
fn find_mark(text: &str, mut from: usize) -> Option<usize> {
    loop {
        match *text.as_bytes().get(from)? {
            b'.' | b'!' | b'?' | b'\n' | b'\r' => return Some(from),
            0..=0x7f => from += 1,
            // U+4000 to U+9FFF.
            0xe4..=0xe9 => from += 3,
            _ => {
                let c = text[from..].chars().next()?;
                if may_end(c) {
                    return Some(from);
                }
                from += c.len_utf8();
            }
        }
    }
}

/// The length of the mark that `text` begins with, if it ends a sentence whatever stands before it:
/// one of Chinese with a letter of Han behind it.
fn end_of_chinese(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['。', '！', '？'])?;
    let ends = rest.starts_with(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    ends.then(|| text.len() - rest.len())
}

/// Whether a sentence may end with `c`: `true` for whatever is not known not to.
fn may_end(c: char) -> bool {
    match c {
        '.' | '!' | '?' | '\n' | '\r' => true,
        '\0'..='\u{7f}' => false,
        // Letters of Latin, dashes and quotation marks, the ellipsis.
        '\u{c0}'..='\u{24f}' | '\u{2010}'..='\u{201f}' | '…' => false,
        // Chinese, Japanese and Korean letters and marks but for the full stop.
        '\u{3000}' | '、' | '\u{3003}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => false,
        '（'..='－' | '：' | '；' => false,
        _ => true,
    }
}

/// Whether `c` is a character of its own, not a mark upon the one before it: `false` for whatever is
/// not known to be.
fn stands_alone(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether `c` is a letter: `false` for whatever is not known to be.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_the_table(text: &str) -> Vec<(usize, &str)> {
        text.split_sentence_bound_indices().collect()
    }

    /// A character that is passed over without a look ends no sentence, whatever is beside it.
    #[test]
    fn no_end_is_passed_over() {
        for c in (char::MIN..=char::MAX).filter(|c| !may_end(*c)) {
            for text in [format!("a{c}A"), format!("a.{c}A"), format!("一{c} 一")] {
                let found: Vec<_> = sentences(&text).collect();
                assert_eq!(found, by_the_table(&text), "{text:?}");
            }
            assert_eq!(by_the_table(&format!("a{c}A")).len(), 1, "{c:?}");
            assert_eq!(find_mark(&format!("a{c}"), 0), None, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn as_by_the_table(text in "([aA0.!?,) \"\n\r中。，“”…\u{ad}\u{301}\u{85}\u{3099}]|\\PC){0,40}") {
            let found: Vec<_> = sentences(&text).collect();
            prop_assert_eq!(found, by_the_table(&text));
        }

        #[test]
        fn a_bound_is_found_from_the_last_letter(
            text in "([aA0.!?,) \"\n\r中。，“”…\u{ad}\u{301}\u{85}\u{3099}]|\\PC){0,24}",
            at in any::<prop::sample::Index>(),
        ) {
            let at = text.ceil_char_boundary(at.index(text.len() + 1));
            let is_bound = by_the_table(&text).iter().any(|(bound, _)| *bound == at);
            prop_assert_eq!(has_bound(&text, &(at..=at)), is_bound);
        }

        #[test]
        fn as_by_the_table_of_any_text(text in any::<String>()) {
            let found: Vec<_> = sentences(&text).collect();
            prop_assert_eq!(found, by_the_table(&text));
        }
    }
}
