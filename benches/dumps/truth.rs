//! What is known of a heap: a table of pairs.

use std::fmt;

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The more complete document: its path in the heap.
    pub base: String,
    /// The other.
    pub copy: String,
    /// As `lacuna` names it, seen from the copy.
    pub verdict: String,
    /// How much of the base's text the copy has, 0 to 1.
    pub share: f64,
    pub language: String,
    /// What was done to make the copy.
    pub kind: String,
    /// The size of the base in bytes.
    pub bytes: usize,
    /// The longest passage that both have, in bytes of letters and digits.
    pub passage: usize,
    /// Where a truncated copy ends.
    pub cut: Option<Cut>,
}

/// A cut: bytes of the files from 0, lines from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// After the last character of the copy's text.
    pub byte: usize,
    pub line: usize,
    /// Before the first character that the copy lacks, in the base.
    pub base_byte: usize,
    pub base_line: usize,
}

pub const HEADER: &str = "base\tcopy\tverdict\tshare\tlanguage\tkind\tbytes\tpassage\tcut_byte\tcut_line\tbase_byte\tbase_line";

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            base,
            copy,
            verdict,
            share,
            language,
            kind,
            bytes,
            passage,
            cut,
        } = self;
        write!(
            f,
            "{base}\t{copy}\t{verdict}\t{share:.4}\t{language}\t{kind}\t{bytes}\t{passage}"
        )?;
        match cut {
            Some(Cut {
                byte,
                line,
                base_byte,
                base_line,
            }) => {
                write!(f, "\t{byte}\t{line}\t{base_byte}\t{base_line}")
            }
            None => write!(f, "\t\t\t\t"),
        }
    }
}

/// Reads a table that begins with [`HEADER`].
pub fn read(table: &str) -> Result<Vec<Row>, String> {
    let mut lines = table.lines();
    if lines.next() != Some(HEADER) {
        return Err("the table does not begin with the names of its columns".to_owned());
    }
    lines
        .enumerate()
        .map(|(at, line)| row(line).ok_or(format!("line {}: {line}", at + 2)))
        .collect()
}

fn row(line: &str) -> Option<Row> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[
        base,
        copy,
        verdict,
        share,
        language,
        kind,
        bytes,
        passage,
        byte,
        line,
        base_byte,
        base_line,
    ] = columns.as_slice()
    else {
        return None;
    };
    let cut = match byte {
        "" => None,
        _ => Some(Cut {
            byte: byte.parse().ok()?,
            line: line.parse().ok()?,
            base_byte: base_byte.parse().ok()?,
            base_line: base_line.parse().ok()?,
        }),
    };
    Some(Row {
        base: base.to_owned(),
        copy: copy.to_owned(),
        verdict: verdict.to_owned(),
        share: share.parse().ok()?,
        language: language.to_owned(),
        kind: kind.to_owned(),
        bytes: bytes.parse().ok()?,
        passage: passage.parse().ok()?,
        cut,
    })
}
