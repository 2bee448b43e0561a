//! The numbers of a scan, in lines that add up.

use super::page::Page;
use crate::report::Summary;
use crate::report::numbers::bytes;
use crate::report::pen::{Pen, Style};
use crate::text::Verdict;

/// Inputs, then documents, then relations.
pub(super) fn write(page: &mut Page, summary: &Summary) {
    inputs(page, summary);
    documents(page, summary);
    relations(page, summary);
}

/// Of all inputs.
fn inputs(page: &mut Page, summary: &Summary) {
    let pen = page.pen;
    let inputs = summary.read + summary.excluded + summary.unreadable;
    let read = format!(
        "{} read ({})",
        number(pen, summary.read),
        bytes(summary.bytes)
    );
    let parts = [
        Some(read),
        some(summary.excluded).map(|n| format!("{} excluded", number(pen, n))),
        some(summary.unreadable).map(|n| format!("{} unreadable", number(pen, n))),
    ];
    let line = [pen.count(inputs as u64, "input"), joined(parts)];
    page.wrapped(2, Style::Faint, "", &line.join(": "));
}

/// Of the documents that were read.
fn documents(page: &mut Page, summary: &Summary) {
    if summary.read == 0 {
        return;
    }
    let pen = page.pen;
    let parts = [
        some(summary.groups).map(|n| pen.count(n as u64, "base")),
        some(summary.copies()).map(|n| pen.count_of(n as u64, "copy", "copies")),
        some(summary.unrelated).map(|n| format!("{} in no group", number(pen, n))),
    ];
    let line = format!(
        "{}: {}; {}",
        pen.count(summary.read as u64, "document"),
        joined(parts),
        pen.count(summary.texts as u64, "different text"),
    );
    page.wrapped(2, Style::Faint, "", &line);
}

/// Of the relations between them.
fn relations(page: &mut Page, summary: &Summary) {
    let pen = page.pen;
    let total: usize = summary.verdicts.iter().sum();
    if total > 0 {
        let parts = Verdict::ALL.map(|verdict| {
            some(summary.count(verdict)).map(|n| format!("{} {}", number(pen, n), verdict.name()))
        });
        let line = [pen.count(total as u64, "relation"), joined(parts)];
        page.wrapped(2, Style::Faint, "", &line.join(": "));
    }
    let parts = [
        some(summary.compared).map(|n| format!("{} compared", pen.count(n as u64, "pair"))),
        some(summary.approximated).map(|n| format!("{} approximated", number(pen, n))),
        some(summary.boilerplate)
            .map(|n| format!("{} treated as boilerplate", pen.count(n as u64, "passage"))),
    ];
    let line = joined(parts);
    if !line.is_empty() {
        page.wrapped(2, Style::Faint, "", &line);
    }
}

fn some(count: usize) -> Option<usize> {
    (count > 0).then_some(count)
}

fn number(pen: Pen, count: usize) -> String {
    pen.number(count as u64)
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
