use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, Error};

use super::selection::Rules;
use super::{Find, Finds, identity, reason};
use crate::text::ExclusionRule;

/// One walk through a folder that the user named.
///
/// The walk itself yields what the rules take. What they leave out is what else stands in the
/// folders that it opened: those are listed a second time, without rules.
pub(super) struct Folder<'r> {
    root: &'r Path,
    rules: &'r Rules,
    identity: PathBuf,
    /// Everything that the walk yielded or could not read.
    met: HashSet<PathBuf>,
    /// The folders that it opened.
    opened: Vec<PathBuf>,
}

impl<'r> Folder<'r> {
    pub fn new(root: &'r Path, rules: &'r Rules) -> Self {
        Self {
            root,
            rules,
            identity: identity(root),
            met: HashSet::new(),
            opened: Vec::new(),
        }
    }

    /// Adds every file under the folder to `finds`.
    pub fn walk(mut self, finds: &mut Finds) {
        for entry in self.rules.walk(self.root) {
            match entry {
                Ok(entry) => self.entry(&entry, finds),
                Err(error) => self.error(&error, finds),
            }
        }
        for folder in &self.opened {
            self.left_out(folder, finds);
        }
    }

    fn entry(&mut self, entry: &DirEntry, finds: &mut Finds) {
        let path = entry.path();
        if let Some(error) = entry.error() {
            finds.warn(error.to_string());
        }
        match entry.file_type() {
            // The root may be a link, which is followed since it was named.
            _ if entry.depth() == 0 => self.folder(entry, finds),
            Some(kind) if kind.is_dir() => self.folder(entry, finds),
            Some(kind) if kind.is_file() => finds.take(Find::file(path, self.identity_of(path))),
            Some(kind) if kind.is_symlink() => finds.exclude(path, false, ExclusionRule::Symlink),
            _ => finds.exclude(path, false, ExclusionRule::Special),
        }
        self.met.insert(path.to_path_buf());
    }

    fn folder(&mut self, entry: &DirEntry, finds: &mut Finds) {
        let path = entry.path();
        if self.rules.max_depth == Some(entry.depth()) {
            finds.exclude(path, true, ExclusionRule::Depth);
        } else if self.rules.one_file_system && !same_file_system(self.root, path) {
            finds.exclude(path, true, ExclusionRule::FileSystem);
        } else {
            self.opened.push(path.to_path_buf());
        }
    }

    fn error(&mut self, error: &Error, finds: &mut Finds) {
        match Problem::of(error) {
            Problem::Loop(path) => {
                finds.exclude(path, false, ExclusionRule::Loop);
                self.met.insert(path.to_path_buf());
            }
            Problem::Unreadable(path, why) => {
                let path = path.unwrap_or(self.root);
                finds.unreadable(path, &why);
                self.met.insert(path.to_path_buf());
            }
            Problem::Rule => finds.warn(error.to_string()),
        }
    }

    /// Adds what stands in `folder` and was not met.
    fn left_out(&self, folder: &Path, finds: &mut Finds) {
        // A folder that cannot be listed, or not to its end, the walk has reported.
        let Ok(entries) = folder.read_dir() else {
            return;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if !self.met.contains(&path) {
                let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
                let rule = self.rules.that_excludes(&path, is_dir);
                finds.exclude(&path, is_dir, rule);
            }
        }
    }

    /// Without links inside the folder a path is as good as resolved, which saves asking the
    /// system about each.
    fn identity_of(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(self.root) {
            Ok(rest) if !self.rules.follow => self.identity.join(rest),
            _ => identity(path),
        }
    }
}

/// What an error of a walk is about.
enum Problem<'e> {
    /// A link that leads to a folder around it.
    Loop(&'e Path),
    /// Something that the system does not give: its path, and why.
    Unreadable(Option<&'e Path>, String),
    /// A file with ignore rules that could not be read, or has lines without meaning.
    Rule,
}

impl<'e> Problem<'e> {
    fn of(error: &'e Error) -> Self {
        let (mut error, mut path) = (error, None);
        let mut from_walk = false;
        loop {
            match error {
                Error::WithPath { path: at, err } => (path, error) = (Some(at.as_path()), err),
                Error::WithDepth { err, .. } => (from_walk, error) = (true, err),
                Error::WithLineNumber { err, .. } => error = err,
                Error::Loop { child, .. } => return Self::Loop(child),
                Error::Io(error) if from_walk => return Self::Unreadable(path, cause(error)),
                _ => return Self::Rule,
            }
        }
    }
}

/// The system's own error, which walking wraps twice.
fn cause(error: &io::Error) -> String {
    let system = error
        .get_ref()
        .and_then(|walk| walk.source())
        .and_then(|error| error.downcast_ref::<io::Error>());
    reason(system.unwrap_or(error))
}

#[cfg(unix)]
fn same_file_system(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    match (a.metadata(), b.metadata()) {
        (Ok(a), Ok(b)) => a.dev() == b.dev(),
        _ => true,
    }
}

#[cfg(not(unix))]
fn same_file_system(_: &Path, _: &Path) -> bool {
    true
}
