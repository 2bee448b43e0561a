//! Where documents lie, as far as they may be tidied.

use std::fs;
use std::path::{Path, PathBuf};

use lacuna::disk::OWN_FOLDER;
use lacuna::source::{Input, shown};

use super::resolved;

/// A folder that is tidied.
#[derive(Debug)]
pub struct Root {
    /// As it was named.
    pub named: PathBuf,
    /// Without links on the way.
    pub folder: PathBuf,
}

/// The folders that are tidied.
#[derive(Debug)]
pub struct Roots(Vec<Root>);

/// The file of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Where it is, without links on the way.
    pub path: PathBuf,
    /// The folder that it is tidied in: an index.
    pub root: usize,
    /// Which file it is, where the system tells.
    pub id: Option<(u64, u64)>,
}

impl Roots {
    /// The folders among `paths`, and those that hold the files among them.
    pub fn of(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut roots: Vec<Root> = Vec::new();
        for path in paths {
            let named = match path.is_dir() {
                true => path.clone(),
                false => above(path),
            };
            if !named.is_dir() {
                // What is not there is told of when it is listed.
                continue;
            }
            let folder = resolved(&named)?;
            if !roots.iter().any(|root| root.folder == folder) {
                roots.push(Root { named, folder });
            }
        }
        Ok(Self(roots))
    }

    /// The folders, each told by its index.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Root)> {
        self.0.iter().enumerate()
    }

    /// The file of `input`, if it is a regular file in one of the folders, by its own name, and not
    /// the program's own.
    pub fn place(&self, input: &Input) -> Option<Filed> {
        let path = input.absolute()?;
        let path = path.parent()?.canonicalize().ok()?.join(path.file_name()?);
        let meta = fs::symlink_metadata(&path)
            .ok()
            .filter(fs::Metadata::is_file)?;
        let within = self.iter().filter_map(|(at, root)| {
            let way = path.strip_prefix(&root.folder).ok()?;
            Some((at, way))
        });
        // Of folders in one another the inner one is meant.
        let (root, way) = within.min_by_key(|(_, way)| way.components().count())?;
        let is_own = way.iter().any(|part| part == OWN_FOLDER);
        (!is_own).then(|| Filed {
            root,
            id: id(&meta),
            path,
        })
    }

    /// What to call `path`, which may lie in one of the folders.
    pub fn shown(&self, path: &Path) -> String {
        let within = self.0.iter().filter_map(|root| {
            let way = path.strip_prefix(&root.folder).ok()?;
            Some((root, way))
        });
        match within.min_by_key(|(_, way)| way.components().count()) {
            Some((root, way)) => shown(&root.named.join(way)),
            None => shown(path),
        }
    }
}

/// The folder that holds `path`.
pub fn above(path: &Path) -> PathBuf {
    match path.parent() {
        Some(above) if above.as_os_str().is_empty() => PathBuf::from("."),
        Some(above) => above.to_path_buf(),
        None => path.to_path_buf(),
    }
}

#[cfg(unix)]
fn id(meta: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn id(_: &fs::Metadata) -> Option<(u64, u64)> {
    None
}
