//! What is no difference of text: blocks that are divided or marked up otherwise. A line for each.

use std::io;

use super::Diff;
use crate::report::text::sign::Sign;
use crate::report::text::wording;
use crate::text::LineRange;

/// Changes that are told one by one.
const LISTED: usize = 12;

impl Diff<'_> {
    pub(super) fn structure(&mut self) -> io::Result<()> {
        if self.only.is_some() {
            return Ok(());
        }
        let relation = self.view.relation;
        for change in relation.structure.iter().take(LISTED) {
            let words = wording::structure(self.pen, &self.view, change);
            self.structure_note(change.base.lines, change.copy.lines, &words)?;
        }
        let more = relation.structure.len().saturating_sub(LISTED) as u64;
        if more > 0 {
            let words = self.pen.count_of(more, "more change", "more changes");
            self.layout
                .note(Sign::Changed, None, None, &words, self.out)?;
        }
        Ok(())
    }

    fn structure_note(&mut self, base: LineRange, copy: LineRange, words: &str) -> io::Result<()> {
        self.title("structure")?;
        let (base, copy) = (Some(base.first), Some(copy.first));
        self.layout.note(Sign::Changed, base, copy, words, self.out)
    }
}
