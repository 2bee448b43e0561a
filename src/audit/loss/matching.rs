//! Where the pieces are that a lock knows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};

use super::free::Free;
use super::present::{Present, run};
use super::{Case, Fate, Old};
use crate::audit::entry::{Entry, KnownComment, Piece, Placed};

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
            let mut wanted = Wanted::of(std::slice::from_ref(olds), 1);
            wanted.look(document, free, |(_, at), start| {
                set(olds, at, Fate::Here(start))
            });
        }
    }
    for whole_pieces in [true, false] {
        let mut wanted = Wanted::of(&olds, if whole_pieces { 1 } else { CHANCE });
        for (to, (document, free)) in present.iter().zip(&mut free).enumerate() {
            let found = |(case, at): At, start| {
                let olds = olds.get_mut(case).map_or(&mut [][..], Vec::as_mut_slice);
                set(olds, at, Fate::There(to, start));
            };
            match whole_pieces {
                true => wanted.look_at_pieces(document, free, found),
                false => wanted.look(document, free, found),
            }
        }
    }
    Found { olds, free }
}

fn set(olds: &mut [Old], at: usize, fate: Fate) {
    if let Some(old) = olds.get_mut(at) {
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
struct Wanted(BTreeMap<Reverse<u32>, HashMap<u64, VecDeque<At>>>);

impl Wanted {
    /// Those of `olds` that are found nowhere yet and have at least `min` characters.
    fn of(olds: &[Vec<Old>], min: u32) -> Self {
        let mut wanted: BTreeMap<Reverse<u32>, HashMap<u64, VecDeque<At>>> = BTreeMap::new();
        for (case, olds) in olds.iter().enumerate() {
            for (at, old) in olds.iter().enumerate() {
                if old.fate == Fate::Gone && old.piece.chars >= min {
                    let of_length = wanted.entry(Reverse(old.piece.chars)).or_default();
                    of_length
                        .entry(old.piece.hash)
                        .or_default()
                        .push_back((case, at));
                }
            }
        }
        Self(wanted)
    }

    /// The first of those that have this hash, which is wanted no more.
    fn take(of_length: &mut HashMap<u64, VecDeque<At>>, hash: u64) -> Option<At> {
        let wanted = of_length.get_mut(&hash)?;
        let first = wanted.pop_front();
        if wanted.is_empty() {
            of_length.remove(&hash);
        }
        first
    }

    /// Looks for them anywhere in what is free of `document`, and takes what is found.
    fn look(&mut self, document: &Present, free: &mut Free, mut found: impl FnMut(At, u32)) {
        for (Reverse(chars), of_length) in &mut self.0 {
            for free_run in free.runs() {
                let mut start = free_run.start;
                while start + *chars <= free_run.end && !of_length.is_empty() {
                    let hash = document.hashes.run(start as usize, *chars as usize);
                    match hash.and_then(|hash| Self::take(of_length, hash)) {
                        Some(at) => {
                            free.take(&(start..start + *chars));
                            found(at, start);
                            start += *chars;
                        }
                        None => start += 1,
                    }
                }
            }
        }
    }

    /// Looks for them among the pieces of `document` that are free.
    fn look_at_pieces(
        &mut self,
        document: &Present,
        free: &mut Free,
        mut found: impl FnMut(At, u32),
    ) {
        let pieces = document
            .text
            .iter()
            .chain(document.comments.iter().flatten());
        for placed in pieces {
            let of_length = self.0.get_mut(&Reverse(placed.piece.chars));
            let Some(of_length) = of_length.filter(|_| free.has(&run(placed))) else {
                continue;
            };
            if let Some(at) = Self::take(of_length, placed.piece.hash) {
                free.take(&run(placed));
                found(at, placed.start);
            }
        }
    }
}

/// See [`super::renamed`].
pub(super) fn renamed(gone: &[&Entry], new: &[&Entry]) -> Vec<Option<usize>> {
    let mut having: HashMap<Piece, Vec<usize>> = HashMap::new();
    for (at, entry) in new.iter().enumerate() {
        for piece in entry.pieces() {
            let having = having.entry(*piece).or_default();
            if having.last() != Some(&at) {
                having.push(at);
            }
        }
    }
    let mut pairs: Vec<(Reverse<u64>, usize, usize)> = Vec::new();
    for (at, entry) in gone.iter().enumerate() {
        let mut shared: BTreeMap<usize, u64> = BTreeMap::new();
        let mut total = 0;
        for piece in entry.pieces() {
            total += u64::from(piece.chars);
            for to in having.get(piece).into_iter().flatten() {
                *shared.entry(*to).or_default() += u64::from(piece.chars);
            }
        }
        let half = shared.into_iter().filter(|(_, chars)| 2 * chars >= total);
        pairs.extend(half.map(|(to, chars)| (Reverse(chars), at, to)));
    }
    pairs.sort_unstable();
    let mut names = vec![None; gone.len()];
    let mut taken = vec![false; new.len()];
    for (_, from, to) in pairs {
        if let (Some(name @ None), Some(taken @ false)) = (names.get_mut(from), taken.get_mut(to)) {
            *name = Some(to);
            *taken = true;
        }
    }
    names
}
