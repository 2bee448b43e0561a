//! Text set in lines of a column: broken where UAX #14 lets it be, in Chinese as in English.

use std::borrow::Cow;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::report::pen::{Pen, Style};
use crate::report::width::columns;

/// Text of one style, safe to print, without line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub style: Option<Style>,
    pub text: String,
    /// What stands before and after it. No line is broken between it and the text.
    pub marks: (&'static str, &'static str),
}

impl Run {
    pub fn plain(text: impl Into<String>, style: Option<Style>) -> Self {
        Self {
            style,
            text: text.into(),
            marks: ("", ""),
        }
    }
}

/// Room that a piece of a line is given at first, in bytes: that of most lines.
const PIECE: usize = 80;

/// A line that was set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pieces: Vec<(Option<Style>, String)>,
    /// Columns that it takes.
    pub width: usize,
}

impl Line {
    pub fn painted(&self, pen: Pen) -> String {
        let mut out = String::with_capacity(2 * self.width);
        self.paint(pen, &mut out);
        out
    }

    /// Adds the line to `out`.
    pub fn paint(&self, pen: Pen, out: &mut String) {
        for (style, text) in &self.pieces {
            match style.filter(|_| pen.terminal.colour) {
                Some(style) => out.push_str(&pen.paint(style, text)),
                None => out.push_str(text),
            }
        }
    }

    fn push(&mut self, style: Option<Style>, text: &str, width: usize) {
        self.width += width;
        match self.pieces.last_mut() {
            Some((last, pieces)) if *last == style => pieces.push_str(text),
            _ => {
                let mut piece = String::with_capacity(text.len().max(PIECE));
                piece.push_str(text);
                self.pieces.push((style, piece));
            }
        }
    }

    /// Takes white space from its end.
    fn trim(&mut self) {
        while let Some((_, text)) = self.pieces.last_mut() {
            let kept = text.trim_end_matches(' ').len();
            self.width -= text.len() - kept;
            text.truncate(kept);
            if !text.is_empty() {
                return;
            }
            self.pieces.pop();
        }
    }
}

/// The lines of `runs`, at least one, none wider than `width` columns unless a single character
/// is. White space at the beginning stays: it may be a line of code.
pub(super) fn set(runs: &[Run], width: usize) -> Vec<Line> {
    let mut setter = Setter {
        width: width.max(1),
        lines: Vec::new(),
        line: Line::default(),
        word: Vec::new(),
        word_width: 0,
    };
    setter.set(runs);
    setter.lines
}

/// A part of a word: within one run.
struct Part<'r> {
    style: Option<Style>,
    text: &'r str,
    width: usize,
}

impl<'r> Part<'r> {
    /// It without the white space at its end that does not fit into `room` columns, and how wide
    /// that is, if the rest fits.
    fn without_space(&self, room: usize) -> Option<(&'r str, usize)> {
        let kept = self.text.trim_end_matches(' ').len();
        let over = self.width.saturating_sub(room);
        let fits = over <= self.text.len() - kept;
        fits.then(|| (&self.text[..self.text.len() - over], self.width - over))
    }
}

struct Setter<'r> {
    width: usize,
    lines: Vec<Line>,
    line: Line,
    /// What no line is broken in, unless it is wider than a whole line.
    word: Vec<Part<'r>>,
    word_width: usize,
}

impl<'r> Setter<'r> {
    fn set(&mut self, runs: &'r [Run]) {
        let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
        let whole = with_plain_quotes(&whole);
        let mut breaks = linebreaks(&whole).map(|(at, _)| at).peekable();
        let mut start = 0;
        let mut after_mark = false;
        for run in runs {
            if after_mark && !run.marks.0.is_empty() {
                self.end_word();
            }
            after_mark = !run.marks.1.is_empty();
            self.part(run.style, run.marks.0);
            let end = start + run.text.len();
            let mut at = start;
            while let Some(next) = breaks.next_if(|next| *next <= end) {
                self.part(run.style, &run.text[at - start..next - start]);
                at = next;
                if next < end {
                    self.end_word();
                }
            }
            self.part(run.style, &run.text[at - start..]);
            self.part(run.style, run.marks.1);
            if at == end && !run.text.is_empty() {
                self.end_word();
            }
            start = end;
        }
        self.end_word();
        self.end_line();
    }

    fn part(&mut self, style: Option<Style>, text: &'r str) {
        if !text.is_empty() {
            let width = columns(text);
            self.word_width += width;
            self.word.push(Part { style, text, width });
        }
    }

    /// Puts the word on the line, or on the next if there is no room.
    fn end_word(&mut self) {
        let Some(last) = self.word.last() else { return };
        let trailing = last.text.len() - last.text.trim_end_matches(' ').len();
        let needed = std::mem::take(&mut self.word_width) - trailing;
        if self.line.width > 0 && self.line.width + needed > self.width {
            self.end_line();
        }
        // Taken and put back, so that its room is kept.
        let mut word = std::mem::take(&mut self.word);
        for part in &word {
            let room = self.width.saturating_sub(self.line.width);
            if part.width <= room {
                self.line.push(part.style, part.text, part.width);
            } else if let Some((text, width)) = part.without_space(room) {
                self.line.push(part.style, text, width);
            } else {
                self.by_characters(part);
            }
        }
        word.clear();
        self.word = word;
    }

    /// A word that is wider than a line.
    fn by_characters(&mut self, part: &Part<'_>) {
        for cluster in part.text.graphemes(true) {
            let wide = columns(cluster);
            if self.line.width > 0 && self.line.width + wide > self.width {
                if cluster == " " {
                    continue;
                }
                self.end_line();
            }
            self.line.push(part.style, cluster, wide);
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.trim();
        self.lines.push(line);
    }
}

/// `text`, of the same length, with brackets for curly quotation marks beside wide characters.
/// UAX #14 cannot tell which of them open, and so breaks no line on either side of them; in
/// Chinese, that tears words from the marks that belong to them.
fn with_plain_quotes(text: &str) -> Cow<'_, str> {
    if !text.contains(['“', '”', '‘', '’']) {
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

    fn run(text: &str, marks: (&'static str, &'static str)) -> Run {
        Run {
            marks,
            ..Run::plain(text, None)
        }
    }

    fn lines(runs: &[Run], width: usize) -> Vec<String> {
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

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(
            texts in prop::collection::vec("[a-c 中。“👩\u{200d}🌾\u{301}]{0,12}", 0..5),
            width in 2usize..20,
        ) {
            let runs: Vec<Run> = texts.iter().map(|text| run(text, ("[", "]"))).collect();
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
