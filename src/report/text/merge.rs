//! A merge: what goes into what, then the numbers.

use std::io::{self, Write};

use super::page::Page;
use crate::report::numbers::bytes;
use crate::report::pen::{Pen, Style};
use crate::report::{MergeEvent, MergeSummary, MergedOutput, Origin, VerifySummary};

pub(super) fn write(pen: Pen, event: &MergeEvent<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(pen);
    match *event {
        MergeEvent::Output(output) => merged(&mut page, output),
        MergeEvent::Renamed { from, to } => {
            page.named(0, Style::Title, &pen.name(to), "");
            page.named(
                2,
                Style::Faint,
                &origin(pen, from),
                "under another name: its own is taken",
            );
        }
        MergeEvent::LeftOut { origin: from, why } => {
            let words = format!("left out: {}", pen.line(why));
            page.named(0, Style::Faint, &origin(pen, from), &words);
        }
        MergeEvent::NotShown(count) => {
            let words = format!(
                "and {} more; --format json has all",
                pen.number(count as u64)
            );
            page.wrapped(0, Style::Faint, "", &words);
        }
        MergeEvent::Summary(summary) => numbers(&mut page, summary),
        MergeEvent::Fault { path, line, what } => {
            let at = if line > 0 {
                format!(" (line {line} of the ledger)")
            } else {
                String::new()
            };
            let name = format!("{}:", pen.name(path));
            page.named(0, Style::Lacking, &name, &format!("{}{at}", pen.line(what)));
        }
        MergeEvent::Uncovered(path) => {
            page.named(
                0,
                Style::Lacking,
                &format!("{}:", pen.name(path)),
                "was not merged",
            );
        }
        MergeEvent::Verified(summary) => verified(&mut page, summary),
    }
    for line in page.into_lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn origin(pen: Pen, origin: &Origin) -> String {
    format!("{} {}", origin.siglum, pen.name(&origin.path))
}

fn merged(page: &mut Page, output: &MergedOutput) {
    let pen = page.pen;
    page.named(0, Style::Title, &pen.name(&output.path), "");
    page.named(2, Style::Same, &origin(pen, &output.base), "base");
    for (copy, verdict) in &output.copies {
        page.named(2, Style::Same, &origin(pen, copy), verdict);
    }
    let parts = [
        some(output.grafted).map(|n| format!("{} grafted", pen.count(n, "byte"))),
        some(output.conflicts).map(|n| pen.count(n, "conflict")),
        some(output.left_out).map(|n| format!("{n} in the ledger only")),
    ];
    let line = joined(parts);
    if !line.is_empty() {
        page.wrapped(4, Style::Faint, "", &line);
    }
}

fn numbers(page: &mut Page, summary: &MergeSummary) {
    let pen = page.pen;
    page.raw(String::new());
    page.title(if summary.written {
        "merged"
    } else {
        "would be merged"
    });
    let carried = summary.outputs - summary.grafted;
    let parts = [
        some(carried).map(|n| format!("{} as they are", pen.number(n))),
        some(summary.grafted).map(|n| {
            format!(
                "{} with grafts ({})",
                pen.number(n),
                bytes(summary.grafted_bytes)
            )
        }),
        some(summary.renamed).map(|n| format!("{} under another name", pen.number(n))),
    ];
    let inputs = format!(
        "{} give {}: {}",
        pen.count(summary.inputs, "file"),
        pen.number(summary.outputs),
        joined(parts)
    );
    page.wrapped(2, Style::Faint, "", &inputs);
    let parts = [
        some(summary.same).map(|n| format!("{} the same bytes", pen.number(n))),
        some(summary.merged).map(|n| format!("{} merged into a more complete one", pen.number(n))),
    ];
    let copies = joined(parts);
    if !copies.is_empty() {
        let line = format!(
            "{}: {copies}",
            pen.count_of(summary.same + summary.merged, "copy", "copies")
        );
        page.wrapped(2, Style::Faint, "", &line);
    }
    conflicts(page, summary);
    if summary.earlier > 0 {
        let line = format!(
            "{} of earlier merges, with what is only there: kept in .lacuna/earlier",
            pen.count(summary.earlier, "file")
        );
        page.wrapped(2, Style::Faint, "", &line);
    }
    let parts = [
        some(summary.excluded).map(|n| format!("{} excluded", pen.number(n))),
        some(summary.unreadable).map(|n| format!("{} unreadable", pen.number(n))),
    ];
    let left = joined(parts);
    if !left.is_empty() {
        page.wrapped(2, Style::Faint, "", &format!("left out: {left}"));
    }
    if summary.written {
        let proof = "proven from the disk: what each copy says is in the output or its ledger";
        page.wrapped(2, Style::Same, "", proof);
    }
}

fn conflicts(page: &mut Page, summary: &MergeSummary) {
    let pen = page.pen;
    if summary.conflicts > 0 {
        let line = format!(
            "{}: the other readings are in the ledger",
            pen.count(summary.conflicts, "conflict")
        );
        page.wrapped(2, Style::Variant, "", &line);
    } else if summary.both {
        page.wrapped(
            2,
            Style::Faint,
            "",
            "conflicts: all readings are in the text",
        );
    }
    if summary.left_out > 0 {
        let line = format!(
            "{} had no place in the text: in the ledger",
            pen.number(summary.left_out)
        );
        page.wrapped(2, Style::Variant, "", &line);
    }
}

fn verified(page: &mut Page, summary: &VerifySummary) {
    let pen = page.pen;
    let proven = match summary.faults {
        0 => format!(
            "whole: {}, and what {} said is proven",
            pen.count(summary.documents, "file"),
            pen.count(summary.witnesses, "input"),
        ),
        faults => format!(
            "damaged: {} in {}",
            pen.count(faults, "fault"),
            pen.count(summary.documents, "file"),
        ),
    };
    page.title(&proven);
    if summary.against > 0 {
        let line = match summary.uncovered {
            0 => format!("covered: all of {}", pen.count(summary.against, "file")),
            open => format!(
                "not covered: {} of {}",
                pen.number(open),
                pen.count(summary.against, "file")
            ),
        };
        page.title(&line);
    }
}

fn some(count: u64) -> Option<u64> {
    (count > 0).then_some(count)
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
