//! Two gaps that can be one.
//!
//! Of rows that say the same, one that says something else now may be told as a new row, and an old
//! one as lacking further on: as much corresponds that way. Where the text between two such gaps
//! repeats itself, one of them can as well lie beside the other, and the row is what it is: changed.

use std::ops::Range;

use super::reading::Reading;
use super::steps::{Step, Steps};

/// One of the two sides, at a gap, equal text and another gap.
struct Side<'r, 'a, 'w> {
    reading: &'r Reading<'a, 'w>,
    first: Range<usize>,
    equal: Range<usize>,
    second: Range<usize>,
}

/// Makes one gap of each two, of which one is the base's and one the copy's, that can lie side by
/// side.
pub(super) fn meet(steps: Steps, base: &Reading<'_, '_>, copy: &Reading<'_, '_>) -> Steps {
    let mut out: Vec<Step> = Vec::with_capacity(steps.0.len());
    for step in steps.0 {
        let met = match (out.as_slice(), &step) {
            (
                [
                    ..,
                    Step::Gap { base: b1, copy: c1 },
                    Step::Equal { base: be, copy: ce },
                ],
                Step::Gap { base: b2, copy: c2 },
            ) => {
                let side = |reading, parts: [&Range<usize>; 3]| {
                    let [first, equal, second] = parts.map(Range::clone);
                    Side {
                        reading,
                        first,
                        equal,
                        second,
                    }
                };
                one_gap(&side(base, [b1, be, b2]), &side(copy, [c1, ce, c2]))
            }
            _ => None,
        };
        match met {
            Some(steps) => {
                out.truncate(out.len() - 2);
                out.extend(steps);
            }
            None => out.push(step),
        }
    }
    let mut joined = Steps::default();
    joined.append(Steps(out));
    joined
}

/// The steps in the place of a gap, equal text and another gap, if they can be one gap and equal
/// text.
fn one_gap(base: &Side<'_, '_, '_>, copy: &Side<'_, '_, '_>) -> Option<[Step; 2]> {
    let is_of = |one: &Side<'_, '_, '_>, other: &Side<'_, '_, '_>| {
        one.second.is_empty() && other.first.is_empty()
    };
    if !is_of(base, copy) && !is_of(copy, base) {
        return None;
    }
    let gap = |base, copy| Step::Gap { base, copy };
    let equal = |base, copy| Step::Equal { base, copy };
    if let (Some((b, be)), Some((c, ce))) = (base.forward(), copy.forward()) {
        return Some([gap(b, c), equal(be, ce)]);
    }
    if let (Some((be, b)), Some((ce, c))) = (base.backward(), copy.backward()) {
        return Some([equal(be, ce), gap(b, c)]);
    }
    None
}

impl Side<'_, '_, '_> {
    /// The gap before the equal text, and the equal text after it.
    fn forward(&self) -> Option<(Range<usize>, Range<usize>)> {
        if self.second.is_empty() {
            return Some((self.first.clone(), self.equal.clone()));
        }
        let (start, len) = (self.equal.start, self.second.len());
        let place = start + len;
        self.repeats(start, len)
            .then_some((start..place, place..self.second.end))
    }

    /// The equal text before the gap, and the gap after it.
    fn backward(&self) -> Option<(Range<usize>, Range<usize>)> {
        if self.first.is_empty() {
            return Some((self.equal.clone(), self.second.clone()));
        }
        let (start, len) = (self.first.start, self.first.len());
        let place = start + self.equal.len();
        self.repeats(start, len)
            .then_some((start..place, place..self.equal.end))
    }

    /// Whether the text from `start` on, as long as the equal text and `len` more, says the same
    /// again after each `len` bytes, and whole blocks of it.
    fn repeats(&self, start: usize, len: usize) -> bool {
        let text = self.reading.text().as_bytes();
        let equal = self.equal.len();
        self.reading.is_block_start(start + len)
            && self.reading.is_block_start(start + equal)
            && text[start..start + equal] == text[start + len..start + len + equal]
    }
}
