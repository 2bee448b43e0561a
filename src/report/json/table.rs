//! Three or more documents, row by row.

use serde::Serialize;

use super::records::{Asset, Comment, Coverage, Document, Passage, Said};
use super::scan::Reason;
use crate::report::{BaseChoice, Synopsis};
use crate::text::{self, AssetRow, CommentCell, CommentRow, KeyRow, Row, TableCell};

#[derive(Serialize)]
pub(super) struct TableRecord<'a> {
    base: &'a str,
    choice: Choice,
    witnesses: Vec<Document<'a>>,
    relations: Vec<RelationRecord<'a>>,
    rows: Vec<RowRecord<'a>>,
    front_matter: Vec<KeyRecord<'a>>,
    comments: Vec<CommentRecord<'a>>,
    assets: Vec<AssetRecord<'a>>,
}

/// Why the base is the base.
#[derive(Serialize)]
#[serde(untagged)]
enum Choice {
    Reason(Reason),
    Rule { rule: &'static str },
}

#[derive(Serialize)]
struct RelationRecord<'a> {
    siglum: &'a str,
    verdict: &'static str,
    reversed: bool,
    coverage: Coverage,
}

#[derive(Serialize)]
struct RowRecord<'a> {
    base: Option<Said<'a>>,
    cells: Vec<CellRecord<'a>>,
    readings: Vec<ReadingRecord<'a>>,
}

#[derive(Serialize)]
struct CellRecord<'a> {
    siglum: &'a str,
    has: &'static str,
    /// Index of a reading.
    reading: Option<usize>,
    /// Where it is in the copy, if it is a reading or is elsewhere.
    passage: Option<Passage>,
}

#[derive(Serialize)]
struct ReadingRecord<'a> {
    text: &'a str,
    sigla: Vec<&'a str>,
    moved_from: Option<Passage>,
}

#[derive(Serialize)]
struct KeyRecord<'a> {
    key: &'a str,
    values: Vec<ValueRecord<'a>>,
    lacks: Vec<&'a str>,
}

#[derive(Serialize)]
struct ValueRecord<'a> {
    text: &'a str,
    sigla: Vec<&'a str>,
}

#[derive(Serialize)]
struct CommentRecord<'a> {
    from: &'a str,
    comment: Comment<'a>,
    has: Vec<&'a str>,
    lacks: Vec<&'a str>,
    changed: Vec<ChangedRecord<'a>>,
}

#[derive(Serialize)]
struct ChangedRecord<'a> {
    siglum: &'a str,
    comment: Comment<'a>,
}

#[derive(Serialize)]
struct AssetRecord<'a> {
    from: &'a str,
    asset: Asset<'a>,
    has: Vec<&'a str>,
    lacks: Vec<&'a str>,
}

impl<'a> From<&'a Synopsis<'a>> for TableRecord<'a> {
    fn from(synopsis: &'a Synopsis<'a>) -> Self {
        let table = synopsis.table;
        let relation = |(entry, relation): &'a (crate::report::Entry<'a>, &'a text::Relation)| {
            RelationRecord {
                siglum: entry.siglum,
                verdict: relation.verdict.name(),
                reversed: relation.reversed,
                coverage: Coverage {
                    base: relation.of_base.into(),
                    copy: relation.of_copy.into(),
                },
            }
        };
        Self {
            base: synopsis.base.siglum,
            choice: synopsis.choice.into(),
            witnesses: synopsis
                .witnesses()
                .map(|(_, entry)| entry.into())
                .collect(),
            relations: synopsis.copies.iter().map(relation).collect(),
            rows: (table.rows.iter()).map(|one| row(synopsis, one)).collect(),
            front_matter: (table.front_matter.iter())
                .map(|one| key(synopsis, one))
                .collect(),
            comments: (table.comments.iter())
                .filter_map(|one| comment(synopsis, one))
                .collect(),
            assets: (table.assets.iter())
                .filter_map(|one| asset(synopsis, one))
                .collect(),
        }
    }
}

impl From<BaseChoice> for Choice {
    fn from(choice: BaseChoice) -> Self {
        match choice {
            BaseChoice::MostComplete(reason) => Self::Reason(reason.into()),
            BaseChoice::FirstOfEqual => Self::Rule {
                rule: "first of equal",
            },
            BaseChoice::First => Self::Rule { rule: "first" },
        }
    }
}

fn row<'a>(synopsis: &'a Synopsis<'a>, row: &'a Row) -> RowRecord<'a> {
    let base = row
        .base
        .map(|passage| Said::new(synopsis.base.witness, passage));
    let cells = row.cells.iter().enumerate().map(|(copy, cell)| {
        let (has, reading, passage) = match *cell {
            TableCell::Has => ("base", None, None),
            TableCell::Lacks => ("nothing", None, None),
            TableCell::Moved(there) => ("elsewhere", None, Some(there)),
            TableCell::Reads(at) => ("reading", Some(at), place(row, at, copy)),
        };
        CellRecord {
            siglum: synopsis.siglum(copy),
            has,
            reading,
            passage: passage.map(Passage::from),
        }
    });
    let readings = row.readings.iter().map(|reading| ReadingRecord {
        text: &reading.text,
        sigla: (reading.by.iter())
            .map(|(copy, _)| synopsis.siglum(*copy))
            .collect(),
        moved_from: reading.moved_from.map(Passage::from),
    });
    RowRecord {
        base,
        cells: cells.collect(),
        readings: readings.collect(),
    }
}

fn place(row: &Row, reading: usize, copy: usize) -> Option<text::Passage> {
    let mut by = row.readings.get(reading)?.by.iter();
    by.find(|(reader, _)| *reader == copy)
        .map(|(_, passage)| *passage)
}

/// The sigla of witnesses of which `is` holds; 0 is the base.
fn sigla<'a>(synopsis: &'a Synopsis<'a>, is: impl Fn(usize) -> bool) -> Vec<&'a str> {
    let numbered = synopsis.witnesses().map(|(copy, entry)| {
        let at = copy.map_or(0, |copy| copy + 1);
        (at, entry.siglum)
    });
    (numbered.filter(|(at, _)| is(*at)))
        .map(|(_, siglum)| siglum)
        .collect()
}

fn key<'a>(synopsis: &'a Synopsis<'a>, row: &'a KeyRow) -> KeyRecord<'a> {
    let of = |at: usize| row.of.get(at).copied().flatten();
    let values = row
        .values
        .iter()
        .enumerate()
        .map(|(value, text)| ValueRecord {
            text,
            sigla: sigla(synopsis, |at| of(at) == Some(value)),
        });
    KeyRecord {
        key: &row.key,
        values: values.collect(),
        lacks: sigla(synopsis, |at| of(at).is_none()),
    }
}

fn comment<'a>(synopsis: &'a Synopsis<'a>, row: &'a CommentRow) -> Option<CommentRecord<'a>> {
    let from = synopsis.witness(row.from.0);
    let comment = Comment::list(from.witness, &[row.from.1]).pop()?;
    let cell = |at: usize| match at.checked_sub(1) {
        None if row.in_base => CommentCell::Has(row.from.1),
        None => CommentCell::Lacks,
        Some(copy) => row.cells.get(copy).copied().unwrap_or(CommentCell::Lacks),
    };
    let changed = row.cells.iter().enumerate().filter_map(|(copy, cell)| {
        let CommentCell::Changed(at) = cell else {
            return None;
        };
        let entry = synopsis.witness(copy + 1);
        Some(ChangedRecord {
            siglum: entry.siglum,
            comment: Comment::list(entry.witness, &[*at]).pop()?,
        })
    });
    Some(CommentRecord {
        from: from.siglum,
        comment,
        has: sigla(synopsis, |at| matches!(cell(at), CommentCell::Has(_))),
        lacks: sigla(synopsis, |at| cell(at) == CommentCell::Lacks),
        changed: changed.collect(),
    })
}

fn asset<'a>(synopsis: &'a Synopsis<'a>, row: &'a AssetRow) -> Option<AssetRecord<'a>> {
    let from = synopsis.witness(row.from.0);
    let has = |at: usize| row.of.get(at) == Some(&true);
    Some(AssetRecord {
        from: from.siglum,
        asset: Asset::list(from.witness, &[row.from.1]).pop()?,
        has: sigla(synopsis, has),
        lacks: sigla(synopsis, |at| !has(at)),
    })
}
