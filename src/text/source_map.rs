//! The way back: canonical text -> decoded text -> source bytes -> lines.

use std::ops::Range;

use super::Span;
use super::search::partition_point_from;

/// Maps canonical text to the decoded text it came from.
///
/// A list of pieces; within a *verbatim* piece offsets advance in step, a *replaced* piece (an
/// entity, a composed character) maps as a whole. A piece ends where the next one begins.
#[derive(Clone, Debug, Default)]
pub struct TextMap {
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    text: u32,
    decoded: u32,
    /// Length of the decoded text the piece came from; `VERBATIM` if it is the same text.
    decoded_len: u32,
}

const VERBATIM: u32 = u32::MAX;

impl TextMap {
    /// With room for `pieces` pieces.
    pub fn with_capacity(pieces: usize) -> Self {
        let pieces = Vec::with_capacity(pieces);
        Self { pieces }
    }

    /// Notes that canonical text from `text` on is the decoded text from `decoded` on.
    /// Calls must come with ascending `text`.
    pub fn push_verbatim(&mut self, text: usize, decoded: usize) {
        if let Some(last) = self.pieces.last()
            && last.decoded_len == VERBATIM
            && decoded.wrapping_sub(last.decoded as usize) == text - last.text as usize
        {
            return;
        }
        self.push(text, decoded, VERBATIM);
    }

    /// Notes that canonical text from `text` on stands for the decoded bytes `decoded`.
    pub fn push_replaced(&mut self, text: usize, decoded: Span) {
        let (start, len) = (decoded.start(), decoded.len() as u32);
        // More of what stands for the same text is no piece of its own.
        let goes_on = |last: &Piece| last.decoded as usize == start && last.decoded_len == len;
        if !self.pieces.last().is_some_and(goes_on) {
            self.push(text, start, len);
        }
    }

    /// Notes that canonical text from `text` on stands for nothing: it maps to where the text
    /// before it ends.
    pub fn push_separator(&mut self, text: usize) {
        let end = self.pieces.last().map_or(0, |last| last.decoded_end(text));
        self.push(text, end, 0);
    }

    fn push(&mut self, text: usize, decoded: usize, decoded_len: u32) {
        if self
            .pieces
            .last()
            .is_some_and(|last| last.text as usize == text)
        {
            self.pieces.pop();
        }
        self.pieces.push(Piece {
            text: text as u32,
            decoded: decoded as u32,
            decoded_len,
        });
    }

    /// How much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        size_of_val(&self.pieces[..])
    }

    /// The decoded text that a range of canonical text came from.
    pub fn decoded(&self, text: Span) -> Span {
        let is_before = |piece: &Piece| piece.text as usize <= text.start();
        self.decoded_from(text, &mut self.pieces.partition_point(is_before))
    }

    /// The same, looked for near the piece with the number `near`, which becomes that of the piece
    /// where the range ends.
    pub(crate) fn decoded_from(&self, text: Span, near: &mut usize) -> Span {
        let is_before = |piece: &Piece| piece.text as usize <= text.start();
        let after = partition_point_from(&self.pieces, *near, is_before);
        *near = after;
        let start = self.decoded_start(text.start(), after);
        if text.is_empty() {
            return Span::at(start);
        }
        let is_before = |piece: &Piece| (piece.text as usize) < text.end();
        let after = partition_point_from(&self.pieces, after, is_before);
        *near = after;
        let last = after.checked_sub(1).map(|at| self.pieces[at]);
        Span::new(start, last.map_or(0, |last| last.decoded_end(text.end())))
    }

    /// The pieces of a range of canonical text, in order: the text of each, the decoded text it
    /// came from, and whether both are the same text.
    pub fn pieces(&self, text: Span) -> impl Iterator<Item = (Span, Span, bool)> {
        let after = self
            .pieces
            .partition_point(|piece| piece.text as usize <= text.start());
        let pieces = self.pieces.get(after.saturating_sub(1)..).unwrap_or(&[]);
        let nexts = pieces.iter().skip(1).map(|next| next.text as usize);
        pieces
            .iter()
            .zip(nexts.chain([usize::MAX]))
            .map(move |(piece, next)| {
                let start = text.start().max(piece.text as usize);
                Span::new(start, text.end().min(next))
            })
            .zip(pieces)
            .take_while(|(text, _)| !text.is_empty())
            .map(|(text, piece)| (text, self.decoded(text), piece.decoded_len == VERBATIM))
    }

    /// Makes room for one byte of canonical text at each of `at`, ascending offsets into the text
    /// as it is: what was noted from there on moves on. The new bytes came from nothing.
    pub fn insert(&mut self, at: &[usize]) {
        if at.is_empty() {
            return;
        }
        let old = std::mem::take(&mut self.pieces);
        self.pieces.reserve(old.len() + 2 * at.len());
        let mut done = 0;
        for (index, piece) in old.iter().enumerate() {
            let (start, decoded) = (piece.text as usize, piece.decoded as usize);
            let end = old
                .get(index + 1)
                .map_or(usize::MAX, |next| next.text as usize);
            if at.get(done) == Some(&start) {
                self.push(start + done, decoded, 0);
                done += 1;
            }
            self.push(start + done, decoded, piece.decoded_len);
            while let Some(at) = at.get(done).filter(|at| **at < end) {
                let (before, after) = match piece.decoded_len {
                    VERBATIM => (decoded + (at - start), decoded + (at - start)),
                    len => (decoded + len as usize, decoded),
                };
                self.push(at + done, before, 0);
                done += 1;
                self.push(at + done, after, piece.decoded_len);
            }
        }
    }

    /// Drops what was noted for canonical text from `text` on.
    pub fn truncate(&mut self, text: usize) {
        let keep = self
            .pieces
            .partition_point(|piece| (piece.text as usize) < text);
        self.pieces.truncate(keep);
    }

    /// Gives back unused memory.
    pub fn shrink(&mut self) {
        self.pieces.shrink_to_fit();
    }

    /// `after` is the first piece behind `text`.
    fn decoded_start(&self, text: usize, after: usize) -> usize {
        let Some(piece) = after.checked_sub(1).map(|at| self.pieces[at]) else {
            return 0;
        };
        match piece.decoded_len {
            VERBATIM => piece.decoded as usize + (text - piece.text as usize),
            _ => piece.decoded as usize,
        }
    }
}

impl Piece {
    /// Where the decoded text ends of what the piece gives up to `text`.
    fn decoded_end(&self, text: usize) -> usize {
        match self.decoded_len {
            VERBATIM => self.decoded as usize + (text - self.text as usize),
            len => self.decoded as usize + len as usize,
        }
    }
}

/// Maps decoded text (UTF-8) to source bytes. Empty for UTF-8 sources without damage, whose
/// decoded text is the source itself, but for a byte order mark.
#[derive(Clone, Debug, Default)]
pub struct DecodeMap {
    offset: u32,
    runs: Vec<Run>,
}

/// Characters that all take `decoded_unit` bytes decoded and `source_unit` bytes in the source.
/// A run ends where the next begins.
#[derive(Clone, Copy, Debug)]
struct Run {
    decoded: u32,
    source: u32,
    decoded_unit: u8,
    source_unit: u8,
}

impl DecodeMap {
    /// The map of a source whose decoded text is its bytes from `offset` on.
    pub fn identity(offset: usize) -> Self {
        Self {
            offset: offset as u32,
            runs: Vec::new(),
        }
    }

    /// Notes that the characters from `decoded` on each have `decoded_len` bytes, and that each
    /// came from `source_len` bytes, the first of them from those at `source`. Calls must come in
    /// order and without gaps, and a map that is built so must be told of every character; a call
    /// with the offset of the one before replaces it. Lengths above 255 are clamped.
    ///
    /// Text that is the same bytes in the source may be noted as characters of one byte.
    #[inline]
    pub fn push(&mut self, decoded: usize, source: usize, decoded_len: usize, source_len: usize) {
        let unit = |len: usize| u8::try_from(len).unwrap_or(u8::MAX);
        let (decoded_unit, source_unit) = (unit(decoded_len), unit(source_len));
        if let Some(last) = self.runs.last() {
            if last.decoded as usize == decoded {
                self.runs.pop();
            } else if (last.decoded_unit, last.source_unit) == (decoded_unit, source_unit) {
                debug_assert_eq!(last.source_of(decoded), source);
                return;
            }
        }
        self.runs.push(Run {
            decoded: decoded as u32,
            source: source as u32,
            decoded_unit,
            source_unit,
        });
    }

    /// Notes that text from `decoded` on is that which `other` maps from `range` on, up to its
    /// end. The rules of [`push`](Self::push) hold. The range ends at character boundaries.
    pub fn push_from(&mut self, decoded: usize, other: &Self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if other.runs.is_empty() {
            self.push(decoded, other.source_start(range.start), 1, 1);
            return;
        }
        let first = other
            .runs
            .partition_point(|run| run.decoded as usize <= range.start)
            .saturating_sub(1);
        for run in &other.runs[first..] {
            if run.decoded as usize >= range.end {
                break;
            }
            let start = range.start.max(run.decoded as usize);
            let (decoded_len, source_len) = (run.decoded_unit.into(), run.source_unit.into());
            self.push(
                decoded + (start - range.start),
                run.source_of(start),
                decoded_len,
                source_len,
            );
        }
    }

    /// The source byte where the character at decoded offset `decoded` starts.
    pub fn source_start(&self, decoded: usize) -> usize {
        let after = self
            .runs
            .partition_point(|run| run.decoded as usize <= decoded);
        match after.checked_sub(1) {
            Some(at) => self.runs[at].source_of(decoded),
            None => decoded + self.offset as usize,
        }
    }

    /// The source byte where the character before decoded offset `decoded` ends.
    pub fn source_end(&self, decoded: usize) -> usize {
        let after = self
            .runs
            .partition_point(|run| (run.decoded as usize) < decoded);
        match after.checked_sub(1) {
            Some(at) => self.runs[at].source_of(decoded),
            None => decoded + self.offset as usize,
        }
    }

    /// Whether decoded offsets are source offsets.
    pub fn is_identity(&self) -> bool {
        self.offset == 0 && self.runs.is_empty()
    }
}

impl Run {
    fn source_of(&self, decoded: usize) -> usize {
        let characters = (decoded - self.decoded as usize) / self.decoded_unit.max(1) as usize;
        self.source as usize + characters * self.source_unit as usize
    }
}

/// Where the lines of a source begin. A line ends with LF, CR LF, or a CR alone.
#[derive(Clone, Debug, Default)]
pub struct LineTable {
    /// Offsets of the second and later lines.
    starts: Vec<u32>,
}

impl LineTable {
    /// From the offsets at which the second and later lines begin, ascending.
    pub fn new(starts: Vec<u32>) -> Self {
        Self { starts }
    }

    /// The line, from 1, that the source byte at `offset` is on.
    pub fn line(&self, offset: usize) -> u32 {
        self.starts
            .partition_point(|start| *start as usize <= offset) as u32
            + 1
    }

    /// The lines of the source bytes at two offsets, the second not before the first.
    pub fn lines(&self, first: usize, last: usize) -> (u32, u32) {
        self.lines_from(first, last, &mut self.line(first))
    }

    /// The same, looked for near the line `near`, which becomes the last of them.
    pub(crate) fn lines_from(&self, first: usize, last: usize, near: &mut u32) -> (u32, u32) {
        let line = |offset: usize, near: usize| {
            let is_before = |start: &u32| *start as usize <= offset;
            partition_point_from(&self.starts, near, is_before)
        };
        let first = line(first, *near as usize);
        let last = line(last, first);
        *near = last as u32;
        (first as u32 + 1, last as u32 + 1)
    }

    /// The source byte at which `line`, from 1, begins; that of the last line if there are fewer.
    pub fn start(&self, line: u32) -> usize {
        match (line as usize).checked_sub(2) {
            None => 0,
            Some(at) => {
                let at = at.min(self.starts.len().wrapping_sub(1));
                self.starts.get(at).map_or(0, |start| *start as usize)
            }
        }
    }

    /// How many lines there are, at least 1.
    pub fn len(&self) -> usize {
        self.starts.len() + 1
    }

    /// Never: an empty source has one line.
    pub fn is_empty(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbatim_and_replaced_pieces_map_back() {
        // decoded "a &amp; b", canonical "a & b"
        let mut map = TextMap::default();
        map.push_verbatim(0, 0);
        map.push_replaced(2, Span::new(2, 7));
        map.push_verbatim(3, 7);
        assert_eq!(map.decoded(Span::new(0, 1)), Span::new(0, 1));
        assert_eq!(map.decoded(Span::new(2, 3)), Span::new(2, 7));
        assert_eq!(map.decoded(Span::new(0, 5)), Span::new(0, 9));
        assert_eq!(map.decoded(Span::new(4, 5)), Span::new(8, 9));
    }

    #[test]
    fn room_is_made_within_and_between_pieces() {
        // decoded "ab&amp;c", canonical "ab&c", then "a\nb\n&\nc"
        let mut map = TextMap::default();
        map.push_verbatim(0, 0);
        map.push_replaced(2, Span::new(2, 7));
        map.push_verbatim(3, 7);
        map.insert(&[1, 2, 3]);
        let decoded = |at| map.decoded(Span::new(at, at + 1));
        assert_eq!(decoded(0), Span::new(0, 1));
        assert_eq!(decoded(1), Span::at(1));
        assert_eq!(decoded(2), Span::new(1, 2));
        assert_eq!(decoded(3), Span::at(2));
        assert_eq!(decoded(4), Span::new(2, 7));
        assert_eq!(decoded(5), Span::at(7));
        assert_eq!(decoded(6), Span::new(7, 8));
    }

    #[test]
    fn pieces_are_cut_to_the_range() {
        let mut map = TextMap::default();
        map.push_verbatim(0, 10);
        map.push_replaced(4, Span::new(14, 19));
        map.push_verbatim(5, 19);
        let pieces: Vec<_> = map.pieces(Span::new(2, 7)).collect();
        assert_eq!(
            pieces,
            [
                (Span::new(2, 4), Span::new(12, 14), true),
                (Span::new(4, 5), Span::new(14, 19), false),
                (Span::new(5, 7), Span::new(19, 21), true),
            ]
        );
        assert_eq!(map.pieces(Span::at(3)).count(), 0);
        assert_eq!(TextMap::default().pieces(Span::new(0, 5)).count(), 0);
    }

    #[test]
    fn a_separator_maps_to_the_end_before_it() {
        // decoded "ab<br>中", canonical "ab\n中"
        let mut map = TextMap::default();
        map.push_verbatim(0, 0);
        map.push_separator(2);
        map.push_verbatim(3, 6);
        assert_eq!(map.decoded(Span::new(2, 3)), Span::at(2));
        assert_eq!(map.decoded(Span::at(2)), Span::at(2));
        assert_eq!(map.decoded(Span::new(1, 6)), Span::new(1, 9));
    }

    #[test]
    fn decode_map_counts_units() {
        // GBK "a中文b": 1 + 2 + 2 + 1 source bytes, 1 + 3 + 3 + 1 decoded.
        let mut map = DecodeMap::default();
        map.push(0, 0, 1, 1);
        map.push(1, 1, 3, 2);
        map.push(4, 3, 3, 2);
        map.push(7, 5, 1, 1);
        assert_eq!(map.source_start(4), 3);
        assert_eq!(map.source_end(7), 5);
        assert_eq!(map.source_end(8), 6);
    }

    #[test]
    fn lines_are_counted_from_one() {
        let table = LineTable::new(vec![4, 9]);
        assert_eq!(
            [0, 3, 4, 8, 9, 99].map(|at| table.line(at)),
            [1, 1, 2, 2, 3, 3]
        );
        assert_eq!([1, 2, 3, 7].map(|line| table.start(line)), [0, 4, 9, 9]);
    }
}
