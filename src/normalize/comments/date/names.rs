//! What days and months are called, and dates that count from now.

use super::{Cursor, digit, starts_with};
use crate::normalize::comments::words::Heads;

/// Names of months by their first letters, in the languages that comment lists come in. A name
/// stands for its month if it begins so and is no longer than the longest form.
#[rustfmt::skip]
const MONTHS: [(&str, u8); 52] = [
    ("january", 1), ("february", 2), ("march", 3), ("april", 4), ("may", 5), ("june", 6),
    ("july", 7), ("august", 8), ("september", 9), ("october", 10), ("november", 11),
    ("december", 12), ("sept", 9), ("januar", 1), ("jänner", 1), ("februar", 2), ("märz", 3),
    ("mai", 5), ("juni", 6), ("juli", 7), ("oktober", 10), ("dezember", 12), ("janvier", 1),
    ("février", 2), ("mars", 3), ("avril", 4), ("juin", 6), ("juillet", 7), ("août", 8),
    ("septembre", 9), ("octobre", 10), ("novembre", 11), ("décembre", 12), ("enero", 1),
    ("febrero", 2), ("marzo", 3), ("abril", 4), ("mayo", 5), ("junio", 6), ("julio", 7),
    ("agosto", 8), ("septiembre", 9), ("octubre", 10), ("noviembre", 11), ("diciembre", 12),
    ("января", 1), ("февраля", 2), ("марта", 3), ("апреля", 4), ("мая", 5), ("июня", 6),
    ("июля", 7),
];
#[rustfmt::skip]
const MONTHS_MORE: [(&str, u8); 5] = [
    ("августа", 8),
    ("сентября", 9),
    ("октября", 10),
    ("ноября", 11),
    ("декабря", 12),
];

#[rustfmt::skip]
const WEEKDAYS: [&str; 21] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lundi", "mardi",
    "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

/// Dates that are words.
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
/// Units of time, after a number.
#[rustfmt::skip]
const UNITS: [&str; 36] = [
    "seconds", "second", "secs", "sec", "minutes", "minute", "mins", "min", "hours", "hour",
    "hrs", "hr", "days", "day", "weeks", "week", "months", "month", "mos", "mo", "years",
    "year", "yrs", "yr", "s", "m", "h", "d", "w", "y", "秒", "分钟", "小时", "天", "日", "周",
];
#[rustfmt::skip]
const UNITS_MORE: [&str; 13] = [
    "个月", "月", "年", "分鐘", "小時", "ヶ月", "か月", "時間", "週間", "分", "시간", "개월",
    "일",
];

/// Words before a number that counts from now, and words for one.
const LEADS: [&str; 6] = ["about ", "over ", "almost ", "vor ", "il y a ", "hace "];
const ONES: [&str; 3] = ["an ", "a ", "one "];

/// What a date that begins with a letter begins with.
pub(super) static HEADS: Heads = {
    let mut heads = Heads::new(&NOW);
    heads.add_all(&WEEKDAYS);
    heads.add_all(&LEADS);
    heads.add_all(&ONES);
    add_months(&mut heads);
    heads
};

static MONTH_HEADS: Heads = {
    let mut heads = Heads::new(&[]);
    add_months(&mut heads);
    heads
};

const fn add_months(heads: &mut Heads) {
    let mut at = 0;
    while at < MONTHS.len() {
        heads.add(MONTHS[at].0);
        at += 1;
    }
    at = 0;
    while at < MONTHS_MORE.len() {
        heads.add(MONTHS_MORE[at].0);
        at += 1;
    }
}

static UNIT_HEADS: Heads = {
    let mut heads = Heads::new(&UNITS);
    heads.add_all(&UNITS_MORE);
    heads
};

impl Cursor<'_> {
    pub(super) fn weekday(&mut self) -> bool {
        let start = self.at;
        let word = self.word();
        if abbreviates(word, &WEEKDAYS, 2) {
            return true;
        }
        self.at = start;
        false
    }

    /// Where a weekday after the date ends: `2024年12月10日 星期二`, `（火）`.
    pub(super) fn weekday_after(mut self) -> Option<usize> {
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

    pub(super) fn month_name(&mut self) -> Option<u8> {
        let start = self.at;
        let word = self.word();
        let length = word.chars().count();
        let is_month = |(name, _): &&(&str, u8)| {
            folds_to_prefix(word, name) && (length <= 4 || length == name.chars().count())
        };
        let mut months = MONTHS.iter().chain(&MONTHS_MORE);
        let month = Some(())
            .filter(|()| length >= 3 && MONTH_HEADS.may_begin(word))
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
}

/// Length of a date that counts from now: `3 days ago`, `3天前`, `just now`, `昨天 12:30`.
pub(super) fn relative(text: &str) -> Option<usize> {
    let first = text.chars().next().map(|c| c.to_ascii_lowercase())?;
    let counts = digit(first).is_some();
    if !counts && !"jytaovih刚昨前今방".contains(first) {
        return None;
    }
    let mut cursor = Cursor { text, at: 0 };
    if !counts && cursor.skip(&NOW) {
        let mark = cursor.at;
        cursor.between();
        let time = cursor.time().is_some();
        return Some(if time { cursor.at } else { mark });
    }
    let lead = !counts && cursor.skip(&LEADS) && !starts_with(text, "a");
    if cursor.number(4).is_none() && !cursor.skip(&ONES) {
        return None;
    }
    cursor.spaces();
    let rest = cursor.rest();
    let mut units = UNITS.iter().chain(&UNITS_MORE);
    let unit = Some(())
        .filter(|()| UNIT_HEADS.may_begin(rest))
        .and_then(|()| units.find(|unit| starts_with(rest, unit)));
    match unit {
        Some(unit) => cursor.at += unit.len(),
        None if lead => cursor.at += cursor.clone().word().len().max(1),
        None => return None,
    }
    let mark = cursor.at;
    cursor.spaces();
    let found = cursor.skip(&["ago", "前", "以前", "전", "назад"]);
    (found || lead).then_some(if found { cursor.at } else { mark })
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
