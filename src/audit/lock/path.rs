//! Paths in a lock file: whatever they hold, they stay on their line and in their column.

use crate::text::is_hostile;

/// `path` with backslashes doubled, and with characters that would break the line, or show as
/// something else, as `\u{9}`.
pub(in crate::audit) fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            _ if is_hostile(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    out
}

/// The path of which `text` is the escaped form. `None` if it is of none.
pub(in crate::audit) fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('\\') {
            out.push('\\');
            rest = after;
        } else {
            let (digits, after) = rest.strip_prefix("u{")?.split_once('}')?;
            out.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
            rest = after;
        }
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_that_are_no_plain_text_are_spelt_out() {
        for (path, expected) in [
            ("课程/第 1 课.md", "课程/第 1 课.md"),
            ("a\tb\n.md", r"a\u{9}b\u{a}.md"),
            (r"caf\xE9", r"caf\\xE9"),
        ] {
            assert_eq!(escaped(path), expected);
            assert_eq!(unescaped(expected).as_deref(), Some(path));
        }
        for wrong in [r"\", r"\n", r"\u{110000}", r"\u{9"] {
            assert_eq!(unescaped(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_path_comes_back(path in any::<String>()) {
            let text = escaped(&path);
            prop_assert!(!text.contains(['\t', '\n', '\r']));
            prop_assert_eq!(unescaped(&text), Some(path));
        }
    }
}
