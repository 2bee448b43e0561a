//! Where bytes come from: files and folders, a list of files, standard input.
//!
//! [`list`] turns what the user named into a [`Listing`], in which every input stands exactly
//! once: to be read, left out by a rule, or not readable. A pipe, a socket or a device is an input
//! only where the user named it: one that is found is never opened, since it may never end.
//! Reading ([`Input::read`]) is left to the caller, who may do it in threads.

mod file_list;
mod folder;
mod name;
mod read;
mod selection;
mod stamp;

use std::collections::{BTreeSet, HashSet};
use std::mem;
use std::path::{Path, PathBuf};

pub use crate::error::reason;
pub use crate::text::ExclusionRule;
pub use file_list::file_names;
pub use name::shown;
pub use selection::{Glob, IgnoreFiles, Selection, file_types};
pub use stamp::Stamp;

use crate::{Error, ErrorKind};
use folder::Folder;

/// What the user named.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Files, which are always taken, and folders, of which the [`Selection`] is taken. `-` is
    /// standard input. Pipes and devices are taken like files.
    pub paths: Vec<PathBuf>,
    /// Files from a list. Always taken, if they are regular files: a list is made by a program,
    /// that may have come upon a pipe. A folder among them cannot be read, and `-` is a file of
    /// that name.
    pub files: Vec<PathBuf>,
}

/// All inputs, each once, in the byte order of their names.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// To be read.
    pub inputs: Vec<Input>,
    /// Left out by a rule.
    pub excluded: Vec<Excluded>,
    /// Not readable.
    pub unreadable: Vec<Unreadable>,
    /// What else went wrong: lines of ignore files that have no meaning.
    pub warnings: Vec<String>,
}

/// An input to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name, for people: with `/` between its parts, `-` for standard input, and bytes that
    /// are not UTF-8 as `\xE9`.
    pub name: String,
    /// Where it is; `None` is standard input.
    pub(crate) path: Option<PathBuf>,
    /// Whether it can be read once only, as a pipe can.
    once: bool,
}

impl Input {
    /// The file, pipe or device at `path`, which the user named; `-` is standard input.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`] if there is nothing at `path`, or a folder.
    pub fn named(path: &Path) -> Result<Self, Error> {
        let trouble = |why: &str| Err(Error::new(ErrorKind::Io, why));
        let find = match Kind::of(path) {
            _ if path.as_os_str() == "-" => Find::stdin(),
            Kind::None(why) => return trouble(&why),
            Kind::Folder => return trouble("is a folder"),
            Kind::File => Find::file(path, PathBuf::new()),
            Kind::Special => Find::special(path, PathBuf::new()),
        };
        Ok(find.input())
    }
}

/// An input that a rule leaves out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excluded {
    /// Its name. A folder that is left out counts once, whatever it holds: it is never opened.
    /// Its name ends with `/`.
    pub name: String,
    /// The rule.
    pub rule: ExclusionRule,
}

/// An input that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable {
    /// Its name.
    pub name: String,
    /// Why, without the name.
    pub why: String,
}

/// Finds every input among what was named.
///
/// # Errors
/// [`crate::ErrorKind::Usage`] if a glob or a file type of `selection` has no meaning.
pub fn list(named: &Named, selection: &Selection) -> Result<Listing, Error> {
    let rules = selection.build()?;
    let mut finds = Finds::default();
    finds.listing.warnings.extend_from_slice(&rules.warnings);
    let mut folders = BTreeSet::new();
    for path in &named.paths {
        if path.as_os_str() == "-" {
            finds.take(Find::stdin());
        } else {
            match Kind::of(path) {
                Kind::Folder if !folders.insert(shown(path)) => {
                    finds.exclude(path, true, ExclusionRule::Repeated);
                }
                Kind::Folder => Folder::new(path, &rules).walk(&mut finds),
                Kind::File => finds.take(Find::file(path, identity(path))),
                Kind::Special => finds.take(Find::special(path, identity(path))),
                Kind::None(why) => finds.unreadable(path, &why),
            }
        }
    }
    for path in &named.files {
        match Kind::of(path) {
            Kind::Folder => finds.unreadable(path, "is a folder, where a file is expected"),
            Kind::File => finds.take(Find::file(path, identity(path))),
            Kind::Special => finds.exclude(path, false, ExclusionRule::Special),
            Kind::None(why) => finds.unreadable(path, &why),
        }
    }
    Ok(finds.listing())
}

/// What is at a path, links followed.
enum Kind {
    Folder,
    File,
    /// A pipe, a socket, a device.
    Special,
    /// Nothing, and why.
    None(String),
}

impl Kind {
    fn of(path: &Path) -> Self {
        match path.metadata() {
            Err(error) => Self::None(reason(&error)),
            Ok(meta) if meta.is_dir() => Self::Folder,
            Ok(meta) if meta.is_file() => Self::File,
            Ok(_) => Self::Special,
        }
    }
}

/// A file that was found.
struct Find {
    name: String,
    path: Option<PathBuf>,
    /// What two names of the same file have in common.
    identity: PathBuf,
    once: bool,
}

impl Find {
    fn stdin() -> Self {
        Self {
            name: String::from("-"),
            path: None,
            identity: PathBuf::from("-"),
            once: true,
        }
    }

    fn file(path: &Path, identity: PathBuf) -> Self {
        Self {
            name: shown(path),
            path: Some(path.to_path_buf()),
            identity,
            once: false,
        }
    }

    fn special(path: &Path, identity: PathBuf) -> Self {
        Self {
            once: true,
            ..Self::file(path, identity)
        }
    }

    fn input(self) -> Input {
        Input {
            name: self.name,
            path: self.path,
            once: self.once,
        }
    }
}

/// What was found so far, in no order.
#[derive(Default)]
struct Finds {
    taken: Vec<Find>,
    listing: Listing,
}

impl Finds {
    fn take(&mut self, find: Find) {
        self.taken.push(find);
    }

    fn exclude(&mut self, path: &Path, is_dir: bool, rule: ExclusionRule) {
        let mut name = shown(path);
        if is_dir && !name.ends_with('/') {
            name.push('/');
        }
        self.listing.excluded.push(Excluded { name, rule });
    }

    fn unreadable(&mut self, path: &Path, why: &str) {
        self.listing.unreadable.push(Unreadable {
            name: shown(path),
            why: why.to_owned(),
        });
    }

    fn warn(&mut self, warning: String) {
        self.listing.warnings.push(warning);
    }

    /// Each input once, in order. Of several names of one file the first in byte order is kept,
    /// so that the order in which they were given decides nothing.
    fn listing(mut self) -> Listing {
        self.taken
            .sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
        let mut listing = self.listing;
        let mut seen = HashSet::new();
        for mut find in self.taken {
            if seen.insert(mem::take(&mut find.identity)) {
                listing.inputs.push(find.input());
            } else {
                listing.excluded.push(Excluded {
                    name: find.name,
                    rule: ExclusionRule::Repeated,
                });
            }
        }
        listing.settle();
        listing
    }
}

impl Listing {
    /// Puts what was left out in order. What one folder leaves out and another name takes is
    /// taken; what two walks leave out is left out once.
    fn settle(&mut self) {
        let named = |name: &String| {
            self.inputs
                .binary_search_by(|input| input.name.cmp(name))
                .is_ok()
        };
        self.excluded
            .retain(|left| left.rule == ExclusionRule::Repeated || !named(&left.name));
        self.excluded.sort();
        self.excluded
            .dedup_by(|a, b| a == b && a.rule != ExclusionRule::Repeated);
        self.unreadable.sort();
        self.unreadable.dedup();
        self.warnings.sort();
        self.warnings.dedup();
    }
}

/// What two names of the same file have in common: the path without links. A second hard link is
/// a file of its own.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
