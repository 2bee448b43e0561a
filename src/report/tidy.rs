//! Copies that go, and that come back.

use crate::text::{Remnant, Verdict};

/// What `dedupe` or `undo` did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Whether copies come back, rather than go.
    pub undo: bool,
    /// Whether it was done, rather than only said.
    pub applied: bool,
    /// By what means copies go: `move`, `hard link`, `reflink`.
    pub means: &'static str,
    /// The folders that are tidied, as they were named.
    pub folders: Vec<String>,
    /// The copies that go, by the path of what stays for them, then by their own; or that come back,
    /// the last one first.
    pub copies: Vec<TidiedCopy>,
    /// Copies that stay, by path.
    pub staying: Vec<StayingCopy>,
    /// How many inputs could not be read.
    pub unreadable: usize,
    /// Of how many kept documents to show the copies; 0 is all. For people only.
    pub shown: usize,
}

/// A copy that goes or comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TidiedCopy {
    /// Its path.
    pub path: String,
    /// What becomes of it.
    pub fate: CopyFate,
    /// What stays for it; empty for one that comes back.
    pub kept: String,
    /// How it stands to that.
    pub verdict: Option<Verdict>,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its length in characters of match text.
    pub chars: u64,
    /// Where it was moved to.
    pub to: Option<String>,
}

/// What becomes of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyFate {
    /// It would go, or come back.
    Planned,
    /// It went, or came back.
    Done,
    /// It never went, or is back already.
    Nothing,
    /// It stays where it is, and why.
    Failed(String),
}

impl CopyFate {
    /// The name used in output.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Nothing => "nothing",
            Self::Failed(_) => "failed",
        }
    }
}

/// A copy that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StayingCopy {
    /// Its path.
    pub path: String,
    /// The document that it was compared with.
    pub kept: String,
    /// What that one has not.
    pub losses: Vec<Remnant>,
    /// Another reason; else empty.
    pub why: &'static str,
}

/// The numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TidySummary {
    /// Copies that went or would go, or came back or would.
    pub copies: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Their characters of match text.
    pub chars: u64,
    /// Copies that could not go, or not come back.
    pub failed: u64,
}

impl Tidied {
    /// The numbers of it.
    pub fn summary(&self) -> TidySummary {
        let mut summary = TidySummary::default();
        for copy in &self.copies {
            match copy.fate {
                CopyFate::Planned | CopyFate::Done => {
                    summary.copies += 1;
                    summary.bytes += copy.bytes;
                    summary.chars += copy.chars;
                }
                CopyFate::Nothing => {}
                CopyFate::Failed(_) => summary.failed += 1,
            }
        }
        summary
    }
}
