//! Where bytes go: every change of the file system, one step at a time.
//!
//! [`Disk`] is all that may happen to files; [`Beneath`] does it, in the folders that it was given
//! and never through a link that lies in them. Whoever changes files does it through this one
//! interface, so that a test can make each step fail or be the last one ([`Watched`]).
//!
//! [`NewFolder`] writes a folder that is either whole or says that it is unfinished. [`name`] says
//! which names it takes.

mod apart;
#[cfg(unix)]
mod beneath;
#[cfg(any(test, not(unix)))]
mod by_path;
mod mark;
pub mod name;
mod new_folder;
mod places;
#[cfg(test)]
mod tests;
mod watched;

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use crate::text::Digest;

pub use apart::ensure_apart;
#[cfg(unix)]
pub use beneath::Beneath;
#[cfg(not(unix))]
pub use by_path::ByPath as Beneath;
pub use mark::{MARK, Mark, State, state};
pub use name::Name;
pub use new_folder::{Growing, NewFolder, OWN_FOLDER, ReadBack, Written};
pub use places::{Wanted, places};
pub use watched::{Fate, Step, Watched};

/// What may happen to files. Each call is one step: it happens or fails, and a run may end between
/// any two. Paths lie in a folder that the disk was given; no call follows a link below it.
///
/// Every method fails with an error of the system, [`io::ErrorKind::PermissionDenied`] for a path
/// elsewhere, and [`io::ErrorKind::InvalidInput`] for a path with `..` in it.
pub trait Disk: Sync {
    /// What is at `path`, links not followed; `None` if nothing is.
    fn look(&self, path: &Path) -> io::Result<Option<Look>>;

    /// The names in a folder, in byte order.
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// Opens a regular file for reading.
    fn open(&self, path: &Path) -> io::Result<File>;

    /// Makes a file where nothing is, for writing.
    fn create(&self, path: &Path) -> io::Result<File>;

    /// Opens a regular file for writing at its end, and for reading.
    fn extend(&self, path: &Path) -> io::Result<File>;

    /// Reads some bytes; none at the end.
    fn read(&self, file: &mut File, bytes: &mut [u8]) -> io::Result<usize>;

    /// Writes some of `bytes`, and says how many.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize>;

    /// Cuts a file down to its first `len` bytes.
    fn cut(&self, file: &File, len: u64) -> io::Result<()>;

    /// Gives a file permissions (where the system has any) and a time of change.
    fn dress(&self, file: &File, mode: Option<u32>, modified: SystemTime) -> io::Result<()>;

    /// Returns when all that was written to the file would survive the loss of power.
    fn sync(&self, file: &File) -> io::Result<()>;

    /// The same for the names in a folder.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Makes a folder where nothing is.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Renames a file or a link. What is at `to` fails it, unless it is to be replaced.
    fn rename(&self, from: &Path, to: &Path, onto: Onto) -> io::Result<()>;

    /// Makes `to`, where nothing is, another name of the file at `from`.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes `to`, where nothing is, a copy of the file at `from` that shares its blocks.
    fn reflink(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file or a link.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// What [`Disk::rename`] may come upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onto {
    /// Nothing.
    Nothing,
    /// A file, which goes.
    File,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// What it is.
    pub kind: Kind,
    /// Length in bytes.
    pub len: u64,
    /// Which file it is: the same for all its names. `None` where the system does not tell.
    pub id: Option<(u64, u64)>,
    /// How many names it has.
    pub names: u64,
    /// Its permissions, where the system has any: the lower twelve bits of `st_mode`.
    pub mode: Option<u32>,
    /// When its contents were last changed.
    pub modified: SystemTime,
}

/// What kind of thing is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// Takes a step again for as long as a signal interrupts it.
pub(crate) fn again<T>(mut step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match step() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// How often a lock is asked for, and how long to wait in between.
const LOCK_TRIES: u32 = 20;
const LOCK_WAIT: Duration = Duration::from_millis(10);

/// Locks a file until it is closed; whether nobody else has it locked. True where files cannot be
/// locked.
///
/// A process that was just started holds the locks of the one that started it for a moment, so it
/// is asked for more than once.
pub(crate) fn lock(file: &File) -> bool {
    for attempt in 0..LOCK_TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if attempt + 1 < LOCK_TRIES => thread::sleep(LOCK_WAIT),
            Err(TryLockError::WouldBlock) => break,
            Ok(()) | Err(TryLockError::Error(_)) => return true,
        }
    }
    false
}

/// All bytes of the regular file at `path`.
pub(crate) fn read_all(disk: &dyn Disk, path: &Path) -> io::Result<Vec<u8>> {
    let mut file = again(|| disk.open(path))?;
    let mut all = Vec::new();
    let mut part = vec![0; 1 << 16];
    loop {
        match again(|| disk.read(&mut file, &mut part))? {
            0 => return Ok(all),
            read => all.extend_from_slice(&part[..read]),
        }
    }
}

/// Writes all of `bytes`.
pub(crate) fn write_all(disk: &dyn Disk, file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match again(|| disk.write(file, bytes))? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => bytes = bytes.get(written..).unwrap_or(&[]),
        }
    }
    Ok(())
}

/// The SHA-256 of `bytes`.
pub fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}
