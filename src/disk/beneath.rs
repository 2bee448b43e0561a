use std::ffi::{OsStr, OsString};
use std::fs::{File, FileTimes, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustix::fs::{self, AtFlags, CWD, FileType, Mode, OFlags, Stat};

use super::{Disk, Kind, Look, Onto};

/// The file system, beneath the folders it was given.
///
/// Each folder on the way to a file is opened from the one above it, and refused if it is a link:
/// that a folder is exchanged for a link in between leads nowhere.
#[derive(Debug)]
pub struct Beneath {
    roots: Vec<(PathBuf, OwnedFd)>,
}

/// How folders are opened.
const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);

/// How files are opened, besides for what. A pipe is not waited for.
const FILE: OFlags = OFlags::NOFOLLOW
    .union(OFlags::CLOEXEC)
    .union(OFlags::NONBLOCK);

impl Beneath {
    /// The file system beneath `roots`. Links that lead to these themselves are followed.
    ///
    /// # Errors
    /// Those of the system, if one of them cannot be opened or is no folder.
    pub fn new(roots: impl IntoIterator<Item = PathBuf>) -> io::Result<Self> {
        let open = |root: PathBuf| {
            let place = match root.as_os_str().is_empty() {
                true => Path::new("."),
                false => &root,
            };
            let folder = fs::openat(CWD, place, FOLDER, Mode::empty())?;
            Ok((root, folder))
        };
        let roots = roots.into_iter().map(open).collect::<io::Result<_>>()?;
        Ok(Self { roots })
    }

    /// The root that `path` lies in, the innermost, and the way from there.
    fn root<'a>(&self, path: &'a Path) -> io::Result<(&OwnedFd, &'a Path)> {
        let within = |(root, folder)| Some((folder, path.strip_prefix(root).ok()?));
        let roots = self.roots.iter().map(|(root, folder)| (root, folder));
        let found = roots.filter_map(within);
        found
            .min_by_key(|(_, way)| way.components().count())
            .ok_or_else(|| io::ErrorKind::PermissionDenied.into())
    }

    /// Opens the folder at `path`.
    fn folder(&self, path: &Path) -> io::Result<OwnedFd> {
        let (root, way) = self.root(path)?;
        let mut folder = fs::openat(root, c".", FOLDER, Mode::empty())?;
        for part in way.components() {
            let part = plain(part)?;
            folder = fs::openat(&folder, part, FOLDER | OFlags::NOFOLLOW, Mode::empty())?;
        }
        Ok(folder)
    }

    /// The folder that holds `path`, opened, and the last part of `path`.
    fn parent<'a>(&self, path: &'a Path) -> io::Result<(OwnedFd, &'a OsStr)> {
        let last = path.components().next_back();
        let last = last.ok_or(io::ErrorKind::InvalidInput)?;
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        Ok((self.folder(folder)?, plain(last)?))
    }

    fn open_file(&self, path: &Path, flags: OFlags) -> io::Result<File> {
        let (folder, name) = self.parent(path)?;
        let made = Mode::from_raw_mode(0o666);
        let file = File::from(fs::openat(folder, name, flags | FILE, made)?);
        match file.metadata()?.is_file() {
            true => Ok(file),
            false => Err(io::ErrorKind::InvalidInput.into()),
        }
    }
}

/// A part of a path that is a name.
fn plain(part: Component<'_>) -> io::Result<&OsStr> {
    match part {
        Component::Normal(name) => Ok(name),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

impl Disk for Beneath {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        if self.root(path)?.1.as_os_str().is_empty() {
            return Ok(Some(look(&fs::fstat(self.folder(path)?)?)));
        }
        let stat = self
            .parent(path)
            .and_then(|(folder, name)| Ok(fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?));
        match stat {
            Ok(stat) => Ok(Some(look(&stat))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in fs::Dir::read_from(self.folder(folder)?)? {
            let name = entry?.file_name().to_bytes().to_vec();
            if name != b"." && name != b".." {
                names.push(OsString::from_vec(name));
            }
        }
        names.sort_by(|a, b| a.as_bytes().cmp(b.as_bytes()));
        Ok(names)
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        self.open_file(path, OFlags::RDONLY)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        self.open_file(path, OFlags::RDWR | OFlags::CREATE | OFlags::EXCL)
    }

    fn extend(&self, path: &Path) -> io::Result<File> {
        self.open_file(path, OFlags::RDWR | OFlags::APPEND)
    }

    fn read(&self, file: &mut File, bytes: &mut [u8]) -> io::Result<usize> {
        file.read(bytes)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn cut(&self, file: &File, len: u64) -> io::Result<()> {
        file.set_len(len)
    }

    fn dress(&self, file: &File, mode: Option<u32>, modified: SystemTime) -> io::Result<()> {
        if let Some(mode) =
            mode.filter(|mode| file.metadata().is_ok_and(|m| m.mode() & 0o7777 != *mode))
        {
            file.set_permissions(Permissions::from_mode(mode))?;
        }
        file.set_times(FileTimes::new().set_modified(modified))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match fs::fsync(self.folder(folder)?) {
            // Some file systems of other machines cannot do this for a folder, and need not.
            Err(rustix::io::Errno::INVAL) => Ok(()),
            done => Ok(done?),
        }
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let (folder, name) = self.parent(path)?;
        Ok(fs::mkdirat(folder, name, Mode::from_raw_mode(0o777))?)
    }

    fn rename(&self, from: &Path, to: &Path, onto: Onto) -> io::Result<()> {
        let (from, old) = self.parent(from)?;
        let (to, new) = self.parent(to)?;
        match onto {
            Onto::Nothing => rename_to_nothing(&from, old, &to, new),
            Onto::File => Ok(fs::renameat(from, old, to, new)?),
        }
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, old) = self.parent(from)?;
        let (to, new) = self.parent(to)?;
        Ok(fs::linkat(from, old, to, new, AtFlags::empty())?)
    }

    fn reflink(&self, from: &Path, to: &Path) -> io::Result<()> {
        let source = self.open(from)?;
        share_blocks(self, &source, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let (folder, name) = self.parent(path)?;
        Ok(fs::unlinkat(folder, name, AtFlags::empty())?)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let (folder, name) = self.parent(path)?;
        Ok(fs::unlinkat(folder, name, AtFlags::REMOVEDIR)?)
    }
}

// The widths of these fields differ from system to system.
#[allow(clippy::unnecessary_cast, clippy::useless_conversion)]
fn look(stat: &Stat) -> Look {
    let seconds = stat.st_mtime as i64;
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let modified = match seconds >= 0 {
        true => SystemTime::UNIX_EPOCH.checked_add(whole),
        false => SystemTime::UNIX_EPOCH.checked_sub(whole),
    };
    let modified = modified.unwrap_or(SystemTime::UNIX_EPOCH);
    let nanos = Duration::from_nanos(stat.st_mtime_nsec as u64);
    Look {
        kind: match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            _ => Kind::Other,
        },
        len: stat.st_size as u64,
        id: Some((stat.st_dev as u64, stat.st_ino as u64)),
        names: stat.st_nlink as u64,
        mode: Some(u32::from(stat.st_mode) & 0o7777),
        modified: modified.checked_add(nanos).unwrap_or(modified),
    }
}

#[cfg(any(target_vendor = "apple", target_os = "linux", target_os = "android"))]
fn rename_to_nothing(from: &OwnedFd, old: &OsStr, to: &OwnedFd, new: &OsStr) -> io::Result<()> {
    use rustix::io::Errno;

    match fs::renameat_with(from, old, to, new, fs::RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => look_and_rename(from, old, to, new),
        done => Ok(done?),
    }
}

#[cfg(not(any(target_vendor = "apple", target_os = "linux", target_os = "android")))]
fn rename_to_nothing(from: &OwnedFd, old: &OsStr, to: &OwnedFd, new: &OsStr) -> io::Result<()> {
    look_and_rename(from, old, to, new)
}

/// Where the file system cannot rename to nothing in one step. Nothing of ours makes a file there
/// in between; what another program makes in that moment is replaced.
fn look_and_rename(from: &OwnedFd, old: &OsStr, to: &OwnedFd, new: &OsStr) -> io::Result<()> {
    match fs::statat(to, new, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(rustix::io::Errno::NOENT) => Ok(fs::renameat(from, old, to, new)?),
        Err(error) => Err(error.into()),
    }
}

#[cfg(target_os = "linux")]
fn share_blocks(disk: &Beneath, source: &File, to: &Path) -> io::Result<()> {
    let copy = disk.create(to)?;
    fs::ioctl_ficlone(&copy, source).map_err(|error| {
        // The empty file was made just now, by us.
        let _ = disk.remove(to);
        error.into()
    })
}

#[cfg(target_vendor = "apple")]
fn share_blocks(disk: &Beneath, source: &File, to: &Path) -> io::Result<()> {
    let (folder, name) = disk.parent(to)?;
    Ok(fs::fclonefileat(
        source,
        folder,
        name,
        fs::CloneFlags::empty(),
    )?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn share_blocks(_: &Beneath, _: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
