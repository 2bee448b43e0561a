//! UTF-8 with damage, UTF-16 and UTF-32.

use super::charset::Order;
use super::transcript::Transcript;

/// Reads UTF-8. As the WHATWG Encoding Standard has it, each longest beginning of a character
/// that breaks off becomes one U+FFFD, and so does each byte that no character begins with.
pub(super) fn utf8(bytes: &[u8], out: &mut Transcript) {
    out.text.reserve(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_same(chunk.valid());
        if !chunk.invalid().is_empty() {
            out.push_undecodable(chunk.invalid().len());
        }
    }
}

/// Reads UTF-16. A surrogate without its partner and an odd last byte become U+FFFD.
pub(super) fn utf16(bytes: &[u8], order: Order, out: &mut Transcript) {
    out.text.reserve(bytes.len());
    let (units, rest) = bytes.as_chunks::<2>();
    for char in char::decode_utf16(units.iter().map(|unit| order.u16(*unit))) {
        match char {
            Ok(char) => out.push(char, char.len_utf16() * 2),
            Err(_) => out.push_undecodable(2),
        }
    }
    if !rest.is_empty() {
        out.push_undecodable(rest.len());
    }
}

/// Reads UTF-32. A number that is no character and odd last bytes become U+FFFD.
pub(super) fn utf32(bytes: &[u8], order: Order, out: &mut Transcript) {
    out.text.reserve(bytes.len() / 2);
    let (units, rest) = bytes.as_chunks::<4>();
    for unit in units {
        match char::from_u32(order.u32(*unit)) {
            Some(char) => out.push(char, 4),
            None => out.push_undecodable(4),
        }
    }
    if !rest.is_empty() {
        out.push_undecodable(rest.len());
    }
}
