//! Files that are no text.

use super::charset::Charset;
use super::wide;

/// How much of a file is looked at, in bytes.
const PREFIX: usize = 8192;

/// What files of well-known formats begin with, where no text begins so.
const MAGIC: [&[u8]; 25] = [
    b"\x89PNG\r\n\x1A\n",
    b"\xFF\xD8\xFF",                     // JPEG
    b"PK\x03\x04",                       // ZIP, and what is built on it: EPUB, DOCX, JAR
    b"PK\x05\x06",                       // an empty ZIP
    b"\x1F\x8B\x08",                     // gzip
    b"BZh91AY&SY",                       // bzip2
    b"\xFD7zXZ\0",                       // xz
    b"\x28\xB5\x2F\xFD",                 // Zstandard
    b"7z\xBC\xAF\x27\x1C",               // 7-Zip
    b"Rar!\x1A\x07",                     // RAR
    b"\x7FELF",                          // ELF
    b"MZ\x90\0",                         // Windows executables
    b"\xCA\xFE\xBA\xBE",                 // Java classes, Mach-O
    b"\xCF\xFA\xED\xFE",                 // Mach-O
    b"\0asm",                            // WebAssembly
    b"SQLite format 3\0",                // SQLite
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", // DOC, XLS, PPT
    b"wOFF\0",                           // WOFF
    b"wOF2\0",                           // WOFF2
    b"\0\x01\0\0\0",                     // TrueType
    b"OTTO\0",                           // OpenType
    b"\0\0\x01\0\x01\0",                 // icons
    b"II*\0",                            // TIFF
    b"MM\0*",                            // TIFF
    b"OggS\0",                           // Ogg
];

/// Formats whose first bytes could begin a text about them; the bytes must not be UTF-8 either.
const WORDS: [&[u8]; 6] = [b"GIF87a", b"GIF89a", b"%PDF-", b"RIFF", b"ID3", b"fLaC"];

/// Whether the bytes are no text: they begin like a well-known binary format, or more than one in
/// twenty is a control character, NUL above all, and they are not UTF-16 or UTF-32. One stray NUL
/// does not make a file binary. Looks at the first 8 KiB.
pub fn is_binary(bytes: &[u8]) -> bool {
    let prefix = &bytes[..bytes.len().min(PREFIX)];
    if MAGIC.iter().any(|magic| prefix.starts_with(magic)) {
        return true;
    }
    if Charset::of_mark(prefix).is_some() {
        return false;
    }
    if WORDS.iter().any(|word| prefix.starts_with(word)) {
        return prefix.contains(&0)
            || simdutf8::basic::from_utf8(prefix).is_err()
            || is_pdf(prefix);
    }
    let control = prefix
        .iter()
        .filter(|byte| wide::is_control(**byte))
        .count();
    control > 3 && control * 20 > prefix.len() && wide::form(prefix).is_none()
}

/// Whether the first line is that of a PDF and nothing more; some hold ASCII only.
fn is_pdf(prefix: &[u8]) -> bool {
    matches!(
        prefix,
        [
            b'%',
            b'P',
            b'D',
            b'F',
            b'-',
            b'0'..=b'9',
            b'.',
            b'0'..=b'9',
            b'\r' | b'\n',
            ..
        ]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn text_is_not_binary() {
        let lesson = "第一课：字符串以 \0 结束。".repeat(30);
        for (name, text) in [
            ("empty", Vec::new()),
            ("ASCII", b"plain text\n".to_vec()),
            ("one stray NUL in a short text", b"a\0b".to_vec()),
            ("stray NULs in a lesson", lesson.into_bytes()),
            ("UTF-16", utf16("plain text, in two bytes each\n")),
            (
                "UTF-16 Chinese",
                utf16("数据库索引的选择，取决于查询。\n第二行。\n"),
            ),
            ("terminal colours", b"\x1B[31mred\x1B[0m\n".repeat(20)),
            ("about GIF", b"GIF89a is a format of pictures.".to_vec()),
            ("about PDF", b"%PDF-1.4 is what a PDF begins with.".to_vec()),
            ("about ID3", b"ID3 tags hold the title of a song.".to_vec()),
            ("GBK", encoding_rs::GBK.encode("数据库索引").0.into_owned()),
        ] {
            assert!(!is_binary(&text), "{name}");
        }
    }

    #[test]
    fn other_files_are() {
        let mut noise = 1u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as u8
        })
        .take(4000)
        .collect();
        for (name, bytes) in [
            ("PNG", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec()),
            ("PDF", b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj".to_vec()),
            ("a PDF in ASCII", b"%PDF-1.4\n1 0 obj\n".to_vec()),
            ("GIF", b"GIF89a\x10\0\x10\0\x80\0\0".to_vec()),
            ("noise", noise),
            (
                "records",
                b"\x01\0\0\0name\0\0\0\0\x02\0\0\0more\0\0\0\0".repeat(9),
            ),
        ] {
            assert!(is_binary(&bytes), "{name}");
        }
    }
}
