//! Rule 1: bytes -> decoded text, with the way back and the damage.
//!
//! [`sniff`] says which charset it is, [`unicode_forms`] and [`legacy`] read it, a
//! [`transcript`] keeps text, way back and damage together, and [`mojibake`] looks for text that
//! was read in the wrong encoding before it came here.

mod binary;
mod charset;
mod declared;
mod legacy;
mod mojibake;
mod sniff;
#[cfg(test)]
mod tests;
mod transcript;
mod unicode_forms;
mod wide;

use std::borrow::Cow;

use self::charset::Charset;
use self::transcript::Transcript;
use crate::text::{Damage, DecodeMap, Encoding};

pub use self::binary::is_binary;

/// Text, and how it was read from bytes.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    /// The text, without byte order mark; borrowed from the source where it is valid UTF-8.
    pub text: Cow<'b, str>,
    /// What it was decoded from.
    pub encoding: Encoding,
    /// Offsets in `text` to offsets in the source.
    pub map: DecodeMap,
    /// What is wrong with it: what could not be decoded, and mojibake, in source order. Source
    /// spans; `line` is filled in later.
    pub damage: Vec<Damage>,
}

/// Mojibake of a decoded text.
pub(crate) struct Misread(Vec<mojibake::Passage>);

impl Decoded<'_> {
    /// The mojibake in it.
    pub fn misread(&self) -> Misread {
        Misread(mojibake::find(&self.text))
    }

    /// Notes mojibake as damage.
    pub fn note(&mut self, misread: &Misread) {
        if !misread.0.is_empty() {
            mojibake::record(self, &misread.0);
        }
    }

    /// Puts mojibake right, where the round trip is exact.
    pub fn repair(&mut self, misread: &Misread) {
        if !misread.0.is_empty() {
            mojibake::repair(self, &misread.0);
        }
    }
}

/// Decodes `bytes` and looks for mojibake; `repair` puts it right. See [`read`].
pub(crate) fn decode<'b>(
    bytes: &'b [u8],
    forced: Option<&'static encoding_rs::Encoding>,
    repair: bool,
) -> Decoded<'b> {
    let mut decoded = read(bytes, forced);
    let misread = decoded.misread();
    decoded.note(&misread);
    if repair {
        decoded.repair(&misread);
    }
    decoded
}

/// Decodes `bytes`. `forced` overrides what they declare and look like. Mojibake is not looked for.
pub(crate) fn read<'b>(
    bytes: &'b [u8],
    forced: Option<&'static encoding_rs::Encoding>,
) -> Decoded<'b> {
    let (charset, valid) = sniff::charset(bytes, forced);
    let mark = charset.mark_len(bytes);
    let encoding = Encoding {
        name: charset.name(),
        bom: mark > 0,
    };
    let rest = &bytes[mark..];
    let valid = match (valid, charset) {
        (None, Charset::Utf8) => simdutf8::basic::from_utf8(rest).ok(),
        _ => valid,
    };
    if let Some(text) = valid {
        return Decoded {
            text: Cow::Borrowed(text),
            encoding,
            map: DecodeMap::identity(mark),
            damage: Vec::new(),
        };
    }
    let mut transcript = Transcript::new(mark);
    match charset {
        Charset::Utf8 => unicode_forms::utf8(rest, &mut transcript),
        Charset::Utf16(order) => unicode_forms::utf16(rest, order, &mut transcript),
        Charset::Utf32(order) => unicode_forms::utf32(rest, order, &mut transcript),
        Charset::Legacy(encoding) => legacy::decode(rest, encoding, &mut transcript),
    }
    transcript.finish(encoding)
}
