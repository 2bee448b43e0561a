//! A labelled heap of documents, and how well its copies were found. See README.md beside this.

#![forbid(unsafe_code)]

mod dice;
mod document;
mod encoding;
mod found;
mod grammar;
mod heap;
mod page;
mod real;
mod score;
mod tables;
mod truth;
mod variants;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

pub use heap::{Plan, Preset};

#[derive(Parser)]
#[command(
    name = "dumps",
    about = "Makes labelled heaps of documents, and scores what was found in them"
)]
enum Command {
    /// Write a heap, and beside it FOLDER.tsv, what is true of it
    Generate {
        #[arg(value_enum)]
        preset: Preset,
        folder: PathBuf,
        /// The same seed makes the same heap
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[command(flatten)]
        amount: Amount,
        /// Make copies of the Markdown and text files in this folder (with `mixed`)
        #[arg(long)]
        from: Option<PathBuf>,
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
        /// The heap was made --from real documents, which may have to do with each other: what is
        /// told otherwise is listed, but is no failure
        #[arg(long)]
        real: bool,
    },
}

#[derive(clap::Args)]
struct Amount {
    /// How many documents, about
    #[arg(long)]
    documents: Option<usize>,
    /// Bytes of a document, on average, about
    #[arg(long)]
    bytes: Option<usize>,
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Generate {
            preset,
            folder,
            seed,
            amount,
            from,
        } => {
            let usual = preset.usual();
            let plan = Plan {
                preset,
                seed,
                documents: amount.documents.unwrap_or(usual.0),
                bytes: amount.bytes.unwrap_or(usual.1),
                found: Vec::new(),
            };
            generate(plan, from.as_deref(), &folder).map(|done| (done, true))
        }
        Command::Score {
            truth,
            found,
            list,
            real,
        } => score(&truth, &found, list, !real),
    };
    match done {
        Ok((text, passed)) => {
            print!("{text}");
            ExitCode::from(u8::from(!passed))
        }
        Err(error) => {
            eprintln!("dumps: {error}");
            ExitCode::from(2)
        }
    }
}

/// Writes a heap, and what is true of it beside it. Tells where.
pub fn generate(mut plan: Plan, from: Option<&Path>, folder: &Path) -> Result<String, String> {
    let told = |error: io::Error| format!("{}: {error}", folder.display());
    let mut out = String::new();
    if let Some(from) = from {
        let found = real::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
        out = format!(
            "{} documents taken, {} left out\n",
            found.documents.len(),
            found.left_out
        );
        plan.found = found.documents;
    }
    fs::create_dir_all(folder).map_err(told)?;
    if fs::read_dir(folder).map_err(told)?.next().is_some() {
        return Err(format!("{} is not empty", folder.display()));
    }
    let table = table_of(folder);
    let documents =
        heap::write(&plan, folder, File::create(&table).map_err(told)?).map_err(told)?;
    let (folder, table) = (folder.display(), table.display());
    out += &format!("{documents} documents in {folder}, what is true of them in {table}\n");
    Ok(out)
}

/// The table that belongs to a heap.
fn table_of(folder: &Path) -> PathBuf {
    let mut table = folder.as_os_str().to_owned();
    table.push(".tsv");
    table.into()
}

/// The score as it is read, and whether all is as it must be.
pub fn score(
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
    let heap = truth.file_stem().unwrap_or_default().to_string_lossy();
    let mut paths = found::Paths::default();
    if found
        .extension()
        .is_some_and(|extension| extension == "tsv")
    {
        let pairs = found::pairs(&report, &heap, &mut paths);
        let (judged, strangers) = score::recall(&table, &pairs, &mut paths);
        return Ok((tables::print_recall(&judged, pairs.len(), strangers), true));
    }
    let report = found::relations(&report, &heap, &mut paths)?;
    let score = score::score(&table, &report, &mut paths);
    let page = tables::Page {
        score: &score,
        names: &paths.names,
        list,
        complete,
    };
    let (text, passed) = page.print();
    Ok((text, passed || !complete))
}
