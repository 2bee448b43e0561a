//! An audit: the findings of a document under its path, then the numbers.

use super::page::Page;
use crate::report::numbers::{bytes, lines};
use crate::report::pen::Style;
use crate::report::{AuditSummary, tally};
use crate::text::{Finding, Related, Severity};

/// Where findings begin, and what is said of them.
const INDENT: usize = 2;
const DETAILS: usize = 5;

/// Places that are listed of one finding; `json` has them all.
const LISTED: usize = 10;

/// A finding, without its path.
pub(super) fn finding(page: &mut Page, finding: &Finding) {
    let pen = page.pen;
    let lead = format!("{} {}:", finding.code, finding.severity.name());
    let at = finding.lines.map(|at| format!("{}: ", lines(at)));
    let words = format!(" {}{}", at.unwrap_or_default(), pen.line(&finding.message));
    page.wrapped(INDENT, style(finding.severity), &lead, &words);
    for place in finding.related.iter().take(LISTED) {
        related(page, &finding.path, place);
    }
    let more = finding.related.len().saturating_sub(LISTED);
    if more > 0 {
        let more = format!(
            "and {}",
            pen.count_of(more as u64, "more place", "more places")
        );
        page.wrapped(DETAILS, Style::Faint, "", &more);
    }
}

/// Another place: without its path if that stands above.
fn related(page: &mut Page, path: &str, place: &Related) {
    let pen = page.pen;
    let at = place.lines.map(lines);
    let words = pen.line(&place.words);
    if place.path == path {
        let at = at.map(|at| format!("{at}:")).unwrap_or_default();
        page.wrapped(DETAILS, Style::Faint, &at, &format!(" {words}"));
    } else {
        let at = at.map(|at| format!(", {at}")).unwrap_or_default();
        let name = format!("{}{at}:", pen.name(&place.path));
        page.named(DETAILS, Style::Faint, &name, &words);
    }
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Note => Style::Moved,
        Severity::Warning => Style::Variant,
        Severity::Error => Style::Lacking,
    }
}

/// The numbers. `left_out` is how many inputs each rule left out.
pub(super) fn summary<'r>(
    page: &mut Page,
    summary: &AuditSummary,
    left_out: impl Iterator<Item = (&'r str, usize)>,
) {
    let pen = page.pen;
    let documents = format!(
        "{} ({}), {}",
        pen.count(summary.documents as u64, "document"),
        bytes(summary.bytes),
        tally::against(pen, &summary.against),
    );
    page.wrapped(INDENT, Style::Faint, "", &documents);
    let left_out: Vec<String> = left_out
        .map(|(rule, count)| format!("{} {rule}", pen.number(count as u64)))
        .collect();
    if !left_out.is_empty() {
        let left_out = format!("left out: {}", left_out.join(", "));
        page.wrapped(INDENT, Style::Faint, "", &left_out);
    }
    if summary.unreadable > 0 {
        let unreadable = pen.count(summary.unreadable as u64, "input");
        let unreadable = format!("{unreadable} could not be read: the audit is not complete");
        page.wrapped(INDENT, Style::Lacking, "", &unreadable);
    }
    page.wrapped(INDENT, Style::Faint, "", &tally::findings(pen, summary));
}
