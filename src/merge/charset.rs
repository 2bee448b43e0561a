//! Text in the encoding of a source, and back.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::text::Witness;

/// The encoding of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// One that the WHATWG Encoding Standard can write.
    Web(&'static Encoding),
    Utf16(Order),
    Utf32(Order),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Charset {
    pub fn of(witness: &Witness) -> Self {
        match witness.encoding.name {
            "UTF-32LE" => Self::Utf32(Order::Little),
            "UTF-32BE" => Self::Utf32(Order::Big),
            name => match Encoding::for_label(name.as_bytes()).unwrap_or(UTF_8) {
                encoding if encoding == UTF_16LE => Self::Utf16(Order::Little),
                encoding if encoding == UTF_16BE => Self::Utf16(Order::Big),
                encoding => Self::Web(encoding),
            },
        }
    }

    /// What `bytes` say, a byte order mark apart.
    pub fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Web(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Utf16(order) => {
                let units = bytes.as_chunks::<2>().0.iter().map(|unit| order.u16(*unit));
                char::decode_utf16(units)
                    .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                    .collect()
            }
            Self::Utf32(order) => {
                let units = bytes.as_chunks::<4>().0.iter().map(|unit| order.u32(*unit));
                units
                    .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
                    .collect()
            }
        }
    }

    /// The bytes that say `text`. Characters that the encoding lacks become character references if
    /// `references` are read as such; else there are no such bytes.
    pub fn encode(self, text: &str, references: bool) -> Option<Vec<u8>> {
        match self {
            Self::Web(encoding) => {
                let (bytes, _, lacking) = encoding.encode(text);
                (!lacking || references).then(|| bytes.into_owned())
            }
            Self::Utf16(order) => Some(
                text.encode_utf16()
                    .flat_map(|unit| order.bytes16(unit))
                    .collect(),
            ),
            Self::Utf32(order) => {
                Some(text.chars().flat_map(|c| order.bytes32(c.into())).collect())
            }
        }
    }
}

impl Order {
    fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    fn bytes16(self, unit: u16) -> [u8; 2] {
        match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        }
    }

    fn bytes32(self, unit: u32) -> [u8; 4] {
        match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let all = [
            Charset::Web(UTF_8),
            Charset::Web(encoding_rs::GB18030),
            Charset::Utf16(Order::Little),
            Charset::Utf16(Order::Big),
            Charset::Utf32(Order::Little),
            Charset::Utf32(Order::Big),
        ];
        for charset in all {
            let bytes = charset.encode("Tea, 茶 and 🍵", false).unwrap();
            assert_eq!(charset.decode(&bytes), "Tea, 茶 and 🍵", "{charset:?}");
        }
    }

    #[test]
    fn what_an_encoding_lacks_is_a_reference_or_nothing() {
        let latin = Charset::Web(encoding_rs::WINDOWS_1252);
        assert_eq!(latin.encode("é茶", true).unwrap(), b"\xE9&#33590;");
        assert_eq!(latin.encode("é茶", false), None);
    }
}
