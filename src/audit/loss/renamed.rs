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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Options, normalize};

    fn entry(text: &str) -> Entry {
        Entry::of(&normalize(text.as_bytes(), Some("md"), &Options::default()).unwrap())
    }

    fn names(gone: &[Entry], new: &[Entry]) -> Vec<Option<usize>> {
        let [gone, new] = [gone, new].map(|all| all.iter().collect::<Vec<_>>());
        renamed(&gone, &new)
    }

    /// Pages that have most of their text in common.
    fn page(number: usize, edited: &str) -> Entry {
        let footer =
            "All of these pages end in the same words, of which there are many. ".repeat(5);
        entry(&format!(
            "# Page {number}\n\nIts own words: {number}{edited}.\n\n{footer}"
        ))
    }

    #[test]
    fn a_page_of_a_template_is_found_by_its_own_words() {
        let gone: Vec<Entry> = (0..60).map(|number| page(number, "")).collect();
        let new: Vec<Entry> = (0..60).map(|number| page(59 - number, "")).collect();
        assert_eq!(
            names(&gone, &new),
            (0..60).rev().map(Some).collect::<Vec<_>>()
        );
        let edited: Vec<Entry> = (0..60)
            .map(|number| page(59 - number, ", and more"))
            .collect();
        assert_eq!(
            names(&gone, &edited),
            (0..60).rev().map(Some).collect::<Vec<_>>()
        );
    }

    #[test]
    fn equal_documents_are_paired_in_order() {
        let all: Vec<Entry> = (0..40).map(|_| page(1, "")).collect();
        assert_eq!(names(&all, &all), (0..40).map(Some).collect::<Vec<_>>());
        assert_eq!(names(&all[..2], &all[..1]), [Some(0), None]);
    }

    #[test]
    fn less_than_half_is_another_document() {
        let [one, two] = ["one", "two"].map(|own| {
            entry(&format!(
                "{}\n\nThe same words.",
                format!("The {own} has words. ").repeat(3)
            ))
        });
        assert_eq!(names(std::slice::from_ref(&one), &[two]), [None]);
        assert_eq!(names(std::slice::from_ref(&one), &[]), [None]);
    }
}
