//! Rule 1: bytes -> decoded text, with the way back and the damage.

use std::borrow::Cow;

use crate::text::{Damage, DecodeMap, Encoding};

/// Text, and how it was read from bytes.
#[derive(Debug)]
pub(crate) struct Decoded<'b> {
    /// The text, without byte order mark; borrowed from the source where it is valid UTF-8.
    pub text: Cow<'b, str>,
    /// What it was decoded from.
    pub encoding: Encoding,
    /// Offsets in `text` to offsets in the source.
    pub map: DecodeMap,
    /// What is wrong with it. Source spans; `line` is filled in later.
    pub damage: Vec<Damage>,
}

/// Decodes `bytes`. `forced` overrides what they declare and look like; `repair` puts mojibake
/// right where the round trip is exact.
pub(crate) fn decode<'b>(
    bytes: &'b [u8],
    forced: Option<&'static encoding_rs::Encoding>,
    repair: bool,
) -> Decoded<'b> {
    let _ = (bytes, forced, repair);
    todo!("helper: decode")
}

/// Whether the bytes are no text: NUL bytes are dense in them, and they are not UTF-16 or UTF-32.
/// One stray NUL does not make a file binary.
pub fn is_binary(bytes: &[u8]) -> bool {
    let _ = bytes;
    todo!("helper: decode")
}
