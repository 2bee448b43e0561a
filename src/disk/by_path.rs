use std::ffi::OsString;
use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use super::{Disk, Kind, Look, Onto};

/// The file system beneath the folders it was given, for systems on which a file cannot be opened
/// from the folder that holds it. That no folder on the way is a link is looked at before each
/// step; a link that another program makes in that moment is followed.
#[derive(Debug)]
pub struct ByPath {
    roots: Vec<PathBuf>,
}

impl ByPath {
    /// The file system beneath `roots`. Links that lead to these themselves are followed.
    ///
    /// # Errors
    /// Those of the system, if one of them is no folder.
    pub fn new(roots: impl IntoIterator<Item = PathBuf>) -> io::Result<Self> {
        let roots: Vec<PathBuf> = roots.into_iter().collect();
        for root in &roots {
            if !place(root).metadata()?.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        Ok(Self { roots })
    }

    /// `path`, if it lies in a root and no folder on the way is a link.
    fn checked<'a>(&self, path: &'a Path) -> io::Result<&'a Path> {
        let ways = self.roots.iter().filter_map(|root| {
            let way = path.strip_prefix(root).ok()?;
            Some((root, way))
        });
        let innermost = ways.min_by_key(|(_, way)| way.components().count());
        let (root, way) = innermost.ok_or(io::ErrorKind::PermissionDenied)?;
        let mut at = place(root).to_path_buf();
        let parts: Vec<Component<'_>> = way.components().collect();
        for (index, part) in parts.iter().enumerate() {
            let Component::Normal(name) = part else {
                return Err(io::ErrorKind::InvalidInput.into());
            };
            at.push(name);
            let is_last = index + 1 == parts.len();
            if !is_last && !fs::symlink_metadata(&at)?.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        Ok(place(path))
    }

    /// `path`, if a folder is there.
    fn folder<'a>(&self, path: &'a Path) -> io::Result<&'a Path> {
        let checked = self.checked(path)?;
        let is_root = self.roots.iter().any(|root| root == path);
        match is_root || fs::symlink_metadata(checked)?.is_dir() {
            true => Ok(checked),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// `path`, if nothing is there.
    fn free<'a>(&self, path: &'a Path) -> io::Result<&'a Path> {
        match self.look(path)? {
            Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
            None => Ok(path),
        }
    }

    /// `path`, if a regular file is there.
    fn file<'a>(&self, path: &'a Path) -> io::Result<&'a Path> {
        match self.look(path)?.map(|look| look.kind) {
            Some(Kind::File) => Ok(path),
            Some(_) => Err(io::ErrorKind::InvalidInput.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

fn place(path: &Path) -> &Path {
    match path.as_os_str().is_empty() {
        true => Path::new("."),
        false => path,
    }
}

impl Disk for ByPath {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        match self.checked(path).and_then(fs::symlink_metadata) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
            Ok(meta) => Ok(Some(Look {
                kind: match meta.file_type() {
                    kind if kind.is_file() => Kind::File,
                    kind if kind.is_dir() => Kind::Folder,
                    kind if kind.is_symlink() => Kind::Link,
                    _ => Kind::Other,
                },
                len: meta.len(),
                id: None,
                names: 1,
                mode: None,
                modified: meta.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            })),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.folder(folder)?)? {
            names.push(entry?.file_name());
        }
        names.sort_by(|a, b| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
        Ok(names)
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        File::open(self.file(path)?)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        options.open(self.checked(path)?)
    }

    fn extend(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).open(self.file(path)?)
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

    fn dress(&self, file: &File, _: Option<u32>, modified: SystemTime) -> io::Result<()> {
        file.set_times(FileTimes::new().set_modified(modified))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Such systems write the names in a folder down by themselves, and cannot be asked to.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.folder(folder).map(drop)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(self.checked(path)?)
    }

    fn rename(&self, from: &Path, to: &Path, onto: Onto) -> io::Result<()> {
        let to = match onto {
            Onto::Nothing => self.free(to)?,
            Onto::File => to,
        };
        fs::rename(self.checked(from)?, self.checked(to)?)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(self.file(from)?, self.checked(to)?)
    }

    fn reflink(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(self.checked(path)?)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(self.checked(path)?)
    }
}
