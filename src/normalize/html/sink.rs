//! What the tokenizer tells us, and where in the source that is.
//!
//! The tokenizer reads ahead by one character at most and says so through `move_position`. Text
//! comes in order and without gaps between two pieces of markup, so the text of a piece begins
//! where the last one ended, whatever its length is.

use std::ops::Range;

use html5gum::{Emitter, Error, State};
use memchr::memchr;

use super::elements::Element;
use super::segmenter::Segmenter;
use crate::text::DamageKind;

impl Emitter for &mut Segmenter<'_, '_> {
    type Token = ();

    #[inline]
    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}

    fn emit_eof(&mut self) {
        self.end_of_source();
    }

    #[inline]
    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<()> {
        self.restart.map(|_| ())
    }

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.position = self.position.wrapping_add_signed(offset);
    }

    #[inline]
    fn init_string(&mut self) {
        self.cursor = self.position;
    }

    #[inline]
    fn emit_string(&mut self, piece: &[u8]) {
        let range = self.cursor..self.position;
        if self.silent {
            self.cursor = self.position;
        } else if range.len() == piece.len() && piece.first() == self.source.get(range.start) {
            self.take_verbatim(range);
        } else {
            self.take_unequal(range, piece);
        }
    }

    #[inline]
    fn start_open_tag(&mut self) {
        self.tag.start = self.position - 1;
    }

    #[inline]
    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    #[inline]
    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    #[inline]
    fn push_tag_name(&mut self, _: &[u8]) {
        self.tag.name_end = self.position;
    }

    #[inline]
    fn set_self_closing(&mut self) {
        self.tag.is_self_closing = true;
    }

    #[inline]
    fn init_attribute(&mut self) {
        self.end_attribute();
        // Its first character was read already.
        self.tag.attribute_start = self.position.saturating_sub(1);
    }

    #[inline]
    fn push_attribute_name(&mut self, _: &[u8]) {
        self.tag.attribute_end = self.position;
    }

    #[inline]
    fn init_attribute_value(&mut self) {
        self.tag.value_start = self.position;
        if !self.tag.is_end {
            let name = self.tag.attribute_start..self.tag.attribute_end;
            let name = self.source.get(name).unwrap_or_default();
            let element = self.tag_element();
            self.attributes.begin_value(element, name, self.position);
        }
    }

    #[inline]
    fn push_attribute_value(&mut self, piece: &[u8]) {
        self.attributes
            .push_value(piece, self.position, self.source);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        let state = self.take_tag();
        if state.is_none() {
            self.leave_tokenizer();
        }
        state
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.is_end && self.raw != Element::Unknown && self.tag_element() == self.raw
    }

    #[inline]
    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        // `<![CDATA[` was read: text begins.
        self.cursor = self.position;
        true
    }

    #[inline]
    fn init_comment(&mut self) {}
    #[inline]
    fn push_comment(&mut self, _: &[u8]) {}
    #[inline]
    fn emit_current_comment(&mut self) {
        self.aside_end = Some(self.position);
        self.leave_tokenizer();
    }
    #[inline]
    fn init_doctype(&mut self) {}
    #[inline]
    fn push_doctype_name(&mut self, _: &[u8]) {}
    #[inline]
    fn set_force_quirks(&mut self) {}
    #[inline]
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    #[inline]
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    #[inline]
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    #[inline]
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    #[inline]
    fn emit_current_doctype(&mut self) {
        self.aside_end = Some(self.position);
        self.leave_tokenizer();
    }
}

impl Segmenter<'_, '_> {
    /// Behind markup that only the tokenizer could read there may be what is simple again.
    fn leave_tokenizer(&mut self) {
        if self.scans {
            self.restart = self.restart.or(Some(self.position));
        }
    }

    #[inline]
    pub(super) fn begin_tag(&mut self, is_end: bool) {
        self.tag.is_end = is_end;
        self.tag.is_self_closing = false;
        self.tag.is_pending = true;
        self.tag.element = None;
        self.tag.value_start = 0;
        self.tag.name_end = self.position;
        self.attributes.clear();
    }

    /// The attribute that was read last is complete, if the tag has one.
    #[inline]
    fn end_attribute(&mut self) {
        self.attributes.end_value();
        if self.tag.attribute_start > self.tag.start {
            self.take_bare_attribute(self.tag.attribute_start..self.tag.attribute_end);
        }
    }

    /// The tag has the attribute whose name stands at `name`. Without a value it matters only on a
    /// list.
    #[inline]
    pub(super) fn take_bare_attribute(&mut self, name: Range<usize>) {
        if self.tag_element() == Element::Ol && !self.tag.is_end {
            let end = name.end;
            let name = self.source.get(name).unwrap_or_default();
            self.attributes.put(Element::Ol, name, end..end);
        }
    }

    /// The tag is complete, or as complete as it will be.
    pub(super) fn take_tag(&mut self) -> Option<State> {
        self.tag.is_pending = false;
        self.cursor = self.position;
        self.raw = Element::Unknown;
        self.silent = false;
        if self.tag.is_end {
            self.end_tag();
            None
        } else {
            self.start_tag()
        }
    }

    /// The name of the tag, as the source writes it.
    pub(super) fn tag_name(&self) -> &[u8] {
        self.source
            .get(self.tag_name_start()..self.tag.name_end)
            .unwrap_or_default()
    }

    #[inline]
    fn tag_name_start(&self) -> usize {
        self.tag.start + 1 + usize::from(self.tag.is_end)
    }

    /// The element of the tag.
    #[inline]
    pub(super) fn tag_element(&mut self) -> Element {
        if let Some(element) = self.tag.element {
            return element;
        }
        let start = self.tag_name_start();
        let element = match Element::named_in(self.source, start, self.tag.name_end) {
            // A picture's title, not the page's.
            Element::Title if self.open.place(Element::Svg) > 0 => Element::Unknown,
            element => element,
        };
        self.tag.element = Some(element);
        element
    }

    /// A piece of text that is not what the source has there.
    #[cold]
    fn take_unequal(&mut self, range: Range<usize>, piece: &[u8]) {
        let Range { start, end } = range;
        let Some(read) = self.source.get(start..end) else {
            return;
        };
        match read {
            [b'&', ..] if read != piece => {
                let text = std::str::from_utf8(piece).unwrap_or_default();
                self.take_replaced(start..end, text);
            }
            // The tokenizer makes CR LF one newline and gives it with the CR.
            [b'\n', ..] if read.len() > piece.len() => {
                self.take_verbatim(start..end.min(start + 1 + piece.len()));
            }
            // It makes CR a newline and NUL a replacement character, and it may have read more
            // than it gives.
            _ => self.take_verbatim(start..end.min(start + piece.len())),
        }
    }

    /// The source ends, inside some markup or not. What is open has swallowed all behind it.
    #[cold]
    fn end_of_source(&mut self) {
        let end = self.feed_end;
        // What is unclosed may have been told of before.
        self.restart = None;
        if self.raw != Element::Unknown {
            // Nothing closes `plaintext`. Of the others only their own end tag can be cut off,
            // and that is no text.
            if self.raw != Element::Plaintext {
                self.builder
                    .damage(DamageKind::UnclosedElement, self.raw_start..end);
            }
        } else if self.tag.is_pending {
            self.end_cut_tag();
        } else if self.aside_end == Some(self.position) && !self.is_closed_aside() {
            self.builder
                .damage(DamageKind::UnclosedComment, self.tag.start..end);
        }
    }

    /// Whether the comment or declaration at the end of the source ends by itself.
    fn is_closed_aside(&self) -> bool {
        let aside = self.source.get(self.tag.start..self.feed_end);
        let aside = aside.unwrap_or_default();
        match aside.starts_with(b"<!--") {
            true => aside.ends_with(b"-->") || aside.ends_with(b"--!>"),
            false => aside.ends_with(b">"),
        }
    }

    /// The source ends inside a tag.
    fn end_cut_tag(&mut self) {
        let Some(rest) = self.source.get(self.tag.value_start..self.feed_end) else {
            return;
        };
        let tag = self.tag.start;
        let quote = self.source.get(self.tag.value_start.wrapping_sub(1));
        if let Some(quote @ (b'"' | b'\'')) = quote.copied()
            && memchr(quote, rest).is_none()
        {
            // No such quote follows, so this happens at most once for each kind of quote.
            if let Some(length) = memchr(b'>', rest) {
                self.position = self.tag.value_start + length + 1;
                self.restart = Some(self.position);
                self.builder
                    .damage(DamageKind::UnclosedTag, tag..self.position);
                // The content of a raw element is read as markup, and so is not lost.
                let _ = self.take_tag();
                return;
            }
        } else if self.tag_element() == Element::Unknown && !self.is_cut_name() {
            return self.keep_tag(self.feed_end);
        }
        self.builder
            .damage(DamageKind::UnclosedTag, tag..self.feed_end);
    }

    /// Whether the source ends inside the name of what may have been an element.
    fn is_cut_name(&self) -> bool {
        self.tag.name_end >= self.feed_end && Element::any_begins(self.tag_name())
    }
}
