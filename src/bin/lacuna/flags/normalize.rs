use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{OutputFlags, ReadingFlags};

/// Show what lacuna reads in documents: the canonical text
///
/// Markup, encoding and layout are gone; blocks stand one after the other in reading order. Several
/// documents come in the order in which they are named; what is empty or binary is left out, and
/// said on standard error.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub struct NormalizeFlags {
    /// Documents: files or pipes; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// How to write it: `json` has every block with all that is known of it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: NormalizeFormat,

    /// Look a second time: html2text must read every HTML block the same, and every block must be
    /// found in the bytes that it is said to come from
    #[arg(long)]
    pub check: bool,

    #[command(flatten)]
    pub reading: ReadingFlags,

    #[command(flatten)]
    pub output: OutputFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NormalizeFormat {
    Text,
    Json,
}

const AFTER: &str = "\
Examples:
  lacuna normalize lesson.md
  curl -s https://example.org | lacuna normalize --input-format html -
  lacuna normalize --format json --encoding gbk old.txt
  lacuna normalize --check --quiet site/*.html

Exit codes:
  0  done
  1  --check found a block that disagrees
  2  could not complete: bad usage, or a document that cannot be read";
