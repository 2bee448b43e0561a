use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::OutputFlags;

/// Merge dumps of the same documents into one complete set, without losing anything
///
/// Copies are found by what they say, in whatever folder and format. Of each text the most complete
/// copy supplies the bytes, and what only another copy has is put in at its place: passages,
/// comments, pictures, entries of the front matter. What cannot stand in the text, such as another
/// reading of the same passage, stays in the ledger, .lacuna/ledger.jsonl, which proves that nothing
/// is lost. Everything in the dumps is taken, hidden and ignored files too, but for version control
/// (.git and the like) and links. The ledgers of earlier merges go into .lacuna/earlier.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub struct MergeFlags {
    /// Folders with copies of the same documents
    ///
    /// They are called A, B, C … in their order. Where two copies are equally complete, that of the
    /// first dump supplies the bytes.
    #[arg(
        value_name = "DUMP",
        required_unless_present = "plan",
        conflicts_with = "plan"
    )]
    pub dumps: Vec<PathBuf>,

    /// The new folder to write to
    #[arg(short, long, value_name = "OUT", required_unless_present = "dry_run")]
    pub output: Option<PathBuf>,

    /// Write nothing; say what would be written, and from where
    #[arg(short = 'n', long)]
    pub dry_run: bool,

    /// Carry out this plan, made by --dry-run --format json; refuse if an input changed since
    #[arg(long, value_name = "FILE", conflicts_with_all = ["prefer", "conflicts"])]
    pub plan: Option<PathBuf>,

    /// Which reading stands where copies say something different: `base`, `newest`, `longest`, or
    /// that of a dump: `A`, `B` …
    ///
    /// The base is the most complete copy; the newest one is that of the file that was changed last.
    /// The other readings stand in the ledger.
    #[arg(long, value_name = "WHICH", default_value = "base")]
    pub prefer: String,

    /// Where the other readings go
    #[arg(long, value_name = "WHERE", default_value = "ledger", value_enum)]
    pub conflicts: Conflicts,

    /// Keep the bytes of all inputs that are not in the output, compressed, in .lacuna/originals
    #[arg(long)]
    pub keep_originals: bool,

    /// Finish a merge that was interrupted
    #[arg(long, conflicts_with = "dry_run")]
    pub resume: bool,

    /// How to write what was done; of a dry run, `json` is the plan
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: MergeFormat,

    /// Threads; 0 is one for each core. The output is the same for any number
    #[arg(short = 'j', long, value_name = "NUM", default_value_t = 0)]
    pub threads: usize,

    /// Keep up to so many MiB of what documents say while copies are looked for
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub memory: usize,

    /// Configuration file, instead of the lacuna.toml of this folder or one above
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Read no configuration file
    #[arg(long)]
    pub no_config: bool,

    #[command(flatten)]
    pub style: OutputFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MergeFormat {
    /// For people
    Text,
    /// One object
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Conflicts {
    /// Into the ledger
    Ledger,
    /// Into the text, too, in brackets with the dump they are from: 〔B: …〕
    Both,
}

impl Conflicts {
    /// The name used in plans and ledgers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Both => "both",
        }
    }
}

const AFTER: &str = "\
Examples:
  lacuna merge dump-2023 dump-2024 --dry-run
  lacuna merge dump-2023 dump-2024 -o complete
  lacuna merge mine theirs --dry-run --format json > plan.json
  lacuna merge --plan plan.json -o complete
  lacuna merge dump-2023 dump-2024 -o complete --resume
  lacuna verify complete

Exit codes:
  0  done: all that the dumps say is in the output or its ledger, and that was checked
  2  could not complete: bad usage, an input that cannot be read or has changed, a full disk; what
     was written says that it is unfinished, and --resume finishes it";
