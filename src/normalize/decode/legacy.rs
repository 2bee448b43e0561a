//! The charsets that are not Unicode, decoded by `encoding_rs` with the source length of every
//! character.

use encoding_rs::{
    BIG5, DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, REPLACEMENT, SHIFT_JIS,
};

use super::transcript::Transcript;

/// Reads `bytes`, which are in `encoding`, one that is neither UTF-8 nor UTF-16.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding, out: &mut Transcript) {
    if encoding == REPLACEMENT {
        // Labels of charsets that the standard refuses to read.
        if !bytes.is_empty() {
            out.push_undecodable(bytes.len());
        }
    } else if encoding == ISO_2022_JP {
        stateful(bytes, encoding, out);
    } else if encoding == GB18030 {
        stateless(bytes, encoding, out, gb18030);
    } else if encoding == BIG5 {
        stateless(bytes, encoding, out, big5);
    } else if encoding == EUC_KR {
        stateless(bytes, encoding, out, double_byte);
    } else if encoding == SHIFT_JIS {
        stateless(bytes, encoding, out, shift_jis);
    } else if encoding == EUC_JP {
        stateless(bytes, encoding, out, euc_jp);
    } else {
        stateless(bytes, encoding, out, single_byte);
    }
}

/// Bytes decoded at a time: the decoded text of one stays in the cache until it is noted.
const PIECE: usize = 8 * 1024;

/// What one unit of an encoding is: its length in bytes, and how many characters it stands for.
type Unit = (usize, usize);

/// Reads an encoding in which what a byte means depends on nothing before its unit, so that text
/// can be decoded in bulk and units be told from their bytes: `unit` gives the valid one that its
/// argument begins with, the byte 0x80 or one above.
fn stateless(
    bytes: &[u8],
    encoding: &'static Encoding,
    out: &mut Transcript,
    unit: impl Fn(&[u8]) -> Unit,
) {
    let base = out.source();
    out.text.reserve(bytes.len() + bytes.len() / 4);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut at = 0;
    loop {
        let piece = &bytes[at..bytes.len().min(at + PIECE)];
        let last = at + piece.len() == bytes.len();
        if let Some(most) = decoder.max_utf8_buffer_length_without_replacement(piece.len()) {
            out.text.reserve(most);
        }
        let (result, read) =
            decoder.decode_to_string_without_replacement(piece, &mut out.text, last);
        at += read;
        note_units(&bytes[out.source() - base..], out, &unit);
        match result {
            DecoderResult::InputEmpty if last => break,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, beyond) => {
                let end = at - usize::from(beyond);
                debug_assert_eq!(out.source() - base, end - usize::from(bad));
                out.push_undecodable((base + end).saturating_sub(out.source()));
                // What was read beyond is read again: a fresh decoder is in the same state.
                at = end;
                decoder = encoding.new_decoder_without_bom_handling();
            }
        }
    }
}

/// Notes the characters of `out.text` that were not noted yet; `source` begins with theirs.
fn note_units(mut source: &[u8], out: &mut Transcript, unit: &impl Fn(&[u8]) -> Unit) {
    while let (Some(lead), Some(first)) = (out.text.as_bytes().get(out.noted()), source.first()) {
        let len = if *first < 0x80 {
            let decoded = &out.text.as_bytes()[out.noted()..];
            let ascii = Encoding::ascii_valid_up_to(&decoded[..decoded.len().min(source.len())]);
            let ascii = Encoding::ascii_valid_up_to(&source[..ascii]).max(1);
            out.note_run(1, 1, ascii);
            ascii
        } else {
            let (len, characters) = unit(source);
            out.note(utf8_len(*lead), len);
            for _ in 1..characters {
                let lead = out.text.as_bytes().get(out.noted()).copied();
                out.note(lead.map_or(0, utf8_len), 0);
            }
            len
        };
        source = source.get(len..).unwrap_or_default();
    }
}

/// Length of the UTF-8 character that begins with `lead`.
fn utf8_len(lead: u8) -> usize {
    match lead {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

fn single_byte(_: &[u8]) -> Unit {
    (1, 1)
}

fn double_byte(_: &[u8]) -> Unit {
    (2, 1)
}

fn gb18030(bytes: &[u8]) -> Unit {
    match bytes {
        [0x80, ..] => (1, 1),
        [_, b'0'..=b'9', ..] => (4, 1),
        _ => (2, 1),
    }
}

/// Four units of Big5 stand for a letter and a combining mark.
fn big5(bytes: &[u8]) -> Unit {
    match bytes {
        [0x88, 0x62 | 0x64 | 0xA3 | 0xA5, ..] => (2, 2),
        _ => (2, 1),
    }
}

fn shift_jis(bytes: &[u8]) -> Unit {
    match bytes {
        [0x80 | 0xA1..=0xDF, ..] => (1, 1),
        _ => (2, 1),
    }
}

fn euc_jp(bytes: &[u8]) -> Unit {
    match bytes {
        [0x8F, ..] => (3, 1),
        _ => (2, 1),
    }
}

/// Reads an encoding with escape sequences, byte by byte. A byte that gives no character, such as
/// one of an escape sequence, belongs to the next character, or to the last one if none follows.
fn stateful(bytes: &[u8], encoding: &'static Encoding, out: &mut Transcript) {
    let base = out.source();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut at = 0;
    // After a broken escape sequence its second byte is text, and comes with the next step.
    let mut held_back = false;
    // One step beyond the end flushes the decoder.
    while at <= bytes.len() {
        let last = at == bytes.len();
        let byte = &bytes[at..bytes.len().min(at + 1)];
        out.text.reserve(16);
        let (result, read) =
            decoder.decode_to_string_without_replacement(byte, &mut out.text, last);
        at += read;
        let (bad, beyond) = match result {
            DecoderResult::Malformed(bad, beyond) => (usize::from(bad), usize::from(beyond)),
            _ => (0, 0),
        };
        let end = (base + at).saturating_sub(bad + beyond);
        while let Some(char) = out.text[out.noted()..].chars().next() {
            let is_alone = std::mem::take(&mut held_back) && is_single(char);
            let source_len = if is_alone {
                1
            } else {
                end - out.source().min(end)
            };
            out.note(char.len_utf8(), source_len);
        }
        if bad > 0 {
            out.push_undecodable((end + bad).saturating_sub(out.source()));
            held_back = bytes
                .get(out.source() - base)
                .is_some_and(|byte| beyond == 1 && *byte != ESCAPE);
        } else if last {
            break;
        }
    }
    out.widen_last((base + bytes.len()).saturating_sub(out.source()));
}

const ESCAPE: u8 = 0x1B;

/// Whether a character of ISO-2022-JP has one byte: ASCII, or half-width kana.
fn is_single(char: char) -> bool {
    char.is_ascii() || matches!(char, '\u{FF61}'..='\u{FF9F}')
}
