//! An output -> what is damaged in it or in its ledger, and what of a dump it does not cover.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use lacuna::disk::name::{from_text, to_text};
use lacuna::disk::{Name, OWN_FOLDER, ReadBack, State, digest, state};
use lacuna::merge::ledger::{Document, Header, Ledger, Record};
use lacuna::merge::verify::{self, Coverage, Covered, Fault};
use lacuna::source::{Input, shown};
use lacuna::text::Witness;
use lacuna::{Error, ErrorKind};
use rayon::prelude::*;

use super::{Done, dumps, originals};
use crate::config;
use crate::reading::{Reader, Reading};

/// What a check found.
#[derive(Default)]
pub struct Found {
    /// What is damaged, by path.
    pub faults: Vec<Fault>,
    /// Files of the output that were checked.
    pub documents: usize,
    /// Witnesses whose text was made again.
    pub witnesses: usize,
    /// Files of dumps that were looked up.
    pub against: usize,
    /// Those that are not covered.
    pub uncovered: Vec<String>,
}

/// Checks the output in `out`, and that all files of `against` are covered.
pub fn verify(out: &Path, against: &[PathBuf]) -> anyhow::Result<Found> {
    match state(out)? {
        State::Finished => {}
        State::Unfinished(_) => {
            bail!(
                "{}: is unfinished; lacuna merge --resume finishes it",
                shown(out)
            );
        }
        State::Nothing | State::Other => bail!("{}: is no output of a merge", shown(out)),
    }
    let ledger = out.join(OWN_FOLDER).join("ledger.jsonl");
    let ledger = Input::named(&ledger)?
        .read()
        .with_context(|| shown(&ledger))?;
    let ledger = Ledger::read(&ledger);
    let mut found = Found {
        faults: verify::lines(&ledger),
        ..Found::default()
    };
    let Some(header) = &ledger.header else {
        return Ok(found);
    };
    let reader = reader(out, header)?;
    check_documents(out, &ledger, &reader, &mut found);
    let known = known_files(&ledger, header);
    found.faults.extend(strangers(out, &known)?);
    for folder in against {
        ensure!(folder.is_dir(), "{}: is no folder", shown(folder));
        look_up(folder, &Covered::by(&ledger), &reader, &mut found)?;
    }
    found.faults.sort();
    Ok(found)
}

/// Proves what was written before it counts as whole: output and ledger are read from the disk.
pub fn prove(back: &ReadBack<'_>, reader: &Reader, done: &Done) -> Result<(), Error> {
    let ledger = Ledger::read(&back.read(&Name::own("ledger.jsonl"))?);
    let wrong =
        |fault: &Fault| Error::new(ErrorKind::Changed, fault.what.clone()).with_path(&fault.path);
    let faults = verify::lines(&ledger);
    faults.first().map_or(Ok(()), |fault| Err(wrong(fault)))?;
    let inputs = done
        .plan
        .outputs
        .iter()
        .map(|output| 1 + output.copies.len())
        .sum::<usize>();
    let told = ledger
        .records
        .iter()
        .filter(|(_, record)| matches!(record, Record::Input(input) if input.output.is_some()));
    if told.count() != inputs {
        return Err(Error::new(
            ErrorKind::Changed,
            "the ledger does not tell of every input",
        ));
    }
    let documents = ledger
        .records
        .par_iter()
        .filter_map(|(line, record)| match record {
            Record::Document(document) => Some((*line, document)),
            _ => None,
        });
    let checked: Vec<Result<(), Error>> = documents
        .map(|(line, document)| {
            let name = from_text(&document.path).and_then(|name| Name::new(&name).ok());
            let name = name.ok_or_else(|| Error::new(ErrorKind::Changed, "is no name"))?;
            let bytes = back.read(&name)?;
            let path = name.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            let faults = verify::document(line, document, &bytes, |bytes| {
                read(reader, bytes, extension)
            });
            faults.first().map_or(Ok(()), |fault| Err(wrong(fault)))
        })
        .collect();
    checked.into_iter().collect()
}

/// A reader that reads as the one that merged.
fn reader(out: &Path, header: &Header) -> anyhow::Result<Reader> {
    let path = out.join(OWN_FOLDER).join("lacuna.toml");
    let profiles = config::profiles_of(header.config.then_some(path))?;
    Ok(Reader::with_profiles(profiles))
}

fn check_documents(out: &Path, ledger: &Ledger, reader: &Reader, found: &mut Found) {
    let documents: Vec<(usize, &Document)> = ledger
        .records
        .iter()
        .filter_map(|(line, record)| match record {
            Record::Document(document) => Some((*line, document)),
            _ => None,
        })
        .collect();
    let originals = ledger
        .header
        .as_ref()
        .is_some_and(|header| header.originals);
    let faults: Vec<Vec<Fault>> = documents
        .par_iter()
        .map(|(line, document)| {
            let mut faults = check(out, *line, document, reader);
            if originals {
                faults.extend(check_originals(out, *line, document));
            }
            faults
        })
        .collect();
    found.documents = documents.len();
    found.witnesses = documents
        .iter()
        .map(|(_, document)| document.witnesses.len())
        .sum();
    found.faults.extend(faults.into_iter().flatten());
}

fn check(out: &Path, line: usize, document: &Document, reader: &Reader) -> Vec<Fault> {
    let fault = |what: String| {
        vec![Fault {
            path: document.path.clone(),
            line,
            what,
        }]
    };
    let name = from_text(&document.path).and_then(|name| Name::new(&name).ok());
    let Some(name) = name else {
        return fault("is no name of a file".to_owned());
    };
    let input = match regular(&out.join(name.path())) {
        Ok(input) => input,
        Err(error) => return fault(format!("{error:#}")),
    };
    match input.read() {
        Ok(bytes) => verify::document(line, document, &bytes, |bytes| {
            read(reader, bytes, input.extension())
        }),
        Err(error) => fault(error.message().to_owned()),
    }
}

fn read(reader: &Reader, bytes: &[u8], extension: Option<&str>) -> Option<Witness> {
    match reader.read_content(bytes, extension) {
        Reading::Read(witness) => Some(*witness),
        Reading::Excluded(_) | Reading::Unreadable(_) => None,
    }
}

/// The file at `path`, which must be one and no link to one.
fn regular(path: &Path) -> anyhow::Result<Input> {
    let meta = path.symlink_metadata();
    match meta {
        Ok(meta) if meta.is_file() => Ok(Input::named(path)?),
        Ok(_) => bail!("is no file any more"),
        Err(error) => bail!("{}", lacuna::source::reason(&error)),
    }
}

fn check_originals(out: &Path, line: usize, document: &Document) -> Vec<Fault> {
    let others = document
        .witnesses
        .iter()
        .filter(|party| party.digest != document.digest);
    let damaged = others.filter(|party| {
        let path = out.join(originals::name(&party.digest).path());
        let bytes = regular(&path).ok().and_then(|input| input.read().ok());
        let bytes = bytes.and_then(|bytes| originals::open(&bytes, party.bytes));
        bytes.is_none_or(|bytes| digest(&bytes).to_string() != party.digest)
    });
    damaged
        .map(|party| Fault {
            path: originals::name(&party.digest).to_string(),
            line,
            what: format!("does not give the bytes of {}:{}", party.siglum, party.path),
        })
        .collect()
}

/// The files that the output should hold.
fn known_files(ledger: &Ledger, header: &Header) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    known.insert(verify::LEDGER.to_owned());
    if header.config {
        known.insert(Name::own("lacuna.toml").to_string());
    }
    for (_, record) in &ledger.records {
        if let Record::Document(document) = record {
            known.insert(document.path.clone());
            if header.originals {
                let others = document.witnesses.iter();
                known.extend(others.map(|party| originals::name(&party.digest).to_string()));
            }
        }
    }
    known
}

/// Files of the output of which the ledger says nothing.
fn strangers(out: &Path, known: &BTreeSet<String>) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let path = out.join(&folder);
        for entry in path.read_dir().with_context(|| shown(&path))? {
            let entry = entry.with_context(|| shown(&path))?;
            let way = folder.join(entry.file_name());
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(way);
                continue;
            }
            let parts: Vec<&[u8]> = way.iter().map(|part| part.as_encoded_bytes()).collect();
            let name = to_text(&parts.join(&b'/'));
            if !known.contains(&name) {
                faults.push(Fault {
                    path: name,
                    line: 0,
                    what: "the ledger says nothing of it".to_owned(),
                });
            }
        }
    }
    Ok(faults)
}

fn look_up(
    folder: &Path,
    covered: &Covered,
    reader: &Reader,
    found: &mut Found,
) -> anyhow::Result<()> {
    let (_, places, _) = dumps::list(&[folder.to_path_buf()])?;
    let looked: anyhow::Result<Vec<Coverage>> = places
        .par_iter()
        .map(|place| {
            let bytes = place
                .input
                .read()
                .with_context(|| place.input.name.clone())?;
            let extension = place.input.extension();
            Ok(covered.look_up(&bytes, |bytes| read(reader, bytes, extension)))
        })
        .collect();
    found.against += places.len();
    let open = places
        .iter()
        .zip(looked?)
        .filter(|(_, how)| *how == Coverage::None);
    found
        .uncovered
        .extend(open.map(|(place, _)| place.input.name.clone()));
    Ok(())
}
