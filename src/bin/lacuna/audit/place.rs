//! Where an audit is, and what paths are called in it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use lacuna::audit::lock::{Conflicts, Lock, NAME};
use lacuna::source::{Input, shown};

/// The file that says what a project demands.
pub const CONFIG: &str = "lacuna.toml";

/// The folder that an audit is about, and the part of it that is audited.
#[derive(Debug)]
pub struct Place {
    /// The folder that has the lock file, or would have it.
    pub root: PathBuf,
    /// What is audited, as the user named it.
    pub target: PathBuf,
    /// The same, from the root, with `/` between its parts; empty if it is the root.
    inside: String,
}

impl Place {
    /// Looks for the nearest folder with a lock file, from `target` upwards to the root of the
    /// repository; without any, for the nearest with a configuration file; without that, the root is
    /// `target` itself, or the folder it lies in.
    pub fn of(target: &Path) -> anyhow::Result<Self> {
        let absolute = target.canonicalize().with_context(|| shown(target))?;
        let own = match absolute.is_dir() {
            true => absolute.as_path(),
            false => absolute.parent().unwrap_or(&absolute),
        };
        let root = nearest(own, NAME).or_else(|| nearest(own, CONFIG));
        let root = root.unwrap_or(own).to_path_buf();
        let inside = absolute.strip_prefix(&root).map(shown).unwrap_or_default();
        Ok(Self {
            inside: if inside == "." { String::new() } else { inside },
            root,
            target: target.to_path_buf(),
        })
    }

    /// The path from the root of an input below the target that reports call `name`.
    pub fn path(&self, name: &str) -> String {
        let target = shown(&self.target);
        let below = match name.strip_prefix(&target) {
            _ if target == "." => name,
            Some(below) => below.trim_start_matches('/'),
            None => name,
        };
        match (self.inside.as_str(), below) {
            ("", below) => below.to_owned(),
            (inside, "") => inside.to_owned(),
            (inside, below) => format!("{inside}/{below}"),
        }
    }

    /// The path from the root of the file at `path`, if it is below it.
    pub fn path_of(&self, path: &Path) -> Option<String> {
        let absolute = path.canonicalize().ok()?;
        absolute.strip_prefix(&self.root).ok().map(shown)
    }

    /// What leads from the root of the repository to the root of the audit: empty, or with `/` at
    /// its end.
    pub fn prefix(&self) -> String {
        let mut folders = self.root.ancestors();
        let top = folders.find(|folder| folder.join(".git").exists());
        let inside = top.and_then(|top| self.root.strip_prefix(top).ok());
        match inside {
            Some(inside) if inside != Path::new("") => format!("{}/", shown(inside)),
            _ => String::new(),
        }
    }

    /// Whether all documents of the project are audited.
    pub fn is_whole(&self) -> bool {
        self.inside.is_empty()
    }

    /// Whether what is at `path`, from the root, is audited.
    pub fn holds(&self, path: &str) -> bool {
        let below = path.strip_prefix(&self.inside);
        self.inside.is_empty()
            || below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    }

    /// Where the lock file is, or would be.
    pub fn lock_file(&self) -> PathBuf {
        self.root.join(NAME)
    }

    /// The lock, if there is one.
    pub fn lock(&self, conflicts: Conflicts) -> anyhow::Result<Option<Lock>> {
        let path = self.lock_file();
        if !path.exists() {
            return Ok(None);
        }
        let bytes = Input::named(&path)?.read().with_context(|| shown(&path))?;
        let Ok(text) = String::from_utf8(bytes) else {
            bail!("{}: is not UTF-8", shown(&path));
        };
        let lock = Lock::parse(&text, conflicts);
        Ok(Some(lock.with_context(|| shown(&path))?))
    }
}

/// The nearest folder with a file of this name, in the same repository.
fn nearest<'p>(folder: &'p Path, name: &str) -> Option<&'p Path> {
    for folder in folder.ancestors() {
        if folder.join(name).is_file() {
            return Some(folder);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(target: &str, inside: &str) -> Place {
        Place {
            root: PathBuf::from("/r"),
            target: PathBuf::from(target),
            inside: inside.to_owned(),
        }
    }

    #[test]
    fn paths_are_from_the_root() {
        for (target, inside, name, expected) in [
            (".", "", "a/b.md", "a/b.md"),
            (".", "docs", "b.md", "docs/b.md"),
            ("docs", "", "docs/b.md", "b.md"),
            ("docs/", "docs", "docs/b.md", "docs/b.md"),
            ("../x", "x", "../x/b.md", "x/b.md"),
            ("docs/b.md", "docs/b.md", "docs/b.md", "docs/b.md"),
            ("/r", "", "/r/b.md", "b.md"),
        ] {
            let place = place(target, inside);
            assert_eq!(place.path(name), expected, "{target} {name}");
            assert!(place.holds(expected), "{target} {name}");
        }
        assert!(!place("docs", "docs").holds("docs2/a.md"));
        assert!(!place("docs", "docs").holds("a.md"));
    }
}
