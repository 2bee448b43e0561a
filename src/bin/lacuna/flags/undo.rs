use std::path::PathBuf;

use clap::Args;

use super::{OutputFlags, TidyFormat};

/// Bring back what `lacuna dedupe` put aside
///
/// Undoes the last run in a folder; once more, the one before it. What is in the quarantine is checked
/// against its SHA-256 before anything is touched, and nothing is written over a file that has come
/// to be at the old place. Without --apply nothing is changed.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub struct UndoFlags {
    /// The folder that was tidied, or its .lacuna/journal.jsonl
    #[arg(value_name = "PATH|JOURNAL", default_value = ".")]
    pub path: PathBuf,

    /// Do it; without this, only say what would be done
    #[arg(long)]
    pub apply: bool,

    /// The folder that --quarantine named then
    #[arg(long, value_name = "DIR")]
    pub quarantine: Option<PathBuf>,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: TidyFormat,

    #[command(flatten)]
    pub output: OutputFlags,
}

const AFTER: &str = "\
Examples:
  lacuna undo lessons             what would come back
  lacuna undo --apply lessons     bring it back

Exit codes:
  0  done, or nothing is left to undo
  2  could not complete: bad usage, or a copy that cannot come back";
