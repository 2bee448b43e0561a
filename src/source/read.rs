use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::Input;
use crate::error::reason;
use crate::text::Digest;
use crate::{Error, ErrorKind};

/// Sources are smaller than this: offsets into them are kept in 32 bits.
const LIMIT: u64 = u32::MAX as u64;

impl Input {
    /// What to call the input in a message and what to tell its format by: its extension,
    /// without the dot.
    pub fn extension(&self) -> Option<&str> {
        self.path.as_ref()?.extension()?.to_str()
    }

    /// Whether [`read`](Self::read) can be called more than once: standard input and pipes can be
    /// read once.
    pub fn can_be_read_again(&self) -> bool {
        !self.once
    }

    /// Its size in bytes now, if that is known before it is read.
    pub fn size(&self) -> Option<u64> {
        self.path.as_ref()?.metadata().ok().map(|meta| meta.len())
    }

    /// Where it is, from the root; `None` is standard input.
    pub fn absolute(&self) -> Option<PathBuf> {
        std::path::absolute(self.path.as_ref()?).ok()
    }

    /// All its bytes. Standard input and pipes can be read once.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the system does not give them, [`ErrorKind::TooLarge`] if there are
    /// 4 GiB or more of them.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        let bytes = match &self.path {
            Some(path) => File::open(path).and_then(|file| {
                let size = file.metadata()?.len();
                if size >= LIMIT {
                    return Ok(None);
                }
                up_to_limit(file, size as usize)
            }),
            None => up_to_limit(io::stdin().lock(), 0),
        };
        bytes
            .map_err(|error| Error::new(ErrorKind::Io, reason(&error)))?
            .ok_or_else(|| Error::new(ErrorKind::TooLarge, "is 4 GiB or larger"))
    }

    /// The SHA-256 of a file's bytes. Of a large one only a little is in memory at a time.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if the system does not give them, or if this is no file.
    pub fn digest(&self) -> Result<Digest, Error> {
        let digest = |path: &PathBuf| {
            let mut file = File::open(path)?;
            let mut digest = Sha256::new();
            let mut buffer = vec![0; 64 << 10];
            loop {
                match file.read(&mut buffer)? {
                    0 => break,
                    len => digest.update(&buffer[..len]),
                }
            }
            Ok(Digest(digest.finalize().into()))
        };
        let Some(path) = self.path.as_ref().filter(|_| !self.once) else {
            return Err(Error::new(ErrorKind::Io, "can be read once only"));
        };
        digest(path).map_err(|error: io::Error| Error::new(ErrorKind::Io, reason(&error)))
    }
}

/// All bytes of `source`, or `None` if there are too many. `size` is how many to expect.
fn up_to_limit(source: impl Read, size: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(size + 1).is_err() {
        return Err(io::ErrorKind::OutOfMemory.into());
    }
    source.take(LIMIT).read_to_end(&mut bytes)?;
    Ok((bytes.len() < LIMIT as usize).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_digest_is_that_of_the_bytes() {
        let input = Input::named(Path::new("Cargo.toml")).unwrap();
        let bytes = input.read().unwrap();
        let expected = Digest(Sha256::digest(bytes).into());
        assert_eq!(input.digest().unwrap(), expected);
        assert!(Input::named(Path::new("-")).unwrap().digest().is_err());
    }
}
