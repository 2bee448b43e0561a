//! Which documents of a heap are compared with which.

use std::collections::{BTreeMap, HashMap};

use crate::index::candidates::{self, Candidates};
use crate::index::signature::Signature;

/// Which documents are compared with which: by the folders that the user names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All with all.
    #[default]
    All,
    /// Only documents that lie in the same one of these folders.
    Within(Vec<String>),
    /// Only documents that lie in different ones of these folders.
    Across(Vec<String>),
}

impl Scope {
    /// Where the document at `path` lies: the number of the lowest of the folders that holds it, or
    /// that is it. All that lie in none are in one place, too; and if folders decide nothing, all.
    pub fn place(&self, path: &str) -> u32 {
        let (Self::Within(folders) | Self::Across(folders)) = self else {
            return 0;
        };
        let holding = folders.iter().enumerate();
        let lowest = holding
            .filter(|(_, folder)| holds(folder, path))
            .max_by_key(|(_, folder)| (*folder != ".", folder.len()));
        lowest.map_or(folders.len(), |(at, _)| at) as u32
    }
}

impl Scope {
    /// The path of a document below the folder that it lies in: of one that is named itself, its
    /// name; of one that lies in none, and if folders decide nothing, its whole path.
    pub fn below<'p>(&self, path: &'p str) -> &'p str {
        let (Self::Within(folders) | Self::Across(folders)) = self else {
            return path;
        };
        let folder = folders.get(self.place(path) as usize);
        let folder = folder.filter(|folder| *folder != ".");
        let rest = folder.and_then(|folder| path.strip_prefix(folder.as_str()));
        match rest.map(|rest| rest.trim_start_matches('/')) {
            Some("") => path.rsplit('/').next().unwrap_or(path),
            Some(rest) => rest,
            None => path,
        }
    }

    /// The candidates among texts, the most complete first, each of which is in one place. Texts
    /// of equal hashes, in different places, are candidates whatever their signatures say.
    pub(super) fn propose(
        &self,
        signatures: &[&Signature],
        places: &[u32],
        hashes: &[u128],
    ) -> Candidates {
        match self {
            Self::All => candidates::propose(signatures, |_, _| true),
            Self::Within(_) => within(signatures, places),
            Self::Across(_) => {
                let place = |text: u32| places.get(text as usize);
                let apart = |one, two| place(one) != place(two);
                let mut found = candidates::propose(signatures, apart);
                found.pairs.extend(equals(hashes));
                found.pairs.sort_unstable();
                found.pairs.dedup();
                found
            }
        }
    }
}

/// What each place proposes by itself, as if it were all there is.
fn within(signatures: &[&Signature], places: &[u32]) -> Candidates {
    let mut by_place: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (text, place) in (0..).zip(places) {
        by_place.entry(*place).or_default().push(text);
    }
    let mut all = Candidates::default();
    for texts in by_place.into_values() {
        let own = texts
            .iter()
            .filter_map(|text| signatures.get(*text as usize));
        let own: Vec<&Signature> = own.copied().collect();
        let text = |at: u32| texts.get(at as usize).copied().unwrap_or(0);
        let found = candidates::propose(&own, |_, _| true);
        all.pairs
            .extend(found.pairs.iter().map(|pair| (text(pair.0), text(pair.1))));
        all.boilerplate
            .extend(found.boilerplate.into_iter().map(|mut passage| {
                passage.text = text(passage.text);
                passage
            }));
    }
    all.pairs.sort_unstable();
    all.boilerplate.sort_unstable();
    all
}

/// Each text that is equal to a more complete one, with the most complete one.
fn equals(hashes: &[u128]) -> Vec<(u32, u32)> {
    let mut first_with = HashMap::new();
    (0..)
        .zip(hashes)
        .filter_map(|(at, hash)| {
            let first = *first_with.entry(hash).or_insert(at);
            (first != at).then_some((first, at))
        })
        .collect()
}

/// Whether `path` is `folder` or lies in it. Both are names as reports show them.
fn holds(folder: &str, path: &str) -> bool {
    match folder {
        "." => !path.starts_with('/') && !path.starts_with("../"),
        _ => path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.ends_with('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_lies_in_the_lowest_folder_that_holds_it() {
        let folders = ["a", "a/b", ".", "/x", "a.md", "-"];
        let folders: Vec<String> = folders.iter().map(|&folder| folder.into()).collect();
        for (path, place) in [
            ("a/1.md", 0),
            ("a/b/1.md", 1),
            ("a/bc/1.md", 0),
            ("ab/1.md", 2),
            ("a.md", 4),
            ("/x/1.md", 3),
            ("/y/1.md", 6),
            ("../a/1.md", 6),
            ("-", 5),
        ] {
            for scope in [
                Scope::Within(folders.clone()),
                Scope::Across(folders.clone()),
            ] {
                assert_eq!(scope.place(path), place, "{path}");
            }
            assert_eq!(Scope::All.place(path), 0);
        }
        assert_eq!(Scope::Within(vec!["/".into()]).place("/a/b"), 0);
    }

    #[test]
    fn a_path_below_a_folder_is_without_it() {
        let folders = ["a", "a/b", ".", "/", "c/a.md"].map(String::from).to_vec();
        let scope = Scope::Across(folders);
        for (path, below) in [
            ("a/1.md", "1.md"),
            ("a/b/x/1.md", "x/1.md"),
            ("ab/1.md", "ab/1.md"),
            ("c/a.md", "a.md"),
            ("/x/1.md", "x/1.md"),
            ("../1.md", "../1.md"),
            (".x/1.md", ".x/1.md"),
        ] {
            assert_eq!(scope.below(path), below);
            assert_eq!(Scope::All.below(path), path);
        }
    }
}
