use super::Seen;
use crate::audit::Remark;
use crate::text::{Code, DamageKind, LineRange, Open, Opened};

/// Markup that is still open where the source ends: a fence, a tag, an element, a comment.
pub(super) fn remark(seen: &Seen<'_>) -> Option<Remark> {
    let (code, line, what) = broken(seen).or_else(|| left_open(seen))?;
    Some(Remark {
        code,
        lines: Some(LineRange {
            first: line,
            last: line,
        }),
        message: format!("{what} is never closed"),
        about: String::new(),
    })
}

/// What swallows the rest of the source.
fn broken(seen: &Seen<'_>) -> Option<(Code, u32, String)> {
    let end = seen.bytes.trim_ascii_end().len();
    let broken = seen.witness.damage.iter().rev().find_map(|damage| {
        let what = match damage.kind {
            DamageKind::UnclosedComment => "a comment",
            DamageKind::UnclosedElement => "an element without markup in it",
            DamageKind::UnclosedTag if damage.span.end() >= end => "a tag",
            _ => return None,
        };
        Some((damage.line, what.to_owned()))
    });
    broken.map(|(line, what)| (Code::OpenTag, line, what))
}

/// Whether what was read as a fence is a line of `~` that underlines a heading, as other ways to mark
/// text up have it.
fn is_underline(seen: &Seen<'_>, open: &Open) -> bool {
    let before = seen.bytes.get(..open.span.start()).unwrap_or_default();
    let Some(line) = before.strip_suffix(b"\n") else {
        return false;
    };
    let fence = seen.bytes.get(open.span.range()).unwrap_or_default();
    let line = line
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    fence.trim_ascii().iter().all(|byte| *byte == b'~') && !line.trim_ascii().is_empty()
}

fn left_open(seen: &Seen<'_>) -> Option<(Code, u32, String)> {
    let open = seen.witness.open.filter(|open| !is_underline(seen, open))?;
    Some(match open.what {
        Opened::Fence => (Code::OpenFence, open.line, "a code fence".to_owned()),
        Opened::Element(name) => (Code::OpenTag, open.line, format!("<{name}>")),
        Opened::Comment => (Code::OpenTag, open.line, "a comment".to_owned()),
    })
}
