//! Words that are looked for at one place of a text after the other.

/// Which words of a list may begin at a place, by its first bytes: a quick no, which most places
/// of a text get.
#[derive(Debug)]
pub(super) struct Heads([u64; 16]);

impl Heads {
    /// The heads of `words`, which are in lower case.
    pub const fn new(words: &[&str]) -> Self {
        let mut heads = Self([0; 16]);
        heads.add_all(words);
        heads
    }

    pub const fn add_all(&mut self, words: &[&str]) {
        let mut at = 0;
        while at < words.len() {
            self.add(words[at]);
            at += 1;
        }
    }

    pub const fn add(&mut self, word: &str) {
        let bytes = word.as_bytes();
        if let [first @ ..0x80] = bytes {
            // Anything may follow.
            let mut second = 0;
            while second < 32 {
                self.set(spot(*first, second, 0));
                second += 1;
            }
        } else if let [first, second, ..] = bytes {
            self.set(spot(
                *first,
                *second,
                if bytes.len() > 2 { bytes[2] } else { 0 },
            ));
        }
    }

    const fn set(&mut self, spot: usize) {
        self.0[spot / 64] |= 1 << (spot % 64);
    }

    /// Whether a word may begin `text`, whatever its case.
    #[inline]
    pub fn may_begin(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
        let [first, second] = [at(0), at(1)];
        // A letter that is not ASCII may have another case.
        if first < 0x80 && second >= 0x80 || (0xc0..0xe0).contains(&first) {
            return first != 0;
        }
        let spot = spot(first, second, at(2));
        self.0[spot / 64] >> (spot % 64) & 1 == 1
    }
}

/// The bit for texts that begin with these bytes: of ASCII two count, without case, and of
/// scripts without case the first character.
#[inline]
const fn spot(first: u8, second: u8, third: u8) -> usize {
    if first < 0x80 {
        return (first as usize & 31) << 5 | (second as usize & 31);
    }
    let code = (first as u32 & 15) << 12 | (second as u32 & 63) << 6 | (third as u32 & 63);
    (code.wrapping_mul(0x9e37_79b9) >> 22) as usize
}

/// Words in lower case with what they mean, sorted by their first byte, the longest first.
#[derive(Debug)]
pub(super) struct Words<T = ()> {
    list: Vec<(&'static str, T)>,
    heads: Heads,
    /// Where the words that begin with each byte stand.
    starts: [u16; 257],
    /// The bytes that words end with.
    ends: [bool; 256],
}

impl Words {
    pub fn new(words: &[&'static str]) -> Self {
        Self::with_meaning(words.iter().map(|word| (*word, ())))
    }
}

impl<T: Copy> Words<T> {
    pub fn with_meaning(words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut list: Vec<(&str, T)> = words.filter(|(word, _)| !word.is_empty()).collect();
        list.sort_by_key(|(word, _)| (word.as_bytes()[0], std::cmp::Reverse(word.len())));
        let mut starts = [0; 257];
        let mut ends = [false; 256];
        let mut heads = Heads::new(&[]);
        for (word, _) in &list {
            heads.add(word);
            starts[word.as_bytes()[0] as usize + 1] += 1;
            ends[word.as_bytes()[word.len() - 1] as usize] = true;
        }
        for at in 0..256 {
            starts[at + 1] += starts[at];
        }
        Self {
            list,
            heads,
            starts,
            ends,
        }
    }

    /// The longest word that `text` begins with, whatever its case: a word of a script with
    /// spaces between words must end there.
    #[inline]
    pub fn at_head(&self, text: &str) -> Option<(&'static str, T)> {
        match self.heads.may_begin(text) {
            true => self.longest_at_head(text),
            false => None,
        }
    }

    fn longest_at_head(&self, text: &str) -> Option<(&'static str, T)> {
        let first = text.as_bytes().first()?.to_ascii_lowercase();
        let found = self.at_head_from(first, text);
        // Some capitals of Cyrillic begin with another byte than the small letters.
        match first {
            0xd0 => found.or_else(|| self.at_head_from(0xd1, text)),
            _ => found,
        }
    }

    fn at_head_from(&self, first: u8, text: &str) -> Option<(&'static str, T)> {
        let first = first as usize;
        let near = self.starts[first] as usize..self.starts[first + 1] as usize;
        let fits = |(word, _): &&(&str, T)| {
            begins(text, word) && (is_unspaced(word) || !text[word.len()..].starts_with(is_letter))
        };
        self.list[near].iter().find(fits).copied()
    }

    /// The longest word that `text` ends with, but for one that it is.
    pub fn at_end(&self, text: &str) -> Option<&'static str> {
        let last = text.as_bytes().last()?.to_ascii_lowercase();
        if !self.ends[last as usize] {
            return None;
        }
        let fits = |word: &&str| {
            let at = text.len().saturating_sub(word.len());
            text.split_at_checked(at).is_some_and(|(before, tail)| {
                let alone = is_unspaced(word) || !before.ends_with(is_letter);
                !before.is_empty() && alone && tail.len() == word.len() && begins(tail, word)
            })
        };
        let words = self.list.iter().map(|(word, _)| *word);
        words.filter(fits).max_by_key(|word| word.len())
    }
}

/// Whether `text` begins with `word`, which is in lower case.
fn begins(text: &str, word: &str) -> bool {
    let head = text.as_bytes().get(..word.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
        || has_foreign_case(word)
            && text
                .get(..word.len())
                .is_some_and(|head| equals(head, word))
}

/// Whether both read the same without case; `lower` is in lower case.
pub(super) fn equals(text: &str, lower: &str) -> bool {
    text.len() == lower.len()
        && (text.eq_ignore_ascii_case(lower)
            || has_foreign_case(lower)
                && text.chars().flat_map(char::to_lowercase).eq(lower.chars()))
}

/// Whether a word has letters with case that are not ASCII. Scripts from three bytes a character
/// on have no case.
fn has_foreign_case(word: &str) -> bool {
    word.as_bytes().first().is_some_and(|first| *first < 0xe0) && !word.is_ascii()
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

/// Whether a word ends with a letter of a script without spaces, or with a symbol.
fn is_unspaced(word: &str) -> bool {
    match word.as_bytes().last() {
        Some(last) if last.is_ascii() => !last.is_ascii_alphanumeric(),
        _ => word.ends_with(|c: char| !is_letter(c) || matches!(c, '\u{2e80}'..='\u{d7ff}')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_both_ends() {
        let words = Words::new(&["on", "posted on", "发表于", "от", "a dit", "é"]);
        let head = |text: &str| words.at_head(text).map_or("", |(word, ())| word);
        let end = |text: &str| words.at_end(text).unwrap_or("");
        for (text, word) in [
            ("on 2", "on"),
            ("One", ""),
            ("Posted On x", "posted on"),
            ("发表于今天", "发表于"),
            ("ОТ кого", "от"),
            ("отец", ""),
            ("É", "é"),
            ("", ""),
            ("发表", ""),
            ("ON", "on"),
        ] {
            assert_eq!(head(text), word, "{text}");
        }
        for (text, word) in [
            ("Ann on", "on"),
            ("Jason", ""),
            ("Ann posted ON", "posted on"),
            ("小明发表于", "发表于"),
            ("on", ""),
            ("", ""),
            ("明于", ""),
        ] {
            assert_eq!(end(text), word, "{text}");
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        let wrong = ('\0'..='\u{fffff}').find(|c| is_letter(*c) != c.is_alphanumeric());
        assert_eq!(wrong, None);
    }
}
