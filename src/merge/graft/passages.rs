//! Passages of the body that only the copy has.

use super::beside::Beside;
use super::marks::Marks;
use super::{Proposal, Standing, Subject, strangers};
use crate::merge::markup;
use crate::merge::pieces::{Change, Chunk, Rule};
use crate::text::{
    Block, BlockKind, DamageKind, Edit, Format, Passage, Place, Relation, Section, Span, Witness,
};

/// Proposes each passage of the body, block by block where it ends inside one.
pub(super) fn propose(
    standing: &Standing<'_>,
    copy: usize,
    relation: &Relation,
    proposals: &mut Vec<Proposal>,
) {
    let ways = Ways::of(&relation.edits);
    let witness = standing.parties[copy].witness;
    let marks = Marks::find(&relation.edits, standing.witness(), witness);
    let marked = Beside::of(standing.witness());
    let mut strangers = Strangers::of(strangers::find(relation, standing.witness(), witness));
    for edit in &relation.edits {
        if let Edit::Extra { copy: passage, at } = edit
            && passage.section == Section::Body
            && !marks.has_copy(passage)
            && !marked.has(witness, passage.match_text)
            && !is_garbled(witness, passage)
        {
            let goes_on = |mark: &&(Passage, usize)| mark.1 == passage.match_text.start();
            let mark = marks.in_base.iter().find(goes_on).map(|(mark, _)| Change {
                at: mark.source.range(),
                chunks: Vec::new(),
            });
            let graft = Graft {
                standing,
                copy,
                passage,
                at,
                ways: &ways,
                mark,
            };
            graft.propose(&mut strangers, proposals);
        }
    }
}

/// Whether a passage was once read in another encoding than it was written in: what it says stands in
/// the ledger.
pub(in crate::merge) fn is_garbled(witness: &Witness, passage: &Passage) -> bool {
    // Damage is in order, and none lies in another.
    let source = passage.source;
    let first = witness
        .damage
        .partition_point(|damage| damage.span.end() <= source.start());
    let mut within = witness.damage[first..]
        .iter()
        .take_while(|damage| damage.span.start() < source.end());
    within.any(|damage| damage.kind == DamageKind::Mojibake)
}

/// How many characters only the copy has at places where the text, too, has something that the copy
/// lacks. Which of the two comes first is not known.
pub(super) fn uncertain(relation: &Relation) -> u64 {
    let (mut sum, mut lacking, mut extra) = (0, false, 0);
    for edit in &relation.edits {
        match edit {
            Edit::Lacking { base, .. } => lacking |= base.section == Section::Body,
            Edit::Extra { copy, .. } if copy.section == Section::Body => extra += copy.chars,
            Edit::Extra { .. } => {}
            _ => {
                sum += if lacking { extra } else { 0 };
                (lacking, extra) = (false, 0);
            }
        }
    }
    sum + if lacking { extra } else { 0 }
}

/// What stands next to what in the copy, and where that is in the text.
pub(super) struct Ways(Vec<(Span, Passage)>);

impl Ways {
    pub fn of(edits: &[Edit]) -> Self {
        let mut both: Vec<(Span, Passage)> = edits
            .iter()
            .filter_map(|edit| match edit {
                Edit::Same { base, copy } | Edit::Variant { base, copy } => {
                    Some((copy.match_text, *base))
                }
                _ => None,
            })
            .collect();
        both.sort_by_key(|(copy, _)| copy.start());
        Self(both)
    }

    /// What stands right before `at` of the copy.
    fn before(&self, at: usize) -> Option<&Passage> {
        let next = self.0.partition_point(|(copy, _)| copy.start() < at);
        let (copy, base) = self.0.get(next.checked_sub(1)?)?;
        (copy.end() == at).then_some(base)
    }

    /// The last passage of the body that begins before `end` in the copy: there, and in the text.
    pub fn of_body_before(&self, end: usize) -> Option<(Span, &Passage)> {
        let next = self.0.partition_point(|(copy, _)| copy.start() < end);
        let mut before = self.0[..next].iter().rev();
        let (copy, base) = before.find(|(_, base)| base.section == Section::Body)?;
        Some((*copy, base))
    }

    /// What stands right after `at` of the copy.
    fn after(&self, at: usize) -> Option<&Passage> {
        let next = self.0.partition_point(|(copy, _)| copy.start() < at);
        let (copy, base) = self.0.get(next)?;
        (copy.start() == at).then_some(base)
    }
}

/// One passage on its way.
struct Graft<'a> {
    standing: &'a Standing<'a>,
    copy: usize,
    passage: &'a Passage,
    at: &'a Place,
    ways: &'a Ways,
    /// What gives way to it.
    mark: Option<Change>,
}

/// The part of a passage that lies in one block.
#[derive(Clone, Copy)]
struct Part {
    block: usize,
    match_text: Span,
    text: Span,
}

/// Blocks that are grafted whole, though a part of them is in the text already: each once.
struct Strangers(Vec<(usize, bool)>);

impl Strangers {
    fn of(blocks: Vec<usize>) -> Self {
        Self(blocks.into_iter().map(|block| (block, false)).collect())
    }

    /// Makes `part` the whole of `block` if that is a stranger; whether there is anything to do.
    fn take(&mut self, part: &mut Part, block: &Block) -> bool {
        // They are in order.
        let Ok(at) = self
            .0
            .binary_search_by_key(&part.block, |(known, _)| *known)
        else {
            return true;
        };
        let (_, taken) = &mut self.0[at];
        part.match_text = block.match_text;
        part.text = block.text;
        !std::mem::replace(taken, true)
    }
}

impl Graft<'_> {
    fn propose(&self, strangers: &mut Strangers, proposals: &mut Vec<Proposal>) {
        let (mut parts, blocks) = self.parts();
        parts.retain_mut(|part| strangers.take(part, &blocks[part.block]));
        let is_whole = |part: &&Part| part.match_text == blocks[part.block].match_text;
        let first = parts.iter().take_while(|part| !is_whole(part)).count();
        let whole = parts[first..].iter().take_while(is_whole).count();
        for part in &parts[..first] {
            proposals.push(self.inside(part));
        }
        if whole > 0 {
            proposals.push(self.blocks(&parts[first..first + whole]));
        }
        for part in &parts[first + whole..] {
            proposals.push(self.inside(part));
        }
        if let (Some(mark), Some(last)) = (&self.mark, proposals.last_mut()) {
            for form in &mut last.forms {
                form.push(mark.clone());
            }
        }
    }

    fn parts(&self) -> (Vec<Part>, &[Block]) {
        let witness = self.standing.parties[self.copy].witness;
        let span = self.passage.match_text;
        let first = witness
            .blocks
            .partition_point(|block| block.match_text.end() <= span.start());
        let blocks = witness.blocks.iter().enumerate().skip(first);
        let within = blocks.take_while(|(_, block)| block.match_text.start() < span.end());
        let parts = within
            .filter(|(_, block)| {
                block.section == self.passage.section && !block.match_text.is_empty()
            })
            .map(|(index, block)| {
                let start = block.match_text.start().max(span.start());
                let end = block.match_text.end().min(span.end());
                let from = match start == block.match_text.start() {
                    true => block.text.start(),
                    false => self.passage.text.start(),
                };
                let to = match end == block.match_text.end() {
                    true => block.text.end(),
                    false => self.passage.text.end(),
                };
                Part {
                    block: index,
                    match_text: Span::new(start, end),
                    text: Span::new(from, to),
                }
            });
        (parts.collect(), &witness.blocks)
    }

    /// Whole blocks: as they are in the copy, or as what they say; at their place, or at the end.
    fn blocks(&self, parts: &[Part]) -> Proposal {
        let witness = self.standing.parties[self.copy].witness;
        let blocks: Vec<&Block> = parts
            .iter()
            .map(|part| &witness.blocks[part.block])
            .collect();
        let span = parts
            .iter()
            .fold(parts[0].match_text, |all, part| all.union(part.match_text));
        let here = self.standing.after_block(self.block_before());
        let end = self.standing.end_of_body();
        let (first, last) = (blocks[0].kind, blocks[blocks.len() - 1].kind);
        let put = |site, chunks| vec![self.standing.put(site, chunks, first, last)];
        let mut forms = Vec::new();
        for chunks in self.sources(&blocks) {
            forms.push(put(here, chunks));
        }
        if let Some(said) = self.said(&blocks) {
            forms.push(put(here, vec![said.clone()]));
            forms.push(put(end, vec![said]));
        }
        Proposal {
            subject: Subject::Passage(span),
            forms,
        }
    }

    /// The block of the text after which the passage goes.
    fn block_before(&self) -> Option<usize> {
        let blocks = &self.standing.witness().blocks;
        let at = self.at.match_text as usize;
        let next = blocks.partition_point(|block| block.match_text.start() < at);
        let before = blocks[..next]
            .iter()
            .rposition(|block| block.section == Section::Body && !block.match_text.is_empty());
        before.or_else(|| {
            self.ways
                .before(self.passage.match_text.start())
                .and_then(|base| {
                    let end = base.match_text.end();
                    let at = blocks.partition_point(|block| block.match_text.end() < end);
                    (at < blocks.len()).then_some(at)
                })
        })
    }

    /// The blocks in the markup that they have, the likeliest first.
    fn sources(&self, blocks: &[&Block]) -> Vec<Vec<Chunk>> {
        let standing = self.standing;
        let format = standing.parties[self.copy].witness.format;
        let mut forms = Vec::new();
        match (format, standing.format) {
            (from, to) if from == to && to != Format::Html => {
                forms.extend(self.lines(blocks, true));
                forms.extend(self.lines(blocks, false));
            }
            (Format::Html, Format::Html) => forms.extend(self.elements(blocks)),
            (Format::Html, Format::Markdown) => {
                let before = self
                    .block_before()
                    .map(|at| standing.witness().blocks[at].kind);
                let sources: Vec<String> = blocks
                    .iter()
                    .map(|block| standing.moved_source(self.copy, block.span))
                    .collect();
                let kinds = blocks.iter().map(|block| block.kind);
                let converted =
                    markup::to_markdown(before, kinds.zip(sources.iter().map(String::as_str)));
                let chunk = converted.and_then(|text| self.converted(&text, blocks));
                forms.extend(chunk.map(|chunk| vec![chunk]));
            }
            (Format::Markdown, Format::Html) => {
                let lines = self
                    .lines_span(blocks, true)
                    .or_else(|| self.lines_span(blocks, false));
                let source = lines.map(|span| standing.moved_source(self.copy, span));
                let converted = source.map(|source| markup::to_html(&source));
                let chunk = converted.and_then(|text| self.converted(&text, blocks));
                forms.extend(chunk.map(|chunk| vec![chunk]));
            }
            _ => {}
        }
        forms
    }

    /// The lines that the blocks stand on, with the indentation of the first.
    fn lines(&self, blocks: &[&Block], indented: bool) -> Option<Vec<Chunk>> {
        let span = self.lines_span(blocks, indented)?;
        Some(vec![self.standing.slice(self.copy, span)?])
    }

    fn lines_span(&self, blocks: &[&Block], indented: bool) -> Option<Span> {
        let party = self.standing.parties[self.copy];
        let witness = party.witness;
        let end = blocks.iter().map(|block| block.span.end()).max()?;
        let mut start = blocks.first()?.span.start();
        if indented {
            let line = witness.lines.start(witness.lines.line(start)).min(start);
            let ahead = self.standing.source(self.copy, Span::new(line, start));
            if !ahead.is_empty() && ahead.trim_matches([' ', '\t', '>']).is_empty() {
                start = line;
            } else if !ahead.is_empty() {
                return None;
            }
        }
        Some(Span::new(start, self.with_rest_of_line(end)))
    }

    /// To the end of the line, if no other block begins on it.
    fn with_rest_of_line(&self, end: usize) -> usize {
        let witness = self.standing.parties[self.copy].witness;
        let line = witness.lines.line(end.saturating_sub(1));
        let next = match (line as usize) < witness.lines.len() {
            true => witness.lines.start(line + 1),
            false => witness.source_len,
        };
        // Blocks begin in the order of the source.
        let after = witness
            .blocks
            .partition_point(|block| block.span.start() < end);
        let others = witness
            .blocks
            .get(after)
            .is_some_and(|block| block.span.start() < next);
        let rest = self
            .standing
            .source(self.copy, Span::new(end, next.max(end)));
        match others || rest.contains('<') {
            true => end,
            false => (end + rest.trim_end().len()).min(next),
        }
    }

    /// The elements that the blocks are, in lists and tables of their own where they need one.
    fn elements(&self, blocks: &[&Block]) -> Option<Vec<Chunk>> {
        let standing = self.standing;
        let around = |kind| match kind {
            BlockKind::ListItem => Some(("<ul>\n", "</ul>")),
            BlockKind::TableRow => Some(("<table>\n", "</table>")),
            _ => None,
        };
        let mut chunks = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| blocks[before].kind);
            let after = blocks.get(at + 1).map(|block| block.kind);
            let tags = around(block.kind);
            if let Some((open, _)) = tags.filter(|_| before != Some(block.kind)) {
                chunks.push(standing.chunk(open, Rule::Separator, None)?);
            }
            chunks.push(standing.slice(self.copy, block.span)?);
            if let Some((_, close)) = tags.filter(|_| after != Some(block.kind)) {
                chunks.push(standing.chunk(close, Rule::Separator, None)?);
            }
            if after.is_some() {
                chunks.push(standing.chunk("\n", Rule::Separator, None)?);
            }
        }
        Some(chunks)
    }

    /// What the blocks say, in the markup of the text.
    fn said(&self, blocks: &[&Block]) -> Option<Chunk> {
        let witness = self.standing.parties[self.copy].witness;
        let texts = blocks.iter().map(|block| (block.kind, block.text(witness)));
        self.converted(&markup::blocks(texts, self.standing.format), blocks)
    }

    fn converted(&self, text: &str, blocks: &[&Block]) -> Option<Chunk> {
        let spans = blocks.iter().map(|block| block.span);
        let span = spans.reduce(Span::union)?;
        self.standing
            .chunk(text, Rule::Converted, Some((self.copy, span)))
    }

    /// A part of a block: inside the block that has the rest of it, or as a block of its own.
    fn inside(&self, part: &Part) -> Proposal {
        let witness = self.standing.parties[self.copy].witness;
        let block = &witness.blocks[part.block];
        let mut forms: Vec<Vec<Change>> = Vec::new();
        forms.extend(self.joined(part, block).map(|change| vec![change]));
        let text = witness.text[part.text.range()].trim();
        let own = markup::blocks([(BlockKind::Paragraph, text)], self.standing.format);
        let span = witness.source_span(part.text);
        if let Some(own) = self
            .standing
            .chunk(&own, Rule::Converted, Some((self.copy, span)))
        {
            let here = self.standing.after_block(self.block_before());
            for site in [here, self.standing.end_of_body()] {
                let kind = BlockKind::Paragraph;
                forms.push(vec![self.standing.put(site, vec![own.clone()], kind, kind)]);
            }
        }
        Proposal {
            subject: Subject::Passage(part.match_text),
            forms,
        }
    }

    /// The part where the rest of its block is: after what stands before it, or before what follows.
    fn joined(&self, part: &Part, block: &Block) -> Option<Change> {
        let witness = self.standing.parties[self.copy].witness;
        let before = &witness.text[block.text.start()..part.text.start()];
        let after = &witness.text[part.text.end()..block.text.end()];
        let space = |text: &str| if text.is_empty() { "" } else { " " }.to_owned();
        let (at, ahead, behind) = match before.is_empty() {
            false => {
                let base = self.ways.before(part.match_text.start())?;
                (base.source.end(), &before[before.trim_end().len()..], "")
            }
            true => {
                let base = self.ways.after(part.match_text.end())?;
                let spaces = after.len() - after.trim_start().len();
                (base.source.start(), "", &after[..spaces])
            }
        };
        let code = block.kind.is_code();
        let keep = |spaces: &str| {
            if code {
                spaces.to_owned()
            } else {
                space(spaces)
            }
        };
        let ahead = self.standing.chunk(&keep(ahead), Rule::Separator, None)?;
        let behind = self.standing.chunk(&keep(behind), Rule::Separator, None)?;
        Some(Change {
            at: at..at,
            chunks: vec![ahead, self.inline(part.text, code)?, behind],
        })
    }

    /// The text of a part: as it is, if there is no markup in it.
    fn inline(&self, text: Span, code: bool) -> Option<Chunk> {
        inline(self.standing, self.copy, text, code)
    }
}

/// Canonical text of a copy as it stands inside a block: its source, if there is no markup in it.
pub(super) fn inline(
    standing: &Standing<'_>,
    copy: usize,
    text: Span,
    code: bool,
) -> Option<Chunk> {
    let witness = standing.parties[copy].witness;
    let source = witness.source_span(text);
    let said = witness.text.get(text.range())?;
    let same_format = witness.format == standing.format;
    if same_format && standing.source(copy, source) == said {
        return standing.slice(copy, source);
    }
    let format = match (code, standing.format) {
        (true, Format::Markdown) => Format::Plain,
        (_, format) => format,
    };
    let said = markup::inline(said, format);
    standing.chunk(&said, Rule::Converted, Some((copy, source)))
}
