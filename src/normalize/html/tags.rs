//! What a tag means for the text.

use html5gum::State;

use super::attributes::Attribute;
use super::elements::{Class, Element};
use super::segmenter::Segmenter;
use crate::text::{AssetKind, BlockKind};

impl Segmenter<'_, '_> {
    /// A start tag, which ends at the tokenizer's position.
    pub(super) fn start_tag(&mut self) -> Option<State> {
        let element = self.tag_element();
        if element == Element::Unknown && self.is_text() {
            self.keep_tag(self.position);
            return None;
        }
        let is_empty = self.tag.is_self_closing && (self.xml || element == Element::Unknown);
        match element.class() {
            Class::Silent => {
                self.silent = !is_empty;
                return self.raw_state(element, is_empty);
            }
            Class::Void => self.void(element),
            Class::Inline => {
                self.begin_inline(element, is_empty);
                return None;
            }
            Class::Replaced => {
                self.begin_inline(element, is_empty);
                self.asset(element);
            }
            Class::Block => {
                let place = self.begin_block(element);
                if is_empty {
                    self.end_block(place);
                }
            }
        }
        self.raw_state(element, is_empty)
    }

    /// An end tag, which ends at the tokenizer's position.
    pub(super) fn end_tag(&mut self) {
        let element = self.tag_element();
        match element.class() {
            Class::Silent => {}
            Class::Void => self.void_end(element),
            Class::Inline | Class::Replaced => {
                if element == Element::Unknown && self.is_text() {
                    self.keep_tag(self.position);
                } else {
                    self.flush();
                    self.end_inline(element);
                }
            }
            Class::Block => match self.open.closed_by_end(element) {
                0 => self.pass_boundary(element),
                place => self.end_block(place),
            },
        }
    }

    /// How the content of the element is to be read, if it is not markup.
    #[inline]
    fn raw_state(&mut self, element: Element, is_empty: bool) -> Option<State> {
        let state = match element {
            _ if is_empty => return None,
            Element::Script => State::ScriptData,
            Element::Style | Element::Xmp => State::RawText,
            Element::Title | Element::Textarea => State::RcData,
            Element::Plaintext => State::PlainText,
            _ => return None,
        };
        self.raw = element;
        self.raw_start = self.tag.start;
        Some(state)
    }

    fn void(&mut self, element: Element) {
        match element {
            Element::Hr => {
                self.flush();
                self.pass_boundary(element);
            }
            Element::Meta => self.metadata(),
            Element::Base | Element::Basefont | Element::Link => {}
            _ => {
                self.flush();
                self.note_inline();
                if self.in_block {
                    self.content_end = self.position;
                }
                if element == Element::Br {
                    self.newline();
                } else if matches!(element, Element::Img | Element::Image) {
                    let depth = self.enter(element);
                    self.asset(element);
                    self.builder.leave(depth, self.position);
                } else {
                    self.asset(element);
                }
            }
        }
    }

    fn void_end(&mut self, element: Element) {
        if element == Element::Br {
            self.flush();
            self.newline();
        }
    }

    fn newline(&mut self) {
        if self.in_block {
            self.builder.replaced(self.tag.start..self.position, "\n");
        }
    }

    fn begin_inline(&mut self, element: Element, is_empty: bool) {
        self.flush();
        self.note_inline();
        let place = self.open_element(element);
        if is_empty {
            self.close_elements(place, self.position, self.position);
        }
    }

    /// Inline markup comes before text: the block that the text begins will begin with it.
    #[inline]
    fn note_inline(&mut self) {
        if !self.in_block && self.block_start.is_none() && self.inline_start.is_none() {
            self.inline_start = Some(self.tag.start);
        }
    }

    fn end_inline(&mut self, element: Element) {
        if self.in_block {
            self.content_end = self.position;
        }
        let place = self.open.place(element);
        if place == 0 {
            return;
        }
        if element == Element::Unknown && self.in_block && self.is_label_of_picture() {
            self.builder.replaced(self.tag.start..self.position, " ");
        }
        // `<b><p></b>` closes no paragraph.
        if place == self.open.depth() || place > self.open.innermost_block() {
            self.close_elements(place, self.tag.start, self.position);
        }
    }

    /// Whether the tag is of a text in an SVG, which stands apart from the next one.
    fn is_label_of_picture(&self) -> bool {
        self.open.place(Element::Svg) > 0 && matches!(self.tag_name(), b"text" | b"title" | b"desc")
    }

    /// A start tag that ends the block before it. Gives the place of the element.
    fn begin_block(&mut self, element: Element) -> u32 {
        self.flush();
        if !self.joins(element) {
            self.close_block(None);
        }
        let closed = self.open.closed_by_start(element);
        if closed > 0 {
            self.close_elements(closed, self.tag.start, self.tag.start);
        }
        let joins = self.joins(element);
        let cell_had_text = self.cell_has_text;
        if joins {
            self.join(element);
        }
        let place = self.open_element(element);
        match element {
            Element::Td | Element::Th | Element::Tr => self.cell_has_text = false,
            Element::Ol => self.begin_numbered(place),
            Element::Li => self.begin_item(),
            _ => {}
        }
        if !joins || (self.is_second_in_cell(element) && cell_had_text) {
            self.close_block(None);
            self.block_start = Some(self.tag.start);
            self.owner = place;
            self.skip_newline = matches!(element, Element::Pre | Element::Listing);
            self.separator = None;
        } else if self.context == BlockKind::TableRow
            && !self.in_block
            && self.block_start.is_none()
        {
            self.block_start = Some(self.tag.start);
            self.owner = self.open.place(Element::Tr).max(1);
        }
        place
    }

    /// The end tag of the element at `place`, which ends blocks.
    fn end_block(&mut self, place: u32) {
        self.flush();
        let element = self.tag_element();
        if self.owner == place && self.in_block {
            self.close_block(Some(self.position));
        } else if self.owner == place || !self.joins(element) || element.is_code() {
            self.close_block(None);
        } else {
            self.join(element);
        }
        self.close_elements(place, self.tag.start, self.position);
    }

    /// A tag that ends blocks, and neither opens nor closes an element.
    fn pass_boundary(&mut self, element: Element) {
        self.flush();
        if self.joins(element) {
            self.join(element);
        } else {
            self.close_block(None);
        }
    }

    /// Whether a tag of `element`, here, ends a line of code or a cell, but no block.
    fn joins(&self, element: Element) -> bool {
        match self.context {
            BlockKind::Code => true,
            BlockKind::TableRow => !element.breaks_row(),
            _ => false,
        }
    }

    fn join(&mut self, element: Element) {
        let tag = self.tag.start..self.position;
        if self.context == BlockKind::Code {
            if !element.is_cell() {
                self.separator = Some((tag, "\n"));
            } else if self.separator.is_none() {
                self.separator = Some((tag, " "));
            }
        } else if self.in_block {
            self.builder.replaced(tag, " ");
        }
    }

    /// Whether a row goes on in a block of its own, so that a page laid out by a table is not
    /// one row.
    fn is_second_in_cell(&self, element: Element) -> bool {
        self.context == BlockKind::TableRow && !element.is_cell()
    }

    /// `<meta name="description" content="…">`.
    fn metadata(&mut self) {
        let name = self.attributes.value(Attribute::Name, self.decoded);
        let label = match name.len() {
            11 if name.eq_ignore_ascii_case("description") => "description: ",
            8 if name.eq_ignore_ascii_case("keywords") => "keywords: ",
            6 if name.eq_ignore_ascii_case("author") => "author: ",
            _ => return,
        };
        if self
            .attributes
            .value(Attribute::Content, self.decoded)
            .trim()
            .is_empty()
        {
            return;
        }
        self.close_block(None);
        self.open_metadata(self.tag.start);
        let span = self.attributes.span(Attribute::Content);
        let value = self.attributes.value(Attribute::Content, self.decoded);
        self.builder.replaced(self.tag.start..span.start, label);
        if self.source.get(span.clone()) == Some(value.as_bytes()) {
            self.builder.verbatim(span);
        } else {
            self.builder.replaced(span, value);
        }
        self.builder.close(self.position);
    }

    /// Notes what the element of the tag shows instead of text.
    fn asset(&mut self, element: Element) {
        let kind = match element {
            Element::Img | Element::Image => AssetKind::Image,
            Element::Video | Element::Audio | Element::Source => AssetKind::Media,
            Element::Iframe | Element::Frame | Element::Embed | Element::Object => AssetKind::Embed,
            _ => return,
        };
        let value = |attribute| self.attributes.value(attribute, self.decoded).trim();
        let target = match (value(Attribute::Late), value(Attribute::Source)) {
            ("", source) if source.is_empty() || source.starts_with("data:") => {
                match first_of_set(value(Attribute::SourceSet)) {
                    "" => source,
                    of_set => of_set,
                }
            }
            ("", source) => source,
            (late, _) => late,
        };
        let alternative = value(Attribute::Alternative);
        if target.is_empty() && alternative.is_empty() {
            return;
        }
        if kind == AssetKind::Image {
            if self.open.place(Element::Noscript) > 0 && self.last_image == target {
                return;
            }
            self.last_image.clear();
            self.last_image.push_str(target);
        }
        let markup = self.tag.start..self.position;
        self.builder.asset(kind, target, alternative, markup);
    }
}

/// The first address of a `srcset`.
fn first_of_set(set: &str) -> &str {
    let address = set.split_ascii_whitespace().next().unwrap_or_default();
    address.trim_end_matches(',')
}
