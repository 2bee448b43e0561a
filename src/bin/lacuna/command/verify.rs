use std::io::{self, Write as _};

use lacuna::merge::ledger::json;
use lacuna::merge::verify::Fault;
use lacuna::report::{Event, MergeEvent, Options, Text, VerifySummary};
use serde::Serialize;

use crate::Outcome;
use crate::flags::{MergeFormat, VerifyFlags};
use crate::merging::{Found, verify};
use crate::output::Output;
use crate::terminal::terminal;
use crate::threads;

/// Checks the output of a merge.
pub fn run(flags: &VerifyFlags) -> anyhow::Result<Outcome> {
    threads::start(flags.threads)?;
    let found = verify(&flags.output, &flags.against)?;
    if !flags.style.quiet {
        match flags.format {
            MergeFormat::Json => {
                let mut line = json(&Report::from(&found));
                line.push('\n');
                io::stdout().lock().write_all(line.as_bytes())?;
            }
            MergeFormat::Text => report(&found, flags)?,
        }
    }
    let whole = found.faults.is_empty() && found.uncovered.is_empty();
    Ok(if whole { Outcome::Done } else { Outcome::Found })
}

fn report(found: &Found, flags: &VerifyFlags) -> anyhow::Result<()> {
    let text = Text::new(terminal(&flags.style), Options::default());
    let mut out = Output::new(Box::new(text), false, &flags.style);
    for Fault { path, line, what } in &found.faults {
        let line = *line;
        out.event(&Event::Merge(MergeEvent::Fault { path, line, what }))?;
    }
    for path in &found.uncovered {
        out.event(&Event::Merge(MergeEvent::Uncovered(path)))?;
    }
    let summary = VerifySummary {
        documents: found.documents as u64,
        witnesses: found.witnesses as u64,
        faults: found.faults.len() as u64,
        against: found.against as u64,
        uncovered: found.uncovered.len() as u64,
    };
    out.event(&Event::Merge(MergeEvent::Verified(&summary)))?;
    out.finish()
}

/// The JSON of a check: `docs/schema/verify.v1.json`.
#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    documents: usize,
    witnesses: usize,
    faults: &'a [Fault],
    against: usize,
    uncovered: &'a [String],
}

impl<'a> From<&'a Found> for Report<'a> {
    fn from(found: &'a Found) -> Self {
        Self {
            schema_version: 1,
            kind: "verify",
            documents: found.documents,
            witnesses: found.witnesses,
            faults: &found.faults,
            against: found.against,
            uncovered: &found.uncovered,
        }
    }
}
