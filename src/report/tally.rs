//! The numbers of an audit, in words.

use super::pen::Pen;
use super::{Against, AuditSummary};
use crate::text::Severity;

/// What documents were compared with.
pub(super) fn against(pen: Pen, against: &Against) -> String {
    let known = |documents: usize| pen.count(documents as u64, "document");
    match against {
        Against::Nothing => "compared with no lock file".to_owned(),
        Against::Lock { path, documents } => {
            format!("compared with {} ({})", pen.name(path), known(*documents))
        }
        Against::Revision { name, documents } => {
            format!("compared with {} ({})", pen.name(name), known(*documents))
        }
    }
}

/// Findings that count, then those that do not.
pub(super) fn findings(pen: Pen, summary: &AuditSummary) -> String {
    let graves = Severity::ALL.into_iter().rev();
    let counted: Vec<String> = graves
        .filter(|severity| summary.count(*severity) > 0)
        .map(|severity| pen.count(summary.count(severity) as u64, severity.name()))
        .collect();
    let counted = match counted.is_empty() {
        true => "no findings".to_owned(),
        false => counted.join(", "),
    };
    let others = [
        (summary.baseline, "in the baseline"),
        (summary.suppressed, "suppressed"),
        (summary.allowed, "allowed"),
    ];
    let others: Vec<String> = (others.into_iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", pen.number(count as u64)))
        .collect();
    match others.is_empty() {
        true => counted,
        false => format!("{counted}; {}", others.join(", ")),
    }
}
