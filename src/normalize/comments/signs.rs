//! The first sign of a comment section: a class or an id, looked at for every element.

use super::selector::{Selector, Word};

/// Classes and ids of containers and items, by first letter.
#[derive(Debug)]
pub(super) struct Signs {
    /// For each first letter, the lengths that a word must have to be worth a look, as bits.
    lengths: [u64; 32],
    classes: Vec<Vec<Word>>,
    ids: Vec<Vec<Word>>,
}

impl Default for Signs {
    fn default() -> Self {
        Self {
            lengths: [0; 32],
            classes: vec![Vec::new(); 32],
            ids: vec![Vec::new(); 32],
        }
    }
}

impl Signs {
    /// Takes up what `selector` asks for: one of its classes, or its id.
    pub fn add(&mut self, selector: &Selector) {
        let (table, word) = match (selector.classes.first(), &selector.id) {
            (Some(class), _) => (&mut self.classes, class),
            (None, Some(id)) => (&mut self.ids, id),
            (None, None) => return,
        };
        let Some(first) = word.text.bytes().next().map(bucket) else {
            return;
        };
        let bit = 1u64 << word.text.len().min(63);
        self.lengths[first] |= if word.prefix { !(bit - 1) } else { bit };
        if !table[first].contains(word) {
            table[first].push(word.clone());
        }
    }

    /// Whether one of the classes, or the id, is a sign.
    pub fn any(&self, class: &str, id: &str) -> bool {
        let is_sign = |table: &[Vec<Word>], word: &str| {
            let Some(first) = word.bytes().next().map(bucket) else {
                return false;
            };
            self.lengths[first] >> word.len().min(63) & 1 == 1
                && table[first].iter().any(|sign| sign.matches(word))
        };
        words(class).any(|word| is_sign(&self.classes, word)) || is_sign(&self.ids, id)
    }
}

/// What stands between white space, or nothing at all: quicker than to leave out the nothing.
fn words(class: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(class);
    std::iter::from_fn(move || {
        let text = rest?;
        let is_end = |byte: u8| byte.is_ascii_whitespace();
        match text.bytes().position(is_end) {
            Some(end) => {
                rest = Some(&text[end + 1..]);
                Some(&text[..end])
            }
            None => rest.take(),
        }
    })
}

fn bucket(first: u8) -> usize {
    (first & 31) as usize
}
