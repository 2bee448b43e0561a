//! Lines of a report, wrapped to the terminal.

use crate::report::pen::{Pen, Style};
use crate::report::width::columns;

/// Columns below which a quotation says too little to stand beside other words.
const QUOTE_MIN: usize = 24;

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

    /// `words`, wrapped, `indent` columns from the left; lines after the first two more. They
    /// begin with `lead`, which has a style.
    pub fn wrapped(&mut self, indent: usize, style: Style, lead: &str, words: &str) {
        let whole = format!("{lead}{words}");
        self.tokens(indent, style, lead, whole.split(' '));
    }

    /// `name`, in a style, then `words`, wrapped. The name is never broken, so that it can be
    /// copied: where it is wider than the terminal, it has a line of its own.
    pub fn named(&mut self, indent: usize, style: Style, name: &str, words: &str) {
        let tokens = std::iter::once(name).chain(words.split(' '));
        self.tokens(indent, style, name, tokens);
    }

    /// `lead`, then names, none broken.
    pub fn names(&mut self, indent: usize, style: Style, lead: &str, names: &[String], rest: &str) {
        let last = names.len().saturating_sub(1);
        let names: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(at, name)| format!("{name}{}", if at < last { "," } else { "" }))
            .collect();
        let names = names.iter().map(String::as_str);
        let rest = rest.split(' ').filter(|word| !word.is_empty());
        let tokens = lead.split(' ').chain(names).chain(rest);
        self.tokens(indent, style, lead, tokens);
    }

    /// `lead` and `words`, then the beginning of `text` as a quotation: on the same line if there
    /// is room for enough of it, else on the next.
    pub fn quoted(&mut self, indent: usize, style: Style, lead: &str, words: &str, text: &str) {
        let quote = |pen: Pen, max| pen.quote(text, max);
        self.with_quote(indent, style, lead, words, QUOTE_MIN, quote);
    }

    /// The same with the end of `text`: on the next line unless all of it goes on the same.
    pub fn quoted_end(&mut self, indent: usize, style: Style, lead: &str, words: &str, text: &str) {
        let quote = |pen: Pen, max| pen.quote_end(text, max);
        self.with_quote(indent, style, lead, words, usize::MAX, quote);
    }

    /// Puts a quotation beside `words` if that leaves it `enough` columns or all it needs.
    fn with_quote(
        &mut self,
        indent: usize,
        style: Style,
        lead: &str,
        words: &str,
        enough: usize,
        quote: impl Fn(Pen, usize) -> String,
    ) {
        let width = self.pen.width();
        let whole = format!("{lead}{words}");
        let below = width.saturating_sub(indent + 2);
        let beside = width.saturating_sub(indent + columns(&whole) + 1);
        let fits = columns(&quote(self.pen, below)) <= beside || beside >= enough;
        let quote = quote(self.pen, if fits { beside } else { below });
        let tokens = whole.split(' ').chain([quote.as_str()]);
        self.tokens(indent, style, lead, tokens);
    }

    /// `lead`, then as many of `items` as go into three lines, none broken, then how many more there
    /// are of `total`.
    pub fn listing(
        &mut self,
        indent: usize,
        style: Style,
        lead: &str,
        items: impl Iterator<Item = String>,
        total: usize,
    ) {
        let room = 3 * self.pen.width().saturating_sub(indent + 4);
        let mut used = columns(lead);
        let mut listed: Vec<String> = Vec::new();
        for item in items {
            used += columns(&item) + 2;
            if !listed.is_empty() && used + 14 > room {
                break;
            }
            if let Some(last) = listed.last_mut() {
                last.push(',');
            }
            listed.push(item);
        }
        if listed.len() < total {
            let more = self.pen.number((total - listed.len()) as u64);
            listed.push(format!("and {more} more"));
        }
        let tokens = lead.split(' ').chain(listed.iter().map(String::as_str));
        self.tokens(indent, style, lead, tokens);
    }

    /// `tokens` with spaces between them, wrapped.
    fn tokens<'t>(
        &mut self,
        indent: usize,
        style: Style,
        lead: &str,
        tokens: impl Iterator<Item = &'t str>,
    ) {
        let mut lines = wrap(tokens, self.pen.width(), indent);
        if let Some(first) = lines.first_mut()
            && let Some(rest) = first.trim_start().strip_prefix(lead)
        {
            *first = " ".repeat(indent) + &self.pen.paint(style, lead) + rest;
        }
        self.lines.append(&mut lines);
    }

    /// All of it.
    pub fn into_lines(self) -> Vec<String> {
        self.lines
    }
}

/// Lines of `tokens`, within `width` where that can be.
fn wrap<'t>(tokens: impl Iterator<Item = &'t str>, width: usize, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = " ".repeat(indent);
    let mut used = indent;
    let mut empty = true;
    for token in tokens {
        let wide = columns(token);
        if !empty && used + 1 + wide > width {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent + 2)));
            used = indent + 2;
            empty = true;
        }
        if !empty {
            line.push(' ');
            used += 1;
        }
        line.push_str(token);
        used += wide;
        empty = false;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_tokens() {
        for (words, width, expected) in [
            ("one two three", 40, vec![" one two three"]),
            ("one two three", 9, vec![" one two", "   three"]),
            ("中文 中文中 文", 9, vec![" 中文", "   中文中", "   文"]),
            ("overlongword x", 6, vec![" overlongword", "   x"]),
        ] {
            assert_eq!(wrap(words.split(' '), width, 1), expected);
        }
    }
}
