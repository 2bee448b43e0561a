use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::disk::{Disk, Kind, Look, again, lock, name, read_all, write_all};
use crate::error::reason;
use crate::text::{Digest, Verdict};
use crate::{Error, ErrorKind};

/// Where the journal is, below the folder that is tidied.
pub const JOURNAL: &str = ".lacuna/journal.jsonl";

/// Where copies are moved to, below the folder that is tidied; each run has a folder of its own.
pub const QUARANTINE: &str = ".lacuna/quarantine";

/// The version of the journal's format.
const VERSION: u32 = 1;

/// By what means a copy goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Means {
    /// It is moved to the quarantine.
    Move,
    /// It becomes another name of the one that stays.
    Hard,
    /// It shares the blocks of the one that stays.
    Reflink,
}

impl Means {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Hard => "hard link",
            Self::Reflink => "reflink",
        }
    }
}

/// A line of the journal. Paths are as in [`name::to_text`]: below the folder that is tidied, or
/// from the root where they lie elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Record {
    /// A run begins.
    Begin {
        schema_version: u32,
        run: u64,
        means: Means,
    },
    /// Something is about to be done.
    Intent(Intent),
    /// It was done.
    Done { run: u64, action: u64 },
    /// It could not be done, and nothing was.
    Failed { run: u64, action: u64, why: String },
    /// It is about to be undone.
    Undo { run: u64, action: u64 },
    /// It was undone, or had not been done.
    Undone { run: u64, action: u64 },
}

/// What is about to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Intent {
    pub run: u64,
    pub action: u64,
    pub means: Means,
    /// The copy.
    pub path: String,
    /// Where it is moved to, or the name under which its link is made.
    pub to: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its permissions, where the system has any.
    pub mode: Option<u32>,
    /// When it was last changed: seconds since 1970, and nanoseconds of it.
    pub modified: (i64, u32),
    /// The document that stays for it.
    pub kept: String,
    /// SHA-256 of that one's bytes.
    pub kept_digest: String,
    /// How the copy stands to it.
    pub verdict: String,
}

impl Intent {
    pub fn new(run: u64, action: u64, means: Means, look: &Look) -> Self {
        Self {
            run,
            action,
            means,
            path: String::new(),
            to: String::new(),
            digest: String::new(),
            bytes: look.len,
            mode: look.mode,
            modified: seconds(look.modified),
            kept: String::new(),
            kept_digest: String::new(),
            verdict: String::new(),
        }
    }

    /// The same, of the copy at `path` with `digest`, which is moved or linked at `to`.
    pub fn moving(self, path: String, to: String, digest: Digest) -> Self {
        Self {
            path,
            to,
            digest: digest.to_string(),
            ..self
        }
    }

    /// The same, because of what is at `kept`.
    pub fn keeping(self, kept: String, digest: Digest, verdict: Verdict) -> Self {
        Self {
            kept,
            kept_digest: digest.to_string(),
            verdict: verdict.name().to_owned(),
            ..self
        }
    }

    /// When the copy was last changed.
    pub fn modified(&self) -> SystemTime {
        let (seconds, nanos) = self.modified;
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let time = match seconds >= 0 {
            true => SystemTime::UNIX_EPOCH.checked_add(whole),
            false => SystemTime::UNIX_EPOCH.checked_sub(whole),
        };
        let time = time.and_then(|time| time.checked_add(Duration::from_nanos(nanos.into())));
        time.unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

fn seconds(time: SystemTime) -> (i64, u32) {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => (since.as_secs() as i64, since.subsec_nanos()),
        Err(before) => {
            let before = before.duration();
            match before.subsec_nanos() {
                0 => (-(before.as_secs() as i64), 0),
                nanos => (-(before.as_secs() as i64) - 1, 1_000_000_000 - nanos),
            }
        }
    }
}

/// What was done in a folder, and is about to be done: a file that only grows.
pub struct Journal<'d> {
    disk: &'d dyn Disk,
    folder: PathBuf,
    file: File,
    /// What it says, as far as it is whole.
    pub(super) records: Vec<Record>,
}

impl<'d> Journal<'d> {
    /// Opens the journal of `folder`, and makes one if there is none and `make` says so; `None`
    /// without. No other run can open it until it is closed.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if it is of another version or is no journal, [`ErrorKind::Write`] if
    /// the disk fails or another run has it open.
    pub fn open(disk: &'d dyn Disk, folder: &Path, make: bool) -> Result<Option<Self>, Error> {
        let path = folder.join(JOURNAL);
        let at = |error: io::Error| trouble(&error, &path);
        let own = folder.join(crate::disk::OWN_FOLDER);
        match (again(|| disk.look(&own)).map_err(at)?, make) {
            (Some(look), _) if look.kind == Kind::Folder => {}
            (Some(_), _) => return Err(trouble(&io::ErrorKind::NotADirectory.into(), &own)),
            (None, false) => return Ok(None),
            (None, true) => {
                again(|| disk.make_folder(&own)).map_err(at)?;
                again(|| disk.sync_folder(folder)).map_err(at)?;
            }
        }
        let file = match (again(|| disk.look(&path)).map_err(at)?, make) {
            (Some(_), _) => again(|| disk.extend(&path)).map_err(at)?,
            (None, false) => return Ok(None),
            (None, true) => {
                let file = again(|| disk.create(&path)).map_err(at)?;
                again(|| disk.sync_folder(&own)).map_err(at)?;
                file
            }
        };
        if !lock(&file) {
            let what = "another run is working here";
            return Err(Error::new(ErrorKind::Write, what).with_path(path));
        }
        let bytes = read_all(disk, &path).map_err(at)?;
        let (records, whole) = parse(&bytes).map_err(|error| error.with_path(&path))?;
        if whole < bytes.len() && make {
            // A run that ended while it wrote a line had not begun what it was about to say.
            again(|| disk.cut(&file, whole as u64)).map_err(at)?;
        }
        Ok(Some(Self {
            disk,
            folder: folder.to_path_buf(),
            file,
            records,
        }))
    }

    /// The last run that was begun, 0 if none was.
    pub(super) fn last_run(&self) -> u64 {
        let runs = self.records.iter().map(|record| match record {
            Record::Begin { run, .. } => *run,
            _ => 0,
        });
        runs.max().unwrap_or(0)
    }

    /// The record that a run begins.
    pub(super) fn begin(run: u64, means: Means) -> Record {
        Record::Begin {
            schema_version: VERSION,
            run,
            means,
        }
    }

    /// Writes `records` down, and returns when they would survive the loss of power.
    pub(super) fn note(&mut self, records: &[Record]) -> Result<(), Error> {
        let mut lines = Vec::new();
        for record in records {
            serde_json::to_writer(&mut lines, record)
                .map_err(|error| Error::new(ErrorKind::Write, error.to_string()))?;
            lines.push(b'\n');
        }
        let path = self.folder.join(JOURNAL);
        write_all(self.disk, &mut self.file, &lines)
            .and_then(|()| again(|| self.disk.sync(&self.file)))
            .map_err(|error| trouble(&error, &path))?;
        self.records.extend_from_slice(records);
        Ok(())
    }

    /// `path` as the journal has it.
    pub(super) fn text(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        name::to_text(below.as_os_str().as_encoded_bytes())
    }

    /// The path that the journal has as `text`.
    pub(super) fn path(&self, text: &str) -> Result<PathBuf, Error> {
        let bytes = name::from_text(text);
        let bytes =
            bytes.ok_or_else(|| Error::new(ErrorKind::Config, "has a path that is none"))?;
        Ok(self.folder.join(name::os_name(bytes)))
    }
}

/// The records that `bytes` hold, and the length of those that are whole. The last line may have
/// been cut short; any other that is no record makes it no journal.
fn parse(bytes: &[u8]) -> Result<(Vec<Record>, usize), Error> {
    let mut records = Vec::new();
    let mut whole = 0;
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if !line.ends_with(b"\n") {
            break;
        }
        let record: Record = serde_json::from_slice(line).map_err(|error| {
            let what = format!(
                "line {}: is no journal that this version reads: {error}",
                number + 1
            );
            Error::new(ErrorKind::Config, what)
        })?;
        if let Record::Begin { schema_version, .. } = record
            && schema_version != VERSION
        {
            let what = format!("line {}: has version {schema_version}", number + 1);
            return Err(Error::new(ErrorKind::Config, what));
        }
        whole += line.len();
        records.push(record);
    }
    Ok((records, whole))
}

pub(super) fn trouble(error: &io::Error, path: &Path) -> Error {
    Error::new(ErrorKind::Write, reason(error)).with_path(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_cut_short_was_never_there() {
        let begin = b"{\"type\":\"begin\",\"schema_version\":1,\"run\":1,\"means\":\"move\"}\n";
        let torn = [&begin[..], b"{\"type\":\"do"].concat();
        let (records, whole) = parse(&torn).unwrap();
        assert_eq!(records, [Journal::begin(1, Means::Move)]);
        assert_eq!(whole, begin.len());
        let broken = [b"{\"type\":\"do\n", &begin[..]].concat();
        assert!(parse(&broken).is_err());
        let newer = String::from_utf8_lossy(begin).replace(":1,\"run", ":2,\"run");
        assert!(parse(newer.as_bytes()).is_err());
    }

    #[test]
    fn times_before_1970_come_back() {
        for time in [
            SystemTime::UNIX_EPOCH,
            SystemTime::UNIX_EPOCH + Duration::from_millis(1500),
            SystemTime::UNIX_EPOCH - Duration::from_millis(1500),
            SystemTime::UNIX_EPOCH - Duration::from_secs(3),
        ] {
            let look = Look {
                kind: Kind::File,
                len: 0,
                id: None,
                names: 1,
                mode: None,
                modified: time,
            };
            assert_eq!(Intent::new(1, 1, Means::Move, &look).modified(), time);
        }
    }
}
