//! NFKC without white space, at speed: what [`compatibility::fold`] gives, without the way back.

use super::compatibility::{self, PLAIN};
use super::swar::{self, STRIDE};

/// Folded text as it is written: `bytes[..len]`, with room for what comes. A stride is written at
/// a time, of which as much is kept as is text: a copy of fixed length takes no branch.
struct Output<'o> {
    bytes: &'o mut Vec<u8>,
    len: usize,
}

/// Writes the fold of `canonical` into `buffer`, which grows as needed, from `start` on. Gives
/// where it ends; up to there it is whole characters, and after that the buffer holds anything.
pub(super) fn fold(canonical: &str, buffer: &mut Vec<u8>, start: usize) -> usize {
    let text = canonical.as_bytes();
    let mut out = Output {
        bytes: buffer,
        len: start,
    };
    let mut at = 0;
    while at < text.len() {
        out.reserve(text.len() - at);
        at = plain(text, at, &mut out);
        if at < text.len() {
            at = cluster(canonical, at, &mut out);
        }
    }
    out.len
}

/// Folds from `at` on what needs no tables but [`PLAIN`]. Gives where that ends.
fn plain(text: &[u8], at: usize, out: &mut Output<'_>) -> usize {
    let at = strides(text, at, out);
    let rest = &text[at..];
    if rest.is_empty() || rest.len() >= STRIDE {
        return at;
    }
    // The last bytes, made up to whole strides with bytes that no text has.
    let mut last = [0xff; 2 * STRIDE];
    last[..rest.len()].copy_from_slice(rest);
    at + strides(&last, 0, out)
}

/// [`plain`], as far as there are whole strides.
#[inline(never)]
fn strides(text: &[u8], mut at: usize, out: &mut Output<'_>) -> usize {
    // Both in variables of their own, which are registers.
    let bytes = out.bytes.as_mut_slice();
    let mut len = out.len;
    while let Some(from) = text.get(at..).and_then(<[u8]>::first_chunk)
        && let Some(to) = bytes.get_mut(len..).and_then(<[u8]>::first_chunk_mut)
    {
        let (read, written) = match from[0] {
            // Han characters from U+4000 on: most of Chinese text.
            0xe4..=0xe9 => {
                *to = *from;
                (3, 3)
            }
            0..0x80 => words(from, to),
            0xef if let Some(ascii) = narrow(from) => {
                to[0] = ascii;
                (3, 1)
            }
            _ => match PLAIN.plain_len(from, 0) {
                0 => break,
                both => {
                    *to = *from;
                    (both, both)
                }
            },
        };
        at += read;
        len += written;
    }
    out.len = len;
    at
}

/// The ASCII character whose full-width form `from` begins with, the punctuation of Chinese text.
#[inline]
fn narrow(from: &[u8; STRIDE]) -> Option<u8> {
    match (from[1], from[2]) {
        (0xbc, third @ 0x81..) => Some(third - 0x81 + b'!'),
        (0xbd, third @ ..0x9f) => Some(third - 0x80 + b'`'),
        _ => None,
    }
}

/// Writes the ASCII characters that `from` begins with, but for white space. Gives how many
/// were read and written.
#[inline]
fn words(from: &[u8; STRIDE], to: &mut [u8; STRIDE]) -> (usize, usize) {
    let bytes = u64::from_le_bytes(*from);
    let spaces = swar::within(bytes, b' ', b' ' + 1) | swar::within(bytes, b'\t', b'\r' + 1);
    *to = swar::close_up(bytes, spaces).to_le_bytes();
    match swar::others(bytes) {
        // Not to be computed: what is read next would wait for it.
        0 => (STRIDE, STRIDE - swar::count(spaces)),
        others => {
            let read = swar::before(others);
            (read, read - swar::count(spaces & swar::first(read)))
        }
    }
}

/// Folds the cluster of the character at `at`, taking back the character before it if they are
/// joined. Gives its end.
#[cold]
fn cluster(canonical: &str, mut at: usize, out: &mut Output<'_>) -> usize {
    if compatibility::is_joined(canonical, at)
        && let Some(before) = canonical[..at].chars().next_back()
        && !before.is_whitespace()
    {
        at -= before.len_utf8();
        out.len -= match compatibility::narrow(before) {
            Some(_) => 1,
            None => before.len_utf8(),
        };
    }
    let end = compatibility::cluster_end(canonical, at);
    compatibility::fold_cluster(&canonical[at..end], |c| out.push(c));
    end
}

impl Output<'_> {
    /// Makes room for as much as `text` bytes of plain text become.
    fn reserve(&mut self, text: usize) {
        let needed = self.len + text + STRIDE;
        if self.bytes.len() < needed {
            self.bytes.resize(needed, 0);
        }
    }

    fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        let text = c.encode_utf8(&mut buffer).as_bytes();
        self.reserve(text.len());
        self.bytes[self.len..self.len + text.len()].copy_from_slice(text);
        self.len += text.len();
    }
}
