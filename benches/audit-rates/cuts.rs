//! Where a document is cut.

use lacuna::text::{Block, BlockKind, Section, Span, Witness};

/// What a cut falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Between any two characters of the source.
    Character,
    /// Between two words of a paragraph.
    Word,
    /// After a sentence of a paragraph, before the next one.
    Sentence,
    /// After a block.
    Block,
    /// At the largest power of two below the length, in bytes.
    Power,
}

impl Place {
    pub const ALL: [Self; 5] = [
        Self::Character,
        Self::Word,
        Self::Sentence,
        Self::Block,
        Self::Power,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Character => "any character",
            Self::Word => "in a sentence",
            Self::Sentence => "sentence end",
            Self::Block => "block end",
            Self::Power => "power of two",
        }
    }
}

/// No document is cut before this byte: what is left of less is no document.
const LEAST: usize = 500;

/// Up to `count` cuts of each kind, as byte offsets into the source: the same for the same document.
pub fn of(bytes: &[u8], witness: &Witness, count: usize) -> Vec<(Place, usize)> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Vec::new();
    };
    let mut dice = Dice(u64::from_le_bytes(
        witness.digest.0[..8].try_into().unwrap_or_default(),
    ));
    let mut cuts = Vec::new();
    let last = text.trim_end().len();
    for place in Place::ALL {
        let candidates = candidates(place, text, witness);
        let inside: Vec<usize> = candidates
            .into_iter()
            .filter(|at| (LEAST..last).contains(at))
            .collect();
        let wanted = if place == Place::Power { 1 } else { count };
        for _ in 0..wanted.min(inside.len()) {
            cuts.push((place, inside[dice.below(inside.len())]));
        }
    }
    cuts
}

fn candidates(place: Place, text: &str, witness: &Witness) -> Vec<usize> {
    let body = || witness.section(Section::Body);
    let prose = || body().filter(|block| block.kind == BlockKind::Paragraph);
    match place {
        Place::Character => text.char_indices().map(|(at, _)| at).collect(),
        Place::Word => prose().flat_map(|block| words(block, witness)).collect(),
        Place::Sentence => prose()
            .flat_map(|block| sentences(block, witness))
            .collect(),
        Place::Block => body().map(|block| block.span.end()).collect(),
        Place::Power => {
            let power = 1 << text.len().ilog2();
            let at = (0..=power).rev().find(|at| text.is_char_boundary(*at));
            at.into_iter().collect()
        }
    }
}

/// Where a word ends and the sentence goes on: a space between letters, or any place between two
/// letters of a script without spaces.
fn words(block: &Block, witness: &Witness) -> Vec<usize> {
    let text = block.text(witness);
    let mut chars = text.char_indices().peekable();
    let mut found = Vec::new();
    while let Some((at, char)) = chars.next() {
        let Some((_, next)) = chars.peek() else { break };
        let wide = |c: char| c.is_alphabetic() && c >= '\u{2E80}';
        let ends = char.is_alphanumeric() && (*next == ' ' || (wide(char) && wide(*next)));
        if ends {
            found.push(source_end(block, witness, at + char.len_utf8()));
        }
    }
    found
}

fn sentences(block: &Block, witness: &Witness) -> Vec<usize> {
    let text = block.text(witness);
    let ends = text.char_indices().filter(|(at, char)| match char {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => text[at + 1..].starts_with(' '),
        _ => false,
    });
    let ends = ends.map(|(at, char)| at + char.len_utf8());
    ends.filter(|end| *end < text.trim_end().len())
        .map(|end| source_end(block, witness, end))
        .collect()
}

/// The source offset behind the first `end` bytes of the block's text.
fn source_end(block: &Block, witness: &Witness, end: usize) -> usize {
    let start = block.text.start();
    let span = Span::new(start, start + end);
    witness.source_span(span).end()
}

/// Xorshift: enough for places, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 |= 1;
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}
