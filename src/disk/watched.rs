use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use super::{Disk, Look, Onto};

/// A disk of which each step is announced, and may be made to fail: for tests of what is left
/// behind when it does.
#[derive(Debug)]
pub struct Watched<D, F> {
    disk: D,
    fate: F,
}

/// A step, as it is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the methods of `Disk`")]
pub enum Step {
    Look,
    List,
    Open,
    Create,
    Extend,
    Read,
    Write,
    Cut,
    Dress,
    Sync,
    SyncFolder,
    MakeFolder,
    Rename,
    Link,
    Reflink,
    Remove,
    RemoveFolder,
}

/// What becomes of a step.
#[derive(Debug)]
pub enum Fate {
    /// It is taken.
    Taken,
    /// It fails, and nothing happens.
    Fails(io::Error),
    /// It happens, and is said to have failed all the same.
    HappensAndFails(io::Error),
    /// Of a read or a write, one byte is done; any other step is taken.
    Short,
}

impl<D: Disk, F: Fn(Step) -> Fate + Sync> Watched<D, F> {
    /// `disk`, of which `fate` is told each step before it is taken.
    pub fn new(disk: D, fate: F) -> Self {
        Self { disk, fate }
    }

    fn step<T>(&self, step: Step, take: impl FnOnce(&D, bool) -> io::Result<T>) -> io::Result<T> {
        match (self.fate)(step) {
            Fate::Taken => take(&self.disk, false),
            Fate::Short => take(&self.disk, true),
            Fate::Fails(error) => Err(error),
            Fate::HappensAndFails(error) => take(&self.disk, false).and(Err(error)),
        }
    }
}

impl<D: Disk, F: Fn(Step) -> Fate + Sync> Disk for Watched<D, F> {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        self.step(Step::Look, |disk, _| disk.look(path))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.step(Step::List, |disk, _| disk.list(folder))
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        self.step(Step::Open, |disk, _| disk.open(path))
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        self.step(Step::Create, |disk, _| disk.create(path))
    }

    fn extend(&self, path: &Path) -> io::Result<File> {
        self.step(Step::Extend, |disk, _| disk.extend(path))
    }

    fn read(&self, file: &mut File, bytes: &mut [u8]) -> io::Result<usize> {
        self.step(Step::Read, |disk, short| {
            let len = if short {
                bytes.len().min(1)
            } else {
                bytes.len()
            };
            disk.read(file, &mut bytes[..len])
        })
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        self.step(Step::Write, |disk, short| {
            let len = if short {
                bytes.len().min(1)
            } else {
                bytes.len()
            };
            disk.write(file, &bytes[..len])
        })
    }

    fn cut(&self, file: &File, len: u64) -> io::Result<()> {
        self.step(Step::Cut, |disk, _| disk.cut(file, len))
    }

    fn dress(&self, file: &File, mode: Option<u32>, modified: SystemTime) -> io::Result<()> {
        self.step(Step::Dress, |disk, _| disk.dress(file, mode, modified))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step(Step::Sync, |disk, _| disk.sync(file))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(Step::SyncFolder, |disk, _| disk.sync_folder(folder))
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Step::MakeFolder, |disk, _| disk.make_folder(path))
    }

    fn rename(&self, from: &Path, to: &Path, onto: Onto) -> io::Result<()> {
        self.step(Step::Rename, |disk, _| disk.rename(from, to, onto))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::Link, |disk, _| disk.link(from, to))
    }

    fn reflink(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::Reflink, |disk, _| disk.reflink(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(Step::Remove, |disk, _| disk.remove(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Step::RemoveFolder, |disk, _| disk.remove_folder(path))
    }
}
