//! Inputs -> documents: read, or known from the cache.

use lacuna::scan::{Document, Memory, ReadAgain};
use lacuna::source::{Excluded, Input, Listing, Stamp, Unreadable};
use lacuna::text::{ExclusionRule, Witness};
use rayon::prelude::*;

use crate::cache::{Cache, Known, Lessons};
use crate::progress::Progress;
use crate::reading::{Reader, Reading};
use crate::words;

/// What the inputs of a heap say.
#[derive(Default)]
pub struct Gathered {
    /// The documents.
    pub documents: Vec<Document>,
    /// The input of each.
    pub inputs: Vec<Input>,
    /// What was learnt that was not known.
    pub lessons: Lessons,
}

/// What became of one input.
enum Found {
    Document(Box<Document>),
    Excluded(ExclusionRule),
    Unreadable(String),
}

/// Reads all inputs that are not known. Those that turn out not to be readable, or left out by a
/// rule, are added to those of the listing.
pub fn gather(
    listing: &mut Listing,
    reader: &Reader,
    memory: &Memory,
    cache: Option<&Cache>,
    progress: &Progress,
) -> Gathered {
    let found: Vec<(Found, Option<(u128, Stamp)>)> = listing
        .inputs
        .par_iter()
        .map(|input| {
            if let Some(known) = cache.and_then(|cache| cache.known(input)) {
                progress.advance(1, 0);
                return (recall(input, known), None);
            }
            let lesson = cache.and_then(|cache| Some((cache.key(input)?, input.stamp()?)));
            (read(input, reader, memory, progress), lesson)
        })
        .collect();
    progress.pause();
    let mut gathered = Gathered::default();
    for (input, (found, lesson)) in listing.inputs.drain(..).zip(found) {
        match found {
            Found::Document(document) => {
                let at = gathered.documents.len();
                let lesson = lesson.map(|(key, stamp)| (at, key, stamp));
                gathered.lessons.documents.extend(lesson);
                gathered.documents.push(*document);
                gathered.inputs.push(input);
            }
            Found::Excluded(rule) => {
                let lesson = lesson.map(|(key, stamp)| (key, stamp, rule));
                gathered.lessons.excluded.extend(lesson);
                let name = input.name;
                listing.excluded.push(Excluded { name, rule });
            }
            Found::Unreadable(why) => {
                words::say_about(&input.name, &why);
                let name = input.name;
                listing.unreadable.push(Unreadable { name, why });
            }
        }
    }
    listing.excluded.sort();
    listing.unreadable.sort();
    gathered
}

fn recall(input: &Input, known: Known) -> Found {
    match known {
        Known::Card(card) => Found::Document(Box::new(Document::known(input.name.clone(), *card))),
        Known::Excluded(rule) => Found::Excluded(rule),
    }
}

fn read(input: &Input, reader: &Reader, memory: &Memory, progress: &Progress) -> Found {
    match reader.read(input) {
        Reading::Read(witness) => {
            progress.advance(1, witness.source_len as u64);
            let whole = Memory::unlimited();
            let memory = match input.can_be_read_again() {
                true => memory,
                false => &whole,
            };
            let document = Document::new(input.name.clone(), *witness, memory);
            Found::Document(Box::new(document))
        }
        Reading::Excluded(rule) => {
            progress.advance(1, 0);
            Found::Excluded(rule)
        }
        Reading::Unreadable(why) => {
            progress.advance(1, 0);
            Found::Unreadable(why)
        }
    }
}

/// Inputs that were read, to be read again.
pub struct Inputs<'a> {
    pub inputs: &'a [Input],
    pub reader: &'a Reader,
}

impl ReadAgain for Inputs<'_> {
    fn read_again(&self, at: usize) -> Option<Witness> {
        self.reader.read(self.inputs.get(at)?).witness()
    }
}

impl Gathered {
    /// Fetches the signatures of documents that were known. `false` if one is not there: then the
    /// cache is not to be trusted.
    pub fn fetch_signatures(&mut self, cache: &Cache) -> bool {
        let mut read = vec![false; self.documents.len()];
        for (at, ..) in &self.lessons.documents {
            read[*at] = true;
        }
        let documents = self.documents.par_iter_mut().zip(&self.inputs).zip(read);
        documents.all(|((document, input), read)| {
            if read || document.is_kept() {
                return true;
            }
            match cache.whole_card(input, &document.card) {
                Some(card) => document.card = card,
                None => return false,
            }
            true
        })
    }
}
