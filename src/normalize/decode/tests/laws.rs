//! What holds for any bytes, in any charset.

use encoding_rs::*;
use proptest::prelude::*;

use super::*;

const FORCED: [Option<&Encoding>; 16] = [
    None,
    Some(UTF_8),
    Some(UTF_16LE),
    Some(UTF_16BE),
    Some(GB18030),
    Some(BIG5),
    Some(SHIFT_JIS),
    Some(EUC_JP),
    Some(EUC_KR),
    Some(ISO_2022_JP),
    Some(WINDOWS_1250),
    Some(WINDOWS_1252),
    Some(WINDOWS_1255),
    Some(KOI8_U),
    Some(REPLACEMENT),
    Some(X_USER_DEFINED),
];

/// Bytes of all sorts: noise, text in some charset, text with noise in it.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let noise = prop::collection::vec(any::<u8>(), 0..60);
    let high = prop::collection::vec(prop_oneof![0x80..=0xFFu8, 0x30..=0x41u8], 0..60);
    let escapes = prop::collection::vec(prop::sample::select(&b"\x1B\x1B$(BJI@!a~\xE9"[..]), 0..30);
    let text = "[a-z é中文。ＡアｱА😀£]{0,20}";
    let written = (text, 1..FORCED.len()).prop_map(|(text, nth)| match FORCED[nth] {
        Some(encoding) => encoding.encode(&text).0.into_owned(),
        None => text.into_bytes(),
    });
    let wide =
        text.prop_map(|text: String| text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    let parts = prop_oneof![noise, high, escapes, written, wide];
    prop::collection::vec(parts, 0..5).prop_map(|parts| parts.concat())
}

/// The spans of all characters follow each other from the mark to the end of the source.
fn check_map(source: &[u8], decoded: &Decoded<'_>) -> Result<(), TestCaseError> {
    let mut last = Charset::of_mark(source)
        .filter(|_| decoded.encoding.bom)
        .map_or(0, |charset| charset.mark_len(source));
    for (at, char) in decoded.text.char_indices() {
        prop_assert_eq!(decoded.map.source_start(at), last);
        last = decoded.map.source_end(at + char.len_utf8());
        prop_assert!(last <= source.len());
    }
    if !decoded.text.is_empty() {
        prop_assert_eq!(last, source.len());
        prop_assert_eq!(decoded.map.source_start(decoded.text.len()), last);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_bytes_are_read_and_lead_back(bytes in bytes(), nth in 0..FORCED.len()) {
        let decoded = decode(&bytes, FORCED[nth], false);
        check_map(&bytes, &decoded)?;
        let mut end = 0;
        for damage in &decoded.damage {
            prop_assert!(damage.span.start() >= end && damage.span.end() <= bytes.len());
            end = damage.span.end();
        }
        let undecodable: Vec<Span> = decoded
            .damage
            .iter()
            .filter(|damage| damage.kind == DamageKind::Undecodable)
            .map(|damage| damage.span)
            .collect();
        for (at, _) in decoded.text.match_indices('\u{FFFD}') {
            let span = Span::new(decoded.map.source_start(at), decoded.map.source_end(at + 3));
            prop_assert!(
                undecodable.iter().any(|damage| damage.contains(span))
                    || bytes[span.range()] == *b"\xEF\xBF\xBD"
                    || bytes[span.range()] == *b"\xFD\xFF"
                    || bytes[span.range()] == *b"\xFF\xFD"
                    || bytes[span.range()] == *b"\x84\x31\xA4\x37",
                "{:?} is U+FFFD without damage", &bytes[span.range()]
            );
        }
        is_binary(&bytes);
    }

    #[test]
    fn repair_leads_back_too(bytes in bytes(), nth in 0..FORCED.len()) {
        let decoded = decode(&bytes, FORCED[nth], true);
        check_map(&bytes, &decoded)?;
    }

    #[test]
    fn text_is_that_of_the_standard(bytes in bytes(), nth in 1..FORCED.len()) {
        let encoding = FORCED[nth].unwrap_or(UTF_8);
        // An odd byte after half a surrogate pair is one error there, and two here.
        let even = if nth < 4 { &bytes[..bytes.len() & !1] } else { &bytes };
        let bytes = even;
        if encoding != REPLACEMENT && Charset::of_mark(bytes).is_none() {
            let decoded = decode(bytes, Some(encoding), false);
            let (text, malformed) = encoding.decode_without_bom_handling(bytes);
            prop_assert_eq!(decoded.text, text);
            prop_assert_eq!(!decoded.damage.iter().all(|d| d.kind == DamageKind::Mojibake), malformed);
        }
    }

    #[test]
    fn the_source_of_a_character_gives_that_character(bytes in bytes(), nth in 1..FORCED.len()) {
        let encoding = FORCED[nth].unwrap_or(UTF_8);
        // Its escape sequences change what bytes mean.
        if encoding != ISO_2022_JP && Charset::of_mark(&bytes).is_none() {
            let decoded = decode(&bytes, Some(encoding), false);
            let mut chars = decoded.text.char_indices().peekable();
            while let Some((at, char)) = chars.next() {
                let start = decoded.map.source_start(at);
                let mut end = at + char.len_utf8();
                while let Some((at, char)) = chars.next_if(|(at, char)| {
                    decoded.map.source_start(*at) == decoded.map.source_end(at + char.len_utf8())
                }) {
                    end = at + char.len_utf8();
                }
                let source = &bytes[start..decoded.map.source_end(end)];
                let alone = encoding.decode_without_bom_handling(source).0;
                prop_assert_eq!(&decoded.text[at..end], alone);
            }
        }
    }

    #[test]
    fn utf8_that_was_misread_is_put_right(text in "[a-z ]{0,9}[а-я]{9,20}|[一-龥]{8,30}") {
        let wrong = WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0;
        prop_assert_eq!(&decode(wrong.as_bytes(), None, true).text, &text);
    }
}
