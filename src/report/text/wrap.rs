//! Text set in lines of a column: broken where UAX #14 lets it be, in Chinese as in English.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::breaks::{HAN, begins_word, breaks};
use crate::report::pen::{Pen, Style};
use crate::report::width::columns;

/// Text of one style, safe to print, without line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run<'t> {
    pub style: Option<Style>,
    pub text: Cow<'t, str>,
    /// What stands before and after it. No line is broken between it and the text.
    pub marks: (&'static str, &'static str),
}

impl<'t> Run<'t> {
    pub fn plain(text: impl Into<Cow<'t, str>>, style: Option<Style>) -> Self {
        Self {
            style,
            text: text.into(),
            marks: ("", ""),
        }
    }
}

/// A line that was set.
#[derive(Clone, Debug, Default)]
pub(super) struct Line<'r> {
    pieces: Vec<Piece<'r>>,
    /// Columns that it takes.
    pub width: usize,
}

/// A part of a line: of a run or a mark.
#[derive(Clone, Debug)]
struct Piece<'r> {
    style: Option<Style>,
    of: &'r str,
    range: Range<usize>,
}

impl Piece<'_> {
    fn text(&self) -> &str {
        &self.of[self.range.clone()]
    }
}

impl<'r> Line<'r> {
    pub fn painted(&self, pen: Pen) -> String {
        let mut out = String::with_capacity(2 * self.width);
        self.paint(pen, &mut out);
        out
    }

    /// Adds the line to `out`.
    pub fn paint(&self, pen: Pen, out: &mut String) {
        for pieces in self.pieces.chunk_by(|one, next| one.style == next.style) {
            let texts = pieces.iter().map(Piece::text);
            match pieces[0].style.filter(|_| pen.terminal.colour) {
                Some(style) => out.push_str(&pen.paint(style, &texts.collect::<String>())),
                None => out.extend(texts),
            }
        }
    }

    #[inline]
    fn push(&mut self, style: Option<Style>, of: &'r str, range: Range<usize>, width: usize) {
        self.width += width;
        match self.pieces.last_mut() {
            Some(last) if last.range.end == range.start && std::ptr::eq(last.of, of) => {
                last.range.end = range.end;
            }
            _ => self.pieces.push(Piece { style, of, range }),
        }
    }

    /// Takes white space from its end.
    fn trim(&mut self) {
        while let Some(last) = self.pieces.last_mut() {
            let text = last.text();
            let over = text.len() - text.trim_end_matches(' ').len();
            self.width -= over;
            last.range.end -= over;
            if !last.range.is_empty() {
                return;
            }
            self.pieces.pop();
        }
    }
}

/// The lines of `runs`, at least one, none wider than `width` columns unless a single character
/// is. White space at the beginning stays: it may be a line of code.
pub(super) fn set<'r>(runs: &'r [Run<'_>], width: usize) -> Vec<Line<'r>> {
    let mut lines = Vec::new();
    each(runs, width, |line| lines.push(line.clone()));
    lines
}

/// Tells the lines of `runs`, as [`set`] gives them.
pub(super) fn each<'r>(runs: &'r [Run<'_>], width: usize, tell: impl FnMut(&Line<'r>)) {
    let mut setter = Setter {
        width: width.max(1),
        tell,
        line: Line::default(),
        word: Vec::new(),
        word_width: 0,
    };
    setter.set(runs);
}

/// A part of a word: within one run.
struct Part<'r> {
    piece: Piece<'r>,
    width: usize,
}

impl Part<'_> {
    /// How long it is in bytes without the white space at its end that does not fit into `room`
    /// columns, if the rest fits.
    fn without_space(&self, room: usize) -> Option<usize> {
        let text = self.piece.text();
        let over = self.width.saturating_sub(room);
        (over <= trailing(text)).then(|| text.len() - over)
    }
}

/// Columns of the white space at the end of `text`.
fn trailing(text: &str) -> usize {
    text.len() - text.trim_end_matches(' ').len()
}

/// Where the last word of `text`, which is wider, begins that `room` columns cannot take, if all
/// before it fits but for spaces; 0 if its first word does not.
fn last_word(text: &[u8], room: usize) -> usize {
    let spaces = (1..=room).rev().filter(|at| text[*at] == b' ');
    let word = |at: usize| at + text[at..].iter().take_while(|byte| **byte == b' ').count();
    let mut words = spaces.map(word);
    words
        .find(|at| begins_word(&text[at - 1..=*at]))
        .unwrap_or(0)
}

struct Setter<'r, T> {
    width: usize,
    tell: T,
    line: Line<'r>,
    /// What no line is broken in, unless it is wider than a whole line.
    word: Vec<Part<'r>>,
    word_width: usize,
}

impl<'r, T: FnMut(&Line<'r>)> Setter<'r, T> {
    fn set(&mut self, runs: &'r [Run<'_>]) {
        let whole: Cow<'_, str> = match runs {
            [run] => Cow::Borrowed(&run.text),
            _ => runs.iter().map(|run| &*run.text).collect(),
        };
        let whole = with_plain_quotes(&whole);
        let mut breaks = breaks(&whole);
        let mut next = breaks.next();
        let (mut start, mut last) = (0, 0);
        let mut after_mark = false;
        for run in runs {
            if after_mark && !run.marks.0.is_empty() {
                self.end_word();
            }
            after_mark = !run.marks.1.is_empty();
            self.part(run.style, run.marks.0, 0..run.marks.0.len());
            let end = start + run.text.len();
            let mut at = start;
            while let Some(place) = next.filter(|place| place.at <= end) {
                let range = at - start..place.at - start;
                let known = place.columns.filter(|_| last == at);
                let width = known.unwrap_or_else(|| columns(&run.text[range.clone()]));
                at = place.at;
                if at < end {
                    self.end_of_word(run.style, &run.text, range, width);
                    let until = breaks.skip_han(at, end);
                    self.han(run.style, &run.text, at - start..until - start);
                    at = until;
                    let until = breaks.skip_words(at, end);
                    self.words(run.style, &run.text, at - start..until - start);
                    at = until;
                } else {
                    self.push(run.style, &run.text, range, width);
                }
                last = at;
                next = breaks.next();
            }
            self.part(run.style, &run.text, at - start..run.text.len());
            self.part(run.style, run.marks.1, 0..run.marks.1.len());
            if at == end && !run.text.is_empty() {
                self.end_word();
            }
            start = end;
        }
        self.end_word();
        self.end_line();
    }

    fn part(&mut self, style: Option<Style>, of: &'r str, range: Range<usize>) {
        if !range.is_empty() {
            let width = columns(&of[range.clone()]);
            self.push(style, of, range, width);
        }
    }

    fn push(&mut self, style: Option<Style>, of: &'r str, range: Range<usize>, width: usize) {
        let piece = Piece { style, of, range };
        self.word_width += width;
        self.word.push(Part { piece, width });
    }

    /// The last part of a word, and most often the only one.
    #[inline]
    fn end_of_word(
        &mut self,
        style: Option<Style>,
        of: &'r str,
        range: Range<usize>,
        width: usize,
    ) {
        if self.word.is_empty() && self.line.width + width <= self.width {
            self.line.push(style, of, range, width);
        } else {
            self.push(style, of, range, width);
            self.end_word();
        }
    }

    /// Han characters, each of which is a word with the stops behind it.
    fn han(&mut self, style: Option<Style>, of: &'r str, mut range: Range<usize>) {
        let is_stop = |at: usize| !matches!(of.as_bytes()[at], 0xe4..=0xe9);
        while !range.is_empty() {
            let room = self.width.saturating_sub(self.line.width) / 2;
            let mut end = range.start + range.len().min(HAN * room);
            while range.start < end && end < range.end && is_stop(end) {
                end -= HAN;
            }
            if end > range.start {
                let width = 2 * (end - range.start) / HAN;
                self.line.push(style, of, range.start..end, width);
            } else if self.line.width > 0 {
                self.end_line();
            } else {
                end += HAN;
                while end < range.end && is_stop(end) {
                    end += HAN;
                }
                self.push(style, of, range.start..end, 2 * (end - range.start) / HAN);
                self.end_word();
            }
            range.start = end;
        }
    }

    /// Words of ASCII, each with the spaces behind it.
    fn words(&mut self, style: Option<Style>, of: &'r str, mut range: Range<usize>) {
        while !range.is_empty() {
            let room = self.width.saturating_sub(self.line.width);
            let text = &of.as_bytes()[range.clone()];
            let fits = text.trim_ascii_end().len() <= room;
            let (len, ends) = match fits {
                true => (text.len(), false),
                false => (last_word(text, room), true),
            };
            if len > 0 {
                let shown = len.min(room);
                let shown_range = range.start..range.start + shown;
                self.line.push(style, of, shown_range, shown);
                range.start += len;
            } else if self.line.width == 0 {
                let len = text.windows(2).position(begins_word);
                let len = len.map_or(text.len(), |space| space + 1);
                self.push(style, of, range.start..range.start + len, len);
                self.end_word();
                range.start += len;
                continue;
            }
            if ends {
                self.end_line();
            }
        }
    }

    /// Puts the word on the line, or on the next if there is no room.
    fn end_word(&mut self) {
        let Some(last) = self.word.last() else { return };
        let needed = std::mem::take(&mut self.word_width) - trailing(last.piece.text());
        if self.line.width > 0 && self.line.width + needed > self.width {
            self.end_line();
        }
        // Taken and put back, so that its room is kept.
        let mut word = std::mem::take(&mut self.word);
        for part in &word {
            let Part { piece, width } = part;
            let room = self.width.saturating_sub(self.line.width);
            if *width <= room {
                self.line
                    .push(piece.style, piece.of, piece.range.clone(), *width);
            } else if let Some(len) = part.without_space(room) {
                let start = piece.range.start;
                self.line
                    .push(piece.style, piece.of, start..start + len, room);
            } else {
                self.by_characters(piece);
            }
        }
        word.clear();
        self.word = word;
    }

    /// A word that is wider than a line.
    fn by_characters(&mut self, piece: &Piece<'r>) {
        for (at, cluster) in piece.of[piece.range.clone()].grapheme_indices(true) {
            let wide = columns(cluster);
            if self.line.width > 0 && self.line.width + wide > self.width {
                if cluster == " " {
                    continue;
                }
                self.end_line();
            }
            let start = piece.range.start + at;
            let range = start..start + cluster.len();
            self.line.push(piece.style, piece.of, range, wide);
        }
    }

    fn end_line(&mut self) {
        self.line.trim();
        (self.tell)(&self.line);
        self.line.pieces.clear();
        self.line.width = 0;
    }
}

/// `text`, of the same length, with brackets for curly quotation marks beside wide characters.
/// UAX #14 cannot tell which of them open, and so breaks no line on either side of them; in
/// Chinese, that tears words from the marks that belong to them.
fn with_plain_quotes(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_quote = |at: usize| matches!(bytes[at..], [_, 0x80, 0x98 | 0x99 | 0x9c | 0x9d, ..]);
    if !memchr::memchr_iter(0xe2, bytes).any(is_quote) {
        return Cow::Borrowed(text);
    }
    let is_wide = |c: Option<char>| c.is_some_and(|c| UnicodeWidthChar::width(c) == Some(2));
    let mut before = None;
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let beside_wide = is_wide(before) || is_wide(chars.peek().copied());
        out.push(match c {
            '“' | '‘' if beside_wide => '「',
            '”' | '’' if beside_wide => '」',
            _ => c,
        });
        before = Some(c);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: Pen = Pen {
        terminal: crate::report::Terminal {
            width: 80,
            colour: false,
            ascii: false,
        },
    };

    fn run<'t>(text: &'t str, marks: (&'static str, &'static str)) -> Run<'t> {
        Run {
            marks,
            ..Run::plain(text, None)
        }
    }

    fn lines(runs: &[Run<'_>], width: usize) -> Vec<String> {
        let lines = set(runs, width);
        lines.iter().map(|line| line.painted(PLAIN)).collect()
    }

    #[test]
    fn lines_break_as_readers_expect() {
        for (text, width, expected) in [
            ("", 9, vec![""]),
            ("one two three", 8, vec!["one two", "three"]),
            ("one two", 3, vec!["one", "two"]),
            ("    let a = 1;", 9, vec!["    let a", "= 1;"]),
            ("overlongword x", 5, vec!["overl", "ongwo", "rd x"]),
            ("中文段落。", 8, vec!["中文段", "落。"]),
            ("他说：“不要动。”", 6, vec!["他说：", "“不要", "动。”"]),
            ("用Rust写", 6, vec!["用Rust", "写"]),
            ("中文", 1, vec!["中", "文"]),
        ] {
            assert_eq!(lines(&[run(text, ("", ""))], width), expected, "{text}");
        }
    }

    #[test]
    fn marks_stay_with_their_text() {
        let runs = [
            run("one ", ("", "")),
            run("two", ("[-", "-]")),
            run("six", ("{+", "+}")),
            run(" four", ("", "")),
        ];
        assert_eq!(lines(&runs, 9), ["one", "[-two-]", "{+six+}", "four"]);
        assert_eq!(lines(&runs, 18), ["one [-two-]{+six+}", "four"]);
    }

    /// The lines, set word by word as UAX #14 divides them.
    fn word_by_word(text: &str, width: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        let mut from = 0;
        for (at, _) in unicode_linebreak::linebreaks(text) {
            let (word, line) = (&text[from..at], lines.last_mut().expect("one"));
            if columns(line) + columns(word.trim_end()) > width {
                lines.push(String::new());
            }
            lines.last_mut().expect("one").push_str(word);
            from = at;
        }
        lines
            .iter()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }

    proptest! {
        #[test]
        fn lines_are_as_if_set_word_by_word(
            text in "[a-c一]([a-c0]{1,5} {0,2}|[,.]|[一二]{1,3}|[，。、]){1,40}",
            width in 14usize..30,
        ) {
            let text = text.trim_end();
            let words = unicode_linebreak::linebreaks(text).map(|(at, _)| at);
            let starts = std::iter::once(0).chain(words.clone());
            prop_assume!(starts.zip(words).all(|(from, to)| columns(&text[from..to]) <= width));
            prop_assert_eq!(lines(&[run(text, ("", ""))], width), word_by_word(text, width));
        }

        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(
            texts in prop::collection::vec("[a-c 中。“👩\u{200d}🌾\u{301}]{0,12}", 0..5),
            width in 2usize..20,
        ) {
            let runs: Vec<Run<'_>> = texts.iter().map(|text| run(text, ("[", "]"))).collect();
            let set = set(&runs, width);
            let solid = |text: &str| text.replace(' ', "");
            let all: String = runs.iter().map(|run| format!("[{}]", run.text)).collect();
            let shown: String = set.iter().map(|line| line.painted(PLAIN)).collect();
            prop_assert_eq!(solid(&shown), solid(&all));
            for line in &set {
                let shown = line.painted(PLAIN);
                prop_assert!(line.width <= width || shown.graphemes(true).count() == 1);
                prop_assert_eq!(line.width, columns(&line.painted(PLAIN)));
            }
        }
    }
}
