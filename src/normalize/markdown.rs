//! Rule 2 for Markdown: CommonMark with GFM tables, footnotes, strikethrough and task lists, and
//! with islands of HTML.
//!
//! A scan over the lines ([`chunks`]) sends what needs no parser straight to the builder:
//! paragraphs and headings without markup or with a little ([`prose`]), flat lists of such lines,
//! fenced code, islands of HTML. The rest goes to `pulldown-cmark` in stretches that read the
//! same alone as in the whole document, so that memory does not grow with it.
//!
//! Where documents are not CommonMark, text counts: see [`island`] for HTML with blank lines in
//! it, [`leftover`] for `**` beside CJK punctuation, and [`tag`] for what only looks like HTML.

mod chunks;
mod definitions;
mod island;
mod leftover;
mod marks;
mod pieces;
mod prose;
mod reader;
mod region;
mod tag;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memrchr};
use pulldown_cmark::Options;

use self::chunks::{Chunk, Chunks};
use self::definitions::Definitions;
use self::reader::Reader;
use super::builder::Builder;
use super::line::{Line, Lines};
use super::{front_matter, html};
use crate::text::BlockKind;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Stretches for the parser are joined up to this many bytes, since each costs about as much as
/// [`SMALL`] bytes do, even if a plain block of less than that stands between them.
const BATCH: usize = 64 << 10;
const SMALL: usize = 256;

/// The parser gets at most this many bytes at once. A longer paragraph (they exist: whole books
/// on one line) is read in parts, and markup across their border is left as text.
const LONGEST: usize = 4 << 20;

/// Segments the decoded text of `builder`, which has `lines`, into blocks.
pub(crate) fn segment(builder: &mut Builder<'_>, lines: &Lines) {
    let start = front_matter::segment(builder);
    let text = builder.decoded();
    let definitions = Definitions::of(text, lines, start);
    let mut reader = Reader::new(builder, &definitions);
    let mut batch: Option<Range<usize>> = None;
    let mut chunks = Chunks::new(text, lines, start);
    for chunk in &mut chunks {
        match (&mut batch, joins(&chunk)) {
            (Some(batch), Some(end)) if end - batch.start <= BATCH => batch.end = end,
            _ => {
                read(&mut reader, batch.take());
                batch = build(&mut reader, chunk);
            }
        }
    }
    read(&mut reader, batch);
    if let Some((what, markup)) = chunks.left_open() {
        reader.builder().left_open(what, markup);
    }
}

/// The end of a chunk that may go to the parser along with what is before it.
fn joins(chunk: &Chunk) -> Option<usize> {
    match chunk {
        Chunk::Markup(range) => Some(range.end),
        Chunk::Plain(range) | Chunk::Heading { markup: range, .. } => {
            (range.len() < SMALL).then_some(range.end)
        }
        Chunk::Prose { start, next, .. } => (next - start < SMALL).then_some(*next),
        Chunk::Code { .. } | Chunk::Island(_) | Chunk::Text(_) => None,
    }
}

fn read(reader: &mut Reader<'_, '_>, range: Option<Range<usize>>) {
    let Some(mut rest) = range else { return };
    while rest.len() > LONGEST {
        let end = cut(&reader.builder().decoded()[rest.clone()]) + rest.start;
        reader.read(rest.start..end);
        rest.start = end;
    }
    reader.read(rest);
}

/// Where to cut a text that is longer than [`LONGEST`]: at the end of a line if there is one in
/// the second half, or else of a word, or else of a character.
fn cut(text: &str) -> usize {
    let boundary = |offset: usize| (0..=offset).rev().find(|at| text.is_char_boundary(*at));
    let longest = boundary(LONGEST).unwrap_or(text.len());
    let half = LONGEST / 2;
    let tail = &text.as_bytes()[half..longest];
    match memrchr(b'\n', tail).or_else(|| memrchr(b' ', tail)) {
        Some(at) => half + at + 1,
        None => longest,
    }
}

/// The text with each CR that no LF follows made an LF, since the parser loses text around such.
fn line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_alone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if !memchr_iter(b'\r', bytes).any(is_alone) {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    let mut feeds = String::with_capacity(text.len());
    while let Some(at) = rest.find('\r') {
        feeds.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        feeds.push(if rest.starts_with('\n') { '\r' } else { '\n' });
    }
    feeds.push_str(rest);
    Cow::Owned(feeds)
}

/// Builds the blocks of a chunk, unless they need the parser: then gives what to read.
fn build(reader: &mut Reader<'_, '_>, chunk: Chunk) -> Option<Range<usize>> {
    let builder = reader.builder();
    match chunk {
        Chunk::Plain(range) | Chunk::Text(range) => {
            builder.open(BlockKind::Paragraph, range.start);
            builder.verbatim(range.clone());
            builder.close(range.end);
        }
        Chunk::Heading {
            level,
            markup,
            text,
        } => {
            builder.open(BlockKind::Heading(level), markup.start);
            builder.verbatim(text);
            builder.close(markup.end);
        }
        Chunk::Code {
            markup,
            content,
            indent,
        } => {
            builder.open(BlockKind::Code, markup.start);
            code(builder, content, indent);
            builder.close(markup.end);
        }
        Chunk::Island(range) => html::segment_island(builder, range, BlockKind::Paragraph),
        Chunk::Prose {
            kind,
            start,
            text,
            mark,
            next,
        } => return (!reader.read_prose(kind, start, text, mark)).then_some(start..next),
        Chunk::Markup(range) => return (!reader.read_list(range.clone())).then_some(range),
    }
    None
}

/// The lines of a code block, without the indentation of its fence.
fn code(builder: &mut Builder<'_>, content: Range<usize>, indent: usize) {
    if indent == 0 {
        builder.verbatim(content);
        return;
    }
    let text = builder.decoded().as_bytes();
    let mut at = content.start;
    while at < content.end {
        let line = Line::at(text, at);
        let (skipped, left) = skip_columns(&text[at..line.end], indent);
        builder.replaced(at..at + skipped, &"   "[..left]);
        builder.verbatim(at + skipped..line.next);
        at = line.next;
    }
}

/// The bytes of the first `columns` columns of white space, at most 3, and how many more columns
/// they are, because of a tab.
fn skip_columns(line: &[u8], columns: usize) -> (usize, usize) {
    let spaces = line.iter().take(columns).take_while(|byte| **byte == b' ');
    let skipped = spaces.count();
    if skipped < columns && line.get(skipped) == Some(&b'\t') {
        (skipped + 1, 4 - columns)
    } else {
        (skipped, 0)
    }
}
