use std::io::{self, IsTerminal as _, Write as _};

use anyhow::ensure;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use lacuna::report::{Json, JsonLines, Options, Renderer, Text};
use lacuna::scan::{
    Document, Heap, Memory, Proposal, ReadAgain, Scan, Scope, Threshold, compare, propose,
};
use lacuna::source::{Excluded, Input, Listing, Unreadable, file_types, shown};
use lacuna::text::Witness;

use crate::Outcome;
use crate::events;
use crate::files;
use crate::flags::{ScanFlags, ScanFormat};
use crate::order::Order;
use crate::output::{Output, is_broken_pipe};
use crate::progress::{Progress, Stage};
use crate::reading::{Reader, Reading};
use crate::terminal::terminal;
use crate::timings::Timings;
use crate::words;

/// More threads than this are not started, however many are asked for: starting thousands takes
/// longer than any scan.
const MOST_THREADS: usize = 256;

const READING: Stage = Stage {
    step: (1, 4),
    name: "reading",
    unit: "files",
    total: 0,
    total_bytes: 0,
};

const PROPOSING: Stage = Stage {
    step: (2, 4),
    name: "looking for candidates",
    ..READING
};

const COMPARING: Stage = Stage {
    step: (3, 4),
    name: "comparing",
    unit: "pairs",
    ..READING
};

/// Finds the copies among documents.
pub fn run(flags: &ScanFlags) -> anyhow::Result<Outcome> {
    if flags.selection.type_list {
        return type_list();
    }
    let mut timings = Timings::start();
    let scope = scope(flags)?;
    let reader = Reader::new(&flags.reading, files::takes_binary(&flags.selection))?
        .with_min_size(flags.selection.min_size);
    let mut listing = files::list(&flags.paths, &flags.selection)?;
    timings.done("list");
    ThreadPoolBuilder::new()
        .num_threads(flags.threads.min(MOST_THREADS))
        .build_global()?;
    let memory = Memory::new(flags.memory.saturating_mul(1 << 20));
    let progress = Progress::new(flags.quiet);
    let (documents, inputs) = read(&mut listing, &reader, &memory, &progress);
    timings.done("read");
    let source = Inputs {
        inputs: &inputs,
        reader: &reader,
    };
    let heap = Heap::new(documents, &source);
    progress.stage(PROPOSING);
    let proposal = propose(&heap, &scope);
    timings.done("propose");
    let scan = compared(&heap, &proposal, flags, &progress);
    timings.done("compare");
    if !flags.quiet {
        write(&heap, &scan, &listing, flags, progress)?;
    }
    timings.done("report");
    if flags.timings {
        timings.say();
    }
    let mut copies = scan.groups.iter().flat_map(|group| &group.copies);
    let fails = copies.any(|copy| flags.fail_on.iter().any(|on| on.names(copy.brief.verdict)));
    Ok(match () {
        () if !listing.unreadable.is_empty() => Outcome::Incomplete,
        () if fails => Outcome::Found,
        () => Outcome::Done,
    })
}

/// Compares the candidates.
fn compared(heap: &Heap<'_>, proposal: &Proposal, flags: &ScanFlags, progress: &Progress) -> Scan {
    let threshold = Threshold {
        share: flags.comparison.min_share,
        passage: flags.comparison.min_passage,
    };
    progress.stage(Stage {
        total: proposal.pairs() as u64,
        ..COMPARING
    });
    compare(heap, proposal, &threshold, |pairs| {
        progress.advance(pairs as u64, 0);
    })
}

/// Writes the report. On a terminal it is progress enough.
fn write(
    heap: &Heap<'_>,
    scan: &Scan,
    listing: &Listing,
    flags: &ScanFlags,
    mut progress: Progress,
) -> anyhow::Result<()> {
    if io::stdout().is_terminal() {
        progress = Progress::new(true);
    }
    let mut out = Output::new(renderer(flags), false);
    let report = events::report(heap, scan, listing, Order::new(flags), &progress, &mut out);
    match report.and_then(|()| out.finish()) {
        // Whoever reads the output has seen enough; what was found was found all the same.
        Err(error) if is_broken_pipe(&error) => Ok(()),
        written => written,
    }
}

/// Inputs that were read, to be read again.
struct Inputs<'a> {
    inputs: &'a [Input],
    reader: &'a Reader,
}

impl ReadAgain for Inputs<'_> {
    fn read_again(&self, at: usize) -> Option<Witness> {
        match self.reader.read(self.inputs.get(at)?) {
            Reading::Read(witness) => Some(*witness),
            Reading::Excluded(_) | Reading::Unreadable(_) => None,
        }
    }
}

/// Reads all inputs; gives the documents and their inputs. Those that turn out not to be readable,
/// or left out by a rule, are added to those of the listing.
fn read(
    listing: &mut Listing,
    reader: &Reader,
    memory: &Memory,
    progress: &Progress,
) -> (Vec<Document>, Vec<Input>) {
    progress.stage(Stage {
        total: listing.inputs.len() as u64,
        ..READING
    });
    let readings = (listing.inputs.par_iter()).map(|input| match reader.read(input) {
        Reading::Read(witness) => {
            progress.advance(1, witness.source_len as u64);
            let whole = Memory::unlimited();
            let memory = if input.can_be_read_again() {
                memory
            } else {
                &whole
            };
            Ok(Document::new(input.name.clone(), *witness, memory))
        }
        other => {
            progress.advance(1, 0);
            Err(other)
        }
    });
    let readings: Vec<Result<Document, Reading>> = readings.collect();
    progress.pause();
    let (mut documents, mut inputs) = (Vec::with_capacity(readings.len()), Vec::new());
    for (input, reading) in listing.inputs.drain(..).zip(readings) {
        match reading {
            Ok(document) => {
                documents.push(document);
                inputs.push(input);
            }
            Err(Reading::Excluded(rule)) => listing.excluded.push(Excluded {
                name: input.name,
                rule,
            }),
            Err(Reading::Unreadable(why)) => {
                words::say_about(&input.name, &why);
                let name = input.name;
                listing.unreadable.push(Unreadable { name, why });
            }
            Err(Reading::Read(_)) => {}
        }
    }
    listing.excluded.sort();
    listing.unreadable.sort();
    (documents, inputs)
}

/// Which documents are compared with which.
fn scope(flags: &ScanFlags) -> anyhow::Result<Scope> {
    let (within, across) = (flags.comparison.within, flags.comparison.across);
    let folders = flags.paths.iter().map(|path| shown(path)).collect();
    ensure!(
        !across || flags.paths.len() > 1,
        "--across compares folders with each other: name two or more"
    );
    Ok(match () {
        () if within => Scope::Within(folders),
        () if across => Scope::Across(folders),
        () => Scope::All,
    })
}

fn renderer(flags: &ScanFlags) -> Box<dyn Renderer> {
    let options = Options::default();
    match flags.format {
        ScanFormat::Text => Box::new(Text::new(terminal(&flags.output), options)),
        ScanFormat::Json => Box::new(Json::new(options)),
        ScanFormat::Jsonl => Box::new(JsonLines::new(options)),
    }
}

/// Shows the file types that there are, as ripgrep does.
fn type_list() -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    for (name, globs) in file_types() {
        writeln!(out, "{name}: {}", globs.join(", "))?;
    }
    Ok(Outcome::Done)
}
