use std::path::PathBuf;

use clap::Args;

use super::{MergeFormat, OutputFlags};

/// Check that the output of a merge and its ledger are whole, and prove again that nothing is lost
///
/// Needs nothing but the output. Every file is read, and what each input said is made out of it and
/// the ledger again.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub struct VerifyFlags {
    /// The output of a merge
    #[arg(value_name = "OUT")]
    pub output: PathBuf,

    /// Check that each file of this folder was merged, too
    ///
    /// By its bytes; or, if they differ, by what it says.
    #[arg(long, value_name = "DUMP")]
    pub against: Vec<PathBuf>,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: MergeFormat,

    /// Threads; 0 is one for each core
    #[arg(short = 'j', long, value_name = "NUM", default_value_t = 0)]
    pub threads: usize,

    #[command(flatten)]
    pub style: OutputFlags,
}

const AFTER: &str = "\
Examples:
  lacuna verify complete
  lacuna verify complete --against dump-2023 --against dump-2024

Exit codes:
  0  all is as it was written, and all is proven
  1  something is damaged or missing, or a file is not covered
  2  could not complete: this is no output of a merge, or it is unfinished, or cannot be read";
