//! The page of a code: Markdown, brought to the width of the terminal.

use std::io::{self, Write};

use crate::report::pen::{Pen, Style};
use crate::report::width::columns;

/// How far from the left an example stands.
const INDENT: &str = "    ";

/// Writes a page of ours, which holds titles, paragraphs and fenced code.
pub(super) fn write(pen: Pen, page: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut paragraph = String::new();
    let mut in_code = false;
    for line in page.lines() {
        let title = line.trim_start_matches('#');
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            writeln!(out, "{INDENT}{}", pen.line(line))?;
        } else if title.len() < line.len() {
            writeln!(out, "{}", pen.paint(Style::Title, title.trim_start()))?;
        } else if line.is_empty() {
            wrap(pen, &paragraph, out)?;
            paragraph.clear();
            writeln!(out)?;
        } else {
            paragraph.push_str(line);
            paragraph.push(' ');
        }
    }
    wrap(pen, &paragraph, out)
}

/// Writes a paragraph without the addresses of its links.
fn wrap(pen: Pen, paragraph: &str, out: &mut dyn Write) -> io::Result<()> {
    let text = without_links(paragraph);
    let text = pen.line(&text);
    let mut used = 0;
    for word in text.split_whitespace() {
        let width = columns(word);
        if used > 0 && used + 1 + width > pen.width() {
            writeln!(out)?;
            used = 0;
        }
        if used > 0 {
            write!(out, " ")?;
            used += 1;
        }
        write!(out, "{word}")?;
        used += width;
    }
    if used > 0 { writeln!(out) } else { Ok(()) }
}

/// `[words](address)` as `words`.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let (Some((lead, words)), Some((_, behind))) =
            (before.rsplit_once('['), after.split_once(')'))
        else {
            break;
        };
        // In code, it is an example of one.
        if before.matches('`').count() % 2 == 1 {
            break;
        }
        plain.push_str(lead);
        plain.push_str(words);
        rest = behind;
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_their_words() {
        assert_eq!(
            without_links("see [it](a.md) and [that](b)."),
            "see it and that."
        );
        assert_eq!(
            without_links("ends with `[the](http`"),
            "ends with `[the](http`"
        );
        assert_eq!(without_links("`[a](b)` is one"), "`[a](b)` is one");
    }
}
