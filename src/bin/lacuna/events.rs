//! What a scan found -> events, in the order that reports have.

use lacuna::report::{Entry, Event, Summary};
use lacuna::scan::{Document, Group, Scan};
use lacuna::source::Listing;
use lacuna::text::Verdict;

use crate::output::Output;

/// Reports everything that was found, and every input.
pub fn report(
    documents: &[Document],
    scan: &Scan,
    listing: &Listing,
    out: &mut Output,
) -> anyhow::Result<()> {
    for (at, group) in scan.groups.iter().enumerate() {
        report_group(documents, at + 1, group, out)?;
    }
    for document in alone(documents, scan) {
        let entry = entry(document, "");
        out.event(&Event::Alone { entry })?;
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
    for input in &listing.unreadable {
        let (path, why) = (input.name.as_str(), input.why.as_str());
        out.event(&Event::Unreadable { path, why })?;
    }
    out.event(&Event::Summary(&summary(documents, scan, listing)))
}

fn report_group(
    documents: &[Document],
    number: usize,
    group: &Group,
    out: &mut Output,
) -> anyhow::Result<()> {
    let sigla: Vec<String> = (0..=group.copies.len()).map(siglum).collect();
    let Some(base) = documents.get(group.base) else {
        return Ok(());
    };
    let base = entry(base, &sigla[0]);
    out.event(&Event::Group {
        number,
        base,
        reason: group.reason,
        copies: group.copies.len(),
    })?;
    for (copy, siglum) in group.copies.iter().zip(&sigla[1..]) {
        let Some(document) = documents.get(copy.document) else {
            continue;
        };
        let same_as = copy.same_as.and_then(|same| {
            let at = (group.copies.iter()).position(|copy| copy.document == same)?;
            Some(sigla[at + 1].as_str())
        });
        out.event(&Event::Relation {
            group: number,
            base,
            copy: entry(document, siglum),
            relation: &copy.relation,
            same_as,
        })?;
    }
    Ok(())
}

fn entry<'a>(document: &'a Document, siglum: &'a str) -> Entry<'a> {
    Entry {
        siglum,
        path: &document.path,
        witness: &document.witness,
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
            .map(|document| document.witness.source_len as u64)
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
        let at = (Verdict::ALL.iter()).position(|verdict| *verdict == copy.relation.verdict);
        if let Some(count) = at.and_then(|at| summary.verdicts.get_mut(at)) {
            *count += 1;
        }
        summary.approximated += usize::from(!copy.relation.approximations.is_empty());
    }
    summary
}

/// The siglum of the witness at `at` of its group: A, B, … Z, AA, AB, …
fn siglum(mut at: usize) -> String {
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
