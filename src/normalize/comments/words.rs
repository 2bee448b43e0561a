//! Words that are looked for at one place of a text after the other.

/// Which words of a list may begin at a place, by their first two characters: a quick no, which
/// most places of a text get.
#[derive(Debug)]
pub(super) struct Heads([u64; SPOTS / 64]);

impl Heads {
    /// The heads of `words`, which are in lower case.
    pub const fn new(words: &[&str]) -> Self {
        let mut heads = Self([0; SPOTS / 64]);
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
        let word = word.as_bytes();
        let spot = match pair_of(word) {
            Some(spot) => spot,
            None => spot_of(word),
        };
        // Any letter may follow a word of one.
        let spots = if word.len() > 1 { 1 } else { ONE_LETTER };
        let mut at = 0;
        while at < spots {
            self.0[(spot + at) / 64] |= 1 << ((spot + at) % 64);
            at += 1;
        }
    }

    /// Adds the heads of other words.
    pub fn join(mut self, others: &Self) -> Self {
        let pairs = self.0.iter_mut().zip(&others.0);
        pairs.for_each(|(one, other)| *one |= other);
        self
    }

    /// Whether a word may begin `text`, whatever its case.
    #[inline]
    pub fn may_begin(&self, text: &str) -> bool {
        let holds = |spot: usize| self.0[spot / 64] >> (spot % 64) & 1 == 1;
        let text = text.as_bytes();
        holds(spot_of(text)) || pair_of(text).is_some_and(holds)
    }
}

/// How many kinds of first characters are told apart, and how many of them have the same first
/// ASCII letter.
const SPOTS: usize = 8192;
const ONE_LETTER: usize = SPOTS / 32;

/// A number for the first characters of a text, the same in any case: of ASCII two count, of
/// scripts without case the first one; others with case have one for all.
#[inline]
const fn spot_of(text: &[u8]) -> usize {
    match text {
        [first @ ..0x80, second @ ..0x80, ..] => {
            (*first as usize & 31) * ONE_LETTER + (*second as usize & 31) * ONE_LETTER / 32
        }
        [first @ ..0x80, ..] => (*first as usize & 31) * ONE_LETTER,
        [first, second, third, ..] if *first >= 0xe0 => {
            let code = (*first as u32 & 15) << 12 | (*second as u32 & 63) << 6 | *third as u32 & 63;
            (code.wrapping_mul(0x9e37_79b9) >> 19) as usize
        }
        _ => 0,
    }
}

/// Such a number for both of the first two characters, if they have no case: mostly another one
/// than that of the first.
#[inline]
const fn pair_of(text: &[u8]) -> Option<usize> {
    match text {
        [0xe0..=0xff, _, _, second @ ..] if matches!(second, [0xe0..=0xff, _, _, ..]) => {
            Some((spot_of(text) ^ (spot_of(second) * 5)) % SPOTS)
        }
        _ => None,
    }
}

/// How many shelves words stand on, a few spots on each.
const SHELVES: usize = 1024;

#[inline]
fn shelf_of(text: &str) -> usize {
    spot_of(text.as_bytes()) / (SPOTS / SHELVES)
}

/// Words of two letters or more, in lower case, with what they mean, by their first characters,
/// the longest first.
#[derive(Debug)]
pub(super) struct Words<T = ()> {
    list: Vec<Word<T>>,
    /// Where the words of each shelf stand.
    starts: Box<[u16; SHELVES + 1]>,
    /// The bytes that words end with.
    ends: [bool; 256],
}

#[derive(Clone, Copy, Debug)]
struct Word<T> {
    text: &'static str,
    meaning: T,
    /// Whether a letter may follow.
    unspaced: bool,
}

impl Words {
    pub fn new(words: &[&'static str]) -> Self {
        Self::with_meaning(words.iter().map(|word| (*word, ())))
    }
}

impl<T: Copy> Words<T> {
    pub fn with_meaning(words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let word = |(text, meaning): (&'static str, T)| Word {
            text,
            meaning,
            unspaced: is_unspaced(text),
        };
        let words = words.filter(|(text, _)| text.len() > 1);
        let mut list: Vec<Word<T>> = words.map(word).collect();
        list.sort_by_key(|word| (shelf_of(word.text), std::cmp::Reverse(word.text.len())));
        let mut starts = Box::new([0; SHELVES + 1]);
        let mut ends = [false; 256];
        for Word { text, .. } in &list {
            starts[shelf_of(text) + 1] += 1;
            ends[text.as_bytes()[text.len() - 1] as usize] = true;
        }
        for at in 0..SHELVES {
            starts[at + 1] += starts[at];
        }
        Self { list, starts, ends }
    }

    /// Whether a word may begin `text`: a quick no.
    #[inline]
    pub fn may_begin(&self, text: &str) -> bool {
        let shelf = shelf_of(text);
        self.starts[shelf] < self.starts[shelf + 1]
    }

    /// What the words begin with.
    pub fn heads(&self) -> Heads {
        let mut heads = Heads::new(&[]);
        self.list.iter().for_each(|word| heads.add(word.text));
        heads
    }

    /// The longest word that `text` begins with, whatever its case: a word of a script with
    /// spaces between words must end there.
    #[inline]
    pub fn at_head(&self, text: &str) -> Option<(&'static str, T)> {
        let shelf = shelf_of(text);
        let near = self.starts[shelf] as usize..self.starts[shelf + 1] as usize;
        let fits = |word: &&Word<T>| {
            begins(text, word.text)
                && (word.unspaced || !text[word.text.len()..].starts_with(is_letter))
        };
        let found = self.list[near].iter().find(fits)?;
        Some((found.text, found.meaning))
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
        let words = self.list.iter().map(|word| word.text);
        words.filter(fits).max_by_key(|word| word.len())
    }
}

/// Whether `text` begins with `word`, which is in lower case.
fn begins(text: &str, word: &str) -> bool {
    if word.as_bytes()[0] >= 0xe0 {
        return text.starts_with(word);
    }
    let head = text.as_bytes().get(..word.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
        || has_foreign_case(word)
            && text
                .get(..word.len())
                .is_some_and(|head| equals(head, word))
}

/// Whether both read the same without case; `lower` is in lower case.
#[inline]
pub(super) fn equals(text: &str, lower: &str) -> bool {
    text.len() == lower.len() && folds_to(text, lower)
}

fn folds_to(text: &str, lower: &str) -> bool {
    text.eq_ignore_ascii_case(lower)
        || has_foreign_case(lower) && text.chars().flat_map(char::to_lowercase).eq(lower.chars())
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
