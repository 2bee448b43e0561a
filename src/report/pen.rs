//! What every line of text output is written with.

use std::borrow::Cow;

use super::Terminal;
use super::width::{self, Show};
use super::{escape, numbers};

/// What a piece of a line is. Colour is an addition: nothing is said by it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Title,
    Verdict,
    Faint,
    Same,
    Lacking,
    Extra,
    Variant,
    Moved,
}

impl Style {
    /// The parameters of its SGR control sequence.
    fn sgr(self) -> &'static str {
        match self {
            Self::Title => "1",
            Self::Verdict => "1;33",
            Self::Faint => "2",
            Self::Same => "34",
            Self::Lacking => "31",
            Self::Extra => "32",
            Self::Variant => "33",
            Self::Moved => "36",
        }
    }
}

/// Writes words, numbers, paths and quotations as a terminal can show them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen {
    pub terminal: Terminal,
}

impl Pen {
    /// For what is no terminal.
    pub const PLAIN: Self = Self {
        terminal: Terminal {
            width: 80,
            colour: false,
            ascii: false,
        },
    };

    pub fn width(self) -> usize {
        self.terminal.width.max(40)
    }

    /// `text`, which must be safe, in a style.
    pub fn paint(self, style: Style, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        self.paint_to(style, text, &mut out);
        out
    }

    /// Adds `text`, which must be safe, in a style.
    pub fn paint_to(self, style: Style, text: &str, out: &mut String) {
        match self.terminal.colour && !text.is_empty() {
            true => out.extend(["\x1b[", style.sgr(), "m", text, "\x1b[0m"]),
            false => out.push_str(text),
        }
    }

    pub fn number(self, number: u64) -> String {
        numbers::grouped(number, self.terminal.ascii)
    }

    /// A number of things, with `s` for more than one.
    pub fn count(self, number: u64, one: &str) -> String {
        self.count_of(number, one, &format!("{one}s"))
    }

    pub fn count_of(self, number: u64, one: &str, many: &str) -> String {
        numbers::count(number, one, many, self.terminal.ascii)
    }

    pub fn chars(self, number: u64) -> String {
        self.count(number, "character")
    }

    /// A path or name, whole.
    pub fn name(self, name: &str) -> String {
        escape::name(name, self.terminal.ascii).into_owned()
    }

    /// A path, shortened in its middle to `max` columns.
    pub fn path(self, path: &str, max: usize) -> String {
        width::keep_ends(path, max, self.show(false))
    }

    /// A line of text, whole.
    pub fn line(self, text: &str) -> Cow<'_, str> {
        escape::line(text, self.terminal.ascii)
    }

    /// The beginning of a text as a quotation of at most `max` columns.
    pub fn quote(self, text: &str, max: usize) -> String {
        self.quoted(text, max, width::keep_start)
    }

    /// The end of a text as a quotation of at most `max` columns.
    pub fn quote_end(self, text: &str, max: usize) -> String {
        self.quoted(text, max, width::keep_end)
    }

    fn quoted(self, text: &str, max: usize, keep: fn(&str, usize, Show) -> String) -> String {
        let (open, close) = self.quotation_marks();
        let kept = keep(text, max.saturating_sub(2), self.show(true));
        format!("{open}{kept}{close}")
    }

    fn show(self, prose: bool) -> Show {
        Show {
            ascii: self.terminal.ascii,
            prose,
        }
    }

    fn quotation_marks(self) -> (char, char) {
        if self.terminal.ascii {
            ('"', '"')
        } else {
            ('“', '”')
        }
    }

    /// Between the numbers of a line and its text.
    pub fn gutter(self) -> char {
        if self.terminal.ascii { '|' } else { '│' }
    }

    pub fn ellipsis(self) -> &'static str {
        if self.terminal.ascii { "..." } else { "…" }
    }
}
