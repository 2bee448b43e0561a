//! Blocks that have next to nothing in common are different as wholes.
//!
//! Of two paragraphs at one place that begin with the same article, or end with the same full stop,
//! these few characters correspond to nothing: what one side has there is its paragraph.

use std::ops::Range;

use super::reading::Reading;
use super::steps::{Gap, KEPT_RUN, Step, Steps};

/// What is equal at the ends of blocks is passed over if it is at most one part in this many of what
/// differs between, on either side.
const SHARE: usize = 16;

/// Widens each gap with text on both sides to the ends of its blocks, if nearly all of them differs.
pub(super) fn whole_blocks(
    mut steps: Steps,
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
) -> Steps {
    for at in 0..steps.0.len() {
        let Step::Gap { base: b, copy: c } = &steps.0[at] else {
            continue;
        };
        let gap = Gap {
            base: b.clone(),
            copy: c.clone(),
        };
        let equal = |step: Option<&Step>| match step {
            Some(Step::Equal { base, .. }) => base.len(),
            _ => 0,
        };
        let before = equal(at.checked_sub(1).and_then(|before| steps.0.get(before)));
        let behind = equal(steps.0.get(at + 1));
        let Some((head, tail)) = ends(&gap, base, copy) else {
            continue;
        };
        if head > before || tail > behind {
            continue;
        }
        if let Some(Step::Equal { base, copy }) = at.checked_sub(1).map(|at| &mut steps.0[at]) {
            (base.end, copy.end) = (base.end - head, copy.end - head);
        }
        if let Some(Step::Equal { base, copy }) = steps.0.get_mut(at + 1) {
            (base.start, copy.start) = (base.start + tail, copy.start + tail);
        }
        let widened = |range: Range<usize>| range.start - head..range.end + tail;
        steps.0[at] = Step::Gap {
            base: widened(gap.base),
            copy: widened(gap.copy),
        };
    }
    let mut out = Steps::default();
    for step in steps.0 {
        match step {
            Step::Equal { base, copy } => out.push_equal(base, copy),
            Step::Gap { base, copy } => out.push_gap(base, copy),
        }
    }
    out
}

/// How much of its blocks is before and behind a gap that takes up nearly all of them; the same on
/// both sides, and some of it.
fn ends(gap: &Gap, base: &Reading<'_, '_>, copy: &Reading<'_, '_>) -> Option<(usize, usize)> {
    let shorter = gap.base.len().min(gap.copy.len());
    let most = (shorter / SHARE).min(KEPT_RUN);
    let of = |reading: &Reading<'_, '_>, range: &Range<usize>| {
        let (start, _) = reading.block_start(range.start)?;
        Some((
            range.start - start,
            reading.block_end(range.end) - range.end,
        ))
    };
    let (head, tail) = of(base, &gap.base).filter(|ends| of(copy, &gap.copy) == Some(*ends))?;
    (1..=most).contains(&(head + tail)).then_some((head, tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::reading::Atlas;
    use crate::collate::sample::paragraphs;
    use crate::text::Section;

    /// What is equal of two texts that are given in parts: equal, different, equal.
    #[track_caller]
    fn check(parts: [&str; 4], expected: [&str; 2]) {
        let [head, one, other, tail] = parts;
        let read = |text: &str| paragraphs(&text.split("\n\n").collect::<Vec<_>>());
        let (base, copy) = (format!("{head}{one}{tail}"), format!("{head}{other}{tail}"));
        let (base, copy) = (read(&base), read(&copy));
        let (base, copy) = (Atlas::new(&base), Atlas::new(&copy));
        let base = Reading::new(&base, Section::Body);
        let copy = Reading::new(&copy, Section::Body);
        let len = |text: &str| text.split_whitespace().map(str::len).sum::<usize>();
        let (start, end) = (len(head), len(tail));
        let mut steps = Steps::default();
        steps.push_equal(0..start, 0..start);
        steps.push_gap(start..base.len() - end, start..copy.len() - end);
        steps.push_equal(base.len() - end..base.len(), copy.len() - end..copy.len());
        let steps = whole_blocks(steps, &base, &copy).0;
        let equal = steps.iter().filter_map(|step| match step {
            Step::Equal { base: range, .. } => Some(&base.text()[range.clone()]),
            Step::Gap { .. } => None,
        });
        assert_eq!(equal.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_full_stop_is_nothing_in_common() {
        let morning = "Every morning the old man walks along the wall and counts the boats";
        let summer = "In summer the children of the village jump into the water from it";
        check(
            ["One.\n\n", morning, summer, ".\n\nThree."],
            ["One.", "Three."],
        );
        check(
            [
                "One.\n\n我们在堤坝上常常看见的",
                "老人每天早上数船把数目写进一个小本子然后坐在缆桩上抽一支烟看雾散去，慢慢地，不说话，也不看人，直到太阳升起来，雾散了，船也都出海去了",
                "孩子们在夏天的晚上从墙上跳进水里母亲们在窗口喊他们回家吃饭天黑得很慢，水很暖和，谁也不想回家，直到月亮升起来，灯也都亮了，狗都睡着了",
                "\n\nThree.",
            ],
            ["One.我们在堤坝上常常看见的", "Three."],
        );
        // A phrase is what is left when a word of it changed.
        check(
            [
                "One.\n\n",
                "Three minutes",
                "Four minutes",
                " are enough.\n\nThree.",
            ],
            ["One.", "areenough.Three."],
        );
        check(
            ["One.\n\n", "Tea", "Milk", ".\n\nThree."],
            ["One.", ".Three."],
        );
    }
}
