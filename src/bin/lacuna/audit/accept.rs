//! What the user accepts.

use anyhow::Context as _;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use lacuna::text::{Code, Finding};

/// Codes and paths that the user accepts losses of.
pub struct Accepted {
    codes: Vec<Code>,
    paths: Gitignore,
}

impl Accepted {
    /// Each of `named` is a code or its name, or else a path or glob.
    pub fn new(named: &[String]) -> anyhow::Result<Self> {
        let mut codes = Vec::new();
        let mut paths = GitignoreBuilder::new("");
        for name in named {
            match name.parse() {
                Ok(code) => codes.push(code),
                Err(_) => {
                    paths.add_line(None, name).with_context(|| name.clone())?;
                }
            }
        }
        let paths = paths.build()?;
        Ok(Self { codes, paths })
    }

    /// Whether the user accepts `finding`.
    pub fn has(&self, finding: &Finding) -> bool {
        let path = self.paths.matched_path_or_any_parents(&finding.path, false);
        self.codes.contains(&finding.code) || path.is_ignore()
    }
}
