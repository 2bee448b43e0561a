//! Sketch text.

use super::plain::Plain;
use super::swar::{self, STRIDE};
use super::text::{Output, han};

/// Letters and digits without case, of the scripts that have most of them. What is left out here
/// is treated just as well, only slower. The hexagrams between the blocks of Han (U+4DC0 to U+4DFF)
/// are taken for letters, so that Han needs no look at each character.
static CASELESS: Plain = Plain::new(
    &[
        // Hebrew, Arabic, Devanagari, Thai
        (0x5d0, 0x5ea),
        (0x620, 0x64a),
        (0x904, 0x939),
        (0xe01, 0xe30),
        // CJK
        (0x3041, 0x3096),
        (0x30a1, 0x30fa),
        (0x30fc, 0x30fe),
        (0x3105, 0x312f),
        (0x3400, 0x9fff),
        (0xac00, 0xd7a3),
    ],
    &[(0x20000, 0x2a6df)],
);

/// White space, marks and signs, of which no sketch text is left: those that most texts have.
static GONE: Plain = Plain::new(
    &[
        (0xa0, 0xa9),
        (0xab, 0xb1),
        // General punctuation, arrows, box drawing
        (0x2000, 0x2027),
        (0x2030, 0x205e),
        (0x2190, 0x23ff),
        (0x2500, 0x2775),
        // CJK
        (0x3000, 0x3004),
        (0x3008, 0x3020),
        (0xff01, 0xff0f),
        (0xff1a, 0xff20),
        (0xff3b, 0xff40),
        (0xff5b, 0xff65),
    ],
    &[(0x1f300, 0x1f64f)],
);

/// Whether anything of a match text is [`sketch_text`].
pub fn has_sketch_text(match_text: &str) -> bool {
    match_text.chars().any(|c| match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        c => CASELESS.contains(c) || c.to_lowercase().any(char::is_alphanumeric),
    })
}

/// Appends the sketch text of a match text to `out`: case folded, only letters, digits and
/// hexagrams.
pub fn sketch_text(match_text: &str, out: &mut String) {
    let mut sketch = Sketch::default();
    sketch.push(match_text);
    out.push_str(str::from_utf8(sketch.bytes()).unwrap_or_default());
}

/// The sketch text of many blocks, one after the other.
#[derive(Debug, Default)]
pub struct Sketch(Output);

impl Sketch {
    /// With room for the sketch text of `len` bytes of match text.
    pub fn with_capacity(len: usize) -> Self {
        Self(Output::with_room(len))
    }

    /// All of it: UTF-8.
    pub fn bytes(&self) -> &[u8] {
        self.0.written()
    }

    /// Adds the [`sketch_text`] of a match text.
    pub fn push(&mut self, match_text: &str) {
        let text = match_text.as_bytes();
        self.0.reserve(text.len());
        let mut at = 0;
        while at < text.len() {
            let start = at;
            at = han(text, at..text.len(), &mut self.0);
            at = self.caseless(text, at);
            at = self.ascii(text, at);
            at += GONE.plain_len(text, at);
            if at == start
                && let Some(c) = match_text[at..].chars().next()
            {
                let lower = c.to_lowercase().filter(|c| c.is_alphanumeric());
                lower.for_each(|c| self.0.push(c));
                at += c.len_utf8();
                // A letter in lower case may be longer.
                self.0.reserve(text.len() - at);
            }
        }
    }

    /// Adds the letters without case that stand at `at`. Gives where they end.
    #[inline]
    fn caseless(&mut self, text: &[u8], mut at: usize) -> usize {
        while let Some(0x80..) = text.get(at) {
            let from = swar::stride(text, at).to_le_bytes();
            let read = CASELESS.plain_len(&from, 0);
            match self.0.room(self.0.len) {
                Some(to) if read > 0 => *to = from,
                _ => break,
            }
            at += read;
            self.0.len += read;
        }
        at
    }

    /// Adds what stays of the ASCII text that begins at `at`. Gives where that ends.
    #[inline]
    fn ascii(&mut self, text: &[u8], mut at: usize) -> usize {
        // In a variable of its own, which is a register.
        let mut len = self.0.len;
        while let Some(0..0x80) = text.get(at) {
            let bytes = swar::stride(text, at);
            let (lower, stays) = swar::letters_and_digits(bytes);
            let read = match swar::others(bytes) {
                // Not to be computed: what is read next would wait for it.
                0 => STRIDE,
                others => swar::before(others),
            };
            let gone = !stays & swar::first(read);
            let Some(to) = self.0.room(len) else {
                break;
            };
            *to = swar::close_up(lower, gone).to_le_bytes();
            len += read - swar::count(gone);
            at += read;
        }
        self.0.len = len;
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stays(c: char) -> bool {
        c.is_alphanumeric() || is_hexagram(c)
    }

    fn is_hexagram(c: char) -> bool {
        ('\u{4dc0}'..='\u{4dff}').contains(&c)
    }

    #[test]
    fn caseless_characters_are_letters_and_digits() {
        for c in CASELESS.iter() {
            assert!(stays(c) && c.to_lowercase().eq([c]), "{c:?}");
        }
    }

    #[test]
    fn nothing_is_left_of_what_is_gone() {
        for c in GONE.iter() {
            assert!(!c.to_lowercase().any(char::is_alphanumeric), "{c:?}");
        }
    }

    #[test]
    fn every_character_is_folded() {
        for c in ('\0'..='\u{323ff}').chain('\u{e0000}'..='\u{e0200}') {
            let text: String = ['a', 'Z', c, '中', c, '0'].iter().collect();
            let mut out = String::new();
            sketch_text(&text, &mut out);
            let mut own = String::new();
            sketch_text(c.encode_utf8(&mut [0; 4]), &mut own);
            assert_eq!(
                has_sketch_text(c.encode_utf8(&mut [0; 4])),
                !own.is_empty(),
                "{c:?}"
            );
            let lower = text.chars().flat_map(char::to_lowercase);
            assert_eq!(out, lower.filter(|c| stays(*c)).collect::<String>());
        }
    }
}
