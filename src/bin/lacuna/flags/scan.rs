use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lacuna::text::Verdict;

use super::{CacheFlags, ComparisonFlags, ListFlags, OutputFlags, ReadingFlags, SelectionFlags};

/// Find the copies among documents, and say what each copy lacks
///
/// Files and pipes that are named are always taken. Of folders, what .gitignore leaves out and
/// hidden files are not. Empty and binary files are left out in either case; the report counts all
/// that is left out.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub struct ScanFlags {
    /// Files and folders; `-` is a document on standard input. The current folder if there is
    /// neither a path nor a list of files
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: ScanFormat,

    /// Exit with 1 if a copy has one of these verdicts; `any` is any copy at all
    #[arg(long, value_name = "VERDICT", value_delimiter = ',', value_enum)]
    pub fail_on: Vec<FailOnVerdict>,

    /// Which groups come first: those with most text at stake, or those whose base has the first
    /// path. Numbers of groups follow the paths
    ///
    /// At stake is text that one of two copies has and the other lacks. By path, unless there are
    /// more groups than are shown.
    #[arg(long, value_name = "KEY", value_enum)]
    pub sort: Option<SortKey>,

    /// How many groups to show as text; 0 shows the folders only
    #[arg(long, value_name = "NUM", default_value_t = 20)]
    pub groups: usize,

    /// Show everything as text: all folders, all groups, all copies
    #[arg(long, conflicts_with = "groups")]
    pub all: bool,

    /// Threads; 0 is one for each core. The output is the same for any number
    #[arg(short = 'j', long, value_name = "NUM", default_value_t = 0)]
    pub threads: usize,

    /// Keep up to so many MiB of what documents say between reading and comparing; the others are
    /// read twice. The output is the same for any number
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub memory: usize,

    #[command(flatten)]
    pub cache: CacheFlags,

    /// Say on standard error how long each stage took
    #[arg(long)]
    pub timings: bool,

    #[command(flatten)]
    pub comparison: ComparisonFlags,

    #[command(flatten)]
    pub list: ListFlags,

    #[command(flatten)]
    pub selection: SelectionFlags,

    #[command(flatten)]
    pub reading: ReadingFlags,

    #[command(flatten)]
    pub output: OutputFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScanFormat {
    /// For people: a group at a time
    Text,
    /// One object
    Json,
    /// One object a line
    Jsonl,
}

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortKey {
    /// Most text at stake
    Stake,
    /// The first path
    Path,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOnVerdict {
    Identical,
    Equivalent,
    Truncated,
    Contained,
    Revised,
    Overlapping,
    Any,
}

impl FailOnVerdict {
    /// Whether `verdict` is what to fail on.
    pub fn names(self, verdict: Verdict) -> bool {
        let named = match self {
            Self::Any => return true,
            Self::Identical => Verdict::Identical,
            Self::Equivalent => Verdict::Equivalent,
            Self::Truncated => Verdict::Truncated,
            Self::Contained => Verdict::Contained,
            Self::Revised => Verdict::Revised,
            Self::Overlapping => Verdict::Overlapping,
        };
        named == verdict
    }
}

const AFTER: &str = "\
Examples:
  lacuna scan                               the current folder
  lacuna scan lessons dump-2023 dump-2024
  lacuna scan --across --min-share 50 mine theirs
  lacuna scan -g '*.md' --hidden .
  lacuna scan --groups 0 dump-2023 dump-2024   which folders are copies
  lacuna scan --fail-on truncated,contained docs
  git ls-files -z '*.md' | lacuna scan -0 --files-from -
  lacuna scan --format jsonl . | jq 'select(.type == \"relation\")'

Exit codes:
  0  done
  1  a copy has a verdict that --fail-on names
  2  could not complete: bad usage, or an input that cannot be read; the rest was done";
