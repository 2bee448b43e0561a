//! The worst findings of many, for formats of which the reader shows only so many.

use super::pen::Pen;
use super::{AuditSummary, Event};
use crate::text::{Finding, Severity};

/// Keeps the worst of the findings that count, the gravest, and of equally grave ones the first;
/// and the numbers of all.
#[derive(Debug)]
pub(super) struct Worst {
    limit: usize,
    kept: Vec<Finding>,
    summary: Option<AuditSummary>,
}

impl Worst {
    /// One that keeps `limit` findings.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Vec::new(),
            summary: None,
        }
    }

    /// Takes what an audit tells; what else there is says nothing here.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        match *event {
            Event::Finding(finding) => self.offer(finding),
            Event::AuditSummary(summary) => self.summary = Some(summary.clone()),
            _ => {}
        }
    }

    fn offer(&mut self, finding: &Finding) {
        let at = (self.kept).partition_point(|kept| kept.severity >= finding.severity);
        if finding.counts() && at < self.limit {
            self.kept.insert(at, finding.clone());
            self.kept.truncate(self.limit);
        }
    }

    /// Those that were kept, the worst first.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.kept
    }

    /// The numbers of all, once they were taken.
    pub(super) fn summary(&self) -> Option<&AuditSummary> {
        self.summary.as_ref()
    }

    /// How many others count: `12 more findings: 2 errors, 10 warnings`.
    pub(super) fn others(&self) -> Option<String> {
        let summary = self.summary()?;
        let others = |severity: Severity| {
            let kept = self.kept.iter().filter(|kept| kept.severity == severity);
            summary.count(severity).saturating_sub(kept.count()) as u64
        };
        let graves = Severity::ALL.into_iter().rev();
        let counted: Vec<String> = graves
            .filter(|severity| others(*severity) > 0)
            .map(|severity| Pen::PLAIN.count(others(severity), severity.name()))
            .collect();
        let all: u64 = Severity::ALL.into_iter().map(others).sum();
        let all = Pen::PLAIN.count_of(all, "more finding", "more findings");
        (!counted.is_empty()).then(|| format!("{all}: {}", counted.join(", ")))
    }
}

/// The first `max` characters of a text, and how many follow.
pub(super) fn clipped(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => {
            let more = text[end..].chars().count() as u64;
            let more = Pen::PLAIN.count_of(more, "more character", "more characters");
            format!("{}… ({more})", &text[..end])
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Against;
    use crate::text::{Code, Standing};

    #[test]
    fn the_gravest_are_kept_and_the_first_of_them() {
        let finding = |code, path: &str| Finding::new(code, path, "", String::new());
        let suppressed = Finding {
            standing: Standing::Baseline,
            ..finding(Code::Nul, "a")
        };
        let all = [
            finding(Code::Renamed, "a"),
            suppressed,
            finding(Code::BlocksLost, "b"),
            finding(Code::Shrunk, "c"),
            finding(Code::BlocksLost, "d"),
            finding(Code::BlocksLost, "e"),
            finding(Code::Shrunk, "f"),
        ];
        let kept = |limit: usize| {
            let mut worst = Worst::new(limit);
            let events = all.iter().map(Event::Finding);
            events.for_each(|event| worst.take(&event));
            assert_eq!(worst.others(), None);
            let summary = AuditSummary::of(&all, Against::Nothing, Severity::Error);
            worst.take(&Event::AuditSummary(&summary));
            let kept: String = worst.findings().iter().map(|kept| &*kept.path).collect();
            (kept, worst.others().unwrap_or_default())
        };
        for (limit, expected, others) in [
            (0, "", "6 more findings: 2 errors, 3 warnings, 1 note"),
            (1, "c", "5 more findings: 1 error, 3 warnings, 1 note"),
            (3, "cfb", "3 more findings: 2 warnings, 1 note"),
            (5, "cfbde", "1 more finding: 1 note"),
            (9, "cfbdea", ""),
        ] {
            assert_eq!(kept(limit), (expected.to_owned(), others.to_owned()));
        }
    }

    #[test]
    fn what_is_clipped_says_so() {
        assert_eq!(clipped("茶茶茶", 3), "茶茶茶");
        assert_eq!(clipped("茶茶茶", 2), "茶茶… (1 more character)");
    }
}
