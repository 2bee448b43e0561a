//! Inline markup that needs no parser: `**strong**`, `` `code` ``, `[links](target)` and
//! `![images](target)` that hold no further markup. What is read here reads as the parser would;
//! whatever else may be markup is left to it.

use std::ops::Range;

use memchr::memchr;

use super::chunks::find_mark;

/// A piece of markup in the text of a block. Ranges are bytes of the decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: MarkKind,
    /// All of it.
    pub at: Range<usize>,
    /// The text in it: of a link or image, or code.
    pub text: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// `**` that begins strong text.
    Begin,
    /// `**` that ends it.
    End,
    /// `**` that could, but has no partner.
    Stars,
    Code,
    Link,
    Image,
}

/// The inline markup of a block, in order.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub marks: Vec<Mark>,
    /// Which of them may begin strong text.
    open: Vec<usize>,
}

impl Prose {
    /// Adds the markup of `decoded[range]`, the text of one block, in which the first mark stands at
    /// `mark`. None if it needs the parser.
    pub fn scan(&mut self, decoded: &str, range: Range<usize>, mark: Option<usize>) -> Option<()> {
        self.open.clear();
        let bytes = decoded.as_bytes();
        let mut at = range.start;
        let mut next = mark;
        while let Some(start) = next {
            let before = &bytes[at..start];
            let rest = &bytes[start..range.end];
            at = match rest[0] {
                b'*' => self.stars(decoded, start, rest)?,
                b'`' => self.code(start, rest)?,
                b'[' => self.link(start, rest, before.ends_with(b"!"))?,
                b'_' if is_inside_word(before, rest) => start + 1,
                b']' | b'^' | b'}' => start + 1,
                _ => return None,
            };
            // The parser leaves out white space at both ends of a line.
            let trails = matches!(bytes[at..range.end], [b' ' | b'\t', b'\n' | b'\r', ..]);
            if trails || is_indentation(before) {
                return None;
            }
            next = find_mark(&bytes[at..range.end]).map(|skip| at + skip);
        }
        Some(())
    }

    fn push(&mut self, kind: MarkKind, at: Range<usize>, text: Range<usize>) -> usize {
        let end = at.end;
        self.marks.push(Mark { kind, at, text });
        end
    }

    /// `**` begins or ends strong text by what stands beside it. There are only pairs of stars
    /// here, so that each that may end it ends what the nearest one began.
    fn stars(&mut self, decoded: &str, start: usize, rest: &[u8]) -> Option<usize> {
        let end = start + 2;
        if !rest.starts_with(b"**") || rest.get(2) == Some(&b'*') {
            return None;
        }
        let before = Side::of(decoded[..start].chars().next_back())?;
        let after = Side::of(decoded[end..].chars().next())?;
        let may_begin = after == Side::Word || after == Side::Mark && before != Side::Word;
        let may_end = before == Side::Word || before == Side::Mark && after != Side::Word;
        if !may_begin && !may_end {
            return None;
        }
        let begin = if may_end { self.open.pop() } else { None };
        let kind = match begin {
            Some(begin) => {
                self.marks[begin].kind = MarkKind::Begin;
                MarkKind::End
            }
            None => {
                self.open.extend(may_begin.then_some(self.marks.len()));
                MarkKind::Stars
            }
        };
        Some(self.push(kind, start..end, end..end))
    }

    /// Code between single backticks, on one line.
    fn code(&mut self, start: usize, rest: &[u8]) -> Option<usize> {
        let len = memchr(b'`', &rest[1..]).filter(|len| *len > 0)?;
        let code = &rest[1..=len];
        let is_plain = |byte: &u8| !matches!(byte, b'\n' | b'\r' | b'\\' | b'|');
        let is_alone = rest.get(len + 2) != Some(&b'`');
        let is_edged = code.starts_with(b" ") || code.ends_with(b" ");
        if !is_alone || is_edged || !code.iter().all(is_plain) {
            return None;
        }
        let text = start + 1..start + 1 + len;
        Some(self.push(MarkKind::Code, start..text.end + 1, text))
    }

    /// A link or, behind `!`, an image, whose text has no markup and whose target is bare.
    fn link(&mut self, start: usize, rest: &[u8], is_image: bool) -> Option<usize> {
        let close = 1 + find_mark(&rest[1..])?;
        let target = rest[close..].strip_prefix(b"](")?;
        let is_line = |byte: &u8| !matches!(byte, b'\n' | b'\r');
        let target_len = memchr(b')', target)?;
        if !rest[1..close].iter().all(is_line) || !target[..target_len].iter().all(is_bare) {
            return None;
        }
        let end = start + close + 2 + target_len + 1;
        let text = start + 1..start + close;
        Some(match is_image {
            true => self.push(MarkKind::Image, start - 1..end, text),
            false => self.push(MarkKind::Link, start..end, text),
        })
    }
}

impl Mark {
    /// Where a link or image points.
    pub fn target(&self) -> Range<usize> {
        self.text.end + 2..self.at.end - 1
    }
}

/// Whether a byte of the target of a link stands for itself, whatever is beside it.
fn is_bare(byte: &u8) -> bool {
    BARE[usize::from(*byte)]
}

static BARE: [bool; 256] = {
    let mut bare = [false; 256];
    let mut at = 0;
    while at < 256 {
        bare[at] = matches!(at as u8, 0x21..=0x7e | 0x80..)
            && !matches!(
                at as u8,
                b'(' | b'<' | b'>' | b'\\' | b'&' | b'`' | b'*' | b'[' | b']' | b'"' | b'\'' | b'|'
            );
        at += 1;
    }
    bare
};

/// Whether `text` ends with the white space that a line begins with.
fn is_indentation(text: &[u8]) -> bool {
    let white = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let len = text.iter().rev().take_while(white).count();
    len > 0 && matches!(text[..text.len() - len], [.., b'\n' | b'\r'])
}

/// Whether the `_` that `rest` begins with stands between letters, so that it is text.
fn is_inside_word(before: &[u8], rest: &[u8]) -> bool {
    before.last().is_some_and(u8::is_ascii_alphanumeric)
        && rest.get(1).is_some_and(u8::is_ascii_alphanumeric)
}

/// What stands beside `**`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    /// Punctuation.
    Mark,
    Word,
}

impl Side {
    /// Of a character, or of the end of the text. None if that is not known here.
    fn of(character: Option<char>) -> Option<Self> {
        match character? {
            c if c.is_ascii_alphanumeric() => Some(Self::Word),
            c if c.is_ascii_punctuation() => Some(Self::Mark),
            c if c.is_whitespace() => Some(Self::Space),
            '，' | '。' | '、' | '：' | '；' | '！' | '？' | '（' | '）' | '“' | '”' | '‘'
            | '’' | '《' | '》' | '「' | '」' | '『' | '』' | '【' | '】' | '—' | '…' => {
                Some(Self::Mark)
            }
            '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}' => Some(Self::Word),
            _ => None,
        }
    }
}
