//! The ledger of a merge, written while it is carried out.

use lacuna::Error;
use lacuna::disk::{Growing, Name, NewFolder};
use lacuna::merge::ledger::{self, Fate, Header, Input, Lines, Record};
use lacuna::merge::plan::{LeftOut, Output, Plan, Source};

use super::Effort;

/// A ledger that is written, line by line; of the lines nothing is kept.
pub struct Book<'f, 'd> {
    file: Growing<'f, 'd>,
    lines: Lines,
}

impl<'f, 'd> Book<'f, 'd> {
    /// Begins the ledger with its first line.
    pub fn begin(out: &'f NewFolder<'d>, plan: &Plan, effort: &Effort<'_>) -> Result<Self, Error> {
        let mut book = Self {
            file: out.grow(&Name::own("ledger.jsonl"))?,
            lines: Lines::default(),
        };
        book.record(&Record::Ledger(Header {
            schema_version: ledger::VERSION,
            program: format!("lacuna {}", env!("CARGO_PKG_VERSION")),
            canonical_form: 1,
            dumps: plan.dumps.clone(),
            prefer: plan.prefer.clone(),
            conflicts: plan.conflicts.clone(),
            originals: effort.originals,
            config: effort.config.is_some(),
        }))?;
        Ok(book)
    }

    /// Adds a line.
    pub fn add(&mut self, line: &str) -> Result<(), Error> {
        self.lines.add(line);
        self.file.write(line.as_bytes())
    }

    fn record(&mut self, record: &Record) -> Result<(), Error> {
        self.add(&ledger::line(record))
    }

    /// Adds what became of each input of `plan`, which was carried out, and ends the ledger.
    pub fn finish(mut self, plan: &Plan) -> Result<(), Error> {
        for entry in entries(plan) {
            self.record(&Record::Input(entry.input()))?;
        }
        let end = self.lines.end();
        self.file.write(end.as_bytes())?;
        self.file.finish()
    }
}

/// An input, and where the plan speaks of it.
enum Entry<'p> {
    Merged(&'p Output, &'p Source),
    LeftOut(&'p LeftOut),
}

/// All inputs of a plan, by dump and path.
fn entries(plan: &Plan) -> Vec<Entry<'_>> {
    let merged = plan.outputs.iter().flat_map(|output| {
        let sources = std::iter::once(&output.base).chain(&output.copies);
        sources.map(move |source| Entry::Merged(output, source))
    });
    let left_out = plan.left_out.iter().map(Entry::LeftOut);
    let mut entries: Vec<Entry<'_>> = merged.chain(left_out).collect();
    // Sigla are as many letters, or more, in the order of the dumps.
    entries.sort_by(|one, two| {
        let ((one, path), (two, other)) = (one.place(), two.place());
        (one.len(), one, path).cmp(&(two.len(), two, other))
    });
    entries
}

impl Entry<'_> {
    fn place(&self) -> (&str, &str) {
        match self {
            Self::Merged(_, source) => (&source.siglum, &source.path),
            Self::LeftOut(left) => (&left.siglum, &left.path),
        }
    }

    fn input(&self) -> Input {
        let (siglum, path) = self.place();
        let (fate, output, digest, why) = match self {
            Self::Merged(output, source) => {
                let path = output.path.clone();
                (
                    fate(output, source),
                    Some(path),
                    Some(source.digest.clone()),
                    None,
                )
            }
            Self::LeftOut(left) => {
                let fate = match left.unreadable {
                    true => Fate::Unreadable,
                    false => Fate::Excluded,
                };
                (fate, None, None, Some(left.why.clone()))
            }
        };
        Input {
            siglum: siglum.to_owned(),
            path: path.to_owned(),
            digest,
            fate,
            output,
            why,
        }
    }
}

/// What became of an input of an output that was made.
fn fate(output: &Output, source: &Source) -> Fate {
    let made = output.result.as_ref().map(|result| &result.digest);
    let is_base = source.verdict.is_none();
    match made == Some(&source.digest) {
        true if output.copies.is_empty() => Fate::Carried,
        true if !is_base => Fate::Same,
        _ if is_base => Fate::Base,
        _ => Fate::Merged,
    }
}
