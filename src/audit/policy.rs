//! What a project demands of its documents: `[audit]` of `lacuna.toml`.
//!
//! A path has the demands of all rules whose globs match it; of two that say something of the same
//! thing, the later one counts. Globs are matched against paths from the folder of the file on.

mod day;
mod file;
mod floor;
mod globs;
mod judge;

use std::collections::BTreeMap;

use self::file::{Audit, CodeName, File, Level, PathRule, Suppress};
use self::floor::Floor;
use self::globs::Globs;
use self::judge::Suppression;
use crate::Error;
use crate::error::{at_line, in_toml, line_of};
use crate::text::{Code, Severity};

pub use day::Day;
pub use file::Amount;
pub use floor::Amounts;
pub use judge::Circumstances;

/// What a project demands of its documents, path by path.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    phrases: Vec<String>,
    severity: BTreeMap<Code, Level>,
    limits: Limits,
    rules: Vec<Rule>,
    suppressions: Vec<Suppression>,
}

/// What is demanded of the paths that globs match.
#[derive(Clone, Debug)]
struct Rule {
    globs: Globs,
    /// The line of the file that it stands on.
    line: u32,
    severity: BTreeMap<Code, Level>,
    limits: file::Limits,
    floor: Floor,
    ratchet: Vec<Amount>,
}

/// How much text a document may lose. More than *either* is too much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Of its text, in percent, 0 to 100.
    pub percent: f64,
    /// In characters of canonical text.
    pub chars: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            percent: 5.0,
            chars: 200,
        }
    }
}

impl Limits {
    /// Whether `lost` characters of a text that had `total` are too many.
    pub fn forbid(&self, lost: u64, total: u64) -> bool {
        lost > self.chars || lost as f64 * 100.0 > self.percent * total as f64
    }

    fn with(self, said: file::Limits) -> Self {
        Self {
            percent: said.percent.unwrap_or(self.percent),
            chars: said.chars.unwrap_or(self.chars),
        }
    }
}

impl Policy {
    /// The policy of a `lacuna.toml`. The format is described in `docs/policy.md`, and for editors
    /// in `docs/schema/lacuna-toml.v1.json`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Config`] if the text is no TOML, or a key or a value has no meaning; the
    /// message names the line and, for a name that is not known, the nearest that is.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let file: File = toml::from_str(text).map_err(|error| in_toml(text, &error))?;
        let Audit {
            phrases,
            severity,
            limits,
            path,
            suppress,
        } = file.audit.unwrap_or_default();
        let rules = path.into_iter().map(|rule| {
            let at = rule.span().start;
            Rule::new(rule.into_inner(), line_of(text, at)).map_err(|why| at_line(text, at, &why))
        });
        let suppressions = suppress.into_iter().map(|suppress| {
            let at = suppress.span().start;
            let line = line_of(text, at);
            Suppression::new(suppress.into_inner(), line).map_err(|why| at_line(text, at, &why))
        });
        let limits = Limits::default().with(limits);
        if !(0.0..=100.0).contains(&limits.percent) {
            return Err(Error::new(
                crate::ErrorKind::Config,
                "audit.limits.percent is not from 0 to 100",
            ));
        }
        Ok(Self {
            phrases,
            severity: levels(severity).map_err(|why| Error::new(crate::ErrorKind::Config, why))?,
            limits,
            rules: rules.collect::<Result<_, _>>()?,
            suppressions: suppressions.collect::<Result<_, _>>()?,
        })
    }

    /// What previews end with, besides what is known: see
    /// [`Phrases::with`](super::document::Phrases::with).
    pub fn phrases(&self) -> &[String] {
        &self.phrases
    }

    /// How much the document at `path` may lose and still not count as shrunk.
    pub fn limits(&self, path: &str) -> Limits {
        let rules = self.rules_for(path);
        rules.fold(self.limits, |limits, rule| limits.with(rule.limits))
    }

    /// How grave a finding of `code` at `path` is; `None` if it is no finding there.
    pub fn severity(&self, code: Code, path: &str) -> Option<Severity> {
        let own = self
            .rules_for(path)
            .filter_map(|rule| rule.severity.get(&code));
        let level = own.last().or_else(|| self.severity.get(&code));
        level.map_or(Some(code.severity()), |level| level.severity())
    }

    fn rules_for(&self, path: &str) -> impl Iterator<Item = &Rule> {
        self.rules
            .iter()
            .filter(move |rule| rule.globs.match_path(path))
    }
}

impl Rule {
    fn new(rule: PathRule, line: usize) -> Result<Self, String> {
        let PathRule {
            glob,
            severity,
            limits,
            floor,
            ratchet,
        } = rule;
        if limits
            .percent
            .is_some_and(|percent| !(0.0..=100.0).contains(&percent))
        {
            return Err("limits.percent is not from 0 to 100".into());
        }
        Ok(Self {
            globs: Globs::new(glob.into_vec())?,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            severity: levels(severity)?,
            limits,
            floor: floor.into(),
            ratchet,
        })
    }
}

/// The levels by code. What could not be read was not audited, which no policy can make good.
fn levels(severity: BTreeMap<CodeName, Level>) -> Result<BTreeMap<Code, Level>, String> {
    let levels: BTreeMap<Code, Level> = severity
        .into_iter()
        .map(|(CodeName(code), level)| (code, level))
        .collect();
    match levels.get(&Code::Unreadable) {
        Some(level) if *level != Level::Error => Err(UNREADABLE.into()),
        _ => Ok(levels),
    }
}

const UNREADABLE: &str = "LAC904 is always an error: what could not be read was not audited";

/// The number or name of a code that is most like `text`, in the form of `text`.
pub fn nearest_code(text: &str) -> String {
    file::nearest_code(text)
}

#[cfg(test)]
mod tests;
