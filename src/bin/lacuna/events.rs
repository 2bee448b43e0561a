//! What a scan found -> events, in the order that reports have.

use lacuna::report::{Entry, Event, NotShown, Summary};
use lacuna::scan::{Document, Heap, Scan};
use lacuna::source::Listing;
use lacuna::text::Verdict;

use crate::details;
use crate::order::Order;
use crate::output::Output;
use crate::picture;
use crate::progress::{Progress, Stage};

const WRITING: Stage = Stage::new((4, 4), "writing", "relations");

/// What is said of a document that is not what it was when it was read first.
pub const CHANGED: &str = "changed while the scan ran: not all is told of it";

fn path_of<'h>(heap: &'h Heap<'_>, at: usize) -> &'h str {
    let document = heap.documents().get(at);
    document.map_or("", |document| &document.path)
}

/// Reports everything that was found, and every input.
pub fn report(
    heap: &Heap<'_>,
    scan: &Scan,
    listing: &Listing,
    order: Order,
    progress: &Progress,
    out: &mut Output,
) -> anyhow::Result<()> {
    picture::report(heap.documents(), scan, order, out)?;
    report_groups(heap, scan, order, progress, out)?;
    for document in alone(heap.documents(), scan) {
        out.event(&Event::Alone {
            path: &document.path,
            profile: &document.card.profile,
        })?;
    }
    for boilerplate in &scan.boilerplate {
        out.event(&Event::Boilerplate {
            excerpt: &boilerplate.excerpt,
            documents: boilerplate.documents,
            of: scan.texts,
        })?;
    }
    for left in &listing.excluded {
        let (path, rule) = (left.name.as_str(), left.rule);
        out.event(&Event::Excluded { path, rule })?;
    }
    let changed = heap.changed();
    let changed = (changed.iter()).map(|at| (path_of(heap, *at), CHANGED));
    let unreadable = listing.unreadable.iter();
    let unreadable = unreadable.map(|input| (input.name.as_str(), input.why.as_str()));
    let mut unreadable: Vec<(&str, &str)> = unreadable.chain(changed).collect();
    unreadable.sort_unstable();
    for (path, why) in unreadable {
        out.event(&Event::Unreadable { path, why })?;
    }
    out.event(&Event::Summary(&summary(heap.documents(), scan, listing)))
}

fn report_groups(
    heap: &Heap<'_>,
    scan: &Scan,
    order: Order,
    progress: &Progress,
    out: &mut Output,
) -> anyhow::Result<()> {
    let path = |at: usize| (heap.documents().get(at)).map_or("", |document| &document.path);
    let stakes: Vec<u64> = (scan.groups.iter())
        .map(|group| group.stakes().iter().sum())
        .collect();
    let (groups, hidden) = order.groups(&stakes);
    let copies = |group: usize| {
        let group = scan.groups.get(group);
        group.map_or_else(Default::default, |group| order.copies(&group.stakes()))
    };
    let shown: Vec<(usize, usize)> = (groups.into_iter())
        .flat_map(|group| copies(group).0.into_iter().map(move |copy| (group, copy)))
        .collect();
    progress.stage(WRITING.of(shown.len()));
    let mut begun = None;
    details::each(
        heap,
        &scan.groups,
        shown.into_iter(),
        |number, at, detail| {
            progress.advance(1, 0);
            let (Some(group), Some(detail)) = (scan.groups.get(number), detail) else {
                return Ok(());
            };
            let Some(member) = group.copies.get(at) else {
                return Ok(());
            };
            let base = Entry {
                siglum: &siglum(0),
                path: path(group.base),
                witness: &detail.base,
            };
            let number = number + 1;
            if begun != Some(number) {
                let last = begun.replace(number);
                not_shown(last.and_then(|last: usize| copies(last - 1).1), out)?;
                out.event(&Event::Group {
                    number,
                    base,
                    reason: group.reason,
                    copies: group.copies.len(),
                })?;
            }
            let same_as = member.same_as.and_then(|same| {
                let at = (group.copies.iter()).position(|copy| copy.document == same)?;
                Some(siglum(at + 1))
            });
            out.event(&Event::Relation {
                group: number,
                base,
                copy: Entry {
                    siglum: &siglum(at + 1),
                    path: path(member.document),
                    witness: &detail.copy,
                },
                relation: &detail.relation,
                same_as: same_as.as_deref(),
            })
        },
    )?;
    not_shown(begun.and_then(|last| copies(last - 1).1), out)?;
    not_shown(hidden, out)
}

fn not_shown(hidden: Option<(NotShown, usize)>, out: &mut Output) -> anyhow::Result<()> {
    match hidden {
        Some((what, count)) => out.event(&Event::NotShown { what, count }),
        None => Ok(()),
    }
}

/// The documents that are in no group.
fn alone<'a>(documents: &'a [Document], scan: &Scan) -> impl Iterator<Item = &'a Document> {
    let mut grouped = vec![false; documents.len()];
    for group in &scan.groups {
        let members = group.copies.iter().map(|copy| copy.document);
        for member in members.chain([group.base]) {
            if let Some(grouped) = grouped.get_mut(member) {
                *grouped = true;
            }
        }
    }
    (documents.iter().zip(grouped)).filter_map(|(document, grouped)| (!grouped).then_some(document))
}

fn summary(documents: &[Document], scan: &Scan, listing: &Listing) -> Summary {
    let mut summary = Summary {
        read: documents.len(),
        bytes: (documents.iter())
            .map(|document| document.card.profile.source_len as u64)
            .sum(),
        excluded: listing.excluded.len(),
        unreadable: listing.unreadable.len(),
        texts: scan.texts,
        groups: scan.groups.len(),
        unrelated: alone(documents, scan).count(),
        compared: scan.compared,
        boilerplate: scan.boilerplate.len(),
        ..Summary::default()
    };
    for copy in scan.groups.iter().flat_map(|group| &group.copies) {
        let at = (Verdict::ALL.iter()).position(|verdict| *verdict == copy.brief.verdict);
        if let Some(count) = at.and_then(|at| summary.verdicts.get_mut(at)) {
            *count += 1;
        }
        summary.approximated += usize::from(copy.brief.approximated);
    }
    summary
}

/// The siglum of the witness at `at` of its group: A, B, … Z, AA, AB, …
pub fn siglum(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (at % 26) as u8));
        match (at / 26).checked_sub(1) {
            Some(rest) => at = rest,
            None => return letters.iter().rev().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigla_are_letters() {
        for (at, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (27, "AB"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(siglum(at), expected);
        }
    }
}
