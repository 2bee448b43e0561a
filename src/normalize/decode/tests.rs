//! Rule 1 as a whole.

mod encodings;
mod laws;

use encoding_rs::{Encoding, GBK, UTF_8, UTF_16LE, WINDOWS_1252};

use super::*;
use crate::text::{DamageKind, Span};

/// What was read, in one line: charset, text, damage.
fn read_as(bytes: &[u8], forced: Option<&'static Encoding>) -> String {
    let decoded = decode(bytes, forced, false);
    let mut line = format!("{}: {:?}", decoded.encoding.name, decoded.text);
    for damage in &decoded.damage {
        let span = damage.span;
        let kind = damage.kind.name();
        line += &format!(" [{}..{} {kind}", span.start(), span.end());
        if !damage.repair.is_empty() {
            line += &format!(": {}", damage.repair);
        }
        line += "]";
    }
    line
}

fn check(bytes: &[u8], expected: &str) {
    assert_eq!(read_as(bytes, None), expected);
}

#[test]
fn marks_decide_and_go() {
    check(b"\xEF\xBB\xBFab", r#"UTF-8: "ab""#);
    check(b"\xFF\xFEa\0b\0", r#"UTF-16LE: "ab""#);
    check(b"\xFE\xFF\0a\0b", r#"UTF-16BE: "ab""#);
    check(b"\xFF\xFE\0\0a\0\0\0", r#"UTF-32LE: "a""#);
    check(b"\0\0\xFE\xFF\0\0\0a", r#"UTF-32BE: "a""#);
    check(b"\x84\x31\x95\x33\xC4\xE3", r#"gb18030: "你""#);
    let decoded = decode(b"\xEF\xBB\xBFab", None, false);
    assert!(decoded.encoding.bom && matches!(decoded.text, Cow::Borrowed("ab")));
    assert_eq!(decoded.map.source_start(1), 4);
    assert!(!decode(b"ab", None, false).encoding.bom);
}

#[test]
fn nothing_and_next_to_nothing() {
    check(b"", r#"UTF-8: """#);
    check(b"\xEF\xBB\xBF", r#"UTF-8: """#);
    check(b"a\0b", r#"UTF-8: "a\0b""#);
    check(b"\0", r#"UTF-8: "\0""#);
}

#[test]
fn utf8_with_damage_stays_utf8() {
    let text = "数据库的索引";
    let cut = &text.as_bytes()[..text.len() - 1];
    check(cut, r#"UTF-8: "数据库的索�" [15..17 undecodable]"#);
    let tail = &text.as_bytes()[1..];
    check(tail, r#"UTF-8: "��据库的索引" [0..2 undecodable]"#);
    check(
        b"ASCII, then \xE7\xB4",
        r#"UTF-8: "ASCII, then �" [12..14 undecodable]"#,
    );
    let mut broken = text.as_bytes().to_vec();
    broken[7] = b'?';
    check(
        &broken,
        r#"UTF-8: "数据�?�的索引" [6..7 undecodable] [8..9 undecodable]"#,
    );
    check(
        b"na\xC3\xAFve caf\xC3\xA9 \xFF d\xC3\xA9j\xC3\xA0",
        r#"UTF-8: "naïve café � déjà" [13..14 undecodable]"#,
    );
}

#[test]
fn one_bad_byte_in_a_megabyte() {
    let mut bytes = "索引的选择，取决于查询。\n".repeat(30_000).into_bytes();
    bytes[500_000] = 0xFF;
    let decoded = decode(&bytes, None, false);
    assert_eq!(decoded.encoding.name, "UTF-8");
    assert_eq!(decoded.damage.len(), 1);
    assert!(decoded.damage[0].span.contains(Span::new(500_000, 500_001)));
    assert!(decoded.damage[0].span.len() <= 3);
}

#[test]
fn real_windows_1252_is_not_damaged_utf8() {
    for text in [
        "Le café était fermé à cause des fêtes, mais la boulangerie d’à côté vendait du thé.",
        "Die Größe der Straße überraschte alle: „Das hätte ich nie für möglich gehalten!“",
        "El niño comió una piña mañana, ¿verdad? ¡Qué lástima!",
    ] {
        let bytes = WINDOWS_1252.encode(text).0;
        check(&bytes, &format!("windows-1252: {text:?}"));
    }
}

#[test]
fn forced_overrides() {
    assert_eq!(
        read_as("é".as_bytes(), Some(WINDOWS_1252)),
        r#"windows-1252: "Ã©" [0..2 mojibake: é]"#
    );
    assert_eq!(read_as(b"\xC4\xE3", Some(GBK)), r#"gb18030: "你""#);
    assert_eq!(
        read_as(b"\xC4\xE3a", Some(UTF_8)),
        r#"UTF-8: "��a" [0..2 undecodable]"#
    );
    assert_eq!(read_as(b"\xEF\xBB\xBFa", Some(UTF_8)), r#"UTF-8: "a""#);
    assert_eq!(read_as(b"\xFE\xFF\0a", Some(UTF_16LE)), r#"UTF-16BE: "a""#);
    assert_eq!(read_as(b"a\0", Some(UTF_16LE)), r#"UTF-16LE: "a""#);
    let refused = encoding_rs::REPLACEMENT;
    assert_eq!(
        read_as(b"abc", Some(refused)),
        r#"replacement: "�" [0..3 undecodable]"#
    );
}

#[test]
fn declarations_count_where_they_fit() {
    let page = |label: &str, encoding: &'static Encoding, text: &str| {
        let page = format!("<html><head><meta charset=\"{label}\"></head><p>{text}</p></html>");
        encoding.encode(&page).0.into_owned()
    };
    // Two characters: far too few to detect anything from.
    for (label, encoding, text) in [
        ("gb2312", GBK, "索引"),
        ("big5", encoding_rs::BIG5, "目錄"),
        ("shift_jis", encoding_rs::SHIFT_JIS, "目次"),
        ("euc-jp", encoding_rs::EUC_JP, "目次"),
        ("euc-kr", encoding_rs::EUC_KR, "차례"),
        ("windows-1251", encoding_rs::WINDOWS_1251, "Да"),
        ("iso-8859-7", encoding_rs::ISO_8859_7, "Όχι"),
    ] {
        let decoded = page(label, encoding, text);
        let decoded = decode(&decoded, None, false);
        assert!(decoded.text.contains(text), "{label}: {decoded:?}");
        assert!(decoded.damage.is_empty(), "{label}: {decoded:?}");
    }
    // Valid UTF-8 is UTF-8, whatever it says.
    let lying = page("gb2312", UTF_8, "索引");
    assert_eq!(decode(&lying, None, false).encoding.name, "UTF-8");
    // A declaration that does not fit gives way to what the text looks like.
    let chinese = "数据库索引的选择，取决于查询的形状；没有哪一种索引适合所有的查询。";
    let lying = page("euc-jp", GBK, &chinese.repeat(3));
    let decoded = decode(&lying, None, false);
    assert_eq!(decoded.encoding.name, "gb18030");
    assert!(decoded.text.contains(chinese));
    // One broken byte does not make it wrong.
    let mut broken = page("gbk", GBK, chinese);
    let middle = broken.len() - 40;
    broken[middle] = 0xFF;
    let decoded = decode(&broken, None, false);
    assert_eq!(decoded.encoding.name, "gb18030");
    assert_eq!(decoded.damage.len(), 1);
    // It says UTF-8, and half of it is.
    let half = b"<meta charset=utf-8>\xC3\xA9 \xE9".to_vec();
    assert_eq!(decode(&half, None, false).encoding.name, "UTF-8");
}

#[test]
fn mojibake_is_reported_and_repaired_on_request() {
    let long = "鏁版嵁搴撶储寮曠殑閫夋嫨";
    let text = format!("Itâ€™s dÃ©jÃ\u{A0} vu: {}!", long.repeat(5));
    let bytes = text.as_bytes();
    let reported = decode(bytes, None, false);
    assert_eq!(reported.text, text);
    assert!(reported.map.is_identity());
    let kinds = reported.damage.iter().map(|damage| damage.kind);
    assert!(kinds.clone().all(|kind| kind == DamageKind::Mojibake));
    assert_eq!(kinds.count(), 4);

    let repaired = decode(bytes, None, true);
    let right = format!("It’s déjà vu: {}!", "数据库索引的选择".repeat(5));
    assert_eq!(repaired.text, right);
    assert_eq!(repaired.damage, reported.damage);
    for (wrong, right) in [("â€™", "’"), ("vu", "vu"), ("Ã©", "é"), ("!", "!")] {
        let (from, at) = (text.find(wrong), repaired.text.find(right));
        let (from, at) = (from.unwrap(), at.unwrap());
        assert_eq!(repaired.map.source_start(at), from, "{wrong}");
        let end = repaired.map.source_end(at + right.len());
        assert_eq!(end, from + wrong.len(), "{wrong}");
    }
}

#[test]
fn repair_keeps_the_way_back_through_another_charset() {
    // Read as UTF-8, written as UTF-8 in windows-1252, saved in UTF-16.
    let text = "a😀 cafÃ© 中文!";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let decoded = decode(&bytes, Some(UTF_16LE), true);
    assert_eq!(decoded.text, "a😀 café 中文!");
    let e = decoded.text.find('é').unwrap();
    assert_eq!(decoded.map.source_start(e), 14);
    assert_eq!(decoded.map.source_end(e + 2), 18);
    let end = decoded.text.find('!').unwrap();
    assert_eq!(decoded.map.source_start(end), bytes.len() - 2);
    assert_eq!(decoded.map.source_end(end + 1), bytes.len());
}
