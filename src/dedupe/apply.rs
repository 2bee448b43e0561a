use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::journal::{Intent, Journal, Means, QUARANTINE, Record, trouble};
use super::proof::{Allow, Side, losses};
use crate::Error;
use crate::disk::{Disk, Kind, Look, Onto, again, digest, lock, read_all, write_all};
use crate::error::reason;
use crate::text::{Digest, Verdict, Witness};

/// So many intents are noted at once: each is on the disk before anything of it is done, and the
/// disk is waited for a few times only.
const AT_ONCE: usize = 32;

/// A copy that is to go, and what stays for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Where the copy is.
    pub path: PathBuf,
    /// What it was when it was planned.
    pub digest: Digest,
    /// The document that stays.
    pub kept: PathBuf,
    /// What that was.
    pub kept_digest: Digest,
    /// How the copy stands to it.
    pub verdict: Verdict,
}

/// What became of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// It went, to this place if it was moved.
    Done(Option<PathBuf>),
    /// It stays as it was, and why.
    Failed(String),
}

/// How a document reads: its path and bytes to what it says, if it says anything.
pub type Reads<'a> = &'a dyn Fn(&Path, &[u8]) -> Option<Witness>;

/// How copies go.
pub struct Apply<'a> {
    /// Where.
    pub disk: &'a dyn Disk,
    /// The folder that is tidied. All copies lie in it.
    pub folder: &'a Path,
    /// Another place to move copies to, which is a folder.
    pub quarantine: Option<&'a Path>,
    /// By what means.
    pub means: Means,
    /// What may be lost.
    pub allow: Allow,
    /// How documents read.
    pub read: Reads<'a>,
}

/// Whether a copy may go by some means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It may.
    Yes,
    /// Only what has the same bytes can be linked.
    NotIdentical,
}

impl Means {
    /// Whether a copy of this verdict can go by these means.
    pub fn fits(self, verdict: Verdict) -> Fit {
        match self {
            Self::Move => Fit::Yes,
            Self::Hard | Self::Reflink if verdict == Verdict::Identical => Fit::Yes,
            Self::Hard | Self::Reflink => Fit::NotIdentical,
        }
    }
}

/// Has all of `planned` go that still may, in order, and tells of each what became of it.
///
/// Both files are read again and compared with what was planned, and what would be lost is asked
/// again, right before. None of them may stay for another one of `planned`.
///
/// # Errors
/// Those of the journal: then what is in it was done or says how far it got, and nothing else was
/// begun.
pub fn apply(
    how: &Apply<'_>,
    planned: &[Planned],
    mut told: impl FnMut(usize, Act),
) -> Result<(), Error> {
    let Some(mut journal) = Journal::open(how.disk, how.folder, true)? else {
        return Ok(());
    };
    let run = Run::new(how, &mut journal)?;
    let going: BTreeSet<&Path> = planned.iter().map(|plan| plan.path.as_path()).collect();
    let mut begun = false;
    for (chunk, plans) in planned.chunks(AT_ONCE).enumerate() {
        let mut records = Vec::new();
        let mut ready = Vec::new();
        for (at, plan) in plans.iter().enumerate() {
            let index = chunk * AT_ONCE + at;
            let checked = match going.contains(plan.kept.as_path()) {
                true => Err("what stays for it goes, too".to_owned()),
                false => run.check(plan),
            };
            match checked {
                Err(why) => told(index, Act::Failed(why)),
                Ok(looks) => {
                    let intent = run.intent(&journal, index as u64 + 1, plan, &looks.copy);
                    records.push(Record::Intent(intent));
                    ready.push((index, plan, looks));
                }
            }
        }
        if records.is_empty() {
            continue;
        }
        if !begun {
            records.insert(0, Journal::begin(run.number, how.means));
            begun = true;
        }
        journal.note(&records)?;
        run.carry_out(&mut journal, &ready, &mut told)?;
    }
    Ok(())
}

/// A copy and what stays for it, as they were when they were checked.
#[derive(Clone, Copy)]
struct Looks {
    copy: Look,
    kept: Look,
}

struct Run<'a> {
    how: &'a Apply<'a>,
    number: u64,
    /// The folder of this run in the quarantine.
    place: PathBuf,
}

impl<'a> Run<'a> {
    fn new(how: &'a Apply<'a>, journal: &mut Journal<'_>) -> Result<Self, Error> {
        let quarantine = match how.quarantine {
            Some(folder) => folder.to_path_buf(),
            None => how.folder.join(QUARANTINE),
        };
        let mut number = journal.last_run() + 1;
        loop {
            let place = quarantine.join(number.to_string());
            let there = again(|| how.disk.look(&place)).map_err(|error| trouble(&error, &place))?;
            if there.is_none() {
                return Ok(Self { how, number, place });
            }
            number += 1;
        }
    }

    /// Whether `plan` may still be carried out; gives what the two files are.
    fn check(&self, plan: &Planned) -> Result<Looks, String> {
        if self.how.means.fits(plan.verdict) == Fit::NotIdentical {
            return Err("has not the same bytes".to_owned());
        }
        let (copy, copy_bytes) = self.read(&plan.path, plan.digest, "it")?;
        let (kept, kept_bytes) = self.read(&plan.kept, plan.kept_digest, "what stays for it")?;
        if copy.id.is_some() && copy.id == kept.id {
            return Err("is the same file already".to_owned());
        }
        if copy_bytes != kept_bytes {
            if self.how.means != Means::Move {
                return Err("has not the same bytes".to_owned());
            }
            let read = |path: &Path, bytes: &[u8]| {
                let witness = (self.how.read)(path, bytes);
                witness.ok_or_else(|| "cannot be read as text any more".to_owned())
            };
            let (one, two) = (
                read(&plan.kept, &kept_bytes)?,
                read(&plan.path, &copy_bytes)?,
            );
            let keeper = Side {
                bytes: &kept_bytes,
                witness: &one,
            };
            let copy = Side {
                bytes: &copy_bytes,
                witness: &two,
            };
            if !losses(keeper, copy, self.how.allow).is_empty() {
                return Err("would be lost in part".to_owned());
            }
        }
        Ok(Looks { copy, kept })
    }

    /// The regular file at `path`, if it still has `expected`, and its bytes.
    fn read(&self, path: &Path, expected: Digest, what: &str) -> Result<(Look, Vec<u8>), String> {
        let disk = self.how.disk;
        let words = |error: io::Error| match what {
            "it" => reason(&error),
            _ => format!("{what} cannot be read: {}", reason(&error)),
        };
        let look = again(|| disk.look(path)).map_err(words)?;
        let look = look.ok_or_else(|| format!("{what} is not there any more"))?;
        if look.kind != Kind::File {
            return Err(format!("{what} is no regular file any more"));
        }
        let file = again(|| disk.open(path)).map_err(words)?;
        // That another program has it open without a lock cannot be told.
        if !lock(&file) {
            return Err(format!("{what} is in use by another program"));
        }
        drop(file);
        let bytes = read_all(disk, path).map_err(words)?;
        match digest(&bytes) == expected {
            true => Ok((look, bytes)),
            false => Err(format!("{what} has changed since it was compared")),
        }
    }

    fn intent(&self, journal: &Journal<'_>, action: u64, plan: &Planned, look: &Look) -> Intent {
        let to = self.target(action, &plan.path);
        Intent::new(self.number, action, self.how.means, look)
            .moving(journal.text(&plan.path), journal.text(&to), plan.digest)
            .keeping(journal.text(&plan.kept), plan.kept_digest, plan.verdict)
    }

    /// Where the copy at `path` is moved, or its link made.
    fn target(&self, action: u64, path: &Path) -> PathBuf {
        match self.how.means {
            Means::Move => {
                let below = path.strip_prefix(self.how.folder).unwrap_or(path);
                self.place.join(below)
            }
            Means::Hard | Means::Reflink => link_name(path, self.number, action),
        }
    }

    /// Carries out what was noted, and notes what became of it.
    fn carry_out(
        &self,
        journal: &mut Journal<'_>,
        ready: &[(usize, &Planned, Looks)],
        told: &mut impl FnMut(usize, Act),
    ) -> Result<(), Error> {
        let mut folders = BTreeSet::new();
        let mut done = Vec::new();
        for (index, plan, looks) in ready {
            let action = *index as u64 + 1;
            let target = self.target(action, &plan.path);
            let result = self.take(plan, looks, &target);
            for path in [&plan.path, &target] {
                folders.extend(path.parent().map(Path::to_path_buf));
            }
            done.push((*index, target, result));
        }
        for folder in folders {
            // What was in it may be gone by now; then nothing in it can be lost.
            let _ = again(|| self.how.disk.sync_folder(&folder));
        }
        let records: Vec<Record> = done
            .iter()
            .map(|(index, _, result)| self.record(*index as u64 + 1, result))
            .collect();
        let noted = journal.note(&records);
        for (index, target, result) in done {
            told(
                index,
                match result {
                    Ok(()) => Act::Done((self.how.means == Means::Move).then_some(target)),
                    Err(why) => Act::Failed(why),
                },
            );
        }
        noted
    }

    fn record(&self, action: u64, result: &Result<(), String>) -> Record {
        let run = self.number;
        match result {
            Ok(()) => Record::Done { run, action },
            Err(why) => Record::Failed {
                run,
                action,
                why: why.clone(),
            },
        }
    }

    /// Carries out one plan.
    fn take(&self, plan: &Planned, looks: &Looks, target: &Path) -> Result<(), String> {
        let disk = self.how.disk;
        for (path, then) in [(&plan.path, looks.copy), (&plan.kept, looks.kept)] {
            let now = again(|| disk.look(path)).map_err(|error| reason(&error))?;
            let same = now.is_some_and(|now| {
                (now.kind, now.len, now.id, now.modified)
                    == (then.kind, then.len, then.id, then.modified)
            });
            if !same {
                return Err("has changed just now".to_owned());
            }
        }
        let taken = match self.how.means {
            Means::Move => self.move_away(plan, looks, target),
            Means::Hard => self.replace(plan, target, |disk| disk.link(&plan.kept, target)),
            Means::Reflink => self.replace(plan, target, |disk| {
                share(disk, &plan.kept, target, &looks.copy)
            }),
        };
        taken.map_err(|error| match error.kind() {
            io::ErrorKind::Unsupported if self.how.means == Means::Reflink => {
                "this file system cannot share blocks; --link hard or a move would do".to_owned()
            }
            _ => reason(&error),
        })
    }

    fn move_away(&self, plan: &Planned, looks: &Looks, target: &Path) -> io::Result<()> {
        let disk = self.how.disk;
        make_folders(disk, target)?;
        match again(|| disk.rename(&plan.path, target, Onto::Nothing)) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => carry(
                disk,
                &plan.path,
                target,
                looks.copy.mode,
                looks.copy.modified,
            ),
            done => done,
        }
    }

    /// Makes the link beside the copy, and renames it onto the copy in one step.
    fn replace(
        &self,
        plan: &Planned,
        link: &Path,
        make: impl Fn(&dyn Disk) -> io::Result<()>,
    ) -> io::Result<()> {
        let disk = self.how.disk;
        again(|| make(disk))?;
        again(|| disk.rename(link, &plan.path, Onto::File)).inspect_err(|_| {
            // The link is ours; that it stays if even this fails is told by the journal.
            let _ = disk.remove(link);
        })
    }
}

/// Where the link is made that replaces the copy at `path`: beside it, so that it is on the same file
/// system.
pub(super) fn link_name(path: &Path, run: u64, action: u64) -> PathBuf {
    path.with_file_name(format!(".lacuna-link-{run}-{action}"))
}

/// Makes `to` share the blocks of `from`, with the permissions and time of the file it replaces.
fn share(disk: &dyn Disk, from: &Path, to: &Path, dress: &Look) -> io::Result<()> {
    disk.reflink(from, to)?;
    let file = again(|| disk.extend(to))?;
    again(|| disk.dress(&file, dress.mode, dress.modified))?;
    again(|| disk.sync(&file))
}

/// Makes the folders above `path`.
pub(super) fn make_folders(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let mut lacking = Vec::new();
    for folder in path.ancestors().skip(1) {
        match again(|| disk.look(folder)) {
            Ok(Some(_)) => break,
            Ok(None) => lacking.push(folder),
            Err(error) => return Err(error),
        }
    }
    for folder in lacking.into_iter().rev() {
        again(|| disk.make_folder(folder))?;
        let above = folder.parent().unwrap_or(folder);
        again(|| disk.sync_folder(above))?;
    }
    Ok(())
}

/// Moves a file to another file system: copies it, and removes it when the copy is on the disk.
/// When that fails, what is at `from` stays, and what was made at `to` goes if it can.
pub(super) fn carry(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
    mode: Option<u32>,
    modified: SystemTime,
) -> io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    let copied =
        copy(disk, from, to, mode, modified).and_then(|()| again(|| disk.sync_folder(folder)));
    let removed = copied.and_then(|()| again(|| disk.remove(from)));
    let Err(error) = removed else {
        return Ok(());
    };
    match again(|| disk.look(from)) {
        // The disk said that it failed, and did it all the same.
        Ok(None) => Ok(()),
        Ok(Some(_)) if error.kind() != io::ErrorKind::AlreadyExists => {
            let _ = disk.remove(to);
            Err(error)
        }
        _ => Err(error),
    }
}

/// Makes `to`, where nothing is, a copy of the file at `from`, and reads it back.
pub(super) fn copy(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
    mode: Option<u32>,
    modified: SystemTime,
) -> io::Result<()> {
    let bytes = read_all(disk, from)?;
    let mut file = again(|| disk.create(to))?;
    write_all(disk, &mut file, &bytes)?;
    again(|| disk.dress(&file, mode, modified))?;
    again(|| disk.sync(&file))?;
    match read_all(disk, to)? == bytes {
        true => Ok(()),
        false => Err(io::ErrorKind::InvalidData.into()),
    }
}
