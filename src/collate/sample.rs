//! Witnesses for tests, made without reading.

use crate::text::{Block, BlockKind, Section, Span, Witness, fold};

/// One whose body is these paragraphs.
pub fn paragraphs(texts: &[&str]) -> Witness {
    let mut witness = Witness::default();
    for text in texts {
        let separator = if witness.text.is_empty() { "" } else { "\n" };
        witness.text.push_str(separator);
        let (start, match_start) = (witness.text.len(), witness.match_text.len());
        witness.text.push_str(text);
        fold::match_text(text, false, &mut witness.match_text);
        let all = Span::new(start, witness.text.len());
        witness.blocks.push(Block {
            kind: BlockKind::Paragraph,
            section: Section::Body,
            span: all,
            line: 1,
            text: all,
            match_text: Span::new(match_start, witness.match_text.len()),
            number: None,
        });
    }
    witness
}
