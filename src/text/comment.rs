use std::borrow::Cow;
use std::ops::Range;

use super::Span;

/// A number that a site shows beside a comment: likes, replies. Metadata: a change is reported
/// but is no loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// `likes`, `replies`, or the label as the source writes it.
    pub label: Cow<'static, str>,
    /// Its value.
    pub value: u64,
}

/// One comment. Author, date and text identify it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Canonical text of the author's name; empty if the source names none.
    pub author: String,
    /// The date in ISO 8601 as far as the source gives it (`2024-12-10`, `2024-12-10T09:30`), or
    /// its canonical text if it cannot be read as a date; empty if there is none.
    pub date: String,
    /// The blocks of its text: indices into [`super::Witness::blocks`], all of kind `Comment`
    /// (or `Code`, `ListItem`, `Quotation` inside a comment). Replies to it are not among them.
    pub blocks: Range<u32>,
    /// Its counters, in source order.
    pub counters: Vec<Counter>,
    /// The author's picture: an index into [`super::Witness::assets`].
    pub avatar: Option<u32>,
    /// How many comments this one is nested in; 0 for one that replies to no other.
    pub depth: u16,
    /// The whole item in the source, bytes, including replies nested in it.
    pub span: Span,
    /// The source line on which it starts, from 1.
    pub line: u32,
}

/// A list of comments that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentSection {
    /// The profile that recognised it.
    pub profile: String,
    /// Its heading or container in the source, bytes.
    pub span: Span,
    /// The source line of the heading or container.
    pub line: u32,
    /// How many comments its heading says there are.
    pub declared: Option<u64>,
    /// The comments found: indices into [`super::Witness::comments`].
    pub comments: Range<u32>,
}
