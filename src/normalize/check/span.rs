use super::Source;
use crate::text::{Block, BlockKind, fold};

/// The first piece of the block's text that its span does not hold: the text, and what stands in
/// the source instead.
pub(super) fn disagreement<'s>(
    block: &Block,
    source: &'s Source<'_>,
) -> Option<(&'s str, &'s str)> {
    for (text, decoded, verbatim) in source.witness.text_map.pieces(block.text) {
        let said = source.witness.text.get(text.range()).unwrap_or("");
        let held = source.decoded.get(decoded.range()).unwrap_or("");
        let within = block.span.contains(source.span(decoded));
        let same = match verbatim {
            true => same_but_for_space(said, held),
            false => is_key(block, held) || stands_for(said, held),
        };
        if !within || !same {
            return Some((said, held));
        }
    }
    None
}

/// Whether both are the same, byte for byte, but that one white space may stand for another.
fn same_but_for_space(said: &str, held: &str) -> bool {
    let is_space = |byte: u8| byte.is_ascii_whitespace();
    let same = |(said, held): (u8, u8)| said == held || is_space(said) && is_space(held);
    said.len() == held.len() && said.bytes().zip(held.bytes()).all(same)
}

/// Whether it is markup that names a value in the front matter, such as `<title>`.
fn is_key(block: &Block, held: &str) -> bool {
    block.kind == BlockKind::Metadata && held.starts_with('<')
}

/// Whether `said` is what the canonical form makes of `held`: the same but for white space,
/// composition and escapes, or an entity (which the second opinion decodes anew), or layout.
fn stands_for(said: &str, held: &str) -> bool {
    said.trim().is_empty() || held.starts_with('&') || folded(said) == folded(held)
}

fn folded(text: &str) -> String {
    let mut folded = String::new();
    fold::match_text(text, false, &mut folded);
    folded
}
