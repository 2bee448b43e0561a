use std::io::{self, Write as _};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use lacuna::report::{Json, JsonLines, Options, Renderer, Text};
use lacuna::scan::{Document, scan};
use lacuna::source::{Excluded, Listing, Unreadable, file_types};

use crate::Outcome;
use crate::events;
use crate::files;
use crate::flags::{ScanFlags, ScanFormat};
use crate::output::Output;
use crate::reading::{Reader, Reading};
use crate::terminal::terminal;
use crate::words;

/// More threads than this are not started, however many are asked for: starting thousands takes
/// longer than any scan.
const MOST_THREADS: usize = 256;

/// Finds the copies among documents.
pub fn run(flags: &ScanFlags) -> anyhow::Result<Outcome> {
    if flags.selection.type_list {
        return type_list();
    }
    let reader = Reader::new(&flags.reading, files::takes_binary(&flags.selection))?;
    let mut listing = files::list(&flags.paths, &flags.selection)?;
    let threads = ThreadPoolBuilder::new()
        .num_threads(flags.threads.min(MOST_THREADS))
        .build()?;
    let (documents, scan) = threads.install(|| {
        let documents = read(&mut listing, &reader);
        let scan = scan(&documents);
        (documents, scan)
    });
    let mut out = Output::new(renderer(flags), flags.quiet);
    events::report(&documents, &scan, &listing, &mut out)?;
    out.finish()?;
    let fails = (scan.groups.iter().flat_map(|group| &group.copies))
        .any(|copy| (flags.fail_on.iter()).any(|on| on.names(copy.relation.verdict)));
    Ok(match () {
        () if !listing.unreadable.is_empty() => Outcome::Incomplete,
        () if fails => Outcome::Found,
        () => Outcome::Done,
    })
}

/// Reads all inputs. Those that turn out not to be readable, or left out by a rule, are added to
/// those of the listing.
fn read(listing: &mut Listing, reader: &Reader) -> Vec<Document> {
    let readings = (listing.inputs.par_iter()).map(|input| reader.read(input));
    let readings: Vec<Reading> = readings.collect();
    let mut documents = Vec::with_capacity(readings.len());
    for (input, reading) in listing.inputs.drain(..).zip(readings) {
        let name = input.name;
        match reading {
            Reading::Read(witness) => documents.push(Document {
                path: name,
                witness: *witness,
            }),
            Reading::Excluded(rule) => listing.excluded.push(Excluded { name, rule }),
            Reading::Unreadable(why) => {
                words::say_about(&name, &why);
                listing.unreadable.push(Unreadable { name, why });
            }
        }
    }
    listing.excluded.sort();
    listing.unreadable.sort();
    documents
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
