//! The text of comments.

use crate::text::{Comment, Span, Witness};

/// The text of a comment: bytes of the witness's canonical text, its blocks and the newlines
/// between them.
pub(crate) fn span(witness: &Witness, comment: &Comment) -> Span {
    let blocks = comment.blocks.start as usize..comment.blocks.end as usize;
    let blocks = witness.blocks.get(blocks).unwrap_or_default();
    match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => first.text.union(last.text),
        _ => Span::default(),
    }
}

/// The text of a comment.
pub(crate) fn text<'w>(witness: &'w Witness, comment: &Comment) -> &'w str {
    let span = span(witness, comment);
    witness.text.get(span.range()).unwrap_or_default()
}

/// How many comments the sections of a document say there are, if any of them does.
pub(crate) fn declared(witness: &Witness) -> Option<u64> {
    let said = witness.comment_sections.iter().filter_map(|s| s.declared);
    said.reduce(u64::saturating_add)
}
