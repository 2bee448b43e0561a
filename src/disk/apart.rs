use std::io;
use std::path::{Path, PathBuf};

use crate::error::reason;
use crate::{Error, ErrorKind};

/// Whether the folder `out`, which need not be there, lies in none of `inputs` and holds none.
///
/// # Errors
/// [`ErrorKind::Usage`] if it does, [`ErrorKind::Io`] if that cannot be told.
pub fn ensure_apart<P: AsRef<Path>>(out: &Path, inputs: &[P]) -> Result<(), Error> {
    let out_place = Place::of(out)?;
    for input in inputs {
        let input = input.as_ref();
        let place = Place::of(input)?;
        let clash = match () {
            () if out_place.is(&place) => "is an input",
            () if out_place.lies_in(&place) => "lies in an input",
            () if place.lies_in(&out_place) => "holds an input",
            () => continue,
        };
        let what = format!(
            "{clash} ({}): what is written goes to a place of its own",
            input.display()
        );
        return Err(Error::new(ErrorKind::Usage, what).with_path(out));
    }
    Ok(())
}

/// Where a path leads: itself and all folders above it, by name and by which file each is. A folder
/// may be there under two names, by a mount or because case does not count.
struct Place {
    path: PathBuf,
    id: Option<(u64, u64)>,
    ids_above: Vec<(u64, u64)>,
}

impl Place {
    fn of(path: &Path) -> Result<Self, Error> {
        Self::find(path).map_err(|error| Error::new(ErrorKind::Io, reason(&error)).with_path(path))
    }

    fn find(path: &Path) -> io::Result<Self> {
        let path = resolved(&std::path::absolute(path)?)?;
        let above = path.ancestors().skip(1).filter_map(id);
        Ok(Self {
            id: id(&path),
            ids_above: above.collect(),
            path,
        })
    }

    fn is(&self, other: &Self) -> bool {
        self.path == other.path || (self.id.is_some() && self.id == other.id)
    }

    fn lies_in(&self, other: &Self) -> bool {
        self.path.starts_with(&other.path)
            || other.id.is_some_and(|id| self.ids_above.contains(&id))
    }
}

/// `path` without links, as far as it is there.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    for above in path.ancestors() {
        match above.canonicalize() {
            Ok(there) => {
                let rest = path.strip_prefix(above).unwrap_or(Path::new(""));
                return Ok(match rest.as_os_str().is_empty() {
                    true => there,
                    false => there.join(rest),
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(path.to_path_buf())
}

#[cfg(unix)]
fn id(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    let meta = path.metadata().ok()?;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn id(_: &Path) -> Option<(u64, u64)> {
    None
}
