//! The documents of an audit: read, or known from the cache.

use std::collections::BTreeMap;

use lacuna::audit::Known;
use lacuna::audit::changes::{Missing, Now};
use lacuna::audit::document::{Phrases, Seen};
use lacuna::scan::{Document, Memory};
use lacuna::source::{Excluded, Input, Listing, Stamp, Unreadable};
use lacuna::text::{ExclusionRule, Witness};
use rayon::prelude::*;

use super::Place;
use crate::cache::{self, Cache};
use crate::progress::Progress;
use crate::reading::{Reader, Reading};
use crate::words;

/// How much of what documents say is kept between reading and comparing, in bytes.
const MEMORY: usize = 1 << 30;

/// A document, and what is known of it.
pub struct Audited {
    /// Its path from the root.
    pub path: String,
    /// Where it is read.
    pub input: Input,
    /// All that an audit asks of it.
    pub known: Known,
    /// What the cache would know it by, if it was read: its key, and its stamp before that.
    lesson: Option<(u128, Stamp)>,
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

/// How the documents of a tree are read.
pub struct Ways<'a> {
    /// Where they are.
    pub place: &'a Place,
    /// How they are read.
    pub reader: &'a Reader,
    /// What previews end with.
    pub phrases: &'a Phrases,
    /// Files that say how to audit, by path: no documents, and not left out either.
    pub own: &'a [String],
    /// What is known of them.
    pub cache: Option<&'a Cache>,
    /// Who is told.
    pub progress: &'a Progress,
}

enum Found {
    Document(Box<(Known, Option<Document>)>),
    Excluded(ExclusionRule),
    Unreadable(String),
}

/// Reads all inputs that are not known. Gives with the tree what a scan asks of each document that
/// was read.
pub fn gather(listing: Listing, ways: &Ways<'_>) -> (Tree, Vec<Option<Document>>) {
    let mut tree = Tree::default();
    let mut documents: Vec<(Audited, Option<Document>)> = Vec::new();
    for Excluded { name, rule } in listing.excluded {
        let path = ways.place.path(&name);
        if !ways.own.contains(&path) {
            tree.excluded.insert(path, rule);
        }
    }
    for Unreadable { name, why } in listing.unreadable {
        tree.unreadable.insert(ways.place.path(&name), why);
    }
    let inputs = listing.inputs.into_iter();
    let inputs: Vec<(String, Input)> = inputs
        .map(|input| (ways.place.path(&input.name), input))
        .filter(|(path, _)| !ways.own.contains(path))
        .collect();
    let memory = Memory::new(MEMORY);
    let found: Vec<(Found, Option<(u128, Stamp)>)> = inputs
        .par_iter()
        .map(|(path, input)| find(path, input, ways, &memory))
        .collect();
    for ((path, input), (found, lesson)) in inputs.into_iter().zip(found) {
        match found {
            Found::Document(found) => {
                let (known, document) = *found;
                let audited = Audited {
                    path,
                    input,
                    known,
                    lesson,
                };
                documents.push((audited, document));
            }
            Found::Excluded(rule) => {
                tree.excluded.insert(path, rule);
            }
            Found::Unreadable(why) => {
                words::say_about(&path, &why);
                tree.unreadable.insert(path, why);
            }
        }
    }
    documents.sort_by(|one, two| one.0.path.cmp(&two.0.path));
    ways.progress.pause();
    let (audited, read) = documents.into_iter().unzip();
    tree.documents = audited;
    (tree, read)
}

fn find(
    path: &str,
    input: &Input,
    ways: &Ways<'_>,
    memory: &Memory,
) -> (Found, Option<(u128, Stamp)>) {
    if let Some(known) = ways.cache.and_then(|cache| cache.audited(input)) {
        ways.progress.advance(1, 0);
        return (Found::Document(Box::new((known, None))), None);
    }
    let lesson = ways
        .cache
        .and_then(|cache| Some((cache.key(input)?, input.stamp()?)));
    let (reading, bytes) = ways.reader.read_bytes(input);
    ways.progress.advance(1, bytes.len() as u64);
    let found = match reading {
        Reading::Read(witness) => {
            let seen = Seen {
                bytes: &bytes,
                witness: &witness,
            };
            let known = Known::of(&seen, ways.phrases);
            let document = Document::new(path.to_owned(), *witness, memory);
            Found::Document(Box::new((known, Some(document))))
        }
        Reading::Excluded(rule) => Found::Excluded(rule),
        Reading::Unreadable(why) => Found::Unreadable(why),
    };
    (found, lesson)
}

impl Tree {
    /// The document at `path`.
    pub fn document(&self, path: &str) -> Option<&Audited> {
        let at = (self.documents).binary_search_by(|document| document.path.as_str().cmp(path));
        self.documents.get(at.ok()?)
    }

    /// The documents as the lock compares them.
    pub fn now(&self) -> Vec<Now<'_>> {
        let documents = self.documents.iter();
        documents
            .map(|document| Now {
                path: &document.path,
                line: &document.known.line,
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

    /// Keeps what was learnt by reading.
    pub fn keep(&self, read: &[Option<Document>], cache: &Cache) {
        let documents = self.documents.iter().zip(read);
        let lessons = documents.filter_map(|(audited, document)| {
            let (key, stamp) = audited.lesson?;
            Some(cache::AuditLesson {
                key,
                stamp,
                known: audited.known.to_bytes()?,
                card: document.as_ref()?.card.to_bytes()?,
            })
        });
        cache.learn_audit(lessons.collect());
    }

    /// What a scan asks of each document: of those that were not read, what the cache knows, or else
    /// what they say now.
    pub fn heap(&self, read: Vec<Option<Document>>, ways: &Ways<'_>) -> Vec<Document> {
        let memory = Memory::new(MEMORY);
        let documents = self.documents.par_iter().zip(read);
        let whole = documents.map(|(audited, document)| {
            if let Some(document) = document {
                return document;
            }
            let path = audited.path.clone();
            if let Some(card) = ways.cache.and_then(|cache| cache.card(&audited.input)) {
                return Document::known(path, card);
            }
            match ways.reader.read(&audited.input) {
                Reading::Read(witness) => Document::new(path, *witness, &memory),
                // What cannot be read any more is told when it is compared.
                _ => Document::new(path, Witness::default(), &memory),
            }
        });
        whole.collect()
    }
}
