//! Both texts in one column: line numbers of both, a sign, the text.

use std::cell::OnceCell;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::layout::{Layout, line_digits};
use super::lines::{Drafter, TextLine};
use super::sign::Sign;
use super::wrap::{Run, each};
use crate::report::Entry;
use crate::report::parallel::Row;
use crate::report::pen::{Pen, Style};

pub(super) struct Inline<'a> {
    drafter: Drafter<'a>,
    digits: usize,
}

impl<'a> Inline<'a> {
    pub fn new(drafter: Drafter<'a>) -> Self {
        Self {
            drafter,
            digits: line_digits(&drafter).max(3),
        }
    }

    fn pen(&self) -> Pen {
        self.drafter.pen
    }

    /// Writes what stands before the text of a line.
    fn head(&self, sign: Sign, base: Option<u32>, copy: Option<u32>, out: &mut String) {
        let mut numbers = String::with_capacity(2 * self.digits + 2);
        for line in [base, copy] {
            let width = self.digits;
            // Writing to a string does not fail.
            let _ = match line {
                Some(line) => write!(numbers, "{line:>width$} "),
                None => write!(numbers, "{:width$} ", ""),
            };
        }
        self.pen().paint_to(Style::Faint, &numbers, out);
        sign.paint(self.pen(), out);
        out.push(' ');
    }

    fn line(&self, line: &TextLine<'_>, out: &mut dyn Write) -> io::Result<()> {
        let width = self.pen().width().saturating_sub(2 * self.digits + 4);
        let further = OnceCell::new();
        let further = || {
            further.get_or_init(|| {
                let mut head = String::new();
                self.head(line.sign, None, None, &mut head);
                head
            })
        };
        let len: usize = line.runs.iter().map(|run| run.text.len()).sum();
        let mut written = String::with_capacity(len + len / 2 + 64);
        each(&line.runs, width, |text| {
            let start = written.len();
            match start {
                0 => self.head(line.sign, line.base, line.copy, &mut written),
                _ => written.push_str(further()),
            }
            text.paint(self.pen(), &mut written);
            written.truncate(start + written[start..].trim_end().len());
            written.push('\n');
        });
        out.write_all(written.as_bytes())
    }
}

impl Layout for Inline<'_> {
    fn names(&self, base: Entry<'_>, copy: Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
        for (sign, entry) in [('-', base), ('+', copy)] {
            let siglum = self.pen().name(entry.siglum);
            writeln!(out, "{sign} {siglum} {}", self.pen().name(entry.path))?;
        }
        Ok(())
    }

    fn row(&self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        let lines = self.drafter.inline(row);
        lines.iter().try_for_each(|line| self.line(line, out))
    }

    fn note(
        &self,
        sign: Sign,
        base: Option<u32>,
        copy: Option<u32>,
        words: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let runs = vec![Run::plain(words, sign.style())];
        let line = TextLine {
            sign,
            base,
            copy,
            runs,
        };
        self.line(&line, out)
    }

    fn name(&self, sign: Sign, line: u32, words: &str, out: &mut dyn Write) -> io::Result<()> {
        let (base, copy) = sign.places(line);
        let words = match sign.style() {
            Some(style) => self.pen().paint(style, words),
            None => words.to_owned(),
        };
        let mut head = String::new();
        self.head(sign, base, copy, &mut head);
        writeln!(out, "{head}{words}")
    }

    fn fold(&self, words: &str, out: &mut dyn Write) -> io::Result<()> {
        let indent = " ".repeat(2 * self.digits + 2);
        let words = format!("{} {words}", self.pen().ellipsis());
        writeln!(out, "{indent}{}", self.pen().paint(Style::Faint, &words))
    }
}
