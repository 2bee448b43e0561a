//! Several copies of a text: who is compared, then a row for each passage in which all copies go on
//! as they did, a column for each copy.

mod columns;

use std::io::{self, Write};

use super::headline::{View, headline};
use super::page::Page;
use super::scan::{why, write_lines};
use super::{attached, changes};
use crate::report::numbers::lines;
use crate::report::pen::{Pen, Style};
use crate::report::width::columns as width_of;
use crate::report::{BaseChoice, Only, Options, Synopsis, comments};
use crate::text::{LineRange, Reading, Row, TableCell};

pub(crate) use columns::{Columns, Mark};

/// Columns that the words of a row need at least, but for a third of a narrow terminal; what the
/// sigla leave less room for is shown in several tables.
const WORDS_MIN: usize = 30;

pub(super) fn write(
    pen: Pen,
    options: &Options,
    synopsis: &Synopsis<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(pen);
    witnesses(&mut page, synopsis);
    if !options.quiet {
        let all = Columns::of(synopsis);
        all.explain(&mut page);
        for columns in all.parts(
            pen.width()
                .saturating_sub(NUMBERS + WORDS_MIN.min(pen.width() / 3)),
        ) {
            let mut sheet = Sheet {
                page: &mut page,
                synopsis,
                only: options.only,
                columns: &columns,
            };
            sheet.rows();
            sheet.front_matter();
            sheet.comments();
            sheet.assets();
        }
    }
    write_lines(page, out)
}

/// The documents, the base marked, each copy with its verdict.
fn witnesses(page: &mut Page, synopsis: &Synopsis<'_>) {
    let pen = page.pen;
    for (copy, entry) in synopsis.witnesses() {
        let label = format!("{} ", pen.name(entry.siglum));
        let Some((copy, relation)) = copy.and_then(|at| synopsis.copies.get(at)) else {
            let words = format!("base: {}", chosen(pen, synopsis.choice));
            let name = format!("{label}{}", pen.name(entry.path));
            page.named(0, Style::Title, &name, &format!(" {words}"));
            continue;
        };
        let view = View {
            base: synopsis.base,
            copy: *copy,
            relation,
        };
        let headline = headline(pen, &view, &label, copy.path);
        page.raw(headline.line);
        if !headline.path_whole {
            page.raw(format!("  {}", pen.name(copy.path)));
        }
        changes::approximations(page, &view, 2);
        attached::damage(page, *copy, 2);
    }
    attached::damage(page, synopsis.base, 2);
}

/// Why the base is the base.
pub(crate) fn chosen(pen: Pen, choice: BaseChoice) -> String {
    match choice {
        BaseChoice::MostComplete(reason) => why(pen, reason),
        BaseChoice::FirstOfEqual => "named first of equally complete ones".to_owned(),
        BaseChoice::First => "named first".to_owned(),
    }
}

/// Whether a row is one that was asked for.
pub(crate) fn is_wanted(row: &Row, only: Option<Only>) -> bool {
    match only {
        None => true,
        Some(Only::Lacking) => row.base.is_some() && row.cells.contains(&TableCell::Lacks),
        Some(Only::Extra) => row.base.is_none(),
        Some(Only::Variants) => row.base.is_some() && !row.readings.is_empty(),
    }
}

/// What all have between two places of variation is shown only if it is longer than this, in
/// characters of match text.
const SHORT: u64 = 16;

/// Columns of the numbers of lines, and of the space around them.
const NUMBERS: usize = 11;

struct Sheet<'s, 'a> {
    page: &'s mut Page,
    synopsis: &'s Synopsis<'a>,
    only: Option<Only>,
    columns: &'s Columns,
}

impl Sheet<'_, '_> {
    fn rows(&mut self) {
        self.page.raw(String::new());
        let header = self.columns.header(self.page.pen);
        self.page.raw(format!("{:NUMBERS$}{header}", ""));
        let mut short = 0;
        let (only, synopsis) = (self.only, self.synopsis);
        for row in synopsis
            .table
            .rows
            .iter()
            .filter(|row| is_wanted(row, only))
        {
            if row.is_same() && row.base.is_some_and(|base| base.chars <= SHORT) {
                short += 1;
                continue;
            }
            self.row(row);
        }
        if short > 0 {
            let pen = self.page.pen;
            let words = format!(
                "not shown: {} that all have",
                pen.count(short, "short passage")
            );
            let indent = self.indent();
            self.page.wrapped(indent, Style::Faint, "", &words);
        }
    }

    fn row(&mut self, row: &Row) {
        let marks = self.columns.of_row(row);
        match &row.base {
            Some(base) => {
                let text = self.synopsis.base.witness.text.get(base.text.range());
                self.line(
                    Some(base.lines),
                    &marks,
                    "",
                    base.chars,
                    text.unwrap_or_default(),
                );
                for (at, reading) in row.readings.iter().enumerate() {
                    let number = Mark::Reading(at).glyph(self.page.pen);
                    let lead = format!("{number} {}", self.by(reading));
                    self.below(&lead, reading);
                }
            }
            None => {
                for (at, reading) in row.readings.iter().enumerate() {
                    let lead = format!("only {}", self.by(reading));
                    if at == 0 {
                        let chars = reading.by.first().map_or(0, |(_, passage)| passage.chars);
                        self.line(None, &marks, &lead, chars, &reading.text);
                    } else {
                        self.below(&lead, reading);
                    }
                }
            }
        }
        self.moved(row);
    }

    /// Who has a reading, and where, if that is one place.
    fn by(&self, reading: &Reading) -> String {
        let pen = self.page.pen;
        let sigla: Vec<String> = (reading.by.iter())
            .map(|(copy, _)| pen.name(self.synopsis.siglum(*copy)))
            .collect();
        let mut by = sigla.join(", ");
        if let [(_, passage)] = &reading.by[..] {
            by += &format!(", {}", lines(passage.lines));
        }
        if let Some(from) = reading.moved_from {
            let base = pen.name(self.synopsis.base.siglum);
            by += &format!(" (in {base} {})", lines(from.lines));
        }
        by
    }

    /// Where copies have what they have not here.
    fn moved(&mut self, row: &Row) {
        for (copy, cell) in row.cells.iter().enumerate() {
            if let TableCell::Moved(there) = cell {
                let siglum = self.page.pen.name(self.synopsis.siglum(copy));
                let words = format!("in {siglum} it is {}", lines(there.lines));
                let indent = self.indent();
                self.page.wrapped(indent, Style::Moved, &words, "");
            }
        }
    }

    /// Columns before the words of a row.
    fn indent(&self) -> usize {
        NUMBERS + self.columns.width() + 1
    }

    fn line(&mut self, at: Option<LineRange>, marks: &[Mark], lead: &str, chars: u64, text: &str) {
        let pen = self.page.pen;
        let number = at.map_or_else(String::new, |at| match at.first == at.last {
            true => at.first.to_string(),
            false => format!("{}-{}", at.first, at.last),
        });
        let cells = self.columns.cells(pen, marks);
        let number = pen.paint(
            Style::Faint,
            &format!("{number:>width$}", width = NUMBERS - 2),
        );
        let room = pen.width().saturating_sub(self.indent());
        let words = said(pen, lead, chars, text, room);
        self.page.raw(format!("{number}  {cells} {words}"));
    }

    /// A reading below its row.
    fn below(&mut self, lead: &str, reading: &Reading) {
        let pen = self.page.pen;
        let indent = self.indent();
        let room = pen.width().saturating_sub(indent);
        let chars = reading.by.first().map_or(0, |(_, passage)| passage.chars);
        let words = said(pen, lead, chars, &reading.text, room);
        self.page.raw(format!("{:indent$}{words}", ""));
    }

    fn front_matter(&mut self) {
        let rows = &self.synopsis.table.front_matter;
        if rows.is_empty() || self.only.is_some() {
            return;
        }
        self.title("front matter");
        for row in rows {
            let marks = self.columns.of_values(&row.of);
            let first = row.values.first().map_or("", String::as_str);
            self.line(None, &marks, &self.page.pen.line(&row.key), 0, first);
            for (at, value) in row.values.iter().enumerate().skip(1) {
                let number = Mark::Reading(at - 1).glyph(self.page.pen);
                let indent = self.indent();
                let room = self.page.pen.width().saturating_sub(indent);
                let words = said(self.page.pen, &number.to_string(), 0, value, room);
                self.page.raw(format!("{:indent$}{words}", ""));
            }
        }
    }

    fn title(&mut self, title: &str) {
        self.page.raw(String::new());
        self.page.title(title);
    }

    fn comments(&mut self) {
        let rows = &self.synopsis.table.comments;
        if rows.is_empty() || self.only.is_some() {
            return;
        }
        self.title("comments");
        let mut same = 0;
        for row in rows {
            let marks = self.columns.of_comment(row);
            if marks.iter().all(|mark| *mark == Mark::Has) {
                same += 1;
                continue;
            }
            let witness = self.synopsis.witness(row.from.0).witness;
            let Some(comment) = witness.comments.get(row.from.1 as usize) else {
                continue;
            };
            let lead = attached::signed(self.page.pen, comment, 20);
            self.line(None, &marks, &lead, 0, comments::text(witness, comment));
        }
        self.in_all(same, "comment");
    }

    fn assets(&mut self) {
        let rows = &self.synopsis.table.assets;
        if rows.is_empty() || self.only.is_some() {
            return;
        }
        self.title("assets");
        let mut same = 0;
        for row in rows {
            let marks = self.columns.of_asset(row);
            if marks.iter().all(|mark| *mark == Mark::Has) {
                same += 1;
                continue;
            }
            let witness = self.synopsis.witness(row.from.0).witness;
            if let Some(asset) = witness.assets.get(row.from.1 as usize) {
                let cells = self.columns.cells(self.page.pen, &marks);
                let room = self.page.pen.width().saturating_sub(self.indent());
                let words = format!("{} {}", asset.kind.name(), asset.target);
                let words = self.page.pen.path(&words, room);
                self.page.raw(format!("{:NUMBERS$}{cells} {words}", ""));
            }
        }
        self.in_all(same, "asset");
    }

    fn in_all(&mut self, count: usize, one: &str) {
        if count > 0 {
            let words = format!("{} in all", self.page.pen.count(count as u64, one));
            let indent = self.indent();
            self.page.wrapped(indent, Style::Faint, "", &words);
        }
    }
}

/// Columns that quoted words take at least.
const QUOTED_MIN: usize = 8;

/// `lead: “text”`, with its length if not all of it is shown.
fn said(pen: Pen, lead: &str, chars: u64, text: &str, room: usize) -> String {
    let text = text.trim();
    // On a narrow terminal the lead gives way to the words.
    let lead = &*pen.path(lead, room.saturating_sub(QUOTED_MIN + 2));
    let colon = if lead.is_empty() { "" } else { ": " };
    let head = format!("{lead}{colon}");
    let whole = pen.quote(text, usize::MAX / 2);
    if width_of(&head) + width_of(&whole) <= room || chars == 0 {
        return format!(
            "{head}{}",
            pen.quote(text, room.saturating_sub(width_of(&head)))
        );
    }
    let comma = if lead.is_empty() { "" } else { ", " };
    let head = format!("{lead}{comma}{}: ", pen.chars(chars));
    let left = room.saturating_sub(width_of(&head));
    if left < QUOTED_MIN {
        return said(pen, lead, 0, text, room);
    }
    format!("{head}{}", pen.quote(text, left))
}
