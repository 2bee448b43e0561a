//! A document before it is written in any markup: what the truth of a pair is known from.

use std::ops::Range;

/// What a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Chinese,
    Traditional,
    English,
    /// Chinese with English words, and English sentences between the Chinese ones.
    Mixed,
    /// A document that was not made here.
    Found,
}

impl Language {
    pub fn name(self) -> &'static str {
        match self {
            Self::Chinese => "chinese",
            Self::Traditional => "traditional",
            Self::English => "english",
            Self::Mixed => "mixed",
            Self::Found => "found",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Document {
    pub language: Language,
    pub title: String,
    pub blocks: Vec<Block>,
    pub comments: Vec<Comment>,
}

#[derive(Clone, Debug)]
pub struct Block {
    pub kind: Kind,
    pub text: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of this level.
    Heading(usize),
    Paragraph,
    /// Of a list; neighbours are in one list.
    Item,
    Quote,
    Code,
    /// Its text is the address: nothing that a reader reads.
    Image,
    /// Source that was found somewhere, and stays as it is.
    Found,
}

/// Text with marks in it, and where its sentences end.
#[derive(Clone, Debug, Default)]
pub struct Text {
    pub plain: String,
    /// Ascending, not touching each other.
    pub marks: Vec<(Range<usize>, Mark)>,
    pub sentences: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Bold,
    Code,
    Link,
}

#[derive(Clone, Debug)]
pub struct Comment {
    pub author: String,
    pub date: String,
    pub text: String,
    pub likes: usize,
    pub replies: usize,
}

/// A place in a document: before the byte at `offset` of the text of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub block: usize,
    pub offset: usize,
}

impl Point {
    pub fn start_of(block: usize) -> Self {
        Self { block, offset: 0 }
    }
}

/// Letters and digits in bytes, and characters that are no white space: what the guarantee and
/// shares count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    pub sketch: usize,
    pub chars: usize,
}

impl Amount {
    pub fn of(text: &str) -> Self {
        let mut amount = Self::default();
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            amount.chars += 1;
            if c.is_alphanumeric() {
                amount.sketch += c.len_utf8();
            }
        }
        amount
    }
}

impl std::ops::Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            sketch: self.sketch + other.sketch,
            chars: self.chars + other.chars,
        }
    }
}

impl Text {
    pub fn new(plain: String) -> Self {
        Self {
            plain,
            ..Self::default()
        }
    }

    /// The part of it in `range`, without white space at its ends.
    pub fn part(&self, range: Range<usize>) -> Self {
        let inside = &self.plain[range.clone()];
        let start = range.start + inside.len() - inside.trim_start().len();
        let end = (start + inside.trim().len()).max(start);
        let clip = |at: usize| at.clamp(start, end) - start;
        let marks = self.marks.iter();
        let marks = marks.map(|(mark, kind)| (clip(mark.start)..clip(mark.end), *kind));
        let sentences = self.sentences.iter().map(|at| clip(*at));
        Self {
            plain: self.plain[start..end].to_owned(),
            marks: marks.filter(|(mark, _)| !mark.is_empty()).collect(),
            sentences: sentences.filter(|at| *at > 0).collect(),
        }
    }

    /// The ranges of its sentences.
    pub fn each_sentence(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.sentences.iter().copied());
        starts
            .zip(self.sentences.iter().copied())
            .map(|(start, end)| start..end)
    }
}

impl Block {
    /// What a reader reads.
    pub fn read(&self) -> &str {
        match self.kind {
            Kind::Image => "",
            _ => &self.text.plain,
        }
    }
}

impl Document {
    pub fn amount(&self) -> Amount {
        let amounts = self.blocks.iter().map(|block| Amount::of(block.read()));
        amounts.fold(Amount::default(), |sum, one| sum + one)
    }

    /// What is before `to`.
    pub fn until(&self, to: Point) -> Self {
        self.part(Point::start_of(0)..to)
    }

    /// What is from `from` on.
    pub fn from(&self, from: Point) -> Self {
        self.part(from..Point::start_of(self.blocks.len()))
    }

    /// A part of the text, with all comments.
    pub fn part(&self, range: Range<Point>) -> Self {
        let mut blocks = Vec::new();
        for (index, block) in self.blocks.iter().enumerate() {
            let at = Point::start_of(index);
            let next = Point::start_of(index + 1);
            if next <= range.start || at >= range.end {
                continue;
            }
            let from = if range.start.block == index {
                range.start.offset
            } else {
                0
            };
            let to = if range.end.block == index {
                range.end.offset
            } else {
                block.text.plain.len()
            };
            let text = block.text.part(from..to);
            if !text.plain.is_empty() {
                blocks.push(Block {
                    kind: block.kind,
                    text,
                });
            }
        }
        Self {
            language: self.language,
            title: self.title.clone(),
            blocks,
            comments: self.comments.clone(),
        }
    }

    /// The document without the text in `gap`.
    pub fn without(&self, gap: Range<Point>) -> Self {
        let mut document = self.until(gap.start);
        document.blocks.extend(self.from(gap.end).blocks);
        document
    }
}
