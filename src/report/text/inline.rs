//! Both texts in one column: line numbers of both, a sign, the text.

use std::io::{self, Write};

use super::layout::{Layout, line_digits};
use super::lines::{Drafter, TextLine};
use super::sign::Sign;
use super::wrap::{Run, set};
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

    /// What stands before the text of a line.
    fn head(&self, sign: Sign, base: Option<u32>, copy: Option<u32>) -> String {
        let number = |line: Option<u32>| line.map_or_else(String::new, |line| line.to_string());
        let digits = self.digits;
        let numbers = format!("{:>digits$} {:>digits$} ", number(base), number(copy));
        let numbers = self.pen().paint(Style::Faint, &numbers);
        format!("{numbers}{} ", sign.painted(self.pen()))
    }

    fn line(&self, line: &TextLine, out: &mut dyn Write) -> io::Result<()> {
        let width = self.pen().width().saturating_sub(2 * self.digits + 4);
        let first = self.head(line.sign, line.base, line.copy);
        let further = self.head(line.sign, None, None);
        let mut written = String::new();
        for (index, text) in set(&line.runs, width).iter().enumerate() {
            written.clear();
            written.push_str(if index == 0 { &first } else { &further });
            text.paint(self.pen(), &mut written);
            written.truncate(written.trim_end().len());
            written.push('\n');
            out.write_all(written.as_bytes())?;
        }
        Ok(())
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
        writeln!(out, "{}{words}", self.head(sign, base, copy))
    }

    fn fold(&self, words: &str, out: &mut dyn Write) -> io::Result<()> {
        let indent = " ".repeat(2 * self.digits + 2);
        let words = format!("{} {words}", self.pen().ellipsis());
        writeln!(out, "{indent}{}", self.pen().paint(Style::Faint, &words))
    }
}
