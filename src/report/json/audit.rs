//! What an audit found.

use std::io::{self, Write};

use serde::Serialize;

use super::event::{SCHEMA_VERSION, record};
use super::out_of_order;
use super::records::Lines;
use crate::report::{Against, AuditSummary, Event, Options, Renderer};
use crate::text::{Finding, Related, Severity, Standing};

/// The lists of an audit's document, in their order.
const LISTS: [&str; 2] = ["findings", "excluded"];

/// Writes one JSON document of an audit, streamed.
#[derive(Debug, Default)]
pub struct AuditJson {
    state: State,
}

/// How far the document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Nothing is.
    #[default]
    Start,
    /// This list is open; whether it has an element.
    List(usize, bool),
    /// All is, but for the brace that closes it.
    Last,
    /// All is.
    Done,
}

impl AuditJson {
    /// Opens list `wanted`, after those before it.
    fn open(&mut self, wanted: usize, out: &mut dyn Write) -> io::Result<()> {
        if self.state == State::Start {
            let version = SCHEMA_VERSION;
            write!(out, "{{\"schema_version\":{version},\"type\":\"audit\"")?;
            write!(out, ",\n\"{}\":[", LISTS[0])?;
            self.state = State::List(0, false);
        }
        while let State::List(open, _) = self.state
            && open < wanted
        {
            let next = LISTS.get(open + 1).unwrap_or(&"");
            write!(out, "],\n\"{next}\":[")?;
            self.state = State::List(open + 1, false);
        }
        match self.state {
            State::List(open, _) if open == wanted => Ok(()),
            _ => Err(out_of_order()),
        }
    }

    fn element(&mut self, list: usize, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open(list, out)?;
        let any = self.state == State::List(list, true);
        out.write_all(if any { b",\n" } else { b"\n" })?;
        self.state = State::List(list, true);
        record(event, &Options::default(), false, out)
    }
}

impl Renderer for AuditJson {
    /// # Errors
    /// Those of `out`, and [`io::ErrorKind::InvalidInput`] for an event that is none of an audit or
    /// is out of order.
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::Finding(_) => self.element(0, event, out),
            Event::Excluded { .. } => self.element(1, event, out),
            Event::AuditSummary(_) => {
                self.open(LISTS.len() - 1, out)?;
                out.write_all(b"],\n\"summary\":")?;
                self.state = State::Last;
                record(event, &Options::default(), false, out)
            }
            _ => Err(out_of_order()),
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let end: &[u8] = match self.state {
            State::Start | State::Done => b"",
            State::List(..) => b"\n]}\n",
            State::Last => b"}\n",
        };
        self.state = State::Done;
        out.write_all(end)
    }
}

#[derive(Serialize)]
pub(super) struct FindingRecord<'a> {
    code: String,
    name: &'static str,
    family: &'static str,
    severity: &'static str,
    path: &'a str,
    lines: Option<Lines>,
    message: &'a str,
    related: Vec<RelatedRecord<'a>>,
    fingerprint: String,
    standing: &'static str,
    reason: Option<&'a str>,
    commit: Option<&'a str>,
}

#[derive(Serialize)]
struct RelatedRecord<'a> {
    path: &'a str,
    lines: Option<Lines>,
    words: &'a str,
}

impl<'a> From<&'a Finding> for FindingRecord<'a> {
    fn from(finding: &'a Finding) -> Self {
        let (reason, commit) = match &finding.standing {
            Standing::New | Standing::Baseline => (None, None),
            Standing::Suppressed(reason) => (Some(reason.as_str()), None),
            Standing::Allowed { commit, reason } => (Some(reason.as_str()), Some(commit.as_str())),
        };
        Self {
            code: finding.code.to_string(),
            name: finding.code.name(),
            family: finding.code.family().name(),
            severity: finding.severity.name(),
            path: &finding.path,
            lines: finding.lines.map(Lines::from),
            message: &finding.message,
            related: finding.related.iter().map(RelatedRecord::from).collect(),
            fingerprint: finding.fingerprint.to_string(),
            standing: finding.standing.name(),
            reason,
            commit,
        }
    }
}

impl<'a> From<&'a Related> for RelatedRecord<'a> {
    fn from(related: &'a Related) -> Self {
        Self {
            path: &related.path,
            lines: related.lines.map(Lines::from),
            words: &related.words,
        }
    }
}

#[derive(Serialize)]
pub(super) struct AuditSummaryRecord<'a> {
    against: AgainstRecord<'a>,
    documents: usize,
    bytes: u64,
    excluded: usize,
    unreadable: usize,
    new: BySeverity,
    baseline: usize,
    suppressed: usize,
    allowed: usize,
    fail_on: &'static str,
    failing: usize,
}

#[derive(Serialize)]
struct AgainstRecord<'a> {
    kind: &'static str,
    name: Option<&'a str>,
    documents: Option<usize>,
}

#[derive(Serialize)]
struct BySeverity {
    note: usize,
    warning: usize,
    error: usize,
}

impl<'a> From<&'a AuditSummary> for AuditSummaryRecord<'a> {
    fn from(summary: &'a AuditSummary) -> Self {
        Self {
            against: AgainstRecord::from(&summary.against),
            documents: summary.documents,
            bytes: summary.bytes,
            excluded: summary.excluded,
            unreadable: summary.unreadable,
            new: BySeverity {
                note: summary.count(Severity::Note),
                warning: summary.count(Severity::Warning),
                error: summary.count(Severity::Error),
            },
            baseline: summary.baseline,
            suppressed: summary.suppressed,
            allowed: summary.allowed,
            fail_on: summary.fail_on.name(),
            failing: summary.failing(),
        }
    }
}

impl<'a> From<&'a Against> for AgainstRecord<'a> {
    fn from(against: &'a Against) -> Self {
        let (kind, name, documents) = match against {
            Against::Nothing => ("nothing", None, None),
            Against::Lock { path, documents } => ("lock", Some(path), Some(*documents)),
            Against::Revision { name, documents } => ("revision", Some(name), Some(*documents)),
        };
        Self {
            kind,
            name: name.map(String::as_str),
            documents,
        }
    }
}
