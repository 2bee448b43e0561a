//! What the last character of a text says of whether it is whole, in the scripts that have marks
//! for it. Thai and Lao have none, so that nothing is said of them.

use super::smiley;

/// What a text ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A full stop or its like.
    Stop,
    /// Three dots or more.
    Ellipsis,
    /// A colon.
    Colon,
    /// A comma, an opening bracket, a dash: what nobody ends with. Holds its name.
    Continues(&'static str),
    /// A letter or a digit.
    Word,
    /// Anything else: a closing bracket, a symbol, an emoji, a letter of a script without full stops.
    Other,
}

/// What `text` ends with, after what may close behind a sentence.
pub(super) fn of(text: &str) -> Mark {
    let text = text.trim_end();
    if smiley::ends(text) {
        return Mark::Other;
    }
    if is_ellipsis(text) {
        return Mark::Ellipsis;
    }
    let Some(last) = text.chars().next_back() else {
        return Mark::Other;
    };
    if let Some(name) = continues(last) {
        return Mark::Continues(name);
    }
    let inner = text.trim_end_matches(closes);
    let before = inner.chars().next_back();
    match before {
        Some(mark) if is_stop(mark) => Mark::Stop,
        Some(':' | '：' | '﹕' | '︰') if inner.len() == text.len() => Mark::Colon,
        Some(letter) if inner.len() == text.len() && letter.is_alphanumeric() => {
            if has_no_stops(letter) {
                Mark::Other
            } else {
                Mark::Word
            }
        }
        _ => Mark::Other,
    }
}

/// Whether `text` ends as a sentence does. Anything but a letter or a mark that goes on will do.
pub(super) fn ends_sentence(text: &str) -> bool {
    matches!(of(text), Mark::Stop | Mark::Other)
}

/// What stands behind the last sentence that ends inside `text`.
pub(super) fn behind_sentences(text: &str) -> &str {
    let mut behind = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((_, char)) = chars.next() {
        let Some((at, next)) = chars.peek() else {
            break;
        };
        if is_stop(char) && (!char.is_ascii() || next.is_whitespace()) {
            behind = *at;
        }
    }
    &text[behind..]
}

/// Whether a sentence ends inside `text`, so that it is prose.
pub(super) fn holds_sentence(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    let mut run = 0;
    while let Some(char) = chars.next() {
        if char.is_alphanumeric() {
            run += 1;
        }
        let Some(next) = chars.peek() else { break };
        if run >= 8 && is_stop(char) && (!char.is_ascii() || next.is_whitespace()) {
            return true;
        }
    }
    false
}

/// Whether it ends with an ellipsis, also in brackets or with a word such as “more” behind it.
fn is_ellipsis(text: &str) -> bool {
    let inner = text.trim_end_matches([
        ']', ')', '］', '）', '»', '›', '→', '>', '"', '”', '」', ' ',
    ]);
    if inner.ends_with(['…', '⋯', '‥']) {
        return true;
    }
    let dots = inner.trim_end_matches(['.', '。', '．']);
    inner[dots.len()..].chars().count() >= 3
}

/// Full stops, question and exclamation marks.
fn is_stop(mark: char) -> bool {
    matches!(
        mark,
        '.' | '!' | '?'
            | '。' | '！' | '？' | '｡' | '．' | '﹒' | '︒'
            | '‼' | '⁇' | '⁈' | '⁉' | '‽'
            | '؟' | '۔' // Arabic, Urdu
            | '।' | '॥' // Devanagari and others
            | '։' // Armenian
            | '።' | '፧' | '፨' // Ethiopic
            | '။' | '၊' // Burmese
            | '។' | '៕' // Khmer
            | '།' | '༎' // Tibetan
            | ';' // Greek question mark
    )
}

/// Quotation marks, brackets and left-over markup that may follow a full stop.
fn closes(mark: char) -> bool {
    matches!(
        mark,
        ')' | ']'
            | '}'
            | '"'
            | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '）'
            | '］'
            | '｝'
            | '〗'
            | '“'
            | '*'
            | '_'
            | '`'
            | '~'
            | '\u{FE0F}'
            | ' '
    )
}

/// The name of a mark after which a text goes on.
fn continues(mark: char) -> Option<&'static str> {
    Some(match mark {
        ',' | '，' | '、' | '､' | '،' | '՝' | '፣' => "a comma",
        '；' | '؛' | '፤' => "a semicolon",
        '(' | '[' | '{' | '（' | '［' | '【' | '〔' | '｛' => "an opening bracket",
        '「' | '『' | '《' | '〈' | '‘' | '«' | '„' | '‚' => "an opening quotation mark",
        '–' | '—' | '―' => "a dash",
        _ => return None,
    })
}

/// Letters of scripts that part sentences with spaces.
fn has_no_stops(letter: char) -> bool {
    matches!(letter, '\u{0E00}'..='\u{0EFF}' | '\u{1980}'..='\u{19DF}' | '\u{1A20}'..='\u{1AAF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_in_several_scripts() {
        for (text, expected) in [
            ("It is done.", Mark::Stop),
            ("Is it done?", Mark::Stop),
            ("He said: “done.”", Mark::Stop),
            ("(It is done.)", Mark::Stop),
            ("**It is done.**", Mark::Stop),
            ("做完了。", Mark::Stop),
            ("他说：“做完了。”", Mark::Stop),
            ("終わりました。」", Mark::Stop),
            ("끝났습니다.", Mark::Stop),
            ("हो गया।", Mark::Stop),
            ("هل انتهى؟", Mark::Stop),
            ("Готово!", Mark::Stop),
            ("and then…", Mark::Ellipsis),
            ("and then...", Mark::Ellipsis),
            ("and then [...]", Mark::Ellipsis),
            ("然后……", Mark::Ellipsis),
            ("然后。。。", Mark::Ellipsis),
            ("as follows:", Mark::Colon),
            ("如下：", Mark::Colon),
            ("first, ", Mark::Continues("a comma")),
            ("首先，", Mark::Continues("a comma")),
            ("一、", Mark::Continues("a comma")),
            ("see (", Mark::Continues("an opening bracket")),
            ("他说「", Mark::Continues("an opening quotation mark")),
            ("and the", Mark::Word),
            ("然后我们", Mark::Word),
            ("version 2", Mark::Word),
            ("(see above)", Mark::Other),
            ("well 😊", Mark::Other),
            ("จบแล้ว", Mark::Other),
            ("", Mark::Other),
            ("etc..", Mark::Stop),
            ("until this point :(", Mark::Other),
            ("an issue. :smile:", Mark::Other),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_behind_the_last_sentence() {
        for (text, expected) in [
            ("It is done. And then", " And then"),
            ("One. Two. Three.", " Three."),
            ("做完了。然后", "然后"),
            ("lacuna.toml and more", "lacuna.toml and more"),
            ("", ""),
        ] {
            assert_eq!(behind_sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn prose_has_a_sentence_with_something_behind_it() {
        for (text, expected) in [
            ("It is done. And then", true),
            ("做完了这件事情以后就好。然后", true),
            ("It is done.", false),
            ("lacuna.toml and more", false),
            ("v. 2 of it", false),
            ("no stop at all", false),
        ] {
            assert_eq!(holds_sentence(text), expected, "{text}");
        }
    }
}
