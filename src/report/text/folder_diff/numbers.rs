//! The numbers of two folders: every document is in one of them.

use super::loss;
use crate::report::numbers::listed;
use crate::report::pen::{Pen, Style};
use crate::report::text::page::Page;
use crate::report::{FileStanding, FolderSummary, Standing};
use crate::text::Loss;

/// What is compared.
pub(super) fn folders(page: &mut Page, summary: &FolderSummary) {
    let pen = page.pen;
    for (sign, side) in [("- A", &summary.base), ("+ B", &summary.copy)] {
        let documents = pen.count(side.documents as u64, "document");
        page.raw(format!("{sign} {}: {documents}", pen.name(&side.path)));
    }
}

/// How many documents stand how to their counterparts.
pub(super) fn pairs(page: &mut Page, summary: &FolderSummary) {
    let pen = page.pen;
    let some = |count: usize, words: &str| {
        (count > 0).then(|| format!("{} {words}", pen.number(count as u64)))
    };
    let count = |standing: Standing, words: &str| some(summary.count(standing), words);
    let again = |standing: Standing, side: &str| {
        let copies = summary.count(standing);
        let words = pen.count_of(copies as u64, "further copy", "further copies");
        (copies > 0).then(|| format!("{words} in {side}"))
    };
    let files = |standing: FileStanding, words: &str| some(summary.files(standing), words);
    line(
        page,
        "pairs:",
        [
            count(Standing::Same, "the same"),
            count(Standing::CutInCopy, "cut in B"),
            count(Standing::CutInBase, "cut in A"),
            count(Standing::Revised, "revised"),
            count(Standing::Split, "split in B"),
            count(Standing::Joined, "joined in B"),
        ],
    );
    line(
        page,
        "of these under another name:",
        [(summary.renamed > 0).then(|| pen.number(summary.renamed as u64))],
    );
    line(
        page,
        "beside them:",
        [
            count(Standing::PartInBase, "with parts in A"),
            count(Standing::PartInCopy, "with parts in B"),
            again(Standing::AgainInBase, "A"),
            again(Standing::AgainInCopy, "B"),
        ],
    );
    line(
        page,
        "without a counterpart:",
        [
            some(summary.only[0], "only in A"),
            some(summary.only[1], "only in B"),
        ],
    );
    line(
        page,
        "other files:",
        [
            files(FileStanding::Same, "the same"),
            files(FileStanding::Differs, "of other bytes under the same name"),
            files(FileStanding::OnlyInBase, "only in A"),
            files(FileStanding::OnlyInCopy, "only in B"),
        ],
    );
}

/// What each lacks of the other, in two lines.
pub(super) fn losses(page: &mut Page, summary: &FolderSummary) {
    let files = |only: FileStanding| summary.files(only) + summary.files(FileStanding::Differs);
    let sides = [
        (
            ("B", "A"),
            &summary.lost,
            summary.only[0],
            &summary.only_loss[0],
            files(FileStanding::OnlyInBase),
            Style::Lacking,
        ),
        (
            ("A", "B"),
            &summary.gained,
            summary.only[1],
            &summary.only_loss[1],
            files(FileStanding::OnlyInCopy),
            Style::Extra,
        ),
    ];
    for ((lacks, has), lost, only, only_loss, files, style) in sides {
        let parts = parts(page.pen, lost, only, only_loss, files);
        match parts.is_empty() {
            true => page.wrapped(0, Style::Same, lacks, &format!(" has all that {has} has")),
            false => {
                let lead = format!("{lacks} lacks");
                page.wrapped(0, style, &lead, &format!(" {}", listed(&parts)));
            }
        }
    }
}

fn parts(pen: Pen, lost: &Loss, only: usize, only_loss: &Loss, files: usize) -> Vec<String> {
    let whole = |n: usize| {
        let documents = pen.count(n as u64, "whole document");
        format!("{documents} ({})", loss(pen, only_loss))
    };
    [
        (!lost.is_empty()).then(|| loss(pen, lost)),
        (only > 0).then(|| whole(only)),
        (files > 0).then(|| pen.count(files as u64, "other file")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn line(page: &mut Page, lead: &str, parts: impl IntoIterator<Item = Option<String>>) {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        page.wrapped(0, Style::Faint, lead, &format!(" {}", parts.join(", ")));
    }
}
