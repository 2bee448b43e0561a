//! Dates as sites write them, to ISO 8601.
//!
//! A small reader over tokens: crates for dates want to be told the format, and here the first
//! question is whether there is a date at all, and where it ends.

use super::words::is_letter;

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
pub(super) fn at_head(text: &str) -> Option<Date> {
    let first = text.chars().next()?;
    if !is_letter(first) {
        return None;
    }
    let dated = Some(text).filter(|_| !is_cjk(first)).and_then(absolute);
    dated.or_else(|| relative(text).map(|len| Date { len, iso: None }))
}

/// The first date in `text`: where it starts, and what it is. Looks at the first few hundred
/// bytes only: it is for bylines.
pub(super) fn find(text: &str) -> Option<(usize, Date)> {
    let mut before = None;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < 240) {
        let inside = |before: char| {
            before.is_ascii_alphanumeric() && c.is_ascii_alphanumeric()
                || before.is_alphabetic() && c.is_alphabetic() && !is_cjk(c)
        };
        if !before.is_some_and(inside)
            && let Some(date) = at_head(&text[at..])
        {
            return Some((at, date));
        }
        before = Some(c);
    }
    None
}

/// Length of a time of day that stands alone at the head of `text`.
pub(super) fn time_at_head(text: &str) -> Option<usize> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.time().map(|_| cursor.at)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}')
}

fn absolute(text: &str) -> Option<Date> {
    let mut cursor = Cursor { text, at: 0 };
    if cursor.weekday() {
        cursor.skip(&[",", ".", "，", "、", "(", "（"]);
        cursor.spaces();
        cursor.skip(&["the ", "den ", "le ", "am "]);
    }
    let day = cursor.day()?;
    let end = cursor.at;
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
    let mut iso = String::with_capacity(10 + time.len());
    for (number, digits) in [(year, 4), (u16::from(month), 2), (u16::from(day), 2)] {
        if !iso.is_empty() {
            iso.push('-');
        }
        for place in (0..digits).rev() {
            let digit = number / 10u16.pow(place) % 10;
            iso.push(char::from(b'0' + digit as u8));
        }
    }
    iso + time
}

/// Names of months by their first letters, in the languages that comment lists come in. A name
/// stands for its month if it begins so and is no longer than the longest form.
const MONTHS: [(&str, u8); 52] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("sept", 9),
    ("januar", 1),
    ("jänner", 1),
    ("februar", 2),
    ("märz", 3),
    ("mai", 5),
    ("juni", 6),
    ("juli", 7),
    ("oktober", 10),
    ("dezember", 12),
    ("janvier", 1),
    ("février", 2),
    ("mars", 3),
    ("avril", 4),
    ("juin", 6),
    ("juillet", 7),
    ("août", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("décembre", 12),
    ("enero", 1),
    ("febrero", 2),
    ("marzo", 3),
    ("abril", 4),
    ("mayo", 5),
    ("junio", 6),
    ("julio", 7),
    ("agosto", 8),
    ("septiembre", 9),
    ("octubre", 10),
    ("noviembre", 11),
    ("diciembre", 12),
    ("января", 1),
    ("февраля", 2),
    ("марта", 3),
    ("апреля", 4),
    ("мая", 5),
    ("июня", 6),
    ("июля", 7),
];
const MONTHS_MORE: [(&str, u8); 5] = [
    ("августа", 8),
    ("сентября", 9),
    ("октября", 10),
    ("ноября", 11),
    ("декабря", 12),
];

const WEEKDAYS: [&str; 21] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

const ZONES: [&str; 4] = ["utc", "gmt", "z", "(utc)"];

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

    fn weekday(&mut self) -> bool {
        let start = self.at;
        let word = self.word();
        if abbreviates(word, &WEEKDAYS, 2) {
            return true;
        }
        self.at = start;
        false
    }

    /// Where a weekday after the date ends: `2024年12月10日 星期二`, `（火）`.
    fn weekday_after(mut self) -> Option<usize> {
        self.spaces();
        let parenthesis = self.skip(&["(", "（"]);
        let long = self.skip(&["星期", "周", "週", "礼拜"]);
        let short = self.rest().chars().next();
        if !short.is_some_and(|c| "一二三四五六日天月火水木金土월화수목금토일".contains(c))
            || !(long || parenthesis)
        {
            return None;
        }
        self.at += short.map_or(0, char::len_utf8);
        self.skip(&["曜日", "요일"]);
        (!parenthesis || self.skip(&[")", "）"])).then_some(self.at)
    }

    fn month_name(&mut self) -> Option<u8> {
        let start = self.at;
        let word = self.word();
        let length = word.chars().count();
        let is_month = |(name, _): &&(&str, u8)| {
            folds_to_prefix(word, name) && (length <= 4 || length == name.chars().count())
        };
        let mut months = MONTHS.iter().chain(&MONTHS_MORE);
        let month = Some(())
            .filter(|()| length >= 3)
            .and_then(|()| months.find(is_month));
        match month {
            Some((_, month)) => {
                self.skip(&["."]);
                Some(*month)
            }
            None => {
                self.at = start;
                None
            }
        }
    }

    /// A day: `Some(None)` if it is one but which cannot be told.
    fn day(&mut self) -> Option<Option<Day>> {
        let start = self.at;
        if let Some(month) = self.month_name() {
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
        const SEPARATORS: [(&str, &str); 6] = [
            ("-", "-"),
            ("/", "/"),
            (".", "."),
            ("年", "月"),
            ("년", "월"),
            ("－", "－"),
        ];
        self.spaces();
        let rest = self.rest();
        let (one, two) = SEPARATORS.iter().find(|(one, _)| rest.starts_with(one))?;
        self.skip(&[one]);
        self.spaces();
        let (month, _) = self.number(2)?;
        self.spaces();
        if !self.skip(&[two]) {
            return None;
        }
        self.spaces();
        let (day, _) = self.number(2)?;
        match *one {
            "年" => self.skip(&["日", "号"]),
            "년" => {
                self.spaces();
                self.skip(&["일"])
            }
            "." => self.skip(&["."]),
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

    /// `09:30`, `3:04 pm`, `下午3:04`, `9时30分`, with seconds and zone, as `T09:30`.
    fn time(&mut self) -> Option<String> {
        let start = self.at;
        let found = self.time_parts();
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn time_parts(&mut self) -> Option<String> {
        let before_noon = self.skip(&["上午", "早上", "凌晨", "午前", "오전"]);
        let after_noon = !before_noon && self.skip(&["下午", "晚上", "午後", "오후"]);
        self.spaces();
        let (mut hour, _) = self.number(2)?;
        if !self.skip(&[":", "：", "时", "点", "時", "h"]) {
            return None;
        }
        let (minute, digits) = self.number(2)?;
        (digits == 2).then_some(())?;
        self.skip(&["分"]);
        let mut second = None;
        let mark = self.at;
        if self.skip(&[":", "："]) {
            match self.number(2) {
                Some((value, 2)) => second = Some(value),
                _ => self.at = mark,
            }
        }
        let mark = self.at;
        if second.is_some() && (!self.skip(&["."]) || self.number(9).is_none()) {
            self.at = mark;
        }
        let mark = self.at;
        self.spaces();
        if self.skip(&["am", "a.m."]) || before_noon {
            hour %= 12;
        } else if self.skip(&["pm", "p.m."]) || after_noon {
            hour = hour % 12 + 12;
        } else {
            self.at = mark;
        }
        if hour > 24 || minute > 59 || second.is_some_and(|second| second > 60) {
            return None;
        }
        let mut time = format!("T{hour:02}:{minute:02}");
        if let Some(second) = second {
            time += &format!(":{second:02}");
        }
        time += &self.zone();
        Some(time)
    }

    fn zone(&mut self) -> String {
        let mark = self.at;
        self.spaces();
        let ends = |cursor: &Self| !cursor.rest().starts_with(is_letter);
        if self.skip(&ZONES) && ends(self) {
            return "Z".into();
        }
        self.at = mark;
        let sign = self
            .rest()
            .chars()
            .next()
            .filter(|c| matches!(c, '+' | '-'));
        if let Some(sign) = sign {
            self.at += 1;
            let hours = self.number(4);
            let colon = self.skip(&[":"]);
            match (hours, colon) {
                (Some((hours, 2)), true) => {
                    if let Some((minutes, 2)) = self.number(2) {
                        return offset(sign, hours, minutes);
                    }
                }
                (Some((both, 4)), false) => return offset(sign, both / 100, both % 100),
                _ => {}
            }
        }
        self.at = mark;
        String::new()
    }
}

fn offset(sign: char, hours: u32, minutes: u32) -> String {
    match (hours, minutes) {
        (0, 0) => "Z".into(),
        _ => format!("{sign}{hours:02}:{minutes:02}"),
    }
}

/// Day and month around dots are in that order; around slashes and hyphens only where one of
/// them cannot be a month.
fn numeric(separator: char, first: u32, second: u32, year: u32) -> Option<Option<Day>> {
    if separator == '.' || first > 12 {
        Some(Some(valid(year, second, first)?))
    } else if second > 12 {
        Some(Some(valid(year, first, second)?))
    } else if first == second {
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

/// Length of a date that counts from now: `3 days ago`, `3天前`, `just now`, `昨天 12:30`.
fn relative(text: &str) -> Option<usize> {
    const NOW: [&str; 10] = [
        "just now",
        "yesterday",
        "today",
        "刚刚",
        "刚才",
        "昨天",
        "前天",
        "今天",
        "昨日",
        "방금",
    ];
    const UNITS: [&str; 36] = [
        "seconds", "second", "secs", "sec", "minutes", "minute", "mins", "min", "hours", "hour",
        "hrs", "hr", "days", "day", "weeks", "week", "months", "month", "mos", "mo", "years",
        "year", "yrs", "yr", "s", "m", "h", "d", "w", "y", "秒", "分钟", "小时", "天", "日", "周",
    ];
    const UNITS_MORE: [&str; 13] = [
        "个月", "月", "年", "分鐘", "小時", "ヶ月", "か月", "時間", "週間", "分", "시간", "개월",
        "일",
    ];
    let first = text.chars().next().map(|c| c.to_ascii_lowercase())?;
    if digit(first).is_none() && !"jytaovih刚昨前今방".contains(first) {
        return None;
    }
    let mut cursor = Cursor { text, at: 0 };
    if cursor.skip(&NOW) {
        let mark = cursor.at;
        cursor.between();
        let time = cursor.time().is_some();
        return Some(if time { cursor.at } else { mark });
    }
    cursor.skip(&["about ", "over ", "almost ", "vor ", "il y a ", "hace "]);
    let lead = cursor.at > 0 && !starts_with(text, "a");
    if cursor.number(4).is_none() && !cursor.skip(&["an ", "a ", "one "]) {
        return None;
    }
    cursor.spaces();
    let units = UNITS
        .iter()
        .chain(&UNITS_MORE)
        .find(|unit| starts_with(cursor.rest(), unit));
    match units {
        Some(unit) => cursor.at += unit.len(),
        None if lead => cursor.at += cursor.clone().word().len().max(1),
        None => return None,
    }
    let mark = cursor.at;
    cursor.spaces();
    let found = cursor.skip(&["ago", "前", "以前", "전", "назад"]);
    (found || lead).then_some(if found { cursor.at } else { mark })
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

fn folds_to_prefix(word: &str, name: &str) -> bool {
    let (one, other) = (word.as_bytes().first(), name.as_bytes().first());
    if word.is_ascii() && one.map(u8::to_ascii_lowercase) != other.copied() {
        return false;
    }
    let mut name = name.chars();
    word.chars()
        .flat_map(char::to_lowercase)
        .all(|c| name.next() == Some(c))
}

fn abbreviates(word: &str, names: &[&str], least: usize) -> bool {
    let length = word.chars().count();
    length >= least.max(2)
        && names.iter().any(|name| {
            folds_to_prefix(word, name) && (length <= 4 || length == name.chars().count())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_sites_write_them() {
        let check = |text: &str, iso: &str, rest: &str| {
            let date = at_head(text).unwrap_or_else(|| panic!("no date in {text}"));
            assert_eq!(date.iso.as_deref().unwrap_or("-"), iso, "{text}");
            assert_eq!(&text[date.len..], rest, "{text}");
        };
        check("2024-12-10", "2024-12-10", "");
        check("2024-12-10 x", "2024-12-10", " x");
        check("2024/12/10 09:30", "2024-12-10T09:30", "");
        check("2024/1/2 9:30:05", "2024-01-02T09:30:05", "");
        check("2024.12.10.", "2024-12-10", "");
        check("２０２４-１２-１０", "2024-12-10", "");
        check("2024年12月10日", "2024-12-10", "");
        check("2024年12月10日 星期二 09:30", "2024-12-10T09:30", "");
        check("2024年12月10日 下午3:04", "2024-12-10T15:04", "");
        check("2024年12月10日(火) 15時04分", "2024-12-10T15:04", "");
        check("2024년 12월 10일 오후 3:04", "2024-12-10T15:04", "");
        check("December 10, 2024 at 3:04 pm", "2024-12-10T15:04", "");
        check("Dec 10th, 2024: text", "2024-12-10", ": text");
        check("10 Dec 2024, 12:00 AM", "2024-12-10T00:00", "");
        check("Mon Jan 02, 2006 3:04 pm", "2006-01-02T15:04", "");
        check("Tuesday, 2 January 2024", "2024-01-02", "");
        check("10.12.2024", "2024-12-10", "");
        check("10. Dezember 2024 um 15:04 Uhr", "2024-12-10T15:04", " Uhr");
        check("10 décembre 2024 à 15h04", "2024-12-10T15:04", "");
        check("10 de diciembre de 2024", "2024-12-10", "");
        check("10 декабря 2024 в 15:04", "2024-12-10T15:04", "");
        check("13/12/2024", "2024-12-13", "");
        check("12/13/2024", "2024-12-13", "");
        check("01/02/2024 x", "-", " x");
        check("2024-01-02T15:04:05Z", "2024-01-02T15:04:05Z", "");
        check("2024-01-02T15:04:05.123+00:00", "2024-01-02T15:04:05Z", "");
        check("2024-01-02T15:04+08:00", "2024-01-02T15:04+08:00", "");
        check("3 days ago", "-", "");
        check("an hour ago.", "-", ".");
        check("3天前", "-", "");
        check("2 小时前", "-", "");
        check("昨天 12:30", "-", "");
        check("just now", "-", "");
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "x",
            "2024",
            "2024-13-01",
            "2024-00-10",
            "10.13.2024",
            "1.2.3",
            "127.0.0.1",
            "May be",
            "3 days",
            "march on",
            "marching 10, 2024",
            "99999-01-02",
            "2024-1",
            "a b",
            "10:30",
        ] {
            assert_eq!(at_head(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_date_is_found() {
        let check = |text: &str, start: usize| {
            assert_eq!(find(text).map(|(at, _)| at), Some(start), "{text}");
        };
        check("Bob, 2024-01-02: text", 5);
        check("发表于2024-01-02", 9);
        check("v2024 on 10 Dec 2024", 9);
        assert_eq!(find("x2024-01-02"), None);
        assert_eq!(find(&"a ".repeat(1000)), None);
    }
}
