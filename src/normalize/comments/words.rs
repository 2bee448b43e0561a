//! Words that are looked for at one place of a text after the other.

use super::heading::equals;

/// A list of words in lower case, and the bytes that they begin with: most places are passed by
/// a look at one byte.
pub(super) struct Words {
    list: &'static [&'static str],
    first: [bool; 256],
}

impl Words {
    pub const fn new(list: &'static [&'static str]) -> Self {
        let mut first = [false; 256];
        let mut at = 0;
        while at < list.len() {
            let byte = list[at].as_bytes()[0];
            first[byte as usize] = true;
            first[byte.to_ascii_uppercase() as usize] = true;
            // Capitals of Cyrillic begin with another byte than some of the small letters.
            if byte == 0xd1 {
                first[0xd0] = true;
            }
            at += 1;
        }
        Self { list, first }
    }

    /// Whether a word begins with `byte`.
    pub const fn may_start(&self, byte: usize) -> bool {
        self.first[byte]
    }

    /// The longest word that `text` begins with, whatever its case: a word of letters that are
    /// written together with spaces between words must end there.
    pub fn at_head(&self, text: &str) -> Option<&'static str> {
        let first = *text.as_bytes().first()?;
        if !self.first[first as usize] {
            return None;
        }
        let near = |word: &&&str| {
            let start = word.as_bytes()[0];
            start | 0x20 == first | 0x20 || start == 0xd1
        };
        let fits = |word: &&&str| {
            let head = text
                .get(..word.len())
                .is_some_and(|head| equals(head, word));
            head && (is_unspaced(word) || !continues(&text[word.len()..]))
        };
        let found = self.list.iter().filter(near).filter(fits);
        found.max_by_key(|word| word.len()).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.list.iter().copied()
    }
}

/// Whether `c` is a letter or digit of any script; quick for those that comments come in.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => true,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => false,
        '\u{fe0f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => false,
        '\u{1f300}'..='\u{1faff}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Whether a word that stands before `rest` goes on in it.
fn continues(rest: &str) -> bool {
    rest.starts_with(is_letter)
}

/// Whether a word ends with a letter of a script without spaces, or with a symbol.
pub(super) fn is_unspaced(word: &str) -> bool {
    word.ends_with(|c: char| !is_letter(c) || matches!(c, '\u{2e80}'..='\u{d7ff}'))
}
