//! The tokens of a reading: blocks, [`mod@sentences`], [`mod@words`] (UAX #29, so that each Han
//! character is one). They are found in canonical text, where white space still tells words apart,
//! and given as ranges of the reading. The tokens of a range cover it without gaps.

use std::ops::Range;

use super::reading::Reading;
use super::sentences;
use super::trim;
use super::words;
use crate::text::Span;

/// The blocks in `range`.
pub(super) fn blocks(reading: &Reading<'_, '_>, range: Range<usize>) -> Vec<Range<usize>> {
    reading.blocks_in(range).map(|(part, _)| part).collect()
}

/// The sentences in `range`. None crosses the border of two blocks.
pub(super) fn sentences(reading: &Reading<'_, '_>, range: Range<usize>) -> Vec<Range<usize>> {
    tokens(reading, range, sentences::starts)
}

/// The words in `range`. None crosses the border of two blocks.
pub(super) fn words(reading: &Reading<'_, '_>, range: Range<usize>) -> Vec<Range<usize>> {
    tokens(reading, range, words::starts)
}

/// Text on either side of a place that says whether words border there, in bytes of match text:
/// more than words are long.
const AROUND: usize = 64;

/// Whether a word begins or ends at `at`.
pub(super) fn is_word_border(reading: &Reading<'_, '_>, at: usize) -> bool {
    let text = reading.text();
    if reading.is_block_start(at) || trim::words_border(text, at) {
        return true;
    }
    let start = text.floor_char_boundary(at.saturating_sub(AROUND));
    let end = text.ceil_char_boundary((at + AROUND).min(text.len()));
    words(reading, start..end)
        .iter()
        .any(|word| word.start == at)
}

fn tokens<'r, 't, I>(
    reading: &'r Reading<'_, 't>,
    range: Range<usize>,
    split: impl Fn(&'t str) -> I,
) -> Vec<Range<usize>>
where
    I: Iterator<Item = usize>,
{
    let witness = reading.atlas.witness;
    let mut found = Vec::new();
    for (part, index) in reading.blocks_in(range) {
        let Some((block_start, _)) = reading.block_start(part.start) else {
            continue;
        };
        let map = reading.atlas.map(index);
        // Only the canonical text of this part is split: a part that is small in a large block
        // costs no more than itself.
        let inside = Span::new(part.start - block_start, part.end - block_start);
        let canonical = map.canonical(inside);
        let text = &witness.blocks[index].text(witness)[canonical.range()];
        let mut start = part.start;
        for at in split(text).skip(1) {
            let at = canonical.start() + at;
            let end = block_start + map.matched_end(at);
            let end = end.min(part.end);
            // White space folds to nothing; a token of it joins the one before.
            if end > start {
                found.push(start..end);
                start = end;
            }
        }
        if start < part.end {
            found.push(start..part.end);
        }
    }
    found
}
