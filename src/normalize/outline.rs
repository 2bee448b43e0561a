//! The elements around the blocks of a part of a document that may hold comments.
//!
//! Recorded only from the first sign of a comment section on (see [`super::comments`]), so that
//! documents without comments do not pay for it.

use crate::text::Span;

/// An element of HTML, or of Markdown under the HTML name for the same thing (`ul`, `ol`, `li`,
/// `strong`, `em`, `a`, `blockquote`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    /// Index of the element around it, if that was recorded.
    pub parent: Option<u32>,
    /// Lower-case name; empty if it is none that HTML knows.
    pub name: &'static str,
    /// Its start tag: bytes of the decoded text. Empty for an element of Markdown.
    pub tag: Span,
    /// All of it, from start tag to end tag: bytes of the decoded text.
    pub span: Span,
    /// What it holds: bytes of the canonical text (which may begin or end with a separator).
    pub text: Span,
}

/// Elements in the order of their start tags.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub elements: Vec<Element>,
    open: Vec<u32>,
    /// The element that was closed last.
    closed: Option<u32>,
    recording: bool,
}

/// For how many elements there is room at first: a short list of comments has no more.
const FIRST: usize = 64;

impl Outline {
    /// Records elements from here on.
    pub fn start(&mut self) {
        if !self.recording {
            self.elements.reserve(FIRST);
        }
        self.recording = true;
    }

    /// Whether elements are recorded.
    pub fn is_recording(&self) -> bool {
        self.recording
    }

    /// An element opens: `tag` is its start tag in the decoded text, `text` where the canonical
    /// text stands. Gives the number of elements that were open, to [`leave`](Self::leave) to.
    pub fn enter(&mut self, name: &'static str, tag: Span, text: usize) -> usize {
        let depth = self.open.len();
        if self.recording {
            let index = self.elements.len() as u32;
            self.elements.push(Element {
                parent: self.open.last().copied(),
                name,
                tag,
                span: tag,
                text: Span::at(text),
            });
            self.open.push(index);
        }
        depth
    }

    /// Opens the element again that was closed last, if it stands where the next one would and
    /// `goes_on` says so. Gives the same as [`enter`](Self::enter).
    pub fn resume(&mut self, goes_on: impl FnOnce(&Element) -> bool) -> Option<usize> {
        let depth = self.open.len();
        let closed = self.closed?;
        let element = &self.elements[closed as usize];
        let fits = element.parent == self.open.last().copied() && goes_on(element);
        fits.then(|| {
            self.open.push(closed);
            depth
        })
    }

    /// Closes elements until only `depth` are open; they end at `end` in the decoded text, with
    /// the canonical text at `text`.
    pub fn leave(&mut self, depth: usize, end: usize, text: usize) {
        while self.open.len() > depth {
            let Some(index) = self.open.pop() else { break };
            let element = &mut self.elements[index as usize];
            element.span = Span::new(element.span.start(), end);
            element.text = Span::new(element.text.start(), text);
            self.closed = Some(index);
        }
    }
}
