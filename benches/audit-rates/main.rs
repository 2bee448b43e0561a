//! How often the audit is wrong of whole documents, and how many cuts it sees: by code, and by where
//! the cut falls. Run over folders of real documents:
//!
//! ```text
//! cargo run --release --example audit-rates -- FOLDER…
//! ```
//!
//! Every document is taken for whole. Each is then cut at random places of each kind, always the
//! same ones, and what is left is looked at alone, without the whole document to compare it with.

#![forbid(unsafe_code)]

mod cuts;
mod folders;
mod table;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use lacuna::audit::Remark;
use lacuna::audit::document::{Phrases, Seen, remarks};
use lacuna::normalize::{Options, is_binary, normalize};
use lacuna::text::{Code, Witness};
use rayon::prelude::*;

use cuts::Place;
use table::Table;

#[derive(Parser)]
#[command(
    name = "audit-rates",
    about = "Measures what the audit says of whole and of cut documents"
)]
struct Flags {
    /// Folders of documents that are whole: .md, .txt, .rst, .html
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// Take only files with these extensions
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "md,txt,rst,html,htm,xhtml"
    )]
    extensions: Vec<String>,
    /// Cuts of each kind in each document
    #[arg(long, default_value_t = 3)]
    cuts: usize,
    /// List the whole documents that are flagged with this code
    #[arg(long)]
    list: Vec<Code>,
    /// List the cuts inside a sentence that are not flagged
    #[arg(long)]
    list_missed: bool,
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    let mut files = Vec::new();
    for folder in &flags.folders {
        if let Err(error) = find(folder, &flags.extensions, &mut files) {
            eprintln!("audit-rates: {}: {error}", folder.display());
            return ExitCode::from(2);
        }
    }
    files.sort();
    let results: Vec<Measured> = files
        .par_iter()
        .filter_map(|file| measure(file, &flags))
        .collect();
    let mut seen = HashSet::new();
    let mut table = Table::default();
    for result in results {
        // Copies of one text are one case.
        if !seen.insert(result.digest) {
            continue;
        }
        for line in &result.listed {
            println!("{line}");
        }
        table.add_whole(&result.whole);
        for (place, codes) in &result.cut {
            table.add_cut(*place, codes);
        }
    }
    println!("{table}");
    let said = folders::measure(&files);
    let wanted = |line: &&String| {
        flags
            .list
            .iter()
            .any(|code| line.starts_with(&code.to_string()))
    };
    for line in said.listed.iter().filter(wanted) {
        println!("{line}");
    }
    print!("{said}");
    ExitCode::SUCCESS
}

/// What was said of one document and its cuts.
struct Measured {
    digest: [u8; 32],
    whole: BTreeSet<Code>,
    cut: Vec<(Place, BTreeSet<Code>)>,
    listed: Vec<String>,
}

fn find(path: &Path, extensions: &[String], files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_type()?.is_symlink() {
                find(&entry.path(), extensions, files)?;
            }
        }
        return Ok(());
    }
    let extension = path.extension().and_then(|extension| extension.to_str());
    if extension.is_some_and(|extension| extensions.iter().any(|one| one == extension)) {
        files.push(path.to_owned());
    }
    Ok(())
}

fn measure(path: &Path, flags: &Flags) -> Option<Measured> {
    let bytes = std::fs::read(path).ok().filter(|bytes| !is_binary(bytes))?;
    let extension = path.extension().and_then(|extension| extension.to_str());
    let witness = normalize(&bytes, extension, &Options::default()).ok()?;
    if witness.match_text.is_empty() {
        return None;
    }
    let said = said(&bytes, &witness);
    let wanted = |remark: &&Remark| flags.list.contains(&remark.code);
    let mut listed: Vec<String> = said
        .iter()
        .filter(wanted)
        .map(|remark| listing(path, remark))
        .collect();
    let mut cut = Vec::new();
    for (place, end) in cuts::of(&bytes, &witness, flags.cuts) {
        let rest = &bytes[..end];
        let Ok(witness) = normalize(rest, extension, &Options::default()) else {
            continue;
        };
        let found = codes(&said_of(rest, &witness));
        if flags.list_missed && found.is_empty() && place == Place::Word {
            let tail = String::from_utf8_lossy(&rest[end.saturating_sub(120)..]).into_owned();
            listed.push(format!("missed {}: {tail:?}", path.display()));
        }
        cut.push((place, found));
    }
    Some(Measured {
        digest: witness.digest.0,
        whole: codes(&said),
        cut,
        listed,
    })
}

fn said(bytes: &[u8], witness: &Witness) -> Vec<Remark> {
    said_of(bytes, witness)
}

fn said_of(bytes: &[u8], witness: &Witness) -> Vec<Remark> {
    remarks(&Seen { bytes, witness }, &Phrases::default())
}

fn codes(remarks: &[Remark]) -> BTreeSet<Code> {
    remarks.iter().map(|remark| remark.code).collect()
}

fn listing(path: &Path, remark: &Remark) -> String {
    let line = remark.lines.map_or(0, |lines| lines.first);
    format!(
        "{} {}:{line}: {}",
        remark.code,
        path.display(),
        remark.message
    )
}
