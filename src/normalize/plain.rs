//! Rule 2 for plain text: blank lines part paragraphs, and what a paragraph's lines hold joins.
//!
//! A line that begins with a bullet, or with a number that counts on, is a list item without its
//! marker, because Markdown and HTML do not count the marker as text either, and exports of both
//! to plain text write it. A number counts on if it is 1 or one more than that of the item
//! before; any other number is text, so that a year at the start of a line is kept. Inside a
//! paragraph a bullet needs text behind it.
//!
//! A line that begins with an ideographic space begins a paragraph, as in Chinese books.
//! Everything else is text, such as the underlines of headings.

use super::builder::{Builder, ItemNumber};
use super::front_matter;
use super::line::{Line, Lines, indentation};
use crate::text::{BlockKind, ListNumber, NumberStep};

/// Segments the decoded text of `builder`, which has `lines`, into blocks.
pub(crate) fn segment(builder: &mut Builder<'_>, lines: &Lines) {
    let text = builder.decoded();
    let mut blocks = Blocks {
        open: None,
        end: 0,
        numbers: Vec::new(),
    };
    let mut at = front_matter::segment(builder);
    let mut last = None;
    while at < text.len() {
        let line = lines.at(text.as_bytes(), at, last.as_ref());
        blocks.take(builder, &line);
        at = line.next;
        last = Some(line);
    }
    blocks.close(builder);
}

/// A numbered item: where its marker and its text begin, in columns, and its number. Exports
/// align numbers left or right, so that items of one list share at least one of these columns.
struct Numbered {
    marker: usize,
    text: usize,
    number: u32,
}

/// How many lists may be open around an item for its number to count on.
const DEEPEST: usize = 16;

/// A block that began at `start`, and its text at `text`.
struct Open {
    kind: BlockKind,
    start: usize,
    text: usize,
    number: ItemNumber,
}

/// The block that is gathered, so that the builder gets all of it at once.
struct Blocks {
    open: Option<Open>,
    /// Where its last line ends.
    end: usize,
    /// The last numbered item of each list that may go on, outermost first.
    numbers: Vec<Numbered>,
}

impl Blocks {
    fn take(&mut self, builder: &mut Builder<'_>, line: &Line<'_>) {
        if is_blank(line.rest) {
            self.close(builder);
            return;
        }
        if let Some((marker, number)) = self.marker(line) {
            self.close(builder);
            self.open = Some(Open {
                kind: BlockKind::ListItem,
                start: line.start,
                text: line.rest_start() + marker,
                number,
            });
        } else if self.open.is_none() || line.rest.starts_with(IDEOGRAPHIC_SPACE) {
            self.close(builder);
            self.open = Some(Open {
                kind: BlockKind::Paragraph,
                start: line.start,
                text: line.start,
                number: ItemNumber::None,
            });
        }
        self.end = line.end;
    }

    fn close(&mut self, builder: &mut Builder<'_>) {
        if let Some(open) = self.open.take() {
            builder.number(open.number);
            builder.open(open.kind, open.start);
            builder.verbatim(open.text..self.end);
            builder.close(self.end);
        }
    }

    /// The length of the list marker that a line begins with, if there is text behind it, and the
    /// number that it is.
    fn marker(&mut self, line: &Line<'_>) -> Option<(usize, ItemNumber)> {
        let marker = bullet(line.rest).or_else(|| number(line.rest).map(|(_, len)| len))?;
        let (space, columns) = indentation(&line.rest[marker..], line.indent + marker);
        let has_text = marker + space < line.rest.len();
        if columns == 0 || !has_text || is_break(line.rest) {
            return None;
        }
        let number = match number(line.rest) {
            Some((number, len)) => ItemNumber::Known(self.count(Numbered {
                marker: line.indent,
                text: line.indent + len + columns,
                number,
            })?),
            None => ItemNumber::None,
        };
        Some((marker, number))
    }

    /// The number of an item, if it counts on.
    fn count(&mut self, item: Numbered) -> Option<ListNumber> {
        let aligned = |last: &Numbered| last.marker == item.marker || last.text == item.text;
        let last = self.numbers.iter().rposition(aligned);
        let goes_on = last.is_some_and(|at| self.numbers[at].number + 1 == item.number);
        if !goes_on && item.number != 1 {
            return None;
        }
        let number = ListNumber {
            value: item.number.cast_signed(),
            step: match goes_on {
                true => NumberStep::Next,
                false => NumberStep::First,
            },
        };
        self.numbers.truncate(last.unwrap_or(DEEPEST - 1));
        self.numbers.push(item);
        Some(number)
    }
}

/// The length of a bullet.
fn bullet(rest: &[u8]) -> Option<usize> {
    match rest.first()? {
        b'-' | b'*' | b'+' => Some(1),
        0xc2 | 0xe2 => BULLETS
            .iter()
            .find(|mark| rest.starts_with(mark.as_bytes()))
            .map(|mark| mark.len()),
        _ => None,
    }
}

/// A number with `.` or `)` behind it, and the length of both.
fn number(rest: &[u8]) -> Option<(u32, usize)> {
    let digits = rest
        .iter()
        .take(9)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let is_marked = digits > 0 && matches!(rest.get(digits), Some(b'.' | b')'));
    let value = rest[..digits]
        .iter()
        .fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
    is_marked.then_some((value, digits + 1))
}

/// Whether the line is drawn rather than written, such as `* * *`.
fn is_break(rest: &[u8]) -> bool {
    rest.iter()
        .all(|byte| *byte == rest[0] || byte.is_ascii_whitespace())
}

fn is_blank(rest: &[u8]) -> bool {
    match rest.first() {
        None => true,
        Some(0xc2 | 0xe2 | 0xe3) => str::from_utf8(rest).is_ok_and(|rest| rest.trim().is_empty()),
        Some(_) => false,
    }
}

const BULLETS: [&str; 6] = ["•", "·", "◦", "▪", "‣", "●"];

const IDEOGRAPHIC_SPACE: &[u8] = "\u{3000}".as_bytes();

#[cfg(test)]
mod tests;
