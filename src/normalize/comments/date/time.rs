//! The time of day.

use super::{Cursor, digit};
use crate::normalize::comments::words::{Heads, is_letter};

const ZONES: [&str; 4] = ["utc", "gmt", "z", "(utc)"];

/// Words for the halves of a day, before the hour.
const BEFORE_NOON: [&str; 5] = ["上午", "早上", "凌晨", "午前", "오전"];
const AFTER_NOON: [&str; 4] = ["下午", "晚上", "午後", "오후"];

/// What a time begins with, if that is a letter.
pub(super) fn heads() -> Heads {
    Heads::new(&BEFORE_NOON).join(&Heads::new(&AFTER_NOON))
}

/// Whether a time may begin with `first`: a quick no for most of a text.
#[inline]
pub(super) fn may_begin(first: char) -> bool {
    match first {
        '上' | '早' | '凌' | '午' | '下' | '晚' | '오' => true,
        _ => digit(first).is_some() || first.is_whitespace(),
    }
}

impl Cursor<'_> {
    /// `09:30`, `3:04 pm`, `下午3:04`, `9时30分`, with seconds and zone, as `T09:30`.
    pub(super) fn time(&mut self) -> Option<String> {
        let start = self.at;
        let found = self.time_parts();
        if found.is_none() {
            self.at = start;
        }
        found
    }

    pub(super) fn time_parts(&mut self) -> Option<String> {
        let before_noon = self.skip(&BEFORE_NOON);
        let after_noon = !before_noon && self.skip(&AFTER_NOON);
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

    pub(super) fn zone(&mut self) -> String {
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
