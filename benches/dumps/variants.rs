//! What can become of a document in a dump, and what is true of the two then.

pub mod cuts;
mod edits;
mod parts;
mod same;
mod site;

use super::dice::Dice;
use super::document::{Amount, Block, Document, Kind, Language, Mark, Point, Text};
use super::encoding::Encoding;
use super::grammar::Author;
use super::page::{Comments, Markup, Page, Style};
use super::truth::Cut;

/// A document as it stands in the heap.
pub struct Base {
    pub document: Document,
    pub style: Style,
    pub encoding: Encoding,
    pub page: Page,
    /// The blocks that are its own; those before and after it shares with all pages of its site.
    pub own: std::ops::Range<usize>,
}

/// A copy of it, and what is true of it.
pub struct Copy {
    pub bytes: Vec<u8>,
    pub extension: &'static str,
    pub verdict: &'static str,
    /// Of the base's text, 0 to 1.
    pub share: f64,
    /// The longest passage that both have, in bytes of letters and digits.
    pub passage: usize,
    pub cut: Option<Cut>,
}

/// A way to make a copy.
#[derive(Clone, Copy)]
pub struct Variant {
    pub name: &'static str,
    /// `None` if this base cannot become such a copy.
    pub make: fn(&Base, &mut Dice) -> Option<Copy>,
    /// Whether the copy has nothing that the base has not, so that the base of several such
    /// copies stays the most complete.
    pub is_part: bool,
}

/// Copies have this many bytes of letters and digits at least. A heading and half a sentence may
/// be in another document by chance.
pub const SHORTEST: usize = 64;

/// All of them.
pub const VARIANTS: &[Variant] = &[
    part("exact copy", same::exact),
    part("other markup", same::markup),
    part("other encoding", same::encoding),
    part("other wrapping", same::wrapping),
    part("other comment markup", same::comments),
    part("other orthography", same::orthography),
    part("cut at a block's end", cuts::block_end),
    part("cut at a sentence's end", cuts::sentence_end),
    part("cut inside a sentence", cuts::inside_sentence),
    part("cut inside a word", cuts::inside_word),
    part("cut of the file", cuts::file),
    part("cut inside a character", cuts::inside_character),
    part("cut before the comments", cuts::comments_follow),
    part("cut with the comments", cuts::comments_gone),
    part("cut with an ellipsis", cuts::ellipsis),
    part("cut in other markup", cuts::markup),
    part("cut in other encoding", cuts::encoding),
    other("cut with corrections", cuts::corrected),
    part("head cut", parts::head),
    part("gap", parts::gap),
    part("gaps", parts::gaps),
    part("excerpt", parts::excerpt),
    part("fewer comments", parts::fewer_comments),
    other("edited, 2 %", |base, dice| edits::edited(base, 2, dice)),
    other("edited, 10 %", |base, dice| edits::edited(base, 10, dice)),
    other("edited, 25 %", |base, dice| edits::edited(base, 25, dice)),
    other("edited, 45 %", |base, dice| edits::edited(base, 45, dice)),
    other("reordered", edits::reordered),
    other("passage in common", edits::passage_in_common),
];

/// Those of a page of a site, where header and footer are on every page.
pub const OF_A_SITE: &[Variant] = &[
    part("exact copy", same::exact),
    part("other markup", same::markup),
    part("text of a page", site::bare),
    part("cut above a footer", site::footer_follows),
    other("edited, 10 %", |base, dice| edits::edited(base, 10, dice)),
    other("edited, 25 %", |base, dice| edits::edited(base, 25, dice)),
];

/// Those of a page that is hardly more than its template.
pub const OF_A_TEMPLATE: &[Variant] = &[
    part("exact copy", same::exact),
    part("other markup", same::markup),
];

const fn part(name: &'static str, make: fn(&Base, &mut Dice) -> Option<Copy>) -> Variant {
    Variant {
        name,
        make,
        is_part: true,
    }
}

const fn other(name: &'static str, make: fn(&Base, &mut Dice) -> Option<Copy>) -> Variant {
    Variant {
        name,
        make,
        is_part: false,
    }
}

impl Base {
    /// `None` if the encoding has not all characters.
    pub fn new(document: Document, style: Style, encoding: Encoding) -> Option<Self> {
        let style = Style {
            charset: encoding.label(),
            ..style
        };
        let page = Page::write(&document, style);
        encoding.encode(&page.text)?;
        let own = 0..document.blocks.len();
        Some(Self {
            document,
            style,
            encoding,
            page,
            own,
        })
    }

    pub fn bytes(&self) -> Vec<u8> {
        encoded(&self.page, &self.page.text, self.encoding).unwrap_or_default()
    }

    /// Another way to write comments, if they can be written in two.
    fn other_comments(&self, dice: &mut Dice) -> Comments {
        let all = [Comments::Island, Comments::Avatars, Comments::Native];
        let others: Vec<Comments> = all
            .into_iter()
            .filter(|one| *one != self.style.comments)
            .collect();
        *dice.pick(&others)
    }

    /// Another markup in which it reads the same. Plain text has no comments that can be told.
    fn other_markup(&self, dice: &mut Dice) -> Option<Style> {
        let all = [Markup::Markdown, Markup::Html, Markup::Plain];
        let has_comments = !self.document.comments.is_empty();
        let is_found = self.document.language == Language::Found;
        let others: Vec<Markup> = all
            .into_iter()
            .filter(|one| *one != self.style.markup && !is_found)
            .filter(|one| *one != Markup::Plain || !has_comments)
            .collect();
        (!others.is_empty()).then(|| Style {
            markup: *dice.pick(&others),
            ..self.style
        })
    }

    fn other_encoding(&self, dice: &mut Dice) -> Encoding {
        use Encoding::{Big5, Gb18030, Utf8, Utf8Bom, Utf16Be, Utf16Le, Windows1252};
        let legacy = match self.document.language {
            Language::English => Windows1252,
            Language::Traditional => Big5,
            _ => Gb18030,
        };
        let all = [legacy, legacy, Utf16Le, Utf16Be, Utf8Bom, Utf8];
        let others: Vec<Encoding> = all
            .into_iter()
            .filter(|one| *one != self.encoding)
            .collect();
        *dice.pick(&others)
    }

    /// Whether a reader can tell that a copy with so many bytes of letters and digits is in
    /// `encoding`: it is declared, or there is enough to go by. The encodings of the West differ
    /// in letters of which English has a handful.
    fn can_be_told(&self, encoding: Encoding, bytes: usize) -> bool {
        let declared = self.style.markup == Markup::Html;
        match encoding {
            Encoding::Gb18030 | Encoding::Big5 => declared || bytes >= 500,
            Encoding::Windows1252 => declared,
            _ => true,
        }
    }

    fn author(&self) -> Author {
        Author {
            language: self.document.language,
        }
    }

    /// A copy that says what `document` says, a part of this one.
    fn copy(
        &self,
        document: &Document,
        style: Style,
        encoding: Encoding,
        verdict: &'static str,
    ) -> Option<Copy> {
        let style = Style {
            charset: encoding.label(),
            ..style
        };
        let page = Page::write(document, style);
        let (own, whole) = (document.amount(), self.document.amount());
        if own.sketch < SHORTEST {
            return None;
        }
        Some(Copy {
            bytes: encoded(&page, &page.text, encoding)?,
            extension: style.extension(),
            verdict,
            share: own.chars as f64 / whole.chars.max(1) as f64,
            passage: own.sketch,
            cut: None,
        })
    }
}

/// What is written before `text` ends, as bytes of the file.
fn encoded(page: &Page, text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    encoding.encode(&page.line_ends(text))
}

/// The byte of the file at `at` of the page, and its line.
fn spot(page: &Page, at: usize, encoding: Encoding) -> Option<(usize, usize)> {
    let before = &page.text[..at];
    let lines = before.bytes().filter(|byte| *byte == b'\n').count();
    Some((encoded(page, before, encoding)?.len(), lines + 1))
}
