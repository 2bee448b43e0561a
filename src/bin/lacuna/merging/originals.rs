//! The bytes of inputs, kept with the output: compressed, each once, under its digest.

use std::collections::HashSet;
use std::io::{self, Read as _, Write as _};
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use lacuna::disk::{Name, NewFolder};

/// What was kept by now.
#[derive(Default)]
pub struct Kept(Mutex<HashSet<String>>);

impl Kept {
    /// Keeps bytes of this digest, unless they are kept.
    pub fn keep(&self, out: &NewFolder<'_>, digest: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let new = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.insert(digest.to_owned())
        };
        if new {
            out.write(&name(digest), &compress(bytes)?, None)?;
        }
        Ok(())
    }
}

/// Where bytes of this digest are kept.
pub fn name(digest: &str) -> Name {
    let (folder, rest) = digest.split_at_checked(2).unwrap_or((digest, ""));
    Name::own(&format!("originals/{folder}/{rest}.gz"))
}

/// As gzip writes it, without a name or a time: the same bytes for the same input.
fn compress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// The bytes that were kept as `compressed`, if they are `len`.
pub fn open(compressed: &[u8], len: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // One more than there should be is enough to see that there are too many.
    let mut reader = GzDecoder::new(compressed).take(len.saturating_add(1));
    reader.read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == len).then_some(bytes)
}
