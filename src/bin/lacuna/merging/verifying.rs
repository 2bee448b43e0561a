//! An output -> what is damaged in it or in its ledger, and what of a dump it does not cover.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use lacuna::disk::name::{from_text, to_text};
use lacuna::disk::{Name, OWN_FOLDER, ReadBack, State, digest, state};
use lacuna::merge::ledger::{Document, Header};
use lacuna::merge::verify::{self, Covered, Fault};
use lacuna::source::{Input, reason, shown};
use lacuna::text::{Digest, Witness};
use lacuna::{Error, ErrorKind};
use rayon::prelude::*;

use super::{Done, dumps, earlier, originals};
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
    for folder in against {
        ensure!(folder.is_dir(), "{}: is no folder", shown(folder));
    }
    let path = out.join(OWN_FOLDER).join("ledger.jsonl");
    let ledger = regular(&path).and_then(|_| Ok(File::open(&path)?));
    let mut ledger = Lines::of(BufReader::new(ledger.with_context(|| shown(&path))?))?;
    let mut found = Found::default();
    let Some(header) = ledger.header().cloned() else {
        while !ledger.documents()?.is_empty() {}
        found.faults = ledger.finish();
        return Ok(found);
    };
    let checker = Checker {
        out,
        originals: header.originals,
        reader: reader(out, &header)?,
    };
    let mut known = Known::of(&header);
    let mut covered = Covered::default();
    loop {
        let documents = ledger.documents()?;
        if documents.is_empty() {
            break;
        }
        let faults: Vec<Vec<Fault>> = documents
            .par_iter()
            .map(|(line, document)| checker.check(*line, document))
            .collect();
        found.faults.extend(faults.into_iter().flatten());
        for (_, document) in &documents {
            found.documents += 1;
            found.witnesses += document.witnesses.len();
            known.add(document);
            if !against.is_empty() {
                covered.add(document);
            }
        }
    }
    found.faults.extend(ledger.finish());
    found.faults.extend(strangers(out, &known)?);
    for folder in against {
        look_up(out, folder, &covered, &checker.reader, &mut found)?;
    }
    found.faults.sort();
    Ok(found)
}

/// Proves what was written before it counts as whole: output and ledger are read from the disk.
pub fn prove(back: &ReadBack<'_>, reader: &Reader, done: &Done) -> Result<(), Error> {
    let name = Name::own("ledger.jsonl");
    let unread =
        |error: io::Error| Error::new(ErrorKind::Io, reason(&error)).with_path(name.path());
    let mut ledger = Lines::of(BufReader::new(back.open(&name)?)).map_err(unread)?;
    loop {
        let documents = ledger.documents().map_err(unread)?;
        if documents.is_empty() {
            break;
        }
        let checked: Vec<Result<(), Error>> = documents
            .par_iter()
            .map(|(line, document)| prove_one(back, reader, *line, document))
            .collect();
        checked.into_iter().collect::<Result<(), Error>>()?;
    }
    let outputs = done.plan.outputs.iter();
    let inputs: usize = outputs.map(|output| 1 + output.copies.len()).sum();
    let told = ledger.merged();
    ledger
        .finish()
        .first()
        .map_or(Ok(()), |fault| Err(wrong(fault)))?;
    match told == inputs {
        true => Ok(()),
        false => Err(Error::new(
            ErrorKind::Changed,
            "the ledger does not tell of every input",
        )),
    }
}

fn prove_one(
    back: &ReadBack<'_>,
    reader: &Reader,
    line: usize,
    document: &Document,
) -> Result<(), Error> {
    let name = from_text(&document.path).and_then(|name| Name::of_output(&name).ok());
    let name = name.ok_or_else(|| Error::new(ErrorKind::Changed, "is no name"))?;
    let bytes = back.read(&name)?;
    let path = name.path();
    let extension = path.extension().and_then(|extension| extension.to_str());
    let faults = verify::document(line, document, &bytes, |bytes| {
        read(reader, bytes, extension)
    });
    faults.first().map_or(Ok(()), |fault| Err(wrong(fault)))
}

fn wrong(fault: &Fault) -> Error {
    Error::new(ErrorKind::Changed, fault.what.clone()).with_path(&fault.path)
}

/// How many documents of a ledger are checked at once, and how many bytes of its lines are in
/// memory for that, the last line apart.
const AT_ONCE: usize = 64;
const BYTES_AT_ONCE: usize = 1 << 20;

/// A ledger that is read from a file, a few lines at a time.
struct Lines<R> {
    file: R,
    check: verify::Check,
}

impl<R: BufRead> Lines<R> {
    /// The ledger in `file`, of which the first line is read.
    fn of(file: R) -> io::Result<Self> {
        let check = verify::Check::default();
        let mut lines = Self { file, check };
        let mut line = Vec::new();
        if lines.file.read_until(b'\n', &mut line)? > 0 {
            lines.check.line(&line);
        }
        Ok(lines)
    }

    fn header(&self) -> Option<&Header> {
        self.check.header()
    }

    /// The next lines about documents, with their numbers; none at the end.
    fn documents(&mut self) -> io::Result<Vec<(usize, Document)>> {
        let mut documents = Vec::new();
        let (mut line, mut bytes) = (Vec::new(), 0);
        while documents.len() < AT_ONCE && bytes < BYTES_AT_ONCE {
            line.clear();
            if self.file.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            if let Some(document) = self.check.line(&line) {
                documents.push(document);
                bytes += line.len();
            }
        }
        Ok(documents)
    }

    fn merged(&self) -> usize {
        self.check.merged()
    }

    fn finish(self) -> Vec<Fault> {
        self.check.finish()
    }
}

/// A reader that reads as the one that merged.
fn reader(out: &Path, header: &Header) -> anyhow::Result<Reader> {
    let path = out.join(OWN_FOLDER).join("lacuna.toml");
    let profiles = config::profiles_of(header.config.then_some(path))?;
    Ok(Reader::with_profiles(profiles))
}

/// Checks files of an output against the lines about them.
struct Checker<'a> {
    out: &'a Path,
    originals: bool,
    reader: Reader,
}

impl Checker<'_> {
    fn check(&self, line: usize, document: &Document) -> Vec<Fault> {
        let mut faults = check(self.out, line, document, &self.reader);
        if self.originals {
            faults.extend(check_originals(self.out, line, document));
        }
        faults
    }
}

fn check(out: &Path, line: usize, document: &Document, reader: &Reader) -> Vec<Fault> {
    let fault = |what: String| {
        vec![Fault {
            path: document.path.clone(),
            line,
            what,
        }]
    };
    let name = from_text(&document.path).and_then(|name| Name::of_output(&name).ok());
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

/// The files that the output should hold: of each name its digest.
struct Known {
    originals: bool,
    names: HashSet<Digest>,
}

impl Known {
    fn of(header: &Header) -> Self {
        let mut names = HashSet::from([digest(verify::LEDGER.as_bytes())]);
        if header.config {
            names.insert(digest(Name::own("lacuna.toml").to_string().as_bytes()));
        }
        Self {
            originals: header.originals,
            names,
        }
    }

    fn add(&mut self, document: &Document) {
        self.names.insert(digest(document.path.as_bytes()));
        if self.originals {
            let kept = document.witnesses.iter();
            self.names.extend(
                kept.map(|party| digest(originals::name(&party.digest).to_string().as_bytes())),
            );
        }
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(&digest(name.as_bytes()))
    }
}

/// Files of the output of which the ledger says nothing.
fn strangers(out: &Path, known: &Known) -> anyhow::Result<Vec<Fault>> {
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
            if !known.has(&name) {
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
    out: &Path,
    folder: &Path,
    covered: &Covered,
    reader: &Reader,
    found: &mut Found,
) -> anyhow::Result<()> {
    let (_, mut places, _) = dumps::list(&[folder.to_path_buf()])?;
    // An output says what it has to say of itself.
    if out.canonicalize()? == folder.canonicalize()? {
        places.retain(|place| earlier::inside(&place.path).is_none());
    }
    let looked: anyhow::Result<Vec<bool>> = places
        .par_iter()
        .map(|place| {
            let bytes = place
                .input
                .read()
                .with_context(|| place.input.name.clone())?;
            let extension = place.input.extension();
            Ok(covered.has(&bytes, |bytes| read(reader, bytes, extension)))
        })
        .collect();
    found.against += places.len();
    let open = places.iter().zip(looked?).filter(|(_, has)| !has);
    found
        .uncovered
        .extend(open.map(|(place, _)| place.input.name.clone()));
    Ok(())
}
