use super::{Seen, excerpt};
use crate::audit::Remark;
use crate::text::{Block, BlockKind, Code, Format};

/// That the last block of Markdown ends inside emphasis, a code span, a link or a tag: its mark is
/// left over in the canonical text, since nothing closes it.
pub(super) fn remark(seen: &Seen<'_>, last: &Block) -> Option<Remark> {
    if seen.witness.format != Format::Markdown || last.kind == BlockKind::Code {
        return None;
    }
    let text = seen.text(last);
    let (code, what) = if is_in_tag(text) {
        (Code::OpenTag, "a tag")
    } else if is_in_link(text) {
        (Code::OpenEmphasis, "a link")
    } else if is_in_code(text) {
        (Code::OpenEmphasis, "a code span")
    } else if is_in_strong(text) {
        (Code::OpenEmphasis, "emphasis")
    } else {
        return None;
    };
    Some(Remark {
        code,
        lines: Some(seen.last_line(last)),
        message: format!("ends inside {what}: {}", excerpt::end_of(text)),
        about: String::new(),
    })
}

/// `<a href="…` without an end.
fn is_in_tag(text: &str) -> bool {
    let Some(start) = text.rfind('<') else {
        return false;
    };
    let rest = &text[start + 1..];
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let name_end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let known = matches!(
        name[..name_end].to_ascii_lowercase().as_str(),
        "a" | "b"
            | "i"
            | "p"
            | "br"
            | "em"
            | "div"
            | "img"
            | "span"
            | "strong"
            | "code"
            | "font"
            | "table"
            | "td"
            | "tr"
            | "th"
            | "li"
            | "ul"
            | "ol"
            | "sup"
            | "sub"
            | "u"
            | "video"
            | "iframe"
            | "blockquote"
            | "details"
            | "summary"
            | "pre"
            | "kbd"
    );
    known && !rest.contains('>')
}

/// `[text](target` without an end.
fn is_in_link(text: &str) -> bool {
    let Some(start) = text.rfind("](") else {
        return false;
    };
    let target = &text[start + 2..];
    !target.contains([')', ' ', '\n'])
}

/// An odd number of runs of backticks.
fn is_in_code(text: &str) -> bool {
    let ticks = text.matches('`').count();
    ticks == 1 && !text.ends_with('`')
}

/// `**` at the start of a word, and none after it.
fn is_in_strong(text: &str) -> bool {
    let Some(at) = text.rfind("**") else {
        return false;
    };
    let opens = text[at + 2..]
        .chars()
        .next()
        .is_some_and(|next| !next.is_whitespace());
    let before = text[..at].trim_end_matches('*').chars().next_back();
    let begins = before.is_none_or(|before| !before.is_ascii_alphanumeric());
    opens && begins && text.matches("**").count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_over_marks() {
        assert!(is_in_tag("see <a href=\"http"));
        assert!(is_in_tag("see </spa") == is_in_tag("see </q"));
        assert!(!is_in_tag("a < b"));
        assert!(!is_in_tag("if a <b"[..6].trim()));
        assert!(is_in_link("see [it](https://exam"));
        assert!(!is_in_link("see [it](a) b"));
        assert!(is_in_code("call `foo"));
        assert!(!is_in_code("call foo`"));
        assert!(is_in_strong("this is **impor"));
        assert!(is_in_strong("这是**重要"));
        assert!(!is_in_strong("2 ** 3"));
        assert!(!is_in_strong("2**3"));
        assert!(!is_in_strong("**a** b"));
    }
}
