//! XML 1.0, made safe.

use std::borrow::Cow;

use super::escape;

/// Text for an attribute or an element, on one line. What drives a terminal is shown, and what XML
/// has no way to write at all; the characters of markup are escaped, `>` too, so that no `]]>`
/// comes about.
pub(super) fn text(text: &str) -> String {
    let shown = without_noncharacters(&escape::line(text, false)).into_owned();
    let mut out = String::with_capacity(shown.len() + 16);
    for c in shown.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// The two characters that are neither hostile nor XML.
fn without_noncharacters(text: &str) -> Cow<'_, str> {
    match text.contains(['\u{fffe}', '\u{ffff}']) {
        true => Cow::Owned(
            text.replace('\u{fffe}', "\\u{fffe}")
                .replace('\u{ffff}', "\\u{ffff}"),
        ),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_is_escaped_and_what_is_no_xml_is_shown() {
        for (input, expected) in [
            ("茶 🍵", "茶 🍵"),
            (
                "<a b=\"c\" d='e'>&amp;]]>",
                "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;]]&gt;",
            ),
            ("a\0b\nc\u{ffff}", "a␀b␊c\\u{ffff}"),
        ] {
            assert_eq!(text(input), expected);
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_is_shown(input in any::<String>()) {
            let xml = format!("<a b=\"{0}\">{0}</a>", text(&input));
            let document = roxmltree::Document::parse(&xml).unwrap();
            let root = document.root_element();
            prop_assert_eq!(root.attribute("b"), Some(root.text().unwrap_or_default()));
            prop_assert_eq!(root.children().filter(|child| child.is_element()).count(), 0);
        }
    }
}
