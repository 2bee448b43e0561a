//! What a scan found -> the folders that are copies of one another.

use lacuna::report::{Event, FolderPair, Kinship, NotShown};
use lacuna::scan::folders::{Link, Picture, roll_up};
use lacuna::scan::{Document, Scan};

use crate::order::Order;
use crate::output::Output;

/// Reports the pairs of folders that `order` lets be shown.
pub fn report(
    documents: &[Document],
    scan: &Scan,
    order: Order,
    out: &mut Output,
) -> anyhow::Result<()> {
    let paths: Vec<&str> = (documents.iter())
        .map(|document| document.path.as_str())
        .collect();
    let links: Vec<Link> = (scan.groups.iter())
        .flat_map(|group| group.copies.iter().map(move |copy| (group.base, copy)))
        .map(|(base, copy)| Link::new(base, copy.document, &copy.brief))
        .collect();
    let Picture { top, mut pairs } = roll_up(&paths, &links);
    let mut hidden = 0;
    if let Some(limit) = order.folders() {
        pairs.retain(says_something);
        if let [pair] = &pairs[..]
            && pair.kinship() == Kinship::Within
        {
            // That all copies are where the scan looked.
            pairs.clear();
        }
        hidden = pairs.len().saturating_sub(limit);
        pairs.truncate(limit);
    }
    for pair in &pairs {
        out.event(&Event::Folders { top: &top, pair })?;
    }
    if hidden > 0 {
        out.event(&Event::NotShown {
            what: NotShown::Folders,
            count: hidden,
        })?;
    }
    Ok(())
}

/// One copy says as much by itself, and a shared passage makes none.
fn says_something(pair: &FolderPair) -> bool {
    pair.copies() > 1
}
