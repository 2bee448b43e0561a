//! Flags -> every input among files and folders.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, ensure};
use lacuna::source::{self, Glob, IgnoreFiles, Listing, Named, Selection};

use crate::flags::{ListFlags, SelectionFlags};
use crate::words;

/// Lists the inputs that `paths` and the flags name.
pub fn list(
    paths: &[PathBuf],
    list: &ListFlags,
    selection: &SelectionFlags,
) -> anyhow::Result<Listing> {
    let named = Named {
        paths: match &list.files_from {
            None if paths.is_empty() => vec![PathBuf::from(".")],
            _ => paths.to_vec(),
        },
        files: match &list.files_from {
            Some(names) => files_from(names, paths, list.null)?,
            None => Vec::new(),
        },
    };
    find(&named, selection)
}

/// Lists the inputs in a folder, or the one that is a file.
pub fn list_one(path: &Path, selection: &SelectionFlags) -> anyhow::Result<Listing> {
    let named = Named {
        paths: vec![path.to_path_buf()],
        files: Vec::new(),
    };
    find(&named, selection)
}

pub fn find(named: &Named, flags: &SelectionFlags) -> anyhow::Result<Listing> {
    let listing = source::list(named, &selection(flags))?;
    for warning in &listing.warnings {
        words::say(warning);
    }
    for input in &listing.unreadable {
        words::say_about(&input.name, &input.why);
    }
    Ok(listing)
}

/// Standard input can be read once.
pub fn ensure_one_stdin<P: AsRef<Path>>(paths: &[P]) -> anyhow::Result<()> {
    let stdin = paths.iter().filter(|path| path.as_ref() == "-");
    ensure!(
        stdin.count() <= 1,
        "only one document can be standard input"
    );
    Ok(())
}

/// The names in the file `list`.
fn files_from(list: &Path, paths: &[PathBuf], nul: bool) -> anyhow::Result<Vec<PathBuf>> {
    let stdin = Path::new("-");
    let names = if list == stdin {
        ensure!(
            !paths.iter().any(|path| path == stdin),
            "standard input cannot be both a document and the list of files"
        );
        let mut names = Vec::new();
        io::stdin().lock().read_to_end(&mut names).map(|_| names)
    } else {
        fs::read(list)
    };
    let names =
        names.map_err(|error| anyhow!("{}: {}", source::shown(list), source::reason(&error)))?;
    Ok(source::file_names(&names, nul))
}

/// What the flags take.
pub fn selection(flags: &SelectionFlags) -> Selection {
    let all = flags.no_ignore || flags.unrestricted >= 1;
    let glob = |any_case| {
        move |pattern: &String| Glob {
            pattern: pattern.clone(),
            any_case,
        }
    };
    Selection {
        hidden: flags.hidden || flags.unrestricted >= 2,
        ignore: IgnoreFiles {
            dot: !all && !flags.no_ignore_dot,
            vcs: !all && !flags.no_ignore_vcs,
            exclude: !all && !flags.no_ignore_exclude,
            global: !all && !flags.no_ignore_global,
            parents: !all && !flags.no_ignore_parent,
            require_git: !flags.no_require_git,
            files: match flags.no_ignore_files {
                true => Vec::new(),
                false => flags.ignore_file.clone(),
            },
        },
        globs: (flags.glob.iter().map(glob(false)))
            .chain(flags.iglob.iter().map(glob(true)))
            .collect(),
        types: flags.type_.clone(),
        types_not: flags.type_not.clone(),
        follow: flags.follow,
        max_depth: flags.max_depth,
        one_file_system: flags.one_file_system,
    }
}

/// Whether the selection takes binary files, too.
pub fn takes_binary(flags: &SelectionFlags) -> bool {
    flags.unrestricted >= 3
}
