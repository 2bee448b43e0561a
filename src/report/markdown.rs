//! Markdown, for the summary of a job and for comments.

use std::io::{self, Write};

use super::escape;
use super::numbers::bytes;
use super::pen::Pen;
use super::worst::{Worst, clipped};
use super::{Against, AuditSummary, Event, Renderer, tally};
use crate::text::{Finding, LineRange, Severity};

/// Findings in the table.
const SHOWN: usize = 50;

/// Other places that are listed of one finding.
const PLACES: usize = 5;

/// Characters of a message or a path. With the others it keeps a summary below the 1 MiB that
/// GitHub takes.
const LONGEST: usize = 400;

/// Writes a heading, a table of the worst findings with how many others there are, the other places
/// that these are about, folded away, and the numbers.
///
/// Everything that comes from a document or a path stands in code spans, in which nothing is
/// markup, a link, a mention or a reference.
#[derive(Debug)]
pub struct Markdown {
    worst: Worst,
}

impl Default for Markdown {
    fn default() -> Self {
        Self {
            worst: Worst::new(SHOWN),
        }
    }
}

impl Renderer for Markdown {
    fn render(&mut self, event: &Event<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.worst.take(event);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(summary) = self.worst.summary() {
            writeln!(out, "### {}\n", headline(summary))?;
        }
        self.table(out)?;
        self.places(out)?;
        match self.worst.summary() {
            Some(summary) => writeln!(out, "{}", numbers(summary)),
            None => Ok(()),
        }
    }
}

impl Markdown {
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.worst.findings().is_empty() {
            return Ok(());
        }
        writeln!(out, "| finding | where | what |\n| --- | --- | --- |")?;
        for finding in self.worst.findings() {
            let kind = format!("{} {}", mark(finding.severity), finding.severity.name());
            let (code, name) = (finding.code, finding.code.name());
            let place = place(&cell(&finding.path), finding.lines);
            let what = cell(&finding.message);
            writeln!(out, "| {kind} **{code}** {name} | {place} | {what} |")?;
        }
        if let Some(others) = self.worst.others() {
            writeln!(out, "\nAnd {others}.")?;
        }
        writeln!(out)
    }

    /// The other places of all findings in the table.
    fn places(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings = self.worst.findings().iter();
        let findings: Vec<&Finding> = findings.filter(|one| !one.related.is_empty()).collect();
        let places: usize = findings.iter().map(|one| one.related.len()).sum();
        if places == 0 {
            return Ok(());
        }
        let places = Pen::PLAIN.count(places as u64, "other place");
        // Markdown goes on behind the empty line.
        writeln!(out, "<details><summary>{places}</summary>\n")?;
        for finding in findings {
            let place = place(&code(&finding.path), finding.lines);
            writeln!(out, "- **{}** {place}", finding.code)?;
            for other in finding.related.iter().take(PLACES) {
                let words = code(&other.words);
                writeln!(
                    out,
                    "  - {}: {words}",
                    self::place(&code(&other.path), other.lines)
                )?;
            }
            let more = finding.related.len().saturating_sub(PLACES);
            if more > 0 {
                writeln!(out, "  - and {more} more")?;
            }
        }
        writeln!(out, "\n</details>\n")
    }
}

fn headline(summary: &AuditSummary) -> String {
    let incomplete = match summary.unreadable {
        0 => "",
        _ => ", not complete",
    };
    let mark = match (summary.failing(), summary.unreadable) {
        (0, 0) => '✅',
        _ => '❌',
    };
    let findings = tally::findings(Pen::PLAIN, summary);
    format!("{mark} lacuna audit: {findings}{incomplete}")
}

fn mark(severity: Severity) -> char {
    match severity {
        Severity::Note => '🔵',
        Severity::Warning => '🟡',
        Severity::Error => '🔴',
    }
}

/// The line with the numbers.
fn numbers(summary: &AuditSummary) -> String {
    let count = |number: usize, what: &str| Pen::PLAIN.count(number as u64, what);
    let against = match &summary.against {
        Against::Nothing => "compared with no lock file".to_owned(),
        Against::Lock {
            path: name,
            documents,
        }
        | Against::Revision { name, documents } => {
            let documents = count(*documents, "document");
            format!("compared with {} ({documents})", code(name))
        }
    };
    let documents = count(summary.documents, "document");
    let mut words = format!("{documents} ({}), {against}", bytes(summary.bytes));
    if summary.excluded > 0 {
        words.push_str(&format!("; {} left out", count(summary.excluded, "input")));
    }
    if summary.unreadable > 0 {
        let unreadable = count(summary.unreadable, "input");
        words.push_str(&format!("; {unreadable} could not be read"));
    }
    format!("{words}.")
}

/// A place whose path is written as code already.
fn place(path: &str, lines: Option<LineRange>) -> String {
    match lines {
        Some(lines) => format!("{path} {}", super::numbers::lines(lines)),
        None => path.to_owned(),
    }
}

/// Text as a code span in a table, where `|` would end the cell. A backslash before one would read
/// as its escape, so a space parts them.
fn cell(text: &str) -> String {
    code(text).replace("\\|", "\\ |").replace('|', "\\|")
}

/// Text as a code span: between more backticks than it has in a row.
fn code(text: &str) -> String {
    let text = clipped(text, LONGEST);
    let text = escape::line(&text, false);
    if text.trim().is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let backtick = text.starts_with('`') || text.ends_with('`');
    let pad = if backtick { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
