//! Sketch text.

use super::plain::Plain;
use super::swar::{self, STRIDE};

/// Letters and digits without case, of the scripts that have most of them. What is left out here
/// is treated just as well, only slower.
static CASELESS: Plain = Plain::new(
    &[
        // Hebrew, Arabic, Devanagari, Thai
        (0x5d0, 0x5ea),
        (0x620, 0x64a),
        (0x904, 0x939),
        (0xe01, 0xe30),
        // CJK
        (0x3041, 0x3096),
        (0x30a1, 0x30fa),
        (0x30fc, 0x30fe),
        (0x3105, 0x312f),
        (0x3400, 0x4dbf),
        (0x4e00, 0x9fff),
        (0xac00, 0xd7a3),
    ],
    &[(0x20000, 0x2a6df)],
);

/// Appends the sketch text of a match text to `out`: case folded, only letters and digits.
pub fn sketch_text(match_text: &str, out: &mut String) {
    let text = match_text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        at = CASELESS.run_end(text, at);
        out.push_str(&match_text[start..at]);
        at = ascii(text, at, out);
        if at == start
            && let Some(c) = match_text[at..].chars().next()
        {
            out.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
            at += c.len_utf8();
        }
    }
}

/// Appends what stays of the ASCII text that begins at `at`. Gives where that ends.
fn ascii(text: &[u8], mut at: usize, out: &mut String) -> usize {
    let mut kept = [0; 32 * STRIDE];
    let mut len = 0;
    loop {
        let bytes = swar::stride(&text[at..]);
        let read = swar::before(swar::others(bytes));
        if read == 0 {
            break;
        }
        let upper = swar::within(bytes, b'A', b'Z' + 1);
        let lower = bytes | upper >> 2;
        let stays = swar::within(lower, b'a', b'z' + 1) | swar::within(lower, b'0', b'9' + 1);
        let gone = !stays & swar::first(read);
        if kept.len() - len < STRIDE {
            out.push_str(str::from_utf8(&kept[..len]).unwrap_or_default());
            len = 0;
        }
        if let Some(room) = kept[len..].first_chunk_mut() {
            *room = swar::close_up(lower, gone).to_le_bytes();
        }
        len += read - swar::count(gone);
        at += read;
        if read < STRIDE {
            break;
        }
    }
    out.push_str(str::from_utf8(&kept[..len]).unwrap_or_default());
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caseless_characters_are_letters_and_digits() {
        for c in CASELESS.iter() {
            assert!(c.is_alphanumeric() && c.to_lowercase().eq([c]), "{c:?}");
        }
    }

    #[test]
    fn every_character_is_folded() {
        for c in ('\0'..='\u{323ff}').chain('\u{e0000}'..='\u{e0200}') {
            let text: String = ['a', 'Z', c, '中', c, '0'].iter().collect();
            let mut out = String::new();
            sketch_text(&text, &mut out);
            let lower = text.chars().flat_map(char::to_lowercase);
            assert_eq!(
                out,
                lower.filter(|c| c.is_alphanumeric()).collect::<String>()
            );
        }
    }
}
