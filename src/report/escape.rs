//! What documents and paths say, made harmless for whatever shows it.

use std::borrow::Cow;

pub(crate) use crate::text::is_hostile;

/// How a hostile character is shown.
pub(crate) fn shown(c: char, ascii: bool, out: &mut String) {
    match c {
        '\0'..='\x1f' if !ascii => out.push(picture(c as u32)),
        '\x7f' if !ascii => out.push('\u{2421}'),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        _ => out.extend(c.escape_unicode()),
    }
}

/// The character that depicts a C0 control: `␀` to `␟`.
fn picture(control: u32) -> char {
    char::from_u32(0x2400 + control).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A path or another name: every hostile character is shown.
pub fn name(text: &str, ascii: bool) -> Cow<'_, str> {
    escape(text, |c, out| shown(c, ascii, out))
}

/// A line of text: tabs take four columns, every other hostile character is shown.
pub(crate) fn line(text: &str, ascii: bool) -> Cow<'_, str> {
    escape(text, |c, out| match c {
        '\t' => out.push_str("    "),
        _ => shown(c, ascii, out),
    })
}

/// Text of several lines: tabs and line breaks stay, every other hostile character is shown.
pub(crate) fn prose(text: &str) -> Cow<'_, str> {
    escape(text, |c, out| match c {
        '\t' | '\n' => out.push(c),
        _ => shown(c, false, out),
    })
}

/// A line of canonical text as data: tabs stay, every other hostile character is shown. The same
/// for every terminal, so that what one run writes, another can compare.
pub(crate) fn data(text: &str) -> Cow<'_, str> {
    escape(text, |c, out| match c {
        '\t' => out.push('\t'),
        _ => shown(c, false, out),
    })
}

fn escape(text: &str, show: impl Fn(char, &mut String)) -> Cow<'_, str> {
    let Some(first) = find_hostile(text) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut next = Some(first);
    while let Some(at) = next {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        if let Some(c) = chars.next() {
            show(c, &mut out);
        }
        rest = chars.as_str();
        next = find_hostile(rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Where the first hostile character of `text` begins. Few bytes can begin one.
fn find_hostile(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        from = next_suspect(bytes, from)?;
        let first = text[from..].chars().next()?;
        if is_hostile(first) {
            return Some(from);
        }
        from += first.len_utf8();
    }
}

/// Where the first character from `at` on begins that may be hostile, by its first byte.
fn next_suspect(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            byte if MAY_BEGIN_HOSTILE[usize::from(byte)] => return Some(at),
            0xe0..=0xef => at += 3,
            0x80.. => at += 1,
            _ => at = plain_end(bytes, at + 1),
        }
    }
}

/// The end of the run of printable ASCII that begins at `at`, or a place in it, a few bytes before.
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*word);
        // The high bit of each byte that is a control, DEL, or not ASCII, and of some behind it.
        let controls = word.wrapping_sub(0x20 * ONES) & !word;
        let deletes = (word ^ (0x7f * ONES)).wrapping_sub(ONES);
        if (controls | deletes | word) & (0x80 * ONES) != 0 {
            break;
        }
        at += 8;
    }
    at
}

/// Whether a hostile character may begin with a byte.
const MAY_BEGIN_HOSTILE: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < may.len() {
        may[byte] = matches!(
            byte,
            0..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3
        );
        byte += 1;
    }
    may
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_characters_are_shown() {
        for (input, unicode, ascii) in [
            (
                "plain 中文 🇲🇳 a\u{200d}b",
                "plain 中文 🇲🇳 a\u{200d}b",
                "plain 中文 🇲🇳 a\u{200d}b",
            ),
            ("\x1b[31m", "␛[31m", "\\u{1b}[31m"),
            ("a\nb\tc", "a␊b␉c", "a\\nb\\tc"),
            ("\u{9b}2J", "\\u{9b}2J", "\\u{9b}2J"),
            ("x\u{202e}y", "x\\u{202e}y", "x\\u{202e}y"),
            ("\x7f", "␡", "\\u{7f}"),
        ] {
            assert_eq!(name(input, false), unicode);
            assert_eq!(name(input, true), ascii);
        }
        assert_eq!(line("\tx\x1b", false), "    x␛");
        assert_eq!(data("\tx\x1b"), "\tx␛");
    }

    #[test]
    fn hostile_characters_begin_with_few_bytes() {
        for c in (char::MIN..=char::MAX).filter(|c| is_hostile(*c)) {
            let first = c.to_string().as_bytes()[0];
            assert!(MAY_BEGIN_HOSTILE[usize::from(first)], "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn the_first_hostile_character_is_found(text in "([a中，。\u{7f}\u{ad}\u{61c}\u{202e}\u{feff}\u{e0001}]|\\PC){0,9}") {
            prop_assert_eq!(find_hostile(&text), text.find(is_hostile));
        }

        #[test]
        fn nothing_hostile_is_left(text in any::<String>(), ascii in any::<bool>()) {
            prop_assert!(!name(&text, ascii).contains(is_hostile));
            prop_assert!(!line(&text, ascii).contains(is_hostile));
            prop_assert!(!data(&text).contains(|c| is_hostile(c) && c != '\t'));
        }
    }
}
