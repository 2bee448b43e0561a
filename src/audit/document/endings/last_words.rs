use super::mark::{self, Mark};
use super::{Seen, excerpt, habit, is_closed_page, is_followed_by_asset, is_prose};
use crate::audit::Remark;
use crate::text::{Block, BlockKind, Code, Format};

/// How many bytes the last block must have: shorter ones are labels and lists of words.
const LEAST: usize = 16;

/// What goes on longer without a full stop, in characters, is no sentence: a list, or test data.
const LONGEST_SENTENCE: usize = 500;

/// What the last words leave unsaid: they end inside a sentence, with a colon or with an ellipsis.
/// The last words of a page of HTML with all its end tags are a footer's, and say nothing.
pub(super) fn remark(seen: &Seen<'_>, last: &Block) -> Option<Remark> {
    let text = seen.text(last);
    if !is_prose(last.kind) || is_followed_by_asset(seen, last) || is_closed_page(seen) {
        return None;
    }
    if text.len() < LEAST || !reads_as_prose(text) || is_set_off(seen, last) {
        return None;
    }
    if mark::behind_sentences(text).chars().count() > LONGEST_SENTENCE {
        return None;
    }
    let (code, what) = match mark::of(text) {
        Mark::Colon => (Code::EndsWithColon, "ends with a colon".to_owned()),
        Mark::Ellipsis => (Code::EndsWithEllipsis, "ends with an ellipsis".to_owned()),
        Mark::Continues(mark) => (Code::EndsInSentence, format!("ends with {mark}")),
        Mark::Word if !is_name(text) && habit::ends_its_sentences(seen, last) => {
            (Code::EndsInSentence, "ends inside a sentence".to_owned())
        }
        _ => return None,
    };
    Some(Remark {
        code,
        lines: Some(seen.last_line(last)),
        message: format!("{what}: {}", excerpt::end_of(text)),
        about: String::new(),
    })
}

/// Whether a paragraph of plain text stands further in than others: code, or what a program writes.
fn is_set_off(seen: &Seen<'_>, last: &Block) -> bool {
    let is_paragraph = |block: &&Block| block.kind == BlockKind::Paragraph;
    seen.witness.format == Format::Plain
        && is_paragraph(&last)
        && is_indented(seen, last)
        && seen
            .body()
            .filter(is_paragraph)
            .any(|block| !is_indented(seen, block))
}

/// Whether the first line of a block begins with three spaces or more, or a tab.
fn is_indented(seen: &Seen<'_>, block: &Block) -> bool {
    let source = seen.bytes.get(block.span.start()..).unwrap_or_default();
    source.starts_with(b"   ") || source.starts_with(b"\t")
}

/// Whether the last word is a number, an address or the name of a file: lists end so, and references.
fn is_name(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    word.contains(['.', '/', '@', '=', '_']) || word.ends_with(char::is_numeric)
}

/// Whether the text is words and their punctuation, but for one character in sixteen: no output of a
/// program, no list of names and values.
fn reads_as_prose(text: &str) -> bool {
    let (mut all, mut other) = (0, 0);
    for char in text.chars() {
        all += 1;
        other +=
            usize::from(!(char.is_alphanumeric() || char.is_whitespace() || is_punctuation(char)));
    }
    other * 16 <= all && !text.starts_with(['.', ':'])
}

fn is_punctuation(char: char) -> bool {
    !char.is_ascii()
        || matches!(
            char,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '"' | '(' | ')' | '-'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_words() {
        for (text, expected) in [
            ("It was the best of times, it was the worst", true),
            ("这是最好的时代，这是最坏的时代", true),
            ("Set-Cookie: string=seven; Path=/; x=1", false),
            (">>> import this >>> import that", false),
            (".. note:: this is for Sphinx only", false),
        ] {
            assert_eq!(reads_as_prose(text), expected, "{text}");
        }
    }
}
