//! The files of dumps.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use lacuna::disk::name::{from_text, to_text};
use lacuna::disk::{State, state};
use lacuna::merge::ledger::Dump;
use lacuna::merge::plan::LeftOut;
use lacuna::source::{self, Glob, IgnoreFiles, Input, Named, Selection, shown};

use super::siglum;

/// A file of a dump.
pub struct Place {
    /// The number of the dump.
    pub dump: usize,
    /// Its path there, as text (see [`to_text`]).
    pub path: String,
    /// The file.
    pub input: Input,
}

impl Place {
    /// The file that is called `path` in the dump in `folder`.
    pub fn at(dump: usize, folder: &Path, path: &str) -> anyhow::Result<Self> {
        let bytes = from_text(path).with_context(|| format!("{path}: is no name of a file"))?;
        let parts = bytes.split(|byte| *byte == b'/');
        let safe = parts
            .clone()
            .all(|part| !matches!(part, b"" | b"." | b".."));
        ensure!(
            safe && !bytes.starts_with(b"/"),
            "{path}: leads out of its dump"
        );
        let way = parts
            .map(|part| os_name(part.to_vec()))
            .collect::<PathBuf>();
        Ok(Self {
            dump,
            path: path.to_owned(),
            input: Input::named(&folder.join(way))?,
        })
    }
}

/// The folder of a dump.
pub fn folder_of(dump: &Dump) -> anyhow::Result<PathBuf> {
    let bytes = from_text(&dump.path).with_context(|| format!("{}: is no path", dump.path))?;
    Ok(PathBuf::from(os_name(bytes)))
}

#[cfg(unix)]
fn os_name(bytes: Vec<u8>) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_name(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// What version control keeps for itself.
const VERSION_CONTROL: [&str; 6] = [".git", ".hg", ".svn", ".bzr", ".jj", "CVS"];

/// All files of the dumps, in order, and what is left out.
pub fn list(folders: &[PathBuf]) -> anyhow::Result<(Vec<Dump>, Vec<Place>, Vec<LeftOut>)> {
    let mut places = Vec::new();
    let mut left_out = Vec::new();
    for (number, folder) in folders.iter().enumerate() {
        ensure!(folder.is_dir(), "{}: is no folder", shown(folder));
        let whole = !matches!(state(folder)?, State::Unfinished(_));
        ensure!(
            whole,
            "{}: is an unfinished merge; --resume finishes it",
            shown(folder)
        );
        one(number, folder, &mut places, &mut left_out)?;
    }
    left_out.sort();
    Ok((super::named(folders), places, left_out))
}

fn one(
    dump: usize,
    folder: &Path,
    places: &mut Vec<Place>,
    left_out: &mut Vec<LeftOut>,
) -> anyhow::Result<()> {
    let named = Named {
        paths: vec![folder.to_path_buf()],
        files: Vec::new(),
    };
    let listing = source::list(&named, &everything())?;
    let prefix = shown(folder);
    let mut leave = |name: &str, unreadable, why: &str| {
        let path = name
            .strip_prefix(&prefix)
            .unwrap_or(name)
            .trim_start_matches('/');
        left_out.push(LeftOut {
            siglum: siglum(dump),
            path: path.to_owned(),
            unreadable,
            why: why.to_owned(),
        });
    };
    for excluded in &listing.excluded {
        let parts = excluded.name.trim_end_matches('/').rsplit('/').next();
        let why = match parts.is_some_and(|part| VERSION_CONTROL.contains(&part)) {
            true => "version control",
            false => excluded.rule.name(),
        };
        leave(&excluded.name, false, why);
    }
    for unreadable in &listing.unreadable {
        leave(&unreadable.name, true, &unreadable.why);
    }
    let root = std::path::absolute(folder)?;
    let mut found = Vec::new();
    for input in listing.inputs {
        let path = input.absolute();
        let rest = path.as_ref().and_then(|path| path.strip_prefix(&root).ok());
        let rest = rest.context("a file lies outside of its dump")?;
        let parts: Vec<&[u8]> = rest.iter().map(|part| part.as_encoded_bytes()).collect();
        let path = to_text(&parts.join(&b'/'));
        found.push(Place { dump, path, input });
    }
    found.sort_by(|one, two| one.path.cmp(&two.path));
    places.extend(found);
    Ok(())
}

/// Everything but what version control keeps for itself.
fn everything() -> Selection {
    let not = |name: &str| Glob {
        pattern: format!("!{name}"),
        any_case: false,
    };
    Selection {
        hidden: true,
        ignore: IgnoreFiles {
            dot: false,
            vcs: false,
            exclude: false,
            global: false,
            parents: false,
            require_git: true,
            files: Vec::new(),
        },
        globs: VERSION_CONTROL.into_iter().map(not).collect(),
        ..Selection::default()
    }
}
