use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use lacuna::report::AuditFormat;
use lacuna::text::Severity;

use super::{CacheFlags, OutputFlags, ReadingFlags, SelectionFlags};

/// Find what a body of documents lost, and what is cut off, duplicated or damaged in it
///
/// Compares the documents below a folder with its lacuna.lock, which says what they said when
/// somebody last agreed to it, and with one another. Text that was moved, wrapped or divided is no
/// loss. Documents are Markdown, HTML, plain text and the like, unless --type or --glob says
/// otherwise.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub struct AuditFlags {
    /// The folder, or a folder or document below that of the lock file
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    pub format: AuditFormat,

    /// Write it to a file as well, in any of the formats; may be given more than once
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = report_file)]
    pub outputs: Vec<ReportFile>,

    /// Exit with 1 if there are findings that are this grave: note, warning or error
    #[arg(long, value_name = "SEVERITY", default_value = "error", value_parser = severity)]
    pub fail_on: Severity,

    /// Compare with a revision of the git repository instead of lacuna.lock: a branch, a tag, a commit
    #[arg(long, value_name = "REV", conflicts_with_all = ["init", "update"])]
    pub against: Option<String>,

    /// Findings in this file do not count; those of them that are found no more are told
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Write all findings to a file, for --baseline
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "init", "update"])]
    pub write_baseline: Option<PathBuf>,

    /// Begin: write lacuna.lock, and lacuna.toml with everything that can be set in it
    #[arg(long, conflicts_with = "update")]
    pub init: bool,

    /// Write lacuna.lock anew, after saying what that accepts
    ///
    /// Losses are accepted only if --accept or a commit names them, and never where the environment
    /// has CI set.
    #[arg(long)]
    pub update: bool,

    /// With --update, accept losses of this code, such as LAC103, or below this path; globs are as
    /// in .gitignore
    #[arg(long, value_name = "CODE|PATH", requires = "update")]
    pub accept: Vec<String>,

    /// Threads; 0 is one for each core. The output is the same for any number
    #[arg(short = 'j', long, value_name = "NUM", default_value_t = 0)]
    pub threads: usize,

    #[command(flatten)]
    pub cache: CacheFlags,

    /// Say on standard error how long each stage took
    #[arg(long)]
    pub timings: bool,

    #[command(flatten)]
    pub selection: SelectionFlags,

    #[command(flatten)]
    pub reading: ReadingFlags,

    #[command(flatten)]
    pub output: OutputFlags,
}

/// A file, and what is written to it.
#[derive(Clone, Debug)]
pub struct ReportFile {
    pub format: AuditFormat,
    pub path: PathBuf,
}

fn formats() -> impl TypedValueParser<Value = AuditFormat> {
    let values = (AuditFormat::ALL.iter())
        .map(|format| PossibleValue::new(format.name()).help(format.summary()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<AuditFormat>())
}

fn report_file(text: &str) -> Result<ReportFile, String> {
    let (format, path) = (text.split_once('='))
        .filter(|(_, path)| !path.is_empty())
        .ok_or("is not of the form FORMAT=FILE")?;
    let format = (format.parse::<AuditFormat>()).map_err(|error| format!("{format} {error}"))?;
    Ok(ReportFile {
        format,
        path: PathBuf::from(path),
    })
}

fn severity(name: &str) -> Result<Severity, String> {
    name.parse::<Severity>().map_err(|error| error.to_string())
}

const AFTER: &str = "\
Examples:
  lacuna audit --init             begin: write lacuna.lock and lacuna.toml
  lacuna audit                    what the documents here lost since then, and what is wrong with them
  lacuna audit --update           agree to what changed; losses must be named with --accept
  lacuna audit --update --accept LAC103 --accept docs/old/
  lacuna audit --against origin/main docs
  lacuna audit --write-baseline known.txt   then: lacuna audit --baseline known.txt

Exit codes:
  0  no finding is as grave as --fail-on
  1  some are
  2  could not complete: bad usage, or a document that cannot be read";
