//! `lacuna.lock`: what the documents of a folder said when somebody last agreed to it.
//!
//! Sorted text, a line a document, with an empty line after each, so that git merges changes of
//! neighbours. `docs/lock.md` says what is in a line. Lines are kept as they stand: most are never
//! taken apart, since a document that did not change has the very same one.

mod line;
mod path;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Place;

use super::entry::{Entry, chars};
use crate::text::CANONICAL_FORM;
use crate::{Error, ErrorKind};

pub use line::{parse, written};
pub(super) use path::{escaped, unescaped};

/// The name of a lock file.
pub const NAME: &str = "lacuna.lock";

/// The version of the format.
const VERSION: u32 = 1;

/// What a lock file knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// For each path what its line says of the document: what [`written`] gives.
    pub lines: BTreeMap<String, String>,
}

/// What git puts around the two sides of a conflict, and between them.
const CONFLICT: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// How conflicts of a merge are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflicts {
    /// They are an error.
    Refuse,
    /// Both sides count; of two lines for one document, that which has more text.
    Join,
}

impl Lock {
    /// Reads a lock file.
    ///
    /// # Errors
    /// [`ErrorKind::Config`], with the line, if `text` is no lock file of this version, or has
    /// conflicts that are not to be joined.
    pub fn parse(text: &str, conflicts: Conflicts) -> Result<Self, Error> {
        let mut lines = text.lines().zip(1..);
        let (header, _) = lines.next().unwrap_or_default();
        if header != self::header() {
            return Err(Error::new(ErrorKind::Config, wrong_header(header)));
        }
        let mut lock = Self::default();
        for (line, number) in lines {
            let is_marker = is_conflict(line);
            if line.is_empty() || (is_marker && conflicts == Conflicts::Join) {
                continue;
            }
            let wrong = |why: &str| {
                let message = format!("line {number} {why}");
                Error::new(ErrorKind::Config, message)
            };
            if is_marker {
                return Err(wrong(
                    "is a conflict of a merge: `lacuna audit --update` joins both sides",
                ));
            }
            let columns = line.split_once('\t');
            let known = columns.and_then(|(path, rest)| Some((path::unescaped(path)?, rest)));
            let (path, known) = known.ok_or_else(|| wrong("does not name a document"))?;
            lock.add(path, known, conflicts)
                .ok_or_else(|| wrong("names a document a second time"))?;
        }
        Ok(lock)
    }

    fn add(&mut self, path: String, known: &str, conflicts: Conflicts) -> Option<()> {
        match self.lines.entry(path) {
            Place::Vacant(place) => {
                place.insert(known.to_owned());
            }
            Place::Occupied(_) if conflicts == Conflicts::Refuse => return None,
            Place::Occupied(mut place) => {
                let size = |line: &str| parse(line).map(|entry| chars(entry.pieces()));
                if size(known) > size(place.get()) {
                    place.insert(known.to_owned());
                }
            }
        }
        Some(())
    }

    /// The lock file.
    pub fn to_text(&self) -> String {
        let mut text = header() + "\n\n";
        for (path, line) in &self.lines {
            text.push_str(&path::escaped(path));
            text.push('\t');
            text.push_str(line);
            text.push_str("\n\n");
        }
        text
    }

    /// What is known of the document at `path`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if its line says something that has no meaning.
    pub fn entry(&self, path: &str) -> Result<Option<Entry>, Error> {
        let Some(line) = self.lines.get(path) else {
            return Ok(None);
        };
        let wrong = || {
            let message = format!("the line of {} has no meaning", path::escaped(path));
            Error::new(ErrorKind::Config, message)
        };
        parse(line).map(Some).ok_or_else(wrong)
    }
}

/// Whether git put `line` there.
fn is_conflict(line: &str) -> bool {
    CONFLICT.iter().any(|mark| line.starts_with(mark)) && !line.contains('\t')
}

fn header() -> String {
    format!("# lacuna.lock {VERSION}, canonical form {CANONICAL_FORM}")
}

fn wrong_header(found: &str) -> String {
    match found.strip_prefix("# lacuna.lock ") {
        Some(version) => format!(
            "was written by another version ({version}): delete it and run `lacuna audit --init`"
        ),
        None => "is no lock file: its first line should say so".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::entry::Piece;

    fn line(chars: u32) -> String {
        let piece = Piece { hash: 7, chars };
        written(&Entry {
            blocks: vec![vec![piece]],
            ..Entry::default()
        })
    }

    fn lock(documents: &[(&str, u32)]) -> Lock {
        let lines = documents.iter();
        Lock {
            lines: lines
                .map(|(path, chars)| ((*path).to_owned(), line(*chars)))
                .collect(),
        }
    }

    #[test]
    fn a_lock_comes_back_as_it_was() {
        for lock in [lock(&[]), lock(&[("a.md", 1), ("b\tc\n.md", 2)])] {
            let text = lock.to_text();
            assert_eq!(Lock::parse(&text, Conflicts::Refuse).unwrap(), lock);
        }
        let entry = lock(&[("a.md", 5)]).entry("a.md").unwrap().unwrap();
        assert_eq!(entry.chars(), 5);
        assert!(lock(&[]).entry("a.md").unwrap().is_none());
    }

    #[test]
    fn what_is_no_lock_is_refused_with_its_line() {
        let check = |text: &str, expected: &str| {
            let error = Lock::parse(text, Conflicts::Refuse).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        };
        let one = lock(&[("a.md", 1)]).to_text();
        check("", "is no lock file");
        check(
            "# lacuna.lock 9, canonical form 1\n",
            "another version (9, canonical form 1)",
        );
        check(&format!("{one}b.md\n"), "line 5 does not name a document");
        check(
            &format!("{one}a.md\tx\n"),
            "line 5 names a document a second time",
        );
        check(&format!("{one}<<<<<<< HEAD\n"), "line 5 is a conflict");
        let wrong = Lock::parse(&format!("{one}b.md\tx\n"), Conflicts::Refuse).unwrap();
        assert!(wrong.entry("b.md").is_err());
    }

    #[test]
    fn both_sides_of_a_conflict_are_joined() {
        let (small, large) = (line(1), line(2));
        let head = header();
        for (ours, theirs) in [(&small, &large), (&large, &small)] {
            let text = format!(
                "{head}\n\n<<<<<<< ours\na.md\t{ours}\n=======\na.md\t{theirs}\n\nb.md\t{small}\n>>>>>>> theirs\n"
            );
            assert!(Lock::parse(&text, Conflicts::Refuse).is_err());
            let joined = Lock::parse(&text, Conflicts::Join).unwrap();
            assert_eq!(joined, lock(&[("a.md", 2), ("b.md", 1)]));
        }
    }
}
