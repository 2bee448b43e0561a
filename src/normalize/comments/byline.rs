//! Reads the text around a comment: who wrote it, when, counters and buttons.

mod words;

use std::ops::Range;

use self::words::{BADGES, BEGINS, BUTTONS, LEAD, VERBS, WORDS};
use super::heading::number;
use super::words::{Words, is_letter};
use super::{counter, date};
use crate::text::Counter;

/// What a byline says. Ranges are bytes of the text that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Byline {
    /// How far it was understood.
    pub end: usize,
    pub author: Option<Range<usize>>,
    pub date: Option<(Range<usize>, Option<String>)>,
    /// Where each counter begins, and what it is.
    pub counters: Vec<(usize, Counter)>,
    /// Whether it has a word that only a button has.
    pub button: bool,
    /// Whether it ends with a colon.
    pub colon: bool,
}

/// Texts longer than this are no bylines, in bytes.
pub(super) const LONGEST: usize = 400;

/// Reads all of `text` as a byline, with `author` where the name is known to stand. None if
/// there is anything in it that has no place in one.
pub(super) fn whole(text: &str, author: Option<Range<usize>>) -> Option<Byline> {
    if text.len() > LONGEST {
        return None;
    }
    let mut scan = Scan::new(text, author);
    while scan.part() {}
    scan.is_done().then_some(scan.found)
}

/// Reads the byline at the head of `text`, which the comment follows: author, date, counters,
/// and what separates them from the comment. `end` is where the comment begins; none if it has
/// no author, or nothing that says that a byline ends there.
pub(super) fn head(text: &str, author: Option<Range<usize>>) -> Option<Byline> {
    author.as_ref()?;
    let mut scan = Scan::new(text, author);
    loop {
        scan.separators();
        if scan.name() {
            break;
        }
        if !(scan.word(&LEAD) || scan.counter() || scan.date()) {
            return None;
        }
    }
    let mut firm = false;
    loop {
        let mark = scan.found.end;
        scan.separators();
        if scan.found.end > LONGEST {
            return None;
        }
        let colon = ends_with_colon(&text[mark..scan.found.end]);
        if colon && (scan.found.date.is_some() || !scan.date_follows()) {
            firm = true;
            scan.found.colon = true;
            break;
        }
        if scan.date() || scan.counter() || scan.word(&VERBS) {
            firm = true;
            continue;
        }
        break;
    }
    firm.then_some(scan.found)
}

/// The counters in a byline: where, how long, what.
pub(super) fn counters(text: &str) -> Vec<(usize, usize, Counter)> {
    let mut found = Vec::new();
    let mut scan = Scan::new(prefix(text, LONGEST), None);
    while !scan.is_done() {
        let at = scan.found.end;
        if let Some((len, counter)) = counter::at_head(scan.rest()) {
            found.push((at, len, counter));
            scan.found.end += len;
        } else if !(scan.separator() || scan.date()) {
            let rest = scan.rest();
            let word = rest.find(|c: char| !is_letter(c));
            scan.found.end += word.unwrap_or(rest.len()).max(1);
        }
    }
    found
}

/// Who wrote it by the look of the text alone: a short name before a date or a counter.
pub(super) fn name_at_head(text: &str) -> Option<Range<usize>> {
    let start = lead(text);
    let window = prefix(&text[start..], 160);
    let date = date::find(window).map(|(at, _)| at);
    let counter = window
        .char_indices()
        .find(|(at, c)| counter::may_be_sign(*c) && counter::at_head(&window[*at..]).is_some())
        .map(|(at, _)| at);
    let end = date.into_iter().chain(counter).min()?;
    let range = strip_words(&window[..end]);
    let name = &window[range.clone()];
    let shown = is_set_apart(&window[range.end..]) || !is_prose(name);
    (is_name(name) && shown).then(|| start + range.start..start + range.end)
}

/// Whether what follows a name is no more than something in parentheses, and a colon:
/// ` (2024-12-10): `. No sentence goes on like that, so the name may be one of any words.
fn is_set_apart(text: &str) -> bool {
    let inside = text.trim_start().strip_prefix(['(', '（']);
    let after = inside.and_then(|inside| inside.split_once([')', '）']));
    after.is_some_and(|(_, after)| after.starts_with([':', '：']))
}

/// Whether three or more words begin or end in lower case: names do not, sentences do.
fn is_prose(text: &str) -> bool {
    let lower = |word: &str| word.starts_with(char::is_lowercase);
    let mut words = text.split_whitespace();
    let (first, last) = (words.next(), words.next_back());
    words.next().is_some() && [first, last].into_iter().flatten().any(lower)
}

/// No name has more characters.
const NAME_MAX: usize = 48;

/// Whether a text could be somebody's name: short, and no sentence.
pub(super) fn is_name(text: &str) -> bool {
    if text.len() > 4 * NAME_MAX {
        return false;
    }
    let (mut length, mut words, mut spelled) = (0, 0, 0);
    let (mut in_word, mut letters, mut before) = (0, false, '\0');
    for c in text.chars() {
        let ends_sentence = matches!(
            c,
            '。' | '！' | '？' | '；' | '，' | ';' | '?' | '\n' | '：'
        );
        if ends_sentence || c == ' ' && matches!(before, ':' | '.') {
            return false;
        }
        in_word = if c.is_whitespace() { 0 } else { in_word + 1 };
        words += usize::from(in_word == 1);
        spelled += usize::from(in_word == 3);
        letters |= is_letter(c);
        length += 1;
        before = c;
    }
    (letters || length <= 16)
        && (1..=NAME_MAX).contains(&length)
        && (words <= 4 || spelled <= 2)
        && !matches!(before, ':' | '!')
}

/// Where the name stands in a text that names somebody, without `says`, `by`, colons and the like
/// around it.
pub(super) fn clean_name(text: &str) -> Range<usize> {
    let start = lead(text);
    let name = strip_words(&text[start..]);
    match name.is_empty() {
        true => 0..text.len(),
        false => start + name.start..start + name.end,
    }
}

/// Length of `Posted by `, `作者：` and edges at the head of a text.
fn lead(text: &str) -> usize {
    if text.starts_with(is_letter) && !LEAD.may_begin(text) {
        return 0;
    }
    let mut scan = Scan::new(text, None);
    scan.separators();
    while scan.word(&LEAD) {
        scan.separators();
    }
    match scan.is_done() {
        true => 0,
        false => scan.found.end,
    }
}

/// Without the words that lead from a name to a date, and without edges.
fn strip_words(text: &str) -> Range<usize> {
    let mut end = text.trim_end_matches(is_edge).len();
    while let Some(word) = VERBS.at_end(&text[..end]) {
        end = text[..end - word.len()].trim_end_matches(is_edge).len();
    }
    let name = &text[..end];
    name.len() - name.trim_start_matches(is_edge).len()..end
}

/// What stands around names, and between the parts of a byline.
fn is_edge(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | ')'
                | '（'
                | '）'
                | '['
                | ']'
                | '【'
                | '】'
                | ','
                | '，'
                | '、'
                | ':'
                | '：'
                | ';'
                | '|'
                | '｜'
                | '/'
                | '·'
                | '•'
                | '∙'
                | '-'
                | '–'
                | '—'
                | '―'
                | '~'
                | '@'
                | '»'
                | '›'
                | '>'
                | '<'
                | '.'
        )
}

fn ends_with_colon(text: &str) -> bool {
    text.trim_end().ends_with([':', '：'])
}

/// The beginning of `text`, of at most `most` bytes.
pub(super) fn prefix(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

struct Scan<'t> {
    text: &'t str,
    known: Option<Range<usize>>,
    found: Byline,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, known: Option<Range<usize>>) -> Self {
        Self {
            text,
            known,
            found: Byline::default(),
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.found.end..]
    }

    fn is_done(&self) -> bool {
        self.found.end >= self.text.len()
    }

    /// Whatever a byline may have here; not if there is nothing more, or anything else.
    fn part(&mut self) -> bool {
        match self.rest().chars().next() {
            None => false,
            Some(_) if self.name() => true,
            Some(first) if first.is_ascii_digit() => self.date() || self.counter() || self.floor(),
            Some(first) if is_letter(first) => {
                BEGINS.may_begin(self.rest())
                    && (self.date()
                        || self.counter()
                        || self.word(&WORDS)
                        || self.badge()
                        || self.floor())
            }
            Some(first) => counter::may_be_sign(first) && self.counter() || self.skip(first),
        }
    }

    fn skip(&mut self, first: char) -> bool {
        self.found.end += first.len_utf8();
        first != '+'
    }

    /// One character that is no letter, digit or counter.
    fn separator(&mut self) -> bool {
        let Some(first) = self.rest().chars().next() else {
            return false;
        };
        let known = self.known.as_ref();
        let plain = first.is_ascii() && first != '+' && first != '-';
        if is_letter(first)
            || first == '+'
            || known.is_some_and(|known| known.start == self.found.end)
            || !plain && counter::at_head(self.rest()).is_some()
        {
            return false;
        }
        self.found.end += first.len_utf8();
        true
    }

    /// What stands between the parts of a byline: punctuation, but no symbols.
    fn separators(&mut self) {
        let known = self.known.as_ref().map(|known| known.start);
        while let Some(first) = self.rest().chars().next() {
            if !is_edge(first) || known == Some(self.found.end) {
                return;
            }
            self.found.end += first.len_utf8();
        }
    }

    fn name(&mut self) -> bool {
        match &self.known {
            Some(known) if known.start == self.found.end && known.end > known.start => {
                self.found.end = known.end;
                self.found.author = self.known.take();
                true
            }
            _ => false,
        }
    }

    fn date(&mut self) -> bool {
        if let Some(found) = date::at_head(self.rest()) {
            let range = self.found.end..self.found.end + found.len;
            self.found.end = range.end;
            if self.found.date.is_none() {
                self.found.date = Some((range, found.iso));
            }
            return true;
        }
        let time = date::time_at_head(self.rest());
        self.found.end += time.unwrap_or(0);
        time.is_some()
    }

    fn date_follows(&self) -> bool {
        date::at_head(self.rest()).is_some()
    }

    fn counter(&mut self) -> bool {
        let Some((len, counter)) = counter::at_head(self.rest()) else {
            return false;
        };
        self.found.counters.push((self.found.end, counter));
        self.found.end += len;
        true
    }

    /// The longest of `words` that stands here.
    fn word(&mut self, words: &Words) -> bool {
        let Some((word, ())) = words.at_head(self.rest()) else {
            return false;
        };
        self.found.end += word.len();
        self.found.button |= BUTTONS.contains(&word);
        true
    }

    fn badge(&mut self) -> bool {
        self.found.author.is_some() && self.word(&BADGES)
    }

    /// `#3`, `3楼`, `3F`: the number of a comment. Any bare number is one.
    fn floor(&mut self) -> bool {
        let (value, rest) = number(self.rest());
        if value.is_none() {
            return false;
        }
        let after = ["楼", "樓", "F", "层", "L"]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        let after = after.unwrap_or(rest);
        if after.starts_with(is_letter) {
            return false;
        }
        self.found.end = self.text.len() - after.len();
        true
    }
}

#[cfg(test)]
mod tests;
