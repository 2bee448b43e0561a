//! Relations between documents -> relations between folders: the picture of a scan.
//!
//! Every relation counts in one pair of folders, the highest in which its correspondence holds. Work
//! grows with the length of the paths.

mod correspondence;
mod path;
#[cfg(test)]
mod tests;

use super::Brief;
use crate::report::{Folder, FolderPair};
use crate::text::Verdict;
use correspondence::{Line, Strand, lines};
use path::{Paths, shown};

/// What the roll-up needs to know of a relation. Documents are told by their index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The base.
    pub base: usize,
    /// The copy.
    pub copy: usize,
    /// The verdict on the pair.
    pub verdict: Verdict,
    /// Whether the base is the less complete one.
    pub reversed: bool,
    /// Comments only in the base.
    pub comments_lacking: usize,
    /// Comments only in the copy.
    pub comments_extra: usize,
}

impl Link {
    /// The link between the documents `base` and `copy`.
    pub fn new(base: usize, copy: usize, brief: &Brief) -> Self {
        Self {
            base,
            copy,
            verdict: brief.verdict,
            reversed: brief.reversed,
            comments_lacking: brief.comments_lacking as usize,
            comments_extra: brief.comments_extra as usize,
        }
    }

    /// Whether one of the two has all that the other has, and more.
    fn is_cut(&self) -> bool {
        matches!(self.verdict, Verdict::Truncated | Verdict::Contained)
    }

    /// The less complete one.
    fn lesser(&self) -> usize {
        if self.reversed { self.base } else { self.copy }
    }
}

/// Folders whose documents are copies of one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The lowest folder that holds all documents, as in [`Folder::path`].
    pub top: String,
    /// The pairs: those with most copies first (what only shares a passage is none), then by path.
    pub pairs: Vec<FolderPair>,
}

/// The pairs of folders that `links` between the documents at `paths` are links between.
pub fn roll_up(paths: &[&str], links: &[Link]) -> Picture {
    let heap = Paths::new(paths);
    let mut pairs: Vec<FolderPair> = lines(&heap, links)
        .iter()
        .map(|line| pair(&heap, links, line))
        .collect();
    pairs.sort_by(|a, b| {
        let size = |pair: &FolderPair| (pair.copies(), pair.relations());
        (size(b).cmp(&size(a)))
            .then_with(|| (&a.copy.path, &a.base.path).cmp(&(&b.copy.path, &b.base.path)))
    });
    Picture {
        top: shown(heap.top()),
        pairs,
    }
}

fn pair(heap: &Paths<'_>, links: &[Link], line: &Line<'_>) -> FolderPair {
    let (mut copy, mut base) = (folder(heap, links, line, 0), folder(heap, links, line, 1));
    let first_is_copy = first_is_copy(links, &line.strands, [&copy, &base]);
    if !first_is_copy {
        std::mem::swap(&mut copy, &mut base);
    }
    let mut pair = FolderPair {
        copy,
        base,
        verdicts: [0; 6],
        reversed: 0,
        comments_extra: 0,
        comments_lacking: 0,
    };
    for strand in &line.strands {
        let Some(link) = links.get(strand.link) else {
            continue;
        };
        // Inside one folder there is no other direction than the relation's own.
        let turned = line.folders[0] != line.folders[1]
            && (strand.documents[0] == link.copy) != first_is_copy;
        add(&mut pair, link, turned);
    }
    pair
}

/// Adds a relation; `turned` if its base is in the folder that is called the copy.
fn add(pair: &mut FolderPair, link: &Link, turned: bool) {
    let at = Verdict::ALL.iter().position(|known| *known == link.verdict);
    if let Some(count) = at.and_then(|at| pair.verdicts.get_mut(at)) {
        *count += 1;
    }
    pair.reversed += usize::from(link.is_cut() && link.reversed != turned);
    let (mut lacking, mut extra) = (link.comments_lacking, link.comments_extra);
    if turned {
        std::mem::swap(&mut lacking, &mut extra);
    }
    pair.comments_lacking += lacking;
    pair.comments_extra += extra;
}

/// Whether the first folder of a line holds the less complete documents: by those that lack
/// something; else whether it alone has most of its documents in the other; else by the other
/// relations. Else the second one is called the copy.
fn first_is_copy(links: &[Link], strands: &[Strand], folders: [&Folder; 2]) -> bool {
    let (mut cut, mut other) = (0_i64, 0_i64);
    for strand in strands {
        let Some(link) = links.get(strand.link) else {
            continue;
        };
        let vote = |document| {
            if strand.documents[0] == document {
                1
            } else {
                -1
            }
        };
        match link.verdict {
            _ if link.is_cut() => cut += vote(link.lesser()),
            Verdict::Revised | Verdict::Overlapping => other += vote(link.copy),
            _ => {}
        }
    }
    let [first, second] = folders.map(|folder| i64::from(2 * folder.related >= folder.documents));
    (cut, first - second, other) > (0, 0, 0)
}

/// The first (0) or second (1) folder of a line.
fn folder(heap: &Paths<'_>, links: &[Link], line: &Line<'_>, side: usize) -> Folder {
    let [path, other] = [line.folders[side], line.folders[1 - side]];
    let related = (line.strands.iter())
        .filter(|strand| {
            let link = links.get(strand.link);
            link.is_some_and(|link| link.verdict != Verdict::Overlapping)
        })
        .flat_map(|strand| match path == other {
            true => vec![strand.documents[0], strand.documents[1]],
            false => vec![strand.documents[side]],
        });
    Folder {
        path: shown(path),
        documents: heap.documents(path, other),
        related: correspondence::distinct(related),
    }
}
