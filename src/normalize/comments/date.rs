//! Dates as sites write them, to ISO 8601.
//!
//! A small reader over tokens: crates for dates want to be told the format, and here the first
//! question is whether there is a date at all, and where it ends.

mod names;
mod time;

use super::words::{Heads, is_letter};
use names::relative;

/// A date at the head of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// Its length in bytes.
    pub len: usize,
    /// ISO 8601, as far as it can be told: none for `3 days ago`, or where day and month could
    /// be each other.
    pub iso: Option<String>,
}

/// The date at the very head of `text`, with the time of day that follows it.
#[inline]
pub(super) fn at_head(text: &str) -> Option<Date> {
    let first = text.chars().next()?;
    match may_begin(first, text) {
        true => read(first, text),
        false => None,
    }
}

/// What a date or a time of day begins with, if that is a letter.
pub(super) fn heads() -> Heads {
    time::heads().join(&names::HEADS)
}

fn read(first: char, text: &str) -> Option<Date> {
    let dated = Some(text).filter(|_| !is_cjk(first)).and_then(absolute);
    dated.or_else(|| relative(text).map(|len| Date { len, iso: None }))
}

/// Whether a date may begin `text`, whose first character is `first`: a digit, or what a word of
/// a date begins with. Dates are looked for at every character of a byline, so most of them must
/// be passed quickly.
#[inline]
fn may_begin(first: char, text: &str) -> bool {
    match first {
        '0'..='9' | '０'..='９' => goes_on(text),
        'A'..='Z' | 'a'..='z' => names::HEADS.may_begin(text),
        '\0'..='\x7f' => false,
        '刚' | '昨' | '前' | '今' | '방' => true,
        // Names of months have capitals.
        '\u{80}'..='\u{52f}' => first.is_alphanumeric(),
        _ => false,
    }
}

/// Whether what follows the number at the head of `text` may be more of a date.
#[inline]
fn goes_on(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        None => return false,
        // A space, or a full-width digit, may be followed by more of it.
        Some(b' ' | b'\t'..=b'\r' | 0x80..) => {}
        Some(next) => return next.is_ascii_alphabetic() || matches!(next, b'-' | b'/' | b'.'),
    }
    let rest = text.trim_start_matches(|c| digit(c).is_some()).trim_start();
    let next = rest.chars().next();
    next.is_some_and(|next| is_letter(next) || matches!(next, '-' | '/' | '.' | '－' | 'º'))
}

/// The first date in `text`: where it starts, and what it is. Looks at the first few hundred
/// bytes only: it is for bylines.
pub(super) fn find(text: &str) -> Option<(usize, Date)> {
    let mut before = None;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < 240) {
        let inside = |before: char| match c.is_ascii() && before.is_ascii() {
            true => before.is_ascii_alphanumeric() && c.is_ascii_alphanumeric(),
            false => !is_cjk(c) && c.is_alphabetic() && before.is_alphabetic(),
        };
        let rest = &text[at..];
        if !before.is_some_and(inside)
            && may_begin(c, rest)
            && let Some(date) = read(c, rest)
        {
            return Some((at, date));
        }
        before = Some(c);
    }
    None
}

/// Length of a time of day that stands alone at the head of `text`.
pub(super) fn time_at_head(text: &str) -> Option<usize> {
    if !text.starts_with(time::may_begin) {
        return None;
    }
    let mut cursor = Cursor { text, at: 0 };
    cursor.time().map(|_| cursor.at)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}')
}

fn absolute(text: &str) -> Option<Date> {
    let mut cursor = Cursor { text, at: 0 };
    if !text.starts_with(|c| digit(c).is_some()) && cursor.weekday() {
        cursor.skip(&[",", ".", "，", "、", "(", "（"]);
        cursor.spaces();
        cursor.skip(&["the ", "den ", "le ", "am "]);
    }
    let day = cursor.day()?;
    let end = cursor.at;
    if cursor.rest().is_empty() {
        let iso = day.map(|day| iso(day, ""));
        return Some(Date { len: end, iso });
    }
    let weekday = cursor.clone().weekday_after();
    if let Some(at) = weekday {
        cursor.at = at;
    }
    cursor.between();
    let time = cursor.time();
    let len = match time {
        Some(_) => cursor.at,
        None => weekday.unwrap_or(end),
    };
    let iso = day.map(|day| iso(day, &time.unwrap_or_default()));
    Some(Date { len, iso })
}

fn iso((year, month, day): Day, time: &str) -> String {
    let digit = |number: u16| char::from(b'0' + (number % 10) as u8);
    let (month, day) = (u16::from(month), u16::from(day));
    let mut iso = String::with_capacity(10 + time.len());
    for place in [1000, 100, 10, 1] {
        iso.push(digit(year / place));
    }
    for number in [month, day] {
        iso.push('-');
        iso.push(digit(number / 10));
        iso.push(digit(number));
    }
    iso.push_str(time);
    iso
}

type Day = (u16, u8, u8);

#[derive(Clone)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn skip(&mut self, words: &[&str]) -> bool {
        let rest = self.rest();
        let found = words.iter().find(|word| starts_with(rest, word));
        self.at += found.map_or(0, |word| word.len());
        found.is_some()
    }

    /// A number of at most `most` digits, ASCII or full-width, and how many digits it has.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let mut value = 0;
        let mut digits = 0;
        let start = self.at;
        for c in self.rest().chars() {
            let Some(digit) = digit(c) else { break };
            value = value * 10 + digit;
            digits += 1;
            self.at += c.len_utf8();
            if digits > most {
                self.at = start;
                return None;
            }
        }
        (digits > 0).then_some((value, digits))
    }

    /// A name: letters, and the dot of an abbreviation.
    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let len = rest
            .find(|c: char| !c.is_alphabetic() || is_cjk(c))
            .unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    /// A day: `Some(None)` if it is one but which cannot be told.
    fn day(&mut self) -> Option<Option<Day>> {
        let start = self.at;
        if !self.rest().starts_with(|c| digit(c).is_some())
            && let Some(month) = self.month_name()
        {
            return self.after_month(month);
        }
        let (first, digits) = self.number(4)?;
        if digits == 4 {
            return self.after_year(first);
        }
        if digits > 2 {
            return None;
        }
        let found = self.after_short(first);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    /// `December 10, 2024`, `Dec 10th 2024`.
    fn after_month(&mut self, month: u8) -> Option<Option<Day>> {
        self.spaces();
        let (day, _) = self.number(2)?;
        self.skip(&["st", "nd", "rd", "th"]);
        self.skip(&[",", "，"]);
        self.spaces();
        let end = self.at;
        match self.number(4) {
            Some((year, 4)) => Some(Some(valid(year, month.into(), day)?)),
            _ => {
                self.at = end;
                None
            }
        }
    }

    /// `2024-12-10`, `2024/12/10`, `2024.12.10`, `2024年12月10日`, `2024년 12월 10일`.
    fn after_year(&mut self, year: u32) -> Option<Option<Day>> {
        self.spaces();
        let one = self.rest().chars().next()?;
        let two = match one {
            '-' => "-",
            '/' => "/",
            '.' => ".",
            '年' => "月",
            '년' => "월",
            '－' => "－",
            _ => return None,
        };
        self.at += one.len_utf8();
        self.spaces();
        let (month, _) = self.number(2)?;
        self.spaces();
        if !self.skip(&[two]) {
            return None;
        }
        self.spaces();
        let (day, _) = self.number(2)?;
        match one {
            '年' => self.skip(&["日", "号"]),
            '년' => {
                self.spaces();
                self.skip(&["일"])
            }
            '.' => self.skip(&["."]),
            _ => false,
        };
        Some(Some(valid(year, month, day)?))
    }

    /// `10.12.2024`, `10 Dec 2024`, `10. Dezember 2024`, `10 de diciembre de 2024`, `13/12/2024`.
    fn after_short(&mut self, first: u32) -> Option<Option<Day>> {
        let separator = self.rest().chars().next()?;
        if matches!(separator, '.' | '/' | '-') {
            let mark = self.at;
            self.at += 1;
            if let Some((second, digits)) = self.number(2)
                && digits <= 2
                && self.skip(&[separator.encode_utf8(&mut [0; 4])])
                && let Some((year, 4)) = self.number(4)
            {
                return numeric(separator, first, second, year);
            }
            self.at = mark;
        }
        self.skip(&["st", "nd", "rd", "th", "er", "º", "."]);
        self.skip(&["-"]);
        self.spaces();
        self.skip(&["de ", "of "]);
        let month = self.month_name()?;
        self.skip(&["-", ","]);
        self.spaces();
        self.skip(&["de ", "of "]);
        let (year, digits) = self.number(4)?;
        (digits == 4).then_some(())?;
        Some(Some(valid(year, month.into(), first)?))
    }

    /// What may stand between a day and the time.
    fn between(&mut self) {
        if self.skip(&["T"]) && self.rest().starts_with(|c| digit(c).is_some()) {
            return;
        }
        self.spaces();
        self.skip(&[",", "，", "@", "|", "·"]);
        self.spaces();
        self.skip(&["at ", "um ", "à ", "a las ", "в ", "kl. ", "- "]);
        self.spaces();
    }
}

/// Day and month around dots are in that order; around slashes and hyphens only where one of
/// them cannot be a month.
fn numeric(separator: char, first: u32, second: u32, year: u32) -> Option<Option<Day>> {
    if separator == '.' || first > 12 {
        Some(Some(valid(year, second, first)?))
    } else if second > 12 || first == second {
        Some(Some(valid(year, first, second)?))
    } else {
        valid(year, first, second).map(|_| None)
    }
}

fn valid(year: u32, month: u32, day: u32) -> Option<Day> {
    const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let most = *DAYS.get(month.checked_sub(1)? as usize)?;
    ((1900..2200).contains(&year) && (1..=most).contains(&day)).then_some((
        year as u16,
        month as u8,
        day as u8,
    ))
}

/// Value of an ASCII or full-width digit.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Whether `text` begins with `word`, whatever the case of ASCII letters.
pub(super) fn starts_with(text: &str, word: &str) -> bool {
    text.as_bytes()
        .get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests;
