//! The documents of an audit: read, or known from the cache.

use std::collections::BTreeMap;

use lacuna::audit::changes::{Missing, Now};
use lacuna::audit::entry::Entry;
use lacuna::audit::lock::{NAME, written};
use lacuna::source::{Excluded, Input, Listing, Unreadable};
use lacuna::text::{ExclusionRule, Witness};
use rayon::prelude::*;

use super::Place;
use crate::progress::Progress;
use crate::reading::{Reader, Reading};

/// Files that say how to audit: no documents, and not left out either.
const OWN: [&str; 2] = [NAME, "lacuna.toml"];

/// A document, and what is known of it.
pub struct Audited {
    /// Its path from the root.
    pub path: String,
    /// Where it is read.
    pub input: Input,
    /// What a lock would say of it.
    pub line: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// All that is audited.
#[derive(Default)]
pub struct Tree {
    /// The documents, by path.
    pub documents: Vec<Audited>,
    /// What a rule leaves out, by path; folders end with `/`.
    pub excluded: BTreeMap<String, ExclusionRule>,
    /// What could not be read, by path, and why.
    pub unreadable: BTreeMap<String, String>,
}

enum Found {
    Document { line: String, bytes: u64 },
    Excluded(ExclusionRule),
    Unreadable(String),
}

/// Reads all inputs.
pub fn gather(listing: Listing, place: &Place, reader: &Reader, progress: &Progress) -> Tree {
    let mut tree = Tree::default();
    for Excluded { name, rule } in listing.excluded {
        let path = place.path(&name);
        if !OWN.contains(&path.as_str()) {
            tree.excluded.insert(path, rule);
        }
    }
    for Unreadable { name, why } in listing.unreadable {
        tree.unreadable.insert(place.path(&name), why);
    }
    let inputs = listing.inputs.into_iter();
    let inputs: Vec<(String, Input)> = inputs
        .map(|input| (place.path(&input.name), input))
        .filter(|(path, _)| !OWN.contains(&path.as_str()))
        .collect();
    let found: Vec<Found> = inputs
        .par_iter()
        .map(|(_, input)| read(input, reader, progress))
        .collect();
    for ((path, input), found) in inputs.into_iter().zip(found) {
        match found {
            Found::Document { line, bytes } => tree.documents.push(Audited {
                path,
                input,
                line,
                bytes,
            }),
            Found::Excluded(rule) => {
                tree.excluded.insert(path, rule);
            }
            Found::Unreadable(why) => {
                tree.unreadable.insert(path, why);
            }
        }
    }
    tree.documents.sort_by(|one, two| one.path.cmp(&two.path));
    progress.pause();
    tree
}

fn read(input: &Input, reader: &Reader, progress: &Progress) -> Found {
    let reading = reader.read(input);
    let bytes = match &reading {
        Reading::Read(witness) => witness.source_len as u64,
        Reading::Excluded(_) | Reading::Unreadable(_) => 0,
    };
    progress.advance(1, bytes);
    match reading {
        Reading::Read(witness) => Found::Document {
            line: written(&Entry::of(&witness)),
            bytes,
        },
        Reading::Excluded(rule) => Found::Excluded(rule),
        Reading::Unreadable(why) => Found::Unreadable(why),
    }
}

impl Tree {
    /// The documents as the lock compares them.
    pub fn now(&self) -> Vec<Now<'_>> {
        let documents = self.documents.iter();
        documents
            .map(|document| Now {
                path: &document.path,
                line: &document.line,
            })
            .collect()
    }

    /// Why there is no document at `path`, which the lock knows.
    pub fn missing(&self, path: &str, place: &Place) -> Missing {
        if !place.holds(path) || self.unreadable.contains_key(path) {
            return Missing::NotAudited;
        }
        let ends = path.match_indices('/').map(|(at, _)| at + 1);
        let mut above = ends.chain([path.len()]).filter_map(|end| path.get(..end));
        match above.find_map(|above| self.excluded.get(above)) {
            Some(rule) => Missing::LeftOut(rule.name()),
            None => Missing::Gone,
        }
    }

    /// What document `at` says, read again. `None` if it is not what it was any more.
    pub fn read_again(&self, at: usize, reader: &Reader) -> Option<Witness> {
        let document = self.documents.get(at)?;
        match reader.read(&document.input) {
            Reading::Read(witness) if written(&Entry::of(&witness)) == document.line => {
                Some(*witness)
            }
            _ => None,
        }
    }
}
