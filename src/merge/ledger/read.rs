//! A ledger as it is found.

use super::{CHECK, Header, Record, VERSION, check, hex};
use sha2::{Digest as _, Sha256};

/// A ledger that was read.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The first line, if it is there.
    pub header: Option<Header>,
    /// The lines that are whole, with their numbers, from 1. The first and the last apart.
    pub records: Vec<(usize, Record)>,
    /// What is wrong.
    pub damage: Vec<Damage>,
}

/// Something wrong with a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl Ledger {
    /// Reads a ledger. Lines that are damaged are told of and left out.
    pub fn read(bytes: &[u8]) -> Self {
        let mut ledger = Self::default();
        let (mut last, mut before) = (None, 0);
        for (at, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let number = at + 1;
            last = Some((before, number));
            match parse(line) {
                Ok(Record::Ledger(header)) if number == 1 => ledger.greet(header),
                Ok(record) => ledger.records.push((number, record)),
                Err(what) => ledger.blame(number, what),
            }
            before += line.len();
        }
        ledger.close(bytes, last);
        ledger
    }

    fn greet(&mut self, header: Header) {
        if header.schema_version == VERSION {
            self.header = Some(header);
        } else {
            let version = header.schema_version;
            self.blame(1, format!("version {version} is not known to this program"));
        }
    }

    /// Checks the last line: where it begins, and its number.
    fn close(&mut self, bytes: &[u8], last: Option<(usize, usize)>) {
        let (start, number) = last.unwrap_or((0, 0));
        if self.header.is_none() && self.damage.is_empty() {
            self.blame(1, "is no first line of a ledger");
        }
        match self.records.pop() {
            Some((at, Record::End(end))) if at == number => {
                let before = bytes.get(..start).unwrap_or_default();
                if end.lines != number as u64 {
                    let lines = end.lines;
                    self.blame(number, format!("there should be {lines} lines"));
                } else if end.digest != hex(&Sha256::digest(before)) && self.damage.is_empty() {
                    self.blame(number, "the lines before are not those that were written");
                }
            }
            last => {
                self.records.extend(last);
                self.blame(number, "the ledger ends before its last line");
            }
        }
    }

    fn blame(&mut self, line: usize, what: impl Into<String>) {
        let what = what.into();
        self.damage.push(Damage { line, what });
    }
}

fn parse(line: &[u8]) -> Result<Record, &'static str> {
    const DAMAGED: &str = "is damaged";
    let line = std::str::from_utf8(line).map_err(|_| DAMAGED)?;
    let text = line.strip_suffix("\"}\n").ok_or(DAMAGED)?;
    let (text, found) = text
        .split_at_checked(text.len().saturating_sub(CHECK))
        .ok_or(DAMAGED)?;
    let text = text.strip_suffix(",\"check\":\"").ok_or(DAMAGED)?;
    if check(text) != found {
        return Err(DAMAGED);
    }
    serde_json::from_str(line).map_err(|_| "is of no kind that is known")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::ledger::{Fate, Input, Lines};

    fn ledger() -> Vec<u8> {
        let mut lines = Lines::default();
        lines.push(&Record::Ledger(Header {
            schema_version: VERSION,
            program: "lacuna".to_owned(),
            canonical_form: 1,
            dumps: Vec::new(),
            prefer: "base".to_owned(),
            conflicts: "ledger".to_owned(),
            originals: false,
            config: false,
        }));
        for path in ["a.md", "b\u{202e}.md"] {
            lines.push(&Record::Input(Input {
                siglum: "A".to_owned(),
                path: path.to_owned(),
                digest: None,
                fate: Fate::Excluded,
                output: None,
                why: Some("symlink".to_owned()),
            }));
        }
        lines.finish()
    }

    #[test]
    fn what_was_written_is_read() {
        let read = Ledger::read(&ledger());
        assert_eq!(read.damage, []);
        assert_eq!(read.records.len(), 2);
        assert!(!String::from_utf8(ledger()).unwrap().contains('\u{202e}'));
    }

    #[test]
    fn damage_of_any_byte_is_found() {
        let whole = ledger();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            let line = whole[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let read = Ledger::read(&bytes);
            let lines: Vec<usize> = read.damage.iter().map(|damage| damage.line).collect();
            assert!(lines.contains(&line), "byte {at}: {lines:?}");
        }
    }

    #[test]
    fn a_ledger_that_was_cut_off_is_told() {
        let whole = ledger();
        for end in 0..whole.len() {
            assert!(!Ledger::read(&whole[..end]).damage.is_empty(), "{end}");
        }
    }

    #[test]
    fn a_line_that_is_gone_is_told() {
        let whole = ledger();
        let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
        for gone in 0..lines.len() {
            let rest: Vec<u8> = (0..)
                .zip(&lines)
                .filter(|(at, _)| *at != gone)
                .flat_map(|(_, line)| line.to_vec())
                .collect();
            assert!(!Ledger::read(&rest).damage.is_empty(), "{gone}");
        }
    }
}
