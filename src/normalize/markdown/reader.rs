//! Events of the Markdown parser -> blocks. What lies inside a block is in [`inline`].

mod inline;
mod prose;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd};

use self::inline::Image;
use self::prose::Item;
use super::definitions::Definitions;
use super::pieces::Pieces;
use super::prose::Prose;
use super::{OPTIONS, line_feeds};
use crate::normalize::builder::{Builder, ItemNumber};
use crate::normalize::html;
use crate::text::{BlockKind, ListNumber, NumberStep, Opened};

/// Builds the blocks of stretches of Markdown.
pub(super) struct Reader<'b, 'd> {
    builder: &'b mut Builder<'d>,
    definitions: &'b Definitions,
    /// Whether there are vertical tabs or form feeds: white space to the scan over the lines, but
    /// not to the parser.
    has_feeds: bool,
    /// What is open around the block, outermost first.
    containers: Vec<Container>,
    pieces: Pieces<'d>,
    content: Content,
    image: Option<Image>,
    /// The end of the last block.
    reached: usize,
    /// Memory for what is read without the parser.
    prose: Prose,
    items: Vec<Item>,
}

/// Something that holds blocks, and the depth to leave it to.
struct Container {
    kind: ContainerKind,
    depth: usize,
}

enum ContainerKind {
    /// The number of its next item, if it is numbered, and whether that is the first.
    List(Option<ListNumber>),
    /// Where the item's marker stands, until a block has begun there.
    Item(Option<usize>),
    Quotation,
    Footnote,
}

/// What the text of events is part of.
enum Content {
    Prose,
    Code,
    /// The ranges of HTML so far.
    Html(Vec<Range<usize>>),
    /// A table row, and the end of its last cell.
    Row(Option<usize>),
}

/// The events of a stretch of Markdown, with their ranges in it.
fn events<'t>(
    markdown: &'t str,
    definitions: &Definitions,
) -> impl Iterator<Item = (Event<'t>, Range<usize>)> {
    let resolve = |link: BrokenLink<'t>| definitions.resolve(&link);
    Parser::new_with_broken_link_callback(markdown, OPTIONS, Some(resolve)).into_offset_iter()
}

impl<'b, 'd> Reader<'b, 'd> {
    pub fn new(builder: &'b mut Builder<'d>, definitions: &'b Definitions) -> Self {
        let feeds = memchr2(b'\x0b', b'\x0c', builder.decoded().as_bytes());
        Self {
            builder,
            definitions,
            has_feeds: feeds.is_some(),
            containers: Vec::new(),
            pieces: Pieces::default(),
            content: Content::Prose,
            image: None,
            reached: 0,
            prose: Prose::default(),
            items: Vec::new(),
        }
    }

    /// Where blocks go to that need no parser.
    pub fn builder(&mut self) -> &mut Builder<'d> {
        self.builder
    }

    /// Reads `decoded[range]`, in which no block is open at the start.
    pub fn read(&mut self, range: Range<usize>) {
        let offset = |at: Range<usize>| range.start + at.start..range.start + at.end;
        let decoded = self.builder.decoded();
        let definitions = self.definitions;
        match line_feeds(&decoded[range.clone()]) {
            Cow::Borrowed(markdown) => {
                for (event, at) in events(markdown, definitions) {
                    self.event(event, offset(at));
                }
            }
            Cow::Owned(markdown) => {
                for (event, at) in events(&markdown, definitions) {
                    self.event(event.into_static(), offset(at));
                }
            }
        }
        self.close();
    }

    fn event(&mut self, event: Event<'d>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) => self.text(text, at),
            Event::Code(text) => self.code(text, at),
            Event::Html(_) => self.html(at),
            Event::InlineHtml(markup) => self.inline_html(markup, at),
            Event::SoftBreak | Event::HardBreak => self.line_break(at),
            Event::FootnoteReference(label) => self.replaced(at, label),
            Event::Rule => self.close(),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'d>, at: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.close();
                self.open(at.start);
            }
            Tag::Heading { level, .. } => self.block(BlockKind::Heading(level as u8), at.start),
            Tag::List(first) => {
                self.start_list(first, at.start);
            }
            Tag::Item => {
                let marker = self.marker(at.start);
                self.start_item(marker);
            }
            Tag::BlockQuote(_) => self.contain(ContainerKind::Quotation, "blockquote", at.start),
            Tag::FootnoteDefinition(_) => self.contain(ContainerKind::Footnote, "", at.start),
            Tag::CodeBlock(kind) => self.start_code(&kind, at),
            Tag::HtmlBlock => {
                self.close();
                self.began();
                self.content = Content::Html(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                self.block(BlockKind::TableRow, at.start);
                self.content = Content::Row(None);
            }
            Tag::TableCell => self.start_cell(at.start),
            Tag::Emphasis => self.enter("em", at.start),
            Tag::Strong => self.enter("strong", at.start),
            Tag::Strikethrough => self.tilde(at.start, at.start..at.start + 1),
            Tag::Link { .. } => self.enter("a", at.start),
            Tag::Image { dest_url, .. } => self.start_image(dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                let text = &self.builder.decoded()[at.clone()];
                self.pieces.reach(at.start + text.trim_end().len());
                self.close();
            }
            TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.leave_container(at.end);
            }
            TagEnd::CodeBlock => {
                self.builder.close(at.end);
                self.reached = at.end;
                self.content = Content::Prose;
            }
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(at),
            TagEnd::TableCell => {
                if let Content::Row(end) = &mut self.content {
                    *end = Some(at.end);
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.leave(at.end),
            TagEnd::Strikethrough => self.tilde(at.start, at.end - 1..at.end),
            TagEnd::Image => self.end_image(at),
            _ => {}
        }
    }

    /// Something begins that holds blocks.
    fn contain(&mut self, kind: ContainerKind, name: &'static str, at: usize) {
        self.close();
        self.began();
        let depth = self.builder.enter(name, at..at, "", "");
        self.containers.push(Container { kind, depth });
    }

    /// Opens the list again that ended before `at`, if one with the same mark begins there and
    /// nothing is between them: a list that is too long is read in parts.
    fn resume_list(&mut self, at: usize) -> Option<usize> {
        let decoded = self.builder.decoded();
        self.builder.resume(|list| {
            let between = decoded.get(list.span.end()..at);
            matches!(list.name, "ul" | "ol")
                && list.tag.is_empty()
                && between.is_some_and(|between| between.trim_ascii().is_empty())
                && list_mark(decoded, list.span.start()) == list_mark(decoded, at)
        })
    }

    /// A list begins, whose first item has the number `first` if it is numbered.
    fn start_list(&mut self, first: Option<u64>, at: usize) {
        let name = if first.is_some() { "ol" } else { "ul" };
        self.close();
        self.began();
        let (depth, step) = match self.resume_list(at) {
            Some(depth) => (depth, NumberStep::Next),
            None => (self.builder.enter(name, at..at, "", ""), NumberStep::First),
        };
        let number = first.map(|first| ListNumber {
            value: i32::try_from(first).unwrap_or(i32::MAX),
            step,
        });
        let kind = ContainerKind::List(number);
        self.containers.push(Container { kind, depth });
    }

    /// An item begins with its marker at `at`. The block that opens next has its number.
    fn start_item(&mut self, at: usize) {
        let mut number = ItemNumber::None;
        if let Some(container) = self.containers.last_mut()
            && let ContainerKind::List(Some(next)) = &mut container.kind
        {
            number = ItemNumber::Known(*next);
            *next = ListNumber {
                value: next.value.saturating_add(1),
                step: NumberStep::Next,
            };
        }
        self.contain(ContainerKind::Item(Some(at)), "li", at);
        self.builder.number(number);
    }

    /// The innermost such thing ends at `end`.
    fn leave_container(&mut self, end: usize) {
        self.close();
        // It may have been an item that has no text.
        self.builder.number(ItemNumber::None);
        if let Some(container) = self.containers.pop() {
            self.builder.leave(container.depth, end);
        }
    }

    /// The kind of a paragraph here.
    fn kind(&self) -> BlockKind {
        match self.containers.last().map(|container| &container.kind) {
            Some(ContainerKind::Item(_)) => BlockKind::ListItem,
            Some(ContainerKind::Quotation) => BlockKind::Quotation,
            _ => BlockKind::Paragraph,
        }
    }

    /// Opens a block of prose at `at`, or at the marker of the list item that it begins.
    fn open(&mut self, at: usize) {
        let kind = self.kind();
        let at = self.began().unwrap_or(at);
        self.pieces.open(kind, at);
    }

    /// Opens a block of another kind.
    fn block(&mut self, kind: BlockKind, at: usize) {
        self.close();
        self.began();
        self.pieces.open(kind, at);
    }

    /// A block begins; gives the marker of the item that it is the first block of.
    fn began(&mut self) -> Option<usize> {
        match &mut self.containers.last_mut()?.kind {
            ContainerKind::Item(marker) => marker.take(),
            _ => None,
        }
    }

    fn close(&mut self) {
        let definitions = self.definitions;
        let is_footnote = |label: &str| definitions.is_footnote(label);
        if let Some(end) = self.pieces.close(self.builder, is_footnote) {
            self.reached = self.reached.max(end);
        }
    }

    /// Where the marker of an item stands that begins near `at`: the parser counts the columns of
    /// a tab before it as bytes.
    fn marker(&self, at: usize) -> usize {
        let decoded = self.builder.decoded();
        let mut at = at.max(self.reached);
        while !decoded.is_char_boundary(at) {
            at += 1;
        }
        decoded.len() - decoded[at..].trim_start().len()
    }

    /// The paragraph of an item of a tight list has no event of its own.
    fn ensure_open(&mut self, at: usize) {
        if !self.pieces.is_open() {
            self.open(at);
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, at: Range<usize>) {
        self.close();
        let decoded = self.builder.decoded();
        let is_last = || decoded[at.end..].trim_ascii().is_empty();
        if matches!(kind, CodeBlockKind::Fenced(_))
            && !ends_with_fence(&decoded[at.clone()])
            && is_last()
        {
            self.builder
                .left_open(Opened::Fence, at.start..at.start + "```".len());
        }
        let start = self.began().unwrap_or(at.start);
        self.builder.open(BlockKind::Code, start);
        self.content = Content::Code;
    }

    fn html(&mut self, at: Range<usize>) {
        let decoded = self.builder.decoded();
        let Content::Html(ranges) = &mut self.content else {
            return;
        };
        match ranges.last_mut() {
            Some(last) if decoded[last.end..at.start].trim().is_empty() => last.end = at.end,
            _ => ranges.push(at),
        }
    }

    fn end_html(&mut self) {
        if let Content::Html(pieces) = std::mem::replace(&mut self.content, Content::Prose) {
            self.reached = pieces.last().map_or(self.reached, |last| last.end);
            html::segment_pieces(self.builder, &pieces, self.kind());
        }
    }

    fn start_cell(&mut self, at: usize) {
        if let Content::Row(Some(end)) = self.content {
            self.pieces
                .replaced(end..at.max(end), CowStr::Borrowed(" "));
        }
    }

    /// A row may hold more cells than its table has columns. The parser leaves them out.
    fn end_row(&mut self, at: Range<usize>) {
        let decoded = self.builder.decoded();
        if let Content::Row(Some(end)) = self.content {
            let rest = decoded.get(end..at.end).unwrap_or_default();
            let start = at.end - rest.trim_start_matches(is_cell_border).len();
            let excess = start..end + rest.trim_end_matches(is_cell_border).len();
            if start < excess.end {
                self.pieces.replaced(end..start, CowStr::Borrowed(" "));
                self.pieces.text(decoded, excess);
            }
        }
        let text = &decoded[at.clone()];
        self.pieces.reach(at.start + text.trim_end().len());
        self.content = Content::Prose;
        self.close();
    }
}

/// What tells the items of a list that begins at `at` from those of another: `-`, `+`, `*`, or what
/// stands behind a number.
fn list_mark(decoded: &str, at: usize) -> Option<u8> {
    let mut list = decoded.as_bytes().get(at..)?.trim_ascii_start().iter();
    list.find(|byte| !byte.is_ascii_digit()).copied()
}

/// Whether the last line of a fenced code block, which may stand in a quotation, is its other fence.
fn ends_with_fence(block: &str) -> bool {
    let Some((_, last)) = block.trim_end().rsplit_once('\n') else {
        return false;
    };
    let fence = last.trim_start_matches([' ', '\t', '>']);
    let mark = block.trim_start().chars().next();
    fence.len() >= "```".len() && fence.chars().all(|each| Some(each) == mark)
}

fn is_cell_border(character: char) -> bool {
    character == '|' || character.is_whitespace()
}
