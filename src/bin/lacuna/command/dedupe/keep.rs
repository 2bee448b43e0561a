//! Which of two copies that hold the same is preferred.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use ignore::overrides::{Override, OverrideBuilder};

use super::resolved;

/// What `--keep` says, the first most.
pub struct Keep(Vec<Preferred>);

enum Preferred {
    Folder(PathBuf),
    Glob(Override),
}

impl Keep {
    /// A folder is one if it is there; all else is a glob, as in `--glob`.
    pub fn new(named: &[String]) -> anyhow::Result<Self> {
        let here = resolved(Path::new("."))?;
        let preferred = |text: &String| -> anyhow::Result<Preferred> {
            if Path::new(text).is_dir() {
                return Ok(Preferred::Folder(resolved(Path::new(text))?));
            }
            let mut glob = OverrideBuilder::new(&here);
            glob.add(text).with_context(|| format!("--keep {text}"))?;
            Ok(Preferred::Glob(glob.build()?))
        };
        Ok(Self(
            named.iter().map(preferred).collect::<anyhow::Result<_>>()?,
        ))
    }

    /// The number of the first that names `path`; less is better.
    pub fn rank(&self, path: &Path) -> usize {
        let names = |preferred: &Preferred| match preferred {
            Preferred::Folder(folder) => path.starts_with(folder),
            Preferred::Glob(glob) => glob.matched(path, false).is_whitelist(),
        };
        self.0.iter().position(names).unwrap_or(self.0.len())
    }
}
