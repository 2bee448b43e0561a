//! The ledger: where each piece of an output came from, what is not in it, and how to make each
//! input's text out of both. `docs/ledger.md` says what stands in it.
//!
//! One JSON object a line. Each line ends with a `check`, so that damage is found where it is.

mod read;
mod record;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

pub use read::{Damage, Read};
pub use record::{
    Document, Dump, End, Fate, Header, Input, Party, PieceRecord, Reading, ReadingKind, Record,
};

/// The version of the format.
pub const VERSION: u32 = 1;

/// How much of a line's digest it ends with, in hexadecimal digits.
const CHECK: usize = 16;

/// What is to be known of the lines of a ledger, to write the last one.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    digest: Sha256,
    count: u64,
}

impl Lines {
    /// Counts a line in.
    pub fn add(&mut self, line: &str) {
        self.digest.update(line.as_bytes());
        self.count += 1;
    }

    /// The last line.
    pub fn end(self) -> String {
        line(&Record::End(End {
            lines: self.count + 1,
            digest: hex(&self.digest.finalize()),
        }))
    }
}

/// A record as a line.
pub fn line(record: &Record) -> String {
    let mut line = json(record);
    line.pop();
    let check = check(&line);
    line.push_str(",\"check\":\"");
    line.push_str(&check);
    line.push_str("\"}\n");
    line
}

/// What the line ends with that begins with `text`.
fn check(text: &str) -> String {
    let mut check = hex(&Sha256::digest(text.as_bytes()));
    check.truncate(CHECK);
    check
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// JSON in one line, in which every character that could drive what shows it is escaped.
pub fn json(record: &impl Serialize) -> String {
    let json = serde_json::to_string(record).unwrap_or_default();
    if !json.contains(is_hostile) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hostile(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// A control character, or one that reorders a line or hides in it.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0001}'..='\u{e007f}')
}
