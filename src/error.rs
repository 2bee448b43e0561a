//! The one error type of the library: opaque, with a kind to match on.

mod toml;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use toml::{at_line, in_toml, line_of, nearest};

/// What went wrong, with the input it went wrong with.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
    message: String,
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system could not give the bytes.
    Io,
    /// The source, or the text it decodes to, is 4 GiB or larger.
    TooLarge,
    /// A configuration file says something that has no meaning.
    Config,
    /// A name that was given has no meaning: an encoding, a format, a verdict.
    Usage,
    /// Something could not be written, moved or made.
    Write,
    /// A file is not what it was when it was read, or what it should be.
    Changed,
}

impl Error {
    /// An error of `kind`. The message says what is wrong and where, without the path.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            path: None,
            message: message.into(),
        }
    }

    /// The same error, about the input at `path`.
    pub fn with_path(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The input it went wrong with.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What is wrong, without the path.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// An error of the system in words, without its number: `no such file or directory`.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text
        .split_once(" (os error")
        .map_or(text.as_str(), |(text, _)| text);
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_phrases() {
        let error = io::Error::from_raw_os_error(2);
        assert_eq!(reason(&error), "no such file or directory");
    }
}
