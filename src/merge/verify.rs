//! Output and ledger -> what is damaged, and what is not covered.

use std::collections::HashSet;

use serde::Serialize;

use super::ledger::{Document, Fate, Header, Input, Party, Read, Record};
use super::testimony::{digest, follow, testimony};
use crate::text::{Digest, Witness};

/// Something that is not as the ledger says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The file: of the output, or of a dump.
    pub path: String,
    /// The line of the ledger that says otherwise; 0 if none does.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl Fault {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what: what.into(),
        }
    }
}

/// Checks one line of the ledger about a file of the output. `bytes` are those of the file, and
/// `read` says what bytes say that stand under its name.
pub fn document(
    line: usize,
    document: &Document,
    bytes: &[u8],
    read: impl FnOnce(&[u8]) -> Option<Witness>,
) -> Vec<Fault> {
    let fault = |what: String| Fault::new(&document.path, line, what);
    let mut faults = Vec::new();
    if digest(bytes).to_string() != document.digest {
        let len = bytes.len();
        faults.push(fault(match len as u64 == document.bytes {
            true => "its bytes are not those that were written".to_owned(),
            false => format!("has {len} bytes, and {} were written", document.bytes),
        }));
    }
    faults.extend(pieces(document).map(fault));
    if document
        .witnesses
        .iter()
        .all(|witness| witness.recipe.is_none())
    {
        let others = document
            .witnesses
            .iter()
            .filter(|witness| witness.digest != document.digest);
        faults.extend(
            others.map(|party| fault(format!("nothing proves that {} is in it", name(party)))),
        );
        return faults;
    }
    let Some(witness) = read(bytes) else {
        faults.push(fault("says nothing".to_owned()));
        return faults;
    };
    let text = testimony(&witness);
    let wrong = document
        .witnesses
        .iter()
        .filter(|party| !proves(party, document, &text));
    faults.extend(wrong.map(|party| {
        fault(format!(
            "it and the ledger do not give what {} says",
            name(party)
        ))
    }));
    faults
}

fn name(party: &Party) -> String {
    format!("{}:{}", party.siglum, party.path)
}

/// Whether what the output says gives what the witness said.
fn proves(party: &Party, document: &Document, text: &str) -> bool {
    let Some(recipe) = &party.recipe else {
        return party.digest == document.digest;
    };
    let Some(own) = follow(recipe, text) else {
        return false;
    };
    let is = |expected: &Option<String>, text: &[u8]| {
        expected
            .as_ref()
            .is_some_and(|expected| digest(text).to_string() == *expected)
    };
    is(&party.testimony_digest, own.as_bytes())
}

/// What is wrong with the pieces: they must be the file, without a gap, and those of the base that
/// are the base's bytes.
fn pieces(document: &Document) -> Option<String> {
    let mut at = 0;
    for piece in &document.pieces {
        let (start, end) = piece.span;
        let sound = start == at && end >= start;
        let known = piece
            .witness
            .is_none_or(|witness| witness < document.witnesses.len());
        if !sound || !known {
            return Some(format!("its piece at byte {start} is none of it"));
        }
        at = end;
    }
    (at != document.bytes).then(|| format!("its pieces end at byte {at}"))
}

/// A ledger that is read and checked, line by line: whether each line is whole, and whether the
/// lines go together, so that each file of the output is written once, and each input that is in
/// one is named by it. Of a line 16 bytes for each file that it names are kept.
#[derive(Debug, Default)]
pub struct Check {
    read: Read,
    outputs: HashSet<Key>,
    /// Witnesses, each with the output that names it.
    named: HashSet<Key>,
    /// Inputs that no output before them names, with the line.
    waiting: Vec<(usize, Input)>,
    /// How many inputs say that they are in an output.
    merged: usize,
    faults: Vec<Fault>,
}

/// Names, by their digest.
type Key = [u8; 16];

fn key(names: &[&str]) -> Key {
    // No name holds a NUL.
    let digest = digest(names.join("\0").as_bytes());
    std::array::from_fn(|at| digest.0[at])
}

impl Check {
    /// Takes the next line, with its line feed. Gives its number and the document that it is about,
    /// if it is about one: to be checked with [`document`].
    pub fn line(&mut self, line: &[u8]) -> Option<(usize, Document)> {
        match self.read.line(line)? {
            (line, Record::Document(document)) => {
                self.note(line, &document);
                Some((line, document))
            }
            (line, Record::Input(input)) => {
                self.look_up(line, input);
                None
            }
            (_, Record::Ledger(_) | Record::End(_)) => None,
        }
    }

    /// The first line, if it is there and was read.
    pub fn header(&self) -> Option<&Header> {
        self.read.header()
    }

    /// How many inputs were said to be in an output.
    pub fn merged(&self) -> usize {
        self.merged
    }

    fn note(&mut self, line: usize, document: &Document) {
        let path = &document.path;
        if !self.outputs.insert(key(&[path])) {
            self.faults.push(Fault::new(path, line, "is written twice"));
        }
        let parties = document.witnesses.iter();
        self.named
            .extend(parties.map(|party| key(&[&party.siglum, &party.path, path])));
    }

    fn look_up(&mut self, line: usize, input: Input) {
        self.merged += usize::from(input.output.is_some());
        if !matches!(input.fate, Fate::Excluded | Fate::Unreadable) && !self.names(&input) {
            self.waiting.push((line, input));
        }
    }

    fn names(&self, input: &Input) -> bool {
        let output = input.output.as_deref().unwrap_or("");
        self.named
            .contains(&key(&[&input.siglum, &input.path, output]))
    }

    /// What is wrong with the ledger, of which no more lines come.
    pub fn finish(mut self) -> Vec<Fault> {
        let waiting = std::mem::take(&mut self.waiting);
        let read = std::mem::take(&mut self.read);
        let damage = read.finish();
        // What names it may be a line that is damaged.
        if damage.is_empty() {
            let open = waiting.iter().filter(|(_, input)| !self.names(input));
            let faults: Vec<Fault> = open
                .map(|(line, input)| {
                    let path = format!("{}:{}", input.siglum, input.path);
                    Fault::new(&path, *line, "no file of the output names it")
                })
                .collect();
            self.faults.extend(faults);
        }
        let damage = damage.into_iter();
        self.faults
            .extend(damage.map(|damage| Fault::new(LEDGER, damage.line, damage.what)));
        self.faults
    }
}

/// The ledger's own name in the output.
pub const LEDGER: &str = ".lacuna/ledger.jsonl";

/// What a ledger covers: the digests of bytes, and of all that is said.
#[derive(Debug, Default)]
pub struct Covered(HashSet<Digest>);

impl Covered {
    /// Adds what the line about an output covers.
    pub fn add(&mut self, document: &Document) {
        let parties = document.witnesses.iter();
        let digests = parties
            .flat_map(|party| [Some(&party.digest), party.testimony_digest.as_ref()])
            .chain([Some(&document.digest)]);
        self.0
            .extend(digests.flatten().filter_map(|text| Digest::from_hex(text)));
    }

    /// Whether a file is covered: by its bytes, or by what it says.
    pub fn has(&self, bytes: &[u8], read: impl FnOnce(&[u8]) -> Option<Witness>) -> bool {
        self.0.contains(&digest(bytes))
            || read(bytes).is_some_and(|witness| {
                let said = testimony(&witness);
                self.0.contains(&digest(said.as_bytes()))
            })
    }
}
