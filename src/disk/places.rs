//! Which file gets which name, where several want names that some systems take for one.

use std::collections::{HashMap, HashSet};

use icu_normalizer::ComposingNormalizerBorrowed;

use super::name::LONGEST_PART;

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// A name that a file is to have, and how it is to be told from another of that name.
pub type Wanted<'a> = &'a [u8];

/// A name for each file, of which no two are one on a system where case or the form of accents
/// does not count, and none is another's folder. The same on every system.
///
/// A file gets the name it wants if no file before it has it, and no file lies in a folder of that
/// name; else the first of `name (2).md`, `name (3).md`, … that is free, cut short before the
/// bracket if it would be too long.
pub fn places(wanted: &[Wanted<'_>]) -> Vec<Vec<u8>> {
    let mut folders = HashSet::new();
    for name in wanted {
        folders.extend(above(name).map(fold));
    }
    let mut taken = HashSet::new();
    // Where the search for a free number goes on, so that many of one name stay linear.
    let mut next: HashMap<Vec<u8>, u64> = HashMap::new();
    // No numbered name may push aside one that is wanted later.
    let claimed: HashSet<Vec<u8>> = wanted.iter().map(|name| fold(name)).collect();
    let mut place = |name: &Wanted<'_>| {
        let folded = fold(name);
        if !folders.contains(&folded) && taken.insert(folded.clone()) {
            return name.to_vec();
        }
        let number = next.entry(folded).or_insert(2);
        loop {
            let other = numbered(name, *number);
            *number += 1;
            let folded = fold(&other);
            let free = !folders.contains(&folded) && !claimed.contains(&folded);
            if free && taken.insert(folded) {
                return other;
            }
        }
    };
    wanted.iter().map(&mut place).collect()
}

/// The folders above a name.
fn above(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    let slashes = name.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes.map(|(at, _)| &name[..at])
}

/// What two names have in common that some system takes for one. Bytes that are not UTF-8 stay.
pub(super) fn fold(name: &[u8]) -> Vec<u8> {
    let mut folded = Vec::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        let upper: String = NFC.normalize(chunk.valid()).to_uppercase();
        let lower = upper.to_lowercase();
        folded.extend_from_slice(NFC.normalize(&lower).as_bytes());
        folded.extend_from_slice(chunk.invalid());
    }
    folded
}

/// `a/b.md` -> `a/b (2).md`.
fn numbered(name: &[u8], number: u64) -> Vec<u8> {
    let start = name
        .iter()
        .rposition(|byte| *byte == b'/')
        .map_or(0, |at| at + 1);
    let (folder, file) = name.split_at(start);
    let dot = file
        .iter()
        .rposition(|byte| *byte == b'.')
        .filter(|at| *at > 0);
    let (stem, extension) = file.split_at(dot.unwrap_or(file.len()));
    let number = format!(" ({number})");
    let room = LONGEST_PART.saturating_sub(number.len() + extension.len());
    let stem = shortened(stem, room);
    [folder, stem, number.as_bytes(), extension].concat()
}

/// The first `len` bytes of `text`, or a few fewer, so that no character is cut.
fn shortened(text: &[u8], len: usize) -> &[u8] {
    let mut end = text.len().min(len);
    let inside = |end: usize| text.get(end).is_some_and(|byte| byte & 0xC0 == 0x80);
    while end > 0 && len.saturating_sub(end) < 3 && inside(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(wanted: &[&str], expected: &[&str]) {
        let names: Vec<&[u8]> = wanted.iter().map(|name| name.as_bytes()).collect();
        let found = places(&names);
        let found: Vec<_> = found
            .iter()
            .map(|name| String::from_utf8_lossy(name))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_first_keeps_its_name() {
        check(&["a.md", "b.md"], &["a.md", "b.md"]);
        check(&["a.md", "a.md", "a.md"], &["a.md", "a (2).md", "a (3).md"]);
        check(&["A/b.md", "a/B.md"], &["A/b.md", "a/B (2).md"]);
        check(&["x", "x", ".x", ".x"], &["x", "x (2)", ".x", ".x (2)"]);
        check(
            &["caf\u{e9}.md", "CAFE\u{301}.md"],
            &["caf\u{e9}.md", "CAFE\u{301} (2).md"],
        );
        check(
            &["straße.md", "STRASSE.md"],
            &["straße.md", "STRASSE (2).md"],
        );
        check(
            &["a.md", "A.md", "a (2).md"],
            &["a.md", "A (3).md", "a (2).md"],
        );
        check(&["课/一.md", "课/一.md"], &["课/一.md", "课/一 (2).md"]);
    }

    #[test]
    fn a_file_is_no_folder() {
        check(&["a", "A/b"], &["a (2)", "A/b"]);
        check(&["a/b", "a"], &["a/b", "a (2)"]);
    }

    #[test]
    fn a_long_name_is_cut_before_its_number() {
        let long = "课".repeat(84) + ".md";
        assert_eq!(long.len(), 255);
        let cut = "课".repeat(82) + " (2).md";
        check(&[&long, &long], &[&long, &cut]);
    }

    proptest! {
        #[test]
        fn no_two_fold_alike(names in prop::collection::vec("[aAb](/[aAbé.]){0,2}( \\(2\\))?", 0..12)) {
            let wanted: Vec<&[u8]> = names.iter().map(String::as_bytes).collect();
            let found = places(&wanted);
            let folded: HashSet<Vec<u8>> = found.iter().map(|name| fold(name)).collect();
            prop_assert_eq!(folded.len(), names.len());
            for name in &found {
                for folder in above(name) {
                    prop_assert!(!folded.contains(&fold(folder)));
                }
            }
        }
    }
}
