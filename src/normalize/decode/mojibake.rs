//! Mojibake: text that was once read in another encoding than it was written in.
//!
//! The wrong reading is undone: a run of characters is encoded back in the encoding it was
//! wrongly read in, and if those bytes are UTF-8, and more of it than chance makes, the run is
//! mojibake and the UTF-8 is what it should have been. [`single_byte`] knows UTF-8 read as
//! windows-1252 or Latin-1, [`double_byte`] UTF-8 read as GBK, Big5 or Shift_JIS.

mod double_byte;
mod single_byte;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use super::Decoded;
use crate::text::{Damage, DamageKind, DecodeMap, Span};

/// A passage of decoded text that is mojibake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// Where the passage stands in the decoded text.
    pub start: usize,
    /// What it should have been, each character with the bytes of decoded text it stands for.
    /// A wrong character that holds the end of one and the beginning of the next counts for the
    /// next.
    pub repaired: Vec<(char, usize)>,
}

impl Passage {
    fn range(&self) -> Range<usize> {
        let len: usize = self.repaired.iter().map(|(_, len)| len).sum();
        self.start..self.start + len
    }
}

/// The mojibake in `text`, in order.
pub(super) fn find(text: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    single_byte::find(text, &mut passages);
    double_byte::find(text, &mut passages);
    passages.sort_by_key(|passage| (passage.start, Reverse(passage.range().len())));
    let mut end = 0;
    passages.retain(|passage| {
        let range = passage.range();
        let keep = range.start >= end;
        if keep {
            end = range.end;
        }
        keep
    });
    passages
}

/// Records the passages as damage, with what they should have been.
pub(super) fn record(decoded: &mut Decoded<'_>, passages: &[Passage]) {
    for passage in passages {
        let range = passage.range();
        decoded.damage.push(Damage {
            kind: DamageKind::Mojibake,
            span: Span::new(
                decoded.map.source_start(range.start),
                decoded.map.source_end(range.end),
            ),
            line: 0,
            repair: passage.repaired.iter().map(|(char, _)| char).collect(),
        });
    }
    decoded.damage.sort_by_key(|damage| damage.span);
}

/// Puts what the passages should have been in their place.
pub(super) fn repair(decoded: &mut Decoded<'_>, passages: &[Passage]) {
    let old = &decoded.map;
    let mut text = String::with_capacity(decoded.text.len());
    let mut map = DecodeMap::default();
    let mut at = 0;
    for passage in passages {
        map.push_from(text.len(), old, at..passage.start);
        text.push_str(&decoded.text[at..passage.start]);
        at = passage.start;
        for (char, len) in &passage.repaired {
            let source = old.source_start(at);
            let source_len = old.source_start(at + len) - source;
            map.push(text.len(), source, char.len_utf8(), source_len);
            text.push(*char);
            at += len;
        }
    }
    map.push_from(text.len(), old, at..decoded.text.len());
    text.push_str(&decoded.text[at..]);
    decoded.text = Cow::Owned(text);
    decoded.map = map;
}

/// What the passages that `find` finds in `text` should have been.
#[cfg(test)]
fn repaired(find: fn(&str, &mut Vec<Passage>), text: &str) -> String {
    let mut passages = Vec::new();
    find(text, &mut passages);
    let repaired = |passage: &Passage| passage.repaired.iter().map(|(char, _)| char).collect();
    passages
        .iter()
        .map(repaired)
        .collect::<Vec<String>>()
        .join("|")
}
