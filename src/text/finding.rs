use std::fmt;
use std::str::FromStr;

use xxhash_rust::xxh3::xxh3_128;

use super::{Code, LineRange};

/// Something that an audit found.
///
/// What it says may come from a document or a path, so renderers escape all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// How grave it is, by policy.
    pub severity: Severity,
    /// The document, or the file of the project, that it is about: with `/` between its parts, as
    /// it was named or found.
    pub path: String,
    /// Where in it, in source lines; `None` where it is about the whole, or about what is gone.
    pub lines: Option<LineRange>,
    /// One sentence that says what and how much, without the path, and without a full stop.
    pub message: String,
    /// Other places that it is about, the weightiest first.
    pub related: Vec<Related>,
    /// What it is known by from one run to the next, see [`Finding::new`]. Unique within a run.
    pub fingerprint: Fingerprint,
    /// Whether it counts.
    pub standing: Standing,
}

/// Another place that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The document there.
    pub path: String,
    /// Where in it, in source lines.
    pub lines: Option<LineRange>,
    /// What is there: `2 blocks went here (412 characters)`.
    pub words: String,
}

/// What a finding is known by, in all formats: 128 bits, written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u128);

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
    /// Not to be merged.
    Error,
}

/// Whether a finding counts towards the exit code, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    New,
    /// The baseline has it.
    Baseline,
    /// A suppression in `lacuna.toml` names it, with this reason.
    Suppressed(String),
    /// Whoever made the change allowed it in a commit: the commit's name, and the reason.
    Allowed {
        /// The commit, abbreviated.
        commit: String,
        /// Why.
        reason: String,
    },
}

impl Finding {
    /// A finding about `path`, as grave as its code is by default.
    ///
    /// `about` tells it from other findings of the same code in the same document: a digest of the
    /// passage, the path of the other document, a word; empty where there can be one only. It must
    /// never depend on line numbers or on amounts, so that a finding that moved is the same finding.
    pub fn new(code: Code, path: &str, about: &str, message: String) -> Self {
        Self {
            code,
            severity: code.severity(),
            path: path.to_owned(),
            lines: None,
            message,
            related: Vec::new(),
            fingerprint: Fingerprint::of(code, path, about),
            standing: Standing::New,
        }
    }

    /// The same finding, in these lines.
    pub fn at(self, lines: LineRange) -> Self {
        Self {
            lines: Some(lines),
            ..self
        }
    }

    /// The same finding, with these other places.
    pub fn with_related(self, related: Vec<Related>) -> Self {
        Self { related, ..self }
    }

    /// Whether it counts towards the exit code.
    pub fn counts(&self) -> bool {
        self.standing == Standing::New
    }
}

impl Fingerprint {
    fn of(code: Code, path: &str, about: &str) -> Self {
        let parts = format!("{code}\0{path}\0{about}");
        Self(xxh3_128(parts.as_bytes()))
    }

    /// That of the `nth` finding of a run, from 1, that would else have this one.
    pub fn again(self, nth: usize) -> Self {
        Self(xxh3_128(format!("{self}\0{nth}").as_bytes()))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Severity {
    /// All of them, the least grave first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The name used in output, in `lacuna.toml` and in `--fail-on`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(text: &str) -> Result<Self, UnknownSeverity> {
        let named = |severity: &&Self| severity.name() == text;
        Self::ALL.iter().find(named).copied().ok_or(UnknownSeverity)
    }
}

/// No severity has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSeverity;

impl fmt::Display for UnknownSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is none of note, warning and error")
    }
}

impl std::error::Error for UnknownSeverity {}

impl Standing {
    /// The name used in output.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Baseline => "baseline",
            Self::Suppressed(_) => "suppressed",
            Self::Allowed { .. } => "allowed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: Code, path: &str, about: &str) -> Finding {
        Finding::new(code, path, about, String::new())
    }

    #[test]
    fn a_finding_is_known_by_its_code_its_path_and_what_it_is_about() {
        let one = finding(Code::Shrunk, "a.md", "");
        let lines = LineRange { first: 3, last: 9 };
        let mut moved = finding(Code::Shrunk, "a.md", "").at(lines);
        moved.message = "lost something else".into();
        assert_eq!(moved.fingerprint, one.fingerprint);
        for other in [
            finding(Code::BlocksLost, "a.md", ""),
            finding(Code::Shrunk, "b.md", ""),
            finding(Code::Shrunk, "a.md", "x"),
        ] {
            assert_ne!(other.fingerprint, one.fingerprint);
        }
        assert_ne!(one.fingerprint.again(2), one.fingerprint);
        assert_ne!(one.fingerprint.again(2), one.fingerprint.again(3));
        assert_eq!(one.fingerprint.to_string().len(), 32);
    }

    #[test]
    fn severities_are_found_by_name_and_in_order() {
        for severity in Severity::ALL {
            assert_eq!(severity.name().parse(), Ok(severity));
        }
        assert!(Severity::ALL.is_sorted());
        assert_eq!("fatal".parse::<Severity>(), Err(UnknownSeverity));
    }
}
