//! Steps and the parts of gaps -> edits.

use std::ops::Range;

use super::align::Step;
use super::moves::{Part, Parts};
use super::reading::Reading;
use crate::text::Edit;

/// Edits, and the text that was left out of them.
pub(super) struct Told {
    pub edits: Vec<Edit>,
    /// The ellipsis at the end of a witness that is cut off there.
    pub ellipsis: Option<String>,
}

/// Tells the way through both readings. `gaps` are the parts of the gaps among `steps`, in order.
pub(super) fn tell(
    steps: &[Step],
    gaps: &[Parts],
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    ellipsis: Option<String>,
) -> Told {
    let mut edits = Vec::new();
    let mut gaps = gaps.iter();
    for step in steps {
        match step {
            Step::Equal { base: b, copy: c } => edits.push(Edit::Same {
                base: base.passage(b.clone()),
                copy: copy.passage(c.clone()),
            }),
            Step::Gap { base: b, copy: c } => {
                if let Some(parts) = gaps.next() {
                    tell_gap(b, c, parts, base, copy, &mut edits);
                }
            }
        }
    }
    Told { edits, ellipsis }
}

fn tell_gap(
    base_gap: &Range<usize>,
    copy_gap: &Range<usize>,
    parts: &Parts,
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    edits: &mut Vec<Edit>,
) {
    if let (
        [
            b @ Part {
                elsewhere: None, ..
            },
        ],
        [
            c @ Part {
                elsewhere: None, ..
            },
        ],
    ) = (parts.base.as_slice(), parts.copy.as_slice())
    {
        let (b, c) = (base.passage(b.range.clone()), copy.passage(c.range.clone()));
        if say_the_same_thing(b.chars, c.chars) {
            return edits.push(Edit::Variant { base: b, copy: c });
        }
    }
    for part in &parts.base {
        let passage = base.passage(part.range.clone());
        edits.push(match part.elsewhere {
            Some(span) => Edit::Moved {
                base: passage,
                copy: copy.atlas.passage(span),
            },
            None => Edit::Lacking {
                base: passage,
                at: copy.place(copy_gap.start),
            },
        });
    }
    for part in &parts.copy {
        let passage = copy.passage(part.range.clone());
        edits.push(match part.elsewhere {
            Some(span) => Edit::MovedHere {
                copy: passage,
                base: base.atlas.passage(span),
            },
            None => Edit::Extra {
                copy: passage,
                at: base.place(base_gap.end),
            },
        });
    }
}

/// Whether two passages at the same place that have nothing in common are one thing said in two
/// ways. They are if they are a phrase, not a paragraph, and about as long as each other (the 16
/// characters allow for a word put in another way). Otherwise each holds text that the other
/// lacks, and calling that a variant would hide a loss.
fn say_the_same_thing(base: u64, copy: u64) -> bool {
    let longer = base.max(copy);
    longer <= PHRASE && longer <= 2 * base.min(copy) + 16
}

/// In characters of match text: a sentence, in Chinese a long one.
const PHRASE: u64 = 80;
