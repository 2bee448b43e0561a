//! The way through two readings, step by step.

use std::ops::Range;

use rayon::prelude::*;

use super::ends;
use super::reading::Reading;

/// Equal words between two changes are kept as equal, however much changed around them, if they
/// are at least this many bytes of match text: 8 Han characters or some 5 English words.
pub(super) const KEPT_RUN: usize = 24;

/// What is left of a text between two gaps is looked for if it is at least this many bytes of match
/// text: 4 Han characters or 2 English words. Less is in any text.
const REMNANT_MIN: usize = 12;

/// So many steps are refined by one thread.
const FEW_STEPS: usize = 128;

/// One step of the way through two readings, in order; together the steps cover both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The same text in both.
    Equal {
        base: Range<usize>,
        copy: Range<usize>,
    },
    /// Text that does not correspond. One of the two may be empty, not both.
    Gap {
        base: Range<usize>,
        copy: Range<usize>,
    },
}

/// A part of both readings.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    pub base: Range<usize>,
    pub copy: Range<usize>,
}

impl Gap {
    /// Bytes of both sides.
    pub fn len(&self) -> usize {
        self.base.len() + self.copy.len()
    }
}

/// Steps under construction; neighbours of one kind are joined.
#[derive(Debug, Default)]
pub(super) struct Steps(pub Vec<Step>);

impl Steps {
    pub fn push_equal(&mut self, base: Range<usize>, copy: Range<usize>) {
        if base.is_empty() {
            return;
        }
        if let Some(Step::Equal { base: b, copy: c }) = self.0.last_mut()
            && (b.end, c.end) == (base.start, copy.start)
        {
            (b.end, c.end) = (base.end, copy.end);
            return;
        }
        self.0.push(Step::Equal { base, copy });
    }

    pub fn push_gap(&mut self, base: Range<usize>, copy: Range<usize>) {
        if base.is_empty() && copy.is_empty() {
            return;
        }
        if let Some(Step::Gap { base: b, copy: c }) = self.0.last_mut() {
            (b.end, c.end) = (base.end, copy.end);
            return;
        }
        self.0.push(Step::Gap { base, copy });
    }

    /// A gap; if one side is no more than the beginning and the end of the other, or a passage of
    /// it, it is found there. The former only if what is between is a gap that `fits`.
    pub fn push_trimmed(
        &mut self,
        base_text: &str,
        copy_text: &str,
        base: Range<usize>,
        copy: Range<usize>,
        fits: impl Fn(&Gap) -> bool,
    ) {
        let (a, b) = (&base_text[base.clone()], &copy_text[copy.clone()]);
        let shorter = a.len().min(b.len());
        let head = ends::text_head(a, b);
        let tail = ends::text_tail(&a[head..], &b[head..]);
        if head + tail < shorter || shorter == 0 {
            return self.push_remnant(base_text, copy_text, base, copy);
        }
        let between = Gap {
            base: base.start + head..base.end - tail,
            copy: copy.start + head..copy.end - tail,
        };
        if !fits(&between) {
            return self.push_gap(base, copy);
        }
        self.push_equal(base.start..base.start + head, copy.start..copy.start + head);
        self.push_gap(between.base, between.copy);
        self.push_equal(base.end - tail..base.end, copy.end - tail..copy.end);
    }

    /// A gap; if one side stands in the other as it is, as what is left between two passages that
    /// are lacking does, it is found there.
    pub fn push_remnant(
        &mut self,
        base_text: &str,
        copy_text: &str,
        base: Range<usize>,
        copy: Range<usize>,
    ) {
        let (a, b) = (&base_text[base.clone()], &copy_text[copy.clone()]);
        let len = a.len().min(b.len());
        let found = match len {
            0..REMNANT_MIN => None,
            _ if len == b.len() => ends::find(a.as_bytes(), b.as_bytes()).map(|at| (at, 0)),
            _ => ends::find(b.as_bytes(), a.as_bytes()).map(|at| (0, at)),
        };
        let Some((in_base, in_copy)) = found else {
            return self.push_gap(base, copy);
        };
        let (base_at, copy_at) = (base.start + in_base, copy.start + in_copy);
        self.push_gap(base.start..base_at, copy.start..copy_at);
        self.push_equal(base_at..base_at + len, copy_at..copy_at + len);
        self.push_gap(base_at + len..base.end, copy_at + len..copy.end);
    }

    /// Puts something finer in the place of each gap that has text on both sides. Of many steps, the
    /// current thread pool takes a part each; the result does not depend on it.
    pub fn refine(self, finer: impl Fn(Gap, &mut Self) + Sync) -> Self {
        let refined = |steps: &[Step]| {
            let mut out = Self::default();
            for step in steps {
                match step.clone() {
                    Step::Equal { base, copy } => out.push_equal(base, copy),
                    Step::Gap { base, copy } if base.is_empty() || copy.is_empty() => {
                        out.push_gap(base, copy)
                    }
                    Step::Gap { base, copy } => finer(Gap { base, copy }, &mut out),
                }
            }
            out
        };
        if self.0.len() <= FEW_STEPS {
            return refined(&self.0);
        }
        let parts: Vec<Self> = self.0.par_chunks(FEW_STEPS).map(refined).collect();
        let mut out = Self(Vec::with_capacity(
            parts.iter().map(|part| part.0.len()).sum(),
        ));
        parts.into_iter().for_each(|part| out.append(part));
        out
    }

    /// The steps that follow, one by one.
    pub fn append(&mut self, steps: Self) {
        for step in steps.0 {
            match step {
                Step::Equal { base, copy } => self.push_equal(base, copy),
                Step::Gap { base, copy } => self.push_gap(base, copy),
            }
        }
    }

    /// Makes one gap of `gap, equal, gap` at the end if the equal run is shorter than what changed
    /// on either side of it, and not to be kept: a few words in common between two texts that have
    /// nothing to do with each other. After Neil Fraser's semantic clean-up in diff-match-patch.
    pub fn absorb_small_run(&mut self, keeps: impl Fn(&Gap) -> bool) {
        while let [
            ..,
            Step::Gap { base: b1, copy: c1 },
            Step::Equal { base, copy },
            Step::Gap { base: b2, copy: c2 },
        ] = self.0.as_slice()
        {
            let both = Gap {
                base: base.clone(),
                copy: copy.clone(),
            };
            let run = base.len();
            let changed_before = b1.len().max(c1.len());
            let changed_after = b2.len().max(c2.len());
            // Where one of the two only lacks something, nothing was said in its place.
            let only_lacks = (b1.is_empty() && b2.is_empty()) || (c1.is_empty() && c2.is_empty());
            let kept = if only_lacks { REMNANT_MIN } else { KEPT_RUN };
            if run >= kept || run > changed_before || run > changed_after || keeps(&both) {
                return;
            }
            let (base, copy) = (b1.start..b2.end, c1.start..c2.end);
            self.0.truncate(self.0.len() - 3);
            self.0.push(Step::Gap { base, copy });
        }
    }
}

/// Divides the steps so that none holds a seam of one of the readings: a passage lies in one section.
pub(super) fn divided_at_seams(
    steps: Vec<Step>,
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
) -> Vec<Step> {
    let mut out = Vec::with_capacity(steps.len());
    for step in steps {
        match step {
            Step::Equal { base: b, copy: c } => {
                let in_base = base.seams(&b).iter().map(|seam| seam - b.start);
                let in_copy = copy.seams(&c).iter().map(|seam| seam - c.start);
                let mut cuts: Vec<usize> = in_base.chain(in_copy).collect();
                cuts.sort_unstable();
                cuts.dedup();
                out.extend(
                    divided(&(0..b.len()), &cuts)
                        .into_iter()
                        .map(|part| Step::Equal {
                            base: b.start + part.start..b.start + part.end,
                            copy: c.start + part.start..c.start + part.end,
                        }),
                );
            }
            Step::Gap { base: b, copy: c } => {
                let in_base = divided(&b, base.seams(&b));
                let in_copy = divided(&c, copy.seams(&c));
                let part = |parts: &[Range<usize>], at: usize, end: usize| {
                    parts.get(at).cloned().unwrap_or(end..end)
                };
                out.extend((0..in_base.len().max(in_copy.len())).map(|at| Step::Gap {
                    base: part(&in_base, at, b.end),
                    copy: part(&in_copy, at, c.end),
                }));
            }
        }
    }
    out
}

/// The parts of a range between seams in it.
fn divided(range: &Range<usize>, seams: &[usize]) -> Vec<Range<usize>> {
    let starts = std::iter::once(range.start).chain(seams.iter().copied());
    let ends = seams.iter().copied().chain(std::iter::once(range.end));
    starts.zip(ends).map(|(start, end)| start..end).collect()
}
