//! The lines of a ledger. `docs/schema/ledger-line.v1.json` describes them.

use serde::{Deserialize, Serialize};

use crate::merge::testimony::Part;

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Record {
    /// The first line.
    Ledger(Header),
    /// A file of the output.
    Document(Document),
    /// A file of a dump.
    Input(Input),
    /// The last line.
    End(End),
}

/// What was merged, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the format: 1.
    pub schema_version: u32,
    /// The program that wrote it, with its version.
    pub program: String,
    /// The version of the canonical form.
    pub canonical_form: u32,
    /// The dumps, in the order in which they were named.
    pub dumps: Vec<Dump>,
    /// Which reading stands where copies say something different.
    pub prefer: String,
    /// Where the other one is: `ledger` or `both`.
    pub conflicts: String,
    /// Whether the bytes of inputs that are not in the output are kept.
    pub originals: bool,
    /// Whether `.lacuna/lacuna.toml` says how comments were recognised.
    pub config: bool,
}

/// A dump.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dump {
    /// Its siglum: A for the first.
    pub siglum: String,
    /// Its folder, as it was named.
    pub path: String,
}

/// A file of the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its name in the output.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub digest: String,
    /// How many bytes.
    pub bytes: u64,
    /// The witnesses that it is made of, the base first.
    pub witnesses: Vec<Party>,
    /// Where its bytes came from, in order, without a gap.
    pub pieces: Vec<PieceRecord>,
    /// What witnesses say that is not in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
}

/// A witness of an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The siglum of its dump.
    pub siglum: String,
    /// Its path in the dump.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub digest: String,
    /// How many bytes.
    pub bytes: u64,
    /// How it stood to the base when it was found; `base` for the base.
    pub verdict: String,
    /// The SHA-256 of its canonical text, and of all that it says. Not for a witness that has the
    /// bytes of the output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_digest: Option<String>,
    /// See `text_digest`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub testimony_digest: Option<String>,
    /// How to make what it says out of what the output says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Vec<Part>>,
}

/// Bytes of the output that came from one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceRecord {
    /// The bytes of the output.
    pub span: (u64, u64),
    /// Why they stand there.
    pub rule: String,
    /// The witness that they came from: its place in `witnesses`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<usize>,
    /// The bytes of its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<(u64, u64)>,
}

/// Something that a witness says and the output does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The witness: its place in `witnesses`.
    pub witness: usize,
    /// What it is.
    pub kind: ReadingKind,
    /// The bytes of its source.
    pub source: (u64, u64),
    /// The lines of its source.
    pub lines: (u32, u32),
    /// What it says.
    pub text: String,
    /// What the output says instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// What a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingKind {
    /// A passage where both say something, differently.
    Variant,
    /// An entry of the front matter with another value.
    Entry,
    /// A comment that both have, differently.
    Comment,
    /// A passage that could not be put into the text.
    Passage,
    /// The dots that a program left where it cut a text off.
    CutMark,
    /// A comment that could not.
    LostComment,
    /// A picture or the like that could not.
    Asset,
    /// The picture of a comment's author.
    Avatar,
    /// The counters of a comment that both have.
    Counters,
}

impl ReadingKind {
    /// Whether both say something, differently.
    pub fn is_conflict(self) -> bool {
        matches!(self, Self::Variant | Self::Entry | Self::Comment)
    }

    /// Whether it could not be put into the text.
    pub fn is_left_out(self) -> bool {
        matches!(self, Self::Passage | Self::LostComment | Self::Asset)
    }
}

/// What became of a file of a dump.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The siglum of its dump.
    pub siglum: String,
    /// Its path in the dump.
    pub path: String,
    /// The SHA-256 of its bytes, if they were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// What became of it.
    pub fate: Fate,
    /// The file of the output that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// The rule that leaves it out, or why it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What becomes of a file of a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is the only witness of an output, and has its bytes.
    Carried,
    /// It is the base of an output.
    Base,
    /// It has the bytes of the base, or of a file that is carried over.
    Same,
    /// What it says is in an output and its ledger.
    Merged,
    /// A rule leaves it out.
    Excluded,
    /// It could not be read.
    Unreadable,
}

/// How the ledger ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// How many lines it has, this one counted.
    pub lines: u64,
    /// The SHA-256 of all lines before this one.
    pub digest: String,
}

/// A span as a list of two numbers, a text as a string.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum PartRecord {
    Span(u64, u64),
    Text(String),
}

impl Serialize for Part {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Span(start, end) => (*start as u64, *end as u64).serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let offset = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(match PartRecord::deserialize(deserializer)? {
            PartRecord::Span(start, end) => Self::Span(offset(start), offset(end)),
            PartRecord::Text(text) => Self::Text(text),
        })
    }
}
