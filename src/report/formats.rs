//! The formats that an audit is written in, in one list.

use std::fmt;
use std::str::FromStr;

use super::{AuditJson, Github, Gitlab, Junit, Markdown, Options, Renderer, Sarif, Terminal, Text};

/// Makes the enum and what is known of each from one list, so that none can be forgotten.
macro_rules! formats {
    ($($format:ident = $name:literal, $summary:literal;)*) => {
        /// A format that the findings of an audit can be written in. All are made of the same
        /// events.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum AuditFormat {
            $(#[doc = $summary] $format,)*
        }

        impl AuditFormat {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$format),*];

            /// Its name on the command line.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$format => $name,)*
                }
            }

            /// What it is, in a few words.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$format => $summary,)*
                }
            }
        }
    };
}

formats! {
    Text = "text", "For people";
    Json = "json", "One object with all that is known";
    Sarif = "sarif", "SARIF 2.1.0, for code scanning and editors";
    Junit = "junit", "JUnit's XML, a test case a document";
    Github = "github", "Annotations of GitHub Actions: the ten worst findings";
    Gitlab = "gitlab", "GitLab's code quality report";
    Markdown = "markdown", "A table of the fifty worst findings, for the summary of a job";
}

impl AuditFormat {
    /// A renderer; `terminal` matters to text only.
    pub fn renderer(self, terminal: Terminal) -> Box<dyn Renderer> {
        match self {
            Self::Text => Box::new(Text::new(terminal, Options::default())),
            Self::Json => Box::new(AuditJson::default()),
            Self::Sarif => Box::new(Sarif::default()),
            Self::Junit => Box::new(Junit::default()),
            Self::Github => Box::new(Github::default()),
            Self::Gitlab => Box::new(Gitlab::default()),
            Self::Markdown => Box::new(Markdown::default()),
        }
    }
}

impl FromStr for AuditFormat {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let named = |format: &&Self| format.name() == text;
        Self::ALL.iter().find(named).copied().ok_or(UnknownFormat)
    }
}

/// No format has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFormat;

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = AuditFormat::ALL
            .iter()
            .map(|format| format.name())
            .collect();
        write!(f, "is none of {}", names.join(", "))
    }
}

impl std::error::Error for UnknownFormat {}
