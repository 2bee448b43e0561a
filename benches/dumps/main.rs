//! A labelled heap of documents, and how well its copies were found. See README.md beside this.

#![forbid(unsafe_code)]

mod dice;
mod document;
mod encoding;
mod found;
mod grammar;
mod heap;
mod page;
mod score;
mod tables;
mod truth;
mod variants;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(
    name = "dumps",
    about = "Makes labelled heaps of documents, and scores what was found in them"
)]
enum Command {
    /// Write a heap, and beside it FOLDER.tsv, what is true of it
    Generate {
        #[arg(value_enum)]
        preset: heap::Preset,
        folder: PathBuf,
        /// The same seed makes the same heap
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many documents, about
        #[arg(long)]
        documents: Option<usize>,
        /// Bytes of a document, on average, about
        #[arg(long)]
        bytes: Option<usize>,
    },
    /// Hold what was found against the truth
    Score {
        /// What `generate` wrote beside the heap
        truth: PathBuf,
        /// What `lacuna scan --format jsonl` wrote; or pairs of paths, with a tab between, which
        /// end in .tsv
        found: PathBuf,
        /// How many wrong pairs of a kind are listed
        #[arg(long, default_value_t = 20)]
        list: usize,
        /// The heap was made of documents that may have to do with each other
        #[arg(long)]
        found_documents: bool,
    },
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("dumps: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, String> {
    match command {
        Command::Generate {
            preset,
            folder,
            seed,
            documents,
            bytes,
        } => {
            let usual = preset.usual();
            let plan = heap::Plan {
                preset,
                seed,
                documents: documents.unwrap_or(usual.0),
                bytes: bytes.unwrap_or(usual.1),
                found: Vec::new(),
            };
            fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
            let mut truth = folder.clone().into_os_string();
            truth.push(".tsv");
            let table = File::create(&truth).map_err(|error| error.to_string())?;
            let documents =
                heap::write(&plan, &folder, table).map_err(|error| error.to_string())?;
            println!(
                "{documents} documents in {}, truth in {}",
                folder.display(),
                truth.display()
            );
            Ok(ExitCode::SUCCESS)
        }
        Command::Score {
            truth,
            found,
            list,
            found_documents,
        } => {
            let (text, passed) = score(&truth, &found, list, !found_documents)?;
            print!("{text}");
            Ok(if passed {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
    }
}

/// The score as it is read, and whether all is as it must be.
fn score(
    truth: &Path,
    found: &Path,
    list: usize,
    complete: bool,
) -> Result<(String, bool), String> {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let table = truth::read(&read(truth)?)?;
    let report = read(found)?;
    let root = truth.with_extension("");
    let root = root.to_string_lossy();
    let mut paths = found::Paths::default();
    if found
        .extension()
        .is_some_and(|extension| extension == "tsv")
    {
        let pairs = found::pairs(&report, &root, &mut paths);
        let (judged, strangers) = score::recall(&table, &pairs, &mut paths);
        return Ok((tables::print_recall(&judged, pairs.len(), strangers), true));
    }
    let report = found::relations(&report, &root, &mut paths)?;
    let score = score::score(&table, &report, &mut paths);
    let page = tables::Page {
        score: &score,
        names: &paths.names,
        list,
        complete,
    };
    Ok(page.print())
}
