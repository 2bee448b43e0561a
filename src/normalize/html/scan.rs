//! What most of a page is, past the tokenizer: text, and tags without oddities. They are read as
//! the tokenizer would read them, but without its states; whatever else there is, it gets.

use html5gum::State;
use memchr::memchr;

use super::reader::{IN_ATTRIBUTE_NAME, IN_TAG_NAME, name_len, text_len, value_len};
use super::segmenter::Segmenter;

/// The entities that pages need to show markup, and the space beside them. With their semicolon
/// they are what they are, whatever follows.
const ENTITIES: [(&[u8], &str); 6] = [
    (b"&lt;", "<"),
    (b"&gt;", ">"),
    (b"&amp;", "&"),
    (b"&quot;", "\""),
    (b"&#39;", "'"),
    (b"&nbsp;", "\u{a0}"),
];

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
            if self.scan_entity(start) {
                continue;
            }
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

    /// Takes the entity at `start`, if it is one of the usual ones.
    #[inline]
    fn scan_entity(&mut self, start: usize) -> bool {
        if self.source.get(start) != Some(&b'&') {
            return false;
        }
        let rest = self.source.get(start..self.feed_end).unwrap_or_default();
        let found = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        if let Some((entity, text)) = found {
            self.position = start + entity.len();
            self.take_replaced(start..self.position, text);
        }
        found.is_some()
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
            self.take_bare_attribute(start..end);
            return Some(end);
        };
        if end == start {
            return None;
        }
        // What has to be decoded matters only in a value that is kept.
        let plain = match quote {
            b'"' => value_len(b"\"&\0\r", rest),
            _ => value_len(b"'&\0\r", rest),
        };
        let len = match rest.get(plain) {
            Some(end) if end == quote => plain,
            _ => plain + memchr(*quote, &rest[plain..])?,
        };
        let value = end + 2..end + 2 + len;
        let (element, name) = (self.tag_element(), &source[start..end]);
        let is_kept = self.attributes.put(element, name, value.clone());
        (plain == len || !is_kept).then_some(value.end + 1)
    }
}
