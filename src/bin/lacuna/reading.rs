//! An input -> what it says, or why it says nothing.

use std::path::Path;

use lacuna::normalize::{Options, Profiles, is_binary, normalize};
use lacuna::source::{Input, shown};
use lacuna::text::{ExclusionRule, Format, Witness};

use crate::config;
use crate::flags::ReadingFlags;

/// How inputs are read.
#[derive(Debug)]
pub struct Reader {
    options: Options,
    /// Whether binary files are read, too.
    binary: bool,
    /// Files of fewer bytes are not read.
    min_size: u64,
    /// Whether documents in which there is nothing to read are documents, too.
    empty: bool,
}

/// What became of an input.
pub enum Reading {
    /// It was read.
    Read(Box<Witness>),
    /// A rule leaves it out.
    Excluded(ExclusionRule),
    /// It could not be read, and why.
    Unreadable(String),
}

impl Reading {
    /// What was read, if anything was.
    pub fn witness(self) -> Option<Witness> {
        match self {
            Self::Read(witness) => Some(*witness),
            Self::Excluded(_) | Self::Unreadable(_) => None,
        }
    }
}

impl Reader {
    /// The reader that the flags describe. It reads binary files if they or `binary` say so.
    pub fn new(flags: &ReadingFlags, binary: bool) -> anyhow::Result<Self> {
        Ok(Self {
            options: Options {
                encoding: flags.encoding,
                format: flags.input_format.map(Into::into),
                repair: flags.repair,
                profiles: config::profiles(flags)?,
            },
            binary: binary || flags.binary,
            min_size: 0,
            empty: false,
        })
    }

    /// A reader that knows of the documents only what they say, and recognises comments by
    /// `profiles`.
    pub fn with_profiles(profiles: Profiles) -> Self {
        Self {
            options: Options {
                profiles,
                ..Options::default()
            },
            binary: false,
            min_size: 0,
            empty: false,
        }
    }

    /// The same reader, which leaves out inputs of fewer bytes.
    pub fn with_min_size(self, min_size: u64) -> Self {
        Self { min_size, ..self }
    }

    /// The same reader, to which what has no text is a document, too.
    pub fn with_empty(self) -> Self {
        Self {
            empty: true,
            ..self
        }
    }

    /// How bytes become a witness.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Reads `input`.
    pub fn read(&self, input: &Input) -> Reading {
        self.read_bytes(input).0
    }

    /// Reads what is at `path`, which the user named. Gives what to call it, what became of it, and
    /// its bytes.
    pub fn read_named(&self, path: &Path) -> (String, Reading, Vec<u8>) {
        self.read_beside(path, None)
    }

    /// The same, of what is compared with what is at `other`. Standard input and pipes have no name
    /// that tells their format: that of the other one does, unless it says HTML and there is none.
    pub fn read_beside(&self, path: &Path, other: Option<&Path>) -> (String, Reading, Vec<u8>) {
        match Input::named(path) {
            Ok(input) => {
                let (reading, bytes) = self.read_with(&input, |bytes| {
                    let other = other.filter(|_| !input.can_be_read_again());
                    let other = other.and_then(|path| path.extension()?.to_str());
                    let is_html = other.and_then(Format::of_extension) == Some(Format::Html);
                    let fits = !is_html || bytes.trim_ascii_start().starts_with(b"<");
                    input.extension().or(other.filter(|_| fits))
                });
                (input.name, reading, bytes)
            }
            Err(error) => {
                let reading = Reading::Unreadable(error.to_string());
                (shown(path), reading, Vec::new())
            }
        }
    }

    /// Reads `input`; gives its bytes, too.
    pub fn read_bytes(&self, input: &Input) -> (Reading, Vec<u8>) {
        self.read_with(input, |_| input.extension())
    }

    /// Reads `input` as what has the extension that its bytes are given.
    fn read_with<'e>(
        &self,
        input: &Input,
        extension: impl FnOnce(&[u8]) -> Option<&'e str>,
    ) -> (Reading, Vec<u8>) {
        let bytes = match input.read() {
            Ok(bytes) => bytes,
            Err(error) => return (Reading::Unreadable(error.to_string()), Vec::new()),
        };
        let reading = match bytes.len() as u64 >= self.min_size {
            true => self.read_content(&bytes, extension(&bytes)),
            false => Reading::Excluded(ExclusionRule::Small),
        };
        (reading, bytes)
    }

    /// Reads what an input with this extension holds.
    pub fn read_content(&self, bytes: &[u8], extension: Option<&str>) -> Reading {
        if !self.binary && !self.wide() && is_binary(bytes) {
            return Reading::Excluded(ExclusionRule::Binary);
        }
        match normalize(bytes, extension, &self.options) {
            Err(error) => Reading::Unreadable(error.to_string()),
            Ok(witness) => match without_text(&witness).filter(|_| !self.empty) {
                Some(rule) => Reading::Excluded(rule),
                None => Reading::Read(Box::new(witness)),
            },
        }
    }

    /// Whether the user says that the encoding is one in which NUL bytes are dense.
    fn wide(&self) -> bool {
        self.options.encoding == Some(encoding_rs::UTF_16LE)
            || self.options.encoding == Some(encoding_rs::UTF_16BE)
    }
}

/// The rule that leaves out a document in which there is nothing to read.
fn without_text(witness: &Witness) -> Option<ExclusionRule> {
    match witness.match_text.is_empty() {
        true if witness.damage.is_empty() => Some(ExclusionRule::Empty),
        true => Some(ExclusionRule::Damaged),
        false => None,
    }
}
