//! The text that a merge makes, and where each byte of it came from.

use std::ops::Range;

use crate::text::Span;

/// Why a piece of the output stands where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The bytes of the base.
    Base,
    /// The bytes of another witness, as they are.
    Graft,
    /// What another witness says, in the markup, encoding or line endings of the base.
    Converted,
    /// Parts a graft from what stands around it.
    Separator,
    /// Marks a reading that stands beside another one.
    Mark,
    /// A number of comments, or a counter, brought up to date.
    Count,
    /// Bytes of a witness that gave way to another piece. It has no length in the output.
    Replaced,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Base,
        Self::Graft,
        Self::Converted,
        Self::Separator,
        Self::Mark,
        Self::Count,
        Self::Replaced,
    ];

    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Graft => "graft",
            Self::Converted => "converted",
            Self::Separator => "separator",
            Self::Mark => "mark",
            Self::Count => "count",
            Self::Replaced => "replaced",
        }
    }

    /// Whether the bytes are those of the span that the piece names.
    pub fn is_verbatim(self) -> bool {
        matches!(self, Self::Base | Self::Graft)
    }
}

/// Bytes that stand together in the output and came from one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// How many bytes of the output it is.
    pub len: usize,
    /// Why it stands there.
    pub rule: Rule,
    /// Which witness it came from, by its place in the merge, and the bytes of its source; `None`
    /// if no witness says it.
    pub from: Option<(usize, Span)>,
}

/// Something new to stand in a text.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub bytes: Vec<u8>,
    pub rule: Rule,
    pub from: Option<(usize, Span)>,
}

/// What is to stand in place of a range of a text. An insertion has an empty range.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub at: Range<usize>,
    pub chunks: Vec<Chunk>,
}

/// A text in pieces, which follow one another without a gap.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub bytes: Vec<u8>,
    pub pieces: Vec<Piece>,
}

impl Text {
    /// The base, whole.
    pub fn base(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.to_vec(),
            pieces: vec![Piece {
                len: bytes.len(),
                rule: Rule::Base,
                from: Some((0, Span::new(0, bytes.len()))),
            }],
        }
    }

    /// The text with `changes` made, all of which speak of it as it is. `None` if two of them meet,
    /// or if one lies outside.
    pub fn with(&self, changes: &[&Change]) -> Option<Self> {
        let mut order: Vec<&Change> = changes.to_vec();
        order.sort_by_key(|change| (change.at.start, change.at.end));
        let mut new = Self {
            bytes: Vec::with_capacity(self.bytes.len() + 1024),
            pieces: Vec::with_capacity(self.pieces.len() + 2 * order.len()),
        };
        let mut cursor = Cursor {
            text: self,
            piece: 0,
            into: 0,
            at: 0,
        };
        for change in order {
            if change.at.start < cursor.at || change.at.end > self.bytes.len() {
                return None;
            }
            cursor.copy(change.at.start, &mut new);
            for chunk in &change.chunks {
                new.bytes.extend_from_slice(&chunk.bytes);
                new.push(Piece {
                    len: chunk.bytes.len(),
                    rule: chunk.rule,
                    from: chunk.from,
                });
            }
            cursor.replace(change.at.end, &mut new);
        }
        cursor.copy(self.bytes.len(), &mut new);
        Some(new)
    }

    /// The witness that `at` came from.
    pub fn witness_at(&self, at: usize) -> usize {
        let mut end = 0;
        let piece = self.pieces.iter().find(|piece| {
            end += piece.len;
            at < end
        });
        piece.and_then(|piece| piece.from).map_or(0, |from| from.0)
    }

    fn push(&mut self, piece: Piece) {
        if piece.len == 0 && piece.rule != Rule::Replaced {
            return;
        }
        if let (Some(last), Some((witness, span))) = (self.pieces.last_mut(), piece.from)
            && last.rule == piece.rule
            && piece.rule.is_verbatim()
            && last
                .from
                .is_some_and(|from| from.0 == witness && from.1.end() == span.start())
        {
            last.len += piece.len;
            last.from = last.from.map(|from| (witness, from.1.union(span)));
            return;
        }
        self.pieces.push(piece);
    }
}

/// A way through a text, piece by piece.
struct Cursor<'t> {
    text: &'t Text,
    /// The piece it is in, and how far.
    piece: usize,
    into: usize,
    /// The byte that it is at.
    at: usize,
}

impl Cursor<'_> {
    /// Copies up to `end`.
    fn copy(&mut self, end: usize, new: &mut Text) {
        new.bytes.extend_from_slice(&self.text.bytes[self.at..end]);
        self.walk(end, |piece| new.push(piece));
    }

    /// Passes over what stands up to `end`.
    fn replace(&mut self, end: usize, new: &mut Text) {
        if self.at == end {
            return;
        }
        self.walk(end, |piece| {
            new.push(Piece {
                len: 0,
                rule: Rule::Replaced,
                ..piece
            });
        });
    }

    fn walk(&mut self, end: usize, mut part: impl FnMut(Piece)) {
        while let Some(piece) = self.text.pieces.get(self.piece) {
            let len = (piece.len - self.into).min(end - self.at);
            if self.at == end && !(piece.len == 0 && self.into == 0) {
                break;
            }
            part(piece.part(self.into, len));
            self.at += len;
            self.into += len;
            if self.into == piece.len {
                self.piece += 1;
                self.into = 0;
            }
        }
    }
}

impl Piece {
    /// `len` bytes of the piece from `start` on.
    fn part(&self, start: usize, len: usize) -> Self {
        let from = self
            .from
            .map(|(witness, span)| match self.rule.is_verbatim() {
                true => {
                    let start = span.start() + start;
                    (witness, Span::new(start, start + len))
                }
                false => (witness, span),
            });
        Self {
            len,
            rule: self.rule,
            from,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn change(at: Range<usize>, text: &str) -> Change {
        Change {
            at,
            chunks: vec![Chunk {
                bytes: text.as_bytes().to_vec(),
                rule: Rule::Graft,
                from: Some((1, Span::new(0, text.len()))),
            }],
        }
    }

    fn told(text: &Text) -> String {
        let pieces = text.pieces.iter().map(|piece| {
            let (witness, span) = piece.from.unwrap();
            format!("{}{}..{}/{}", witness, span.start(), span.end(), piece.len)
        });
        let bytes = String::from_utf8_lossy(&text.bytes);
        format!("{bytes}: {}", pieces.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn pieces_follow_the_changes() {
        let base = Text::base(b"abcdef");
        let one = base.with(&[&change(3..3, "X")]).unwrap();
        assert_eq!(told(&one), "abcXdef: 00..3/3 10..1/1 03..6/3");
        let two = one.with(&[&change(5..6, "Y"), &change(0..0, "Z")]).unwrap();
        assert_eq!(
            told(&two),
            "ZabcXdYf: 10..1/1 00..3/3 10..1/1 03..4/1 10..1/1 04..5/0 05..6/1"
        );
        assert!(base.with(&[&change(1..3, ""), &change(2..4, "")]).is_none());
        assert!(base.with(&[&change(5..7, "")]).is_none());
    }

    proptest! {
        #[test]
        fn pieces_are_as_long_as_the_text(
            rounds in prop::collection::vec((0..12_usize, 0..3_usize, "[xyz]{0,3}"), 0..8)
        ) {
            let mut text = Text::base(b"0123456789");
            for (start, len, new) in rounds {
                if let Some(next) = text.with(&[&change(start..start + len, &new)]) {
                    text = next;
                }
                let sum: usize = text.pieces.iter().map(|piece| piece.len).sum();
                prop_assert_eq!(sum, text.bytes.len());
                let mut at = 0;
                for piece in &text.pieces {
                    if piece.rule == Rule::Base {
                        let span = piece.from.unwrap().1;
                        prop_assert_eq!(&text.bytes[at..at + piece.len], &b"0123456789"[span.range()]);
                    }
                    at += piece.len;
                }
            }
        }
    }
}
