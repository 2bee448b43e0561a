//! Which of many documents has most of what another one said, without comparing all with all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::entry::{Entry, Piece};

/// A piece that more documents have than this does not say which one is looked for: the footer of a
/// site.
const MANY: usize = 16;

/// Of so many documents it is counted what they have: those with most of what few have.
const COUNTED: usize = 4;

/// The documents that have pieces, by index.
pub(super) struct Holders<'p>(HashMap<&'p Piece, Vec<usize>>);

impl<'p> Holders<'p> {
    /// None yet. Only holders of pieces of `wanted` are known.
    pub fn of(wanted: impl Iterator<Item = &'p Entry>) -> Self {
        let pieces = wanted.flat_map(Entry::pieces);
        Self(pieces.map(|piece| (piece, Vec::new())).collect())
    }

    /// Adds document `at`. Documents are added by ascending index.
    pub fn add(&mut self, at: usize, document: &Entry) {
        for piece in document.pieces() {
            if let Some(holders) = self.0.get_mut(piece)
                && holders.len() <= MANY
                && holders.last() != Some(&at)
            {
                holders.push(at);
            }
        }
    }

    /// The documents that may have most of `wanted`, the most likely first: a few, whatever their
    /// number. If it says nothing that is rare, some of those that have a piece of it.
    pub fn likely(&self, wanted: &Entry) -> Vec<usize> {
        let mut shared: BTreeMap<usize, u64> = BTreeMap::new();
        let mut common: &[usize] = &[];
        for piece in wanted.pieces() {
            let holders = self.0.get(piece).map_or(&[][..], Vec::as_slice);
            if holders.len() > MANY {
                common = if common.is_empty() { holders } else { common };
                continue;
            }
            for holder in holders {
                *shared.entry(*holder).or_default() += u64::from(piece.chars);
            }
        }
        let mut likely: Vec<(Reverse<u64>, usize)> = shared
            .into_iter()
            .map(|(holder, chars)| (Reverse(chars), holder))
            .collect();
        likely.sort_unstable();
        let likely = likely.into_iter().map(|(_, holder)| holder);
        let fallback = common.iter().copied();
        let mut few: Vec<usize> = likely.take(COUNTED).collect();
        if few.is_empty() {
            few.extend(fallback.take(COUNTED));
        }
        few
    }
}

/// How much of what `wanted` said `document` has, in characters.
pub(super) fn shared(wanted: &Entry, document: &Entry) -> u64 {
    let mut left: HashMap<Piece, usize> = HashMap::new();
    for piece in document.pieces() {
        *left.entry(*piece).or_default() += 1;
    }
    let mut chars = 0;
    for piece in wanted.pieces() {
        if let Some(count @ 1..) = left.get_mut(piece) {
            *count -= 1;
            chars += u64::from(piece.chars);
        }
    }
    chars
}
