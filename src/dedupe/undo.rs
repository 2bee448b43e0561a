use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::apply::{carry, copy, link_name, make_folders};
use super::journal::{Intent, Journal, Means, QUARANTINE, Record, trouble};
use crate::Error;
use crate::disk::{Disk, Kind, Look, Onto, again, digest, read_all};
use crate::error::reason;

/// So many are noted at once, as in [`apply`](super::apply()).
const AT_ONCE: usize = 32;

/// What becomes of a copy that went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Back {
    /// It comes back, or would.
    Restored,
    /// It never went, or is back already.
    Nothing,
    /// It stays where it is, and why.
    Refused(String),
}

/// How a run is undone.
pub struct Undo<'a> {
    /// Where.
    pub disk: &'a dyn Disk,
    /// The folder that was tidied.
    pub folder: &'a Path,
    /// Where else copies may have been moved to.
    pub quarantine: Option<&'a Path>,
    /// Do it, rather than only say what would be done.
    pub apply: bool,
}

/// What was, or would be, undone of a run: the paths of the copies, the last one first, with what
/// becomes of each. `None` if no run is left to undo.
///
/// All digests are checked before anything is touched. A run is undone when all of its copies are
/// back; the one before it is next then.
///
/// # Errors
/// Those of the journal.
pub fn undo(how: &Undo<'_>) -> Result<Option<Vec<(PathBuf, Back)>>, Error> {
    let Some(mut journal) = Journal::open(how.disk, how.folder, how.apply)? else {
        return Ok(None);
    };
    let intents = last_run(&journal.records);
    if intents.is_empty() {
        return Ok(None);
    }
    let done: BTreeSet<(u64, u64)> = journal
        .records
        .iter()
        .filter_map(|record| match record {
            Record::Done { run, action } => Some((*run, *action)),
            _ => None,
        })
        .collect();
    let mut plans = Vec::new();
    for intent in intents {
        let was_done = done.contains(&(intent.run, intent.action));
        plans.push(Plan::new(how, &journal, intent, was_done)?);
    }
    if how.apply {
        for plans in plans.chunks_mut(AT_ONCE) {
            carry_out(how, &mut journal, plans)?;
        }
    }
    let told = plans.iter().map(|plan| (plan.path.clone(), plan.back()));
    Ok(Some(told.collect()))
}

/// What the last run that is not wholly undone did, the last first.
fn last_run(records: &[Record]) -> Vec<Intent> {
    let undone: BTreeSet<(u64, u64)> = records
        .iter()
        .filter_map(|record| match record {
            Record::Undone { run, action } => Some((*run, *action)),
            _ => None,
        })
        .collect();
    let mut open: Vec<&Intent> = records
        .iter()
        .filter_map(|record| match record {
            Record::Intent(intent) if !undone.contains(&(intent.run, intent.action)) => {
                Some(intent)
            }
            _ => None,
        })
        .collect();
    let last = open.iter().map(|intent| intent.run).max();
    open.retain(|intent| Some(intent.run) == last);
    open.into_iter().rev().cloned().collect()
}

impl Undo<'_> {
    /// Whether copies are moved to where `path` lies.
    fn is_quarantine(&self, path: &Path) -> bool {
        let own = self.folder.join(QUARANTINE);
        path.starts_with(own) || self.quarantine.is_some_and(|other| path.starts_with(other))
    }
}

/// How a copy comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    /// It is in the quarantine, and its old place is free.
    Rename,
    /// It is at its old place, and a copy of it, or a part of one, in the quarantine.
    RemoveOther,
    /// It is a link, and becomes a file of its own.
    Rewrite,
    /// It is what it was.
    Nothing,
    /// It cannot, and why.
    Refused(String),
}

struct Plan {
    intent: Intent,
    path: PathBuf,
    to: PathBuf,
    way: Way,
}

/// What is at a path, seen from a digest.
enum There {
    Nothing,
    Right(Look),
    Other,
}

impl Plan {
    fn new(
        how: &Undo<'_>,
        journal: &Journal<'_>,
        intent: Intent,
        was_done: bool,
    ) -> Result<Self, Error> {
        let path = journal.path(&intent.path)?;
        let kept = journal.path(&intent.kept)?;
        let to = match intent.means {
            Means::Move => journal.path(&intent.to)?,
            // What is removed is what we name, whatever the journal says.
            Means::Hard | Means::Reflink => link_name(&path, intent.run, intent.action),
        };
        let found = match intent.means {
            Means::Move if !how.is_quarantine(&to) => Ok(Way::Refused(
                "the journal says it is in no quarantine".to_owned(),
            )),
            Means::Move => moved(how.disk, &intent, &path, &to, was_done),
            Means::Hard | Means::Reflink => linked(how.disk, &intent, &path, &kept),
        };
        Ok(Self {
            way: found.unwrap_or_else(|error| Way::Refused(reason(&error))),
            intent,
            path,
            to,
        })
    }

    fn back(&self) -> Back {
        match &self.way {
            Way::Rename | Way::RemoveOther | Way::Rewrite => Back::Restored,
            Way::Nothing => Back::Nothing,
            Way::Refused(why) => Back::Refused(why.clone()),
        }
    }
}

fn there(disk: &dyn Disk, path: &Path, expected: &str) -> io::Result<There> {
    let Some(look) = again(|| disk.look(path))? else {
        return Ok(There::Nothing);
    };
    if look.kind != Kind::File {
        return Ok(There::Other);
    }
    let found = digest(&read_all(disk, path)?).to_string();
    Ok(if found == expected {
        There::Right(look)
    } else {
        There::Other
    })
}

fn moved(
    disk: &dyn Disk,
    intent: &Intent,
    path: &Path,
    to: &Path,
    was_done: bool,
) -> io::Result<Way> {
    let refuse = |why: &str| Way::Refused(why.to_owned());
    let old = there(disk, path, &intent.digest)?;
    let new = there(disk, to, &intent.digest)?;
    Ok(match (old, new) {
        (There::Nothing, There::Right(_)) => Way::Rename,
        (There::Right(_), There::Nothing) => Way::Nothing,
        (There::Right(_), There::Right(_)) => Way::RemoveOther,
        // A copy to another file system that was cut short. What was whole once, somebody changed.
        (There::Right(_), There::Other) if !was_done => Way::RemoveOther,
        (There::Right(_), There::Other) => refuse("was changed in the quarantine"),
        (There::Other, _) => refuse("something else is at its old place by now"),
        (There::Nothing, There::Other) => refuse("was changed in the quarantine"),
        (There::Nothing, There::Nothing) => refuse("is not in the quarantine any more"),
    })
}

fn linked(disk: &dyn Disk, intent: &Intent, path: &Path, kept: &Path) -> io::Result<Way> {
    let refuse = |why: &str| Ok(Way::Refused(why.to_owned()));
    let look = match there(disk, path, &intent.digest)? {
        There::Right(look) => look,
        There::Other => return refuse("has changed since"),
        There::Nothing => return refuse("is not there any more"),
    };
    // What stays may lie out of reach by now; then what the file looks like tells.
    let kept = again(|| disk.look(kept)).ok().flatten();
    let is_one = look.id.is_some() && kept.is_some_and(|kept| kept.id == look.id);
    let is_as_before = look.mode == intent.mode && look.modified == intent.modified();
    Ok(match intent.means {
        Means::Hard if !is_one && is_as_before => Way::Nothing,
        _ => Way::Rewrite,
    })
}

fn carry_out(how: &Undo<'_>, journal: &mut Journal<'_>, plans: &mut [Plan]) -> Result<(), Error> {
    let ready = |plan: &&mut Plan| !matches!(plan.way, Way::Refused(_));
    let records = |make: fn(u64, u64) -> Record, plans: &[&mut Plan]| -> Vec<Record> {
        let plans = plans.iter();
        plans
            .map(|plan| make(plan.intent.run, plan.intent.action))
            .collect()
    };
    let mut plans: Vec<&mut Plan> = plans.iter_mut().filter(ready).collect();
    if plans.is_empty() {
        return Ok(());
    }
    journal.note(&records(|run, action| Record::Undo { run, action }, &plans))?;
    let mut folders = BTreeSet::new();
    for plan in &mut plans {
        if let Err(error) = bring_back(how.disk, plan) {
            plan.way = Way::Refused(reason(&error));
        }
        for path in [&plan.path, &plan.to] {
            folders.extend(path.parent().map(Path::to_path_buf));
        }
    }
    for folder in folders {
        if again(|| how.disk.look(&folder)).is_ok_and(|look| look.is_some()) {
            again(|| how.disk.sync_folder(&folder)).map_err(|error| trouble(&error, &folder))?;
        }
    }
    plans.retain(|plan| !matches!(plan.way, Way::Refused(_)));
    journal.note(&records(
        |run, action| Record::Undone { run, action },
        &plans,
    ))?;
    for plan in plans {
        remove_empty_folders(how.disk, plan);
    }
    Ok(())
}

fn bring_back(disk: &dyn Disk, plan: &Plan) -> io::Result<()> {
    let Plan {
        intent, path, to, ..
    } = plan;
    match plan.way {
        Way::Rename => {
            make_folders(disk, path)?;
            match again(|| disk.rename(to, path, Onto::Nothing)) {
                Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                    carry(disk, to, path, intent.mode, intent.modified())
                }
                done => done,
            }
        }
        Way::RemoveOther => again(|| disk.remove(to)),
        Way::Rewrite => {
            let name = format!(".lacuna-undo-{}-{}", intent.run, intent.action);
            let other = path.with_file_name(name);
            for left in [&other, to] {
                if again(|| disk.look(left))?.is_some() {
                    again(|| disk.remove(left))?;
                }
            }
            copy(disk, path, &other, intent.mode, intent.modified())?;
            again(|| disk.rename(&other, path, Onto::File))
        }
        Way::Nothing if intent.means != Means::Move => {
            // A run that ended before it renamed its link has left it.
            match again(|| disk.look(to))? {
                Some(_) => again(|| disk.remove(to)),
                None => Ok(()),
            }
        }
        Way::Nothing | Way::Refused(_) => Ok(()),
    }
}

/// Removes the folders of the quarantine that hold nothing any more.
fn remove_empty_folders(disk: &dyn Disk, plan: &Plan) {
    if plan.intent.means != Means::Move {
        return;
    }
    let run = plan.intent.run.to_string();
    for folder in plan.to.ancestors().skip(1) {
        if disk.remove_folder(folder).is_err() {
            return;
        }
        if folder.ends_with(&run) {
            let above = folder.parent().filter(|above| above.ends_with(QUARANTINE));
            if let Some(above) = above {
                let _ = disk.remove_folder(above);
            }
            return;
        }
    }
}
