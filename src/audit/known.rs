//! All that an audit asks of one document, so that it need not be read again.

use serde::{Deserialize, Serialize};

use super::Remark;
use super::document::{Phrases, Seen, remarks};
use super::entry::Entry;
use super::folder::Measures;
use super::lock::written;
use crate::text::{Code, LineRange};

/// All that an audit asks of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What a lock would say of it: what [`written`] gives.
    pub line: String,
    /// What its siblings are measured by.
    pub measures: Measures,
    /// What it says against itself.
    pub remarks: Vec<Remark>,
}

impl Known {
    /// What is asked of the document that is `seen`.
    pub fn of(seen: &Seen<'_>, phrases: &Phrases) -> Self {
        Self {
            line: written(&Entry::of(seen.witness)),
            measures: Measures::of(seen),
            remarks: remarks(seen, phrases),
        }
    }

    /// The same as bytes, for a cache: in the format of postcard, which may change with every version
    /// of the program. `None` if it cannot be written.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let remarks = self.remarks.iter().map(|remark| RemarkRecord {
            code: remark.code.number(),
            lines: remark.lines.map(|lines| (lines.first, lines.last)),
            message: remark.message.clone(),
            about: remark.about.clone(),
        });
        let record = Record {
            line: self.line.clone(),
            lengths: (self.measures.chars, self.measures.bytes),
            encoding: self.measures.encoding.map(str::to_owned),
            unfinished: self.measures.unfinished,
            remarks: remarks.collect(),
        };
        postcard::to_stdvec(&record).ok()
    }

    /// That of which these are the bytes. `None` if they are not what was written.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let record: Record = postcard::from_bytes(bytes).ok()?;
        let remarks = record.remarks.into_iter().map(|remark| {
            let code = Code::ALL.iter().find(|code| code.number() == remark.code)?;
            Some(Remark {
                code: *code,
                lines: remark.lines.map(|(first, last)| LineRange { first, last }),
                message: remark.message,
                about: remark.about,
            })
        });
        let encoding = match record.encoding {
            Some(name) => Some(encoding_rs::Encoding::for_label(name.as_bytes())?.name()),
            None => None,
        };
        Some(Self {
            line: record.line,
            measures: Measures {
                chars: record.lengths.0,
                bytes: record.lengths.1,
                encoding,
                unfinished: record.unfinished,
            },
            remarks: remarks.collect::<Option<_>>()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Record {
    line: String,
    lengths: (u64, u64),
    encoding: Option<String>,
    unfinished: bool,
    remarks: Vec<RemarkRecord>,
}

#[derive(Serialize, Deserialize)]
struct RemarkRecord {
    code: u16,
    lines: Option<(u32, u32)>,
    message: String,
    about: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_comes_back_as_it_was() {
        let known = Known {
            line: "a\tb".to_owned(),
            measures: Measures {
                chars: 5,
                bytes: 7,
                encoding: Some("gb18030"),
                unfinished: true,
            },
            remarks: vec![Remark {
                code: Code::Nul,
                lines: Some(LineRange { first: 2, last: 3 }),
                message: "words".to_owned(),
                about: "x".to_owned(),
            }],
        };
        let bytes = known.to_bytes().unwrap();
        assert_eq!(Known::from_bytes(&bytes), Some(known));
        assert_eq!(Known::from_bytes(&bytes[..bytes.len() - 1]), None);
    }
}
