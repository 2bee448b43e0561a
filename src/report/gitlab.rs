//! The code quality report of GitLab.

use std::io::{self, Write};

use serde::Serialize;

use super::json::safe;
use super::{Event, Renderer};
use crate::text::{Code, Finding, Severity};

/// Writes the findings that count as one JSON array. Those in the baseline, suppressed or allowed
/// are left out: GitLab would show them as it shows the others.
#[derive(Debug, Default)]
pub struct Gitlab {
    any: bool,
}

impl Renderer for Gitlab {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::Finding(finding) if finding.counts() => {
                out.write_all(if self.any { b",\n" } else { b"[\n" })?;
                self.any = true;
                safe::write(&Issue::from(*finding), out)
            }
            _ => Ok(()),
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.any { b"\n]\n" } else { b"[]\n" })
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl<'a> From<&'a Finding> for Issue<'a> {
    fn from(finding: &'a Finding) -> Self {
        // A line is required: what is about a whole document is at its first.
        let lines = finding.lines.map(|lines| (lines.first, lines.last));
        let (begin, end) = lines.unwrap_or((1, 1));
        Self {
            description: format!("{} {}", finding.code, finding.message),
            check_name: finding.code.name().to_owned(),
            fingerprint: finding.fingerprint.to_string(),
            severity: severity(finding),
            location: Location {
                path: finding.path.trim_start_matches("./"),
                lines: Lines { begin, end },
            },
        }
    }
}

/// Of GitLab's five: what could not be read stands above all, since nothing is known of it.
fn severity(finding: &Finding) -> &'static str {
    match (finding.severity, finding.code) {
        (Severity::Error, Code::Unreadable) => "blocker",
        (Severity::Error, _) => "critical",
        (Severity::Warning, _) => "major",
        (Severity::Note, _) => "info",
    }
}
