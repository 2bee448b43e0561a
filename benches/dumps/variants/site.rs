//! Copies of a page whose header and footer all pages of its site have.

use super::cuts::{Falls, point, some_share};
use super::{Base, Copy, Dice, Point, SHORTEST};

/// The text alone.
pub fn bare(base: &Base, _: &mut Dice) -> Option<Copy> {
    let document = base.document.part(own(base));
    base.copy(&document, base.style, base.encoding, "contained")
}

/// The text is cut off, but the footer follows, so that what it lacks lies between two passages.
pub fn footer_follows(base: &Base, dice: &mut Dice) -> Option<Copy> {
    let text = base.document.part(own(base));
    let cut = point(&text, some_share(dice), Falls::BlockEnd, dice)?;
    let cut = Point {
        block: cut.block + base.own.start,
        ..cut
    };
    let kept = base
        .document
        .part(Point::start_of(base.own.start)..cut)
        .amount();
    // With the title alone it is a page that says nothing.
    (kept.sketch >= SHORTEST).then_some(())?;
    let document = base.document.without(cut..own(base).end);
    let copy = base.copy(&document, base.style, base.encoding, "contained")?;
    Some(Copy {
        passage: kept.sketch,
        ..copy
    })
}

fn own(base: &Base) -> std::ops::Range<Point> {
    Point::start_of(base.own.start)..Point::start_of(base.own.end)
}
