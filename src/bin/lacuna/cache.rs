//! What is known of files that were read before: disposable, and never the only place of anything.
//!
//! One file in the user's folder for caches. Whatever is wrong with it, a scan goes on without it;
//! one that cannot be opened or was written by another program is made anew, one that another
//! process has open is left to that. What was computed by another version, or another build, of the
//! program is not found: both are part of every key.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use lacuna::audit;
use lacuna::scan::{Card, Document, Scan};
use lacuna::source::{Input, Stamp};
use lacuna::text::ExclusionRule;
use redb::{
    Database, DatabaseError, ReadOnlyTable, ReadableDatabase as _, StorageError, TableDefinition,
};
use xxhash_rust::xxh3::Xxh3;

use crate::flags::CacheFlags;

/// Stamp, and card or rule, of each file.
const FILES: TableDefinition<u128, &[u8]> = TableDefinition::new("files");
/// The signature of each file.
const SIGNATURES: TableDefinition<u128, &[u8]> = TableDefinition::new("signatures");
/// Stamp, and what an audit asks, of each file.
const AUDITS: TableDefinition<u128, &[u8]> = TableDefinition::new("audits");
/// What was found in a heap.
const SCANS: TableDefinition<u128, &[u8]> = TableDefinition::new("scans");

/// A cache that has grown larger than this, in bytes, is begun anew: it may hold much of files that
/// are no more.
const LARGEST: u64 = 4 << 30;

/// How much of it is in memory, in bytes.
const BUFFER: usize = 32 << 20;

/// Inputs left out once they are read, by what stands for it in the cache.
const RULES: [ExclusionRule; 3] = [
    ExclusionRule::Binary,
    ExclusionRule::Empty,
    ExclusionRule::Damaged,
];

/// A cache, open.
pub struct Cache {
    database: Database,
    files: Option<ReadOnlyTable<u128, &'static [u8]>>,
    signatures: Option<ReadOnlyTable<u128, &'static [u8]>>,
    audits: Option<ReadOnlyTable<u128, &'static [u8]>>,
    /// What every key depends on.
    version: Xxh3,
}

/// What is known of a file.
pub enum Known {
    /// What was found when it was read; without the signature.
    Card(Box<Card>),
    /// It was left out by a rule.
    Excluded(ExclusionRule),
}

/// What an audit learnt of a file.
pub struct AuditLesson {
    /// What the file is known by.
    pub key: u128,
    /// Its stamp before it was read.
    pub stamp: Stamp,
    /// What an audit asks of it.
    pub known: Vec<u8>,
    /// What a scan asks of it: its card, and its signature.
    pub card: (Vec<u8>, Vec<u8>),
}

/// What was learnt by reading the inputs of a heap.
#[derive(Default)]
pub struct Lessons {
    /// For each document that was read and not known: its index, its input's key, and its stamp
    /// before it was read.
    pub documents: Vec<(usize, u128, Stamp)>,
    /// Inputs that a rule leaves out.
    pub excluded: Vec<(u128, Stamp, ExclusionRule)>,
}

impl Lessons {
    /// Whether all was known.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.excluded.is_empty()
    }
}

/// Where the cache is unless the user says so.
fn default_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.cache_dir().join("lacuna"))
}

impl Cache {
    /// The cache that the flags name; without them that of the user, if `inputs` have `worth_it`
    /// bytes or more: fewer are read sooner than a cache is. For `reading` see [`Cache::open`].
    pub fn of(flags: &CacheFlags, inputs: &[Input], worth_it: u64, reading: &str) -> Option<Self> {
        let mut bytes = 0;
        let mut pays = || {
            inputs.iter().any(|input| {
                bytes += input.size().unwrap_or(0);
                bytes >= worth_it
            })
        };
        let folder = match &flags.cache_dir {
            _ if flags.no_cache => None,
            Some(folder) => Some(folder.clone()),
            None => default_folder().filter(|_| pays()),
        };
        Self::open(&folder?, reading)
    }

    /// Opens the cache in `folder`. `reading` is how files are read, in any form that tells two
    /// ways apart.
    pub fn open(folder: &Path, reading: &str) -> Option<Self> {
        fs::create_dir_all(folder).ok()?;
        let path = folder.join("scan.redb");
        if path.metadata().is_ok_and(|meta| meta.len() > LARGEST) {
            fs::remove_file(&path).ok()?;
        }
        let open = || Database::builder().set_cache_size(BUFFER).create(&path);
        let database = match open() {
            Ok(database) => database,
            Err(DatabaseError::DatabaseAlreadyOpen) => return None,
            Err(DatabaseError::Storage(StorageError::Io(error)))
                if error.kind() != std::io::ErrorKind::InvalidData =>
            {
                return None;
            }
            Err(_) => {
                fs::remove_file(&path).ok()?;
                open().ok()?
            }
        };
        let read = database.begin_read().ok()?;
        let mut version = Xxh3::new();
        version.update(env!("CARGO_PKG_VERSION").as_bytes());
        version.update(build().as_bytes());
        version.update(reading.as_bytes());
        Some(Self {
            files: read.open_table(FILES).ok(),
            signatures: read.open_table(SIGNATURES).ok(),
            audits: read.open_table(AUDITS).ok(),
            database,
            version,
        })
    }

    /// What is known of `input`, if it is still the file that it was.
    pub fn known(&self, input: &Input) -> Option<Known> {
        let value = self.files.as_ref()?.get(self.key(input)?).ok()??;
        let (stamp, known) = value.value().split_at_checked(Stamp::LEN)?;
        if stamp != input.stamp()?.to_bytes() {
            return None;
        }
        match known.split_first()? {
            (0, card) => Card::from_bytes(card).map(|card| Known::Card(Box::new(card))),
            (rule, _) => {
                let rule = RULES.get(usize::from(*rule).checked_sub(1)?)?;
                Some(Known::Excluded(*rule))
            }
        }
    }

    /// The card of `input` with its signature.
    pub fn whole_card(&self, input: &Input, card: &Card) -> Option<Card> {
        let signature = self.signatures.as_ref()?.get(self.key(input)?).ok()??;
        card.with_signature(signature.value())
    }

    /// What an audit asks of `input`, if it is still the file that it was.
    pub fn audited(&self, input: &Input) -> Option<audit::Known> {
        let value = self.audits.as_ref()?.get(self.key(input)?).ok()??;
        let (stamp, known) = value.value().split_at_checked(Stamp::LEN)?;
        let is_same = stamp == input.stamp()?.to_bytes();
        is_same.then(|| audit::Known::from_bytes(known)).flatten()
    }

    /// The card of `input` with its signature, if it is still the file that it was.
    pub fn card(&self, input: &Input) -> Option<Card> {
        match self.known(input)? {
            Known::Card(card) => self.whole_card(input, &card),
            Known::Excluded(_) => None,
        }
    }

    /// Keeps what an audit learnt of files. That it cannot be kept is no trouble.
    pub fn learn_audit(&self, mut lessons: Vec<AuditLesson>) {
        lessons.sort_unstable_by_key(|lesson| lesson.key);
        if !lessons.is_empty() {
            let _ = self.write_audit(&lessons);
        }
    }

    fn write_audit(&self, lessons: &[AuditLesson]) -> Result<(), redb::Error> {
        let write = self.database.begin_write()?;
        {
            let mut audits = write.open_table(AUDITS)?;
            let mut files = write.open_table(FILES)?;
            let mut signatures = write.open_table(SIGNATURES)?;
            for lesson in lessons {
                let (key, stamp) = (lesson.key, lesson.stamp.to_bytes());
                let (card, signature) = &lesson.card;
                audits.insert(key, &[&stamp[..], &lesson.known].concat()[..])?;
                files.insert(key, &[&stamp[..], &[0], card].concat()[..])?;
                signatures.insert(key, &signature[..])?;
            }
        }
        write.commit()?;
        Ok(())
    }

    /// What was found in a heap of the same documents under `conditions`.
    pub fn scan(&self, documents: &[Document], conditions: &str) -> Option<Scan> {
        let scans = self.database.begin_read().ok()?.open_table(SCANS).ok()?;
        let value = scans.get(self.heap_key(documents, conditions)).ok()??;
        Scan::from_bytes(value.value())
    }

    /// Keeps what was learnt of files, and of a heap under `conditions`. That it cannot be kept is
    /// no trouble.
    pub fn learn(&self, lessons: &Lessons, documents: &[Document], conditions: &str, scan: &Scan) {
        let _ = self.write(lessons, documents, conditions, scan);
    }

    fn write(
        &self,
        lessons: &Lessons,
        documents: &[Document],
        conditions: &str,
        scan: &Scan,
    ) -> Result<(), redb::Error> {
        let write = self.database.begin_write()?;
        {
            let mut files = write.open_table(FILES)?;
            let mut signatures = write.open_table(SIGNATURES)?;
            let mut order: Vec<_> = lessons.documents.iter().collect();
            // In order of key, a page of the tree is written once.
            order.sort_unstable_by_key(|(_, key, _)| *key);
            for (at, key, stamp) in order {
                let card = documents
                    .get(*at)
                    .and_then(|document| document.card.to_bytes());
                if let Some((card, signature)) = card {
                    let value = [&stamp.to_bytes()[..], &[0], &card].concat();
                    files.insert(*key, &value[..])?;
                    signatures.insert(*key, &signature[..])?;
                }
            }
            for (key, stamp, rule) in &lessons.excluded {
                if let Some(at) = RULES.iter().position(|known| known == rule) {
                    let value = [&stamp.to_bytes()[..], &[at as u8 + 1]].concat();
                    files.insert(*key, &value[..])?;
                }
            }
            if let Some(bytes) = scan.to_bytes() {
                let mut scans = write.open_table(SCANS)?;
                scans.insert(self.heap_key(documents, conditions), &bytes[..])?;
            }
        }
        write.commit()?;
        Ok(())
    }

    /// What `input` is known by.
    pub fn key(&self, input: &Input) -> Option<u128> {
        let mut key = self.version.clone();
        key.update(input.absolute()?.as_os_str().as_encoded_bytes());
        Some(key.digest128())
    }

    fn heap_key(&self, documents: &[Document], conditions: &str) -> u128 {
        let mut key = self.version.clone();
        key.update(conditions.as_bytes());
        for document in documents {
            let profile = &document.card.profile;
            key.update(document.path.as_bytes());
            key.update(&[0, profile.format as u8]);
            key.update(&profile.digest.0);
        }
        key.digest128()
    }
}

/// What tells this build of the program from others of the same version.
fn build() -> String {
    let meta = std::env::current_exe().and_then(|path| path.metadata());
    meta.map_or_else(
        |_| String::new(),
        |meta| format!("{} {:?}", meta.len(), meta.modified().ok()),
    )
}
