//! Canonical text as it is written.

use std::ops::Range;

use super::class::{self, Class};
use super::compose;
use super::noted::Noted;
use super::origin::Origin;
use crate::text::fold::{self, MatchText};
use crate::text::{Span, TextMap};

/// Writes the canonical text of blocks into one string, a newline between two blocks, and their
/// match text along with it.
///
/// What is written is NFC of all that was put, also across pieces: a character that may compose
/// with what stands before it takes that back, as far as [`RECALL`], and is composed with it.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    /// All canonical text so far.
    pub text: String,
    /// The way from there to the decoded text.
    pub map: TextMap,
    /// What does not show.
    pub noted: Noted,
    /// Whether text was left out because offsets could not count it.
    pub overflow: bool,
    /// All match text so far, up to that of the canonical text before `folded`. What most text is
    /// made of is folded when it is written, so that it is read once; the rest when text that is
    /// follows, or the block ends.
    pub matched: MatchText,
    folded: usize,
    block: Block,
    /// Memory for the text that is composed at a time.
    cluster: String,
}

/// The block that is being written.
#[derive(Debug, Default)]
struct Block {
    /// Whether it keeps its lines.
    code: bool,
    /// Whether it has text that is no white space.
    has_text: bool,
    /// Whether the last character was a CR, to which a LF belongs.
    after_return: bool,
    /// White space that is not written yet; never of a block that keeps its lines.
    gap: Option<Gap>,
    /// Length of the text before the block, without the newline between.
    before: usize,
    /// Where its text starts.
    start: usize,
    /// Where its match text starts.
    matched: usize,
    /// The decoded text that its visible text came from.
    seen: Option<Span>,
}

/// The texts of a block that was written.
#[derive(Debug)]
pub(crate) struct Written {
    /// Its canonical text.
    pub text: Span,
    /// Its match text.
    pub matched: Span,
    /// The decoded text that its visible text came from.
    pub seen: Span,
}

/// White space between two visible characters.
#[derive(Debug)]
struct Gap {
    origin: Range<usize>,
    /// Whether its first byte is a character of the decoded text, for which a space can stand.
    in_step: bool,
    breaks_line: bool,
}

/// How many bytes of text have one piece of its map or more, as a rule.
const PIECE: usize = 96;

/// How many bytes before a piece are taken back at most, to be composed with it. A base with
/// more than that many bytes of combining marks, broken over pieces, is composed in part only.
const RECALL: usize = 128;

impl Writer {
    /// A writer with room for `len` bytes of text.
    pub fn with_capacity(len: usize) -> Self {
        Self {
            text: String::with_capacity(len),
            matched: MatchText::with_capacity(len),
            map: TextMap::with_capacity(len / PIECE),
            ..Self::default()
        }
    }

    /// Begins a block.
    pub fn begin(&mut self, code: bool) {
        self.block = Block {
            code,
            before: self.text.len(),
            start: self.text.len(),
            matched: self.matched.begin(),
            ..Block::default()
        };
        self.folded = self.text.len();
    }

    /// Whether the block has text so far other than white space.
    pub fn has_text(&self) -> bool {
        self.block.has_text
    }

    /// Adds `text[range]` to the block; what is around it is not looked at.
    pub fn put(&mut self, text: &str, range: Range<usize>, origin: &Origin) {
        let Range { start: mut at, end } = range;
        while at < end {
            let mut start = at;
            if text.as_bytes().get(at).is_some_and(|first| *first <= b' ') {
                let breaks_line;
                (start, breaks_line) = fold::white_end(text.as_bytes(), at..end);
                if start > at {
                    self.white(text, at..start, breaks_line, origin);
                }
                if start == end {
                    break;
                }
            }
            at = self.plain(text, start..end, origin);
            at = match at == start {
                true => self.cluster(text, start..end, origin),
                false => self.lines(text, at..end, origin),
            };
        }
    }

    /// Ends the block. Gives its texts, or nothing if it has no visible text.
    pub fn end(&mut self) -> Option<Written> {
        // What is put until the next block begins is only noted.
        let code = std::mem::take(&mut self.block.code);
        self.block.has_text = false;
        self.block.gap = None;
        let Some(seen) = self.block.seen.take() else {
            self.cut(self.block.before);
            return None;
        };
        if code {
            self.cut(self.text.trim_end_matches('\n').len());
        }
        self.catch_up();
        let matched = self.matched.end(code);
        self.overflow |= matched > u32::MAX as usize;
        Some(Written {
            text: Span::new(self.block.start, self.text.len()),
            matched: Span::new(self.block.matched, matched),
            seen,
        })
    }

    /// Text that stays as it is, and begins with a visible character. Gives where it ends.
    #[inline]
    fn plain(&mut self, text: &str, range: Range<usize>, origin: &Origin) -> usize {
        let start = range.start;
        let mut end = self.run(text.as_bytes(), range);
        let is_folded = end > start;
        if !is_folded {
            end += compose::PLAIN.plain_len(text.as_bytes(), start);
            if end == start {
                return end;
            }
        }
        let run = &text[start..end];
        if let Some(gap) = self.block.gap.take() {
            self.close(gap, run);
        }
        self.visible(origin.of(start..end));
        self.append(run, start, origin);
        if is_folded {
            self.folded = self.text.len();
        }
        end
    }

    /// The end of the run of text that stays as it is and is folded as it is written.
    #[inline]
    fn run(&mut self, text: &[u8], range: Range<usize>) -> usize {
        if self.folded < self.text.len() {
            if !MatchText::begins_run(text, range.start) {
                return range.start;
            }
            self.catch_up();
        }
        self.matched.run(text, range)
    }

    /// Folds what was written and not yet folded: the character after it, if any, does not join it.
    #[inline]
    fn catch_up(&mut self) {
        if self.folded < self.text.len() {
            let block = &self.text[self.block.start..];
            self.matched.fold(block, self.folded - self.block.start);
            self.folded = self.text.len();
        }
    }

    /// Lines of plain text after a piece of it that ends where `range` begins, each break a single
    /// newline between ASCII characters: what most line breaks are, at less expense than a gap.
    /// Gives where they end.
    #[inline]
    fn lines(&mut self, text: &str, range: Range<usize>, origin: &Origin) -> usize {
        let Range { start: mut at, end } = range;
        let bytes = text.as_bytes();
        while at + 1 < end
            && bytes[at] == b'\n'
            && !self.block.code
            && let [0x21..=0x7e, b'\n', 0x21..=0x7e] = bytes[at - 1..at + 2]
        {
            let start = at + 1;
            at = self.run(bytes, start..end);
            self.visible(origin.of(start..at));
            // In step with what was written before, so the map needs no new piece.
            self.extend(" ");
            self.extend(&text[start..at]);
            self.folded = self.text.len();
        }
        at
    }

    /// Notes that there is visible text, and where it came from.
    #[inline]
    fn visible(&mut self, from: Range<usize>) {
        let from = Span::from(from);
        self.block.after_return = false;
        self.block.has_text = true;
        self.block.seen = Some(self.block.seen.map_or(from, |seen| seen.union(from)));
    }

    /// A run of ASCII white space.
    fn white(&mut self, text: &str, range: Range<usize>, breaks_line: bool, origin: &Origin) {
        if !self.block.code {
            let in_step = matches!(origin, Origin::Verbatim);
            return self.widen_gap(origin.of(range), in_step, breaks_line);
        }
        let run = &text[range.clone()];
        if !self.block.after_return && !run.contains('\r') {
            return self.append_white(run, range.start, origin);
        }
        for (at, c) in run.char_indices() {
            let at = range.start + at;
            self.white_in_code(c, at..at + 1, origin);
        }
    }

    fn widen_gap(&mut self, origin: Range<usize>, in_step: bool, breaks_line: bool) {
        match &mut self.block.gap {
            Some(gap) => {
                gap.origin.end = gap.origin.end.max(origin.end);
                gap.breaks_line |= breaks_line;
            }
            None if self.block.has_text => {
                self.block.gap = Some(Gap {
                    origin,
                    in_step,
                    breaks_line,
                });
            }
            // White space before all text.
            None => {}
        }
    }

    /// A character of white space where it counts.
    fn white_in_code(&mut self, c: char, range: Range<usize>, origin: &Origin) {
        let second_half = c == '\n' && self.block.after_return;
        self.block.after_return = c == '\r';
        if second_half {
            return;
        }
        let at = range.start;
        let whole = Origin::Replaced(origin.of(range));
        let mut buffer = [0; 4];
        let text = c.encode_utf8(&mut buffer);
        match c {
            '\r' => self.append_white("\n", at, origin),
            '\u{85}' | '\u{2028}' | '\u{2029}' => self.append_white("\n", at, &whole),
            // U+2000 and U+2001 change under NFC.
            _ => match compose::composed(text) {
                Some(composed) => self.append_white(&composed, at, &whole),
                None => self.append_white(text, at, origin),
            },
        }
    }

    /// Writes the gap before the visible text `next`.
    fn close(&mut self, gap: Gap, next: &str) {
        if gap.breaks_line && class::joins_lines(&self.text[self.block.start..], next) {
            return;
        }
        let at = gap.origin.start;
        match gap.in_step {
            true => self.append_white(" ", at, &Origin::Verbatim),
            false => self.append_white(" ", at, &Origin::Replaced(gap.origin)),
        }
    }

    /// The character that `text[range]` begins with and what joins it; gives where that ends.
    fn cluster(&mut self, text: &str, range: Range<usize>, origin: &Origin) -> usize {
        let at = range.start;
        let piece = &text[..range.end];
        let Some(first) = piece[at..].chars().next() else {
            return range.end;
        };
        let end = at + first.len_utf8();
        let class = class::class(first);
        self.noted.note(class, origin.of(at..end));
        match class {
            Class::Text | Class::Replacement => {
                let end = compose::cluster_end(piece, end);
                self.compose(&piece[at..end], at, origin);
                return end;
            }
            Class::Space | Class::Break if self.block.code => {
                self.white_in_code(first, at..end, origin);
            }
            Class::Space | Class::Break => {
                self.widen_gap(origin.of(at..end), false, class == Class::Break);
            }
            Class::Invisible | Class::Bidi | Class::Nul | Class::Control => {}
        }
        end
    }

    /// A visible cluster that may compose, within or with what was written before it.
    fn compose(&mut self, cluster: &str, at: usize, origin: &Origin) {
        if let Some(gap) = self.block.gap.take() {
            self.close(gap, cluster);
        }
        let from = origin.of(at..at + cluster.len());
        self.visible(from.clone());
        let recalled = match cluster.chars().next() {
            Some(first) if compose::joins(first) => self.recall(),
            _ => self.text.len(),
        };
        self.cluster.clear();
        self.cluster.push_str(&self.text[recalled..]);
        self.cluster.push_str(cluster);
        let Some(composed) = compose::composed(&self.cluster) else {
            return self.append(cluster, at, origin);
        };
        let mut from = Span::from(from);
        if recalled < self.text.len() {
            let before = Span::new(recalled, self.text.len());
            from = from.union(self.map.decoded(before));
            self.cut(recalled);
        }
        self.append(&composed, at, &Origin::Replaced(from.range()));
    }

    /// Where the text begins that the next character may compose with.
    fn recall(&self) -> usize {
        let end = self.text.len();
        let mut from = end;
        for (at, c) in self.text[self.block.start..].char_indices().rev() {
            let at = self.block.start + at;
            if end - at > RECALL {
                return end;
            }
            from = at;
            if !compose::joins(c) {
                break;
            }
        }
        from
    }

    /// Writes text, which stands at `from` where it comes from.
    #[inline]
    fn append(&mut self, text: &str, from: usize, origin: &Origin) {
        if self.text.len() == self.block.before {
            self.separate();
        }
        let at = self.text.len();
        self.extend(text);
        if !self.overflow {
            origin.push(&mut self.map, at, from);
        }
    }

    /// The same of white space, which match text does not have.
    #[inline]
    fn append_white(&mut self, text: &str, from: usize, origin: &Origin) {
        let in_step = self.folded == self.text.len();
        self.append(text, from, origin);
        if in_step {
            self.folded = self.text.len();
        }
    }

    /// Writes text that the last piece of the map leads back from.
    #[inline]
    fn extend(&mut self, text: &str) {
        self.overflow |= self.text.len() + text.len() > u32::MAX as usize;
        if !self.overflow {
            self.text.push_str(text);
        }
    }

    /// Writes the newline between the block and the one before it.
    fn separate(&mut self) {
        if self.block.before > 0 {
            self.map.push_separator(self.block.before);
            self.text.push('\n');
            self.block.start = self.text.len();
            self.folded = self.text.len();
        }
    }

    /// Takes back what was written after the first `len` bytes.
    fn cut(&mut self, len: usize) {
        if len < self.text.len() {
            if len < self.folded {
                self.matched.take_back(&self.text[len..self.folded]);
                self.folded = len;
            }
            self.text.truncate(len);
            self.map.truncate(len);
        }
    }
}
