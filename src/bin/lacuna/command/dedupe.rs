mod filed;
mod heap;
mod keep;
mod report;
mod tidy;

use std::path::{Path, PathBuf};

use anyhow::{anyhow, ensure};

use lacuna::report::{Event, Json, Options, Renderer, Text};
use lacuna::scan::{Heap, Memory};
use lacuna::source::{Named, reason, shown};

use crate::Outcome;
use crate::files;
use crate::flags::{DedupeFlags, OutputFlags, TidyFormat};
use crate::gather::{self, Gathered, Inputs};
use crate::output::Output;
use crate::progress::{Progress, Stage};
use crate::reading::Reader;
use crate::terminal::terminal;
use crate::threads;
use filed::{Filed, Roots};
use tidy::Tidy;

/// What is kept of what documents say, in bytes; the others are read again.
const MEMORY: usize = 1 << 30;

const READING: Stage = Stage::new((1, 2), "reading", "files");

const COMPARING: Stage = Stage::new((2, 2), "comparing", "copies");

/// Puts copies aside that another document holds whole.
pub fn run(flags: &DedupeFlags) -> anyhow::Result<Outcome> {
    ensure!(
        !flags.paths.iter().any(|path| path.as_os_str() == "-"),
        "standard input cannot be tidied"
    );
    threads::start(flags.threads)?;
    let reader = Reader::new(&flags.reading, files::takes_binary(&flags.selection))?
        .with_min_size(flags.selection.min_size);
    let told = report::read(&flags.paths)?;
    let (mut listing, roots) = match &told {
        Some(told) => told.list()?,
        None => {
            let paths = match flags.paths.is_empty() {
                true => vec![PathBuf::from(".")],
                false => flags.paths.clone(),
            };
            let roots = Roots::of(&paths)?;
            let files = Vec::new();
            (
                files::find(&Named { paths, files }, &flags.selection)?,
                roots,
            )
        }
    };
    listing.inputs.retain(|input| roots.place(input).is_some());
    let progress = Progress::new(flags.output.quiet);
    progress.stage(READING.of(listing.inputs.len()));
    let memory = Memory::new(MEMORY);
    let Gathered {
        documents, inputs, ..
    } = gather::gather(&mut listing, &reader, &memory, None, &progress);
    let files: Vec<Filed> = inputs
        .iter()
        .filter_map(|input| roots.place(input))
        .collect();
    ensure!(
        files.len() == documents.len(),
        "a folder was moved while it was read"
    );
    let source = Inputs {
        inputs: &inputs,
        reader: &reader,
    };
    let heap = Heap::new(documents, &source);
    let groups = match &told {
        Some(told) => told.groups(heap.documents()),
        None => heap::groups(&heap),
    };
    progress.stage(COMPARING);
    let changed = told.is_some_and(|told| told.say_changed(heap.documents()));
    let mut tidy = Tidy::new(flags, &reader, &heap, &files)?;
    tidy.choose(groups, &progress);
    drop(progress);
    if flags.apply {
        tidy.apply(&roots)?;
    }
    let tidied = tidy.finish(&roots, listing.unreadable.len());
    let out = renderer(flags.format, &flags.output);
    let mut out = Output::new(out, flags.output.quiet, &flags.output);
    out.event(&Event::Tidied(&tidied))?;
    out.finish()?;
    let all = tidied.summary().failed == 0 && tidied.unreadable == 0 && !changed;
    Ok(match all && heap.changed().is_empty() {
        true => Outcome::Done,
        false => Outcome::Incomplete,
    })
}

/// How `dedupe` and `undo` are written.
pub fn renderer(format: TidyFormat, output: &OutputFlags) -> Box<dyn Renderer> {
    let options = Options::default();
    match format {
        TidyFormat::Text => Box::new(Text::new(terminal(output), options)),
        TidyFormat::Json => Box::new(Json::new(options)),
    }
}

/// The folder at `path`, without links on the way.
pub fn resolved(path: &Path) -> anyhow::Result<PathBuf> {
    let there = path.canonicalize();
    let there = there.map_err(|error| anyhow!("{}: {}", shown(path), reason(&error)))?;
    ensure!(there.is_dir(), "{}: is no folder", shown(path));
    Ok(there)
}
