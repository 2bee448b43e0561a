//! Words of documents as HTML and XML.

use std::borrow::Cow;

use crate::report::escape;

/// `text` as content of an element or of a quoted attribute. What could drive a reader's program
/// is shown, as in every view.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'');
    let safe = visible(text);
    if !safe.contains(special) {
        return safe;
    }
    let mut out = String::with_capacity(safe.len() + 16);
    for c in safe.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The same on one line.
pub(crate) fn escaped_line(text: &str) -> String {
    escaped(&escape::line(text, false)).into_owned()
}

/// `text` with what no document may hold shown.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let safe = escape::prose(text);
    if !safe.contains(is_no_text) {
        return safe;
    }
    let mut out = String::with_capacity(safe.len() + 16);
    for c in safe.chars() {
        match is_no_text(c) {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Noncharacters: XML cannot hold some of them, and HTML none.
fn is_no_text(c: char) -> bool {
    (c as u32) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_stay_in_their_place() {
        for (text, expected) in [
            ("a < b & c", "a &lt; b &amp; c"),
            ("\"'></style>", "&quot;&#39;&gt;&lt;/style&gt;"),
            ("\0\x1b[1m", "␀␛[1m"),
            ("\u{202e}x\u{fffe}", "\\u{202e}x\\u{fffe}"),
            ("one\n\ttwo\r", "one\n\ttwo␍"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn a_line_stays_a_line() {
        for (text, expected) in [
            ("茶 🍵", "茶 🍵"),
            ("<a>]]>", "&lt;a&gt;]]&gt;"),
            ("a\0b\nc\u{ffff}", "a␀b␊c\\u{ffff}"),
        ] {
            assert_eq!(escaped_line(text), expected);
        }
    }

    proptest! {
        #[test]
        fn a_line_is_read_as_it_is_shown(input in any::<String>()) {
            let xml = format!("<a b=\"{0}\">{0}</a>", escaped_line(&input));
            let document = roxmltree::Document::parse(&xml).unwrap();
            let root = document.root_element();
            prop_assert_eq!(root.attribute("b"), Some(root.text().unwrap_or_default()));
            prop_assert_eq!(root.children().filter(|child| child.is_element()).count(), 0);
        }

        #[test]
        fn nothing_is_markup(text in any::<String>()) {
            let escaped = escaped(&text);
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            prop_assert!(!escaped.contains(is_no_text));
            let kept = |c: char| c == '\n' || c == '\t';
            prop_assert!(!escaped.contains(|c| escape::is_hostile(c) && !kept(c)));
        }
    }
}
