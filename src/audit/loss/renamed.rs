//! Documents that have another name now.

use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

use crate::audit::entry::{Entry, chars};
use crate::audit::holders::{Holders, shared};

/// For each of `gone`, which no document at its path is any more, the document among `new` that is
/// it under another name: that says the same, or else has the most of its text, and at least half
/// of it.
pub fn renamed(gone: &[&Entry], new: &[&Entry]) -> Vec<Option<usize>> {
    let mut names = same(gone, new);
    let mut taken = vec![false; new.len()];
    for name in names.iter().flatten() {
        taken[*name] = true;
    }
    let unnamed = names.iter().zip(gone).filter(|(name, _)| name.is_none());
    let mut holders = Holders::of(unnamed.map(|(_, gone)| *gone));
    for (to, entry) in new.iter().enumerate().filter(|(to, _)| !taken[*to]) {
        holders.add(to, entry);
    }
    let mut pairs: Vec<(Reverse<u64>, usize, usize)> = Vec::new();
    for (at, gone) in gone
        .iter()
        .enumerate()
        .filter(|(at, _)| names[*at].is_none())
    {
        let half = chars(gone.pieces()).div_ceil(2);
        let likely = holders.likely(gone).into_iter();
        let counted = likely.map(|to| (shared(gone, new[to]), to));
        let counted = counted.filter(|(chars, _)| *chars >= half);
        pairs.extend(counted.map(|(chars, to)| (Reverse(chars), at, to)));
    }
    pairs.sort_unstable();
    for (_, from, to) in pairs {
        if names[from].is_none() && !taken[to] {
            names[from] = Some(to);
            taken[to] = true;
        }
    }
    names
}

/// Those that say the same, in order.
fn same(gone: &[&Entry], new: &[&Entry]) -> Vec<Option<usize>> {
    let mut places: HashMap<[u8; 16], VecDeque<usize>> = HashMap::new();
    for (at, entry) in new.iter().enumerate() {
        places.entry(entry.digest).or_default().push_back(at);
    }
    let first = |entry: &&Entry| places.get_mut(&entry.digest).and_then(VecDeque::pop_front);
    gone.iter().map(first).collect()
}
