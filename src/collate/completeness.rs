//! Which of two witnesses holds more.

use super::{assets, count_chars, cut};
use crate::text::{Section, Witness};

/// How complete a witness is, to compare with that of another: the one that is greater holds more
/// and is the base of the two. In order of weight: intact characters of match text in the body,
/// comments, assets other than avatars, characters of match text in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Completeness {
    /// Characters of match text in the body that are not damaged: a copy that mojibake made longer
    /// is not the more complete one.
    pub body: u64,
    /// Comments.
    pub comments: usize,
    /// Assets, avatars apart.
    pub assets: usize,
    /// Characters of match text in all.
    pub all: u64,
}

impl Completeness {
    /// That of `witness`.
    pub fn of(witness: &Witness) -> Self {
        let lost = |text: &str| match &witness.damage[..] {
            [] => 0,
            _ => text.matches(char::REPLACEMENT_CHARACTER).count() as u64,
        };
        let (mut all, mut body, mut end) = (0, 0, "");
        for block in &witness.blocks {
            let text = block.match_text(witness);
            let chars = count_chars(text);
            all += chars;
            if block.section == Section::Body {
                body += chars - lost(text);
                end = text;
            }
        }
        // The dots that a program leaves at a cut are no text.
        let dots = &end[cut::without_ellipsis(end).len()..];
        let dots = count_chars(dots) - lost(dots);
        // Mojibake makes about one character of each byte that there should be.
        let repairs = witness.damage.iter().map(|damage| damage.repair.len());
        let garbled: usize = repairs.sum();
        Self {
            body: body.saturating_sub(dots + garbled as u64),
            comments: witness.comments.len(),
            assets: assets::substantial(witness).count(),
            all,
        }
    }
}
