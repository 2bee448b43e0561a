//! `[audit]` of `lacuna.toml`, as it is written.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, Visitor};
use serde::{Deserialize, de};
use toml::Spanned;

use crate::error::nearest;
use crate::text::{Code, Severity};

/// All of `lacuna.toml`: what is about comments is read where they are recognised.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default, rename = "comments")]
    _comments: Option<IgnoredAny>,
    #[serde(default)]
    pub audit: Option<Audit>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Audit {
    #[serde(default)]
    pub phrases: Vec<String>,
    #[serde(default)]
    pub severity: BTreeMap<CodeName, Level>,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub path: Vec<Spanned<PathRule>>,
    #[serde(default)]
    pub suppress: Vec<Spanned<Suppress>>,
}

/// What is demanded of some paths.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathRule {
    pub glob: OneOrMore,
    #[serde(default)]
    pub severity: BTreeMap<CodeName, Level>,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub floor: Floor,
    #[serde(default)]
    pub ratchet: Vec<Amount>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    pub percent: Option<f64>,
    pub chars: Option<u64>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Floor {
    pub documents: Option<u64>,
    pub chars: Option<u64>,
    pub comments: Option<u64>,
    pub assets: Option<u64>,
}

/// What is counted of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Amount {
    /// How many there are.
    Documents,
    /// How long their texts are, comments apart, in characters.
    Chars,
    /// How many comments they have.
    Comments,
    /// How many images and other assets they have.
    Assets,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Suppress {
    pub code: OneOrMore,
    pub glob: OneOrMore,
    pub reason: Option<String>,
    pub owner: Option<String>,
    pub until: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a text, or a list of texts")]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    pub fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
}

/// A code, by number or name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CodeName(pub Code);

impl<'de> Deserialize<'de> for CodeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = CodeName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a code such as LAC301 or ends-in-sentence")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<CodeName, E> {
                code(text).map(CodeName).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Name)
    }
}

/// The code of this number or name.
pub(super) fn code(text: &str) -> Result<Code, String> {
    text.parse().map_err(|_| {
        let near = nearest_code(text);
        format!("`{text}` is no code; did you mean `{near}`?")
    })
}

/// The number or name of a code that is most like `text`.
pub(super) fn nearest_code(text: &str) -> String {
    let numbers: Vec<String> = Code::ALL.iter().map(Code::to_string).collect();
    let is_number = text.len() >= 3 && text[..3].eq_ignore_ascii_case("lac");
    let found = if is_number {
        nearest(
            &text.to_ascii_uppercase(),
            numbers.iter().map(String::as_str),
        )
        .map(str::to_owned)
    } else {
        nearest(text, Code::ALL.iter().map(|code| code.name())).map(str::to_owned)
    };
    found.unwrap_or_default()
}

/// How grave findings of a code are, or that there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Off,
    Note,
    Warning,
    Error,
}

impl Level {
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}
