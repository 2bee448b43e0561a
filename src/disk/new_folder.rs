mod growing;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::mark::{MARK, Mark};
use super::{Disk, Kind, Name, Onto, again, digest, lock, places, read_all, write_all};
use crate::error::reason;
use crate::text::Digest;
use crate::{Error, ErrorKind};

pub use growing::Growing;

/// The program's own folder, in each folder that it writes.
pub const OWN_FOLDER: &str = ".lacuna";

/// Where files are written before they are renamed into place.
const TEMPORARY: &str = "tmp";

/// How much of a file is in memory while its digest is made.
const PART: usize = 1 << 16;

/// A folder that is being written. As long as it is not whole, a mark in it says so.
///
/// The mark is on the disk before anything else is, and goes when all else is on the disk and was
/// read back. A file is written under another name and renamed when the disk has it, so each file
/// in place is whole. A run that ends early is resumed with the same plan: what is there and right
/// stays, all else is written.
///
/// Files may be written by several threads at once. After an error of any of them, the folder
/// stays unfinished.
pub struct NewFolder<'d> {
    disk: &'d dyn Disk,
    root: PathBuf,
    /// Whether files of an earlier run may be there.
    resumed: bool,
    /// Held for as long as this run lasts, so that no other one writes here.
    _lock: File,
    temporaries: AtomicU64,
    failed: AtomicBool,
    folders: Mutex<BTreeSet<PathBuf>>,
    files: Mutex<BTreeMap<Name, Entry>>,
}

struct Entry {
    digest: Digest,
    bytes: u64,
    kept: bool,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that this run wrote.
    pub files: usize,
    /// Files that an earlier run had written.
    pub kept: usize,
    /// The bytes of all of them.
    pub bytes: u64,
}

/// The files of a folder that is written, to be read from the disk.
#[derive(Clone, Copy)]
pub struct ReadBack<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
}

impl<'a> ReadBack<'a> {
    /// The bytes of the file `name`.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if they cannot be read.
    pub fn read(&self, name: &Name) -> Result<Vec<u8>, Error> {
        let path = self.root.join(name.path());
        read_all(self.disk, &path).map_err(|error| trouble(ErrorKind::Io, &error, &path))
    }

    /// The file `name`, to be read part by part.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it cannot be opened.
    pub fn open(&self, name: &Name) -> Result<impl io::Read + use<'a>, Error> {
        let path = self.root.join(name.path());
        let file = again(|| self.disk.open(&path));
        let file = file.map_err(|error| trouble(ErrorKind::Io, &error, &path))?;
        Ok(Opened {
            disk: self.disk,
            file,
        })
    }
}

/// A file that is read from the disk.
struct Opened<'a> {
    disk: &'a dyn Disk,
    file: File,
}

impl io::Read for Opened<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.disk.read(&mut self.file, bytes)
    }
}

/// The digest of the file at `path`, which is read part by part.
fn digest_of(disk: &dyn Disk, path: &Path) -> io::Result<Digest> {
    let mut file = again(|| disk.open(path))?;
    let mut hasher = Sha256::new();
    let mut part = vec![0; PART];
    loop {
        match again(|| disk.read(&mut file, &mut part))? {
            0 => return Ok(Digest(hasher.finalize().into())),
            read => hasher.update(&part[..read]),
        }
    }
}

impl<'d> NewFolder<'d> {
    /// Begins the folder `out`, which must not be there, or be empty. With `resume`, it may also be
    /// unfinished, if `mark` is the mark it was begun with. `disk` must reach the folder that holds
    /// `out`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if `out` holds anything else, or is whole; [`ErrorKind::Changed`] if it
    /// was begun with another mark; [`ErrorKind::Write`] if the disk fails, or if another run is
    /// writing to it.
    pub fn begin(disk: &'d dyn Disk, out: &Path, mark: &Mark, resume: bool) -> Result<Self, Error> {
        let place = Place { disk, root: out };
        let (lock, resumed) = place.begin(mark, resume)?;
        let new = Self {
            disk,
            root: out.to_path_buf(),
            resumed,
            _lock: lock,
            temporaries: AtomicU64::new(0),
            failed: AtomicBool::new(false),
            folders: Mutex::default(),
            files: Mutex::default(),
        };
        new.make_folder(Path::new(OWN_FOLDER))?;
        new.make_folder(&temporary())?;
        Ok(new)
    }

    /// Writes a file, unless an earlier run did. It has the permissions that the system gives to a
    /// new file, and `modified`, if given, as its time of change.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] if the disk fails, or `name` was written before.
    pub fn write(
        &self,
        name: &Name,
        bytes: &[u8],
        modified: Option<SystemTime>,
    ) -> Result<(), Error> {
        self.remember(self.place(name, bytes, modified))
    }

    fn place(&self, name: &Name, bytes: &[u8], modified: Option<SystemTime>) -> Result<(), Error> {
        let path = self.make_way(name)?;
        let digest = digest(bytes);
        let kept = self.resumed && self.keep(&path, digest)?;
        if !kept {
            self.write_and_rename(&path, bytes, modified)?;
        }
        let bytes = bytes.len() as u64;
        self.enter(
            name,
            Entry {
                digest,
                bytes,
                kept,
            },
        )
    }

    /// Makes the folders that hold `name`. Gives its path.
    fn make_way(&self, name: &Name) -> Result<PathBuf, Error> {
        let way = name.path();
        for folder in folders_above(&way) {
            self.make_folder(folder)?;
        }
        Ok(self.root.join(way))
    }

    /// Whether what an earlier run left at `path` is right. What is not goes: it was cut short by a
    /// loss of power.
    fn keep(&self, path: &Path, expected: Digest) -> Result<bool, Error> {
        match self
            .step(path, || self.disk.look(path))?
            .map(|look| look.kind)
        {
            None => return Ok(false),
            Some(Kind::File) => {}
            Some(_) => return Err(taken(path)),
        }
        let found = digest_of(self.disk, path).map_err(|error| unwritten(&error, path))?;
        if found == expected {
            let file = self.step(path, || self.disk.extend(path))?;
            self.step(path, || self.disk.sync(&file))?;
            return Ok(true);
        }
        self.step(path, || self.disk.remove(path))?;
        Ok(false)
    }

    fn write_and_rename(
        &self,
        path: &Path,
        bytes: &[u8],
        modified: Option<SystemTime>,
    ) -> Result<(), Error> {
        let other = self.next_temporary();
        let mut file = self.step(path, || self.disk.create(&other))?;
        write_all(self.disk, &mut file, bytes).map_err(|error| unwritten(&error, path))?;
        if let Some(modified) = modified {
            self.step(path, || self.disk.dress(&file, None, modified))?;
        }
        self.put_in_place(file, &other, path)
    }

    /// Where the next file is, until it is whole.
    fn next_temporary(&self) -> PathBuf {
        let number = self.temporaries.fetch_add(1, Ordering::Relaxed);
        self.root.join(temporary()).join(number.to_string())
    }

    /// Has the disk keep a file that was written at `other`, and renames it.
    fn put_in_place(&self, file: File, other: &Path, path: &Path) -> Result<(), Error> {
        self.step(path, || self.disk.sync(&file))?;
        drop(file);
        self.step(path, || self.disk.rename(other, path, Onto::Nothing))
    }

    /// Makes the folder at `way`, below the one that is written, unless it is there.
    fn make_folder(&self, way: &Path) -> Result<(), Error> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if folders.contains(way) {
            return Ok(());
        }
        let path = self.root.join(way);
        match self
            .step(&path, || self.disk.look(&path))?
            .map(|look| look.kind)
        {
            Some(Kind::Folder) => {}
            Some(_) => return Err(taken(&path)),
            None => self.step(&path, || self.disk.make_folder(&path))?,
        }
        folders.insert(way.to_path_buf());
        Ok(())
    }

    /// Ends it: has the disk keep all that was written, reads it back, and takes the mark away.
    /// One of the files must be the program's own ([`Name::own`]): by that a whole folder is known.
    /// `prove` may read the files, too, and say that they are not what they should be.
    ///
    /// # Errors
    /// Those of `prove`; [`ErrorKind::Changed`] if a file is not what was written, or if there is
    /// one that was not; [`ErrorKind::Write`] if the disk fails, now or before.
    pub fn finish(
        self,
        prove: impl FnOnce(ReadBack<'_>) -> Result<(), Error>,
    ) -> Result<Written, Error> {
        if self.failed.load(Ordering::Relaxed) {
            let what = "is unfinished: something could not be written";
            return Err(Error::new(ErrorKind::Write, what).with_path(&self.root));
        }
        self.sync_folders()?;
        self.read_back()?;
        self.ensure_nothing_else()?;
        prove(ReadBack {
            disk: self.disk,
            root: &self.root,
        })?;
        let own = self.root.join(OWN_FOLDER);
        let temporary = self.root.join(temporary());
        self.step(&temporary, || self.disk.remove_folder(&temporary))?;
        self.step(&own, || self.disk.sync_folder(&own))?;
        self.step(&own, || self.disk.remove(&own.join(MARK)))?;
        self.step(&own, || self.disk.sync_folder(&own))?;
        Ok(self.count())
    }

    fn sync_folders(&self) -> Result<(), Error> {
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let paths = folders.iter().map(|way| self.root.join(way));
        for path in paths.chain([self.root.clone()]) {
            self.step(&path, || self.disk.sync_folder(&path))?;
        }
        Ok(())
    }

    fn read_back(&self) -> Result<(), Error> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let files: Vec<(&Name, &Entry)> = files.iter().collect();
        let check = |(name, entry): &(&Name, &Entry)| {
            let path = self.root.join(name.path());
            match digest_of(self.disk, &path) {
                Ok(found) if found == entry.digest => Ok(()),
                Ok(_) => {
                    let what = "does not hold what was written";
                    Err(Error::new(ErrorKind::Changed, what).with_path(path))
                }
                Err(error) => Err(trouble(ErrorKind::Io, &error, &path)),
            }
        };
        let checked: Vec<Result<(), Error>> = files.par_iter().map(check).collect();
        checked.into_iter().collect()
    }

    /// A file that nobody wrote has no place in a folder of which a proof says what is in it.
    fn ensure_nothing_else(&self) -> Result<(), Error> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known: HashSet<Vec<u8>> = files
            .keys()
            .map(|name| places::fold(name.as_bytes()))
            .collect();
        let mark = places::fold(Name::own(MARK).as_bytes());
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            let path = self.root.join(&folder);
            for name in self.step(&path, || self.disk.list(&path))? {
                let way = folder.join(name);
                let path = self.root.join(&way);
                let kind = self
                    .step(&path, || self.disk.look(&path))?
                    .map(|look| look.kind);
                let name = places::fold(&slashed(&way));
                match kind {
                    Some(Kind::Folder) => folders.push(way),
                    _ if known.remove(&name) || name == mark => {}
                    _ => return Err(taken(&path)),
                }
            }
        }
        Ok(())
    }

    fn count(&self) -> Written {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = files.values().filter(|entry| entry.kept).count();
        Written {
            files: files.len() - kept,
            kept,
            bytes: files.values().map(|entry| entry.bytes).sum(),
        }
    }

    fn step<T>(&self, path: &Path, step: impl FnMut() -> io::Result<T>) -> Result<T, Error> {
        again(step).map_err(|error| unwritten(&error, path))
    }
}

/// A folder, before it is begun.
struct Place<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
}

impl Place<'_> {
    /// Puts the mark in place, or finds it there. Gives the file that holds it, locked, and whether
    /// an earlier run put it there.
    fn begin(&self, mark: &Mark, resume: bool) -> Result<(File, bool), Error> {
        self.ensure_folder()?;
        let own = self.root.join(OWN_FOLDER);
        let theirs = self.list(self.root)?.iter().any(|name| name != OWN_FOLDER);
        let ours = match self.look(&own)? {
            None => Vec::new(),
            Some(Kind::Folder) => self.list(&own)?,
            Some(_) => return Err(taken(&own)),
        };
        let marked = ours.iter().any(|name| name == MARK);
        let say = |what: &str| Err(Error::new(ErrorKind::Usage, what).with_path(self.root));
        match () {
            () if marked && !resume => say("is unfinished; --resume finishes it"),
            () if marked => self.take_up(mark, !theirs && ours.len() == 1),
            () if !ours.is_empty() => say("is finished: nothing is written over it"),
            () if theirs => say("is not empty: nothing is written over what is there"),
            () => Ok((self.put(mark)?, false)),
        }
    }

    fn ensure_folder(&self) -> Result<(), Error> {
        match self.look(self.root)? {
            Some(Kind::Folder) => Ok(()),
            Some(_) => Err(Error::new(ErrorKind::Usage, "is no folder").with_path(self.root)),
            None => {
                self.step(|| self.disk.make_folder(self.root))?;
                let above = self.root.parent().unwrap_or(Path::new(""));
                self.step(|| self.disk.sync_folder(above))
            }
        }
    }

    /// Puts the mark into the folder, so that it survives all that may come.
    fn put(&self, mark: &Mark) -> Result<File, Error> {
        let own = self.root.join(OWN_FOLDER);
        if self.look(&own)?.is_none() {
            self.step(|| self.disk.make_folder(&own))?;
        }
        let mut file = self.step(|| self.disk.create(&own.join(MARK)))?;
        self.lock(&file)?;
        write_all(self.disk, &mut file, &mark.to_bytes())
            .map_err(|error| unwritten(&error, self.root))?;
        self.step(|| self.disk.sync(&file))?;
        self.step(|| self.disk.sync_folder(&own))?;
        self.step(|| self.disk.sync_folder(self.root))?;
        Ok(file)
    }

    /// Takes up what was begun with `mark`. A run that ended while it wrote the mark had not begun
    /// anything else: if `alone` is there, it is put again.
    fn take_up(&self, mark: &Mark, alone: bool) -> Result<(File, bool), Error> {
        let own = self.root.join(OWN_FOLDER);
        let path = own.join(MARK);
        let file = self.step(|| self.disk.extend(&path))?;
        self.lock(&file)?;
        let bytes = read_all(self.disk, &path).map_err(|error| unwritten(&error, &path))?;
        match Mark::from_bytes(&bytes) {
            Some(found) if found == *mark => {}
            None if alone => {
                self.step(|| self.disk.remove(&path))?;
                return Ok((self.put(mark)?, false));
            }
            _ => {
                let what = "was begun with another plan: the inputs, the flags or the program are \
                    not those of then";
                return Err(Error::new(ErrorKind::Changed, what).with_path(self.root));
            }
        }
        // The run that put it may have ended before the disk had it.
        self.step(|| self.disk.sync(&file))?;
        self.step(|| self.disk.sync_folder(&own))?;
        self.step(|| self.disk.sync_folder(self.root))?;
        let temporary = self.root.join(temporary());
        if self.look(&temporary)?.is_some() {
            for name in self.list(&temporary)? {
                self.step(|| self.disk.remove(&temporary.join(&name)))?;
            }
        }
        Ok((file, true))
    }

    /// Where files cannot be locked, two runs at once fail at the first file that both write.
    fn lock(&self, file: &File) -> Result<(), Error> {
        match lock(file) {
            true => Ok(()),
            false => {
                let what = "another run is writing to it";
                Err(Error::new(ErrorKind::Write, what).with_path(self.root))
            }
        }
    }

    fn look(&self, path: &Path) -> Result<Option<Kind>, Error> {
        Ok(self.step(|| self.disk.look(path))?.map(|look| look.kind))
    }

    fn list(&self, path: &Path) -> Result<Vec<std::ffi::OsString>, Error> {
        self.step(|| self.disk.list(path))
    }

    fn step<T>(&self, step: impl FnMut() -> io::Result<T>) -> Result<T, Error> {
        again(step).map_err(|error| unwritten(&error, self.root))
    }
}

fn temporary() -> PathBuf {
    Path::new(OWN_FOLDER).join(TEMPORARY)
}

/// The folders that hold `way`, outermost first.
fn folders_above(way: &Path) -> impl Iterator<Item = &Path> {
    let mut above: Vec<&Path> = way.ancestors().skip(1).collect();
    above.pop();
    above.into_iter().rev()
}

/// A path as the bytes of a [`Name`].
fn slashed(way: &Path) -> Vec<u8> {
    let parts: Vec<&[u8]> = way.iter().map(|part| part.as_encoded_bytes()).collect();
    parts.join(&b'/')
}

fn unwritten(error: &io::Error, path: &Path) -> Error {
    trouble(ErrorKind::Write, error, path)
}

fn trouble(kind: ErrorKind, error: &io::Error, path: &Path) -> Error {
    Error::new(kind, reason(error)).with_path(path)
}

/// The error of a path at which there is something that this run did not put there.
fn taken(path: &Path) -> Error {
    let what = "something else is there: nothing is written over it";
    Error::new(ErrorKind::Changed, what).with_path(path)
}
