//! NFKC without white space, at speed: what [`compatibility::fold`] gives, without the way back.

use std::ops::Range;

use super::compatibility::{self, PLAIN};
use super::plain;
use super::swar::{self, STRIDE};

/// Folded text as it is written: `bytes[..len]`, whole characters, with room for what comes. A
/// stride or a group is written at a time, of which as much is kept as is text: a copy of fixed length takes
/// no branch.
#[derive(Debug, Default)]
pub(super) struct Output {
    bytes: Vec<u8>,
    pub len: usize,
}

/// Writes the fold of `canonical` from `at` on. What is before was folded to what `out` ends
/// with, and did not end with a character that changes.
pub(super) fn fold(canonical: &str, mut at: usize, out: &mut Output) {
    let text = canonical.as_bytes();
    while at < text.len() {
        (at, _) = plain::white_end(text, at..text.len());
        let start = at;
        at = run(text, at..text.len(), out);
        if at == start && at < text.len() {
            at = cluster(canonical, at, out);
        }
    }
}

/// Writes the fold of the run of text that `text[range]` begins with, and gives its end: visible
/// characters that are folded by themselves, whatever stands around them, and single spaces
/// between two of them. Canonical text keeps all of it as it is.
#[inline(never)]
pub(super) fn run(text: &[u8], range: Range<usize>, out: &mut Output) -> usize {
    let Range { start: mut at, end } = range;
    out.reserve(end - at);
    while let Some(first) = text.get(at).filter(|_| at < end) {
        let start = at;
        at = match first {
            0..0x80 => words(text, at..end, out),
            0xe4..=0xe9 => han(text, at..end, out),
            _ => sign(text, at, out),
        };
        if at == start {
            // It may be a space before a character that is not ASCII.
            if *first != b' ' || at + 1 == end || !begins(text, at + 1) {
                break;
            }
            at += 1;
        }
    }
    at
}

/// Writes the characters of three bytes from U+4000 on that `text[range]` begins with: most of
/// Chinese text. Gives where they end.
#[inline]
pub(super) fn han(text: &[u8], range: Range<usize>, out: &mut Output) -> usize {
    let Range { start: mut at, end } = range;
    // In a variable of its own, which is a register.
    let mut len = out.len;
    while let Some(from) = text.get(at..end).and_then(<[u8]>::first_chunk)
        && let Some(to) = out.room(len)
    {
        *to = *from;
        let others = swar::not_han(from);
        if others != 0 {
            // Only here to be computed: what is read next waits for it.
            let read = 3 * swar::han_before(others);
            out.len = len + read;
            return at + read;
        }
        at += swar::GROUP;
        len += swar::GROUP;
    }
    while at < end {
        let from = swar::stride(text, at).to_le_bytes();
        let Some(to) = out.room(len) else {
            break;
        };
        if !matches!(from[0], 0xe4..=0xe9) {
            break;
        }
        *to = from;
        at += 3;
        len += 3;
    }
    out.len = len;
    at
}

/// Writes the character at `at`, which is neither ASCII nor [`han`]. Gives its end, or `at` if it
/// is not plain.
#[inline]
fn sign(text: &[u8], at: usize, out: &mut Output) -> usize {
    let from = swar::stride(text, at).to_le_bytes();
    let (to, read, written) = match narrow(&from) {
        Some(ascii) => ([ascii; STRIDE], 3, 1),
        None => {
            let len = PLAIN.plain_len(&from, 0);
            (from, len, len)
        }
    };
    if let Some(room) = out.room(out.len) {
        *room = to;
        out.len += written;
    }
    at + read
}

/// Writes the printable ASCII characters that `text[range]` begins with, without the spaces, which
/// must be single and between two of them. Gives where they end.
#[inline]
fn words(text: &[u8], range: Range<usize>, out: &mut Output) -> usize {
    let Range { start: mut at, end } = range;
    // In a variable of its own, which is a register.
    let mut len = out.len;
    // Whole strides, and the byte behind each.
    while let Some([from @ .., next]) = text.get(at..end).and_then(<[u8]>::first_chunk::<9>)
        && let Some(from) = from.first_chunk()
        && let Some(to) = out.room(len)
    {
        let bytes = u64::from_le_bytes(*from);
        let (spaces, stop) = swar::words(bytes, *next);
        if stop != 0 {
            // Only here to be computed: what is read next waits for it.
            let read = swar::before(stop);
            let spaces = spaces & swar::first(read);
            *to = swar::close_up(bytes, spaces).to_le_bytes();
            out.len = len + read - swar::count(spaces);
            return at + read;
        }
        *to = swar::close_up(bytes, spaces).to_le_bytes();
        at += STRIDE;
        len += STRIDE - swar::count(spaces);
    }
    out.len = len;
    at + last_words(text, at..end, out)
}

/// [`words`] in a range of up to a stride. Gives how many bytes were read.
#[inline]
fn last_words(text: &[u8], range: Range<usize>, out: &mut Output) -> usize {
    let Some(to) = out.room(out.len) else {
        return 0;
    };
    let last = range.end.checked_sub(1).and_then(|last| text.get(last));
    let filler = if last == Some(&b' ') { 0 } else { b'a' };
    let bytes = swar::made_up(swar::stride(text, range.start), range.len(), filler);
    let (spaces, stop) = swar::words(bytes, b' ');
    let (read, spaces) = match stop {
        // Not to be computed, as above.
        0 => (range.len(), spaces),
        stop => (swar::before(stop), spaces & swar::first(swar::before(stop))),
    };
    *to = swar::close_up(bytes, spaces).to_le_bytes();
    out.len += read - swar::count(spaces);
    read
}

/// Whether a [`run`] begins at `at`.
#[inline]
pub(super) fn begins(text: &[u8], at: usize) -> bool {
    let from = swar::stride(text, at).to_le_bytes();
    match from[0] {
        0x21..=0x7e => true,
        _ => PLAIN.plain_len(&from, 0) > 0 || narrow(&from).is_some(),
    }
}

/// The ASCII character whose full-width form `from` begins with, the punctuation of Chinese text.
#[inline]
fn narrow(from: &[u8; STRIDE]) -> Option<u8> {
    match (from[0], from[1], from[2]) {
        (0xef, 0xbc, third @ 0x81..) => Some(third - 0x81 + b'!'),
        (0xef, 0xbd, third @ ..0x9f) => Some(third - 0x80 + b'`'),
        _ => None,
    }
}

/// Folds the cluster of the character at `at`, taking back the character before it if they are
/// joined. Gives its end.
#[cold]
fn cluster(canonical: &str, mut at: usize, out: &mut Output) -> usize {
    if compatibility::is_joined(canonical, at)
        && let Some(before) = canonical[..at].chars().next_back()
        && !before.is_whitespace()
    {
        at -= before.len_utf8();
        out.len -= run_len(before);
    }
    let end = compatibility::cluster_end(canonical, at);
    compatibility::fold_cluster(&canonical[at..end], |c| out.push(c));
    end
}

/// How many bytes a [`run`] writes for `c`, which it read, or for white space that it did not.
pub(super) fn run_len(c: char) -> usize {
    match compatibility::narrow(c) {
        Some(_) => 1,
        None if c.is_whitespace() => 0,
        None => c.len_utf8(),
    }
}

impl Output {
    /// Makes room for `len` bytes at once, so that little text does not ask for it again and again.
    pub fn with_room(len: usize) -> Self {
        let mut out = Self::default();
        out.reserve(len);
        out
    }

    /// What was written from `start` on.
    pub fn from(&mut self, start: usize) -> &mut [u8] {
        &mut self.bytes[start..self.len]
    }

    /// All that was written.
    pub fn written(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Where `N` bytes may be written at `at`, if there is room.
    #[inline]
    pub fn room<const N: usize>(&mut self, at: usize) -> Option<&mut [u8; N]> {
        self.bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut)
    }

    /// Takes the first `len` bytes away.
    pub fn take(&mut self, len: usize) {
        self.bytes.copy_within(len..self.len, 0);
        self.len -= len;
    }

    /// Makes room for as much as `text` bytes of plain text become.
    #[inline]
    pub fn reserve(&mut self, text: usize) {
        let needed = self.len + text + swar::GROUP;
        if self.bytes.len() < needed {
            self.bytes.resize(needed, 0);
        }
    }

    pub fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        let text = c.encode_utf8(&mut buffer).as_bytes();
        self.reserve(text.len());
        self.bytes[self.len..self.len + text.len()].copy_from_slice(text);
        self.len += text.len();
    }
}
