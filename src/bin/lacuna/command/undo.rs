use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use lacuna::dedupe::{Back, JOURNAL, Undo, undo};
use lacuna::disk::OWN_FOLDER;
use lacuna::report::{CopyFate, Event, Tidied, TidiedCopy};
use lacuna::source::shown;

use crate::Outcome;
use crate::command::dedupe::{renderer, resolved};
use crate::disk;
use crate::flags::UndoFlags;
use crate::output::Output;

/// Brings back what the last run in a folder put aside.
pub fn run(flags: &UndoFlags) -> anyhow::Result<Outcome> {
    let named = folder(&flags.path);
    let folder = resolved(&named)?;
    ensure!(
        folder.join(JOURNAL).symlink_metadata().is_ok(),
        "{}: nothing was tidied there: it has no {JOURNAL}",
        shown(&named)
    );
    let quarantine = flags.quarantine.as_deref().map(resolved).transpose()?;
    let roots = [Some(folder.clone()), quarantine.clone()];
    let disk = disk::open(roots.into_iter().flatten().collect()).with_context(|| shown(&named))?;
    let back = undo(&Undo {
        disk: &*disk,
        folder: &folder,
        quarantine: quarantine.as_deref(),
        apply: flags.apply,
    })?;
    let copy = |(path, back): (PathBuf, Back)| TidiedCopy {
        path: shown(&named.join(path.strip_prefix(&folder).unwrap_or(&path))),
        fate: fate(back, flags.apply),
        kept: String::new(),
        verdict: None,
        bytes: 0,
        chars: 0,
        to: None,
    };
    let tidied = Tidied {
        undo: true,
        applied: flags.apply,
        copies: back.into_iter().flatten().map(copy).collect(),
        ..Tidied::default()
    };
    let out = renderer(flags.format, &flags.output);
    let mut out = Output::new(out, flags.output.quiet, &flags.output);
    out.event(&Event::Tidied(&tidied))?;
    out.finish()?;
    Ok(match tidied.summary().failed {
        0 => Outcome::Done,
        _ => Outcome::Incomplete,
    })
}

fn fate(back: Back, applied: bool) -> CopyFate {
    match back {
        Back::Restored if applied => CopyFate::Done,
        Back::Restored => CopyFate::Planned,
        Back::Nothing => CopyFate::Nothing,
        Back::Refused(why) => CopyFate::Failed(why),
    }
}

/// The folder that a path means: itself, or the one whose journal it is.
fn folder(path: &Path) -> PathBuf {
    let own = path
        .parent()
        .filter(|own| own.ends_with(OWN_FOLDER) && path.is_file());
    match own.and_then(Path::parent) {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder.to_path_buf(),
        None => path.to_path_buf(),
    }
}
