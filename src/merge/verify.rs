//! Output and ledger -> what is damaged, and what is not covered.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::ledger::{Document, Fate, Ledger, Party, Record};
use super::testimony::{digest, follow, testimony};
use crate::text::Witness;

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

/// Checks that the lines of the ledger go together: each file of the output once, and for each input
/// that is in one an output that names it.
pub fn lines(ledger: &Ledger) -> Vec<Fault> {
    let mut faults: Vec<Fault> = ledger
        .damage
        .iter()
        .map(|damage| Fault::new(LEDGER, damage.line, damage.what.clone()))
        .collect();
    let mut named: HashSet<(&str, &str, &str)> = HashSet::new();
    let mut outputs = HashSet::new();
    for (line, record) in &ledger.records {
        if let Record::Document(document) = record {
            if !outputs.insert(document.path.as_str()) {
                faults.push(Fault::new(&document.path, *line, "is written twice"));
            }
            let parties = document.witnesses.iter();
            named.extend(parties.map(|party| {
                (
                    party.siglum.as_str(),
                    party.path.as_str(),
                    document.path.as_str(),
                )
            }));
        }
    }
    for (line, record) in &ledger.records {
        let Record::Input(input) = record else {
            continue;
        };
        if matches!(input.fate, Fate::Excluded | Fate::Unreadable) {
            continue;
        }
        let output = input.output.as_deref().unwrap_or("");
        if ledger.damage.is_empty() && !named.contains(&(&input.siglum, &input.path, output)) {
            let path = format!("{}:{}", input.siglum, input.path);
            faults.push(Fault::new(&path, *line, "no file of the output names it"));
        }
    }
    faults
}

/// The ledger's own name in the output.
pub const LEDGER: &str = ".lacuna/ledger.jsonl";

/// What a ledger covers: the digests of bytes, and of all that is said.
#[derive(Debug, Default)]
pub struct Covered {
    bytes: HashMap<String, String>,
    testimonies: HashMap<String, String>,
}

/// How a file stands to a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Its bytes were merged, into this output.
    Bytes(String),
    /// What it says was merged, into this output.
    Testimony(String),
    /// Nobody merged it.
    None,
}

impl Covered {
    /// What `ledger` covers.
    pub fn by(ledger: &Ledger) -> Self {
        let mut covered = Self::default();
        for (_, record) in &ledger.records {
            let Record::Document(document) = record else {
                continue;
            };
            for party in &document.witnesses {
                let output = || document.path.clone();
                covered
                    .bytes
                    .entry(party.digest.clone())
                    .or_insert_with(output);
                if let Some(testimony) = &party.testimony_digest {
                    covered
                        .testimonies
                        .entry(testimony.clone())
                        .or_insert_with(output);
                }
            }
            covered
                .bytes
                .entry(document.digest.clone())
                .or_insert_with(|| document.path.clone());
        }
        covered
    }

    /// Whether a file is covered: by its bytes, or by what it says.
    pub fn look_up(&self, bytes: &[u8], read: impl FnOnce(&[u8]) -> Option<Witness>) -> Coverage {
        if let Some(output) = self.bytes.get(&digest(bytes).to_string()) {
            return Coverage::Bytes(output.clone());
        }
        let said = read(bytes).map(|witness| digest(testimony(&witness).as_bytes()).to_string());
        match said.and_then(|said| self.testimonies.get(&said)) {
            Some(output) => Coverage::Testimony(output.clone()),
            None => Coverage::None,
        }
    }
}
