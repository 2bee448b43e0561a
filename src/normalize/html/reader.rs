//! How the tokenizer reads: what stands between two signs of markup in one piece.

use std::convert::Infallible;

use html5gum::Reader;
use memchr::memchr3;

/// The rest of a text. Gives CR LF in text as it is, which the tokenizer would have as one newline:
/// the text is taken from the source, and where it is not, nobody asks for its newlines.
pub(super) struct Source<'s> {
    rest: &'s [u8],
}

impl<'s> Source<'s> {
    pub fn new(rest: &'s [u8]) -> Self {
        Self { rest }
    }

    #[inline(always)]
    fn take(&mut self, len: usize) -> &'s [u8] {
        let (taken, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        taken
    }
}

impl Reader for Source<'_> {
    type Error = Infallible;

    #[inline(always)]
    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        let byte = self.rest.split_off_first().copied();
        Ok(byte)
    }

    #[inline(always)]
    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        let is_next = self
            .rest
            .get(..text.len())
            .is_some_and(|next| match case_sensitive {
                true => next == text,
                false => next.eq_ignore_ascii_case(text),
            });
        if is_next {
            self.take(text.len());
        }
        Ok(is_next)
    }

    // Inlined, so that the compiler, which knows what is looked for, makes the choice.
    #[inline(always)]
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        _: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Infallible> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let len = match needle {
            b"&<\0\r" => text_len(self.rest),
            TAG_NAME_ENDS => name_len(IN_TAG_NAME, self.rest),
            ATTRIBUTE_NAME_ENDS => name_len(IN_ATTRIBUTE_NAME, self.rest),
            _ => value_len(needle, self.rest),
        };
        Ok(Some(self.take(len.max(1))))
    }
}

/// How much text comes before the next markup.
#[inline]
pub(super) fn text_len(rest: &[u8]) -> usize {
    let (near, far) = rest.split_at(rest.len().min(NEAR));
    match value_len(b"&<\0", near) {
        NEAR => NEAR + memchr3(b'&', b'<', 0, far).unwrap_or(far.len()),
        len => len,
    }
}

/// How far is looked in steps of eight bytes, because a fast search takes long to begin.
const NEAR: usize = 32;

/// How much comes before the first of the few bytes in `needle`.
#[inline(always)]
pub(super) fn value_len(needle: &[u8], rest: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (words, last) = rest.as_chunks::<8>();
    for (nth, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        // The high bit of each byte that is in the needle, and of some behind the first one.
        let found = needle.iter().fold(0, |found, byte| {
            let other = word ^ (ONES * u64::from(*byte));
            found | other.wrapping_sub(ONES) & !other
        });
        let found = found & (ONES << 7);
        if found != 0 {
            return 8 * nth + found.trailing_zeros() as usize / 8;
        }
    }
    let is_in = |byte: &u8| needle.iter().any(|other| other == byte);
    let at = last.iter().position(is_in);
    rest.len() - last.len() + at.unwrap_or(last.len())
}

/// How much of a name comes before what ends it.
#[inline(always)]
pub(super) fn name_len(inside: u8, rest: &[u8]) -> usize {
    let ends = |byte: &u8| NAMES[usize::from(*byte)] & inside == 0;
    rest.iter().position(ends).unwrap_or(rest.len())
}

/// What the tokenizer looks for in a tag's name and in an attribute's.
const TAG_NAME_ENDS: &[u8] = b"\t\n\x0C />\0\r";
const ATTRIBUTE_NAME_ENDS: &[u8] = b"\t\n\x0C />=\0\"'<\r";

pub(super) const IN_TAG_NAME: u8 = 1;
pub(super) const IN_ATTRIBUTE_NAME: u8 = 2;

/// In which names each byte goes on.
static NAMES: [u8; 256] = {
    let mut table = [IN_TAG_NAME | IN_ATTRIBUTE_NAME; 256];
    let mut at = 0;
    while at < TAG_NAME_ENDS.len() {
        table[TAG_NAME_ENDS[at] as usize] &= !IN_TAG_NAME;
        at += 1;
    }
    at = 0;
    while at < ATTRIBUTE_NAME_ENDS.len() {
        table[ATTRIBUTE_NAME_ENDS[at] as usize] &= !IN_ATTRIBUTE_NAME;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All that the tokenizer looks for, in its order.
    const NEEDLES: [&[u8]; 12] = [
        b"&<\0\r",
        b"<\0\r",
        b"\0\r",
        TAG_NAME_ENDS,
        ATTRIBUTE_NAME_ENDS,
        b"-<\0\r",
        b"\"&\0\r",
        b"'&\0\r",
        b"\t\n\x0C &>\0\"'<=`\r",
        b">\0\r",
        b"]\r",
        b"\t\n\x0C >\0\r",
    ];

    proptest! {
        #[test]
        fn pieces_end_before_what_is_looked_for(
            text in "([a-z]{0,12}[ \r\n&<>/=\"'\0`\\]é-]{0,2}|[a-z]{30,70}){0,6}", needle in 0..12_usize,
        ) {
            let needle = NEEDLES[needle];
            let mut source = Source::new(text.as_bytes());
            let (mut read, mut buffer) = (0, [0; 4]);
            while let Some(piece) = source.read_until(needle, &mut buffer).unwrap() {
                let rest = &text.as_bytes()[read..];
                let is_text = needle == b"&<\0\r";
                let ends = |byte: &u8| needle.contains(byte) && !(is_text && *byte == b'\r');
                let expected = rest.iter().position(ends).unwrap_or(rest.len()).max(1);
                prop_assert_eq!(piece, &rest[..expected]);
                read += expected;
            }
            prop_assert_eq!(read, text.len());
        }
    }
}
