//! Where a line may be broken: UAX #14, as `unicode-linebreak` gives it, in a fraction of the time.
//! It looks every character up in a table; what most text is made of, ASCII letters and Chinese, needs
//! none.

use std::collections::VecDeque;

use unicode_linebreak::linebreaks;

/// The places in `text` before which a line may or must be broken, in order; its end is one.
pub(super) fn breaks(text: &str) -> Breaks<'_> {
    Breaks {
        text,
        at: 0,
        before: Before::Nothing,
        anchor: 0,
        columns: Some(0),
        found: VecDeque::new(),
    }
}

/// A place before which a line may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub at: usize,
    /// Columns from the place before it, or the beginning of the text, if they are known.
    pub columns: Option<usize>,
}

/// See [`breaks`].
pub(super) struct Breaks<'t> {
    text: &'t str,
    /// All before it is done with.
    at: usize,
    /// What stands before `at`.
    before: Before,
    /// Where the last letter or Han character before `at` begins, or the text: what stands before it
    /// has no say in what follows it.
    anchor: usize,
    /// Columns from the last place to `at`, if they are known.
    columns: Option<usize>,
    /// Places that were looked up, up to `at`.
    found: VecDeque<usize>,
}

/// Bytes of a Han character that is simple.
pub(super) const HAN: usize = 3;

/// Whether a line may be broken between two characters that [`Breaks::skip_words`] passes over.
#[inline]
pub(super) fn begins_word(two: &[u8]) -> bool {
    matches!(two, [b' ', b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9'])
}

/// Which bytes [`Breaks::skip_words`] passes over.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        is_plain[byte] =
            (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b' ' | b',' | b'.');
        byte += 1;
    }
    is_plain
};

/// Characters that are common and simple.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Simple {
    Letter,
    Digit,
    Han,
    /// A comma or full stop.
    Stop,
    /// One of Chinese.
    WideStop,
    Space,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    One(Simple),
}

impl Simple {
    /// The simple character that begins at `at`, if it is one, and its length.
    #[inline]
    fn at(text: &[u8], at: usize) -> Option<(Self, usize)> {
        Some(match *text.get(at)? {
            b' ' => (Self::Space, 1),
            b'a'..=b'z' | b'A'..=b'Z' => (Self::Letter, 1),
            b'0'..=b'9' => (Self::Digit, 1),
            b',' | b'.' => (Self::Stop, 1),
            first @ 0xe3..=0xef => match (first, *text.get(at + 1)?, *text.get(at + 2)?) {
                // U+4E00 to U+9FFF.
                (0xe4, 0xb8.., _) | (0xe5..=0xe9, _, _) => (Self::Han, 3),
                // 、 。 ，
                (0xe3, 0x80, 0x81 | 0x82) | (0xef, 0xbc, 0x8c) => (Self::WideStop, 3),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn is_anchor(self) -> bool {
        matches!(self, Self::Letter | Self::Han)
    }

    /// Whether a line may be broken between `before` and it.
    #[inline]
    fn is_parted(self, before: Before) -> bool {
        use Simple::*;
        let Before::One(before) = before else {
            return false;
        };
        match (before, self) {
            (_, Stop | WideStop | Space) => false,
            (Letter | Digit | Stop, Letter | Digit) => false,
            (Letter | Digit | Stop | Han | WideStop | Space, Letter | Digit | Han) => true,
        }
    }
}

impl Iterator for Breaks<'_> {
    type Item = Place;

    #[inline]
    fn next(&mut self) -> Option<Place> {
        loop {
            if let Some(at) = self.found.pop_front() {
                return Some(Place { at, columns: None });
            }
            self.skip_letters();
            while let Some((simple, len)) = Simple::at(self.text.as_bytes(), self.at) {
                let at = self.at;
                let parted = simple.is_parted(self.before);
                if simple.is_anchor() {
                    self.anchor = at;
                }
                self.before = Before::One(simple);
                self.at += len;
                let wide = if len == 1 { 1 } else { 2 };
                if parted {
                    let columns = self.columns.replace(wide);
                    return Some(Place { at, columns });
                }
                self.columns = self.columns.map(|columns| columns + wide);
                self.skip_letters();
            }
            if self.at > self.text.len() {
                return None;
            }
            self.look_up();
        }
    }
}

impl Breaks<'_> {
    /// Goes on from `place`, the last one, as long as every character up to `end` is of Han or a full
    /// stop or comma of Chinese: a line may be broken before each that is of Han. Gives the last of
    /// these places.
    #[inline]
    pub fn skip_han(&mut self, place: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        if self.before != Before::One(Simple::Han) || self.anchor != place {
            return place;
        }
        while self.at < end
            && let Some((simple @ (Simple::Han | Simple::WideStop), _)) = Simple::at(bytes, self.at)
        {
            if simple == Simple::Han {
                self.anchor = self.at;
            }
            self.before = Before::One(simple);
            self.at += HAN;
        }
        self.columns = Some((self.at - self.anchor) / HAN * 2);
        self.anchor
    }

    /// Goes on from `place`, the last one, as long as every character up to `end` is an ASCII letter or
    /// digit, a comma or full stop, or a space: a line may be broken before each letter or digit behind
    /// a space. Gives the last of these places.
    #[inline]
    pub fn skip_words(&mut self, place: usize, end: usize) -> usize {
        let bytes = &self.text.as_bytes()[..end];
        let begins = matches!(self.before, Before::One(Simple::Letter | Simple::Digit));
        if !begins || self.at != place + 1 {
            return place;
        }
        let plain = bytes.get(self.at..).unwrap_or_default().iter();
        self.at += plain
            .take_while(|byte| IS_PLAIN[usize::from(**byte)])
            .count();
        let passed = &bytes[place..self.at];
        if let Some((simple, _)) = Simple::at(bytes, self.at - 1) {
            self.before = Before::One(simple);
        }
        if let Some(letter) = passed.iter().rposition(u8::is_ascii_alphabetic) {
            self.anchor = place + letter;
        }
        let last = passed.windows(2).rposition(begins_word);
        let last = last.map_or(place, |space| place + space + 1);
        self.columns = Some(self.at - last);
        last
    }

    /// Goes on behind a letter to the end of the letters: no line is broken between them.
    #[inline]
    fn skip_letters(&mut self) {
        if self.before != Before::One(Simple::Letter) {
            return;
        }
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic());
        let letters = letters.count();
        if letters > 0 {
            self.at += letters;
            self.anchor = self.at - 1;
            self.columns = self.columns.map(|columns| columns + letters);
        }
    }

    /// Looks up the places from `at`, where no simple character is, to the next anchor.
    #[cold]
    fn look_up(&mut self) {
        let anchors = self.text[self.at..].char_indices().find_map(|(at, _)| {
            let at = self.at + at;
            let (simple, len) = Simple::at(self.text.as_bytes(), at)?;
            simple.is_anchor().then_some((at, simple, len))
        });
        let (from, first) = (self.anchor, self.at);
        self.columns = None;
        let until = match anchors {
            Some((at, simple, len)) => {
                (self.anchor, self.at) = (at, at + len);
                self.before = Before::One(simple);
                self.at
            }
            None => {
                self.at = self.text.len() + 1;
                self.text.len()
            }
        };
        let places = linebreaks(&self.text[from..until]).map(|(at, _)| from + at);
        // The end of a part is no place to break a line.
        let in_part = |at: &usize| *at >= first && (*at < until || anchors.is_none());
        let text = self.text;
        let places = places
            .filter(in_part)
            .filter(|at| !splits_option(text, *at));
        self.found.extend(places);
    }
}

/// Whether a break at `at` would leave the hyphens of an option such as `--all` behind: hyphens that
/// begin a word, which newer versions of the rules keep with it.
fn splits_option(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let word = before.trim_end_matches('-');
    word.len() < before.len()
        && !word.ends_with(char::is_alphanumeric)
        && after.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    /// The places. What is known of their columns is right.
    fn found(text: &str) -> Vec<usize> {
        let mut last = 0;
        let place = |place: Place| {
            let part = &text[std::mem::replace(&mut last, place.at)..place.at];
            let columns = place.columns.unwrap_or_else(|| part.width());
            assert_eq!(columns, part.width(), "{part:?}");
            place.at
        };
        breaks(text).map(place).collect()
    }

    fn by_the_table(text: &str) -> Vec<usize> {
        let places = linebreaks(text).map(|(at, _)| at);
        places.filter(|at| !splits_option(text, *at)).collect()
    }

    #[test]
    fn the_hyphens_of_an_option_stay_with_it() {
        for (text, expected) in [
            ("git add --all", [4, 8, 13].as_slice()),
            ("[--all|-n]", &[10]),
            ("well-known", &[5, 10]),
            ("yes--no", &[5, 7]),
            ("- one", &[2, 5]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    /// Whatever three characters stand beside a simple one, and whatever follows.
    #[test]
    fn simple_characters_are_as_in_the_table() {
        let all = "aZ09,. 一丁龥鿿、。，“(-/%$あ\u{3000}\u{301}\u{200d}🇲🏻’！…";
        for one in all.chars() {
            for two in all.chars() {
                for three in all.chars() {
                    for end in ["", "a", "一", " ", "1", "。 b"] {
                        let text = format!("{one}{two}{three}{end}");
                        assert_eq!(found(&text), by_the_table(&text), "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_han_character_is_as_the_first() {
        for c in '\u{4e00}'..='\u{9fff}' {
            let text = format!("a{c}一{c}。");
            assert_eq!(found(&text), [1, 4, 7, 13], "{c}");
            assert_eq!(by_the_table(&text), [1, 4, 7, 13], "{c}");
        }
    }

    #[test]
    fn han_characters_are_passed_over_up_to_an_end() {
        let mut places = breaks("a一丁丂七，b");
        assert_eq!(places.next().map(|place| place.at), Some(1));
        assert_eq!(places.skip_han(1, 10), 7);
        assert_eq!(places.next().map(|place| place.at), Some(10));
        assert_eq!(places.skip_han(10, 99), 10);
        assert_eq!(places.next().map(|place| place.at), Some(16));
        assert_eq!(places.skip_han(16, 99), 16);
    }

    /// The places, where all that can be is passed over: those that are passed over are not told.
    fn skipping(text: &str, end: usize) {
        let all = by_the_table(text);
        let mut places = breaks(text);
        let mut last = 0;
        while let Some(place) = places.next() {
            let part = &text[last..place.at];
            let columns = place.columns.unwrap_or_else(|| part.width());
            assert_eq!(columns, part.width(), "{part:?} in {text:?}");
            let next = all.iter().find(|at| **at > last);
            assert_eq!(next, Some(&place.at), "behind {last} in {text:?}");
            last = place.at;
            if last < end {
                let found = match places.skip_han(last, end) {
                    same if same == last => places.skip_words(last, end),
                    found => found,
                };
                assert!(all.contains(&found), "{found} in {text:?}");
                last = found;
            }
        }
        assert_eq!(last, text.len());
    }

    proptest! {
        #[test]
        fn what_is_passed_over_changes_nothing(
            text in "([a-c0-2]{1,3} {0,2}|[,.()]|[一二]{1,3}|[，。、“…]|\\PC){1,40}",
            end in any::<prop::sample::Index>(),
        ) {
            skipping(&text, text.floor_char_boundary(end.index(text.len() + 1)));
        }

        #[test]
        fn as_by_the_table_of_common_text(text in "([a-c0-2 ,.!?()'/$%-]|[一二，。、：“”（）…]|\\PC|[\u{301}\u{200d}\u{2060}\n]){0,40}") {
            prop_assert_eq!(found(&text), by_the_table(&text));
        }

        #[test]
        fn as_by_the_table_of_any_text(text in any::<String>()) {
            prop_assert_eq!(found(&text), by_the_table(&text));
        }
    }
}
