//! What a merge is going to do, to be looked at before it is done, and carried out as it is.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::ledger::Dump;
use crate::text::Digest;
use crate::{Error, ErrorKind};

/// The version of the format.
pub const VERSION: u32 = 1;

/// A plan. `docs/schema/plan.v1.json` describes its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of the format: 1.
    pub schema_version: u32,
    /// What it is: `plan`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The dumps, in the order in which they were named.
    pub dumps: Vec<Dump>,
    /// Which reading stands where copies say something different: `base`, `newest`, `longest` or a
    /// siglum.
    pub prefer: String,
    /// Where the other one is: `ledger` or `both`.
    pub conflicts: String,
    /// The files of the output.
    pub outputs: Vec<Output>,
    /// Inputs that rules leave out, and such as cannot be read.
    pub left_out: Vec<LeftOut>,
}

/// A file of the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Its name.
    pub path: String,
    /// The input that supplies the bytes.
    pub base: Source,
    /// Inputs that are merged into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Source>,
    /// What comes of it, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Outcome>,
}

/// An input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The siglum of its dump.
    pub siglum: String,
    /// Its path in the dump.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub digest: String,
    /// How it stands to the base; of the base itself nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Whether the base is the output of an earlier merge, by the same rules, that took it in: there
    /// is nothing left to graft.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_in: bool,
}

/// What comes of a merge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The SHA-256 of the output.
    pub digest: String,
    /// How many bytes it has that the base has not.
    pub grafted: u64,
    /// In how many places copies say something different, or have other values or comments.
    pub conflicts: u64,
    /// How many passages, comments and assets have no place in the text, and stay in the ledger.
    pub left_out: u64,
}

/// An input that is in no output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// The siglum of its dump.
    pub siglum: String,
    /// Its path in the dump; of a folder with `/` at its end.
    pub path: String,
    /// Whether it could not be read.
    pub unreadable: bool,
    /// The rule that leaves it out, or why it cannot be read.
    pub why: String,
}

impl Plan {
    /// The plan as a file holds it.
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        let parts = super::ledger::json(self);
        json.push_str(&parts);
        json.push('\n');
        json
    }

    /// The digest of some bytes and of what the plan says, its results apart.
    pub fn digest(&self, before: &[u8]) -> Digest {
        let mut digest = Sha256::new();
        digest.update(before);
        let frame = (&self.dumps, &self.prefer, &self.conflicts, &self.left_out);
        digest.update(super::ledger::json(&frame));
        for output in &self.outputs {
            let parts = (&output.path, &output.base, &output.copies);
            digest.update(super::ledger::json(&parts));
        }
        Digest(digest.finalize().into())
    }

    /// Reads a plan.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if it is none, or one of another version.
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        let wrong = |what: String| Error::new(ErrorKind::Config, what);
        let plan: Self = serde_json::from_slice(json)
            .map_err(|error| wrong(format!("is no plan of a merge: {error}")))?;
        if plan.schema_version != VERSION || plan.kind != "plan" {
            let version = plan.schema_version;
            return Err(wrong(format!(
                "is a plan of version {version}, which is not known"
            )));
        }
        Ok(plan)
    }
}
