//! One event type, many renderers.
//!
//! Whoever runs a command turns what it finds into [`Event`]s, in a fixed order; a [`Renderer`]
//! writes each to a given writer. Renderers see nouns only: they compute nothing that decides
//! anything, and print nothing by themselves.

use std::io;

use crate::text::{LineRange, Relation, Verdict, Witness};

/// Something to be reported.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// `normalize`: one document, read.
    Normalized {
        /// The document.
        entry: Entry<'a>,
        /// What `--check` found wrong with it; `None` without `--check`.
        check: Option<&'a [CheckFinding]>,
    },
    /// `diff`: two documents, compared. The verdict is seen from `copy` as the less complete one,
    /// whichever was named first; lacunae and extras are those of `copy` against `base`.
    Compared {
        /// The first document named.
        base: Entry<'a>,
        /// The second document named.
        copy: Entry<'a>,
        /// What was found.
        relation: &'a Relation,
        /// Whether it is really the first that is the less complete one, so that the verdict is
        /// to be read the other way round.
        reversed: bool,
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
        /// A copy in this group, reported before, that has the same bytes as this one.
        same_as: Option<&'a str>,
    },
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
    /// The end of a `scan`, with its numbers. Always the last event.
    Summary(&'a Summary),
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

/// A rule by which an input is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExclusionRule {
    /// Dense in NUL bytes, or begins like a known binary format.
    Binary,
    /// Has no text at all once it is read.
    Empty,
    /// Neither a file nor a folder: a pipe, a socket, a device.
    Special,
    /// The same file was named before.
    Repeated,
}

impl ExclusionRule {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::Empty => "empty",
            Self::Special => "not a regular file",
            Self::Repeated => "named twice",
        }
    }
}

/// What `normalize --check` found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckFinding {
    /// Index of the block in [`Witness::blocks`].
    pub block: usize,
    /// Lines of the source.
    pub lines: LineRange,
    /// What disagrees.
    pub kind: CheckKind,
    /// What the block says.
    pub expected: String,
    /// What the second opinion, or its span, says.
    pub found: String,
}

/// What a check compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// `html2text` reads the block's source otherwise.
    SecondOpinion,
    /// The block's span does not hold its text.
    Span,
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
