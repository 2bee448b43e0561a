//! The charset that an HTML or XML document says it is in.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memmem};

/// How far into a document a declaration is looked for, in bytes. The HTML standard asks authors
/// for the first 1024; real pages put scripts and comments before it.
const PREFIX: usize = 4096;

/// The encoding that a `<meta>` tag or an XML declaration near the beginning of `bytes` names.
/// A declaration that can be read as ASCII is not in UTF-16, whatever it says: it counts as UTF-8.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut rest = &bytes[..bytes.len().min(PREFIX)];
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            rest = &rest[memmem::find(rest, b"-->")?..];
            continue;
        }
        let tag = &rest[..memchr(b'>', rest).unwrap_or(rest.len())];
        let value = if starts_with_word(tag, b"<?xml") {
            value_of(tag, b"encoding")
        } else if starts_with_word(tag, b"<meta") {
            value_of(tag, b"charset")
        } else {
            None
        };
        if let Some(encoding) = value.and_then(Encoding::for_label) {
            if encoding == UTF_16LE || encoding == UTF_16BE {
                return Some(UTF_8);
            }
            return Some(encoding).filter(|encoding| *encoding != REPLACEMENT);
        }
        rest = &rest[1..];
    }
    None
}

fn starts_with_word(tag: &[u8], word: &[u8]) -> bool {
    tag.get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
        && tag
            .get(word.len())
            .is_some_and(|next| next.is_ascii_whitespace() || *next == b'/')
}

/// What stands after `name` and an equals sign in `tag`, without quotes.
fn value_of<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let at = tag
        .windows(name.len())
        .position(|window| window.eq_ignore_ascii_case(name))?;
    let rest = tag[at + name.len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let rest = match rest {
        [b'"' | b'\'', rest @ ..] => rest.trim_ascii_start(),
        _ => rest,
    };
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\'' | b';' | b'/' | b'?' | b'>' | b' '))
        .unwrap_or(rest.len());
    Some(&rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_and_nothing_else_is() {
        for (source, expected) in [
            ("<meta charset=gbk>", Some("GBK")),
            ("<html><head><META CHARSET = 'Big5'/>", Some("Big5")),
            (
                r#"<meta http-equiv="Content-Type" content="text/html; charset=gb2312">"#,
                Some("GBK"),
            ),
            (
                r#"<meta content="text/html; charset=shift_jis; x" http-equiv=content-type>"#,
                Some("Shift_JIS"),
            ),
            ("<?xml version='1.0' encoding='euc-jp'?>", Some("EUC-JP")),
            ("<?xml version='1.0' encoding=\"utf-16\"?>", Some("UTF-8")),
            ("<meta charset=\" koi8-r \">", Some("KOI8-R")),
            (
                "<!-- <meta charset=gbk> --><meta charset=big5>",
                Some("Big5"),
            ),
            ("<!-- <meta charset=gbk>", None),
            ("<meta charset=klingon><meta charset=big5>", Some("Big5")),
            ("<metadata charset=gbk>", None),
            ("<p>the charset=gbk in prose</p>", None),
            ("<meta charset>", None),
            ("<meta charset=", None),
            ("<meta charset=iso-2022-kr>", None),
        ] {
            assert_eq!(
                declared(source.as_bytes()).map(Encoding::name),
                expected,
                "{source}"
            );
        }
    }

    #[test]
    fn declarations_deep_in_a_document_do_not_count() {
        let deep = format!("{}<meta charset=gbk>", " ".repeat(PREFIX));
        assert_eq!(declared(deep.as_bytes()), None);
    }
}
