//! A ledger as it is found.

use super::{CHECK, End, Header, Record, VERSION, check, hex};
use sha2::{Digest as _, Sha256};

/// A ledger that is read, line by line; of the lines nothing is kept.
#[derive(Debug, Default)]
pub struct Read {
    lines: usize,
    /// The digest of the lines before the next one.
    before: Sha256,
    /// The first line, if it is there.
    header: Option<Header>,
    /// What the line before said, if it was an end, and the digest of all before it.
    end: Option<(End, String)>,
    damage: Vec<Damage>,
}

/// Something wrong with a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl Read {
    /// Takes the next line, with its line feed. Gives its number, from 1, and what it says of a
    /// document or an input; nothing if it is damaged.
    pub fn line(&mut self, line: &[u8]) -> Option<(usize, Record)> {
        self.lines += 1;
        let number = self.lines;
        self.end = None;
        let parsed = parse(line);
        let is_end = matches!(parsed, Ok(Record::End(_)));
        let before = is_end.then(|| hex(&self.before.clone().finalize()));
        self.before.update(line);
        match parsed {
            Ok(Record::Ledger(header)) if number == 1 => self.greet(header),
            Ok(Record::Ledger(_)) => self.blame(number, "is a second first line"),
            Ok(Record::End(end)) => self.end = before.map(|before| (end, before)),
            Ok(record) => return Some((number, record)),
            Err(what) => self.blame(number, what),
        }
        None
    }

    /// The first line, if it is there and was read.
    pub fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    fn greet(&mut self, header: Header) {
        if header.schema_version == VERSION {
            self.header = Some(header);
        } else {
            let version = header.schema_version;
            self.blame(1, format!("version {version} is not known to this program"));
        }
    }

    /// What is wrong with the ledger, of which no more lines come.
    pub fn finish(mut self) -> Vec<Damage> {
        let number = self.lines;
        if self.header.is_none() && self.damage.is_empty() {
            self.blame(1, "is no first line of a ledger");
        }
        match self.end.take() {
            None => self.blame(number, "the ledger ends before its last line"),
            Some((end, _)) if end.lines != number as u64 => {
                let lines = end.lines;
                self.blame(number, format!("there should be {lines} lines"));
            }
            Some((end, before)) if end.digest != before && self.damage.is_empty() => {
                self.blame(number, "the lines before are not those that were written");
            }
            Some(_) => {}
        }
        self.damage
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
    use crate::merge::ledger::{Fate, Input, Lines, line};

    fn ledger() -> Vec<u8> {
        let mut records = vec![Record::Ledger(Header {
            schema_version: VERSION,
            program: "lacuna".to_owned(),
            canonical_form: 1,
            dumps: Vec::new(),
            prefer: "base".to_owned(),
            conflicts: "ledger".to_owned(),
            originals: false,
            config: false,
        })];
        for path in ["a.md", "b\u{202e}.md"] {
            records.push(Record::Input(Input {
                siglum: "A".to_owned(),
                path: path.to_owned(),
                digest: None,
                fate: Fate::Excluded,
                output: None,
                why: Some("symlink".to_owned()),
            }));
        }
        let mut lines = Lines::default();
        let mut text = String::new();
        for record in &records {
            let line = line(record);
            lines.add(&line);
            text.push_str(&line);
        }
        text.push_str(&lines.end());
        text.into_bytes()
    }

    /// How many documents and inputs there are, and what is wrong.
    fn read(bytes: &[u8]) -> (usize, Vec<Damage>) {
        let mut read = Read::default();
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let records = lines.filter_map(|line| read.line(line)).count();
        (records, read.finish())
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(read(&ledger()), (2, Vec::new()));
        assert!(!String::from_utf8(ledger()).unwrap().contains('\u{202e}'));
    }

    #[test]
    fn damage_of_any_byte_is_found() {
        let whole = ledger();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            let line = whole[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let (_, damage) = read(&bytes);
            let lines: Vec<usize> = damage.iter().map(|damage| damage.line).collect();
            assert!(lines.contains(&line), "byte {at}: {lines:?}");
        }
    }

    #[test]
    fn a_ledger_that_was_cut_off_is_told() {
        let whole = ledger();
        for end in 0..whole.len() {
            assert!(!read(&whole[..end]).1.is_empty(), "{end}");
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
            assert!(!read(&rest).1.is_empty(), "{gone}");
        }
    }
}
