//! Files that are no text, compared by their bytes.

use std::collections::{BTreeMap, HashMap, HashSet};

use lacuna::report::FileStanding;
use lacuna::scan::Scope;
use lacuna::source::{Input, Unreadable};
use lacuna::text::Digest;
use rayon::prelude::*;

/// A file of one folder, and the one of the other that corresponds to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub standing: FileStanding,
    /// The path below the first folder.
    pub base: Option<String>,
    /// The path below the second folder.
    pub copy: Option<String>,
}

/// Compares the files of the two folders of `scope`. Only files whose size there is in both folders
/// are read. Gives them by path, and those that could not be read.
pub fn compare(inputs: &[Input], scope: &Scope) -> (Vec<Other>, Vec<Unreadable>) {
    let place = |input: &Input| scope.place(&input.name);
    let mut sizes: HashMap<u64, HashSet<u32>> = HashMap::new();
    for input in inputs {
        let places = sizes.entry(input.size().unwrap_or(0)).or_default();
        places.insert(place(input));
    }
    let digests: Vec<Result<Option<Digest>, String>> = inputs
        .par_iter()
        .map(|input| {
            let size = input.size().unwrap_or(0);
            let in_both = sizes.get(&size).is_some_and(|places| places.len() > 1);
            in_both
                .then(|| input.digest().map_err(|error| error.to_string()))
                .transpose()
        })
        .collect();
    let mut files = Files::default();
    let mut unreadable = Vec::new();
    for (input, digest) in inputs.iter().zip(digests) {
        match digest {
            Ok(digest) => files.add(scope.below(&input.name), place(input) == 0, digest),
            Err(why) => unreadable.push(Unreadable {
                name: input.name.clone(),
                why,
            }),
        }
    }
    (files.compare(), unreadable)
}

/// The files of both folders by path; of those that can have an equal, the digest.
#[derive(Default)]
struct Files {
    base: BTreeMap<String, Option<Digest>>,
    copy: BTreeMap<String, Option<Digest>>,
}

impl Files {
    fn add(&mut self, path: &str, in_base: bool, digest: Option<Digest>) {
        let side = if in_base {
            &mut self.base
        } else {
            &mut self.copy
        };
        side.insert(path.to_owned(), digest);
    }

    fn compare(mut self) -> Vec<Other> {
        let with = [first_with(&self.base), first_with(&self.copy)];
        let mut same = self.pairs(|path, digest| Some((digest?, path.to_owned())));
        same.extend(self.pairs(|_, digest| digest));
        // One more file with bytes that the other folder has, too.
        let again = |list: &mut BTreeMap<String, Option<Digest>>,
                     with: &HashMap<Digest, String>| {
            let found = list.extract_if(.., |_, digest| {
                digest.is_some_and(|d| with.contains_key(&d))
            });
            let twin = |digest: Option<Digest>| with.get(&digest?).cloned();
            let found = found.filter_map(|(path, digest)| Some((path, twin(digest)?)));
            found.collect::<Vec<_>>()
        };
        same.extend(again(&mut self.base, &with[1]));
        let copies = again(&mut self.copy, &with[0]).into_iter();
        same.extend(copies.map(|(copy, base)| (base, copy)));
        let differ = self.pairs(|path, _| Some(path.to_owned()));
        let mut told: Vec<Other> = Vec::new();
        for (standing, pairs) in [(FileStanding::Same, same), (FileStanding::Differs, differ)] {
            told.extend((pairs.into_iter()).map(|(base, copy)| Other {
                standing,
                base: Some(base),
                copy: Some(copy),
            }));
        }
        told.extend(self.base.into_keys().map(|path| Other {
            standing: FileStanding::OnlyInBase,
            base: Some(path),
            copy: None,
        }));
        told.extend(self.copy.into_keys().map(|path| Other {
            standing: FileStanding::OnlyInCopy,
            base: None,
            copy: Some(path),
        }));
        told.sort_by(|a, b| (&a.base, &a.copy).cmp(&(&b.base, &b.copy)));
        told
    }

    /// Takes out files of equal keys, in pairs.
    fn pairs<K: Ord>(
        &mut self,
        key: impl Fn(&str, Option<Digest>) -> Option<K>,
    ) -> Vec<(String, String)> {
        let mut waiting: BTreeMap<K, Vec<String>> = BTreeMap::new();
        for (path, digest) in self.copy.iter().rev() {
            if let Some(key) = key(path, *digest) {
                waiting.entry(key).or_default().push(path.clone());
            }
        }
        let mut pairs = Vec::new();
        for (path, digest) in &self.base {
            let twins = key(path, *digest).and_then(|key| waiting.get_mut(&key));
            if let Some(twin) = twins.and_then(Vec::pop) {
                pairs.push((path.clone(), twin));
            }
        }
        for (base, copy) in &pairs {
            self.base.remove(base);
            self.copy.remove(copy);
        }
        pairs
    }
}

/// The first path with each digest.
fn first_with(files: &BTreeMap<String, Option<Digest>>) -> HashMap<Digest, String> {
    let mut first = HashMap::new();
    for (path, digest) in files {
        if let Some(digest) = digest {
            first.entry(*digest).or_insert_with(|| path.clone());
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files as `path=content`, a letter for the bytes; `-` for bytes of a size that only one
    /// folder has.
    #[track_caller]
    fn check(base: &str, copy: &str, expected: &[&str]) {
        let mut files = Files::default();
        for (in_base, list) in [(true, base), (false, copy)] {
            for file in list.split_whitespace() {
                let (path, bytes) = file.split_once('=').unwrap();
                let digest = (bytes != "-").then(|| Digest([bytes.as_bytes()[0]; 32]));
                files.add(path, in_base, digest);
            }
        }
        let told: Vec<String> = (files.compare().into_iter())
            .map(|file| {
                let path = |path: Option<String>| path.unwrap_or_else(|| "-".to_owned());
                let standing = file.standing.name();
                format!("{} {} {standing}", path(file.base), path(file.copy))
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn files_are_paired_by_bytes_then_by_name() {
        check("", "", &[]);
        check("a=x", "a=x", &["a a same"]);
        check("a=x", "b=x", &["a b same"]);
        check("a=x b=x", "b=x c=x", &["a c same", "b b same"]);
        check("a=x b=x", "b=x", &["a b same", "b b same"]);
        check("b=x", "a=x b=x", &["b a same", "b b same"]);
        check("a=x b=y", "a=y b=x", &["a b same", "b a same"]);
        check("a=-", "a=-", &["a a differs"]);
        check("a=x c=y", "a=z b=y", &["a a differs", "c b same"]);
        check("a=x", "b=y", &["- b only in copy", "a - only in base"]);
    }
}
