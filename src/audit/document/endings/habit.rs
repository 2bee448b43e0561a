//! What a document does with its sentences elsewhere: one that writes no full stops lacks none.

use super::Seen;
use super::mark::{self, Mark};
use crate::text::Block;

/// Whether the blocks before `last` that are like it end their sentences, nearly all of them, so that
/// it lacks its end. The less it looks like a sentence itself, the more of them must say so.
pub(super) fn ends_its_sentences(seen: &Seen<'_>, last: &Block) -> bool {
    let text = seen.text(last);
    let few = match (mark::holds_sentence(text), is_long(text)) {
        (true, _) => 0,
        (false, true) => FEW,
        // It may be a label, or the line that stands below every page.
        (false, false) => return false,
    };
    let like = seen
        .body()
        .filter(|block| block.text.start() < last.text.start() && block.kind == last.kind)
        .map(|block| seen.text(block))
        .filter(|text| is_long(text));
    let (mut all, mut whole) = (0, 0);
    for text in like {
        all += 1;
        whole += usize::from(mark::of(text) != Mark::Word);
    }
    all >= few && whole * MOST.1 >= all * MOST.0
}

/// Whether the text is as long as a sentence of some length, in bytes: 20 Han characters.
fn is_long(text: &str) -> bool {
    text.len() >= 60
}

/// Nearly all: nineteen of twenty.
const MOST: (usize, usize) = (19, 20);

/// How many blocks show a habit.
const FEW: usize = 4;
