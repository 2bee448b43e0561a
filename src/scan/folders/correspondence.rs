//! At what depth folders correspond.
//!
//! Two documents in different folders first speak for the highest pair of folders that keeps them
//! apart: `full/a/x` and `cut/b/x` for `full/` and `cut/`. (In `a/x` and `old/a/x` one folder holds
//! the other: `./` and `old/`.) Then a pair is narrowed to where its links are, and taken apart
//! where it is several copies in one.

use std::collections::BTreeMap;

use super::Link;
use super::path::{Paths, above, below, common, without_same_end};

/// Of links that cover less than half of the smaller folder, this share must be in one pair of
/// subfolders for these to have a line of their own: 3 of 4.
const DOMINANT: (usize, usize) = (3, 4);

/// A link, from the view of a pair of folders.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strand {
    /// Index of the link.
    pub link: usize,
    /// The document in the first folder, and that in the second.
    pub documents: [usize; 2],
}

/// Two folders, or one and itself, and the links between them.
#[derive(Debug)]
pub(super) struct Line<'p> {
    pub folders: [&'p str; 2],
    pub strands: Vec<Strand>,
}

type Sorted<'p> = BTreeMap<[&'p str; 2], Vec<Strand>>;

/// All links, each in one line.
pub(super) fn lines<'p>(heap: &Paths<'p>, links: &[Link]) -> Vec<Line<'p>> {
    let mut highest = Sorted::new();
    for (at, link) in links.iter().enumerate() {
        let (folders, strand) = highest_pair(heap, at, link);
        highest.entry(folders).or_default().push(strand);
    }
    let mut settled = Sorted::new();
    let mut within: BTreeMap<&str, Vec<Strand>> = BTreeMap::new();
    let mut open: Vec<Line> = (highest.into_iter())
        .map(|(folders, strands)| Line { folders, strands })
        .collect();
    while let Some(line) = open.pop() {
        let [one, two] = line.folders;
        if one == two || line.strands.len() < 2 {
            let lowest = common(one, two);
            within.entry(lowest).or_default().extend(line.strands);
            continue;
        }
        let line = narrowed(heap, line);
        match repeated(heap, line).or_else(|line| dominated(heap, line)) {
            Err(line) => {
                let line = line.ordered();
                let strands = settled.entry(line.folders).or_default();
                strands.extend(line.strands);
            }
            Ok(parts) => open.extend(parts),
        }
    }
    settle_within(heap, within, &mut settled);
    (settled.into_iter())
        .map(|(folders, strands)| Line { folders, strands })
        .collect()
}

/// The highest pair of folders that a link can speak for, the first one first.
fn highest_pair<'p>(heap: &Paths<'p>, at: usize, link: &Link) -> ([&'p str; 2], Strand) {
    let (base, copy) = (heap.folder(link.base), heap.folder(link.copy));
    let (one, two) = without_same_end(base, copy);
    let holds = |outer: &str, inner: &str, outside: &str| {
        inner.starts_with(outer) && !outside.starts_with(inner)
    };
    let mut folders = [one, two];
    if base != copy && !holds(one, two, base) && !holds(two, one, copy) {
        let top = common(base, copy);
        folders = [below(top, base), below(top, copy)];
    }
    let mut documents = [link.base, link.copy];
    if folders[0] > folders[1] {
        folders.reverse();
        documents.reverse();
    }
    (
        folders,
        Strand {
            link: at,
            documents,
        },
    )
}

/// The same line between the lowest folders that hold all its documents, but no lower than that
/// leaves other documents out.
fn narrowed<'p>(heap: &Paths<'p>, mut line: Line<'p>) -> Line<'p> {
    for side in [0, 1] {
        let mut folders = line.folders(heap, side);
        let first = folders.next().unwrap_or("");
        let lowest = folders.fold(first, |lowest, folder| common(lowest, folder));
        let other = line.folders[1 - side];
        let least = heap.documents(lowest, other);
        let mut folder = line.folders[side];
        while folder != lowest && heap.documents(folder, other) > least {
            folder = below(folder, lowest);
        }
        line.folders[side] = folder;
    }
    line
}

/// The parts of a line in which documents of one folder have copies in several subfolders of the
/// other: several dumps in one folder. Else the line as it was.
fn repeated<'p>(heap: &Paths<'p>, line: Line<'p>) -> Result<Vec<Line<'p>>, Line<'p>> {
    for side in [0, 1] {
        let parts = line.parts(heap, [side == 1, side == 0]);
        let documents = |strands: &[Strand]| distinct(strands.iter().map(|s| s.documents[side]));
        let apart: usize = parts.values().map(|strands| documents(strands)).sum();
        if parts.len() > 1 && 2 * apart >= 3 * documents(&line.strands) {
            let parts = parts.into_iter();
            return Ok(parts
                .map(|(folders, strands)| Line { folders, strands })
                .collect());
        }
    }
    Err(line)
}

/// The one pair of subfolders that nearly all links of a thin line are between, and the rest. Else
/// the line as it was.
fn dominated<'p>(heap: &Paths<'p>, line: Line<'p>) -> Result<Vec<Line<'p>>, Line<'p>> {
    let [one, two] = line.folders;
    let sides = [(0, one, two), (1, two, one)].map(|(side, folder, other)| {
        let related = distinct(line.strands.iter().map(|strand| strand.documents[side]));
        (heap.documents(folder, other), related)
    });
    let (documents, related) = sides[0].min(sides[1]);
    if 2 * related >= documents {
        return Err(line);
    }
    let mut parts = line.parts(heap, [true, true]);
    let most = (parts.iter())
        .max_by_key(|(_, strands)| strands.len())
        .map(|(folders, _)| *folders);
    let Some((folders, strands)) = most.and_then(|most| parts.remove_entry(&most)) else {
        return Err(line);
    };
    if parts.is_empty() || strands.len() * DOMINANT.1 < line.strands.len() * DOMINANT.0 {
        return Err(line);
    }
    let rest = Line {
        folders: line.folders,
        strands: parts.into_values().flatten().collect(),
    };
    Ok(vec![Line { folders, strands }, rest])
}

impl<'p> Line<'p> {
    /// The same line with the first folder first: narrowing may have turned them around.
    fn ordered(mut self) -> Self {
        if self.folders[0] > self.folders[1] {
            self.folders.reverse();
            for strand in &mut self.strands {
                strand.documents.reverse();
            }
        }
        self
    }

    /// The folders of the documents on one side.
    fn folders(&self, heap: &Paths<'p>, side: usize) -> impl Iterator<Item = &'p str> {
        (self.strands.iter()).map(move |strand| heap.folder(strand.documents[side]))
    }

    /// The links by the folders just below those of the line that they are between; of sides that
    /// are not to be `split`, by the line's own folder.
    fn parts(&self, heap: &Paths<'p>, split: [bool; 2]) -> Sorted<'p> {
        let mut parts = Sorted::new();
        for strand in &self.strands {
            let folder = |side: usize| match split[side] {
                true => below(self.folders[side], heap.folder(strand.documents[side])),
                false => self.folders[side],
            };
            let folders = [folder(0), folder(1)];
            parts.entry(folders).or_default().push(*strand);
        }
        parts
    }
}

/// Links inside one folder, and those that are alone in their pair of folders, go up until they
/// are a good part of what a folder holds, or to the top.
fn settle_within<'p>(
    heap: &Paths<'p>,
    mut within: BTreeMap<&'p str, Vec<Strand>>,
    settled: &mut Sorted<'p>,
) {
    let top = heap.top();
    // The last folder holds none of the others.
    while let Some((folder, strands)) = within.pop_last() {
        let documents = strands.iter().flat_map(|strand| strand.documents);
        let some = strands.len() > 1 && 2 * distinct(documents) >= heap.documents(folder, folder);
        if !some && folder.len() > top.len() {
            within.entry(above(folder)).or_default().extend(strands);
            continue;
        }
        let mut folders = (strands.iter())
            .flat_map(|strand| strand.documents)
            .map(|document| heap.folder(document));
        let first = folders.next().unwrap_or("");
        let lowest = folders.fold(first, |lowest, folder| common(lowest, folder));
        settled.entry([lowest; 2]).or_default().extend(strands);
    }
}

/// How many different documents there are among `documents`.
pub(super) fn distinct(documents: impl Iterator<Item = usize>) -> usize {
    let mut documents: Vec<usize> = documents.collect();
    documents.sort_unstable();
    documents.dedup();
    documents.len()
}
