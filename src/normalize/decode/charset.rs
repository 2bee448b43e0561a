//! The charsets that are told apart, their names and their byte order marks.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// How bytes stand for characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    Utf8,
    Utf16(Order),
    Utf32(Order),
    /// Anything else in the WHATWG Encoding Standard. Never GBK, which is read as the GB18030
    /// that contains it.
    Legacy(&'static Encoding),
}

/// Which byte of a code unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// The longer marks first: that of UTF-32LE begins with that of UTF-16LE.
const MARKS: [(&[u8], Charset); 6] = [
    (b"\xEF\xBB\xBF", Charset::Utf8),
    (b"\xFF\xFE\0\0", Charset::Utf32(Order::Little)),
    (b"\0\0\xFE\xFF", Charset::Utf32(Order::Big)),
    (b"\xFF\xFE", Charset::Utf16(Order::Little)),
    (b"\xFE\xFF", Charset::Utf16(Order::Big)),
    (b"\x84\x31\x95\x33", Charset::Legacy(GB18030)),
];

impl Charset {
    /// The charset that `encoding` stands for.
    pub fn of(encoding: &'static Encoding) -> Self {
        if encoding == UTF_8 {
            Self::Utf8
        } else if encoding == UTF_16LE {
            Self::Utf16(Order::Little)
        } else if encoding == UTF_16BE {
            Self::Utf16(Order::Big)
        } else if encoding == GBK {
            Self::Legacy(GB18030)
        } else {
            Self::Legacy(encoding)
        }
    }

    /// The charset whose byte order mark `bytes` begin with.
    pub fn of_mark(bytes: &[u8]) -> Option<Self> {
        MARKS
            .iter()
            .find(|(mark, _)| bytes.starts_with(mark))
            .map(|(_, charset)| *charset)
    }

    /// How many bytes of `bytes` are this charset's byte order mark.
    pub fn mark_len(self, bytes: &[u8]) -> usize {
        MARKS
            .iter()
            .find(|(mark, charset)| *charset == self && bytes.starts_with(mark))
            .map_or(0, |(mark, _)| mark.len())
    }

    /// The name in the WHATWG Encoding Standard, or `UTF-32LE` or `UTF-32BE`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16(Order::Little) => "UTF-16LE",
            Self::Utf16(Order::Big) => "UTF-16BE",
            Self::Utf32(Order::Little) => "UTF-32LE",
            Self::Utf32(Order::Big) => "UTF-32BE",
            Self::Legacy(encoding) => encoding.name(),
        }
    }
}

impl Order {
    /// The two bytes as a number.
    pub fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    /// The four bytes as a number.
    pub fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }
}
