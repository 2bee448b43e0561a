use std::panic::{AssertUnwindSafe, catch_unwind};

use html2text::config;
use html2text::render::TextDecorator;

use super::Source;
use crate::normalize::Profiles;
use crate::normalize::builder::Builder;
use crate::text::{Block, BlockKind, Format, Section, fold};

/// Larger blocks are passed over: bytes of markup and text.
const LARGEST: usize = 64 << 10;
/// Blocks with more tags than this are passed over: `html2text` recurses into them.
const MOST_TAGS: usize = 400;

/// What `html2text` says of a block.
pub(super) enum Opinion {
    /// The block is no HTML.
    NotHtml,
    /// It was not asked.
    None,
    /// It reads the same.
    Same,
    /// It reads something else: match texts.
    Other { expected: String, found: String },
}

/// Asks `html2text` about a block.
pub(super) fn ask(block: &Block, next: Option<&Block>, source: &Source<'_>) -> Opinion {
    let markup = source.of(block);
    if !is_html(block, markup, source.witness.format) {
        return Opinion::NotHtml;
    }
    let is_leaf = next.is_none_or(|next| next.span.start() >= block.span.end());
    if !is_leaf || !is_simple(markup) {
        return Opinion::None;
    }
    let Some(found) = render(markup).map(|text| match_text(&text)) else {
        return Opinion::None;
    };
    let expected = match_text(block.text(source.witness));
    if expected == found {
        Opinion::Same
    } else {
        Opinion::Other { expected, found }
    }
}

/// Whether the block is HTML in the body or the comments of a page, or in an island.
fn is_html(block: &Block, markup: &str, format: Format) -> bool {
    if block.section == Section::FrontMatter {
        return false;
    }
    match format {
        Format::Plain => false,
        Format::Html => true,
        Format::Markdown => first_tag(markup).is_some_and(|name| ISLAND.contains(&name.as_str())),
    }
}

/// Elements that begin a block which Markdown leaves alone, all of it.
const ISLAND: [&str; 19] = [
    "address",
    "article",
    "blockquote",
    "center",
    "dd",
    "div",
    "dt",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "p",
    "pre",
    "section",
    "td",
];

/// The name of the tag that `markup` begins with.
fn first_tag(markup: &str) -> Option<String> {
    let rest = markup.trim_start().strip_prefix('<')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
    Some(rest[..end].to_ascii_lowercase())
}

/// Whether `html2text` can be trusted with it: no table, at most one list item, no rule (which it
/// draws), and neither large nor deep.
fn is_simple(markup: &str) -> bool {
    if markup.len() > LARGEST || memchr::memchr_iter(b'<', markup.as_bytes()).count() > MOST_TAGS {
        return false;
    }
    let lower = markup.to_ascii_lowercase();
    let items = lower.matches("<li").count() - lower.matches("<link").count();
    let unfit = ["<table", "<hr", "<ol", "<ul", "<dl", "<svg", "<math"];
    items <= 1 && !unfit.iter().any(|tag| lower.contains(tag))
}

/// The text of `markup` as `html2text` reads it.
fn render(markup: &str) -> Option<String> {
    // A character is at most two columns wide, so no line is ever wrapped.
    let width = 2 * markup.len() + 80;
    // What panics is kept away by `is_simple`; should anything be left, it has no opinion.
    catch_unwind(AssertUnwindSafe(|| {
        config::with_decorator(Bare)
            .raw_mode(true)
            .string_from_read(markup.as_bytes(), width)
    }))
    .ok()?
    .ok()
}

/// The match text of plain text, by way of the canonical form.
fn match_text(text: &str) -> String {
    let profiles = Profiles::default();
    let mut builder = Builder::new(text, &profiles);
    builder.open(BlockKind::Paragraph, 0);
    builder.verbatim(0..text.len());
    builder.close(text.len());
    let mut folded = String::new();
    fold::match_text(&builder.finish().text, false, &mut folded);
    folded
}

/// Adds nothing to the text, and leaves out what pictures would say.
#[derive(Clone)]
struct Bare;

impl TextDecorator for Bare {
    type Annotation = ();

    fn decorate_link_start(&mut self, _: &str) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_link_end(&mut self) -> String {
        String::new()
    }
    fn decorate_em_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_em_end(&self) -> String {
        String::new()
    }
    fn decorate_strong_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_strong_end(&self) -> String {
        String::new()
    }
    fn decorate_strikeout_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }
    fn decorate_code_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_code_end(&self) -> String {
        String::new()
    }
    fn decorate_preformat_first(&self) {}
    fn decorate_preformat_cont(&self) {}
    fn decorate_image(&mut self, _: &str, _: &str) -> (String, ()) {
        (String::new(), ())
    }
    fn header_prefix(&self, _: usize) -> String {
        String::new()
    }
    fn quote_prefix(&self) -> String {
        String::new()
    }
    fn unordered_item_prefix(&self) -> String {
        String::new()
    }
    fn ordered_item_prefix(&self, _: i64) -> String {
        String::new()
    }
    fn make_subblock_decorator(&self) -> Self {
        Self
    }
    fn decorate_superscript_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_superscript_end(&self) -> String {
        String::new()
    }
}
