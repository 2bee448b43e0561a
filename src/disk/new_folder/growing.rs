//! A file that is written part by part, while others are.

use std::fs::File;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use sha2::{Digest as _, Sha256};

use super::{Entry, NewFolder, unwritten};
use crate::disk::{Name, write_all};
use crate::text::Digest;
use crate::{Error, ErrorKind};

/// A file of a [`NewFolder`] that grows. It comes to its place when it is whole, like any other.
pub struct Growing<'f, 'd> {
    folder: &'f NewFolder<'d>,
    name: Name,
    path: PathBuf,
    /// Where it is until it is whole.
    temporary: PathBuf,
    file: File,
    digest: Sha256,
    bytes: u64,
}

impl<'d> NewFolder<'d> {
    /// Begins a file that is written part by part.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] if the disk fails.
    pub fn grow(&self, name: &Name) -> Result<Growing<'_, 'd>, Error> {
        self.remember(self.begin_growing(name))
    }

    fn begin_growing(&self, name: &Name) -> Result<Growing<'_, 'd>, Error> {
        let path = self.make_way(name)?;
        let temporary = self.next_temporary();
        let file = self.step(&path, || self.disk.create(&temporary))?;
        Ok(Growing {
            folder: self,
            name: name.clone(),
            path,
            temporary,
            file,
            digest: Sha256::new(),
            bytes: 0,
        })
    }

    /// Remembers an error: after one the folder stays unfinished.
    pub(super) fn remember<T>(&self, done: Result<T, Error>) -> Result<T, Error> {
        if done.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        done
    }

    /// Enters what is in its place.
    pub(super) fn enter(&self, name: &Name, entry: Entry) -> Result<(), Error> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match files.insert(name.clone(), entry) {
            None => Ok(()),
            Some(_) => {
                let path = self.root.join(name.path());
                Err(Error::new(ErrorKind::Write, "is written twice").with_path(path))
            }
        }
    }
}

impl Growing<'_, '_> {
    /// Adds `bytes` at its end.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] if the disk fails.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = write_all(self.folder.disk, &mut self.file, bytes);
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        let written = written.map_err(|error| unwritten(&error, &self.path));
        self.folder.remember(written)
    }

    /// Brings it to its place, whole, unless an earlier run brought the same bytes there.
    ///
    /// # Errors
    /// [`ErrorKind::Write`] if the disk fails, or a file of this name was written before.
    pub fn finish(self) -> Result<(), Error> {
        let folder = self.folder;
        folder.remember(self.place())
    }

    fn place(self) -> Result<(), Error> {
        let Self {
            folder,
            path,
            temporary,
            file,
            ..
        } = self;
        let digest = Digest(self.digest.finalize().into());
        let kept = folder.resumed && folder.keep(&path, digest)?;
        if kept {
            drop(file);
            folder.step(&path, || folder.disk.remove(&temporary))?;
        } else {
            folder.put_in_place(file, &temporary, &path)?;
        }
        let bytes = self.bytes;
        folder.enter(
            &self.name,
            Entry {
                digest,
                bytes,
                kept,
            },
        )
    }
}
