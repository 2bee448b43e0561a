//! The two texts side by side, each in a column of its own, with its line numbers.

use std::io::{self, Write};

use super::layout::{Layout, line_digits};
use super::lines::{Drafter, TextLine};
use super::sign::Sign;
use super::wrap::{Line, Run, set};
use crate::report::Entry;
use crate::report::parallel::{Row, Side};
use crate::report::pen::{Pen, Style};
use crate::report::width::columns;

pub(super) struct Columns<'a> {
    drafter: Drafter<'a>,
    digits: usize,
    /// Columns of the terminal for the text of one side.
    width: usize,
}

/// A line of one side: its number, if a line of the source begins here, and its text.
type Half<'r> = (Option<u32>, Line<'r>);

impl<'a> Columns<'a> {
    pub fn new(drafter: Drafter<'a>) -> Self {
        let digits = line_digits(&drafter).max(2);
        let half = drafter.pen.width().saturating_sub(3) / 2;
        Self {
            drafter,
            digits,
            width: half.saturating_sub(digits + 1).max(1),
        }
    }

    fn pen(&self) -> Pen {
        self.drafter.pen
    }

    fn halves<'r>(&self, line: Option<&'r TextLine<'_>>, side: Side) -> Vec<Half<'r>> {
        let Some(line) = line else { return Vec::new() };
        let mut number = match side {
            Side::Base => line.base,
            Side::Copy => line.copy,
        };
        let set = set(&line.runs, self.width);
        set.into_iter().map(|text| (number.take(), text)).collect()
    }

    fn write(
        &self,
        sign: Sign,
        left: &[Half<'_>],
        right: &[Half<'_>],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let none = (None, Line::default());
        for at in 0..left.len().max(right.len()) {
            let one = self.half(left.get(at).unwrap_or(&none));
            let other = self.half(right.get(at).unwrap_or(&none));
            let line = format!("{one} {} {other}", sign.painted(self.pen()));
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// A line of one side, as wide as the side.
    fn half(&self, (number, text): &Half<'_>) -> String {
        let digits = self.digits;
        let number = number.map_or_else(String::new, |line| line.to_string());
        let number = self
            .pen()
            .paint(Style::Faint, &format!("{number:>digits$} "));
        let padding = " ".repeat(self.width.saturating_sub(text.width));
        format!("{number}{}{padding}", text.painted(self.pen()))
    }
}

impl Layout for Columns<'_> {
    fn names(&self, base: Entry<'_>, copy: Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
        let name = |sign: Sign, entry: Entry<'_>| {
            let words = format!(
                "{} {} {}",
                sign.glyph(self.pen()),
                self.pen().name(entry.siglum),
                self.pen().name(entry.path)
            );
            [Run::plain(words, Some(Style::Title))]
        };
        let (left, right) = (name(Sign::Lacking, base), name(Sign::Extra, copy));
        let width = self.width + self.digits + 1;
        let (left, right) = (set(&left, width), set(&right, width));
        let none = Line::default();
        for at in 0..left.len().max(right.len()) {
            let (one, other) = (
                left.get(at).unwrap_or(&none),
                right.get(at).unwrap_or(&none),
            );
            let padding = " ".repeat(width.saturating_sub(one.width));
            let line = format!(
                "{}{padding}   {}",
                one.painted(self.pen()),
                other.painted(self.pen())
            );
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn row(&self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        let of_row = row.sign();
        let pairs = self.drafter.columns(row);
        let many = pairs.len() > 1;
        for (left, right) in &pairs {
            let sign = match (left, right) {
                (Some(left), Some(right)) if many && left.sign == right.sign => left.sign,
                (Some(left), None) if many => left.sign,
                (None, Some(right)) if many => right.sign,
                _ => of_row,
            };
            let left = self.halves(left.as_ref(), Side::Base);
            let right = self.halves(right.as_ref(), Side::Copy);
            self.write(sign, &left, &right, out)?;
        }
        Ok(())
    }

    fn note(
        &self,
        sign: Sign,
        base: Option<u32>,
        copy: Option<u32>,
        words: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let runs = [Run::plain(words, sign.style())];
        let half = |line: Option<u32>| {
            let mut number = line;
            let lines = set(&runs, self.width);
            let halves = lines.into_iter().map(|text| (number.take(), text));
            halves.collect::<Vec<Half<'_>>>()
        };
        match (base, copy) {
            (Some(_), None) => self.write(sign, &half(base), &[], out),
            (None, Some(_)) => self.write(sign, &[], &half(copy), out),
            (Some(_), Some(_)) if columns(words) <= self.width => {
                self.write(sign, &half(base), &half(copy), out)
            }
            _ => {
                let lines = set(&runs, self.pen().width().saturating_sub(2));
                let line = |text: &Line<'_>| {
                    format!("{} {}", sign.painted(self.pen()), text.painted(self.pen()))
                };
                lines
                    .iter()
                    .try_for_each(|text| writeln!(out, "{}", line(text)))
            }
        }
    }

    fn name(&self, sign: Sign, line: u32, words: &str, out: &mut dyn Write) -> io::Result<()> {
        let (base, copy) = sign.places(line);
        self.note(sign, base, copy, words, out)
    }

    fn fold(&self, words: &str, out: &mut dyn Write) -> io::Result<()> {
        let indent = " ".repeat(self.digits + 1);
        let words = format!("{} {words}", self.pen().ellipsis());
        writeln!(out, "{indent}{}", self.pen().paint(Style::Faint, &words))
    }
}
