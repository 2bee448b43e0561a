use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lacuna::dedupe::{Allow, Means};

use super::{OutputFlags, ReadingFlags, SelectionFlags};

/// Put copies aside that another document holds whole
///
/// A copy goes if the one that stays has all its text in the same order, its comments, front matter,
/// assets and addresses. Without --apply nothing is changed. Each copy is proven again from the bytes
/// on the disk right before it goes, and `lacuna undo` brings it back.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub struct DedupeFlags {
    /// Files and folders to tidy, or the report of a scan (`lacuna scan --format json`). The current
    /// folder if none is named
    #[arg(value_name = "PATH|REPORT")]
    pub paths: Vec<PathBuf>,

    /// Do it; without this, only say what would be done
    #[arg(long)]
    pub apply: bool,

    /// Replace copies that have the same bytes by links, rather than move copies away
    ///
    /// `hard` makes them one file under several names: who changes one changes all. `reflink` makes
    /// files that share their blocks until one is changed, where the file system can.
    #[arg(long, value_name = "KIND", value_enum)]
    pub link: Option<LinkKind>,

    /// Move copies into this folder, which must be there, rather than to .lacuna/quarantine in the
    /// folder that is tidied
    #[arg(long, value_name = "DIR", conflicts_with = "link")]
    pub quarantine: Option<PathBuf>,

    /// Of copies that hold the same, keep the one in this folder or that this glob matches; the
    /// first that is given counts most. Else the one whose path comes first stays
    #[arg(long, value_name = "FOLDER|GLOB")]
    pub keep: Vec<String>,

    /// Let copies go although these are lost: counters of comments that are higher than in what
    /// stays, pictures of their authors, addresses that links lead to
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_enum)]
    pub allow: Vec<AllowKind>,

    /// Show everything as text, rather than the copies of the first 20 documents that stay
    #[arg(long)]
    pub all: bool,

    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: TidyFormat,

    /// Threads; 0 is one for each core. What is done is the same for any number
    #[arg(short = 'j', long, value_name = "NUM", default_value_t = 0)]
    pub threads: usize,

    #[command(flatten)]
    pub selection: SelectionFlags,

    #[command(flatten)]
    pub reading: ReadingFlags,

    #[command(flatten)]
    pub output: OutputFlags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LinkKind {
    Hard,
    Reflink,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AllowKind {
    Counters,
    Avatars,
    Links,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TidyFormat {
    Text,
    Json,
}

impl DedupeFlags {
    /// By what means copies go.
    pub fn means(&self) -> Means {
        match self.link {
            None => Means::Move,
            Some(LinkKind::Hard) => Means::Hard,
            Some(LinkKind::Reflink) => Means::Reflink,
        }
    }

    /// What may be lost.
    pub fn allowed(&self) -> Allow {
        Allow {
            counters: self.allow.contains(&AllowKind::Counters),
            avatars: self.allow.contains(&AllowKind::Avatars),
            links: self.allow.contains(&AllowKind::Links),
        }
    }
}

const AFTER: &str = "\
Examples:
  lacuna dedupe lessons                     what could go
  lacuna dedupe --apply lessons             move it to lessons/.lacuna/quarantine
  lacuna undo --apply lessons               bring it back
  lacuna dedupe --keep lessons/2024 lessons
  lacuna dedupe --link hard --apply backups
  lacuna scan --format json lessons > report.json; lacuna dedupe report.json

Exit codes:
  0  done, or nothing to do
  2  could not complete: bad usage, an input that cannot be read, or a copy that could not go";
