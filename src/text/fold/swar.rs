//! Eight bytes at a time, in one register (SWAR), for ASCII text.
//!
//! A mask has the high bit of each byte that it speaks of, the first byte lowest.

/// How many bytes are read and written at a time.
pub(crate) const STRIDE: usize = 8;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;

/// The bytes of a text from `at` on, made up to a stride with bytes that no text has.
#[inline]
pub(crate) fn stride(text: &[u8], at: usize) -> u64 {
    match text.get(at..).and_then(<[u8]>::first_chunk) {
        Some(whole) => u64::from_le_bytes(*whole),
        None => last_stride(text, at),
    }
}

#[cold]
fn last_stride(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    let mut part = [0xff; STRIDE];
    part.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(part)
}

/// The bytes that are not ASCII.
#[inline]
pub(crate) fn others(bytes: u64) -> u64 {
    bytes & HIGH
}

/// The ASCII bytes of value `low` or more, but less than `end`; `end` is at most 0x80.
#[inline]
pub(crate) fn within(bytes: u64, low: u8, end: u8) -> u64 {
    // No carry leaves a byte: each sum is below 0x100.
    let ascii = bytes & !HIGH;
    let at_least = |value: u8| ascii + ONES * u64::from(0x80 - value);
    at_least(low) & !at_least(end) & !bytes & HIGH
}

/// Words are visible ASCII characters, and single spaces before them; `next` is the byte behind the
/// stride. Gives the spaces in words, and what is in no word. Both masks say nothing of what comes
/// after the first byte in the second one.
#[inline]
pub(crate) fn words(bytes: u64, next: u8) -> (u64, u64) {
    // A carry leaves a byte only if that is not ASCII, and goes to those after it.
    let is_low = !bytes.wrapping_add(ONES * (0x80 - 0x20));
    let is_high = bytes | bytes.wrapping_add(ONES);
    let spaces = !bytes.wrapping_add(ONES * (0x80 - 0x21)) & HIGH;
    let others = (is_low | is_high) & HIGH;
    let ends = u64::from(!matches!(next, 0x21..=0x7e)) << 63;
    let unfollowed = spaces & ((others | spaces) >> 8 | ends);
    (spaces, others | unfollowed)
}

/// How many bytes eight characters of Han have.
pub(crate) const GROUP: usize = 3 * STRIDE;

/// Which of the eight characters of `group` are not from U+4000 to U+9FFF, for [`han_before`]; 0 if
/// all of them are.
#[inline]
pub(crate) fn not_han(group: &[u8; GROUP]) -> u64 {
    // Where the first bytes of eight such characters are, stride by stride: each at another place.
    const FIRST: [u64; 3] = [
        0x00ff_0000_ff00_00ff,
        0xff00_00ff_0000_ff00,
        0x0000_ff00_00ff_0000,
    ];
    let (strides, _) = group.as_chunks::<STRIDE>();
    strides
        .iter()
        .zip(FIRST)
        .fold(0, |others, (stride, first)| {
            let low = (u64::from_le_bytes(*stride) ^ (ONES * 0xe0)) & first;
            // A carry leaves a byte only if that is none, and goes to one that is not looked at.
            let at_least = |value: u64| low.wrapping_add((ONES * (0x80 - value)) & first);
            others | (!at_least(0x4) | at_least(0xa)) & first & HIGH
        })
}

/// How many characters come before the first one in `others`, which [`not_han`] gave.
#[inline]
pub(crate) fn han_before(others: u64) -> usize {
    // A bit for each character, in their order: the one of place `p` is that of number `3 * p % 8`.
    // No two of what else is added up have a place in common, so no carry comes to them.
    const ORDER: u64 = 1 << 56 | 1 << 51 | 1 << 46 | 1 << 33 | 1 << 28 | 1 << 23 | 1 << 10 | 1 << 5;
    let others = (others >> 7).wrapping_mul(ORDER) >> 56;
    (others | 1 << STRIDE).trailing_zeros() as usize
}

/// The first `len` bytes, of 1 to 8, made up to a stride with `filler`.
#[inline]
pub(crate) fn made_up(bytes: u64, len: usize, filler: u8) -> u64 {
    let kept = u64::MAX >> ((STRIDE - len.clamp(1, STRIDE)) * 8);
    (bytes & kept) | ((ONES * u64::from(filler)) & !kept)
}

/// ASCII letters in lower case, and the mask of letters and digits. Says nothing of bytes from the
/// first one on that is not ASCII.
#[inline]
pub(crate) fn letters_and_digits(bytes: u64) -> (u64, u64) {
    // A carry leaves a byte only if that is not ASCII, and goes to those after it.
    let at_least = |bytes: u64, value: u8| bytes.wrapping_add(ONES * u64::from(0x80 - value));
    let lower = bytes | (ONES * 0x20);
    let letters = at_least(lower, b'a') & !at_least(lower, b'z' + 1) & HIGH;
    let digits = at_least(bytes, b'0') & !at_least(bytes, b'9' + 1) & HIGH;
    (bytes | letters >> 2, letters | digits)
}

/// How many bytes come before the first one in the mask.
#[inline]
pub(crate) fn before(mask: u64) -> usize {
    mask.trailing_zeros() as usize / 8
}

/// `bytes` without the bytes in the mask `gone`, closed up; what stands after them is anything.
#[inline]
pub(crate) fn close_up(mut bytes: u64, mut gone: u64) -> u64 {
    // Twice without a branch: three spaces in eight bytes are rare.
    (bytes, gone) = without_first(bytes, gone);
    (bytes, gone) = without_first(bytes, gone);
    while gone != 0 {
        (bytes, gone) = without_first(bytes, gone);
    }
    bytes
}

#[inline]
fn without_first(bytes: u64, gone: u64) -> (u64, u64) {
    let first = gone & gone.wrapping_neg();
    // All bits if nothing is gone.
    let below = (first >> 7).wrapping_sub(1);
    let bytes = bytes & below | bytes >> 8 & !below;
    (bytes, (gone & !first) >> 8)
}

/// How many bytes are in the mask.
#[inline]
pub(crate) fn count(mask: u64) -> usize {
    ((mask >> 7).wrapping_mul(ONES) >> 56) as usize
}

/// The mask of the first `count` bytes, at most 8.
#[inline]
pub(crate) fn first(count: usize) -> u64 {
    // Two shifts, for eight bytes are all of them.
    !(u64::MAX << (count * 4) << (count * 4)) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mask(bytes: [u8; 8], is_in: impl Fn(u8) -> bool) -> u64 {
        u64::from_le_bytes(bytes.map(|byte| if is_in(byte) { 0x80 } else { 0 }))
    }

    proptest! {
        #[test]
        fn masks_are_exact(bytes: [u8; 8], low in 0..0x80_u8, len in 0..0x80_u8, some in 0..=8_usize) {
            let word = u64::from_le_bytes(bytes);
            let end = low.saturating_add(len).min(0x80);
            let range = within(word, low, end);
            prop_assert_eq!(range, mask(bytes, |byte| (low..end).contains(&byte)));
            prop_assert_eq!(others(word), mask(bytes, |byte| byte >= 0x80));
            prop_assert_eq!(count(range), bytes.iter().filter(|byte| (low..end).contains(byte)).count());
            let first_in = bytes.iter().position(|byte| (low..end).contains(byte));
            prop_assert_eq!(before(range), first_in.unwrap_or(8));
            prop_assert_eq!(&stride(&bytes[..some], 0).to_le_bytes()[..some], &bytes[..some]);
            prop_assert_eq!(stride(&bytes, some).to_le_bytes()[0], bytes.get(some).copied().unwrap_or(0xff));
            prop_assert_eq!(count(first(some)), some);
            let some = some.max(1);
            let expected: Vec<u8> = (0..8).map(|at| if at < some { bytes[at] } else { low }).collect();
            prop_assert_eq!(&made_up(word, some, low).to_le_bytes()[..], &expected[..]);
            let kept: Vec<u8> = bytes.iter().copied().filter(|byte| !(low..end).contains(byte)).collect();
            prop_assert_eq!(&close_up(word, range).to_le_bytes()[..kept.len()], &kept[..]);
        }

        #[test]
        fn han_is_counted(text in "([㿀-ꀿ]|[中é，。a\u{1f600}]|[一-龥]{3}){24}") {
            let group = text.as_bytes().first_chunk().unwrap();
            let is_han = |c: &char| ('\u{4000}'..='\u{9fff}').contains(c);
            let count = text.chars().take_while(is_han).count().min(8);
            prop_assert_eq!(han_before(not_han(group)), count);
        }

        #[test]
        fn letters_and_digits_are_told_from_other_ascii(bytes: [u8; 8]) {
            let bytes = bytes.map(|byte| byte & 0x7f);
            let (lower, stays) = letters_and_digits(u64::from_le_bytes(bytes));
            prop_assert_eq!(stays, mask(bytes, |byte| byte.is_ascii_alphanumeric()));
            prop_assert_eq!(lower.to_le_bytes(), bytes.map(|byte| byte.to_ascii_lowercase()));
        }

        #[test]
        fn words_are_told_from_other_text(bytes in "[a-z~! ]{0,3} ?[\0-\u{ff}]?[a-z! ]{8}", next: u8) {
            let bytes: [u8; 8] = *bytes.as_bytes().first_chunk().unwrap();
            let is_visible = |byte: u8| (0x21..=0x7e).contains(&byte);
            let in_words = (0..8).take_while(|at| {
                let next = bytes.get(at + 1).copied().unwrap_or(next);
                is_visible(bytes[*at]) || bytes[*at] == b' ' && is_visible(next)
            });
            let count = in_words.count();
            let (spaces, stop) = words(u64::from_le_bytes(bytes), next);
            prop_assert_eq!(before(stop), count);
            prop_assert_eq!(spaces & first(count), mask(bytes, |byte| byte == b' ') & first(count));
        }
    }
}
