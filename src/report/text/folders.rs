//! The picture: a line for each pair of folders.

use super::page::Page;
use crate::report::pen::{Pen, Style};
use crate::report::{Folder, FolderPair, Kinship};
use crate::text::Verdict;

/// Says where the folders are.
pub(super) fn title(pen: Pen, top: &str) -> String {
    match top {
        "./" | "/" => "folders".to_owned(),
        _ => format!("folders in {}", pen.name(top)),
    }
}

/// `cut/ is a cut copy of full/: 9 truncated, 2 identical; 4 comments only in cut/`.
pub(super) fn line(page: &mut Page, top: &str, pair: &FolderPair) {
    let pen = page.pen;
    let names = [&pair.copy, &pair.base].map(|folder| match folder.path.strip_prefix(top) {
        Some(below) if !below.is_empty() && top != "/" => pen.name(below),
        _ => pen.name(&folder.path),
    });
    let names = [names[0].as_str(), names[1].as_str()];
    let mut parts = vec![verdicts(pen, pair)];
    parts.extend(reversed(pen, pair, names));
    parts.extend(comments(pen, pair, names));
    parts.extend(others(pen, pair, names));
    let words = format!(": {}", parts.join("; "));
    page.wrapped(2, Style::Verdict, &lead(pen, pair, names), &words);
}

fn lead(pen: Pen, pair: &FolderPair, [copy, base]: [&str; 2]) -> String {
    match pair.kinship() {
        Kinship::Copy => format!("{copy} is a copy of {base}"),
        Kinship::CutCopy => format!("{copy} is a cut copy of {base}"),
        Kinship::RevisedCopy => format!("{copy} is a revised copy of {base}"),
        Kinship::Shares => {
            let related = number(pen, pair.copy.related);
            let documents = pen.count(pair.copy.documents as u64, "document");
            format!("{copy} shares {related} of its {documents} with {base}")
        }
        Kinship::Overlaps => format!("{copy} shares passages with {base}"),
        Kinship::Within => format!("{copy} holds copies of its own documents"),
    }
}

/// The most frequent first.
fn verdicts(pen: Pen, pair: &FolderPair) -> String {
    let mut counts: Vec<(usize, Verdict)> = Verdict::ALL
        .into_iter()
        .map(|verdict| (pair.count(verdict), verdict))
        .filter(|(count, _)| *count > 0)
        .collect();
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let counts: Vec<String> = (counts.into_iter())
        .map(|(count, verdict)| format!("{} {}", number(pen, count), verdict.name()))
        .collect();
    counts.join(", ")
}

/// Cut documents that are in the other folder.
fn reversed(pen: Pen, pair: &FolderPair, [_, base]: [&str; 2]) -> Option<String> {
    let count = some(pair.reversed).filter(|_| pair.kinship() != Kinship::Within)?;
    Some(match count {
        1 => format!("1 is the less complete one in {base}"),
        _ => format!(
            "{} are the less complete ones in {base}",
            number(pen, count)
        ),
    })
}

/// Comments that are in one of the two only.
fn comments(pen: Pen, pair: &FolderPair, [copy, base]: [&str; 2]) -> Vec<String> {
    let (copy, base) = match pair.kinship() {
        Kinship::Within => ("copies", "bases"),
        _ => (copy, base),
    };
    let only = |count: usize, place: &str| {
        let comments = pen.count(count as u64, "comment");
        some(count).map(|_| format!("{comments} only in {place}"))
    };
    (only(pair.comments_extra, copy).into_iter())
        .chain(only(pair.comments_lacking, base))
        .collect()
}

/// What else there is in a folder that is a copy and in its base.
fn others(pen: Pen, pair: &FolderPair, [copy, base]: [&str; 2]) -> Vec<String> {
    use Kinship::{Copy, CutCopy, RevisedCopy};
    if !matches!(pair.kinship(), Copy | CutCopy | RevisedCopy) {
        return Vec::new();
    }
    let other = |folder: &Folder, name: &str| {
        let count = some(folder.documents.saturating_sub(folder.related))?;
        let documents = pen.count(count as u64, "other document");
        Some(format!("{documents} in {name}"))
    };
    (other(&pair.copy, copy).into_iter())
        .chain(other(&pair.base, base))
        .collect()
}

fn some(count: usize) -> Option<usize> {
    (count > 0).then_some(count)
}

fn number(pen: Pen, count: usize) -> String {
    pen.number(count as u64)
}
