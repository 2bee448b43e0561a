use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::types::{Types, TypesBuilder};
use ignore::{Walk, WalkBuilder};

use crate::text::ExclusionRule;
use crate::{Error, ErrorKind};

/// Which files of a folder are inputs. Everything here means what it means in ripgrep.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Take files and folders whose names begin with a dot.
    pub hidden: bool,
    /// Which files with ignore rules count.
    pub ignore: IgnoreFiles,
    /// Globs that take files, or leave them out if they begin with `!`. The last one that matches
    /// decides, and it overrides all other rules.
    pub globs: Vec<Glob>,
    /// Take files of these types only; `all` stands for all known ones.
    pub types: Vec<String>,
    /// Leave out files of these types.
    pub types_not: Vec<String>,
    /// Follow symbolic links.
    pub follow: bool,
    /// How many levels of folders to go down; 0 takes nothing of a folder.
    pub max_depth: Option<usize>,
    /// Stay on the file system that the folder is on.
    pub one_file_system: bool,
}

/// A glob in gitignore syntax, relative to the current folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    /// The glob.
    pub pattern: String,
    /// Whether upper and lower case are the same.
    pub any_case: bool,
}

/// Which files with ignore rules count.
#[derive(Clone, Debug)]
pub struct IgnoreFiles {
    /// `.ignore` files.
    pub dot: bool,
    /// `.gitignore` files.
    pub vcs: bool,
    /// `.git/info/exclude`.
    pub exclude: bool,
    /// The user's own ignore file for git.
    pub global: bool,
    /// All of these in the folders above the one that was named, too.
    pub parents: bool,
    /// `.gitignore` files inside git repositories only.
    pub require_git: bool,
    /// More files with rules in gitignore syntax, of lower precedence.
    pub files: Vec<PathBuf>,
}

impl Default for IgnoreFiles {
    fn default() -> Self {
        Self {
            dot: true,
            vcs: true,
            exclude: true,
            global: true,
            parents: true,
            require_git: true,
            files: Vec::new(),
        }
    }
}

/// The file types that there are: name and globs, by name.
pub fn file_types() -> Vec<(String, Vec<String>)> {
    TypesBuilder::new()
        .add_defaults()
        .definitions()
        .into_iter()
        .map(|kind| (kind.name().to_owned(), kind.globs().to_vec()))
        .collect()
}

impl Selection {
    /// Whether the name alone of a file at a path lets it be taken, were it there: which ignore files
    /// might leave it out is not asked.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if a glob or a file type has no meaning.
    pub fn names(&self) -> Result<impl Fn(&Path) -> bool + use<>, Error> {
        let rules = self.build()?;
        Ok(move |path: &Path| {
            let is_hidden = |part: &std::ffi::OsStr| part.as_encoded_bytes().starts_with(b".");
            match rules.globs.matched(path, false) {
                ignore::Match::Whitelist(_) => true,
                ignore::Match::Ignore(_) => false,
                ignore::Match::None => {
                    let hidden = !rules.hidden && path.iter().any(is_hidden);
                    !hidden && !rules.types.matched(path, false).is_ignore()
                }
            }
        })
    }

    /// The selection, compiled.
    pub(super) fn build(&self) -> Result<Rules, Error> {
        let globs = self.overrides().map_err(usage)?;
        let types = self.file_types().map_err(usage)?;
        let mut walk = WalkBuilder::empty();
        walk.hidden(!self.hidden)
            .ignore(self.ignore.dot)
            .git_ignore(self.ignore.vcs)
            .git_exclude(self.ignore.vcs && self.ignore.exclude)
            .git_global(self.ignore.vcs && self.ignore.global)
            .parents(self.ignore.parents)
            .require_git(self.ignore.require_git)
            .overrides(globs.clone())
            .types(types.clone())
            .follow_links(self.follow)
            .max_depth(self.max_depth)
            .same_file_system(self.one_file_system);
        let mut warnings = Vec::new();
        for file in &self.ignore.files {
            if let Some(error) = walk.add_ignore(file) {
                warnings.push(error.to_string());
            }
        }
        Ok(Rules {
            hidden: self.hidden,
            follow: self.follow,
            max_depth: self.max_depth,
            one_file_system: self.one_file_system,
            warnings,
            globs,
            types,
            walk,
        })
    }

    fn overrides(&self) -> Result<Override, ignore::Error> {
        let folder = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let mut builder = OverrideBuilder::new(folder);
        for glob in &self.globs {
            builder.case_insensitive(glob.any_case)?;
            builder.add(&glob.pattern)?;
        }
        builder.build()
    }

    fn file_types(&self) -> Result<Types, ignore::Error> {
        let mut builder = TypesBuilder::new();
        builder.add_defaults();
        for name in &self.types {
            builder.select(name);
        }
        for name in &self.types_not {
            builder.negate(name);
        }
        builder.build()
    }
}

fn usage(error: ignore::Error) -> Error {
    Error::new(ErrorKind::Usage, error.to_string())
}

/// A [`Selection`], compiled.
pub(super) struct Rules {
    pub follow: bool,
    pub max_depth: Option<usize>,
    pub one_file_system: bool,
    /// What was wrong with the ignore files that the user named.
    pub warnings: Vec<String>,
    hidden: bool,
    globs: Override,
    types: Types,
    walk: WalkBuilder,
}

impl Rules {
    /// Walks the folder `root`, and yields what the rules take.
    pub fn walk(&self, root: &Path) -> Walk {
        let mut walk = self.walk.clone();
        // Never a plain `-`, which would be standard input.
        walk.add(if root == Path::new("-") {
            Path::new("./-")
        } else {
            root
        });
        walk.build()
    }

    /// The rule that leaves out `path`, which the walk did not yield. Where several would, the
    /// first in this order is named.
    pub fn that_excludes(&self, path: &Path, is_dir: bool) -> ExclusionRule {
        let path = path.strip_prefix("./").unwrap_or(path);
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if self.globs.matched(path, is_dir).is_ignore() {
            ExclusionRule::Glob
        } else if hidden && !self.hidden {
            ExclusionRule::Hidden
        } else if self.types.matched(path, is_dir).is_ignore() {
            ExclusionRule::Type
        } else {
            ExclusionRule::Ignored
        }
    }
}
