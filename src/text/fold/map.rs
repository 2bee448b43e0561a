//! From match text back to canonical text, and forth.

use super::compatibility::{self, Sink};
use super::strip;
use crate::text::Span;

/// Where each part of a block's match text came from in its canonical text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchMap {
    /// Ascending by both offsets. A step ends, in match text, where the next one begins.
    steps: Vec<Step>,
    /// Length of the match text.
    matched_len: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    matched: u32,
    canonical: u32,
    /// Length of the canonical text that became this step as a whole; `VERBATIM` if the step is
    /// canonical text as it stands.
    canonical_len: u32,
}

const VERBATIM: u32 = u32::MAX;

impl MatchMap {
    /// The map of one block. Offsets count from the block's start in both texts.
    pub fn new(canonical: &str, code: bool) -> Self {
        let mut draft = Draft::default();
        compatibility::fold(canonical, &mut draft);
        if !code {
            draft.strip();
        }
        Self {
            matched_len: draft.text.len() as u32,
            steps: draft.steps,
        }
    }

    /// The same of a block whose match text is known, which saves most of the folding.
    pub fn of(canonical: &str, code: bool, matched: &str) -> Self {
        match in_step(canonical, matched) {
            Some(steps) => Self {
                matched_len: matched.len() as u32,
                steps,
            },
            None => Self::new(canonical, code),
        }
    }

    /// The canonical text that a range of match text came from: from the start of the character
    /// that gave its first byte to the end of the one that gave its last.
    ///
    /// Offsets past the end count as the end. Offsets between characters give offsets between
    /// characters.
    pub fn canonical(&self, matched: Span) -> Span {
        let len = self.matched_len as usize;
        let (from, to) = (matched.start().min(len), matched.end().min(len));
        let Some(step) = self.step(|step| step.matched as usize <= from) else {
            return Span::at(0);
        };
        let start = match step.canonical_len {
            VERBATIM => step.canonical as usize + (from - step.matched as usize),
            _ if from == len => (step.canonical + step.canonical_len) as usize,
            _ => step.canonical as usize,
        };
        if from == to {
            return Span::at(start);
        }
        let Some(step) = self.step(|step| (step.matched as usize) < to) else {
            return Span::at(start);
        };
        let end = match step.canonical_len {
            VERBATIM => step.canonical as usize + (to - step.matched as usize),
            canonical_len => step.canonical as usize + canonical_len as usize,
        };
        Span::new(start, end)
    }

    /// The match text that a range of canonical text gave. Empty, and where it would be, if all
    /// of it was folded away.
    pub fn matched(&self, canonical: Span) -> Span {
        let start = self.matched_at(canonical.start(), false);
        if canonical.is_empty() {
            return Span::at(start);
        }
        Span::new(start, self.matched_at(canonical.end(), true))
    }

    /// Where the match text ends that the canonical text up to `canonical` gave.
    pub fn matched_end(&self, canonical: usize) -> usize {
        self.matched_at(canonical, true)
    }

    /// The match text offset for a canonical offset. Within a step that is a whole: its start,
    /// or, if `after`, its end.
    fn matched_at(&self, canonical: usize, after: bool) -> usize {
        let next = self
            .steps
            .partition_point(|step| (step.canonical as usize) + usize::from(after) <= canonical);
        let Some(step) = next.checked_sub(1).map(|at| self.steps[at]) else {
            return 0;
        };
        let end = self
            .steps
            .get(next)
            .map_or(self.matched_len, |step| step.matched) as usize;
        let into = canonical - step.canonical as usize;
        match step.canonical_len {
            VERBATIM => end.min(step.matched as usize + into),
            len if after || into >= len as usize => end,
            _ => step.matched as usize,
        }
    }

    fn step(&self, before: impl Fn(&Step) -> bool) -> Option<Step> {
        let after = self.steps.partition_point(before);
        after.checked_sub(1).map(|at| self.steps[at])
    }
}

/// The steps from `canonical` to `matched`, if nothing was stripped: most of the text stands in both,
/// and what does not is a space or a cluster that is folded.
fn in_step(canonical: &str, matched: &str) -> Option<Vec<Step>> {
    let folded_away = canonical.len().saturating_sub(matched.len());
    let mut draft = Draft {
        text: String::new(),
        steps: Vec::with_capacity(folded_away + 1),
    };
    let bytes = canonical.as_bytes();
    let (mut from, mut to) = (0, 0);
    while from < bytes.len() {
        let mut same = same_len(&bytes[from..], matched.as_bytes().get(to..)?);
        while !canonical.is_char_boundary(from + same) {
            same -= 1;
        }
        if same > 0 {
            draft.push(Step {
                matched: to as u32,
                canonical: from as u32,
                canonical_len: VERBATIM,
            });
            (from, to) = (from + same, to + same);
        }
        if let [b' ', next, ..] = bytes[from..]
            && next.is_ascii()
        {
            from += 1;
        } else if same == 0 {
            let (len, given) = folded(canonical, from, matched.get(to..)?)?;
            if given > 0 {
                draft.push(Step {
                    matched: to as u32,
                    canonical: from as u32,
                    canonical_len: len as u32,
                });
            }
            (from, to) = (from + len, to + given);
        }
    }
    (to == matched.len()).then_some(draft.steps)
}

/// The length of the cluster at `at`, and of what it is folded to, if `matched` begins with that.
fn folded(canonical: &str, at: usize, matched: &str) -> Option<(usize, usize)> {
    if compatibility::is_joined(canonical, at) {
        return None;
    }
    let first = canonical[at..].chars().next()?;
    let len = first.len_utf8();
    if !compatibility::is_joined(canonical, at + len) {
        if first.is_whitespace() {
            return Some((len, 0));
        }
        if let Some(ascii) = compatibility::narrow(first) {
            return matched.starts_with(ascii).then_some((len, 1));
        }
    }
    let end = compatibility::cluster_end(canonical, at);
    let mut folded = String::new();
    compatibility::fold_cluster(&canonical[at..end], |c| folded.push(c));
    let goes_on = matched.starts_with(&folded);
    goes_on.then_some((end - at, folded.len()))
}

/// How many bytes two texts begin with alike: mostly a word.
#[inline]
fn same_len(one: &[u8], other: &[u8]) -> usize {
    let mut at = 0;
    while let (Some(a), Some(b)) = (word(one, at), word(other, at)) {
        if a != b {
            return at + (a ^ b).trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = one[at..].iter().zip(&other[at..]);
    at + rest.take_while(|(one, other)| one == other).count()
}

#[inline]
fn word(text: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*text.get(at..)?.first_chunk()?))
}

/// A map and the text it leads from, while they are made.
#[derive(Default)]
struct Draft {
    text: String,
    steps: Vec<Step>,
}

impl Draft {
    /// Adds a step, joining it to the last one if both are one piece of canonical text.
    fn push(&mut self, step: Step) {
        if let Some(last) = self.steps.last()
            && last.canonical_len == step.canonical_len
            && match step.canonical_len {
                VERBATIM => step.canonical - last.canonical == step.matched - last.matched,
                _ => step.canonical == last.canonical,
            }
        {
            return;
        }
        self.steps.push(step);
    }

    /// Applies [`strip::PASSES`].
    fn strip(&mut self) {
        for pass in strip::PASSES {
            let mut removed = Vec::new();
            pass(self.text.as_bytes(), &mut |at| removed.push(at));
            if !removed.is_empty() {
                *self = self.without(&removed);
            }
        }
    }

    /// The same without the bytes at `removed`, which ascend.
    fn without(&self, removed: &[usize]) -> Self {
        let mut kept = Self::default();
        let mut removed = removed.iter().copied().peekable();
        for (at, step) in self.steps.iter().enumerate() {
            let next = self.steps.get(at + 1);
            let end = next.map_or(self.text.len(), |next| next.matched as usize);
            let mut from = step.matched as usize;
            while from < end {
                if removed.next_if_eq(&from).is_some() {
                    from += 1;
                    continue;
                }
                let to = removed.peek().map_or(end, |at| end.min(*at));
                kept.keep(step, from, &self.text[from..to]);
                from = to;
            }
        }
        kept
    }

    /// Adds `text`, which stood at `from` in what `step` gave.
    fn keep(&mut self, step: &Step, from: usize, text: &str) {
        let canonical = step.canonical as usize;
        match step.canonical_len {
            VERBATIM => self.verbatim(canonical + (from - step.matched as usize), text),
            len => self.replaced(canonical, len as usize, text),
        }
    }
}

impl Sink for Draft {
    fn verbatim(&mut self, at: usize, text: &str) {
        self.push(Step {
            matched: self.text.len() as u32,
            canonical: at as u32,
            canonical_len: VERBATIM,
        });
        self.text.push_str(text);
    }

    fn words(&mut self, mut at: usize, text: &str) {
        for word in text.split(' ') {
            if !word.is_empty() {
                self.verbatim(at, word);
            }
            at += word.len() + 1;
        }
    }

    fn replaced(&mut self, at: usize, len: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        self.push(Step {
            matched: self.text.len() as u32,
            canonical: at as u32,
            canonical_len: len as u32,
        });
        self.text.push_str(text);
    }
}
