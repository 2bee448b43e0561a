//! The language of a text, as far as a browser must know it.

use crate::text::Witness;

/// Characters that are looked at to tell a language.
const LOOKED_AT: usize = 4000;

/// What a browser must know to choose fonts and line breaks: the language of Chinese, Japanese and
/// Korean text. Empty, which means unknown, for any other.
pub(super) fn language(witness: &Witness) -> &'static str {
    let (mut han, mut kana, mut hangul, mut all) = (0, 0, 0, 0);
    for c in witness
        .text
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(LOOKED_AT)
    {
        all += 1;
        match c {
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => hangul += 1,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => han += 1,
            _ => {}
        }
    }
    if (han + kana + hangul) * 4 < all || all == 0 {
        ""
    } else if kana * 10 > han + kana {
        "ja"
    } else if hangul > han {
        "ko"
    } else {
        "zh"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_tell_languages() {
        for (text, expected) in [
            ("", ""),
            ("English, with one 字 in it", ""),
            ("中文的段落，里面有 English words", "zh"),
            ("日本語の文章です", "ja"),
            ("한국어 문장", "ko"),
        ] {
            let witness = Witness {
                text: text.to_owned(),
                ..Witness::default()
            };
            assert_eq!(language(&witness), expected);
        }
    }
}
