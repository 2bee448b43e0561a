//! Several copies of a text, row by row.

use super::{Passage, Witness};

/// An alignment table: what each of several copies of a text has of a base, in reading order of
/// the base, and what only copies have, at its place.
///
/// Copies are told by their index. The rows hold all match text of the body of the base, and all of
/// that of each copy, once each: what the cells of a copy give, in order, is its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The body.
    pub rows: Vec<Row>,
    /// The front matter, a row for each key.
    pub front_matter: Vec<KeyRow>,
    /// The comments: those of the base in its order, then the others by date.
    pub comments: Vec<CommentRow>,
    /// The assets, avatars apart: those of the base in its order, then the others by target.
    pub assets: Vec<AssetRow>,
}

/// A passage of the base in all of which each copy behaves alike, or a passage that only copies
/// have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// In the base; `None` if only copies have it.
    pub base: Option<Passage>,
    /// A cell for each copy.
    pub cells: Vec<TableCell>,
    /// What copies say here that the base does not say: each differs from the others in match text.
    /// That of most copies first.
    pub readings: Vec<Reading>,
}

/// What a copy has in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableCell {
    /// The text of the base.
    Has,
    /// Nothing.
    Lacks,
    /// Nothing, but the text of the base stands elsewhere in the copy: there.
    Moved(Passage),
    /// A reading of its own: index into [`Row::readings`].
    Reads(usize),
}

/// What one or several copies say in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Canonical text. Where copies write the same match text in several ways, the least of them.
    pub text: String,
    /// Which copies say it, and where, ascending by copy.
    pub by: Vec<(usize, Passage)>,
    /// Where the base has the same text, if that is elsewhere.
    pub moved_from: Option<Passage>,
}

/// A key of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The key.
    pub key: String,
    /// The values that there are, that of the base first: canonical text.
    pub values: Vec<String>,
    /// Which value each witness has, the base first, then the copies; `None` if it has not the key.
    pub of: Vec<Option<usize>>,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentRow {
    /// A witness that has it (0 is the base, 1 the first copy), and the comment's index there.
    pub from: (usize, u32),
    /// What each copy has of it.
    pub cells: Vec<CommentCell>,
    /// Whether the base has it.
    pub in_base: bool,
}

/// What a copy has of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentCell {
    /// All of it: index into the copy's comments.
    Has(u32),
    /// Nothing.
    Lacks,
    /// Another text, author or date: index into the copy's comments.
    Changed(u32),
}

/// An asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetRow {
    /// A witness that has it (0 is the base, 1 the first copy), and the asset's index there.
    pub from: (usize, u32),
    /// Whether each witness has it, the base first.
    pub of: Vec<bool>,
}

impl Table {
    /// The match text of the body of a copy, read from the table. `copy` is its index, `base` and
    /// `witness` are what was compared.
    pub fn column(&self, copy: usize, base: &Witness, witness: &Witness) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let (from, passage) = match (row.cells.get(copy), &row.base) {
                (Some(TableCell::Has), Some(passage)) => (base, Some(passage)),
                (Some(TableCell::Reads(at)), _) => {
                    let reading = row.readings.get(*at).into_iter();
                    let mut by = reading.flat_map(|reading| &reading.by);
                    let own = by.find(|(reader, _)| *reader == copy);
                    (witness, own.map(|(_, passage)| passage))
                }
                _ => continue,
            };
            let span = passage.map(|passage| passage.match_text.range());
            text += span
                .and_then(|span| from.match_text.get(span))
                .unwrap_or("");
        }
        text
    }
}

impl Row {
    /// Whether every copy has what the base has.
    pub fn is_same(&self) -> bool {
        self.cells.iter().all(|cell| *cell == TableCell::Has)
    }
}
