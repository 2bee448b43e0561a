//! Takes text from a segmenter, piece by piece, and builds blocks in canonical form.

use std::ops::Range;

use super::comments::Profiles;
use super::outline::{Element, Outline};
use super::unicode::{self, Origin, Writer};
use crate::text::{
    Asset, AssetKind, Block, BlockKind, Damage, DamageKind, ListNumber, Open as LeftOpen, Opened,
    Section, Span, Tally, TextMap,
};

/// Blocks and texts before comments are recognised. Spans called `span` are bytes of the
/// *decoded* text here; they become source spans when the witness is finished.
///
/// As in [`crate::text::Witness`], the `text` spans of the blocks ascend with one newline between
/// two, and their `match_text` spans tile the match text. Offsets of the outline lie between
/// characters of `text`.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub text: String,
    pub match_text: String,
    pub blocks: Vec<Block>,
    pub assets: Vec<Asset>,
    pub tally: Tally,
    /// NULs, control characters, replacement characters and broken markup, in the order they were
    /// given.
    pub damage: Vec<Damage>,
    /// What is open where the decoded text ends.
    pub open: Option<LeftOpen>,
    pub text_map: TextMap,
    pub outline: Outline,
    /// The blocks that read like the heading of a comment section, ascending.
    pub headings: Vec<u32>,
    /// Where a budget stopped the search for lists of comments without classes.
    pub unsearched: Option<usize>,
    /// Whether text was left out because its offsets pass 4 GiB.
    pub overflow: bool,
}

/// Builds a [`Draft`] from the decoded text. A segmenter opens a block, gives it pieces of text
/// in order, and closes it; the builder applies the Unicode rules across the pieces, drops
/// blocks without text, and keeps the way back to the decoded text.
pub(crate) struct Builder<'d> {
    decoded: &'d str,
    profiles: &'d Profiles,
    section: Section,
    writer: Writer,
    open: Option<Open>,
    /// The number of the block that will open next.
    number: ItemNumber,
    /// Blocks whose number is less by that of the last item of their list. Inner lists are behind
    /// those around them.
    backward: Vec<usize>,
    draft: Draft,
}

/// The block that is open.
struct Open {
    kind: BlockKind,
    section: Section,
    at: usize,
    number: ItemNumber,
}

/// What is known of the number of a list item when it begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ItemNumber {
    #[default]
    None,
    Known(ListNumber),
    /// Counted down from an end that is not known yet, which stands for 0.
    Backward(ListNumber),
}

/// How many bytes of a document have one block or more, as a rule.
const BLOCK: usize = 96;

/// How long a heading may be that starts the outline, in bytes of canonical text.
const HEADING_LIMIT: usize = 120;

impl<'d> Builder<'d> {
    /// A builder for `decoded`.
    pub fn new(decoded: &'d str, profiles: &'d Profiles) -> Self {
        // Neither text is often longer than the decoded text; memory that is never written to
        // costs nothing until it is given back at the end.
        Self {
            decoded,
            profiles,
            section: Section::Body,
            writer: Writer::with_capacity(decoded.len()),
            open: None,
            number: ItemNumber::None,
            backward: Vec::new(),
            draft: Draft {
                blocks: Vec::with_capacity(decoded.len() / BLOCK + 1),
                ..Draft::default()
            },
        }
    }

    /// The text that all offsets count in.
    pub fn decoded(&self) -> &'d str {
        self.decoded
    }

    /// The section of the blocks that are opened from here on.
    pub fn set_section(&mut self, section: Section) {
        self.section = section;
    }

    /// Opens a block whose markup begins at `at`, after closing the open one, if any.
    pub fn open(&mut self, kind: BlockKind, at: usize) {
        self.close(at);
        self.writer.begin(kind.is_code());
        self.open = Some(Open {
            kind,
            section: self.section,
            at,
            number: std::mem::take(&mut self.number),
        });
    }

    /// The block that opens next begins an item of a list with this number. That of the last one
    /// told of counts.
    pub fn number(&mut self, number: ItemNumber) {
        self.number = number;
    }

    /// How many blocks there are with a number that is not known yet.
    pub fn backward(&self) -> usize {
        self.backward.len()
    }

    /// A list ends whose first item has the number `first`: that of its blocks, which are all with
    /// such a number behind the first `before`, is known.
    pub fn settle(&mut self, before: usize, first: i32) {
        for block in self.backward.drain(before.min(self.backward.len())..) {
            if let Some(number) = &mut self.draft.blocks[block].number {
                number.value = number.value.saturating_add(first);
            }
        }
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the open block has text so far other than white space.
    pub fn has_text(&self) -> bool {
        self.is_open() && self.writer.has_text()
    }

    /// `decoded[range]` as text. Without an open block, it opens a paragraph where its first
    /// visible character stands, if it has one.
    pub fn verbatim(&mut self, range: Range<usize>) {
        let decoded = self.decoded;
        let range = match decoded.get(range.clone()) {
            Some(_) => range,
            None => between_characters(decoded, range.into()).range(),
        };
        if self.open.is_none()
            && let Some(first) = decoded[range.clone()].find(unicode::is_visible)
        {
            self.open(BlockKind::Paragraph, range.start + first);
        }
        self.writer.put(decoded, range, &Origin::Verbatim);
    }

    /// `text`, which stands for `decoded[range]`: an entity, an escape, a line break. Without an
    /// open block, it opens a paragraph if it has a visible character.
    pub fn replaced(&mut self, range: Range<usize>, text: &str) {
        if self.open.is_none() && text.contains(unicode::is_visible) {
            self.open(BlockKind::Paragraph, range.start);
        }
        self.writer
            .put(text, 0..text.len(), &Origin::Replaced(range));
    }

    /// Closes the open block, if any, whose markup ends at `at`, and, if it
    /// reads like the heading of a comment section, starts the outline.
    pub fn close(&mut self, at: usize) {
        let Some(open) = self.open.take() else { return };
        let Some(written) = self.writer.end() else {
            return;
        };
        let canonical = &self.writer.text[written.text.range()];
        if self.profiles.is_heading(canonical) {
            self.draft.headings.push(self.draft.blocks.len() as u32);
            if canonical.len() <= HEADING_LIMIT {
                self.draft.outline.start();
            }
        }
        let number = match open.number {
            ItemNumber::None => None,
            ItemNumber::Known(number) => Some(number),
            ItemNumber::Backward(number) => {
                self.backward.push(self.draft.blocks.len());
                Some(number)
            }
        };
        self.draft.blocks.push(Block {
            kind: open.kind,
            section: open.section,
            span: Span::new(open.at, at).union(written.seen),
            line: 0,
            text: written.text,
            match_text: written.matched,
            number,
        });
    }

    /// Notes an asset. Its alternative text is brought to canonical form here.
    pub fn asset(&mut self, kind: AssetKind, target: &str, alt: &str, markup: Range<usize>) {
        let mut writer = Writer::default();
        if !alt.is_empty() {
            writer.begin(false);
            writer.put(alt, 0..alt.len(), &Origin::Replaced(markup.clone()));
            writer.end();
            self.writer.noted.append(writer.noted);
        }
        self.draft.assets.push(Asset {
            kind,
            target: target.to_owned(),
            alt: writer.text,
            section: self.section,
            span: markup.into(),
            line: 0,
        });
    }

    /// Notes that `markup` is broken.
    pub fn damage(&mut self, kind: DamageKind, markup: Range<usize>) {
        self.writer.noted.damage(kind, markup.into());
    }

    /// Notes that what `markup` opens is never closed. The last one told of counts: it is the
    /// innermost.
    pub fn left_open(&mut self, what: Opened, markup: Range<usize>) {
        self.draft.open = Some(LeftOpen {
            what,
            span: markup.into(),
            line: 0,
        });
    }

    /// Whether the outline has started.
    pub fn is_recording(&self) -> bool {
        self.draft.outline.is_recording()
    }

    /// An element opens whose start tag is `tag`, with the values of its `class` and `id`: if
    /// they are those of a comment section, the outline starts with it. Gives the depth to
    /// [`leave`](Self::leave) to.
    pub fn enter(&mut self, name: &'static str, tag: Range<usize>, class: &str, id: &str) -> usize {
        if !self.draft.outline.is_recording() && self.profiles.hint(class, id) {
            self.draft.outline.start();
        }
        let text = self.writer.text.len();
        self.draft.outline.enter(name, tag.into(), text)
    }

    /// Opens the element again that was closed last, as [`Outline::resume`] does.
    pub fn resume(&mut self, goes_on: impl FnOnce(&Element) -> bool) -> Option<usize> {
        self.draft.outline.resume(goes_on)
    }

    /// Closes recorded elements down to `depth`, at `end` in the decoded text.
    pub fn leave(&mut self, depth: usize, end: usize) {
        let text = self.writer.text.len();
        self.draft.outline.leave(depth, end, text);
    }

    /// Closes what is open at the end of the decoded text and gives the draft.
    pub fn finish(mut self) -> Draft {
        let end = self.decoded.len();
        self.close(end);
        self.leave(0, end);
        let mut draft = self.draft;
        draft.text = self.writer.text;
        draft.text_map = self.writer.map;
        draft.tally = self.writer.noted.tally;
        draft.damage = self.writer.noted.damage;
        draft.overflow = self.writer.overflow;
        draft.text.shrink_to_fit();
        draft.match_text = self.writer.matched.finish();
        draft.text_map.shrink();
        draft.blocks.shrink_to_fit();
        for element in &mut draft.outline.elements {
            // An accent that came after an element was noted may have become one with the
            // character before it.
            element.text = between_characters(&draft.text, element.text);
        }
        draft
    }
}

/// The span, moved on to where characters begin.
fn between_characters(text: &str, span: Span) -> Span {
    let snap = |offset: usize| {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset += 1;
        }
        offset
    };
    Span::new(snap(span.start()), snap(span.end()))
}

#[cfg(test)]
mod tests;
