//! The canonical text of a document, or what a check found wrong with it.

use std::io::{self, Write};

use super::page::Page;
use crate::report::numbers::lines;
use crate::report::pen::{Pen, Style};
use crate::report::{CheckFinding, CheckKind, Entry, Options, canonical_lines};

/// Writes canonical text, a line for each block (for a code block, each of its lines); or, after a
/// check, a line for each finding instead.
pub(super) fn write(
    pen: Pen,
    options: &Options,
    entry: Entry<'_>,
    check: Option<&[CheckFinding]>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(findings) = check {
        return checked(pen, entry, findings, out);
    }
    if options.names {
        let name = format!("==> {} <==", pen.name(entry.path));
        writeln!(out, "{}", pen.paint(Style::Title, &name))?;
    }
    canonical_lines(entry.witness).try_for_each(|line| writeln!(out, "{line}"))
}

fn checked(
    pen: Pen,
    entry: Entry<'_>,
    findings: &[CheckFinding],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::new(pen);
    let path = format!("{}:", pen.name(entry.path));
    let blocks = pen.count(entry.witness.blocks.len() as u64, "block");
    if findings.is_empty() {
        page.raw(format!("{path} {blocks}, nothing found"));
    } else {
        let found = pen.count(findings.len() as u64, "finding");
        page.raw(format!("{path} {blocks}, {found}"));
    }
    for finding in findings {
        let (kind, other) = match finding.kind {
            CheckKind::SecondOpinion => ("second opinion", "html2text reads"),
            CheckKind::Span => ("span", "its span holds"),
        };
        let words = format!(
            " {}: the block says {}, {other} {}",
            lines(finding.lines),
            pen.quote(&finding.expected, pen.width()),
            pen.quote(&finding.found, pen.width()),
        );
        page.wrapped(2, Style::Variant, &format!("{kind},"), &words);
    }
    page.into_lines()
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}
