//! What stands behind a key of front matter.

use std::ops::Range;

use crate::normalize::builder::Builder;

/// The key that `text[range]`, a line or the rest of one, begins with, without quotes, and where
/// its value begins.
pub(super) fn key(text: &str, range: Range<usize>, separator: u8) -> Option<(Range<usize>, usize)> {
    let line = &text[range.clone()];
    let quote = line
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    let (name, after) = match quote {
        Some(quote) => {
            let len = line[1..].find(quote)?;
            (1..1 + len, len + 2)
        }
        None => {
            let len = line.bytes().position(|byte| byte == separator)?;
            let name = line[..len].trim_end();
            let is_name =
                !name.starts_with(['#', '[', '{', '-', '&', '*', '!', '|', '>', '@', ',']);
            is_name.then_some((0..name.len(), len))?
        }
    };
    let tail = line[after..].trim_start().as_bytes();
    let is_separated = tail.first() == Some(&separator)
        && (separator == b'=' || tail.get(1).is_none_or(u8::is_ascii_whitespace));
    let value = line.len() - tail.len() + 1;
    (is_separated && !name.is_empty()).then(|| {
        (
            range.start + name.start..range.start + name.end,
            range.start + value,
        )
    })
}

/// Reads a value piece by piece into the open block.
pub(super) struct Value<'b, 'd> {
    builder: &'b mut Builder<'d>,
    text: &'d str,
    /// What is left of it.
    rest: Range<usize>,
    separator: u8,
    /// How many brackets are open.
    depth: usize,
    /// What joins the next piece to the last one.
    joint: &'static str,
    /// Where the last piece ended, once there is one.
    last: Option<usize>,
    /// Whether nothing of the line, or of the item, is read yet.
    fresh: bool,
}

impl<'b, 'd> Value<'b, 'd> {
    pub fn new(builder: &'b mut Builder<'d>, range: Range<usize>, separator: u8) -> Self {
        Self {
            text: builder.decoded(),
            builder,
            rest: range,
            separator,
            depth: 0,
            joint: "",
            last: None,
            fresh: true,
        }
    }

    pub fn build(mut self) {
        if self.skip_scalar_header() {
            self.builder.verbatim(self.rest.clone());
            return;
        }
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' => self.rest.start += 1,
                b'\n' | b'\r' => {
                    self.rest.start += 1;
                    self.fresh = true;
                    self.join("\n");
                }
                b'"' | b'\'' if self.fresh => self.quoted(),
                b'[' | b'{' if self.fresh => {
                    self.rest.start += 1;
                    self.depth += 1;
                }
                b']' | b'}' if self.depth > 0 => {
                    self.rest.start += 1;
                    self.depth -= 1;
                    self.fresh = false;
                }
                b',' if self.depth > 0 => self.item(),
                b'-' if self.fresh && self.depth == 0 && self.is_space(1) => self.item(),
                _ => self.plain(),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        let at = self.rest.start + ahead;
        (at < self.rest.end).then(|| self.text.as_bytes()[at])
    }

    fn is_space(&self, ahead: usize) -> bool {
        self.peek(ahead)
            .is_none_or(|byte| byte.is_ascii_whitespace())
    }

    /// The mark of an item, one byte, is next.
    fn item(&mut self) {
        self.rest.start += 1;
        self.fresh = true;
        self.join(", ");
    }

    /// A line break, a comma and a colon may follow each other; the strongest counts.
    fn join(&mut self, joint: &'static str) {
        if self.joint != ": " && self.joint != ", " {
            self.joint = joint;
        }
    }

    /// `|` and `>`, alone on the first line: what follows is text as it stands.
    fn skip_scalar_header(&mut self) -> bool {
        let value = &self.text[self.rest.clone()];
        let first = value.lines().next().unwrap_or_default();
        let mark = first.trim();
        let is_header = self.separator == b':'
            && mark.starts_with(['|', '>'])
            && mark[1..]
                .bytes()
                .all(|byte| matches!(byte, b'+' | b'-' | b'1'..=b'9'));
        if is_header {
            self.rest.start += first.len();
        }
        is_header
    }

    /// A piece begins at `at`: joins it to the one before.
    fn begin(&mut self, at: usize) {
        if let Some(last) = self.last {
            let joint = if self.joint.is_empty() {
                " "
            } else {
                self.joint
            };
            self.builder.replaced(last..at, joint);
        }
        self.joint = "";
        self.fresh = false;
    }

    fn emit(&mut self, range: Range<usize>) {
        self.begin(range.start);
        self.last = Some(range.end);
        self.builder.verbatim(range);
    }

    /// Text up to what ends it: the line, or a mark inside brackets.
    fn plain(&mut self) {
        let rest = &self.text[self.rest.clone()];
        let ends = |c: char| match c {
            '\n' | '\r' => true,
            ',' | ']' | '}' => self.depth > 0,
            _ => false,
        };
        let len = rest.find(ends).unwrap_or(rest.len());
        let run = self.rest.start..self.rest.start + len;
        let key = self
            .fresh
            .then(|| key(self.text, run.clone(), self.separator))
            .flatten();
        if let Some((key, value)) = key {
            self.join(", ");
            self.emit(key);
            self.joint = ": ";
            self.fresh = true;
            self.rest.start = value;
        } else {
            let len = self.text[run.clone()].trim_end().len();
            self.emit(run.start..run.start + len);
            self.rest.start = run.end;
        }
    }

    /// Text in quotes, which may be the key of something.
    fn quoted(&mut self) {
        let line = &self.text[self.rest.clone()];
        let line = self.rest.start..self.rest.start + line.find(['\n', '\r']).unwrap_or(line.len());
        if let Some((key, value)) = key(self.text, line, self.separator) {
            self.join(", ");
            self.emit(key);
            self.joint = ": ";
            self.fresh = true;
            self.rest.start = value;
            return;
        }
        let rest = &self.text[self.rest.clone()];
        let mut triples = ["\"\"\"", "'''"].into_iter();
        let triple = triples.find(|triple| self.separator == b'=' && rest.starts_with(triple));
        let quote = triple.unwrap_or(&rest[..1]);
        self.begin(self.rest.start + quote.len());
        self.rest.start += quote.len();
        self.string(quote);
        self.last = Some(self.rest.start);
    }

    /// The content of a string up to `quote`, which is skipped, or to the end.
    fn string(&mut self, quote: &str) {
        let escapes = quote.starts_with('"');
        let mut start = self.rest.start;
        while let Some(byte) = self.peek(0) {
            let rest = &self.text[self.rest.clone()];
            if rest.starts_with(quote) {
                let doubled = quote == "'" && self.separator == b':' && rest.starts_with("''");
                self.builder
                    .verbatim(start..self.rest.start + usize::from(doubled));
                self.rest.start += quote.len() + usize::from(doubled);
                start = self.rest.start;
                if !doubled {
                    return;
                }
            } else if byte == b'\\' && escapes {
                self.builder.verbatim(start..self.rest.start);
                self.escape();
                start = self.rest.start;
            } else {
                self.rest.start += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        self.builder.verbatim(start..self.rest.start);
    }

    /// A backslash is next. What it stands for, if that is a character; or else it is text.
    fn escape(&mut self) {
        let at = self.rest.start;
        let rest = &self.text[self.rest.clone()];
        let digits = |len: usize| {
            let digits = rest.get(2..2 + len)?;
            let code = u32::from_str_radix(digits, 16).ok()?;
            char::from_u32(code).map(|c| (c, 2 + len))
        };
        let read = match self.peek(1) {
            Some(byte @ (b'"' | b'\\' | b'/')) => Some((char::from(byte), 2)),
            Some(b'n' | b'r' | b't') => Some(('\n', 2)),
            Some(b'x') => digits(2),
            Some(b'u') => digits(4),
            Some(b'U') => digits(8),
            _ => None,
        };
        match read {
            Some((character, len)) => {
                let mut buffer = [0; 4];
                self.rest.start = at + len;
                self.builder
                    .replaced(at..at + len, character.encode_utf8(&mut buffer));
            }
            None => {
                self.rest.start = at + 1;
                self.builder.verbatim(at..at + 1);
            }
        }
    }
}
