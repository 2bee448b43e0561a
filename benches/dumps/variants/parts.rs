//! Copies that are a part of the base, but not its beginning.
//!
//! What they lack, and what they keep between two gaps, is more than [`A_FEW_WORDS`]: a title that
//! is lacking besides the whole second half is a small variant of a cut, and of a few words nobody
//! can tell where they stood.

use super::cuts::{Falls, point, some_share};
use super::{Amount, Base, Copy, Dice, Document, Markup, Point};

/// In characters without white space.
const A_FEW_WORDS: usize = 16;

pub fn head(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let from = point(
        &base.document,
        1.0 - some_share(dice),
        some_place(dice),
        dice,
    )?;
    lacks(base, Point::start_of(0)..from).then_some(())?;
    base.copy(
        &base.document.from(from),
        base.style,
        base.encoding,
        "contained",
    )
}

pub fn gap(base: &Base, dice: &mut Dice) -> Option<Copy> {
    with_gaps(base, 1, dice)
}

pub fn gaps(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let gaps = dice.within(2..4);
    with_gaps(base, gaps, dice)
}

/// A passage of a page that has other text before and after it.
pub fn excerpt(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let (one, two) = (dice.share(), dice.share());
    let from = point(&base.document, one.min(two), Falls::BlockEnd, dice)?;
    let to = point(&base.document, one.max(two), Falls::BlockEnd, dice)?;
    if from >= to {
        return None;
    }
    let mut document = base.document.part(from..to);
    document.comments.clear();
    let end = Point::start_of(base.document.blocks.len());
    let lacking = [Point::start_of(0)..from, to..end];
    let is_excerpt = lacking.into_iter().all(|range| lacks(base, range));
    (is_excerpt && is_passage(&document)).then_some(())?;
    base.copy(&document, base.style, base.encoding, "contained")
}

/// The list of comments had not yet grown.
pub fn fewer_comments(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let comments = base.document.comments.len();
    if comments < 2 || base.style.markup == Markup::Plain {
        return None;
    }
    let mut document = base.document.clone();
    document.comments.truncate(dice.within(1..comments));
    base.copy(&document, base.style, base.encoding, "contained")
}

fn with_gaps(base: &Base, gaps: usize, dice: &mut Dice) -> Option<Copy> {
    // The ends of kept and lacking passages, by turns.
    let mut ends: Vec<Point> = Vec::new();
    for _ in 0..2 * gaps {
        let share = dice.share();
        ends.push(point(&base.document, share, some_place(dice), dice)?);
    }
    ends.sort_unstable();
    ends.dedup();
    if ends.len() != 2 * gaps {
        return None;
    }
    let mut document = Document {
        blocks: Vec::new(),
        ..base.document.clone()
    };
    let (mut at, mut passage) = (Point::start_of(0), 0);
    let whole = Point::start_of(base.document.blocks.len());
    for gap in ends.chunks(2).chain([&[whole, whole][..]]) {
        let kept = base.document.part(at..gap[0]);
        if !is_passage(&kept) {
            return None;
        }
        passage = passage.max(kept.amount().sketch);
        document.blocks.extend(kept.blocks);
        if gap[0] < whole && !lacks(base, gap[0]..gap[1]) {
            return None;
        }
        at = gap[1];
    }
    let copy = base.copy(&document, base.style, base.encoding, "contained")?;
    Some(Copy { passage, ..copy })
}

/// Whether a copy without `range` lacks a passage. The title does not count: pages have it twice.
fn lacks(base: &Base, range: std::ops::Range<Point>) -> bool {
    let lacking = base.document.part(range).amount().chars;
    lacking > A_FEW_WORDS + Amount::of(&base.document.title).chars
}

fn is_passage(document: &Document) -> bool {
    document.amount().chars > A_FEW_WORDS
}

fn some_place(dice: &mut Dice) -> Falls {
    *dice.pick(&[
        Falls::BlockEnd,
        Falls::BlockEnd,
        Falls::SentenceEnd,
        Falls::InSentence,
    ])
}
