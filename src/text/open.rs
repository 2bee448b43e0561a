use super::Span;

/// Markup that the source opens and does not close before it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// What it is.
    pub what: Opened,
    /// The mark or tag that opens it: bytes of the source.
    pub span: Span,
    /// The source line on which that stands, from 1.
    pub line: u32,
}

/// What can be left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A fenced code block of Markdown.
    Fence,
    /// An element of HTML, by its name. One whose end tag the standard lets authors leave out is
    /// not open, with the exception of `html` and `body`, which all but the tersest pages close.
    Element(&'static str),
    /// A comment of HTML.
    Comment,
}
