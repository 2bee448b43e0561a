//! SARIF 2.1.0, which code hosts and editors read.

use std::io::{self, Write};

use super::json::safe;
use super::uri::{self, Uri};
use super::{Event, Renderer};
use crate::text::{Code, Finding};

mod records;

use records::{Head, Invocation, Notification, Result};

/// Writes the findings of an audit as one SARIF document with one run.
///
/// Everything is in it: what does not count too, with the reason. Results are streamed; the inputs
/// that were left out are held back, since they stand after the results.
#[derive(Debug, Default)]
pub struct Sarif {
    started: bool,
    any: bool,
    left_out: Vec<Notification>,
    unreadable: bool,
    complete: bool,
}

impl Sarif {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.started {
            self.started = true;
            let mut head = Vec::new();
            safe::write(&Head::new(), &mut head)?;
            head.pop(); // The brace that closes it: results follow.
            out.write_all(b"{\"version\":\"2.1.0\",\n\"$schema\":")?;
            safe::write(&records::SCHEMA, out)?;
            out.write_all(b",\n\"runs\":[")?;
            out.write_all(&head)?;
            out.write_all(b",\n\"results\":[")?;
        }
        Ok(())
    }

    fn result(&mut self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        self.start(out)?;
        out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        safe::write(&Result::from(finding), out)
    }
}

impl Renderer for Sarif {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::Finding(finding) => {
                self.unreadable |= finding.code == Code::Unreadable;
                self.result(finding, out)?;
            }
            Event::Excluded { path, rule } => self.left_out.push(Notification::new(path, *rule)),
            Event::AuditSummary(summary) => self.complete = summary.unreadable == 0,
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.start(out)?;
        out.write_all(b"],\n\"invocations\":[")?;
        let invocation = Invocation {
            execution_successful: self.complete && !self.unreadable,
            tool_execution_notifications: &self.left_out,
        };
        safe::write(&invocation, out)?;
        out.write_all(b"]}]}\n")
    }
}
