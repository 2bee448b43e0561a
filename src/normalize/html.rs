//! Rule 2 for HTML and XHTML, and for islands of HTML inside Markdown.
//!
//! The tokenizer is `html5gum`, but for what is simple ([`scan`]); what its tokens mean for the text
//! is said here. There is no tree: a stack of open elements tells blocks apart, and text goes to the
//! builder as it is met.
//!
//! Nothing that a reader of the page would see is lost, and that includes what only a forgiving
//! reader would see:
//!
//! - A tag that is cut off by the end of the file is markup, not text. Where an attribute's quote
//!   is never closed, which would swallow the rest of the file, the tag ends at the next `>`.
//! - A comment, script or style that is never closed goes to the end of the file, as the standard
//!   says: no browser shows what is in it, and in a file that was cut off inside one there is no
//!   more text to come.
//! - `<![CDATA[` holds text everywhere, not only in foreign content.
//! - What looks like a tag but is none, such as `List<String>`, is text: its name is not an
//!   element's, it has no attribute with a value, and nothing closes it later.
//! - `noscript`, `noframes`, `iframe` and `template` hold markup like any other: what is in them
//!   is in the file for somebody to read. Only the picture in a `noscript` that repeats the one
//!   before it (which is loaded late by a script) is not counted twice.
//! - Hidden elements are text like the rest. `<rt>` and `<rp>` are read where they stand.

mod attributes;
mod blocks;
mod elements;
mod island;
mod numbering;
mod open;
mod reader;
mod scan;
mod segmenter;
mod sink;
mod tags;
mod unknown;

use std::ops::Range;

use memchr::memmem;

use self::elements::Element;
use self::segmenter::Segmenter;
use super::builder::Builder;
use crate::text::BlockKind;

pub(crate) use self::island::Islands;

/// How much of a document is looked at to tell XHTML from HTML, in bytes.
const HEAD: usize = 1024;

/// Segments the decoded text of `builder` into blocks.
pub(crate) fn segment(builder: &mut Builder<'_>) {
    let source = builder.decoded();
    let xml = is_xml(source.as_bytes());
    let mut segmenter = Segmenter::new(builder, BlockKind::Paragraph, xml);
    segmenter.feed(0..source.len(), source.len());
    segmenter.note_open();
    segmenter.finish();
}

/// Segments an island of HTML: `range` of the decoded text. Text that no element gives a kind of
/// its own becomes blocks of kind `kind`. Closes the block that is open before and after.
pub(crate) fn segment_island(builder: &mut Builder<'_>, range: Range<usize>, kind: BlockKind) {
    segment_pieces(builder, &[range], kind);
}

/// Segments an island whose lines are not next to each other, because each has a prefix that is
/// no part of it (`> ` in a quotation). The pieces must ascend.
pub(crate) fn segment_pieces(builder: &mut Builder<'_>, pieces: &[Range<usize>], kind: BlockKind) {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return;
    };
    if builder.is_open() {
        builder.close(first.start);
    }
    let mut segmenter = Segmenter::new(builder, kind, false);
    for piece in pieces {
        segmenter.feed(piece.clone(), last.end);
    }
    segmenter.finish();
}

/// Whether HTML has, or had, an element of this name, in whatever case.
pub(crate) fn is_known_element(name: &str) -> bool {
    Element::named(name.as_bytes()) != Element::Unknown
}

/// Whether the document is XHTML, in which `<p/>` is an element without content.
fn is_xml(source: &[u8]) -> bool {
    let head = &source[..source.len().min(HEAD)];
    let start = head.trim_ascii_start();
    start.starts_with(b"<?xml")
        || memmem::find(head, b"//DTD XHTML").is_some()
        || memmem::find(head, b"http://www.w3.org/1999/xhtml").is_some()
}

#[cfg(test)]
mod tests;
