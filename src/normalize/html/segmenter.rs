//! The state of a pass over HTML, and the way from the tokenizer's text to the builder's.

use std::ops::Range;

use html5gum::Tokenizer;

use super::attributes::{Attribute, Attributes};
use super::elements::Element;
use super::numbering::Numbering;
use super::open::OpenElements;
use super::reader::Source;
use super::unknown::EndTags;
use crate::normalize::builder::{Builder, ItemNumber};
use crate::text::{BlockKind, Opened, Section};

pub(super) struct Segmenter<'b, 'd> {
    pub builder: &'b mut Builder<'d>,
    /// What is read: as text, and as bytes.
    pub decoded: &'d str,
    pub source: &'d [u8],
    /// Whether a tag that ends in `/>` has no content.
    pub xml: bool,

    /// What the tokenizer has read so far ends here. All places are bytes of the decoded text.
    pub position: usize,
    /// What it has given as text, or told us of as markup, ends here.
    pub cursor: usize,
    /// Text as it stands in the source, not yet given to the builder.
    text: Range<usize>,
    /// Where this feed ends, and where the last one will.
    pub feed_end: usize,
    pub last_end: usize,
    /// Where to go on without this tokenizer: it was led astray, or is not needed there.
    pub restart: Option<usize>,
    /// Whether what is simple is read past the tokenizer. Only tests, which compare, say no.
    pub scans: bool,

    pub tag: Tag,
    pub attributes: Attributes,
    /// The element whose content is not markup, while in it, and where its tag begins.
    pub raw: Element,
    pub raw_start: usize,
    /// Where a comment or declaration was read to, if it is what was read last.
    pub aside_end: Option<usize>,
    /// Whether text is not for readers.
    pub silent: bool,
    /// End tags of elements that HTML does not have, once one was asked for.
    pub end_tags: Option<EndTags>,

    pub open: OpenElements,
    /// The depth of the outermost open element, less that of the outline.
    depth_offset: isize,
    /// The kind of a block that begins here, and outside all elements.
    pub context: BlockKind,
    outermost: BlockKind,

    /// Whether the builder has an open block.
    pub in_block: bool,
    /// Where the next block will have begun, if an element has begun it already.
    pub block_start: Option<usize>,
    /// The place of that element.
    pub owner: u32,
    /// Where inline markup in front of the next block's text begins.
    pub inline_start: Option<usize>,
    /// Where the last text, or inline end tag, of the open block ends.
    pub content_end: usize,
    /// Whether the table cell has text.
    pub cell_has_text: bool,
    /// Whether a newline at the start of the text is markup.
    pub skip_newline: bool,
    /// A tag between two pieces of code, and what it stands for.
    pub separator: Option<(Range<usize>, &'static str)>,
    /// Where the last picture is.
    pub last_image: String,
    pub numbering: Numbering,
}

/// The tag that is being read.
#[derive(Default)]
pub(super) struct Tag {
    pub start: usize,
    /// Where its name ends.
    pub name_end: usize,
    pub attribute_start: usize,
    pub attribute_end: usize,
    /// Where its last attribute's value begins.
    pub value_start: usize,
    pub element: Option<Element>,
    pub is_end: bool,
    pub is_self_closing: bool,
    /// Whether it is not yet complete.
    pub is_pending: bool,
}

impl<'b, 'd> Segmenter<'b, 'd> {
    pub fn new(builder: &'b mut Builder<'d>, outermost: BlockKind, xml: bool) -> Self {
        let decoded = builder.decoded();
        Self {
            builder,
            decoded,
            source: decoded.as_bytes(),
            xml,
            position: 0,
            cursor: 0,
            text: 0..0,
            feed_end: 0,
            last_end: 0,
            restart: None,
            scans: true,
            tag: Tag::default(),
            attributes: Attributes::new(),
            raw: Element::Unknown,
            raw_start: 0,
            aside_end: None,
            silent: false,
            end_tags: None,
            open: OpenElements::new(),
            depth_offset: 0,
            context: outermost,
            outermost,
            in_block: false,
            block_start: None,
            owner: 0,
            inline_start: None,
            content_end: 0,
            cell_has_text: false,
            skip_newline: false,
            separator: None,
            last_image: String::new(),
            numbering: Numbering::default(),
        }
    }

    /// Reads a range of the source. Further ranges may follow, up to `last_end`.
    pub fn feed(&mut self, range: Range<usize>, last_end: usize) {
        self.feed_end = range.end.min(self.source.len());
        self.last_end = last_end;
        let mut next = Some(range.start);
        while let Some(start) = next {
            self.position = start;
            self.cursor = start;
            self.silent = false;
            self.raw = Element::Unknown;
            self.tag.is_pending = false;
            self.aside_end = None;
            if let Some(state) = self.scan() {
                let rest = self.source.get(self.position..self.feed_end);
                let rest = Source::new(rest.unwrap_or_default());
                let mut tokenizer = Tokenizer::new_with_emitter(rest, &mut *self);
                tokenizer.set_state(state);
                // The only token there is asks for a restart.
                let _ = tokenizer.next();
            }
            next = self.restart.take();
        }
        self.flush();
    }

    /// Tells the builder what is still open, if this is the end of the document.
    pub fn note_open(&mut self) {
        if let Some((element, start)) = self.open.unclosed() {
            let tag = start..start + "<".len() + element.name().len();
            self.builder.left_open(Opened::Element(element.name()), tag);
        }
    }

    /// Closes what is open.
    pub fn finish(&mut self) {
        self.close_block(None);
        if self.open.depth() > 0 {
            self.close_elements(1, self.feed_end, self.feed_end);
        }
        self.end_numbered(0);
    }

    /// Text that stands in the source as it is meant.
    #[inline]
    pub fn take_verbatim(&mut self, range: Range<usize>) {
        if self.text.end != range.start {
            self.flush();
            self.text.start = range.start;
        }
        self.text.end = range.end;
        self.cursor = range.end;
    }

    /// Text that stands for what is in the source.
    pub fn take_replaced(&mut self, range: Range<usize>, text: &str) {
        self.flush();
        self.cursor = range.end;
        self.text = range.end..range.end;
        self.skip_newline = false;
        if !self.in_block {
            if self.context != BlockKind::Code && text.chars().all(char::is_whitespace) {
                return;
            }
            self.open_block(range.start);
        }
        self.separate();
        self.builder.replaced(range.clone(), text);
        self.content_end = range.end;
        self.cell_has_text = true;
    }

    /// Gives the text so far to the builder. White space between blocks is no text.
    #[inline]
    pub fn flush(&mut self) {
        if self.text.start < self.text.end {
            self.flush_text();
        }
    }

    fn flush_text(&mut self) {
        let Range { mut start, end } = self.text;
        self.text = end..end;
        let Some(mut bytes) = self.source.get(start..end) else {
            return;
        };
        if self.skip_newline {
            self.skip_newline = false;
            let newline = newline_length(bytes);
            start += newline;
            bytes = &bytes[newline..];
        }
        if !self.in_block {
            if self.context != BlockKind::Code {
                let text = bytes.trim_ascii_start();
                start = end - text.len();
                bytes = text;
            }
            if bytes.is_empty() {
                return;
            }
            self.open_block(start);
        }
        let trailing = match bytes {
            [.., last] if last.is_ascii_whitespace() && self.context != BlockKind::Code => {
                bytes.len() - bytes.trim_ascii_end().len()
            }
            _ => 0,
        };
        if trailing < bytes.len() {
            self.content_end = end - trailing;
            self.cell_has_text = true;
        }
        self.separate();
        self.builder.verbatim(start..end);
    }

    /// Begins a new line of code where an element ended the one before.
    #[inline]
    fn separate(&mut self) {
        if let Some((tag, separator)) = self.separator.take()
            && self.builder.has_text()
        {
            self.builder.replaced(tag, separator);
        }
    }

    fn open_block(&mut self, first: usize) {
        let start = match (self.block_start.take(), self.inline_start.take()) {
            (Some(start), _) => start,
            (None, inline) => {
                self.owner = 0;
                inline.unwrap_or(first)
            }
        };
        self.in_block = true;
        self.separator = None;
        if self.context == BlockKind::Metadata {
            self.open_metadata(start);
            self.builder.replaced(start..first, "title: ");
        } else {
            self.builder.open(self.context, start);
        }
    }

    /// Opens a block in the front matter.
    pub fn open_metadata(&mut self, start: usize) {
        self.builder.set_section(Section::FrontMatter);
        self.builder.open(BlockKind::Metadata, start);
        self.builder.set_section(Section::Body);
    }

    /// Closes the block, at `end` or where its text ends.
    pub fn close_block(&mut self, end: Option<usize>) {
        self.flush();
        self.block_start = None;
        self.inline_start = None;
        if self.in_block {
            self.in_block = false;
            self.builder.close(end.unwrap_or(self.content_end));
        }
    }

    /// Opens the element of the tag and gives its place.
    pub fn open_element(&mut self, element: Element) -> u32 {
        self.enter(element);
        let place = self.open.push(element, self.tag.start);
        if element.gives_context() && self.context != BlockKind::Code {
            self.context = element.context().unwrap_or(self.context);
        }
        place
    }

    /// Tells the builder of the element of the tag, and gives its depth there.
    pub fn enter(&mut self, element: Element) -> usize {
        if !self.attributes.any_kept() && !self.builder.is_recording() {
            // It is no sign of comments.
            self.depth_offset = self.open.depth() as isize;
            return 0;
        }
        let class = self.attributes.value(Attribute::Class, self.decoded);
        let id = self.attributes.value(Attribute::Id, self.decoded);
        let tag = self.tag.start..self.position;
        let depth = self.builder.enter(element.name(), tag, class, id);
        // From when the outline is recorded on, its depth and ours keep their distance.
        self.depth_offset = self.open.depth() as isize - depth as isize;
        depth
    }

    /// Closes the element at `place`, which ends at `end`, and all in it, which end at
    /// `inner_end`.
    pub fn close_elements(&mut self, place: u32, inner_end: usize, end: usize) {
        if self.open.depth() > place {
            self.builder.leave(self.depth_at(place + 1), inner_end);
        }
        let mut context_ends = false;
        while self.open.depth() >= place
            && let Some(element) = self.open.pop()
        {
            context_ends |= element.gives_context();
        }
        self.builder.leave(self.depth_at(place), end);
        if context_ends {
            // An item may have ended that has no text.
            self.builder.number(ItemNumber::None);
            let context = self.open.context().unwrap_or(self.outermost);
            if self.context != context {
                self.close_block(None);
                self.context = context;
            }
        }
    }

    /// The depth in the outline of the element at `place`.
    fn depth_at(&self, place: u32) -> usize {
        let depth = place as isize - 1 - self.depth_offset;
        usize::try_from(depth).unwrap_or(0)
    }
}

/// The length of the newline that `bytes` begin with.
fn newline_length(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}
