//! The ledger: where each piece of an output came from, what is not in it, and how to make each
//! input's text out of both. `docs/ledger.md` says what stands in it.
//!
//! One JSON object a line. Each line ends with a `check`, so that damage is found where it is.

mod read;
mod record;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

pub use read::{Damage, Ledger};
pub use record::{
    Document, Dump, End, Fate, Header, Input, Party, PieceRecord, Reading, ReadingKind, Record,
};

/// The version of the format.
pub const VERSION: u32 = 1;

/// How much of a line's digest it ends with, in hexadecimal digits.
const CHECK: usize = 16;

/// A ledger that is written.
#[derive(Debug, Default)]
pub struct Lines {
    text: String,
    lines: u64,
}

impl Lines {
    /// Adds a line.
    pub fn push(&mut self, record: &Record) {
        self.text.push_str(&line(record));
        self.lines += 1;
    }

    /// Ends the ledger. Gives its bytes.
    pub fn finish(mut self) -> Vec<u8> {
        let end = Record::End(End {
            lines: self.lines + 1,
            digest: hex(&Sha256::digest(self.text.as_bytes())),
        });
        self.push(&end);
        self.text.into_bytes()
    }
}

fn line(record: &impl Serialize) -> String {
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
