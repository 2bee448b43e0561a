//! As git's external diff: `GIT_EXTERNAL_DIFF`, or `diff.<driver>.command`.
//!
//! git passes a path, the old file, its hash and mode, the new file, its hash and mode, and of a
//! renamed file its new path and what git says of it. A file that is not there is `/dev/null`. Of a
//! path that is not merged it passes the path alone. Any exit code but 0 ends git.

use std::path::Path;

use anyhow::bail;
use lacuna::source::shown;

use super::{Document, NOTHING, tell, without_text};
use crate::Outcome;
use crate::flags::DiffFlags;
use crate::reading::{Reader, Reading};
use crate::words;

/// Compares what git names.
pub fn run(flags: &DiffFlags) -> anyhow::Result<Outcome> {
    let name = shown(&flags.a);
    let (new_name, new) = match flags.more.as_slice() {
        [_, _, new, _, _] => (name.clone(), new),
        [_, _, new, _, _, new_name, ..] => (shown(new_name), new),
        [] if flags.b == Path::new(NOTHING) => {
            words::say_about(&name, "is not merged");
            return Ok(Outcome::Done);
        }
        _ => bail!("--git-driver takes the arguments that git passes to an external diff"),
    };
    let reader = Reader::new(&flags.reading, false)?;
    let base = document(&flags.b, format!("a/{name}"), &reader);
    let copy = document(new, format!("b/{new_name}"), &reader);
    if let (Some(base), Some(copy)) = (base, copy) {
        tell(flags, &base, &copy)?;
    }
    Ok(Outcome::Done)
}

/// A document by the name that git gives it. One that is empty is compared as one that says nothing.
fn document(path: &Path, name: String, reader: &Reader) -> Option<Document> {
    let (_, reading, bytes) = reader.read_named(path);
    let why = match reading {
        Reading::Read(witness) => {
            let witness = witness.into();
            return Some(Document { name, witness });
        }
        Reading::Excluded(_) if bytes.is_empty() => return Some(without_text(name)),
        Reading::Excluded(rule) => format!("cannot be compared: {}", rule.name()),
        Reading::Unreadable(why) => why,
    };
    words::say_about(&name, &why);
    None
}
