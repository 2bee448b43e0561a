use super::{Seen, excerpt, is_closed_page, is_followed_by_asset};
use crate::audit::Remark;
use crate::text::{Block, BlockKind, Code};

/// That the body ends with a heading, and something stands before it: what it heads is lacking. A
/// number or a date says enough: lists of changes end with their first version.
pub(super) fn remark(seen: &Seen<'_>, last: &Block) -> Option<Remark> {
    let is_heading = matches!(last.kind, BlockKind::Heading(_));
    let has_text = seen
        .body()
        .any(|block| !matches!(block.kind, BlockKind::Heading(_)));
    let text = seen.text(last);
    let says_enough = text.chars().any(char::is_numeric);
    let is_bare = is_heading && !says_enough && !is_followed_by_asset(seen, last);
    (is_bare && has_text && !is_closed_page(seen)).then(|| Remark {
        code: Code::EndsWithHeading,
        lines: Some(seen.lines(last)),
        message: format!("ends with a heading: {}", excerpt::end_of(text)),
        about: String::new(),
    })
}
