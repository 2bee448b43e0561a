use super::Seen;
use crate::audit::Remark;
use crate::text::Code;

/// That there is no body: nothing at all, or only front matter, headings or comments. A page that
/// shows nothing but pictures says something.
pub(super) fn remark(seen: &Seen<'_>) -> Option<Remark> {
    let has_text = seen
        .body()
        .any(|block| !matches!(block.kind, crate::text::BlockKind::Heading(_)));
    if has_text || !seen.witness.assets.is_empty() {
        return None;
    }
    let message = match (seen.bytes.is_empty(), seen.body().next()) {
        (true, _) => "the file has no bytes",
        (_, Some(_)) => "there are headings and nothing below them",
        (_, None) if !seen.witness.blocks.is_empty() => "there is no text below the front matter",
        (_, None) => "there is no text in it",
    };
    Some(Remark {
        code: Code::Empty,
        lines: None,
        message: message.to_owned(),
        about: String::new(),
    })
}
