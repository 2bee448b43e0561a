//! What the first characters of a line say about the block it begins, as CommonMark has it.

use memchr::{memchr, memmem};

use crate::normalize::line::indentation;

fn run(bytes: &[u8], byte: u8) -> usize {
    bytes.iter().take_while(|other| **other == byte).count()
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c)
}

/// The level of an ATX heading, 1 to 6.
pub(super) fn heading_level(rest: &[u8]) -> Option<u8> {
    let level = run(rest, b'#');
    let ends = rest.get(level).is_none_or(|byte| is_space(*byte));
    (ends && (1..=6).contains(&level)).then_some(level as u8)
}

/// A code fence: its character and how many there are.
pub(super) fn fence(rest: &[u8]) -> Option<(u8, usize)> {
    let byte = *rest.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let len = run(rest, byte);
    let opens = len >= 3 && (byte == b'~' || memchr(b'`', &rest[len..]).is_none());
    opens.then_some((byte, len))
}

/// Whether the line, if it is not indented too far, closes a code block that `fence` opened.
pub(super) fn closes_fence(rest: &[u8], fence: (u8, usize)) -> bool {
    let len = run(rest, fence.0);
    len >= fence.1 && rest[len..].iter().all(|byte| *byte == b' ')
}

/// Whether the line is a thematic break.
pub(super) fn is_break(rest: &[u8]) -> bool {
    let Some(mark) = rest
        .first()
        .filter(|byte| matches!(byte, b'*' | b'-' | b'_'))
    else {
        return false;
    };
    rest.iter()
        .all(|byte| byte == mark || matches!(byte, b' ' | b'\t'))
        && rest.iter().filter(|byte| *byte == mark).count() >= 3
}

/// The bytes of the list marker that the line begins with, without the white space after it.
pub(super) fn list_marker(rest: &[u8]) -> Option<usize> {
    let len = match rest.first()? {
        b'-' | b'+' | b'*' => 1,
        b'0'..=b'9' => {
            let digits = rest
                .iter()
                .take(9)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            matches!(rest.get(digits), Some(b'.' | b')')).then_some(digits + 1)?
        }
        _ => return None,
    };
    let ends = rest
        .get(len)
        .is_none_or(|byte| matches!(byte, b' ' | b'\t'));
    ends.then_some(len)
}

/// The column at which the content of a list item stands, if `content` follows its marker, which
/// ends at `column`.
pub(super) fn content_column(content: &[u8], column: usize) -> usize {
    match indentation(content, column) {
        (len, _) if len == content.len() => column + 1,
        (_, spaces @ 1..=4) => column + spaces,
        _ => column + 1,
    }
}

/// The bytes of the label that begins a footnote definition.
pub(super) fn footnote_label(rest: &[u8]) -> Option<usize> {
    let end = memmem::find(rest, b"]:").filter(|_| rest.starts_with(b"[^"));
    end.map(|end| end + 2)
}

/// How a block of HTML that begins here ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Html {
    /// With the line that holds this, in any case (comments, scripts and the like).
    With(&'static str),
    /// Where its tags balance, or else before a blank line.
    Balanced,
}

/// Whether a block of HTML begins here that may interrupt a paragraph: what CommonMark calls
/// types 1 to 6.
pub(super) fn html(rest: &[u8]) -> Option<Html> {
    let tail = rest.strip_prefix(b"<")?;
    let first = *tail.first()?;
    if first == b'!' || first == b'?' {
        return declaration(tail).map(Html::With);
    }
    let closing = usize::from(first == b'/');
    let name_len = tail[closing..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let name = &tail[closing..closing + name_len];
    let after = &tail[closing + name_len..];
    let ends = after
        .first()
        .is_none_or(|byte| is_space(*byte) || *byte == b'>');
    if closing == 0 && ends {
        let raw = RAW
            .iter()
            .find(|(raw, _)| name.eq_ignore_ascii_case(raw.as_bytes()));
        if let Some((_, end)) = raw {
            return Some(Html::With(end));
        }
    }
    ((ends || after.starts_with(b"/>")) && is_block(name)).then_some(Html::Balanced)
}

fn declaration(tail: &[u8]) -> Option<&'static str> {
    match tail {
        [b'!', b'-', b'-', ..] => Some("-->"),
        [b'!', b'[', ..] if tail.starts_with(b"![CDATA[") => Some("]]>"),
        [b'!', letter, ..] if letter.is_ascii_alphabetic() => Some(">"),
        [b'?', ..] => Some("?>"),
        _ => None,
    }
}

/// Whether `name` is one of the elements that begin a block of HTML.
pub(super) fn is_block(name: &[u8]) -> bool {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..name.len()) else {
        return false;
    };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    BLOCKS
        .binary_search_by(|block| block.as_bytes().cmp(lower))
        .is_ok()
}

/// Elements whose content is no markup, and what ends them.
const RAW: [(&str, &str); 4] = [
    ("pre", "</pre>"),
    ("script", "</script>"),
    ("style", "</style>"),
    ("textarea", "</textarea>"),
];

const LONGEST: usize = "figcaption".len();

/// The elements that begin a block of HTML in CommonMark (its type 6), sorted.
const BLOCKS: [&str; 62] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];
