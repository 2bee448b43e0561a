//! All that a witness says, as one text, and how it is told from another one.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::text::{Digest, Witness};

/// What a witness says: its canonical text; then a line for each asset, with kind, target and
/// alternative text; then a line for each comment, with author, date, depth, counters and the target
/// of its avatar. The parts of a line are separated by tabs.
///
/// Who can make this text of a witness can make all that the canonical form knows of it but for the
/// kinds of blocks.
pub fn testimony(witness: &Witness) -> String {
    let mut out = String::with_capacity(witness.text.len() + 64);
    out.push_str(&witness.text);
    for asset in &witness.assets {
        let parts = ["\nasset", asset.kind.name(), &asset.target, &asset.alt];
        out.push_str(&parts.join("\t"));
    }
    for comment in &witness.comments {
        let counters: Vec<String> = comment
            .counters
            .iter()
            .map(|counter| format!("{} {}", counter.label, counter.value))
            .collect();
        let avatar = comment
            .avatar
            .and_then(|at| witness.assets.get(at as usize));
        let parts = [
            "\ncomment",
            &comment.author,
            &comment.date,
            &comment.depth.to_string(),
            &counters.join(", "),
            avatar.map_or("", |asset| &asset.target),
        ];
        out.push_str(&parts.join("\t"));
    }
    out
}

/// The SHA-256 of a text.
pub fn digest(text: &[u8]) -> Digest {
    Digest(Sha256::digest(text).into())
}

/// A part of a recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These bytes of the other text, `start <= end`.
    Span(usize, usize),
    /// This text.
    Text(String),
}

/// How many bytes are looked for at once, and at which distances in the text to take from. So every
/// run of `WINDOW + STRIDE` bytes that both have is found; shorter ones may be spelt out.
const WINDOW: usize = 16;
const STRIDE: usize = 8;

/// How to make `wanted` out of parts of `from`, and of what `from` lacks. Linear in both.
pub fn recipe(from: &str, wanted: &str) -> Vec<Part> {
    if from == wanted {
        return vec![Part::Span(0, from.len())];
    }
    let (source, target) = (from.as_bytes(), wanted.as_bytes());
    let mut places: HashMap<&[u8], usize> = HashMap::with_capacity(source.len() / STRIDE);
    for at in (0..source.len()).step_by(STRIDE) {
        if let Some(window) = source.get(at..at + WINDOW) {
            places.entry(window).or_insert(at);
        }
    }
    let mut parts = Parts {
        wanted,
        done: 0,
        parts: Vec::new(),
    };
    let mut at = 0;
    while let Some(window) = target.get(at..at + WINDOW) {
        let Some(place) = places.get(window) else {
            at += 1;
            continue;
        };
        let before = common(
            source[..*place].iter().rev(),
            target[parts.done..at].iter().rev(),
        );
        let after = common(source[*place..].iter(), target[at..].iter());
        let (mut start, mut end) = (at - before, at + after);
        while !wanted.is_char_boundary(start) {
            start += 1;
        }
        while !wanted.is_char_boundary(end) {
            end -= 1;
        }
        if start < end {
            parts.span(start..end, *place + start - at);
        }
        at = end.max(at + 1);
    }
    parts.finish()
}

/// How many bytes two texts begin with alike.
fn common<'b>(one: impl Iterator<Item = &'b u8>, two: impl Iterator<Item = &'b u8>) -> usize {
    one.zip(two).take_while(|(one, two)| one == two).count()
}

struct Parts<'t> {
    wanted: &'t str,
    /// How much of it the parts make.
    done: usize,
    parts: Vec<Part>,
}

impl Parts<'_> {
    /// Adds what was wanted before the range, and the range, which stands in the other text from
    /// `from` on.
    fn span(&mut self, range: std::ops::Range<usize>, from: usize) {
        self.text(range.start);
        self.parts.push(Part::Span(from, from + range.len()));
        self.done = range.end;
    }

    fn text(&mut self, end: usize) {
        if self.done < end {
            let text = self.wanted[self.done..end].to_owned();
            self.parts.push(Part::Text(text));
            self.done = end;
        }
    }

    fn finish(mut self) -> Vec<Part> {
        self.text(self.wanted.len());
        self.parts
    }
}

/// Follows a recipe. `None` if a span is none of `from`.
pub fn follow(recipe: &[Part], from: &str) -> Option<String> {
    let mut out = String::new();
    for part in recipe {
        match part {
            Part::Span(start, end) => out.push_str(from.get(*start..*end)?),
            Part::Text(text) => out.push_str(text),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_both_have_is_not_spelt_out() {
        let from = "课程的第一段，说的是缓存。\n课程的第二段，说的是索引。\n课程的第三段。";
        let wanted = "课程的第二段，说的是索引。\n新的一段！\n课程的第一段，说的是缓存。";
        let recipe = recipe(from, wanted);
        let spelt: usize = recipe
            .iter()
            .map(|part| match part {
                Part::Span(..) => 0,
                Part::Text(text) => text.len(),
            })
            .sum();
        assert!(spelt <= "\n新的一段！\n".len() + STRIDE, "{recipe:?}");
        assert_eq!(follow(&recipe, from).as_deref(), Some(wanted));
    }

    #[test]
    fn a_recipe_for_another_text_is_refused() {
        assert_eq!(follow(&[Part::Span(0, 4)], "abc"), None);
        assert_eq!(follow(&[Part::Span(0, 1)], "é"), None);
    }

    proptest! {
        #[test]
        fn a_recipe_makes_what_was_wanted(
            from in "[ab茶é\n]{0,80}",
            head in "[ab茶é\n]{0,20}",
            cuts in prop::collection::vec((0..80_usize, 0..80_usize), 0..4),
        ) {
            let mut wanted = head;
            for (start, end) in cuts {
                let chars: Vec<char> = from.chars().collect();
                let (start, end) = (start.min(chars.len()), end.min(chars.len()));
                wanted.extend(&chars[start.min(end)..end]);
            }
            let recipe = recipe(&from, &wanted);
            prop_assert_eq!(follow(&recipe, &from), Some(wanted));
        }
    }
}
