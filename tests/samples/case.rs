//! What `case.toml` says. A key that is not known here fails: it would be an expectation that
//! nobody checks. What a case does not mention must not be found.

use std::fs;

use serde::Deserialize;

use crate::program::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The name of its folder.
    #[serde(skip)]
    pub name: String,
    /// Why the case exists, in one line.
    pub why: String,
    /// All relations that a scan of the folder finds.
    #[serde(default, rename = "relation")]
    pub relations: Vec<Expected>,
    /// All inputs that a scan leaves out by a rule.
    #[serde(default)]
    pub excluded: Vec<Excluded>,
    /// What `normalize` makes of files.
    #[serde(default)]
    pub reads: Vec<Reading>,
}

/// A relation of a copy to its base.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub copy: String,
    pub base: String,
    pub verdict: String,
    /// How much of the base the copy has, and the other way round: shares from 0 to 1.
    pub of_base: Range,
    pub of_copy: Range,
    pub cut: Option<Cut>,
    /// Passages of the body of the base that the copy lacks.
    #[serde(default)]
    pub lacking: Passages,
    /// Passages of the body that only the copy has.
    #[serde(default)]
    pub extra: Passages,
    #[serde(default)]
    pub moved: Range,
    #[serde(default)]
    pub variants: Range,
    #[serde(default)]
    pub comments: Comments,
    #[serde(default)]
    pub assets: Assets,
    /// In what the two differ although they are equivalent.
    #[serde(default)]
    pub differs: Vec<String>,
}

/// A number, or the least and the most that it may be.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
pub enum Range {
    Exact(f64),
    Between([f64; 2]),
}

impl Default for Range {
    fn default() -> Self {
        Self::Exact(0.0)
    }
}

impl Range {
    pub fn holds(self, value: f64) -> bool {
        match self {
            Self::Exact(exact) => value == exact,
            Self::Between([least, most]) => least <= value && value <= most,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    pub line: u64,
    pub place: String,
    /// How the words before the cut end.
    pub before: String,
}

/// Passages, or only how many.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Passages {
    Count(Range),
    Each(Vec<Passage>),
}

impl Default for Passages {
    fn default() -> Self {
        Self::Count(Range::default())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    pub lines: [u64; 2],
    /// All headings in it.
    #[serde(default)]
    pub headings: Vec<String>,
    #[serde(default)]
    pub begins: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Comments {
    pub present: usize,
    pub lacking: usize,
    pub extra: usize,
    pub changed: usize,
    pub counters: usize,
}

/// Targets of assets.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Assets {
    pub lacking: Vec<String>,
    pub extra: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    pub path: String,
    pub rule: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    pub path: String,
    /// What the canonical text holds.
    #[serde(default)]
    pub holds: Vec<String>,
    /// What it does not hold.
    #[serde(default)]
    pub without: Vec<String>,
    /// The damage that is reported, by kind, in order.
    #[serde(default)]
    pub damage: Vec<String>,
}

impl Case {
    pub fn read(name: &str) -> Self {
        let path = root().join("samples").join(name).join("case.toml");
        let content = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let case = toml::from_str(&content).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self {
            name: name.to_owned(),
            ..case
        }
    }

    /// The folder, from the root of the checkout.
    pub fn folder(&self) -> String {
        format!("samples/{}", self.name)
    }

    /// The path of a file of the case, from the root of the checkout.
    pub fn path(&self, file: &str) -> String {
        format!("samples/{}/{file}", self.name)
    }

    /// Whether the path is one of this case's files.
    pub fn holds(&self, path: &str) -> bool {
        path.starts_with(&format!("samples/{}/", self.name))
    }
}

#[test]
fn an_unknown_key_fails() {
    let known = "why = 'a reason'\n[[relation]]\ncopy = 'b'\nbase = 'a'\nverdict = 'revised'\n\
        of_base = 1.0\nof_copy = [0.5, 1.0]\n";
    assert!(toml::from_str::<Case>(known).is_ok());
    for unknown in ["moves = 1\n", "cut = { lines = 1 }\n", "[coment]\n"] {
        assert!(
            toml::from_str::<Case>(&format!("{known}{unknown}")).is_err(),
            "{unknown}"
        );
    }
}
