//! Hashing of many short texts.

use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// XXH3 from a seed that chance gives, so that no document can be written to be slow.
#[derive(Clone, Copy)]
pub(super) struct Seeded(u64);

impl Seeded {
    pub fn new() -> Self {
        Self(RandomState::new().hash_one(0))
    }

    /// A text with its hash.
    #[inline]
    pub fn hashed(self, text: &str) -> Hashed<'_> {
        Hashed {
            hash: xxh3_64_with_seed(text.as_bytes(), self.0),
            text,
        }
    }
}

/// A text that was hashed. See [`Seeded`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Hashed<'t> {
    hash: u64,
    text: &'t str,
}

impl Hash for Hashed<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Takes hashes as they are.
pub(super) type AsHashed = BuildHasherDefault<Known>;

/// See [`AsHashed`].
#[derive(Default)]
pub(super) struct Known(u64);

impl Hasher for Known {
    /// Only hashes are hashed.
    fn write(&mut self, _: &[u8]) {}

    #[inline]
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}
