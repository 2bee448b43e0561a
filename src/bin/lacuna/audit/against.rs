//! What documents are compared with: the lock file, or a revision.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use lacuna::audit::Known;
use lacuna::audit::document::Seen;
use lacuna::audit::lock::{Conflicts, Lock, NAME};
use lacuna::report::Against;
use lacuna::source::{Selection, shown};
use rayon::prelude::*;

use super::git::{Repository, Revision};
use super::{Tree, Ways};
use crate::reading::Reading;

/// What documents are compared with.
pub struct Base {
    /// What it knows.
    pub lock: Lock,
    /// What reports call it.
    pub name: Against,
    /// The commit that it is of, or that wrote it: what later commits allow is allowed.
    pub since: Option<Revision>,
}

impl Base {
    /// The lock file, or nothing if there is none.
    pub fn lock_file(ways: &Ways<'_>, conflicts: Conflicts) -> anyhow::Result<Self> {
        let lock = ways.place.lock(conflicts)?;
        let name = lock.as_ref().map(|lock| Against::Lock {
            path: NAME.to_owned(),
            documents: lock.lines.len(),
        });
        Ok(Self {
            lock: lock.unwrap_or_default(),
            name: name.unwrap_or_default(),
            since: None,
        })
    }

    /// The documents of a revision, as a lock would know them. Those that did not change since are
    /// not read.
    pub fn revision(
        name: &str,
        tree: &Tree,
        selection: &Selection,
        ways: &Ways<'_>,
    ) -> anyhow::Result<Self> {
        let repository = Repository::of(&ways.place.root);
        let revision = repository.revision(name)?;
        let files = repository.files(&revision)?;
        let changed = repository.changed(&revision)?;
        let takes = selection.names()?;
        let mut lock = Lock::default();
        let mut old: BTreeMap<&str, &str> = BTreeMap::new();
        for (path, blob) in files.iter().filter(|(path, _)| ways.place.holds(path)) {
            let now = tree.document(path);
            match now.filter(|_| !changed.contains(path)) {
                Some(now) => {
                    lock.lines.insert(path.clone(), now.known.line.clone());
                }
                None if now.is_some() || takes(Path::new(path)) => {
                    old.insert(path, blob);
                }
                None => {}
            }
        }
        lock.lines.extend(read(&repository, &old, ways)?);
        Ok(Self {
            name: Against::Revision {
                name: name.to_owned(),
                documents: lock.lines.len(),
            },
            lock,
            since: Some(revision),
        })
    }

    /// Whether there is nothing that documents are compared with.
    pub fn is_nothing(&self) -> bool {
        self.name == Against::Nothing
    }
}

/// What a lock would say of blobs, by path. Those that are no documents say nothing.
fn read(
    repository: &Repository,
    blobs: &BTreeMap<&str, &str>,
    ways: &Ways<'_>,
) -> anyhow::Result<Vec<(String, String)>> {
    if blobs.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<&str> = blobs.values().copied().collect();
    let contents = repository.read(&names)?;
    let documents: Vec<(&&str, Vec<u8>)> = blobs.keys().zip(contents).collect();
    let lines = documents.par_iter().map(|(path, bytes)| {
        let extension = Path::new(path).extension().and_then(|one| one.to_str());
        match ways.reader.read_content(bytes, extension) {
            Reading::Read(witness) => {
                let known = Known::of(
                    &Seen {
                        bytes,
                        witness: &witness,
                    },
                    ways.phrases,
                );
                Ok(Some(((**path).to_owned(), known.line)))
            }
            Reading::Excluded(_) => Ok(None),
            Reading::Unreadable(why) => bail!("{}: {why}", shown(Path::new(path))),
        }
    });
    let lines: Vec<Option<_>> = lines
        .collect::<anyhow::Result<_>>()
        .context("the revision")?;
    Ok(lines.into_iter().flatten().collect())
}
