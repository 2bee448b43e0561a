//! Lines of a report, wrapped to the terminal.

use crate::report::pen::{Pen, Style};
use crate::report::width::{columns, pad};

/// Collects lines.
pub(super) struct Page {
    pub pen: Pen,
    lines: Vec<String>,
}

impl Page {
    pub fn new(pen: Pen) -> Self {
        Self {
            pen,
            lines: Vec::new(),
        }
    }

    /// A line as it is.
    pub fn raw(&mut self, line: String) {
        self.lines.push(line);
    }

    /// A title.
    pub fn title(&mut self, title: &str) {
        self.lines.push(self.pen.paint(Style::Title, title));
    }

    /// `words`, wrapped, `indent` columns from the left; lines after the first two more. `words`
    /// begin with `lead`, which has a style.
    pub fn wrapped(&mut self, indent: usize, style: Style, lead: &str, words: &str) {
        let whole = format!("{lead}{words}");
        let mut lines = wrap(&whole, self.pen.width(), indent);
        if let Some(first) = lines.first_mut()
            && let Some(rest) = first.trim_start().strip_prefix(lead)
        {
            *first = " ".repeat(indent) + &self.pen.paint(style, lead) + rest;
        }
        self.lines.append(&mut lines);
    }

    /// `lead`, then as many of `items` as go into two lines, then how many more there are of
    /// `total`.
    pub fn listing(
        &mut self,
        indent: usize,
        style: Style,
        lead: &str,
        items: impl Iterator<Item = String>,
        total: usize,
    ) {
        let room = 2 * self.pen.width().saturating_sub(indent + 2);
        let mut words = String::new();
        let mut listed = 0;
        for item in items {
            let more = columns(lead) + columns(&words) + columns(&item) + 2;
            if listed > 0 && more + 14 > room {
                break;
            }
            words += if listed > 0 { ", " } else { " " };
            words += &item;
            listed += 1;
        }
        if listed < total {
            words += &format!(" and {} more", self.pen.number((total - listed) as u64));
        }
        self.wrapped(indent, style, lead, &words);
    }

    /// All of it.
    pub fn into_lines(self) -> Vec<String> {
        self.lines
    }
}

/// Breaks `words` at spaces so that lines stay within `width` where that can be.
fn wrap(words: &str, width: usize, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = " ".repeat(indent);
    let mut used = indent;
    let mut empty = true;
    for word in words.split(' ') {
        let wide = columns(word);
        if !empty && used + 1 + wide > width {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent + 2)));
            used = indent + 2;
            empty = true;
        }
        if !empty {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
        empty = false;
    }
    lines.push(line);
    lines
}

/// Two things on a line, the first `width` columns wide.
pub(super) fn beside(first: String, width: usize, second: &str) -> String {
    pad(first, width) + second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        for (words, width, expected) in [
            ("one two three", 40, vec![" one two three"]),
            ("one two three", 9, vec![" one two", "   three"]),
            ("中文 中文中 文", 9, vec![" 中文", "   中文中", "   文"]),
            ("overlongword x", 6, vec![" overlongword", "   x"]),
        ] {
            assert_eq!(wrap(words, width, 1), expected);
        }
    }
}
