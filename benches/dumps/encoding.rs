//! The encodings that a dump may come in.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// With a byte order mark.
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Gb18030,
    Big5,
    Windows1252,
}

impl Encoding {
    /// `text` in this encoding, if it has all its characters.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        let wide = |bytes: fn(u16) -> [u8; 2]| {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            Some(units.flat_map(bytes).collect())
        };
        match self {
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Utf8Bom => Some([b"\xef\xbb\xbf", text.as_bytes()].concat()),
            Self::Utf16Le => wide(u16::to_le_bytes),
            Self::Utf16Be => wide(u16::to_be_bytes),
            Self::Gb18030 => legacy(encoding_rs::GB18030, text),
            Self::Big5 => legacy(encoding_rs::BIG5, text),
            Self::Windows1252 => legacy(encoding_rs::WINDOWS_1252, text),
        }
    }

    /// What a page in this encoding declares.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Bom => "utf-8",
            Self::Utf16Le | Self::Utf16Be => "utf-16",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
            Self::Windows1252 => "windows-1252",
        }
    }
}

fn legacy(encoding: &'static encoding_rs::Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, unmappable) = encoding.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}
