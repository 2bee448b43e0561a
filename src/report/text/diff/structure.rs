//! What is no difference of text: blocks that are divided or marked up otherwise. A line for each.

use std::io;

use super::Diff;
use crate::report::numbers::lines;
use crate::report::text::sign::Sign;
use crate::text::{BlockKind, Blocks, LineRange, StructureChange, StructureKind};

/// Changes that are told one by one.
const LISTED: usize = 12;

impl Diff<'_> {
    pub(super) fn structure(&mut self) -> io::Result<()> {
        if self.only.is_some() {
            return Ok(());
        }
        let relation = self.view.relation;
        for change in relation.structure.iter().take(LISTED) {
            let words = self.words(change);
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

    fn words(&self, change: &StructureChange) -> String {
        let (base, copy) = (change.base.lines, change.copy.lines);
        let (a, b) = (self.siglum(true), self.siglum(false));
        let (from, to) = (count(&change.base), count(&change.copy));
        match change.kind {
            StructureKind::Split => self.of_both(&format!("split into {to}"), base, copy),
            StructureKind::Joined => self.of_both(&format!("{from} joined"), base, copy),
            StructureKind::Redivided => {
                self.of_both(&format!("{from} blocks divided into {to}"), base, copy)
            }
            StructureKind::Level { base, copy } => {
                format!("heading of level {base} in {a}, {copy} in {b}")
            }
            StructureKind::Kind { base, copy } => {
                format!("{} in {a}, {} in {b}", kind(base, from), kind(copy, to))
            }
            StructureKind::Renumbered { base, copy } => {
                format!("numbered from {base} in {a}, from {copy} in {b}")
            }
        }
    }

    fn of_both(&self, words: &str, base: LineRange, copy: LineRange) -> String {
        let (a, b) = (self.siglum(true), self.siglum(false));
        format!("{words}: {} of {a}, {} of {b}", lines(base), lines(copy))
    }

    fn siglum(&self, is_base: bool) -> String {
        let entry = if is_base {
            self.view.base
        } else {
            self.view.copy
        };
        self.pen.name(entry.siglum).to_string()
    }
}

fn count(blocks: &Blocks) -> usize {
    blocks.range.len()
}

fn kind(kind: BlockKind, count: usize) -> String {
    match (kind, count) {
        (BlockKind::Heading(level), _) => format!("heading of level {level}"),
        (_, 1) => kind.name().to_owned(),
        _ => format!("{count} times {}", kind.name()),
    }
}
