//! Events of the Markdown parser -> blocks.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::definitions::Definitions;
use super::pieces::Pieces;
use super::tag;
use crate::normalize::builder::Builder;
use crate::normalize::html;
use crate::text::{AssetKind, BlockKind};

/// Builds the blocks of stretches of Markdown.
pub(super) struct Reader<'b, 'd> {
    builder: &'b mut Builder<'d>,
    definitions: &'b Definitions,
    /// What is open around the block, outermost first.
    containers: Vec<Container>,
    pieces: Pieces<'d>,
    content: Content,
    image: Option<Image>,
    /// The end of the last block.
    reached: usize,
}

/// Something that holds blocks, and the depth to leave it to.
struct Container {
    kind: ContainerKind,
    depth: usize,
}

enum ContainerKind {
    List,
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

/// The outermost image that is open, and its alternative text so far.
struct Image {
    nested: usize,
    target: String,
    alt: String,
}

impl<'b, 'd> Reader<'b, 'd> {
    pub fn new(builder: &'b mut Builder<'d>, definitions: &'b Definitions) -> Self {
        Self {
            builder,
            definitions,
            containers: Vec::new(),
            pieces: Pieces::default(),
            content: Content::Prose,
            image: None,
            reached: 0,
        }
    }

    /// Where blocks go to that need no parser.
    pub fn builder(&mut self) -> &mut Builder<'d> {
        self.builder
    }

    /// Reads `decoded[range]`, in which no block is open at the start.
    pub fn read(&mut self, range: Range<usize>) {
        let decoded = self.builder.decoded();
        let definitions = self.definitions;
        let resolve = |link: BrokenLink<'d>| definitions.resolve(&link);
        let markdown = &decoded[range.clone()];
        let parser = Parser::new_with_broken_link_callback(markdown, OPTIONS, Some(resolve));
        for (event, at) in parser.into_offset_iter() {
            self.event(event, range.start + at.start..range.start + at.end);
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
                let name = if first.is_some() { "ol" } else { "ul" };
                self.contain(ContainerKind::List, name, at.start);
            }
            Tag::Item => {
                let marker = self.marker(at.start);
                self.contain(ContainerKind::Item(Some(marker)), "li", marker);
            }
            Tag::BlockQuote(_) => self.contain(ContainerKind::Quotation, "blockquote", at.start),
            Tag::FootnoteDefinition(_) => self.contain(ContainerKind::Footnote, "", at.start),
            Tag::CodeBlock(kind) => self.start_code(kind, at),
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
                self.close();
                if let Some(container) = self.containers.pop() {
                    self.builder.leave(container.depth, at.end);
                }
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

    fn text(&mut self, text: CowStr<'d>, at: Range<usize>) {
        let decoded = self.builder.decoded();
        if let Some(image) = &mut self.image {
            image.alt.push_str(&text);
            return;
        }
        let is_verbatim = decoded.get(at.clone()) == Some(&*text);
        match (&self.content, is_verbatim) {
            (Content::Html(_), _) => {}
            (Content::Code, true) => self.builder.verbatim(at),
            (Content::Code, false) => self.builder.replaced(at, &text),
            (_, true) => {
                self.ensure_open(at.start);
                self.pieces.text(decoded, at);
            }
            (_, false) => self.replaced(at, text),
        }
    }

    fn replaced(&mut self, at: Range<usize>, text: CowStr<'d>) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(&text);
            return;
        }
        self.ensure_open(at.start);
        self.pieces.replaced(at, text);
    }

    /// Inline code, without its backticks.
    fn code(&mut self, text: CowStr<'d>, at: Range<usize>) {
        let source = &self.builder.decoded()[at.clone()];
        let inner = source.trim_matches('`');
        // The parser takes a space from either side.
        let offset = (0..=1).find(|offset| {
            let inner = inner.as_bytes().get(*offset..).unwrap_or_default();
            self.image.is_none() && !text.is_empty() && inner.starts_with(text.as_bytes())
        });
        match offset {
            Some(offset) => {
                let start = at.end - source.trim_start_matches('`').len() + offset;
                self.ensure_open(at.start);
                self.pieces.literal(start..start + text.len());
                self.pieces.reach(at.end);
            }
            None => self.replaced(at, text),
        }
    }

    fn line_break(&mut self, at: Range<usize>) {
        if let Some(image) = &mut self.image {
            image.alt.push('\n');
            return;
        }
        let decoded = self.builder.decoded();
        let layout = decoded[at.clone()].trim_start_matches('\\');
        self.ensure_open(at.start);
        self.pieces.text(decoded, at.end - layout.len()..at.end);
    }

    fn enter(&mut self, name: &'static str, at: usize) {
        if self.image.is_none() {
            self.ensure_open(at);
            self.pieces.enter(name, at);
        }
    }

    fn leave(&mut self, at: usize) {
        if self.image.is_none() {
            self.pieces.leave(at);
        }
    }

    /// `~~` strikes through; a single `~` is text, as in `1~2 or 3~4`.
    fn tilde(&mut self, start: usize, tilde: Range<usize>) {
        let decoded = self.builder.decoded();
        if !decoded[start..].starts_with("~~") {
            self.text(CowStr::Borrowed("~"), tilde);
        } else {
            self.ensure_open(start);
            self.pieces.reach(tilde.end);
        }
    }

    fn start_code(&mut self, kind: CodeBlockKind<'d>, at: Range<usize>) {
        self.close();
        let start = self.began().unwrap_or(at.start);
        self.builder.open(BlockKind::Code, start);
        self.content = Content::Code;
        // To the parser, a CR alone does not end the line of the fence.
        if let CodeBlockKind::Fenced(info) = kind
            && let Some((_, code)) = info.split_once('\r')
        {
            self.builder.replaced(at, code);
        }
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

    fn inline_html(&mut self, markup: CowStr<'d>, at: Range<usize>) {
        match tag::read(&markup) {
            tag::Inline::Text => self.text(markup, at),
            tag::Inline::Markup => {
                self.ensure_open(at.start);
                self.pieces.reach(at.end);
            }
            tag::Inline::Break => self.replaced(at, CowStr::Borrowed("\n")),
            tag::Inline::Asset { kind, target, alt } => {
                self.ensure_open(at.start);
                self.pieces.reach(at.end);
                self.builder.asset(kind, &target, &alt, at);
            }
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

    fn start_image(&mut self, target: CowStr<'d>) {
        match &mut self.image {
            Some(image) => image.nested += 1,
            None => {
                self.image = Some(Image {
                    nested: 0,
                    target: target.into_string(),
                    alt: String::new(),
                });
            }
        }
    }

    fn end_image(&mut self, at: Range<usize>) {
        match self.image.take() {
            Some(mut image) if image.nested > 0 => {
                image.nested -= 1;
                self.image = Some(image);
            }
            Some(image) => {
                self.ensure_open(at.start);
                self.pieces.reach(at.end);
                self.builder
                    .asset(AssetKind::Image, &image.target, &image.alt, at);
            }
            None => {}
        }
    }
}

fn is_cell_border(character: char) -> bool {
    character == '|' || character.is_whitespace()
}
