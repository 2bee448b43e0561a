use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use super::Input;

/// What tells that a file is still the one that was read: size, times of the last change of
/// contents and of the last change at all, and which file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp([u64; 6]);

/// A file that was changed less than this before it is looked at may change again without another
/// time of change: the clocks of file systems are that coarse.
const SETTLED: Duration = Duration::from_secs(2);

impl Input {
    /// The stamp of a regular file that was not changed just now; else `None`.
    pub fn stamp(&self) -> Option<Stamp> {
        let meta = self.path.as_ref()?.metadata().ok()?;
        let age = SystemTime::now().duration_since(meta.modified().ok()?);
        let settled = meta.is_file() && age.is_ok_and(|age| age >= SETTLED);
        settled.then(|| Stamp::of(&meta)).flatten()
    }
}

impl Stamp {
    /// Length in bytes of [`to_bytes`](Self::to_bytes).
    pub const LEN: usize = 48;

    /// The stamp as bytes.
    pub fn to_bytes(self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        for (bytes, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(self.0) {
            *bytes = word.to_le_bytes();
        }
        bytes
    }

    #[cfg(unix)]
    fn of(meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let time = |seconds: i64, nanos: i64| {
            (seconds as u64)
                .wrapping_mul(1_000_000_000)
                .wrapping_add(nanos as u64)
        };
        let changed = Duration::new(meta.ctime().max(0) as u64, 0);
        let age = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH + changed);
        age.is_ok_and(|age| age >= SETTLED).then(|| {
            Self([
                meta.len(),
                time(meta.mtime(), meta.mtime_nsec()),
                time(meta.ctime(), meta.ctime_nsec()),
                meta.dev(),
                meta.ino(),
                0,
            ])
        })
    }

    #[cfg(not(unix))]
    fn of(meta: &Metadata) -> Option<Self> {
        let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok();
        let modified = since(meta.modified().ok()?)?;
        let created = meta.created().ok().and_then(since).unwrap_or_default();
        let (modified, created) = (modified.as_nanos() as u64, created.as_nanos() as u64);
        Some(Self([meta.len(), modified, created, 0, 0, 0]))
    }
}
