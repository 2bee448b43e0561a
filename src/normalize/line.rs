//! Lines of decoded text.

use memchr::memchr2;

/// How far a line's end is looked for in steps of eight bytes: most lines are short, and a fast
/// search takes long to begin.
const NEAR: usize = 64;

/// Where the first line break is in `text` from `start` on.
#[inline]
pub(crate) fn find_break(text: &[u8], start: usize) -> Option<usize> {
    let tail = text.get(start..).unwrap_or_default();
    let (near, far) = tail.split_at(tail.len().min(NEAR));
    let (words, last) = near.as_chunks::<8>();
    for (nth, word) in words.iter().enumerate() {
        let breaks = breaks(u64::from_le_bytes(*word));
        if breaks != 0 {
            return Some(start + 8 * nth + breaks.trailing_zeros() as usize / 8);
        }
    }
    let last_at = near.len() - last.len();
    let at = match last.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(at) => last_at + at,
        None => near.len() + memchr2(b'\n', b'\r', far)?,
    };
    Some(start + at)
}

/// The high bit of each byte that is LF or CR, and of some bytes behind the first one.
#[inline]
fn breaks(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zeros = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
    let (feeds, returns) = (u64::from(b'\n') * ONES, u64::from(b'\r') * ONES);
    (zeros(word ^ feeds) | zeros(word ^ returns)) & (ONES << 7)
}

/// One line of a text: `start..end` is what it holds, and the next begins at `next`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'t> {
    pub start: usize,
    pub end: usize,
    pub next: usize,
    /// Columns of white space at its start; tabs stop at every fourth.
    pub indent: usize,
    /// What follows that white space, without the line break.
    pub rest: &'t [u8],
}

impl<'t> Line<'t> {
    /// The line of `text` that begins at `start`. It ends with LF, CR LF, a CR alone, or the text.
    pub fn at(text: &'t [u8], start: usize) -> Self {
        let tail = text.get(start..).unwrap_or_default();
        let len = find_break(tail, 0).unwrap_or(tail.len());
        let ending = match tail.get(len..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        let (skipped, indent) = indentation(&tail[..len], 0);
        Self {
            start,
            end: start + len,
            next: start + len + ending,
            indent,
            rest: &tail[skipped..len],
        }
    }

    /// Where `rest` begins.
    pub fn rest_start(&self) -> usize {
        self.end - self.rest.len()
    }

    pub fn is_blank(&self) -> bool {
        self.rest.is_empty()
    }
}

/// The white space that `bytes`, which stand at `column`, begin with: in bytes and in columns.
pub(crate) fn indentation(bytes: &[u8], column: usize) -> (usize, usize) {
    let mut at = column;
    for (len, byte) in bytes.iter().enumerate() {
        match byte {
            b' ' => at += 1,
            b'\t' => at += 4 - at % 4,
            0x0b | 0x0c => {}
            _ => return (len, at - column),
        }
    }
    (bytes.len(), at - column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_break_is_found(text in "[a\n\r\t\u{b}é]{0,20}[a-z中]{0,90}[a\n\r\u{8a}]{0,9}", start in 0..150_usize) {
            let expected = text.bytes().skip(start).position(|byte| matches!(byte, b'\n' | b'\r'));
            prop_assert_eq!(find_break(text.as_bytes(), start), expected.map(|at| start + at));
        }
    }
}
