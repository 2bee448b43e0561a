//! Folders whose documents are copies of one another.

use crate::text::Verdict;

/// Two folders whose documents are copies of one another; or one folder and itself, for copies
/// among its own documents.
///
/// Every relation of a scan counts in exactly one pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderPair {
    /// The folder whose documents are mostly the less complete ones.
    pub copy: Folder,
    /// The other; equal to `copy` for copies among one folder's own documents.
    pub base: Folder,
    /// Relations by verdict, in the order of [`Verdict::ALL`], without `Unrelated`.
    pub verdicts: [usize; 6],
    /// Of those truncated or contained: in how many the document in `base` is the less complete.
    pub reversed: usize,
    /// Comments that only the documents in `copy` have.
    pub comments_extra: usize,
    /// Comments that only the documents in `base` have.
    pub comments_lacking: usize,
}

/// A folder of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its path, with `/` at its end; `./` is the folder in which the scan ran.
    pub path: String,
    /// How many documents of the scan it holds, at any depth. Of a folder that holds the other one
    /// of its pair, without those of the other.
    pub documents: usize,
    /// How many of them the pair's relations speak of; those that only share a passage do not count.
    pub related: usize,
}

/// What one folder of a pair is to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Most documents of the copy have the same text as one in the base.
    Copy,
    /// Most are in the base, and lack something of it.
    CutCopy,
    /// Most are revisions of one in the base.
    RevisedCopy,
    /// Some documents are copies of one another.
    Shares,
    /// Some documents share a passage, and no more.
    Overlaps,
    /// The copies are among the documents of one folder.
    Within,
}

impl Kinship {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::CutCopy => "cut copy",
            Self::RevisedCopy => "revised copy",
            Self::Shares => "shares documents",
            Self::Overlaps => "shares passages",
            Self::Within => "within",
        }
    }
}

impl FolderPair {
    /// How many relations it stands for.
    pub fn relations(&self) -> usize {
        self.verdicts.iter().sum()
    }

    /// How many of them are more than a shared passage.
    pub fn copies(&self) -> usize {
        self.relations() - self.count(Verdict::Overlapping)
    }

    /// How many of them have `verdict`.
    pub fn count(&self, verdict: Verdict) -> usize {
        let at = Verdict::ALL.iter().position(|known| *known == verdict);
        at.and_then(|at| self.verdicts.get(at)).map_or(0, |n| *n)
    }

    /// What the copy is to the base. It is a copy only if that holds for at least half of its
    /// documents, and one kind of copy only if most are of that kind.
    pub fn kinship(&self) -> Kinship {
        let most = |count: usize| 2 * count > self.copies();
        let same = self.count(Verdict::Identical) + self.count(Verdict::Equivalent);
        let lacking = self.count(Verdict::Truncated) + self.count(Verdict::Contained);
        match () {
            () if self.copy.path == self.base.path => Kinship::Within,
            () if self.copies() == 0 => Kinship::Overlaps,
            () if 2 * self.copy.related < self.copy.documents => Kinship::Shares,
            () if most(same) => Kinship::Copy,
            () if most(lacking.saturating_sub(self.reversed)) => Kinship::CutCopy,
            () if most(self.count(Verdict::Revised)) => Kinship::RevisedCopy,
            () => Kinship::Shares,
        }
    }
}
