//! UTF-16 and UTF-32 without a byte order mark.

use super::charset::{Charset, Order};

/// How much of the bytes is looked at. A multiple of four.
const SAMPLE: usize = 4096;

/// Which form of UTF-16 or UTF-32 `bytes` look like, if any.
///
/// Text in any other charset has next to no control characters, while the bytes of UTF-16 are
/// full of them: the zeros of ASCII, the 04 of Cyrillic, and a tenth of the low bytes of Chinese.
/// Then the units must read as text: whole surrogate pairs, and nearly all of them in blocks that
/// people write with. The other byte order must read worse.
pub(super) fn form(bytes: &[u8]) -> Option<Charset> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|byte| is_control(**byte)).count();
    if controls < 2 || controls * 50 < sample.len() {
        return None;
    }
    for order in [Order::Little, Order::Big] {
        if is_utf32(sample, order) {
            return Some(Charset::Utf32(order));
        }
    }
    // Two printable ASCII bytes make a Han character: text with stray NUL characters is that.
    let (pairs, _) = sample.as_chunks::<2>();
    let ascii = pairs
        .iter()
        .filter(|pair| pair.iter().all(|byte| matches!(byte, b' '..=b'~')))
        .count();
    if ascii * 2 > pairs.len() {
        return None;
    }
    let little = readable_share(pairs, Order::Little);
    let big = readable_share(pairs, Order::Big);
    let (order, best, worst) = if little >= big {
        (Order::Little, little, big)
    } else {
        (Order::Big, big, little)
    };
    (best >= 95 && best > worst).then_some(Charset::Utf16(order))
}

/// Whether a byte has no place in text of an encoding that extends ASCII.
pub(super) fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0C' | b'\x1B')
}

/// Whether the sample is at least two units of UTF-32, most of them in the first plane.
fn is_utf32(sample: &[u8], order: Order) -> bool {
    let (units, _) = sample.as_chunks::<4>();
    let is_text = |unit: &[u8; 4]| {
        let number = order.u32(*unit);
        number != 0 && char::from_u32(number).is_some_and(|char| !is_odd(char))
    };
    units.len() > 1 && units.iter().all(is_text)
}

/// How many in a hundred units of UTF-16 can be read, at the best order; 0 if a surrogate stands
/// alone.
fn readable_share(pairs: &[[u8; 2]], order: Order) -> usize {
    let mut readable = 0;
    let mut all = 0;
    let mut chars = char::decode_utf16(pairs.iter().map(|pair| order.u16(*pair))).peekable();
    while let Some(char) = chars.next() {
        match char {
            Ok(char) => readable += usize::from(is_written(char)),
            // The sample may end between two surrogates.
            Err(_) if chars.peek().is_none() => continue,
            Err(_) => return 0,
        }
        all += 1;
    }
    (readable * 100).checked_div(all).unwrap_or(0)
}

/// Whether a character is one that no text holds many of.
fn is_odd(char: char) -> bool {
    u8::try_from(char).is_ok_and(is_control) || matches!(char, '\u{FFFE}' | '\u{FFFF}')
}

/// Whether a character is in a block that people write with.
fn is_written(char: char) -> bool {
    !is_odd(char)
        && matches!(char,
            '\0'..='\u{07FF}'
            | '\u{0900}'..='\u{0DFF}'
            | '\u{0E00}'..='\u{0FFF}'
            | '\u{1000}'..='\u{11FF}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{1E00}'..='\u{206F}'
            | '\u{20A0}'..='\u{27BF}'
            | '\u{2E80}'..='\u{33FF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7AF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FE00}'..='\u{FE6F}'
            | '\u{FF00}'..='\u{FFEF}'
            | '\u{1F000}'..='\u{1FAFF}'
            | '\u{20000}'..='\u{3FFFF}')
}
