//! Annotations of GitHub Actions: workflow commands, which it reads from the log of a step.

use std::io::{self, Write};

use super::escape;
use super::worst::{Worst, clipped};
use super::{Event, Renderer};
use crate::text::{Finding, Severity};

/// As many as are shown of one step and severity.
const SHOWN: usize = 10;

/// Other places that are told of one finding.
const PLACES: usize = 3;

/// Characters of a message: the runner takes no more than 64 KiB.
const LONGEST: usize = 4000;

/// Writes the ten worst findings as annotations, then a line with how many others there are.
///
/// Every line is one command that this renderer chose: what comes from a document has no line
/// breaks, and cannot leave its place in the command.
#[derive(Debug)]
pub struct Github {
    worst: Worst,
}

impl Default for Github {
    fn default() -> Self {
        Self {
            worst: Worst::new(SHOWN),
        }
    }
}

impl Renderer for Github {
    fn render(&mut self, event: &Event<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.worst.take(event);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        for finding in self.worst.findings() {
            annotation(finding, out)?;
        }
        match self.worst.others() {
            Some(others) => writeln!(out, "::notice title=lacuna audit::and {others}"),
            None => Ok(()),
        }
    }
}

fn annotation(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let file = finding.path.trim_start_matches("./");
    write!(out, "::{command} file={}", property(file))?;
    if let Some(lines) = finding.lines {
        write!(out, ",line={},endLine={}", lines.first, lines.last)?;
    }
    let (code, name) = (finding.code, finding.code.name());
    write!(out, ",title={code} {name}::{}", message(&finding.message))?;
    for place in finding.related.iter().take(PLACES) {
        let (path, words) = (message(&place.path), message(&place.words));
        match place.lines {
            Some(lines) => write!(out, "%0A{path}:{}: {words}", lines.first)?,
            None => write!(out, "%0A{path}: {words}")?,
        }
    }
    let more = finding.related.len().saturating_sub(PLACES);
    if more > 0 {
        write!(out, "%0Aand {more} more")?;
    }
    writeln!(out)
}

/// Text behind the second `::`. Line breaks are no longer in it once what is hostile is shown.
fn message(text: &str) -> String {
    escape::line(&clipped(text, LONGEST), false).replace('%', "%25")
}

/// Text between `=` and the next `,` or `::`.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
