//! Which charset bytes are in: what they begin with, what they are, what they say, what they
//! look like, in this order.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, UTF_8};
use memchr::{memchr, memmem};

use super::charset::Charset;
use super::declared::declared;
use super::wide;

/// The charset of `bytes`; `forced` overrides all but which byte order of UTF-16 a mark shows.
/// With it, the text, if it is valid UTF-8 without a mark that was found to be so on the way.
pub(super) fn charset<'b>(
    bytes: &'b [u8],
    forced: Option<&'static Encoding>,
) -> (Charset, Option<&'b str>) {
    let mark = Charset::of_mark(bytes);
    match (forced.map(Charset::of), mark) {
        (Some(Charset::Utf16(_)), Some(marked @ Charset::Utf16(_))) => (marked, None),
        (Some(charset), _) | (None, Some(charset)) => (charset, None),
        (None, None) => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => {
                let charset = of_valid_utf8(bytes);
                (charset, (charset == Charset::Utf8).then_some(text))
            }
            Err(_) => (of_other_bytes(bytes), None),
        },
    }
}

fn of_valid_utf8(bytes: &[u8]) -> Charset {
    let head = &bytes[..bytes.len().min(HEAD)];
    if memchr(0, head).is_some()
        && let Some(charset) = wide::form(bytes)
    {
        charset
    } else if is_iso_2022_jp(bytes) {
        Charset::Legacy(ISO_2022_JP)
    } else {
        Charset::Utf8
    }
}

fn of_other_bytes(bytes: &[u8]) -> Charset {
    if let Some(charset) = wide::form(bytes) {
        return charset;
    }
    let declared = declared(bytes);
    if is_damaged_utf8(bytes, declared == Some(UTF_8)) {
        return Charset::Utf8;
    }
    if let Some(declared) = declared
        && declared != UTF_8
        && fits(bytes, declared)
    {
        return Charset::of(declared);
    }
    Charset::of(detected(bytes))
}

/// Where the first NUL of valid UTF-8 that is really UTF-16 must stand: any text has a line end,
/// a space or an ASCII letter in its first 4 KiB.
const HEAD: usize = 4096;

/// Whether bytes, valid UTF-8, hold escape sequences of ISO-2022-JP, no byte above ASCII, and
/// nothing that is wrong in it.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    // Not many texts have an escape at all.
    memchr(b'\x1B', bytes).is_some()
        && bytes.is_ascii()
        && (memmem::find(bytes, b"\x1B$B").is_some() || memmem::find(bytes, b"\x1B$@").is_some())
        && errors(bytes, ISO_2022_JP) == 0
}

/// Whether bytes that are not valid UTF-8 are UTF-8 all the same, cut off or with broken bytes.
///
/// The rule: for each broken sequence there must be three bytes that continue a whole character;
/// for a document that says it is UTF-8, one. What a cut left of a character at either end is not
/// counted as broken, and two bytes of a character at the end suffice where there is nothing else
/// above ASCII. In the old encodings, what looks like a character of UTF-8 is chance: about one in
/// eight of Chinese, fewer of others. The first [`ENOUGH`] broken sequences decide.
fn is_damaged_utf8(bytes: &[u8], declared: bool) -> bool {
    let is_inside = |byte: &&u8| **byte & 0xC0 == 0x80;
    let head = bytes.iter().take(3).take_while(is_inside).count();
    let bytes = &bytes[head..];
    let (mut whole, mut broken, mut cut) = (0usize, 0usize, 0);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        if broken == ENOUGH {
            break;
        }
        whole += chunk.valid().as_bytes().iter().filter(is_inside).count();
        at += chunk.valid().len() + chunk.invalid().len();
        match chunk.invalid() {
            [] => {}
            rest if at == bytes.len() && is_beginning(rest) => cut = rest.len(),
            _ => broken += 1,
        }
    }
    if whole == 0 {
        return broken == 0 && cut > 1;
    }
    broken * if declared { 1 } else { 3 } <= whole
}

/// How many broken sequences are enough to judge by.
const ENOUGH: usize = 2000;

/// Whether bytes, invalid as UTF-8, would be a character if more followed.
fn is_beginning(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// Whether `bytes` decode cleanly in `encoding`: no more than one in fifty pairs of bytes above
/// ASCII may be broken, or one in all. A charset stays the same when a byte breaks, which may
/// take its neighbours with it; in a wrong one far more is broken.
fn fits(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let above = bytes.iter().filter(|byte| **byte >= 0x80).count();
    errors(bytes, encoding) <= (above / 2 / 50).max(1)
}

/// How many sequences of `bytes` are wrong in `encoding`: undecodable, or control characters.
fn errors(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(16 * 1024);
    let (mut rest, mut errors) = (bytes, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        errors += text
            .chars()
            .filter(|char| matches!(char, '\u{80}'..='\u{9F}'))
            .count();
        text.clear();
        match result {
            DecoderResult::InputEmpty => return errors,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => errors += 1,
        }
    }
}

/// How many bytes are given to the detector.
const SAMPLE: usize = 6 * 1024;

/// The encoding that `bytes` look like, from the first few KB that are not ASCII.
fn detected(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    let guess = guess(&sample);
    if !guess.is_single_byte() {
        return guess;
    }
    // One broken byte rules an encoding with double bytes out, so ask again without it.
    let (first, second) = sample.split_at(middle(&sample));
    [first, second]
        .into_iter()
        .map(self::guess)
        .find(|guess| !guess.is_single_byte() && fits(bytes, guess))
        .unwrap_or(guess)
}

fn guess(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    detector.guess(None, Utf8Detection::Deny)
}

/// The passages of `bytes` around those that are not ASCII, up to the size of a sample: what
/// matters may come after a hundred KB of ASCII, or after a lone sign at the head.
fn sample(bytes: &[u8]) -> Vec<u8> {
    /// How much ASCII is kept before a passage, and how much ends one.
    const MARGIN: usize = 32;
    let mut sample = Vec::with_capacity(SAMPLE);
    let mut rest = bytes;
    while sample.len() < SAMPLE {
        let ascii = Encoding::ascii_valid_up_to(rest);
        rest = &rest[ascii.saturating_sub(MARGIN)..];
        let mut end = ascii.min(MARGIN);
        while end < rest.len() && sample.len() + end < SAMPLE {
            let ascii = Encoding::ascii_valid_up_to(&rest[end..rest.len().min(end + MARGIN)]);
            end += ascii;
            if ascii == MARGIN {
                break;
            }
            end += 1;
        }
        let end = end.min(rest.len());
        sample.extend_from_slice(&rest[..end]);
        rest = &rest[end..];
        if rest.is_empty() {
            break;
        }
    }
    sample
}

/// Near the middle of `sample`, where a character begins in any encoding: at a line's end, or
/// else at a space.
fn middle(sample: &[u8]) -> usize {
    let half = sample.len() / 2;
    let second = &sample[half..];
    memchr(b'\n', second)
        .or_else(|| memchr(b' ', second))
        .map_or(half, |at| half + at)
}
