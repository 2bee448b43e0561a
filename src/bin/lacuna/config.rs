//! `lacuna.toml`: which one, and what it says.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Context;
use lacuna::normalize::Profiles;
use lacuna::source::{Input, shown};

use crate::flags::ReadingFlags;

/// The name that a configuration file is looked for by.
const NAME: &str = "lacuna.toml";

/// The comment profiles that the flags lead to: the built-in ones, and those of a file.
pub fn profiles(flags: &ReadingFlags) -> anyhow::Result<Profiles> {
    profiles_of(path(flags.config.as_deref(), flags.no_config))
}

/// The configuration file that is named, or found; none if none is to be.
pub fn path(named: Option<&Path>, none: bool) -> Option<PathBuf> {
    match named {
        _ if none => None,
        Some(named) => Some(named.to_path_buf()),
        None => env::current_dir().ok().and_then(|folder| find(&folder)),
    }
}

/// The built-in profiles, and those of the file at `path`.
pub fn profiles_of(path: Option<PathBuf>) -> anyhow::Result<Profiles> {
    match path {
        Some(path) => read(&path).with_context(|| shown(&path)),
        None => Ok(Profiles::default()),
    }
}

/// The configuration file of `folder` or of the nearest folder above it, up to the root of the
/// repository.
fn find(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let path = folder.join(NAME);
        if path.is_file() {
            return Some(path);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

fn read(path: &Path) -> anyhow::Result<Profiles> {
    let bytes = Input::named(path)?.read()?;
    let text = String::from_utf8(bytes).context("is not UTF-8")?;
    Ok(Profiles::from_toml(&text)?)
}
