//! JUnit's XML, as Jenkins and GitLab read it.

use std::io::{self, Write};

use super::markup::escaped_line;
use super::numbers::{bytes, lines};
use super::pen::Pen;
use super::{AuditSummary, Event, Renderer, tally};
use crate::text::{Code, Finding, Severity, Standing};

/// What the suite and every class are called: one name, without the dots that Jenkins would take
/// for packages.
const NAME: &str = "lacuna audit";

/// Writes a test case for each document that has findings, and one for all others, which passes.
///
/// A document fails if the audit fails because of it, and is an error if it could not be read. It is
/// skipped if nothing of what was found counts. The counts stand at the top, so all is held back.
#[derive(Debug, Default)]
pub struct Junit {
    findings: Vec<Finding>,
    left_out: Vec<String>,
    summary: Option<AuditSummary>,
}

impl Renderer for Junit {
    fn render(&mut self, event: &Event<'_>, _: &mut dyn Write) -> io::Result<()> {
        match *event {
            Event::Finding(finding) => self.findings.push(finding.clone()),
            Event::Excluded { path, rule } => {
                self.left_out
                    .push(format!("left out ({}): {path}", rule.name()));
            }
            Event::AuditSummary(summary) => self.summary = Some(summary.clone()),
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let fail_on = self.summary.as_ref().map(|summary| summary.fail_on);
        let documents = self.findings.chunk_by(|a, b| a.path == b.path);
        let cases: Vec<Case<'_>> = documents
            .map(|findings| Case::new(findings, fail_on.unwrap_or(Severity::Note)))
            .collect();
        let count = |outcome| cases.iter().filter(|case| case.outcome == outcome).count();
        let (tests, failures) = (cases.len() + 1, count(Outcome::Failed));
        let (errors, skipped) = (count(Outcome::Broken), count(Outcome::Skipped));
        let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"");
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites name=\"{NAME}\" {counts}>")?;
        writeln!(
            out,
            "<testsuite name=\"{NAME}\" {counts} skipped=\"{skipped}\">"
        )?;
        for case in &cases {
            case.write(out)?;
        }
        let others = "every other document";
        writeln!(out, "<testcase classname=\"{NAME}\" name=\"{others}\"/>")?;
        self.words(out)?;
        out.write_all(b"</testsuite>\n</testsuites>\n")
    }
}

impl Junit {
    /// The numbers, and what was left out.
    fn words(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<system-out>")?;
        if let Some(summary) = &self.summary {
            let documents = Pen::PLAIN.count(summary.documents as u64, "document");
            let against = tally::against(Pen::PLAIN, &summary.against);
            let line = format!("{documents} ({}), {against}", bytes(summary.bytes));
            writeln!(out, "{}", escaped_line(&line))?;
            writeln!(
                out,
                "{}",
                escaped_line(&tally::findings(Pen::PLAIN, summary))
            )?;
        }
        for line in &self.left_out {
            writeln!(out, "{}", escaped_line(line))?;
        }
        writeln!(out, "</system-out>")
    }
}

/// A document with findings.
struct Case<'a> {
    outcome: Outcome,
    /// At least one.
    findings: &'a [Finding],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Skipped,
    Failed,
    Broken,
}

impl<'a> Case<'a> {
    fn new(findings: &'a [Finding], fail_on: Severity) -> Self {
        let any =
            |is: &dyn Fn(&Finding) -> bool| findings.iter().any(|one| one.counts() && is(one));
        let outcome = if any(&|one| one.code == Code::Unreadable) {
            Outcome::Broken
        } else if any(&|one| one.severity >= fail_on) {
            Outcome::Failed
        } else if any(&|_| true) {
            Outcome::Passed
        } else {
            Outcome::Skipped
        };
        Self { outcome, findings }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let path = self.findings.first().map(|one| escaped_line(&one.path));
        let path = path.unwrap_or_default();
        writeln!(out, "<testcase classname=\"{NAME}\" name=\"{path}\">")?;
        let element = match self.outcome {
            Outcome::Passed => "system-out",
            Outcome::Skipped => "skipped",
            Outcome::Failed => "failure",
            Outcome::Broken => "error",
        };
        write!(out, "<{element}")?;
        if self.outcome != Outcome::Passed {
            let (kind, message) = self.headline();
            write!(
                out,
                " type=\"{kind}\" message=\"{}\"",
                escaped_line(&message)
            )?;
        }
        writeln!(out, ">")?;
        for finding in self.findings {
            write_finding(finding, out)?;
        }
        writeln!(out, "</{element}>\n</testcase>")
    }

    /// The code and the words of the worst finding, those that count first.
    fn headline(&self) -> (String, String) {
        let rank = |one: &&Finding| (one.counts(), one.code == Code::Unreadable, one.severity);
        // Of equals, `max_by_key` takes the last.
        let Some(worst) = self.findings.iter().rev().max_by_key(rank) else {
            return Default::default();
        };
        let mut words = format!("{}{}", worst.message, standing(&worst.standing));
        if self.findings.len() > 1 {
            words.push_str(&format!(" (and {} more)", self.findings.len() - 1));
        }
        (worst.code.to_string(), words)
    }
}

fn write_finding(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let at = finding.lines.map(|at| format!("{}: ", lines(at)));
    let line = format!(
        "{} {}: {}{}{}",
        finding.code,
        finding.severity.name(),
        at.unwrap_or_default(),
        finding.message,
        standing(&finding.standing),
    );
    writeln!(out, "{}", escaped_line(&line))?;
    for place in &finding.related {
        let at = place.lines.map(|at| format!(", {}", lines(at)));
        let line = format!("{}{}: {}", place.path, at.unwrap_or_default(), place.words);
        writeln!(out, "  {}", escaped_line(&line))?;
    }
    Ok(())
}

/// Why a finding does not count.
fn standing(standing: &Standing) -> String {
    match standing {
        Standing::New => String::new(),
        Standing::Baseline => " [in the baseline]".to_owned(),
        Standing::Suppressed(reason) => format!(" [suppressed: {reason}]"),
        Standing::Allowed { commit, reason } => format!(" [allowed by {commit}: {reason}]"),
    }
}
