//! Takes text from a segmenter, piece by piece, and builds blocks in canonical form.

use std::ops::Range;

use super::comments::Profiles;
use super::outline::Outline;
use crate::text::{Asset, AssetKind, Block, BlockKind, Section, Span, Tally, TextMap};

/// Blocks and texts before comments are recognised. Spans called `span` are bytes of the
/// *decoded* text here; they become source spans when the witness is finished.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub text: String,
    pub match_text: String,
    pub blocks: Vec<Block>,
    pub assets: Vec<Asset>,
    pub tally: Tally,
    pub text_map: TextMap,
    pub outline: Outline,
}

/// Builds a [`Draft`] from the decoded text. A segmenter opens a block, gives it pieces of text
/// in order, and closes it; the builder applies the Unicode rules across the pieces, drops
/// blocks without text, and keeps the way back to the decoded text.
pub(crate) struct Builder<'d> {
    decoded: &'d str,
    profiles: &'d Profiles,
    section: Section,
    draft: Draft,
}

impl<'d> Builder<'d> {
    /// A builder for `decoded`.
    pub fn new(decoded: &'d str, profiles: &'d Profiles) -> Self {
        Self {
            decoded,
            profiles,
            section: Section::Body,
            draft: Draft::default(),
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
        let _ = (kind, at);
        todo!("helper: unicode")
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        todo!("helper: unicode")
    }

    /// Whether the open block has text so far other than white space.
    pub fn has_text(&self) -> bool {
        todo!("helper: unicode")
    }

    /// `decoded[range]` as text.
    pub fn verbatim(&mut self, range: Range<usize>) {
        let _ = range;
        todo!("helper: unicode")
    }

    /// `text`, which stands for `decoded[range]`: an entity, an escape, a line break.
    pub fn replaced(&mut self, range: Range<usize>, text: &str) {
        let _ = (range, text);
        todo!("helper: unicode")
    }

    /// Closes the open block, if any, whose markup ends at `at`: folds its match text and, if it
    /// reads like the heading of a comment section, starts the outline.
    pub fn close(&mut self, at: usize) {
        let _ = (at, self.profiles);
        todo!("helper: unicode")
    }

    /// Notes an asset. Its alternative text is brought to canonical form here.
    pub fn asset(&mut self, kind: AssetKind, target: &str, alt: &str, markup: Range<usize>) {
        let _ = (kind, target, alt, markup);
        todo!("helper: unicode")
    }

    /// An element opens whose start tag is `tag`, with the values of its `class` and `id`: if
    /// they are those of a comment section, the outline starts with it. Gives the depth to
    /// [`leave`](Self::leave) to.
    pub fn enter(&mut self, name: &'static str, tag: Range<usize>, class: &str, id: &str) -> usize {
        let _ = (name, tag, class, id);
        todo!("helper: unicode")
    }

    /// Closes recorded elements down to `depth`, at `end` in the decoded text.
    pub fn leave(&mut self, depth: usize, end: usize) {
        let text = self.draft.text.len();
        self.draft.outline.leave(depth, end, text);
    }

    /// Closes what is open at the end of the decoded text and gives the draft.
    pub fn finish(mut self) -> Draft {
        let end = self.decoded.len();
        self.close(end);
        self.leave(0, end);
        let _ = Span::at(end);
        self.draft
    }
}
