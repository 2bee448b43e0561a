//! Where the pieces are that a lock knows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};

use rayon::prelude::*;

use super::free::Free;
use super::present::{Present, run};
use super::{Case, Fate, Old};
use crate::audit::entry::{Entry, KnownComment, Piece, Placed};
use crate::index::sieve::Sieve;

/// A passage of fewer characters is found in another document only where it is a whole piece:
/// shorter ones are anywhere by chance.
const CHANCE: u32 = 16;

/// Where everything is.
pub(super) struct Found {
    /// For each case the pieces that the lock knows, text first, each in order.
    pub olds: Vec<Vec<Old>>,
    /// What of each document present stands for nothing that the lock knows.
    pub free: Vec<Free>,
}

/// The place of an old piece: its case, and its index there.
type At = (usize, usize);

/// Looks for all pieces: in their own documents, then in the others.
pub(super) fn find(cases: &[Case], present: &[Present]) -> Found {
    let mut free: Vec<Free> = present.iter().map(Present::free).collect();
    let mut olds: Vec<Vec<Old>> = cases.iter().map(|case| olds(&case.was)).collect();
    for (case, olds) in cases.iter().zip(&mut olds) {
        let now = case.now;
        if let Some((document, free)) = now.and_then(|at| present.get(at).zip(free.get_mut(at))) {
            same_comments(case, olds, document, free);
            same_pieces(olds, document, free);
            let one = std::slice::from_mut(olds);
            let mut wanted = Wanted::of(one, 1);
            let places = wanted.places(document, free);
            wanted.take_at(&places, free, |at, start| set(one, at, Fate::Here(start)));
        }
    }
    let mut wanted = Wanted::of(&olds, 1);
    for (to, (document, free)) in present.iter().zip(&mut free).enumerate() {
        wanted.take_pieces(document, free, |at, start| {
            set(&mut olds, at, Fate::There(to, start));
        });
    }
    let mut wanted = Wanted::of(&olds, CHANCE);
    let documents = present.par_iter().zip(&free);
    let places: Vec<Vec<Place>> = documents
        .map(|(document, free)| wanted.places(document, free))
        .collect();
    for (to, (places, free)) in places.iter().zip(&mut free).enumerate() {
        wanted.take_at(places, free, |at, start| {
            set(&mut olds, at, Fate::There(to, start));
        });
    }
    Found { olds, free }
}

fn set(olds: &mut [Vec<Old>], (case, at): At, fate: Fate) {
    if let Some(old) = olds.get_mut(case).and_then(|olds| olds.get_mut(at)) {
        old.fate = fate;
    }
}

/// All pieces of `entry`, found nowhere yet.
fn olds(entry: &Entry) -> Vec<Old> {
    let old = |piece: &Piece, of: usize, is_comment: bool| Old {
        piece: *piece,
        of,
        is_comment,
        fate: Fate::Gone,
    };
    let mut olds = Vec::new();
    for (of, block) in entry.blocks.iter().enumerate() {
        olds.extend(block.iter().map(|piece| old(piece, of, false)));
    }
    for (of, comment) in entry.comments.iter().enumerate() {
        olds.extend(comment.pieces.iter().map(|piece| old(piece, of, true)));
    }
    olds
}

/// Finds comments that are as they were; then those whose author or date is written otherwise.
fn same_comments(case: &Case, olds: &mut [Old], document: &Present, free: &mut Free) {
    let mut known: Vec<Option<usize>> = vec![None; case.was.comments.len()];
    let mut taken = vec![false; document.comments.len()];
    for with_author in [true, false] {
        let key = |comment: &'_ KnownComment| with_author.then_some(comment.who);
        let mut places: HashMap<(Option<u64>, &[Piece]), VecDeque<usize>> = HashMap::new();
        for (at, comment) in document.entry.comments.iter().enumerate() {
            if taken.get(at) == Some(&false) {
                let same = places.entry((key(comment), &comment.pieces)).or_default();
                same.push_back(at);
            }
        }
        for (comment, known) in case.was.comments.iter().zip(&mut known) {
            if known.is_none() {
                let same = places.get_mut(&(key(comment), &comment.pieces[..]));
                *known = same.and_then(VecDeque::pop_front);
                if let Some(taken) = known.and_then(|at| taken.get_mut(at)) {
                    *taken = true;
                }
            }
        }
    }
    let placed = |at: &Option<usize>| at.and_then(|at| document.comments.get(at));
    let mut of_comment: Vec<_> = known
        .iter()
        .map(|at| placed(at).into_iter().flatten())
        .collect();
    for old in olds.iter_mut().filter(|old| old.is_comment) {
        if let Some(placed) = of_comment.get_mut(old.of).and_then(Iterator::next) {
            free.take(&run(placed));
            old.fate = Fate::Here(placed.start);
        }
    }
}

/// Finds pieces of text that are pieces still.
fn same_pieces(olds: &mut [Old], document: &Present, free: &mut Free) {
    let mut places: HashMap<Piece, VecDeque<&Placed>> = HashMap::new();
    for placed in &document.text {
        places.entry(placed.piece).or_default().push_back(placed);
    }
    for old in olds.iter_mut().filter(|old| !old.is_comment) {
        let place = places.get_mut(&old.piece).and_then(VecDeque::pop_front);
        if let Some(placed) = place {
            free.take(&run(placed));
            old.fate = Fate::Here(placed.start);
        }
    }
}

/// Pieces that are looked for, the longest first.
struct Wanted(BTreeMap<Reverse<u32>, OfLength>);

/// Those of one length.
struct OfLength {
    /// By their hashes: all that were wanted once.
    sieve: Sieve,
    /// Those that still are.
    wanted: HashMap<u64, VecDeque<At>>,
}

/// A run that may be wanted.
struct Place {
    start: u32,
    chars: u32,
    hash: u64,
}

impl Wanted {
    /// Those of `olds` that are found nowhere yet and have at least `min` characters.
    fn of(olds: &[Vec<Old>], min: u32) -> Self {
        let mut by_length: BTreeMap<Reverse<u32>, HashMap<u64, VecDeque<At>>> = BTreeMap::new();
        for (case, olds) in olds.iter().enumerate() {
            for (at, old) in olds.iter().enumerate() {
                if old.fate == Fate::Gone && old.piece.chars >= min {
                    let wanted = by_length.entry(Reverse(old.piece.chars)).or_default();
                    let of_hash = wanted.entry(old.piece.hash).or_default();
                    of_hash.push_back((case, at));
                }
            }
        }
        let sieved = by_length.into_iter().map(|(chars, wanted)| {
            let sieve = Sieve::of(wanted.keys().copied());
            (chars, OfLength { sieve, wanted })
        });
        Self(sieved.collect())
    }

    /// Where in what is free of `document` runs begin that were ever wanted: the longest first, each
    /// in order. Takes time in proportion to the text and to the number of lengths, and so is apart
    /// from what has to be done in order.
    fn places(&self, document: &Present, free: &Free) -> Vec<Place> {
        let runs = free.runs();
        let mut places = Vec::new();
        for (Reverse(chars), of_length) in &self.0 {
            for run in runs.iter().filter(|run| run.start + *chars <= run.end) {
                let starts = run.start as usize..(run.end - *chars + 1) as usize;
                let hashes = document.hashes.runs(starts, *chars as usize);
                let hits = (run.start..).zip(hashes);
                let hits = hits.filter(|(_, hash)| of_length.sieve.has(*hash));
                places.extend(hits.map(|(start, hash)| Place {
                    start,
                    chars: *chars,
                    hash,
                }));
            }
        }
        places
    }

    /// Takes what is wanted still, and free still, at these places.
    fn take_at(&mut self, places: &[Place], free: &mut Free, mut found: impl FnMut(At, u32)) {
        for place in places {
            let run = place.start..place.start + place.chars;
            let of_length = self.0.get_mut(&Reverse(place.chars));
            let Some(of_length) = of_length.filter(|_| free.has(&run)) else {
                continue;
            };
            if let Some(at) = of_length.take(place.hash) {
                free.take(&run);
                found(at, place.start);
            }
        }
    }

    /// Takes what is wanted of the pieces of `document` that are free.
    fn take_pieces(&mut self, document: &Present, free: &mut Free, mut found: impl FnMut(At, u32)) {
        let pieces = document
            .text
            .iter()
            .chain(document.comments.iter().flatten());
        for placed in pieces {
            let of_length = self.0.get_mut(&Reverse(placed.piece.chars));
            let Some(of_length) = of_length.filter(|_| free.has(&run(placed))) else {
                continue;
            };
            if let Some(at) = of_length.take(placed.piece.hash) {
                free.take(&run(placed));
                found(at, placed.start);
            }
        }
    }
}

impl OfLength {
    /// The first of those that have this hash, which is wanted no more.
    fn take(&mut self, hash: u64) -> Option<At> {
        let wanted = self.wanted.get_mut(&hash)?;
        let first = wanted.pop_front();
        if wanted.is_empty() {
            self.wanted.remove(&hash);
        }
        first
    }
}
