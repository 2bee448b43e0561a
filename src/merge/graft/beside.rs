//! Readings that stand in a text beside others, in marks: `〔B: …〕`, in front matter `# 〔B: …〕`.
//!
//! An alignment may take such a reading to pieces and find them elsewhere; that it is there is known
//! by its mark, whichever dump the mark names.

use std::collections::HashSet;

use crate::text::{Section, Span, Witness};

/// What opens and closes a mark.
pub(super) const MARK: (char, char) = ('\u{3014}', '\u{3015}');

/// The marked readings of a text.
pub(in crate::merge) struct Beside<'w>(HashSet<(bool, &'w str)>);

impl<'w> Beside<'w> {
    /// Those of `text`: blocks that are nothing but a mark.
    pub fn of(text: &'w Witness) -> Self {
        let blocks = text.blocks.iter();
        let inside = blocks.filter_map(|block| {
            let front = block.section == Section::FrontMatter;
            let mark = block.match_text(text);
            let mark = if front { mark.strip_prefix('#')? } else { mark };
            let inside = mark.strip_prefix(MARK.0)?.strip_suffix(MARK.1)?;
            Some((front, inside.split_once(':')?.1))
        });
        Self(inside.collect())
    }

    /// Whether all blocks of `copy` that have match text of `passage` stand in the text so.
    pub fn has(&self, copy: &Witness, passage: Span) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let blocks = &copy.blocks;
        let first = blocks.partition_point(|block| block.match_text.end() <= passage.start());
        let within = blocks[first..]
            .iter()
            .take_while(|block| block.match_text.start() < passage.end());
        let mut some = false;
        let all = within.inspect(|_| some = true).all(|block| {
            let front = block.section == Section::FrontMatter;
            self.0.contains(&(front, block.match_text(copy)))
        });
        all && some
    }
}
