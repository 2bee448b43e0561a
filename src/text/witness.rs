use std::collections::BTreeMap;
use std::fmt;

use super::{
    Block, Comment, CommentSection, DecodeMap, LineRange, LineTable, Open, Section, Span, TextMap,
};

/// One copy of a text, read: its canonical text and match text, its blocks in reading order, and
/// the maps that lead back to the bytes it came from.
///
/// Invariants: blocks are in reading order; their `text` spans and their `match_text` spans are
/// ascending and do not overlap; between two blocks the canonical text has one newline and the
/// match text nothing. So the match text of neighbouring blocks is one slice.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    /// SHA-256 of the source bytes.
    pub digest: Digest,
    /// Length of the source in bytes.
    pub source_len: usize,
    /// How the source was marked up.
    pub format: Format,
    /// How the source was encoded.
    pub encoding: Encoding,
    /// Canonical text of all blocks, in order, separated by newlines.
    pub text: String,
    /// Match text of all blocks, in order, with nothing between.
    pub match_text: String,
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
    /// The comments, in source order.
    pub comments: Vec<Comment>,
    /// The comment sections that hold them.
    pub comment_sections: Vec<CommentSection>,
    /// Lines in which some lists of comments were not looked for, since the budget was spent.
    pub unsearched: Option<LineRange>,
    /// What blocks point to, in source order.
    pub assets: Vec<Asset>,
    /// What is wrong with the source, in source order.
    pub damage: Vec<Damage>,
    /// What is still open where the source ends: the innermost thing.
    pub open: Option<Open>,
    /// What the canonical form took away, counted.
    pub tally: Tally,
    /// Bytes of the decoded text that are no ASCII white space or control, text and markup
    /// together. Two sources that read the same and differ in this differ in markup.
    pub visible: u32,
    /// Canonical text to decoded text.
    pub text_map: TextMap,
    /// Decoded text to source bytes.
    pub decode_map: DecodeMap,
    /// Where the lines of the source begin.
    pub lines: LineTable,
}

impl Witness {
    /// What was not done in the lines that are [`unsearched`](Self::unsearched), in words.
    pub const UNSEARCHED: &'static str =
        "lists of comments without classes were not looked for everywhere";

    /// All lines of the source.
    pub fn all_lines(&self) -> LineRange {
        LineRange {
            first: 1,
            last: self.lines.len() as u32,
        }
    }

    /// The blocks of one section, in reading order.
    pub fn section(&self, section: Section) -> impl Iterator<Item = &Block> + Clone {
        self.blocks
            .iter()
            .filter(move |block| block.section == section)
    }

    /// The source bytes that a range of canonical text came from.
    pub fn source_span(&self, text: Span) -> Span {
        let decoded = self.text_map.decoded(text);
        Span::new(
            self.decode_map.source_start(decoded.start()),
            self.decode_map.source_end(decoded.end()),
        )
    }

    /// The same, looked for near a piece of the text map: see [`TextMap::decoded_from`].
    pub(crate) fn source_span_from(&self, text: Span, near: &mut usize) -> Span {
        let decoded = self.text_map.decoded_from(text, near);
        Span::new(
            self.decode_map.source_start(decoded.start()),
            self.decode_map.source_end(decoded.end()),
        )
    }

    /// The damage by kind, in the order of the kinds.
    pub fn damage_counts(&self) -> Vec<DamageCount> {
        let mut counts: BTreeMap<DamageKind, DamageCount> = BTreeMap::new();
        for damage in &self.damage {
            let count = counts.entry(damage.kind).or_insert_with(|| DamageCount {
                kind: damage.kind,
                count: 0,
                first: self.line_range(damage.span),
            });
            count.count += 1;
        }
        counts.into_values().collect()
    }

    /// The source lines on which a range of source bytes lies.
    pub fn line_range(&self, source: Span) -> LineRange {
        self.line_range_from(source, &mut self.lines.line(source.start()))
    }

    /// The same, looked for near the line `near`, which becomes the last of them.
    pub(crate) fn line_range_from(&self, source: Span, near: &mut u32) -> LineRange {
        let last = source.end().saturating_sub(1).max(source.start());
        let (first, last) = self.lines.lines_from(source.start(), last, near);
        LineRange { first, last }
    }
}

/// A SHA-256.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest that is written `text`: 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut digest = [0; 32];
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, at) in digest.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(digest))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How a source is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// No markup: blank lines separate paragraphs.
    #[default]
    Plain,
    /// CommonMark with GFM tables, footnotes and HTML islands.
    Markdown,
    /// HTML or XHTML.
    Html,
}

impl Format {
    /// The format that the extension of a file's name says, without the dot and in any case, if it
    /// says one.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" | "xht" | "shtml" => Some(Self::Html),
            "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdx" | "rmd" | "qmd" => {
                Some(Self::Markdown)
            }
            _ => None,
        }
    }

    /// The name used in output and in `--input-format`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

/// How a source was encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The name in the WHATWG Encoding Standard, such as `UTF-8` or `gb18030`.
    pub name: &'static str,
    /// Whether it began with a byte order mark.
    pub bom: bool,
}

impl Default for Encoding {
    fn default() -> Self {
        Self {
            name: "UTF-8",
            bom: false,
        }
    }
}

/// Something a block points to rather than says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// What it is.
    pub kind: AssetKind,
    /// Where it points, as the source writes it with entities decoded.
    pub target: String,
    /// Its alternative text, canonical; empty if there is none.
    pub alt: String,
    /// The section it stands in.
    pub section: Section,
    /// Its markup in the source, bytes.
    pub span: Span,
    /// The source line on which it starts, from 1.
    pub line: u32,
}

/// What an asset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AssetKind {
    /// A picture.
    Image,
    /// Sound or video.
    Media,
    /// An embedded page or object.
    Embed,
    /// The picture of a comment's author: metadata.
    Avatar,
}

impl AssetKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Media => "media",
            Self::Embed => "embed",
            Self::Avatar => "avatar",
        }
    }
}

/// Bytes that are not the text, or not the markup, that they should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What is wrong.
    pub kind: DamageKind,
    /// Where: bytes of the source.
    pub span: Span,
    /// The source line on which it starts, from 1.
    pub line: u32,
    /// What the passage should have been, if that can be told exactly (mojibake); else empty.
    pub repair: String,
}

/// Damage of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DamageCount {
    /// What is wrong.
    pub kind: DamageKind,
    /// In how many passages.
    pub count: u64,
    /// The source lines of the first of them.
    pub first: LineRange,
}

/// What is wrong with damaged bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DamageKind {
    /// Not decodable in the source's encoding; stands in the text as U+FFFD.
    Undecodable,
    /// A U+FFFD that the source itself holds: an earlier program lost these characters.
    Replacement,
    /// Text that was once decoded in another encoding than it was written in.
    Mojibake,
    /// A NUL character.
    Nul,
    /// Another control character that has no place in text.
    Control,
    /// A comment or declaration of HTML that is never closed: all behind it is no text.
    UnclosedComment,
    /// An element of HTML whose content is no markup (a script, a style, a title), and that is
    /// never closed.
    UnclosedElement,
    /// A tag of HTML that never ends, or an attribute's quote that is never closed.
    UnclosedTag,
}

impl DamageKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Undecodable,
        Self::Replacement,
        Self::Mojibake,
        Self::Nul,
        Self::Control,
        Self::UnclosedComment,
        Self::UnclosedElement,
        Self::UnclosedTag,
    ];

    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Undecodable => "undecodable",
            Self::Replacement => "replacement character",
            Self::Mojibake => "mojibake",
            Self::Nul => "NUL",
            Self::Control => "control character",
            Self::UnclosedComment => "unclosed comment",
            Self::UnclosedElement => "unclosed element",
            Self::UnclosedTag => "unclosed tag",
        }
    }
}

/// What the canonical form took away that was not markup or layout, in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Zero-width characters without meaning, and soft hyphens.
    pub invisible: u32,
    /// Bidirectional controls.
    pub bidi: u32,
}
