//! One event type, many renderers.
//!
//! Whoever runs a command turns what it finds into [`Event`]s, in a fixed order; a [`Renderer`]
//! writes each to a given writer. Renderers see nouns only: they compute nothing that decides
//! anything, and print nothing by themselves. Everything that a document or a path says is
//! escaped, so that no output can drive a terminal or leave its place in a structure.
//!
//! [`Text`] is for people; [`Json`], [`JsonLines`] and [`AuditJson`] follow the schemas in
//! `docs/schema/`; [`Unified`] is what `patch` reads, [`Html`] a page for a browser, [`Tei`] a
//! critical apparatus. What an audit found is also written in the formats of other programs, see
//! [`AuditFormat`].

mod audit;
mod below;
mod comments;
mod damage;
mod escape;
mod explanation;
mod folders;
mod formats;
mod github;
mod gitlab;
mod headings;
mod html;
mod json;
mod junit;
mod markdown;
mod markup;
mod merge;
mod mirror;
mod numbers;
mod pairs;
mod parallel;
mod passages;
mod pen;
mod sarif;
mod strip;
mod synopsis;
mod tally;
mod tei;
#[cfg(test)]
mod tests;
mod text;
mod tidy;
mod unified;
mod uri;
mod width;
mod worst;

use std::io;

pub use audit::{Against, AuditSummary};
pub use below::Below;
pub use damage::in_words as damage_in_words;
pub use escape::name as escaped;
pub use explanation::explanation;
pub use folders::{Folder, FolderPair, Kinship};
pub use formats::{AuditFormat, UnknownFormat};
pub use github::Github;
pub use gitlab::Gitlab;
pub use html::Html;
pub use json::{AuditJson, Json, JsonLines};
pub use junit::Junit;
pub use markdown::Markdown;
pub use merge::{MergeEvent, MergeSummary, MergedOutput, Origin, VerifySummary};
pub use pairs::{
    Details, Document, FileStanding, FolderSummary, Lost, Only as OnlyIn, OtherFile, Pair, Side,
    Standing,
};
pub use sarif::Sarif;
pub use strip::{Cell, strip};
pub use synopsis::{BaseChoice, Synopsis};
pub use tei::Tei;
pub use text::Text;
pub use tidy::{CopyFate, StayingCopy, Tidied, TidiedCopy, TidySummary};
pub use unified::{Unified, canonical_lines};

pub use crate::text::{CheckFinding, CheckKind, ExclusionRule};
use crate::text::{Code, Finding, Profile, Relation, Verdict, Witness};

/// Something to be reported.
///
/// The events of a scan come in the order in which they stand here, a group's relations right
/// after it; `json` depends on that.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// `normalize`: one document, read.
    Normalized {
        /// The document.
        entry: Entry<'a>,
        /// What `--check` found wrong with it; `None` without `--check`.
        check: Option<&'a [CheckFinding]>,
    },
    /// `diff`: two documents, compared. Lacunae and extras are those of `copy` against `base`; the
    /// verdict is seen from the less complete one (see [`Relation`]).
    Compared {
        /// The first document named.
        base: Entry<'a>,
        /// The second document named.
        copy: Entry<'a>,
        /// What was found.
        relation: &'a Relation,
    },
    /// `diff`: three or more documents, row by row.
    Table(&'a Synopsis<'a>),
    /// `scan`: two folders whose documents are copies of one another.
    Folders {
        /// The folder that holds all documents of the scan, with `/` at its end.
        top: &'a str,
        /// The two.
        pair: &'a FolderPair,
    },
    /// `scan`: a group begins; its relations follow.
    Group {
        /// Number of the group in this report, from 1.
        number: usize,
        /// The most complete witness.
        base: Entry<'a>,
        /// Why it is the base.
        reason: BaseReason,
        /// How many relations follow.
        copies: usize,
    },
    /// `scan`: a copy of the group's base.
    Relation {
        /// The group it belongs to.
        group: usize,
        /// The group's base.
        base: Entry<'a>,
        /// The copy.
        copy: Entry<'a>,
        /// What was found.
        relation: &'a Relation,
        /// The siglum of a copy in this group, reported before, that has the same bytes.
        same_as: Option<&'a str>,
    },
    /// `scan`: a document that was read and is in no group.
    Alone {
        /// Its path.
        path: &'a str,
        /// What is known of it.
        profile: &'a Profile,
    },
    /// `diff` of two folders: their numbers. The other events of it follow, in the order in which
    /// they stand here.
    FolderDiff(&'a FolderSummary),
    /// `diff` of two folders: a document and its counterpart.
    Pair(&'a Pair<'a>),
    /// `diff` of two folders: a document that has no counterpart.
    Only(&'a OnlyIn<'a>),
    /// `diff` of two folders: a file that is no text.
    OtherFile(&'a OtherFile<'a>),
    /// A passage that so many documents share that it makes no two of them copies.
    Boilerplate {
        /// Its beginning: canonical text.
        excerpt: &'a str,
        /// In how many distinct texts it is.
        documents: usize,
        /// Of how many.
        of: usize,
    },
    /// An input that was left out by a rule.
    Excluded {
        /// Its path, as given or found.
        path: &'a str,
        /// The rule.
        rule: ExclusionRule,
    },
    /// An input that could not be read.
    Unreadable {
        /// Its path, as given or found.
        path: &'a str,
        /// Why, without the path.
        why: &'a str,
    },
    /// How many of a kind of event are left out, after those that are not. Only people are spared
    /// anything: the other renderers write nothing for it.
    NotShown {
        /// Of which kind.
        what: NotShown,
        /// How many.
        count: usize,
    },
    /// `dedupe`, `undo`: all that was done, or would be.
    Tidied(&'a Tidied),
    /// `merge` and `verify`: text only, since their JSON is the plan and the ledger.
    Merge(MergeEvent<'a>),
    /// The end of a `scan`, with its numbers. Always the last event.
    Summary(&'a Summary),
    /// `audit`: something that was found, or that would count were it not in the baseline,
    /// suppressed or allowed. In the order of path, code and fingerprint.
    Finding(&'a Finding),
    /// The end of an `audit`, with its numbers: after the findings, and what was left out. What
    /// could not be read is a finding.
    AuditSummary(&'a AuditSummary),
    /// `explain`: a code, and what its [`explanation()`] says.
    Explained {
        /// The code.
        code: Code,
        /// Whether it is the first one of the report.
        first: bool,
    },
}

/// A document in a report.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its short label: `A` for the base of a group, then `B`, `C`, …
    pub siglum: &'a str,
    /// Its path, for people: may hold any character, so renderers escape it.
    pub path: &'a str,
    /// What it says.
    pub witness: &'a Witness,
}

/// Why a witness is the base of its group: the first of these that set it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseReason {
    /// It has the longest body. In characters of match text: its own, and the next longest.
    LongestBody {
        /// Its body.
        chars: u64,
        /// The longest body among the copies.
        next: u64,
    },
    /// Bodies are equally long; it has the most comments.
    MostComments,
    /// And it has the most assets.
    MostAssets,
    /// They are equally complete; its path comes first.
    FirstPath,
}

/// What is left out of a report that would else be too long to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotShown {
    /// Pairs of folders with fewer relations than those that are shown.
    Folders,
    /// Groups in which less text is at stake than in those that are shown.
    LesserGroups,
    /// Groups that come after those that are shown.
    LaterGroups,
    /// Copies of the last group in which less text is at stake than in those that are shown.
    Copies,
    /// Pairs of documents of which less is lost and gained than of those that are shown.
    Pairs,
}

/// The numbers of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Inputs read.
    pub read: usize,
    /// Their source bytes.
    pub bytes: u64,
    /// Inputs left out, by rule.
    pub excluded: usize,
    /// Inputs that could not be read.
    pub unreadable: usize,
    /// Different texts among those read: witnesses that are neither identical nor equivalent.
    pub texts: usize,
    /// Groups with at least one copy.
    pub groups: usize,
    /// Relations by verdict, in the order of [`Verdict::ALL`], without `Unrelated`.
    pub verdicts: [usize; 6],
    /// Documents that are in no group.
    pub unrelated: usize,
    /// Candidate pairs that were compared.
    pub compared: usize,
    /// Passages treated as boilerplate.
    pub boilerplate: usize,
    /// Relations that a budget made coarser.
    pub approximated: usize,
}

impl Summary {
    /// How many documents were read that are a copy, and the base of no group.
    pub fn copies(&self) -> usize {
        self.read.saturating_sub(self.groups + self.unrelated)
    }

    /// How many relations have `verdict`.
    pub fn count(&self, verdict: Verdict) -> usize {
        let at = Verdict::ALL.iter().position(|known| *known == verdict);
        at.and_then(|at| self.verdicts.get(at))
            .copied()
            .unwrap_or(0)
    }
}

/// Writes events.
pub trait Renderer {
    /// Writes one event to `out`.
    ///
    /// # Errors
    /// Those of `out`.
    fn render(&mut self, event: &Event<'_>, out: &mut dyn io::Write) -> io::Result<()>;

    /// Writes what closes the output, after the last event of any command.
    ///
    /// # Errors
    /// Those of `out`.
    fn finish(&mut self, out: &mut dyn io::Write) -> io::Result<()>;
}

/// What the reader's terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Width in columns, at least 40.
    pub width: usize,
    /// Whether to use colour.
    pub colour: bool,
    /// Whether to use ASCII only in what is not the documents' own text.
    pub ascii: bool,
}

/// What of a comparison to show, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only one kind of difference (`diff`).
    pub only: Option<Only>,
    /// How much unchanged text to show around a difference (`diff`): blocks in text, lines of
    /// canonical text in a unified diff. Without it, 1 block and 3 lines.
    pub context: Option<usize>,
    /// Only the line with the verdict (`diff`).
    pub quiet: bool,
    /// A line with its path before each document (`normalize`).
    pub names: bool,
    /// Lists in full (`diff` of folders).
    pub all: bool,
}

/// One kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// What the copy lacks.
    Lacking,
    /// What only the copy has.
    Extra,
    /// Where both say something, differently.
    Variants,
}
