//! The columns of a table: copies that behave alike in all rows share one.

use std::collections::HashMap;

use crate::report::Synopsis;
use crate::report::numbers::listed;
use crate::report::pen::{Pen, Style};
use crate::report::strip::Cell;
use crate::report::text::page::Page;
use crate::report::width::columns;
use crate::text::{AssetRow, CommentCell, CommentRow, Row, TableCell};

/// What a witness has in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mark {
    Has,
    Lacks,
    Moved,
    /// A comment with another text.
    Changed,
    /// Another reading than the base, by its number in the row.
    Reading(usize),
    /// What the base has not.
    Extra,
}

impl Mark {
    pub fn glyph(self, pen: Pen) -> char {
        let ascii = pen.terminal.ascii;
        match self {
            Self::Has => Cell::Present.glyph(ascii),
            Self::Lacks => Cell::Lacking.glyph(ascii),
            Self::Moved => Cell::Moved.glyph(ascii),
            Self::Changed => Cell::Variant.glyph(ascii),
            // 1 to 9, then letters: more readings than copies there are not.
            Self::Reading(at) => char::from_digit(at as u32 + 1, 36).unwrap_or('*'),
            Self::Extra => '+',
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Has => Style::Same,
            Self::Lacks => Style::Lacking,
            Self::Moved => Style::Moved,
            Self::Changed | Self::Reading(_) => Style::Variant,
            Self::Extra => Style::Extra,
        }
    }
}

/// Columns, in the order in which their first witnesses were named.
#[derive(Clone, Debug)]
pub(crate) struct Columns(Vec<Column>);

#[derive(Clone, Debug)]
struct Column {
    /// Index of a copy; `None` is the base.
    copy: Option<usize>,
    sigla: Vec<String>,
}

impl Columns {
    pub fn of(synopsis: &Synopsis<'_>) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        let mut known: HashMap<Vec<Mark>, usize> = HashMap::new();
        for (copy, entry) in synopsis.witnesses() {
            let siglum = entry.siglum.to_owned();
            let at = *known
                .entry(behaviour(synopsis, copy))
                .or_insert(columns.len());
            match columns.get_mut(at) {
                Some(column) => column.sigla.push(siglum),
                None => columns.push(Column {
                    copy,
                    sigla: vec![siglum],
                }),
            }
        }
        Self(columns)
    }

    /// Says what the signs mean, and which witnesses share a column.
    pub(in crate::report::text) fn explain(&self, page: &mut Page) {
        let pen = page.pen;
        page.raw(String::new());
        for column in self.0.iter().filter(|column| column.sigla.len() > 1) {
            let sigla: Vec<String> = column.sigla.iter().map(|one| pen.name(one)).collect();
            let words = format!(" have the same everywhere: column {}", sigla[0]);
            page.wrapped(0, Style::Title, &listed(&sigla), &words);
        }
        let sign = |mark: Mark, words: &str| format!("{} {words}", mark.glyph(pen));
        let signs = [
            sign(Mark::Has, "as the base"),
            sign(Mark::Lacks, "not there"),
            sign(Mark::Moved, "elsewhere"),
            sign(Mark::Reading(0), "another reading"),
            sign(Mark::Extra, "not in the base"),
        ];
        page.wrapped(0, Style::Faint, "", &signs.join(", "));
    }

    /// The same in several, none wider than `max`.
    pub fn parts(&self, max: usize) -> Vec<Self> {
        let each = self.one_width() + 1;
        let parts = self.0.chunks((max / each).max(1));
        parts.map(|part| Self(part.to_vec())).collect()
    }

    fn one_width(&self) -> usize {
        let widths = self.0.iter().map(|column| columns(&column.sigla[0]));
        widths.max().unwrap_or(1)
    }

    /// Columns of the terminal that all of them take.
    pub fn width(&self) -> usize {
        self.0.len() * (self.one_width() + 1)
    }

    pub fn header(&self, pen: Pen) -> String {
        let wide = self.one_width();
        let sigla = self.0.iter().map(|column| {
            let siglum = pen.name(&column.sigla[0]);
            let fill = " ".repeat(wide.saturating_sub(columns(&siglum)) + 1);
            format!("{}{fill}", pen.paint(Style::Title, &siglum))
        });
        sigla.collect::<String>().trim_end().to_owned()
    }

    pub fn cells(&self, pen: Pen, marks: &[Mark]) -> String {
        let fill = " ".repeat(self.one_width());
        let cells = marks.iter().map(|mark| {
            let glyph = mark.glyph(pen).to_string();
            format!("{}{fill}", pen.paint(mark.style(), &glyph))
        });
        cells.collect()
    }

    /// The sigla of each column.
    pub fn sigla(&self) -> impl Iterator<Item = &[String]> {
        self.0.iter().map(|column| &column.sigla[..])
    }

    fn marks(&self, mark: impl Fn(Option<usize>) -> Mark) -> Vec<Mark> {
        self.0.iter().map(|column| mark(column.copy)).collect()
    }

    pub fn of_row(&self, row: &Row) -> Vec<Mark> {
        self.marks(|copy| of_row(row, copy))
    }

    pub fn of_values(&self, of: &[Option<usize>]) -> Vec<Mark> {
        self.marks(|copy| of_value(of, copy))
    }

    pub fn of_comment(&self, row: &CommentRow) -> Vec<Mark> {
        self.marks(|copy| of_comment(row, copy))
    }

    pub fn of_asset(&self, row: &AssetRow) -> Vec<Mark> {
        self.marks(|copy| of_asset(row, copy))
    }
}

/// All marks of a witness, from the first row to the last.
fn behaviour(synopsis: &Synopsis<'_>, copy: Option<usize>) -> Vec<Mark> {
    let table = synopsis.table;
    let rows = table.rows.iter().map(|row| of_row(row, copy));
    let values = table.front_matter.iter().map(|row| of_value(&row.of, copy));
    let comments = table.comments.iter().map(|row| of_comment(row, copy));
    let assets = table.assets.iter().map(|row| of_asset(row, copy));
    rows.chain(values).chain(comments).chain(assets).collect()
}

fn of_row(row: &Row, copy: Option<usize>) -> Mark {
    let Some(copy) = copy else {
        return if row.base.is_some() {
            Mark::Has
        } else {
            Mark::Lacks
        };
    };
    match row.cells.get(copy) {
        Some(TableCell::Has) => Mark::Has,
        Some(TableCell::Moved(_)) => Mark::Moved,
        Some(TableCell::Reads(at)) if row.base.is_some() => Mark::Reading(*at),
        Some(TableCell::Reads(_)) => Mark::Extra,
        Some(TableCell::Lacks) | None => Mark::Lacks,
    }
}

fn of_value(of: &[Option<usize>], copy: Option<usize>) -> Mark {
    match of.get(copy.map_or(0, |copy| copy + 1)) {
        Some(Some(0)) => Mark::Has,
        Some(Some(value)) => Mark::Reading(value - 1),
        _ => Mark::Lacks,
    }
}

fn of_comment(row: &CommentRow, copy: Option<usize>) -> Mark {
    let Some(copy) = copy else {
        return if row.in_base { Mark::Has } else { Mark::Lacks };
    };
    match row.cells.get(copy) {
        Some(CommentCell::Has(_)) if row.in_base => Mark::Has,
        Some(CommentCell::Has(_)) => Mark::Extra,
        Some(CommentCell::Changed(_)) => Mark::Changed,
        Some(CommentCell::Lacks) | None => Mark::Lacks,
    }
}

fn of_asset(row: &AssetRow, copy: Option<usize>) -> Mark {
    let has = row.of.get(copy.map_or(0, |copy| copy + 1)) == Some(&true);
    match (has, row.from.0 == 0) {
        (false, _) => Mark::Lacks,
        (true, true) => Mark::Has,
        (true, false) => Mark::Extra,
    }
}
