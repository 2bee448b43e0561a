use super::{ListNumber, Span, Witness};

/// A part of a witness that is compared on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// YAML or TOML at the head of a file; the title and named metadata of an HTML page.
    FrontMatter,
    /// The text itself.
    Body,
    /// What readers wrote below it.
    Comments,
}

impl Section {
    /// All of them, in reading order.
    pub const ALL: [Self; 3] = [Self::FrontMatter, Self::Body, Self::Comments];

    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::FrontMatter => "front matter",
            Self::Body => "body",
            Self::Comments => "comments",
        }
    }
}

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// A heading and its level, 1 to 6.
    Heading(u8),
    /// A paragraph, or any text that is nothing more special.
    Paragraph,
    /// The text of one list item, without the lists inside it.
    ListItem,
    /// A code block; the one kind whose canonical text keeps its line breaks and indentation.
    Code,
    /// One row of a table, cells joined by a space.
    TableRow,
    /// A paragraph inside a quotation.
    Quotation,
    /// One key of the front matter, as `key: value`.
    Metadata,
    /// Who wrote a comment, when, and its counters. Held apart from the comment's text because a
    /// counter that changes is no loss.
    Byline,
    /// A paragraph of a comment's text.
    Comment,
}

impl BlockKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading(_) => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list item",
            Self::Code => "code",
            Self::TableRow => "table row",
            Self::Quotation => "quotation",
            Self::Metadata => "metadata",
            Self::Byline => "byline",
            Self::Comment => "comment",
        }
    }

    /// Whether markup characters in the text are the text itself.
    pub fn is_code(self) -> bool {
        matches!(self, Self::Code)
    }
}

/// One heading, paragraph, list item, code block, table row, quotation or comment, in reading
/// order. Holds no text of its own: the witness owns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The section it belongs to.
    pub section: Section,
    /// Where it came from: bytes of the source.
    pub span: Span,
    /// The source line on which `span` starts, from 1.
    pub line: u32,
    /// Its canonical text: bytes of [`Witness::text`].
    pub text: Span,
    /// Its match text: bytes of [`Witness::match_text`].
    pub match_text: Span,
    /// The number of the item of a numbered list that begins with this block.
    pub number: Option<ListNumber>,
}

impl Block {
    /// The block's canonical text.
    pub fn text<'w>(&self, witness: &'w Witness) -> &'w str {
        &witness.text[self.text.range()]
    }

    /// The block's match text.
    pub fn match_text<'w>(&self, witness: &'w Witness) -> &'w str {
        &witness.match_text[self.match_text.range()]
    }
}
