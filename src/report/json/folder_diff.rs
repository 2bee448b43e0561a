//! Two folders, compared.

use std::io::{self, Write};

use serde::Serialize;

use super::records::{Asset, Comment, Coverage, Document, Heading, Passage};
use crate::report::{
    Details, FileStanding, FolderSummary, Lost, OnlyIn, OtherFile, Pair, Side, Standing, headings,
};
use crate::text::{Loss, Witness};

/// The lists of the document, in their order.
pub(super) const LISTS: [&str; 6] = [
    "pairs",
    "only",
    "files",
    "boilerplate",
    "excluded",
    "unreadable",
];

/// How far the lists are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists {
    list: usize,
    any: bool,
}

impl Lists {
    /// Opens the first list.
    pub fn open(out: &mut dyn Write) -> io::Result<Self> {
        write!(out, ",\n\"{}\":[", LISTS[0])?;
        Ok(Self::default())
    }

    /// Begins an element of `list`, after closing those before it. `None` if it is closed.
    pub fn element(&mut self, list: usize, out: &mut dyn Write) -> io::Result<Option<()>> {
        if list < self.list {
            return Ok(None);
        }
        self.skip_to(list, out)?;
        out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        Ok(Some(()))
    }

    fn skip_to(&mut self, list: usize, out: &mut dyn Write) -> io::Result<()> {
        while self.list < list {
            self.list += 1;
            self.any = false;
            write!(out, "],\n\"{}\":[", LISTS.get(self.list).unwrap_or(&""))?;
        }
        Ok(())
    }

    /// Closes all.
    pub fn close(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.skip_to(LISTS.len() - 1, out)?;
        out.write_all(b"]}\n")
    }
}

#[derive(Serialize)]
pub(super) struct SummaryRecord<'a> {
    base: SideRecord<'a>,
    copy: SideRecord<'a>,
    summary: Numbers,
}

#[derive(Serialize)]
struct SideRecord<'a> {
    path: &'a str,
    documents: usize,
    bytes: u64,
}

impl<'a> From<&'a Side> for SideRecord<'a> {
    fn from(side: &'a Side) -> Self {
        Self {
            path: &side.path,
            documents: side.documents,
            bytes: side.bytes,
        }
    }
}

#[derive(Serialize)]
struct Numbers {
    pairs: Standings,
    renamed: usize,
    only: Sides<usize>,
    lost: LossRecord,
    gained: LossRecord,
    only_loss: Sides<LossRecord>,
    files: Files,
    excluded: usize,
    unreadable: usize,
    compared: usize,
    approximated: usize,
}

#[derive(Serialize)]
struct Standings {
    same: usize,
    cut_in_copy: usize,
    cut_in_base: usize,
    revised: usize,
    split: usize,
    joined: usize,
    part_in_copy: usize,
    part_in_base: usize,
    again_in_copy: usize,
    again_in_base: usize,
}

#[derive(Serialize)]
struct Files {
    same: usize,
    differs: usize,
    only_in_base: usize,
    only_in_copy: usize,
}

#[derive(Serialize)]
struct Sides<T> {
    base: T,
    copy: T,
}

#[derive(Serialize)]
struct LossRecord {
    chars: u64,
    passages: u64,
    comments: u64,
    assets: u64,
}

impl From<Loss> for LossRecord {
    fn from(loss: Loss) -> Self {
        Self {
            chars: loss.chars,
            passages: loss.passages,
            comments: loss.comments,
            assets: loss.assets,
        }
    }
}

impl<'a> From<&'a FolderSummary> for SummaryRecord<'a> {
    fn from(summary: &'a FolderSummary) -> Self {
        Self {
            base: (&summary.base).into(),
            copy: (&summary.copy).into(),
            summary: Numbers {
                pairs: Standings::from(summary),
                renamed: summary.renamed,
                only: sides(summary.only),
                lost: summary.lost.into(),
                gained: summary.gained.into(),
                only_loss: sides(summary.only_loss.map(LossRecord::from)),
                files: Files {
                    same: summary.files(FileStanding::Same),
                    differs: summary.files(FileStanding::Differs),
                    only_in_base: summary.files(FileStanding::OnlyInBase),
                    only_in_copy: summary.files(FileStanding::OnlyInCopy),
                },
                excluded: summary.excluded,
                unreadable: summary.unreadable,
                compared: summary.compared,
                approximated: summary.approximated,
            },
        }
    }
}

impl From<&FolderSummary> for Standings {
    fn from(summary: &FolderSummary) -> Self {
        Self {
            same: summary.count(Standing::Same),
            cut_in_copy: summary.count(Standing::CutInCopy),
            cut_in_base: summary.count(Standing::CutInBase),
            revised: summary.count(Standing::Revised),
            split: summary.count(Standing::Split),
            joined: summary.count(Standing::Joined),
            part_in_copy: summary.count(Standing::PartInCopy),
            part_in_base: summary.count(Standing::PartInBase),
            again_in_copy: summary.count(Standing::AgainInCopy),
            again_in_base: summary.count(Standing::AgainInBase),
        }
    }
}

fn sides<T>([base, copy]: [T; 2]) -> Sides<T> {
    Sides { base, copy }
}

#[derive(Serialize)]
pub(super) struct PairRecord<'a> {
    standing: &'static str,
    base: Document<'a>,
    copy: Document<'a>,
    renamed: bool,
    verdict: &'static str,
    reversed: bool,
    coverage: Option<Coverage>,
    lost: LostRecord<'a>,
    gained: LostRecord<'a>,
    elsewhere: &'a [&'a str],
}

/// What of a document is lost.
#[derive(Default, Serialize)]
struct LostRecord<'a> {
    chars: u64,
    passages: Vec<PassageRecord<'a>>,
    comments: Vec<Comment<'a>>,
    assets: Vec<Asset<'a>>,
}

#[derive(Serialize)]
struct PassageRecord<'a> {
    #[serde(flatten)]
    passage: Passage,
    headings: Vec<Heading<'a>>,
    text: &'a str,
}

impl<'a> From<&'a Pair<'a>> for PairRecord<'a> {
    fn from(pair: &'a Pair<'a>) -> Self {
        let lost = |details: &'a Details<'a>| {
            let witness = details.base.witness;
            LostRecord::new(pair.lost, &details.lost, witness)
        };
        let gained = |details: &'a Details<'a>| {
            let witness = details.copy.witness;
            LostRecord::new(pair.gained, &details.gained, witness)
        };
        let details = pair.details.as_ref();
        Self {
            standing: pair.standing.name(),
            base: Document::new("", pair.base.path, pair.base.profile),
            copy: Document::new("", pair.copy.path, pair.copy.profile),
            renamed: pair.is_renamed(),
            verdict: pair.verdict.name(),
            reversed: pair.reversed,
            coverage: pair.coverage.map(|(base, copy)| Coverage {
                base: base.into(),
                copy: copy.into(),
            }),
            lost: details.map(lost).unwrap_or_default(),
            gained: details.map(gained).unwrap_or_default(),
            elsewhere: pair.elsewhere,
        }
    }
}

impl<'a> LostRecord<'a> {
    fn new(loss: Loss, lost: &Lost<'_>, witness: &'a Witness) -> Self {
        let passages = lost.passages.iter().map(|passage| PassageRecord {
            passage: (*passage).into(),
            headings: headings::within(witness, *passage)
                .map(|block| Heading::new(witness, block))
                .collect(),
            text: witness.text.get(passage.text.range()).unwrap_or_default(),
        });
        Self {
            chars: loss.chars,
            passages: passages.collect(),
            comments: Comment::list(witness, lost.comments),
            assets: Asset::list(witness, lost.assets),
        }
    }
}

#[derive(Serialize)]
pub(super) struct OnlyRecord<'a> {
    side: &'static str,
    #[serde(flatten)]
    document: Document<'a>,
    loss: LossRecord,
    near: &'a [&'a str],
}

impl<'a> From<&'a OnlyIn<'a>> for OnlyRecord<'a> {
    fn from(only: &'a OnlyIn<'a>) -> Self {
        Self {
            side: if only.in_base { "base" } else { "copy" },
            document: Document::new("", only.document.path, only.document.profile),
            loss: only.loss.into(),
            near: only.near,
        }
    }
}

#[derive(Serialize)]
pub(super) struct FileRecord<'a> {
    standing: &'static str,
    base: Option<&'a str>,
    copy: Option<&'a str>,
}

impl<'a> From<&OtherFile<'a>> for FileRecord<'a> {
    fn from(file: &OtherFile<'a>) -> Self {
        Self {
            standing: file.standing.name(),
            base: file.base,
            copy: file.copy,
        }
    }
}
