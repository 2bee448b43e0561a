//! Passages where both say something, differently.

use std::ops::Range;

use super::beside::{Beside, MARK};
use super::marks::Marks;
use super::passages::{inline, is_garbled};
use super::{Prefer, Proposal, Standing, Subject};
use crate::merge::markup;
use crate::merge::pieces::{Change, Chunk, Rule};
use crate::text::{BlockKind, Passage, Relation, Section, Span};

/// Proposes the reading of the copy, where policy wants it in the text.
pub(super) fn propose(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    let witness = standing.parties[copy].witness;
    let marks = Marks::find(&relation.edits, standing.witness(), witness);
    let marked = Beside::of(standing.witness());
    for (base, reading) in relation.variants() {
        if base.section != Section::Body
            || marks.has_copy(&reading)
            || marked.has(witness, reading.match_text)
            || is_garbled(witness, &reading)
        {
            continue;
        }
        let (both, at) = (standing.policy.both, base.source.range());
        let is_mark = marks.in_base.iter().any(|(mark, _)| *mark == base);
        let prefers = || standing.prefers(copy, at, base.chars, reading.chars);
        let (one, other) = match () {
            () if is_mark || !both && prefers() => (instead(standing, copy, &base, &reading), None),
            () if both => (
                beside(standing, copy, &base, &reading),
                below(standing, copy, &base, &reading),
            ),
            () => (None, None),
        };
        let changes: Vec<Change> = one.into_iter().chain(other).collect();
        if !changes.is_empty() {
            proposals.push(Proposal {
                subject: Subject::Passage(reading.match_text),
                forms: changes.into_iter().map(|change| vec![change]).collect(),
            });
        }
    }
}

impl Standing<'_> {
    /// Whether the reading of `copy` is to stand instead of what stands in this range of the text.
    pub fn prefers(&self, copy: usize, at: Range<usize>, len: u64, other: u64) -> bool {
        let owner = self.parties[self.text.witness_at(at.start)];
        let copy = self.parties[copy];
        match self.policy.prefer {
            Prefer::Base => false,
            Prefer::Newest => copy.modified > owner.modified,
            Prefer::Longest => other > len,
            Prefer::Dump(dump) => copy.dump == dump && owner.dump != dump,
        }
    }
}

/// The reading instead of what stands there.
fn instead(
    standing: &Standing<'_>,
    copy: usize,
    base: &Passage,
    reading: &Passage,
) -> Option<Change> {
    let code = is_plain(standing, base)?;
    let chunk = inline(standing, copy, reading.text, code)?;
    Some(Change {
        at: base.source.range(),
        chunks: vec![chunk],
    })
}

/// The reading behind what stands there, in brackets that name its dump.
fn beside(
    standing: &Standing<'_>,
    copy: usize,
    base: &Passage,
    reading: &Passage,
) -> Option<Change> {
    let code = is_plain(standing, base)?;
    let siglum = standing.parties[copy].siglum;
    let mark = |text: &str| standing.chunk(text, Rule::Mark, None);
    let chunks: Vec<Chunk> = vec![
        mark(&format!("{}{siglum}: ", MARK.0))?,
        inline(standing, copy, reading.text, code)?,
        mark(&MARK.1.to_string())?,
    ];
    let end = base.source.end();
    Some(Change {
        at: end..end,
        chunks,
    })
}

/// The block with the reading, in brackets, below the block that stands. Where a reading is a word or
/// two, it is found again only with what stands around it.
fn below(
    standing: &Standing<'_>,
    copy: usize,
    base: &Passage,
    reading: &Passage,
) -> Option<Change> {
    let blocks = &standing.witness().blocks;
    let at = blocks
        .iter()
        .position(|block| block.match_text.end() >= base.match_text.end())?;
    let siglum = standing.parties[copy].siglum;
    let witness = standing.parties[copy].witness;
    let block = witness
        .blocks
        .iter()
        .find(|block| block.text.contains(reading.text))?;
    let (open, close) = MARK;
    let said = format!("{open}{siglum}: {}{close}", block.text(witness));
    let said = markup::blocks([(BlockKind::Paragraph, said.as_str())], standing.format);
    let chunk = standing.chunk(&said, Rule::Mark, Some((copy, block.span)))?;
    let kind = BlockKind::Paragraph;
    Some(standing.put(standing.after_block(Some(at)), vec![chunk], kind, kind))
}

/// Whether the passage is code, if it is one run of text in one block: markup inside it would be
/// torn apart.
fn is_plain(standing: &Standing<'_>, base: &Passage) -> Option<bool> {
    let witness = standing.witness();
    let at = witness
        .blocks
        .partition_point(|block| block.text.end() <= base.text.start());
    let block = witness.blocks.get(at)?;
    let source: Span = base.source;
    let one_block = block.text.contains(base.text);
    let said = witness.text.get(base.text.range())?;
    let is_text = standing.standing_source(source) == said;
    (one_block && is_text).then_some(block.kind.is_code())
}
