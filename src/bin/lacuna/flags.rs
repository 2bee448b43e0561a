//! Raw arguments. Parsing has no effects.

mod audit;
mod cache;
mod comparison;
mod dedupe;
mod diff;
mod explain;
mod merge;
mod normalize;
mod output;
mod reading;
mod scan;
mod selection;
mod undo;
mod verify;

use clap::{Parser, Subcommand};

pub use audit::AuditFlags;
pub use cache::CacheFlags;
pub use comparison::ComparisonFlags;
pub use dedupe::{DedupeFlags, TidyFormat};
pub use diff::{BaseRule, DiffFlags, DiffFormat, FailOn, Only};
pub use explain::{ExplainFlags, ExplainFormat, Wanted};
pub use merge::{MergeFlags, MergeFormat};
pub use normalize::{NormalizeFlags, NormalizeFormat};
pub use output::{ColourWhen, OutputFlags};
pub use reading::ReadingFlags;
pub use scan::{ScanFlags, ScanFormat, SortKey};
pub use selection::{ListFlags, SelectionFlags};
pub use undo::UndoFlags;
pub use verify::VerifyFlags;

/// Finds the copies in a heap of documents, says what each copy lacks, and merges them
///
/// lacuna reads plain text, Markdown and HTML in any encoding, brings them to what a reader reads,
/// and compares that: markup, encoding and line breaks do not count. It says which documents are
/// the same, which are cut short and where, and what is missing. Inputs are never written to but by
/// `dedupe --apply` and `undo --apply`.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, after_long_help = AFTER)]
#[command(max_term_width = 100)]
pub struct Flags {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "\
Examples:
  lacuna scan docs old-dump       which documents are copies, and what each copy lacks
  lacuna diff full.md cut.html    what the second lacks of the first, passage by passage
  lacuna merge dump-1 dump-2 -o all   one complete set of the documents of both
  lacuna verify all               prove again that the merge lost nothing
  lacuna normalize page.html      what lacuna reads in a document
  lacuna dedupe old-dump          which copies could go, as another document holds all they do
  lacuna audit docs               what documents lost since lacuna.lock was written

Exit codes:
  0    done
  1    differences (diff), what --fail-on names (scan), what --check finds (normalize),
       findings (audit)
  1    differences (diff), what --fail-on names (scan), what --check finds (normalize), damage
       (verify)
  2    could not complete: bad usage, or an input that cannot be read; the rest was done
  130  interrupted";

#[derive(Debug, Subcommand)]
pub enum Command {
    Scan(Box<ScanFlags>),
    Diff(Box<DiffFlags>),
    Merge(Box<MergeFlags>),
    Verify(VerifyFlags),
    Normalize(NormalizeFlags),
    Explain(ExplainFlags),
    Dedupe(Box<DedupeFlags>),
    Undo(UndoFlags),
    Audit(Box<AuditFlags>),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn flags_do_not_contradict_each_other() {
        super::Flags::command().debug_assert();
    }
}
