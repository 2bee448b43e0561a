//! Where sentences begin: UAX #29, and what it leaves to whoever knows more of a language.
//!
//! - A full stop that abbreviates ends no sentence: `Dr. Who`, `J. R. Smith`, `No. 5`, `1. First`.
//! - An opening bracket belongs to what it opens: `好。（真的。）`.
//! - An ellipsis between Han characters ends one: `他走了……后来呢`.
//!
//! An error does no harm: a sentence that is too long is compared word by word, and one that is too
//! short is compared with what is as short.

mod bounds;

pub(super) use bounds::has_bound;
use bounds::sentences as unicode;

/// Abbreviations that stand before a name or go on otherwise, in small letters.
const OPEN: [&str; 40] = [
    "adm", "al", "approx", "art", "ca", "capt", "cf", "ch", "col", "dr", "e.g", "ed", "eds", "eq",
    "esp", "fig", "figs", "gen", "gov", "hon", "i.e", "incl", "lt", "messrs", "mr", "mrs", "ms",
    "mt", "pp", "prof", "rev", "sec", "sen", "sgt", "st", "tab", "viz", "vol", "vols", "vs",
];

/// Abbreviations that stand before a number.
const BEFORE_NUMBER: [&str; 18] = [
    "apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar", "no", "nos", "nov", "nr", "oct", "p",
    "par", "sep", "sept", "ver",
];

/// The longest of them, in bytes.
const LONGEST: usize = 6;

/// Where the sentences of `text` begin: ascending, from 0 on; none if there is no text.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = 0;
    unicode(text).flat_map(move |(bound, sentence)| {
        let ended = &text[before..bound];
        // UAX #29 leaves an opening bracket to the sentence before it.
        let start = before + ended.trim_end_matches(is_opening).len();
        let goes_on =
            start == before || is_abbreviated(ended, sentence) || is_inside(ended, sentence);
        let goes_on = bound > 0 && goes_on;
        before = if goes_on { before } else { start };
        let inner = after_ellipses(sentence).map(move |at| bound + at);
        (!goes_on).then_some(start).into_iter().chain(inner)
    })
}

/// Whether what ends `sentence` is a mark inside a word, such as an address: `a.b?c=d`.
fn is_inside(sentence: &str, next: &str) -> bool {
    sentence.ends_with(['.', '?', '!']) && next.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether `sentence` ends with a full stop that is part of an abbreviation, `next` behind it.
fn is_abbreviated(sentence: &str, next: &str) -> bool {
    let Some(words) = sentence.trim_end_matches(' ').strip_suffix('.') else {
        return false;
    };
    let word = words.rsplit(is_border).next().unwrap_or_default();
    let first = next.chars().next();
    if word.is_empty() || word.len() > LONGEST {
        return false;
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        // `1. First`, not `in 1984. Then`.
        return word.len() == words.trim_start().len();
    }
    let mut letters = word.chars();
    if let (Some(initial), None) = (letters.next(), letters.next())
        && initial.is_uppercase()
        && initial != 'I'
    {
        return first.is_some_and(char::is_uppercase);
    }
    let word = word.to_lowercase();
    OPEN.contains(&&*word)
        || (BEFORE_NUMBER.contains(&&*word) && first.is_some_and(char::is_numeric))
}

/// Whether no abbreviation goes on over `c`.
fn is_border(c: char) -> bool {
    c.is_whitespace() || (!c.is_alphanumeric() && c != '.')
}

/// Where the text goes on behind an ellipsis that ends a sentence between Han characters.
fn after_ellipses(sentence: &str) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + find_dots(sentence.get(from..)?)?;
            let dots = sentence[at..].trim_start_matches(is_dots);
            let rest = dots.trim_start_matches(is_closing);
            let rest = rest.trim_start();
            from = sentence.len() - rest.len();
            let is_han = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
            let before = sentence[..at].chars().next_back();
            let after = rest.trim_start_matches(is_opening).chars().next();
            if before.is_some_and(|c| is_han(c) || is_closing(c)) && after.is_some_and(is_han) {
                return Some(from);
            }
        }
    })
}

/// Where the first dots of `text` are.
fn find_dots(text: &str) -> Option<usize> {
    let mut leads = memchr::memchr_iter(DOTS_LEAD, text.as_bytes());
    leads.find(|at| text[*at..].starts_with(is_dots))
}

/// What the dots begin with.
const DOTS_LEAD: u8 = 0xe2;

fn is_dots(c: char) -> bool {
    matches!(c, '…' | '⋯')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | '】' | ')')
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '（' | '《' | '【' | '(')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn divided(text: &str) -> Vec<&str> {
        let starts: Vec<usize> = starts(text).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(start, end)| &text[*start..end])
            .collect()
    }

    /// Sentences, with `|` between them.
    #[test]
    fn sentences_end_where_a_reader_says() {
        for expected in [
            "",
            "One. |Two! |Three? |Four",
            "早上好。|天气不错！|出去走走吗？|好",
            "他说：“走吧。”|我们就走了。",
            "「走吧！」|他说。|（真的。）|好",
            "真的吗？！|真的。",
            "他走了……|后来呢？|没有人知道…|也许吧",
            "他说“这个……”|她笑了",
            "他走了。|“等等！”|没有人听见。",
            "等等……，他说",
            "缓存（cache）v2.1 很快。|真的",
            "Dr. Smith met Mrs. Jones. |They left.",
            "Prof. J. R. Smith wrote it. |It sold.",
            "See Fig. 3 and Sec. 4.1. |Then No. 5 follows. |No. |Not that.",
            "It came on Jan. 5 to St. Ives. |In May. |Later",
            "Use a list, e.g. Alpha, i.e. The first. |Done.",
            "Pi is 3.14. |It costs $1.50. |Yes.",
            "See https://example.org/a.b?c=d. |It works at example.com, too.",
            "Wait... what? |Wait... |What?",
            "1. First point. |Second.",
            "It was 1984. |The end.",
            "\"Stop.\" |He did. |(She too.) |All",
            "It was I. |Then he left.",
            "He works at Acme Inc. and is happy. |So",
            "Tea vs. Coffee. |Kuhn et al. Found it.",
        ] {
            let text = expected.replace('|', "");
            assert_eq!(divided(&text).join("|"), expected);
        }
    }

    proptest! {
        #[test]
        fn they_cover_any_text(text in "[a-zA-Z0-9 .!?…。！？“”」（）\n一二三]{0,60}") {
            prop_assert_eq!(divided(&text).concat(), text.as_str());
            let starts: Vec<usize> = starts(&text).collect();
            prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(starts.is_empty(), text.is_empty());
        }
    }
}
