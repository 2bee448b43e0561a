//! Two folders, compared document by document.

use crate::text::{Coverage, Loss, Passage, Profile, Relation, Verdict};

use super::Entry;

/// One of the two folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Its path, as it was given.
    pub path: String,
    /// How many documents it has.
    pub documents: usize,
    /// Their source bytes.
    pub bytes: u64,
}

/// How the documents of a pair stand to each other, and what the pair is in its folders. The base
/// is in the first folder, the copy in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// They say the same.
    Same,
    /// The copy only lacks something.
    CutInCopy,
    /// The base only lacks something.
    CutInBase,
    /// Each says something that the other does not say.
    Revised,
    /// The base is in the copy and in other documents of its folder, a part in each.
    Split,
    /// The copy is made of the base and of other documents of its folder.
    Joined,
    /// The copy holds a part of a base that has another counterpart besides it.
    PartInCopy,
    /// The base holds a part of a copy that has another counterpart besides it.
    PartInBase,
    /// The copy is one more copy of a base that has a closer counterpart.
    AgainInCopy,
    /// The base is one more copy of a document that has a closer counterpart.
    AgainInBase,
}

impl Standing {
    /// All of them. Before [`PartInCopy`](Self::PartInCopy) are those in which both documents count
    /// as paired; each document is in one of these at the most.
    pub const ALL: [Self; 10] = [
        Self::Same,
        Self::CutInCopy,
        Self::CutInBase,
        Self::Revised,
        Self::Split,
        Self::Joined,
        Self::PartInCopy,
        Self::PartInBase,
        Self::AgainInCopy,
        Self::AgainInBase,
    ];

    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::CutInCopy => "cut in copy",
            Self::CutInBase => "cut in base",
            Self::Revised => "revised",
            Self::Split => "split",
            Self::Joined => "joined",
            Self::PartInCopy => "part in copy",
            Self::PartInBase => "part in base",
            Self::AgainInCopy => "again in copy",
            Self::AgainInBase => "again in base",
        }
    }

    /// Whether the pair is what both documents are in their folders.
    pub fn is_main(self) -> bool {
        self < Self::PartInCopy
    }

    /// Its place in [`ALL`](Self::ALL).
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0)
    }
}

/// A document of the first folder and its counterpart in the second.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// What it is.
    pub standing: Standing,
    /// In the first folder: its path below it.
    pub base: Document<'a>,
    /// In the second folder.
    pub copy: Document<'a>,
    /// See [`Relation::verdict`].
    pub verdict: Verdict,
    /// See [`Relation::reversed`].
    pub reversed: bool,
    /// How much of the base the copy has, and of the copy the base; `None` if the bytes are the
    /// same.
    pub coverage: Option<(Coverage, Coverage)>,
    /// What of the base no document of the second folder has. Nothing where that is told with
    /// another pair of the base.
    pub lost: Loss,
    /// What of the copy no document of the first folder has. Nothing where that is told with
    /// another pair of the copy.
    pub gained: Loss,
    /// Other documents of the second folder that have what the copy lacks of the base.
    pub elsewhere: &'a [&'a str],
    /// What both say, if they differ and it is to be shown.
    pub details: Option<Details<'a>>,
}

impl Pair<'_> {
    /// Whether the paths below the two folders differ.
    pub fn is_renamed(&self) -> bool {
        self.base.path != self.copy.path
    }
}

/// A document, without what it says.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its path below the folder.
    pub path: &'a str,
    /// What is known of it.
    pub profile: &'a Profile,
}

/// All of a pair.
#[derive(Clone, Copy, Debug)]
pub struct Details<'a> {
    /// In the first folder.
    pub base: Entry<'a>,
    /// In the second folder.
    pub copy: Entry<'a>,
    /// How they stand to each other.
    pub relation: &'a Relation,
    /// What [`Pair::lost`] counts.
    pub lost: Lost<'a>,
    /// What [`Pair::gained`] counts.
    pub gained: Lost<'a>,
}

/// What of a document is lost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lost<'a> {
    /// Passages, in reading order.
    pub passages: &'a [Passage],
    /// Indices into its comments.
    pub comments: &'a [u32],
    /// Indices into its assets.
    pub assets: &'a [u32],
}

/// A document that has no counterpart.
#[derive(Clone, Copy, Debug)]
pub struct Only<'a> {
    /// Whether it is in the first folder.
    pub in_base: bool,
    /// The document.
    pub document: Document<'a>,
    /// What of it no document of the other folder has.
    pub loss: Loss,
    /// Documents of the other folder that share a passage with it, and no more.
    pub near: &'a [&'a str],
}

/// What became of a file that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileStanding {
    /// Both folders have it, byte for byte.
    Same,
    /// Both have a file of this name, with other bytes.
    Differs,
    /// Only the first folder has it.
    OnlyInBase,
    /// Only the second folder has it.
    OnlyInCopy,
}

impl FileStanding {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Same,
        Self::Differs,
        Self::OnlyInBase,
        Self::OnlyInCopy,
    ];

    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::OnlyInBase => "only in base",
            Self::OnlyInCopy => "only in copy",
        }
    }

    /// Its place in [`ALL`](Self::ALL).
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0)
    }
}

/// A file that is no text, compared by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherFile<'a> {
    /// What became of it.
    pub standing: FileStanding,
    /// Its path below the first folder.
    pub base: Option<&'a str>,
    /// Its path below the second folder.
    pub copy: Option<&'a str>,
}

/// The numbers of a comparison of two folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderSummary {
    /// The folder that is compared with.
    pub base: Side,
    /// The folder that may lack something of it.
    pub copy: Side,
    /// Pairs, in the order of [`Standing::ALL`].
    pub standings: [usize; 10],
    /// Pairs in which both documents count as paired, and have other paths.
    pub renamed: usize,
    /// Documents that have no counterpart: of the first folder, of the second.
    pub only: [usize; 2],
    /// What of the first folder the second lacks, documents that it lacks whole apart.
    pub lost: Loss,
    /// What of the second folder the first lacks, likewise.
    pub gained: Loss,
    /// What is lost and gained with documents that the other folder lacks whole.
    pub only_loss: [Loss; 2],
    /// Files that are no text, in the order of [`FileStanding::ALL`].
    pub files: [usize; 4],
    /// Inputs left out by a rule and not compared.
    pub excluded: usize,
    /// Inputs that could not be read.
    pub unreadable: usize,
    /// Candidate pairs that were compared.
    pub compared: usize,
    /// Relations that a budget made coarser.
    pub approximated: usize,
}

impl FolderSummary {
    /// How many pairs have `standing`.
    pub fn count(&self, standing: Standing) -> usize {
        self.standings[standing.index()]
    }

    /// How many files have `standing`.
    pub fn files(&self, standing: FileStanding) -> usize {
        self.files[standing.index()]
    }

    /// Whether the second folder lacks anything that the first has.
    pub fn loses(&self) -> bool {
        let files = [FileStanding::Differs, FileStanding::OnlyInBase];
        !self.lost.is_empty()
            || self.only[0] > 0
            || files.into_iter().any(|standing| self.files(standing) > 0)
    }

    /// Whether the two folders say anything differently. Names and further copies are no text.
    pub fn differs(&self) -> bool {
        let same = [Standing::Same, Standing::AgainInBase, Standing::AgainInCopy];
        let differs = |standing: &Standing| !same.contains(standing) && self.count(*standing) > 0;
        Standing::ALL.iter().any(differs)
            || self.only != [0, 0]
            || !self.lost.is_empty()
            || !self.gained.is_empty()
            || self.files.iter().sum::<usize>() > self.files(FileStanding::Same)
    }
}
