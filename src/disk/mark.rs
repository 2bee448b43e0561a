use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::OWN_FOLDER;
use crate::error::reason;
use crate::text::Digest;
use crate::{Error, ErrorKind};

/// The file in `.lacuna` whose presence says that the folder is unfinished.
pub const MARK: &str = "unfinished.json";

/// The version of its format.
const VERSION: u32 = 1;

/// What is being done to a folder that is unfinished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The command: `merge`.
    pub doing: String,
    /// The digest of the plan that is carried out: who resumes must have the same.
    pub plan: Digest,
}

/// How a folder stands that [`NewFolder`](super::NewFolder) writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is not there, or holds nothing.
    Nothing,
    /// It is unfinished. What is being done is `None` if the mark itself cannot be read.
    Unfinished(Option<Mark>),
    /// It is whole.
    Finished,
    /// It holds files, and nothing of ours.
    Other,
}

#[derive(Serialize, Deserialize)]
struct Written {
    schema_version: u32,
    #[serde(rename = "type")]
    kind: String,
    doing: String,
    plan: String,
}

impl Mark {
    /// The mark as a file holds it.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let written = Written {
            schema_version: VERSION,
            kind: "unfinished".to_owned(),
            doing: self.doing.clone(),
            plan: self.plan.to_string(),
        };
        let mut bytes = serde_json::to_vec(&written).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The mark that a file holds; `None` if it holds none that this version knows.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let written: Written = serde_json::from_slice(bytes).ok()?;
        let known = written.schema_version == VERSION && written.kind == "unfinished";
        Some(Self {
            doing: written.doing,
            plan: Digest::from_hex(&written.plan)?,
        })
        .filter(|_| known)
    }
}

/// How the folder `out` stands.
///
/// # Errors
/// [`ErrorKind::Io`] if it cannot be looked into.
pub fn state(out: &Path) -> Result<State, Error> {
    let own = out.join(OWN_FOLDER);
    let found = match std::fs::read(own.join(MARK)) {
        Ok(bytes) => Ok(State::Unfinished(Mark::from_bytes(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => without_mark(out, &own),
        Err(error) => Err(error),
    };
    found.map_err(|error| Error::new(ErrorKind::Io, reason(&error)).with_path(out))
}

/// A run that ended before there was a mark leaves our own folder, with nothing in it.
fn without_mark(out: &Path, own: &Path) -> io::Result<State> {
    let names = |folder: &Path| match std::fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.file_name())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let theirs: io::Result<Vec<_>> = names(out);
    let theirs = theirs?.iter().any(|name| name != OWN_FOLDER);
    let ours: io::Result<Vec<_>> = names(own);
    Ok(match !ours?.is_empty() {
        true => State::Finished,
        false if theirs => State::Other,
        false => State::Nothing,
    })
}
