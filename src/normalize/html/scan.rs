//! What most of a page is, past the tokenizer: text, and tags without oddities. They are read as
//! the tokenizer would read them, but without its states; whatever else there is, it gets.

use html5gum::State;
use memchr::memchr;

use super::reader::{IN_ATTRIBUTE_NAME, IN_TAG_NAME, name_len, text_len};
use super::segmenter::Segmenter;

impl Segmenter<'_, '_> {
    /// Reads text and simple tags from the position on. Gives the state that the tokenizer goes on
    /// in behind them, or nothing if a restart was asked for.
    pub(super) fn scan(&mut self) -> Option<State> {
        if !self.scans {
            return Some(State::Data);
        }
        loop {
            let rest = self.source.get(self.position..self.feed_end)?;
            let text = self.position..self.position + text_len(rest);
            self.position = text.end;
            if !text.is_empty() {
                self.take_verbatim(text);
            }
            let start = self.position;
            let Some(end) = self.scan_tag(start) else {
                self.position = start;
                self.tag.is_pending = false;
                return Some(State::Data);
            };
            self.position = end;
            let state = self.take_tag();
            if state.is_some() || self.restart.is_some() {
                return state.filter(|_| self.restart.is_none());
            }
        }
    }

    /// Notes the tag at `start`, and gives its end. Nothing if that is no tag, or none so simple.
    #[inline]
    fn scan_tag(&mut self, start: usize) -> Option<usize> {
        let source = self.source.get(..self.feed_end)?;
        let (is_end, name) = match source.get(start..)? {
            [b'<', first, ..] if first.is_ascii_alphabetic() => (false, start + 1),
            [b'<', b'/', first, ..] if first.is_ascii_alphabetic() => (true, start + 2),
            _ => return None,
        };
        self.tag.start = start;
        self.begin_tag(is_end);
        let mut at = name + name_len(IN_TAG_NAME, &source[name..]);
        self.tag.name_end = at;
        loop {
            at = match source.get(at..)? {
                [b'>', ..] => return Some(at + 1),
                [b'/', b'>', ..] => {
                    self.tag.is_self_closing = true;
                    return Some(at + 2);
                }
                [b' ' | b'\t' | b'\n' | b'\x0c', ..] if !is_end => {
                    self.scan_attribute(source, at + 1)?
                }
                _ => return None,
            };
        }
    }

    /// Notes the attribute at `start`, if there is one, and gives its end. Nothing if its value has
    /// no quotes, or is one to keep and does not stand in the source as it is meant.
    #[inline]
    fn scan_attribute(&mut self, source: &[u8], start: usize) -> Option<usize> {
        let end = start + name_len(IN_ATTRIBUTE_NAME, &source[start..]);
        let [b'=', quote @ (b'"' | b'\''), rest @ ..] = &source[end..] else {
            return Some(end);
        };
        if end == start {
            return None;
        }
        let value = &rest[..memchr(*quote, rest)?];
        let (element, name) = (self.tag_element(), &source[start..end]);
        let is_simple = self.attributes.put(element, name, end + 2, value);
        is_simple.then_some(end + 2 + value.len() + 1)
    }
}
