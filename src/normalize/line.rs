//! Lines of decoded text.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter};

use crate::text::partition_point_from;

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

/// Where the lines of a text begin, found once for all who ask.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    /// Offsets of the second and later lines, ascending.
    pub starts: Vec<u32>,
}

/// How many bytes of a document have one line or more, as a rule.
const LINE: usize = 64;

impl Lines {
    /// The lines of `text`: each ends with LF, CR LF, a CR alone, or the text.
    pub fn of(text: &str) -> Self {
        let text = text.as_bytes();
        let mut starts = Vec::with_capacity(text.len() / LINE);
        let after = |at: usize| at as u32 + 1;
        if memchr(b'\r', text).is_none() {
            starts.extend(memchr_iter(b'\n', text).map(after));
        } else {
            let ends = |at: &usize| text[*at] == b'\n' || text.get(at + 1) != Some(&b'\n');
            let breaks = memchr2_iter(b'\n', b'\r', text);
            starts.extend(breaks.filter(ends).map(after));
        }
        Self { starts }
    }

    /// The line of `text` that is read from `start` on; `near` is one that was asked for before,
    /// best the one before it.
    pub fn at<'t>(&self, text: &'t [u8], start: usize, near: Option<&Line<'t>>) -> Line<'t> {
        let from = match near {
            Some(near) if near.next == start => near.nth + 1,
            Some(near) if near.start <= start => near.nth,
            _ => 0,
        };
        let is_before = |next: &u32| *next as usize <= start;
        let nth = partition_point_from(&self.starts, from.min(self.starts.len()), is_before);
        let next = self
            .starts
            .get(nth)
            .map_or(text.len(), |next| *next as usize);
        let ending = match text.get(start..next) {
            Some([.., b'\r', b'\n']) => 2,
            Some([.., b'\n' | b'\r']) => 1,
            _ => 0,
        };
        Line {
            nth,
            ..Line::new(text, start..next - ending, next)
        }
    }
}

/// One line of a text: `start..end` is what it holds, and the next begins at `next`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'t> {
    /// How many of the [`Lines`] begin up to it, if it is one of them.
    nth: usize,
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
        Self::new(text, start..start + len, start + len + ending)
    }

    #[inline]
    fn new(text: &'t [u8], place: Range<usize>, next: usize) -> Self {
        let line = text.get(place.clone()).unwrap_or_default();
        let (skipped, indent) = indentation(line, 0);
        Self {
            nth: 0,
            start: place.start,
            end: place.end,
            next,
            indent,
            rest: &line[skipped..],
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

        #[test]
        fn lines_are_those_that_are_found_one_by_one(text in "([a\n\r\t]{0,3}|[ a中]{0,90}){0,9}", starts in prop::collection::vec(0..200_usize, 0..9)) {
            let bytes = text.as_bytes();
            let lines = Lines::of(&text);
            let mut near = None;
            let mut at = 0;
            let mut each = Vec::new();
            while at < bytes.len() {
                each.push(at);
                at = Line::at(bytes, at).next;
            }
            prop_assert_eq!(lines.starts.len() + 1, each.len() + usize::from(text.ends_with(['\n', '\r'])) + usize::from(text.is_empty()));
            for start in each.into_iter().chain(starts).filter(|start| *start <= bytes.len()) {
                let (line, expected) = (lines.at(bytes, start, near.as_ref()), Line::at(bytes, start));
                prop_assert_eq!((line.start, line.end, line.next, line.indent, line.rest), (expected.start, expected.end, expected.next, expected.indent, expected.rest));
                near = Some(line);
            }
        }
    }
}
