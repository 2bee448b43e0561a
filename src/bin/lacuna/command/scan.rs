use std::io::{self, IsTerminal as _, Write as _};

use anyhow::ensure;
use lacuna::report::{Json, JsonLines, Options, Renderer, Text};
use lacuna::scan::{Heap, Memory, Scan, Scope, Threshold, compare, propose};
use lacuna::source::{Listing, file_types, shown};

use crate::Outcome;
use crate::cache::Cache;
use crate::events;
use crate::files;
use crate::flags::{ScanFlags, ScanFormat};
use crate::gather::{self, Gathered, Inputs};
use crate::order::Order;
use crate::output::{Output, is_broken_pipe};
use crate::progress::{Progress, Stage};
use crate::reading::Reader;
use crate::terminal::terminal;
use crate::threads;
use crate::timings::Timings;
use crate::words;

const READING: Stage = Stage::new((1, 4), "reading", "files");

const PROPOSING: Stage = Stage::new((2, 4), "looking for candidates", "files");

const COMPARING: Stage = Stage::new((3, 4), "comparing", "pairs");

/// Finds the copies among documents.
pub fn run(flags: &ScanFlags) -> anyhow::Result<Outcome> {
    if flags.list.type_list {
        return type_list();
    }
    let mut timings = Timings::start();
    let scope = scope(flags)?;
    let threshold = Threshold {
        share: flags.comparison.min_share,
        passage: flags.comparison.min_passage,
    };
    let reader = Reader::new(&flags.reading, files::takes_binary(&flags.selection))?
        .with_min_size(flags.selection.min_size);
    let mut listing = files::list(&flags.paths, &flags.list, &flags.selection)?;
    timings.done("list");
    threads::start(flags.threads)?;
    let progress = Progress::new(flags.output.quiet);
    let reading = format!("{reader:?}");
    let cache = Cache::of(&flags.cache, &listing.inputs, WORTH_A_CACHE, &reading);
    let conditions = format!("{scope:?} {threshold:?}");
    let (gathered, known) = gather(
        flags,
        &mut listing,
        &reader,
        cache.as_ref(),
        &conditions,
        &progress,
    );
    let Gathered {
        documents,
        inputs,
        lessons,
    } = gathered;
    timings.done("read");
    let source = Inputs {
        inputs: &inputs,
        reader: &reader,
    };
    let heap = Heap::new(documents, &source);
    let is_known = known.is_some();
    let scan = known.unwrap_or_else(|| find(&heap, &scope, &threshold, &progress, &mut timings));
    timings.done("compare");
    if !flags.output.quiet {
        write(&heap, &scan, &listing, flags, progress)?;
    }
    timings.done("report");
    for changed in heap.changed() {
        let name = heap
            .documents()
            .get(changed)
            .map_or("", |document| &document.path);
        words::say_about(name, events::CHANGED);
    }
    let all_told = heap.changed().is_empty();
    let is_news = !is_known || !lessons.is_empty();
    if let Some(cache) = cache.filter(|_| all_told && is_news) {
        cache.learn(&lessons, heap.documents(), &conditions, &scan);
        timings.done("keep");
    }
    if flags.timings {
        timings.say();
    }
    // All that is known of the documents is given back with the process, which is sooner.
    std::mem::forget(heap);
    let mut copies = scan.groups.iter().flat_map(|group| &group.copies);
    let fails = copies.any(|copy| flags.fail_on.iter().any(|on| on.names(copy.brief.verdict)));
    Ok(match () {
        () if !listing.unreadable.is_empty() || !all_told => Outcome::Incomplete,
        () if fails => Outcome::Found,
        () => Outcome::Done,
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
    let mut out = Output::new(renderer(flags), false, &flags.output);
    let report = events::report(heap, scan, listing, Order::new(flags), &progress, &mut out);
    match report.and_then(|()| out.finish()) {
        // Whoever reads the output has seen enough; what was found was found all the same.
        Err(error) if is_broken_pipe(&error) => Ok(()),
        written => written,
    }
}

/// Heaps of fewer bytes are read sooner than a cache is.
const WORTH_A_CACHE: u64 = 16 << 20;

/// Reads all inputs that are not known; gives what they say and, if that is known, what a scan of
/// them finds.
fn gather(
    flags: &ScanFlags,
    listing: &mut Listing,
    reader: &Reader,
    cache: Option<&Cache>,
    conditions: &str,
    progress: &Progress,
) -> (Gathered, Option<Scan>) {
    let memory = Memory::new(flags.memory.saturating_mul(1 << 20));
    progress.stage(READING.of(listing.inputs.len()));
    let mut gathered = gather::gather(listing, reader, &memory, cache, progress);
    let Some(cache) = cache else {
        return (gathered, None);
    };
    let known = cache.scan(&gathered.documents, conditions);
    if known.is_none() && !gathered.fetch_signatures(cache) {
        listing.inputs = gathered.inputs;
        gathered = gather::gather(listing, reader, &memory, None, progress);
    }
    (gathered, known)
}

/// Finds the copies in `heap`.
fn find(
    heap: &Heap<'_>,
    scope: &Scope,
    threshold: &Threshold,
    progress: &Progress,
    timings: &mut Timings,
) -> Scan {
    progress.stage(PROPOSING);
    let proposal = propose(heap, scope);
    timings.done("propose");
    progress.stage(COMPARING.of(proposal.pairs()));
    compare(heap, &proposal, threshold, |pairs| {
        progress.advance(pairs as u64, 0)
    })
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
