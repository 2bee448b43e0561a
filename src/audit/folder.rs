//! What documents of one folder show together: one that is much shorter than the others, lengths
//! that pile up where a program cut, one in another encoding.
//!
//! Siblings are documents of one folder with one extension. Nothing is said of fewer than
//! [`FEW`]: what is usual needs some that are so.

mod encoding;
mod pile;
mod short;

use std::collections::BTreeMap;

use super::document::{Seen, is_unfinished};
use crate::text::{Finding, Section};

/// How many siblings show what is usual among them.
const FEW: usize = 8;

/// What of a document its siblings are measured by: small enough to be kept of every document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measures {
    /// Length of the body, in characters of canonical text.
    pub chars: u64,
    /// Length of the source, in bytes.
    pub bytes: u64,
    /// Name of the encoding, as in [`crate::text::Encoding`]; `None` if the text is ASCII, which is
    /// the same in nearly all of them.
    pub encoding: Option<&'static str>,
    /// Whether it does not end as whole texts mostly do.
    pub unfinished: bool,
}

impl Measures {
    /// Those of a document.
    pub fn of(seen: &Seen<'_>) -> Self {
        let witness = seen.witness;
        let body = witness.section(Section::Body);
        let chars = body.map(|block| block.text(witness).chars().count() as u64);
        Self {
            chars: chars.sum(),
            bytes: seen.bytes.len() as u64,
            encoding: (!witness.text.is_ascii()).then_some(witness.encoding.name),
            unfinished: is_unfinished(seen),
        }
    }
}

/// A document among others.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Its path, with `/` between the parts.
    pub path: &'a str,
    /// What it is measured by.
    pub measures: Measures,
}

impl<'a> Member<'a> {
    /// The folder, and the extension.
    fn kin(&self) -> (&'a str, &'a str) {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", self.path));
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        (folder, extension)
    }

    /// Whether it is there to lead to its siblings, and is no document like them.
    fn leads(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
        matches!(
            stem.as_str(),
            "index" | "_index" | "readme" | "summary" | "toc" | "contents"
        )
    }
}

/// All that siblings show, by path, then by code.
pub fn findings(members: &[Member<'_>]) -> Vec<Finding> {
    let mut folders: BTreeMap<(&str, &str), Vec<Member<'_>>> = BTreeMap::new();
    for member in members.iter().filter(|member| !member.leads()) {
        folders.entry(member.kin()).or_default().push(*member);
    }
    let mut findings = Vec::new();
    for ((folder, extension), siblings) in &folders {
        if siblings.len() >= FEW {
            short::findings(siblings, &mut findings);
            encoding::findings(siblings, &mut findings);
            findings.extend(pile::finding(folder, extension, siblings));
        }
    }
    findings.sort_by(|one, other| (&one.path, one.code).cmp(&(&other.path, other.code)));
    findings
}

#[cfg(test)]
mod tests;
