use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Globs that paths are matched against.
#[derive(Clone, Debug)]
pub(super) struct Globs {
    set: GlobSet,
    /// As the file writes them.
    pub written: Vec<String>,
}

impl Globs {
    /// As in `.gitignore`: `*` stays in a folder and `**` does not; a glob without `/` is the name of
    /// a file in any folder; one that ends with `/` is all that is in a folder.
    pub fn new(written: Vec<String>) -> Result<Self, String> {
        if written.is_empty() {
            return Err("`glob` matches nothing".into());
        }
        let mut set = GlobSetBuilder::new();
        for glob in &written {
            let path = glob.strip_prefix("./").unwrap_or(glob);
            let path = path.strip_prefix('/').unwrap_or(path);
            let whole = match (path.strip_suffix('/'), path.contains('/')) {
                (Some(folder), _) => format!("{folder}/**"),
                (None, true) => path.to_owned(),
                (None, false) => format!("**/{path}"),
            };
            let built = GlobBuilder::new(&whole).literal_separator(true).build();
            set.add(built.map_err(|error| format!("`{glob}` is no glob: {}", error.kind()))?);
        }
        let set = set.build().map_err(|error| error.to_string())?;
        Ok(Self { set, written })
    }

    /// Whether a path, of a document or of a folder, is meant.
    pub fn match_path(&self, path: &str) -> bool {
        self.set.is_match(path) || self.set.is_match(format!("{path}/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_those_of_gitignore() {
        for (glob, path, expected) in [
            ("docs/*.md", "docs/a.md", true),
            ("docs/*.md", "docs/b/a.md", false),
            ("docs/**", "docs/b/a.md", true),
            ("docs/**/*.md", "docs/a.md", true),
            ("docs/", "docs/b/a.md", true),
            ("docs/", "old/docs/a.md", false),
            ("docs/**", "docs", true),
            ("*.md", "docs/a.md", true),
            ("a.md", "docs/a.md", true),
            ("./docs/a.md", "docs/a.md", true),
            ("*.{md,txt}", "b.txt", true),
            ("课程/*", "课程/1.md", true),
        ] {
            let globs = Globs::new(vec![glob.into()]).expect("a glob");
            assert_eq!(globs.match_path(path), expected, "{glob} {path}");
        }
        assert!(Globs::new(vec!["a[".into()]).is_err());
        assert!(Globs::new(Vec::new()).is_err());
    }
}
