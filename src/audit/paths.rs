//! Paths that somebody names.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Paths and globs as in `.gitignore`: what names a folder names all that is in it.
#[derive(Clone, Debug)]
pub struct Paths(Gitignore);

impl Paths {
    /// Those that one of `globs` names.
    ///
    /// # Errors
    /// What is wrong with a glob.
    pub fn new<'g>(globs: impl IntoIterator<Item = &'g str>) -> Result<Self, String> {
        let mut paths = GitignoreBuilder::new("");
        for glob in globs {
            let added = paths.add_line(None, glob);
            added.map_err(|error| format!("`{glob}`: {error}"))?;
        }
        let paths = paths.build();
        paths.map(Self).map_err(|error| error.to_string())
    }

    /// Whether they have the document at `path`.
    pub fn has(&self, path: &str) -> bool {
        // A path from the root of the disk is no path of the project.
        let matched = || self.0.matched_path_or_any_parents(path, false);
        !path.starts_with('/') && matched().is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_names_all_that_is_in_it() {
        for (glob, path, expected) in [
            ("docs", "docs/a/b.md", true),
            ("docs/", "docs/a/b.md", true),
            ("docs/**", "docs/a/b.md", true),
            ("docs/*.md", "docs/b.md", true),
            ("/b.md", "docs/b.md", false),
            ("b.md", "docs/b.md", true),
            ("*.md", "/b.md", false),
            ("docs", "docs2/b.md", false),
        ] {
            let paths = Paths::new([glob]).unwrap();
            assert_eq!(paths.has(path), expected, "{glob} {path}");
        }
        assert!(Paths::new(["a{b"]).is_err());
    }
}
