//! Documents out of word lists and sentence patterns. There are enough of both that two
//! sentences share no more than a few words, and two documents no passage.

use std::sync::LazyLock;

use super::dice::Dice;
use super::document::{Block, Comment, Document, Kind, Language, Mark, Text};

static CHINESE: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::read(include_str!("words/chinese.txt")));
static TRADITIONAL: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::read(include_str!("words/traditional.txt")));
static ENGLISH: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::read(include_str!("words/english.txt")));

/// One language's words by slot, and its patterns by kind.
struct Grammar {
    words: Vec<(char, Vec<&'static str>)>,
    patterns: Vec<(char, Vec<Vec<Piece>>)>,
}

/// A piece of a pattern.
enum Piece {
    Words(&'static str),
    /// One of these words.
    Slot(usize),
    Number,
}

impl Grammar {
    fn read(source: &'static str) -> Self {
        let lines = || source.lines().filter_map(|line| line.split_once(": "));
        let kind = |name: &str| name.chars().next().filter(|_| name.len() == 1);
        let mut words: Vec<(char, Vec<&str>)> = Vec::new();
        for (name, list) in lines() {
            let Some(slot) = kind(name).filter(|kind| !is_pattern(*kind)) else {
                continue;
            };
            let split = if list.contains('|') { '|' } else { ' ' };
            words.push((slot, list.split(split).collect()));
        }
        let mut patterns: Vec<(char, Vec<Vec<Piece>>)> = Vec::new();
        for (name, pattern) in lines() {
            let Some(kind) = kind(name).filter(|kind| is_pattern(*kind)) else {
                continue;
            };
            let pieces = pieces(pattern, &words);
            match patterns.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, patterns)) => patterns.push(pieces),
                None => patterns.push((kind, vec![pieces])),
            }
        }
        Self { words, patterns }
    }

    fn words(&self, slot: char) -> &[&'static str] {
        let found = self.words.iter().find(|(name, _)| *name == slot);
        found.map_or(&[], |(_, words)| words)
    }

    fn pattern(&self, kind: char, dice: &mut Dice) -> &[Piece] {
        let found = self.patterns.iter().find(|(name, _)| *name == kind);
        found.map_or(&[], |(_, patterns)| dice.pick(patterns).as_slice())
    }
}

/// Sentences, headings, items and remarks of readers are patterns; other kinds are words.
fn is_pattern(kind: char) -> bool {
    "shir".contains(kind)
}

fn pieces(pattern: &'static str, words: &[(char, Vec<&str>)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in pattern.split_inclusive('}') {
        let (literal, slot) = part.split_once('{').unwrap_or((part, ""));
        if !literal.is_empty() {
            pieces.push(Piece::Words(literal));
        }
        match slot.chars().next() {
            Some('#') => pieces.push(Piece::Number),
            Some(slot) => {
                let known = words.iter().position(|(name, _)| *name == slot);
                pieces.push(Piece::Slot(known.expect("a pattern's slot has words")));
            }
            None => {}
        }
    }
    pieces
}

/// Writes in one language.
#[derive(Clone, Copy)]
pub struct Author {
    pub language: Language,
}

impl Author {
    /// A document of about `size` bytes, without comments.
    pub fn document(self, size: usize, dice: &mut Dice) -> Document {
        let title = self.line('h', dice);
        let mut blocks = Vec::new();
        let mut written = title.len();
        if size > 600 {
            blocks.push(Block {
                kind: Kind::Heading(1),
                text: Text::new(title.clone()),
            });
        }
        while written < size {
            let from = blocks.len();
            self.part(size, size - written, &mut blocks, dice);
            written += blocks[from..]
                .iter()
                .map(|block| block.text.plain.len() + 2)
                .sum::<usize>();
        }
        Document {
            language: self.language,
            title,
            blocks,
            comments: Vec::new(),
        }
    }

    /// A paragraph, or a heading, a list, code … with it. At least a paragraph is last.
    fn part(self, size: usize, room: usize, blocks: &mut Vec<Block>, dice: &mut Dice) {
        let mut push = |kind, text| blocks.push(Block { kind, text });
        let rich = size > 1500 && room > 1200;
        match dice.below(16) {
            0..3 if rich => push(
                Kind::Heading(dice.within(2..4)),
                Text::new(self.line('h', dice)),
            ),
            3..5 if rich => {
                for _ in 0..dice.within(3..7) {
                    push(Kind::Item, self.marked('i', dice));
                }
            }
            5 if rich => push(Kind::Code, Text::new(code(dice))),
            6 if rich => push(Kind::Quote, self.paragraph(room.min(300), dice)),
            7 if rich => {
                push(
                    Kind::Image,
                    Text::new(format!(
                        "https://example.org/img/{:012x}.png",
                        dice.next() >> 16
                    )),
                );
            }
            _ => {}
        }
        push(
            Kind::Paragraph,
            self.paragraph(room.min(dice.within(250..900)), dice),
        );
    }

    /// Sentences of at least `size` bytes together.
    pub fn paragraph(self, size: usize, dice: &mut Dice) -> Text {
        let mut text = Text::default();
        while text.plain.len() < size {
            self.sentence(&mut text, dice);
        }
        text
    }

    /// One sentence more.
    pub fn sentence(self, text: &mut Text, dice: &mut Dice) {
        let english = match self.language {
            Language::English => true,
            Language::Mixed => dice.once_in(5),
            _ => false,
        };
        let grammar = if english { &*ENGLISH } else { self.grammar() };
        let follows_english = text.plain.ends_with(|c: char| c.is_ascii());
        if follows_english || (english && !text.plain.is_empty()) {
            text.plain.push(' ');
        }
        self.fill(grammar, 's', text, true, dice);
        text.sentences.push(text.plain.len());
    }

    /// A word for another.
    pub fn word(self, dice: &mut Dice) -> &'static str {
        let words = self.grammar().words('n');
        words[dice.below(words.len())]
    }

    pub fn comment(self, dice: &mut Dice) -> Comment {
        let grammar = self.grammar();
        let author = format!("{}{}", dice.pick(grammar.words('u')), self.word(dice));
        let mut text = self.line('r', dice);
        while dice.once_in(3) {
            if self.language == Language::English {
                text.push(' ');
            }
            text.push_str(&self.line('r', dice));
        }
        let (month, day) = (dice.within(1..13), dice.within(1..29));
        Comment {
            author,
            date: format!("20{}-{month:02}-{day:02}", dice.within(18..26)),
            text,
            likes: dice.below(60),
            replies: dice.below(5),
        }
    }

    fn grammar(self) -> &'static Grammar {
        match self.language {
            Language::Traditional => &TRADITIONAL,
            Language::English => &ENGLISH,
            _ => &CHINESE,
        }
    }

    fn line(self, kind: char, dice: &mut Dice) -> String {
        let mut text = Text::default();
        self.fill(self.grammar(), kind, &mut text, false, dice);
        text.plain
    }

    fn marked(self, kind: char, dice: &mut Dice) -> Text {
        let mut text = Text::default();
        self.fill(self.grammar(), kind, &mut text, true, dice);
        text
    }

    fn fill(self, grammar: &Grammar, kind: char, text: &mut Text, marks: bool, dice: &mut Dice) {
        for piece in grammar.pattern(kind, dice) {
            match piece {
                Piece::Words(words) => text.plain.push_str(words),
                Piece::Number => text.plain.push_str(&dice.within(2..999).to_string()),
                Piece::Slot(slot) => {
                    let (slot, words) = &grammar.words[*slot];
                    let terms = self.language == Language::Mixed && *slot == 'n' && dice.once_in(6);
                    let words = if terms { grammar.words('m') } else { words };
                    let word = words[dice.below(words.len())];
                    self.put(word, text, marks, dice);
                }
            }
        }
    }

    /// A word, at times with a mark.
    fn put(self, word: &str, text: &mut Text, marks: bool, dice: &mut Dice) {
        let start = text.plain.len();
        text.plain.push_str(word);
        let throw = if marks { dice.below(128) } else { 128 };
        let mark = match throw {
            0..4 => Mark::Bold,
            4..6 => Mark::Code,
            6 => Mark::Link,
            _ => return,
        };
        // Two marks side by side have no spelling in Markdown.
        if text.marks.last().is_none_or(|(last, _)| last.end < start) {
            text.marks.push((start..text.plain.len(), mark));
        }
    }
}

fn code(dice: &mut Dice) -> String {
    let mut code = String::new();
    let nouns: Vec<&str> = ENGLISH
        .words('n')
        .iter()
        .copied()
        .filter(|word| word.is_ascii())
        .collect();
    for _ in 0..dice.within(3..12) {
        let (one, two, three) = (dice.pick(&nouns), dice.pick(&nouns), dice.pick(&nouns));
        let number = dice.below(10_000);
        let line = match dice.below(4) {
            0 => format!("let {one}_{two} = {three}.get({number})?;"),
            1 => format!("if {one} < {number} && {two} > 0 {{ return {three}; }}"),
            2 => format!("    {one}[{number}] = *{two} + {three}; // {number}"),
            _ => format!("fn {one}_{two}({three}: &[u8]) -> u{number} {{"),
        };
        code.push_str(&line);
        code.push('\n');
    }
    code.trim().to_owned()
}
