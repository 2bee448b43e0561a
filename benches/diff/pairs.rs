//! The pairs that are compared: made here, the same in every run.

/// A language to write in.
#[derive(Clone, Copy)]
pub enum Language {
    Chinese,
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    pub fn name(self) -> &'static str {
        match self {
            Self::Chinese => "Chinese",
            Self::English => "English",
        }
    }
}

/// A kind of pair.
pub struct Kind {
    pub name: &'static str,
    /// Bytes of the base.
    pub size: usize,
    /// The verdict on it.
    pub verdict: &'static str,
    pub make: fn(Language, usize) -> (String, String),
}

pub const KINDS: [Kind; 6] = [
    Kind {
        name: "1 % edits",
        size: 10 << 20,
        verdict: "revised",
        make: |language, size| edited(language, size, "\n\n"),
    },
    Kind {
        name: "cut in half",
        size: 10 << 20,
        verdict: "truncated",
        make: |language, size| {
            let text = text(1, language, size, "\n\n");
            let half = text.floor_char_boundary(size / 2);
            let cut = text[..half].to_owned();
            (text, cut)
        },
    },
    Kind {
        name: "nothing in common",
        size: 1 << 20,
        verdict: "unrelated",
        make: |language, size| {
            (
                text(1, language, size, "\n\n"),
                text(2, language, size, "\n\n"),
            )
        },
    },
    Kind {
        name: "blocks shuffled",
        size: 1 << 20,
        verdict: "revised",
        make: |language, size| {
            let text = text(1, language, size, "\n\n");
            let mut blocks: Vec<&str> = text.split("\n\n").collect();
            let mut dice = Dice(7);
            for at in (1..blocks.len()).rev() {
                blocks.swap(at, dice.roll(at + 1));
            }
            let shuffled = blocks.join("\n\n");
            (text, shuffled)
        },
    },
    Kind {
        name: "one line",
        size: 5 << 20,
        verdict: "revised",
        make: |language, size| edited(language, size, ""),
    },
    Kind {
        name: "all lines equal",
        size: 5 << 20,
        verdict: "truncated",
        make: |language, size| {
            let line = text(1, language, 60, "") + "\n";
            let lines = size / line.len();
            (line.repeat(lines), line.repeat(lines - lines / 10))
        },
    },
];

/// A text, and the same with one word (or Han character) of a hundred changed.
fn edited(language: Language, size: usize, border: &str) -> (String, String) {
    let base = text(1, language, size, border);
    let mut dice = Dice(11);
    let mut words = Words::new(2, language);
    let copy = match language {
        Language::Chinese => base.chars().fold(String::new(), |mut copy, c| {
            match dice.roll(300) {
                0 if c != '\n' => words.push(&mut copy),
                1 if c != '\n' => {}
                2 if c != '\n' => {
                    copy.push(c);
                    words.push(&mut copy);
                }
                _ => copy.push(c),
            }
            copy
        }),
        Language::English => base
            .split_inclusive(' ')
            .fold(String::new(), |mut copy, word| {
                match dice.roll(300) {
                    0 => words.push(&mut copy),
                    1 => {}
                    2 => {
                        copy.push_str(word);
                        words.push(&mut copy);
                    }
                    _ => {
                        copy.push_str(word);
                        return copy;
                    }
                }
                if !copy.ends_with(' ') {
                    copy.push(' ');
                }
                copy
            }),
    };
    (base, copy)
}

/// `size` bytes or a little more: paragraphs of some sentences, with `border` between them.
fn text(seed: u64, language: Language, size: usize, border: &str) -> String {
    let mut words = Words::new(seed, language);
    let mut text = String::with_capacity(size + 1024);
    while text.len() < size {
        if !text.is_empty() {
            text.push_str(border);
        }
        for _ in 0..3 + words.dice.roll(5) {
            words.sentence(&mut text);
        }
    }
    text
}

/// Words by chance, the common ones more often than the rare ones.
struct Words {
    dice: Dice,
    language: Language,
}

impl Words {
    fn new(seed: u64, language: Language) -> Self {
        Self {
            dice: Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            language,
        }
    }

    fn sentence(&mut self, text: &mut String) {
        let (comma, end) = match self.language {
            Language::Chinese => ("，", "。"),
            Language::English => (", ", ". "),
        };
        for part in 0..1 + self.dice.roll(3) {
            if part > 0 {
                text.push_str(comma);
            }
            for word in 0..5 + self.dice.roll(9) {
                if word > 0 && matches!(self.language, Language::English) {
                    text.push(' ');
                }
                self.push(text);
            }
        }
        text.push_str(end);
    }

    fn push(&mut self, text: &mut String) {
        // Squared, so that a tenth of the words makes up a third of the text.
        let rare = |dice: &mut Dice, of: usize| {
            let at = dice.roll(1 << 16);
            (((at * at) >> 16) * of) >> 16
        };
        match self.language {
            Language::Chinese => {
                let c = char::from_u32(0x4e00 + rare(&mut self.dice, 3000) as u32);
                text.extend(c);
            }
            Language::English => {
                let mut number = 1 + rare(&mut self.dice, 20_000);
                while number > 0 {
                    text.push_str(SYLLABLES[number % SYLLABLES.len()]);
                    number /= SYLLABLES.len();
                }
            }
        }
    }
}

const SYLLABLES: [&str; 28] = [
    "ba", "ber", "con", "da", "den", "er", "fa", "gra", "hol", "in", "ka", "lo", "ma", "men", "ne",
    "or", "pa", "qui", "re", "sa", "sel", "ta", "ten", "un", "ver", "wi", "yo", "zen",
];

/// Xorshift, multiplied.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        (high as usize * sides) >> 32
    }
}
