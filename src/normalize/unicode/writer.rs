//! Canonical text as it is written.

use std::ops::Range;

use super::class::{self, Class};
use super::compose;
use crate::text::{Damage, DamageKind, Span, Tally, TextMap};

/// Where a piece of text comes from: offsets in the decoded text.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// It stands there as it is, from this offset on.
    Verbatim(usize),
    /// It stands for this range.
    Replaced(Range<usize>),
}

impl Origin {
    /// Where `piece[range]` comes from.
    fn of(&self, range: Range<usize>) -> Range<usize> {
        match self {
            Self::Verbatim(at) => at + range.start..at + range.end,
            Self::Replaced(all) => all.clone(),
        }
    }
}

/// Writes the canonical text of blocks into one string, a newline between two blocks.
///
/// What is written is NFC of all that was put, also across pieces: text that may compose with
/// what stands before it takes that back and is composed with it (see [`RECALL`]).
#[derive(Debug, Default)]
pub(crate) struct Writer {
    /// All canonical text so far.
    pub text: String,
    /// The way from there to the decoded text.
    pub map: TextMap,
    /// What was taken away.
    pub tally: Tally,
    /// NULs, control and replacement characters. Spans of the decoded text, no lines.
    pub damage: Vec<Damage>,
    /// Whether text was left out because offsets could not count it.
    pub overflow: bool,
    block: Block,
}

/// The block that is being written.
#[derive(Debug, Default)]
struct Block {
    /// Whether it keeps its lines.
    code: bool,
    /// Length of the text before the block, without the newline between.
    before: usize,
    /// Where its text starts.
    start: usize,
    /// Whether it has text that is no white space.
    has_text: bool,
    /// White space that is not written yet.
    gap: Option<Gap>,
    /// Whether the last character was a CR, which a LF belongs to.
    after_return: bool,
    /// The decoded text that its visible text came from.
    seen: Option<Span>,
}

/// White space between two visible characters.
#[derive(Debug)]
struct Gap {
    origin: Range<usize>,
    /// Whether its first byte is a character, of the decoded text.
    in_step: bool,
    breaks_line: bool,
}

/// How many bytes before a piece are taken back at most, to be composed with it. A base with
/// more than that many bytes of combining marks, broken over pieces, is composed in part only.
const RECALL: usize = 128;

impl Writer {
    /// Begins a block.
    pub fn begin(&mut self, code: bool) {
        self.block = Block {
            code,
            before: self.text.len(),
            start: self.text.len(),
            ..Block::default()
        };
    }

    /// Whether the block has text so far other than white space.
    pub fn has_text(&self) -> bool {
        self.block.has_text
    }

    /// Adds a piece of text to the block.
    pub fn put(&mut self, piece: &str, origin: &Origin) {
        let mut at = 0;
        while at < piece.len() {
            let end = compose::plain_end(piece.as_bytes(), at);
            if end > at {
                self.plain(&piece[at..end], &shifted(origin, at));
                at = end;
                continue;
            }
            let Some(c) = piece[at..].chars().next() else {
                return;
            };
            let end = at + c.len_utf8();
            at = match class::class(c) {
                Class::Text | Class::Replacement => {
                    let end = cluster_end(piece, end);
                    self.text_at(piece, at..end, origin);
                    end
                }
                Class::Space | Class::Break => {
                    self.white(c, at..end, origin);
                    end
                }
                class => {
                    self.remove(class, origin.of(at..end));
                    end
                }
            };
        }
    }

    /// Ends the block. Gives its canonical text and the decoded text that came from, or nothing
    /// if it has no text.
    pub fn end(&mut self) -> Option<(Span, Span)> {
        let block = std::mem::take(&mut self.block);
        let seen = block.seen.filter(|_| block.has_text);
        match seen {
            Some(_) => {
                let end = self.text.trim_end_matches('\n').len();
                self.cut(end);
            }
            None => self.cut(block.before),
        }
        seen.map(|seen| (Span::new(block.start, self.text.len()), seen))
    }

    fn cut(&mut self, len: usize) {
        if len < self.text.len() {
            self.text.truncate(len);
            self.map.truncate(len);
        }
    }

    /// White space in the piece.
    fn white(&mut self, c: char, range: Range<usize>, origin: &Origin) {
        if self.block.code {
            return self.white_in_code(c, range, origin);
        }
        let in_step = c.is_ascii() && matches!(origin, Origin::Verbatim(_));
        let breaks_line = class::class(c) == Class::Break;
        let from = origin.of(range);
        match &mut self.block.gap {
            Some(gap) => {
                gap.origin.end = from.end.max(gap.origin.end);
                gap.breaks_line |= breaks_line;
            }
            None => {
                self.block.gap = Some(Gap {
                    origin: from,
                    in_step,
                    breaks_line,
                });
            }
        }
    }

    fn white_in_code(&mut self, c: char, range: Range<usize>, origin: &Origin) {
        let newline = matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let second_half = c == '\n' && self.block.after_return;
        self.block.after_return = c == '\r';
        let from = origin.of(range.clone());
        if second_half {
        } else if !newline {
            // U+2000 and U+2001 change under NFC.
            let mut buffer = [0; 4];
            let text = &*c.encode_utf8(&mut buffer);
            match compose::composed(text) {
                Some(composed) => self.append(&composed, &Origin::Replaced(from)),
                None => self.append(text, &shifted(origin, range.start)),
            }
        } else if c.is_ascii() {
            self.append("\n", &shifted(origin, range.start));
        } else {
            self.append("\n", &Origin::Replaced(from));
        }
    }

    /// A character that shows no text: goes, and is noted.
    fn remove(&mut self, class: Class, origin: Range<usize>) {
        match class {
            Class::Invisible => self.tally.invisible = self.tally.invisible.saturating_add(1),
            Class::Bidi => self.tally.bidi = self.tally.bidi.saturating_add(1),
            Class::Nul => self.note(DamageKind::Nul, origin),
            Class::Control => self.note(DamageKind::Control, origin),
            _ => {}
        }
    }

    /// Notes damage, in one entry with what is next to it.
    fn note(&mut self, kind: DamageKind, origin: Range<usize>) {
        let span = Span::from(origin);
        if let Some(last) = self.damage.last_mut()
            && last.kind == kind
            && last.span.start() <= span.start()
            && span.start() <= last.span.end()
        {
            last.span = last.span.union(span);
            return;
        }
        self.damage.push(Damage {
            kind,
            span,
            line: 0,
            repair: String::new(),
        });
    }

    /// Visible text that stays as it is.
    fn plain(&mut self, text: &str, origin: &Origin) {
        if self.block.gap.is_some()
            && let Some(first) = text.chars().next()
        {
            self.close_gap(first);
        }
        self.visible(origin.of(0..text.len()));
        self.append(text, origin);
    }

    /// Notes that there is visible text, and where it came from.
    fn visible(&mut self, from: Range<usize>) {
        let from = Span::from(from);
        self.block.after_return = false;
        self.block.has_text = true;
        self.block.seen = Some(self.block.seen.map_or(from, |seen| seen.union(from)));
    }

    /// Visible text: a character and what joins it.
    fn text_at(&mut self, piece: &str, range: Range<usize>, origin: &Origin) {
        let text = &piece[range.clone()];
        let Some(first) = text.chars().next() else {
            return;
        };
        let from = Span::from(origin.of(range.clone()));
        self.close_gap(first);
        self.visible(from.range());
        for (at, _) in text.match_indices('\u{fffd}') {
            let at = range.start + at;
            self.note(DamageKind::Replacement, origin.of(at..at + 3));
        }
        let recalled = if compose::joins(first) {
            self.recall()
        } else {
            self.text.len()
        };
        let mut whole = self.text[recalled..].to_owned();
        whole.push_str(text);
        match compose::composed(&whole) {
            None => self.append(text, &shifted(origin, range.start)),
            Some(composed) => {
                let before = self.map.decoded(Span::new(recalled, self.text.len()));
                let all = if before.is_empty() {
                    from
                } else {
                    before.union(from)
                };
                self.cut(recalled);
                self.append(&composed, &Origin::Replaced(all.range()));
            }
        }
    }

    /// Where the text begins that the next piece may compose with.
    fn recall(&self) -> usize {
        let block = &self.text[self.block.start..];
        let mut from = self.text.len();
        for (at, c) in block.char_indices().rev() {
            let at = self.block.start + at;
            if self.text.len() - at > RECALL {
                return self.text.len();
            }
            from = at;
            if !compose::joins(c) {
                break;
            }
        }
        from
    }

    /// Writes the gap, if there is one, before the visible character `next`.
    fn close_gap(&mut self, next: char) {
        let Some(gap) = self.block.gap.take() else {
            return;
        };
        if !self.block.has_text {
            return;
        }
        if gap.breaks_line && class::joins_lines(&self.text[self.block.start..], next) {
            return;
        }
        let origin = match gap.in_step {
            true => Origin::Verbatim(gap.origin.start),
            false => Origin::Replaced(gap.origin),
        };
        self.append(" ", &origin);
    }

    /// Writes text and notes where it came from.
    fn append(&mut self, text: &str, origin: &Origin) {
        let separator = usize::from(self.text.len() == self.block.before && self.block.before > 0);
        if self.text.len() + separator + text.len() > u32::MAX as usize {
            self.overflow = true;
            return;
        }
        if separator > 0 {
            self.map.push_separator(self.text.len());
            self.text.push('\n');
            self.block.start = self.text.len();
        }
        let at = self.text.len();
        match origin {
            Origin::Verbatim(from) => self.map.push_verbatim(at, *from),
            Origin::Replaced(from) => self.map.push_replaced(at, from.clone().into()),
        }
        self.text.push_str(text);
    }
}

/// The origin of a piece's text from `at` on.
fn shifted(origin: &Origin, at: usize) -> Origin {
    match origin {
        Origin::Verbatim(from) => Origin::Verbatim(from + at),
        replaced => replaced.clone(),
    }
}

/// Where the characters end that join the one before `from`.
fn cluster_end(piece: &str, from: usize) -> usize {
    piece[from..]
        .find(|c| class::class(c) != Class::Text || !compose::joins(c))
        .map_or(piece.len(), |at| from + at)
}
