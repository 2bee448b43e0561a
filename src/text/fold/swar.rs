//! Eight bytes at a time, in one register (SWAR), for ASCII text.
//!
//! A mask has the high bit of each byte that it speaks of, the first byte lowest.

/// How many bytes are read and written at a time.
pub(crate) const STRIDE: usize = 8;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;

/// The next bytes of a text, made up to a stride with bytes that no text has.
#[inline]
pub(crate) fn stride(rest: &[u8]) -> u64 {
    match rest.first_chunk() {
        Some(whole) => u64::from_le_bytes(*whole),
        None => {
            let mut part = [0xff; STRIDE];
            part.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            u64::from_le_bytes(part)
        }
    }
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
            prop_assert_eq!(&stride(&bytes[..some]).to_le_bytes()[..some], &bytes[..some]);
            prop_assert_eq!(count(first(some)), some);
            let kept: Vec<u8> = bytes.iter().copied().filter(|byte| !(low..end).contains(byte)).collect();
            prop_assert_eq!(&close_up(word, range).to_le_bytes()[..kept.len()], &kept[..]);
        }
    }
}
