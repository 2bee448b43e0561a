//! Lines of decoded text.

use memchr::memchr2;

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
        let len = memchr2(b'\n', b'\r', tail).unwrap_or(tail.len());
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
