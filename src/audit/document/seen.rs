use crate::text::{Block, BlockKind, LineRange, Section, Witness};

/// A document as the rules see it: what it says, and the bytes that say it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The bytes that the witness was read from.
    pub bytes: &'a [u8],
    /// What they say.
    pub witness: &'a Witness,
}

impl<'a> Seen<'a> {
    /// The blocks of the body: comments below it do not hide how it ends.
    pub(super) fn body(&self) -> impl DoubleEndedIterator<Item = &'a Block> + Clone {
        let blocks = self.witness.blocks.iter();
        blocks.filter(|block| block.section == Section::Body)
    }

    /// What the block says, without white space around it.
    pub(super) fn text(&self, block: &Block) -> &'a str {
        block.text(self.witness).trim()
    }

    /// The source lines of the block.
    pub(super) fn lines(&self, block: &Block) -> LineRange {
        self.witness.line_range(block.span)
    }

    /// The source line on which the block ends.
    pub(super) fn last_line(&self, block: &Block) -> LineRange {
        let last = self.lines(block).last;
        LineRange { first: last, last }
    }
}

/// Whether blocks of this kind are sentences, as a rule.
pub(super) fn is_prose(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation
    )
}
