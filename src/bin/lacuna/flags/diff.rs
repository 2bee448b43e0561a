use std::path::PathBuf;

use clap::builder::ArgPredicate;
use clap::{Args, ValueEnum};

use super::{OutputFlags, ReadingFlags, SelectionFlags};

/// Compare two documents, or two folders: what B lacks of A, what only B has, and what both say
/// differently
///
/// What is compared is what a reader reads. A passage that stands elsewhere in B is moved, not
/// missing. Three or more documents stand in one table, read against the most complete of them.
/// Documents of two folders are paired by what they say, whatever they are called; a
/// document and a folder are compared by the document's counterpart in the folder.
#[derive(Args, Debug)]
#[command(override_usage = "lacuna diff [OPTIONS] <A> <B> [C]...", after_long_help = AFTER)]
pub struct DiffFlags {
    /// What to compare with: a file, a pipe or a folder; `-` is standard input
    pub a: PathBuf,

    /// What may lack something of it; `-` is standard input
    #[arg(required = false, required_unless_present = "git_driver")]
    #[arg(default_value_if("git_driver", ArgPredicate::IsPresent, Some("/dev/null")))]
    pub b: PathBuf,

    /// Further copies: all documents are compared with the most complete one
    #[arg(value_name = "C")]
    pub more: Vec<PathBuf>,

    /// Of three or more documents, which one the others are read against
    #[arg(long, value_name = "WHICH", value_enum, requires = "more")]
    pub base: Option<BaseRule>,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: DiffFormat,

    /// Show only passages of this kind; the verdict and the exit code stay the same
    #[arg(long, value_name = "KIND", value_enum)]
    pub only: Option<Only>,

    /// How much unchanged text to show around a difference: blocks in `text` (otherwise 1), lines
    /// in `unified` (otherwise 3)
    #[arg(short = 'U', long, value_name = "NUM")]
    pub context: Option<usize>,

    /// What to exit with 1 for
    #[arg(long, value_name = "WHAT", default_value = "differences", value_enum)]
    pub fail_on: FailOn,

    /// Be an external diff of git, whose arguments follow; exits with 0 whatever it finds
    #[arg(long, hide_short_help = true)]
    pub git_driver: bool,

    #[command(flatten)]
    pub folders: FolderFlags,

    #[command(flatten)]
    pub selection: SelectionFlags,

    #[command(flatten)]
    pub reading: ReadingFlags,

    #[command(flatten)]
    pub output: OutputFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BaseRule {
    /// The most complete one: that with the longest text, then most comments, then most assets
    Complete,
    /// The one that is named first
    First,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Folders")]
pub struct FolderFlags {
    /// Show each pair of documents that differ, passage by passage
    #[arg(long)]
    pub full: bool,

    /// Show everything as text: all pairs, all names
    #[arg(long)]
    pub all: bool,

    /// Threads; 0 is one for each core. The output is the same for any number
    #[arg(short = 'j', long, value_name = "NUM", default_value_t = 0)]
    pub threads: usize,

    /// Keep up to so many MiB of what documents say between reading and comparing; the others are
    /// read twice. The output is the same for any number
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub memory: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people: what both say once, changes marked in it
    Text,
    /// For people: each in a column of its own
    SideBySide,
    /// One object
    Json,
    /// The canonical texts as a unified diff
    Unified,
    /// A page for a browser: one file, which asks nothing of anybody
    Html,
    /// A critical apparatus by parallel segmentation, in TEI P5 XML
    Tei,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// What B lacks
    Lacking,
    /// What only B has
    Extra,
    /// What both say, differently
    Variants,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Any difference of what a reader reads
    Differences,
    /// Text, comments or assets of A that B lacks
    Lost,
}

const AFTER: &str = "\
Examples:
  lacuna diff full.md cut.html
  lacuna diff --only lacking full.md cut.html
  lacuna diff --format unified -U 1 old.md new.md
  lacuna diff <(curl -s https://example.org/a) <(curl -s https://example.org/b)
  git show HEAD:guide.md | lacuna diff --quiet --fail-on lost - guide.md
  lacuna diff first.md second.md third.md   all copies in one table
  lacuna diff dump-2023 dump-2024           what one folder lacks of the other
  lacuna diff --fail-on lost -q dump-2023 dump-2024
  lacuna diff old-dump lesson.md            a lesson and its counterpart in a folder

Exit codes:
  0  both say the same
  1  differences, or with --fail-on lost: B lacks something of A
  2  could not complete: bad usage, or a document that cannot be read or is left out, because it is
     empty or binary";
