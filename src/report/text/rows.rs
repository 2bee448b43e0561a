//! Edits, gathered by the blocks they fall in.

use std::ops::Range;

use crate::report::Only;
use crate::report::strip::Cell;
use crate::text::{Block, Edit, LineRange, Passage, Section, Span, Witness};

/// A changed part of a block's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// What became of it; [`Cell::Lacking`] stands for any text that only this side has.
    pub kind: Cell,
    /// Bytes of the side's canonical text.
    pub text: Span,
    /// Where a moved passage is on the other side; noted once for each passage.
    pub elsewhere: Option<LineRange>,
}

/// Blocks of the base and blocks of the copy that share text, or say something in each other's
/// place. Unchanged if no mark is in it.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub section: Section,
    /// Indices of blocks.
    pub base: Range<usize>,
    pub copy: Range<usize>,
    pub base_marks: Vec<Mark>,
    pub copy_marks: Vec<Mark>,
    /// Whether a change is in it that was not asked for.
    pub other: bool,
}

impl Cluster {
    /// Whether there is anything in it to show for itself.
    pub fn is_changed(&self) -> bool {
        !self.base_marks.is_empty() || !self.copy_marks.is_empty()
    }
}

/// The clusters of a relation's edits, in reading order, with marks for what was asked for.
pub(super) fn clusters(
    base: &Witness,
    copy: &Witness,
    edits: &[Edit],
    only: Option<Only>,
) -> Vec<Cluster> {
    let mut gather = Gather {
        base,
        copy,
        clusters: Vec::new(),
    };
    for edit in edits {
        gather.edit(edit, wanted(edit, only));
    }
    gather.clusters
}

fn wanted(edit: &Edit, only: Option<Only>) -> bool {
    match (only, edit) {
        (None, _) | (_, Edit::Same { .. }) => true,
        (Some(Only::Lacking), edit) => matches!(edit, Edit::Lacking { .. }),
        (Some(Only::Extra), edit) => matches!(edit, Edit::Extra { .. }),
        (Some(Only::Variants), edit) => matches!(edit, Edit::Variant { .. }),
    }
}

struct Gather<'a> {
    base: &'a Witness,
    copy: &'a Witness,
    clusters: Vec<Cluster>,
}

impl Gather<'_> {
    fn edit(&mut self, edit: &Edit, wanted: bool) {
        match *edit {
            Edit::Same { base, copy } => self.same(base, copy),
            Edit::Lacking { base, .. } => self.one_sided(base, Cell::Lacking, None, wanted, true),
            Edit::Extra { copy, .. } => self.one_sided(copy, Cell::Lacking, None, wanted, false),
            Edit::Moved { base, copy } => {
                self.one_sided(base, Cell::Moved, Some(copy.lines), wanted, true);
            }
            Edit::MovedHere { copy, base } => {
                self.one_sided(copy, Cell::Moved, Some(base.lines), wanted, false);
            }
            Edit::Variant { base, copy } => {
                let (left, right) = (blocks(self.base, base), blocks(self.copy, copy));
                let cluster = self.cluster(base.section, left.clone(), right.clone());
                if !wanted {
                    cluster.other = true;
                    return;
                }
                let mark = |text| Mark {
                    kind: Cell::Variant,
                    text,
                    elsewhere: None,
                };
                cluster.base_marks.push(mark(base.text));
                cluster.copy_marks.push(mark(copy.text));
            }
        }
    }

    /// Walks both texts in step, from one block's end to the next, whichever side it is on.
    fn same(&mut self, base: Passage, copy: Passage) {
        let mut left = blocks(self.base, base);
        let mut right = blocks(self.copy, copy);
        while !left.is_empty() && !right.is_empty() {
            let left_end = end_within(&self.base.blocks[left.start], base);
            let right_end = end_within(&self.copy.blocks[right.start], copy);
            let pair = (left.start..left.start + 1, right.start..right.start + 1);
            self.cluster(base.section, pair.0, pair.1);
            left.start += usize::from(left_end <= right_end);
            right.start += usize::from(right_end <= left_end);
        }
    }

    fn one_sided(
        &mut self,
        passage: Passage,
        kind: Cell,
        mut elsewhere: Option<LineRange>,
        wanted: bool,
        is_base: bool,
    ) {
        let witness = if is_base { self.base } else { self.copy };
        for at in blocks(witness, passage) {
            let block = witness.blocks[at].text;
            let text = Span::new(
                block.start().max(passage.text.start()),
                block.end().min(passage.text.end()),
            );
            let cluster = if is_base {
                self.cluster(passage.section, at..at + 1, 0..0)
            } else {
                self.cluster(passage.section, 0..0, at..at + 1)
            };
            if !wanted {
                cluster.other = true;
                continue;
            }
            let marks = if is_base {
                &mut cluster.base_marks
            } else {
                &mut cluster.copy_marks
            };
            marks.push(Mark {
                kind,
                text,
                elsewhere: elsewhere.take(),
            });
        }
    }

    /// The cluster that these blocks belong to: the last one, if it has one of them.
    fn cluster(
        &mut self,
        section: Section,
        base: Range<usize>,
        copy: Range<usize>,
    ) -> &mut Cluster {
        let joins = self
            .clusters
            .last()
            .is_some_and(|last| meet(&last.base, &base) || meet(&last.copy, &copy));
        if !joins {
            self.clusters.push(Cluster {
                section,
                base: 0..0,
                copy: 0..0,
                base_marks: Vec::new(),
                copy_marks: Vec::new(),
                other: false,
            });
        }
        let last = self.clusters.len() - 1;
        let cluster = &mut self.clusters[last];
        extend(&mut cluster.base, base);
        extend(&mut cluster.copy, copy);
        cluster
    }
}

/// The blocks that a passage has text of.
fn blocks(witness: &Witness, passage: Passage) -> Range<usize> {
    let matched = passage.match_text;
    let blocks = &witness.blocks;
    let first = blocks.partition_point(|block| block.match_text.end() <= matched.start());
    let last = blocks.partition_point(|block| block.match_text.start() < matched.end());
    first..last.max(first)
}

/// Where a block ends, in match text from the start of a passage, at most at the passage's end.
fn end_within(block: &Block, passage: Passage) -> usize {
    let end = block.match_text.end().min(passage.match_text.end());
    end.saturating_sub(passage.match_text.start())
}

fn meet(one: &Range<usize>, next: &Range<usize>) -> bool {
    !one.is_empty() && !next.is_empty() && next.start < one.end
}

fn extend(range: &mut Range<usize>, more: Range<usize>) {
    if range.start >= range.end {
        *range = more;
    } else {
        range.end = range.end.max(more.end);
    }
}
