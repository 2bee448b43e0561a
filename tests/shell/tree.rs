//! Folders full of files for the tests to find.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::empty_folder;

/// A folder that holds what a test puts there.
pub struct Tree {
    pub root: PathBuf,
}

impl Tree {
    /// An empty folder of this name.
    pub fn new(name: &str) -> Self {
        let root = empty_folder(name);
        Self { root }
    }

    /// The same outside the repository that this checkout is.
    pub fn outside(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("lacuna-{}-{name}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    /// Adds files with a line of text each.
    pub fn files(self, paths: &[&str]) -> Self {
        paths.iter().fold(self, |tree, path| {
            tree.file(path, format!("Text of {path}.\n"))
        })
    }

    /// Adds a file.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Adds a symbolic link.
    #[cfg(unix)]
    pub fn link(self, path: &str, to: &str) -> Self {
        std::os::unix::fs::symlink(to, self.root.join(path)).unwrap();
        self
    }

    /// Adds a named pipe. Whoever opens it waits for ever.
    #[cfg(unix)]
    pub fn pipe(self, path: &str) -> Self {
        let status = std::process::Command::new("mkfifo")
            .arg(self.root.join(path))
            .status();
        assert!(status.unwrap().success());
        self
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}

/// `text` without the folder that the tree is in.
pub fn without_root(text: &str, root: &Path) -> String {
    let root = root.to_str().unwrap();
    text.replace(&format!("{root}/ "), "./ ")
        .replace(&format!("{root}/"), "")
}
