//! From the sums of the edits to a verdict. The thresholds are here, each with its reason.

use super::count_chars;
use super::edits::Told;
use super::reading::Reading;
use crate::text::{Coverage, Edit, GUARANTEE, Lacks, Passage, Section, SectionRelation, Verdict};

/// Own text of the less complete witness, in characters, that still counts as a small variant of
/// what the other says: a word or two. A longer passage is text that the other lacks.
const SMALL: u64 = 16;

/// Small variants may make up this share of the less complete witness, one part in so many, before
/// not all of it is in the other: a corrected typo every few lines, no more.
const SMALL_SHARE: u64 = 50;

/// What the less complete witness lacks must be so many times its own small variants, or the two
/// are rather revisions of each other than one a part of the other.
const LOSS_DOMINATES: u64 = 4;

/// The sums of a section's edits.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    base: Side,
    copy: Side,
    /// The same passages, in another order.
    transposed: bool,
    /// Longest run in common, across small variants: bytes of match text.
    longest_run: usize,
}

/// One witness's text in a section, in characters of match text.
#[derive(Clone, Debug, Default)]
struct Side {
    total: u64,
    /// That the other has too.
    aligned: u64,
    /// That the other has not.
    own: u64,
    /// The longest passage of `own`.
    longest_own: u64,
    /// A passage that stands here more often than in the other.
    repeats: bool,
    /// Where the own passages are, counting only those longer than `SMALL` if there are any.
    own_at: Lacks,
    /// Where the passages are that stand here more often than in the other.
    repeats_at: Lacks,
}

impl Sums {
    pub fn of(told: &Told, base: &Reading<'_, '_>, copy: &Reading<'_, '_>) -> Self {
        let edits = &told.edits;
        let mut sums = Self::default();
        sums.base.total = count_chars(base.text());
        sums.copy.total = count_chars(copy.text());
        for edit in edits {
            match edit {
                Edit::Same { base, copy } => {
                    sums.base.aligned += base.chars;
                    sums.copy.aligned += copy.chars;
                }
                Edit::Variant { base, copy } => {
                    sums.base.add_own(base);
                    sums.copy.add_own(copy);
                }
                Edit::Lacking { base, .. } => sums.base.add_own(base),
                Edit::Extra { copy, .. } => sums.copy.add_own(copy),
                // Only one of the places of what repeats itself is aligned.
                Edit::Repeated { .. } => sums.base.repeats = true,
                Edit::RepeatedHere { .. } => sums.copy.repeats = true,
                Edit::Moved { base, .. } => {
                    sums.transposed = true;
                    sums.base.aligned += base.chars;
                }
                Edit::MovedHere { copy, .. } => {
                    sums.transposed = true;
                    sums.copy.aligned += copy.chars;
                }
            }
        }
        sums.base.own_at = own_at(edits, base_only, copy_part);
        sums.copy.own_at = own_at(edits, copy_only, base_part);
        if !sums.transposed {
            // What is there once too seldom is lacking at its place.
            sums.base.repeats_at = own_at(edits, base_repeat, copy_part);
            sums.copy.repeats_at = own_at(edits, copy_repeat, base_part);
        }
        sums.longest_run = longest_run(edits);
        sums
    }

    /// Whether neither has text here.
    pub fn is_empty(&self) -> bool {
        self.base.total == 0 && self.copy.total == 0
    }

    /// Whether one of the two has no text here.
    pub fn is_one_sided(&self) -> bool {
        self.base.total == 0 || self.copy.total == 0
    }

    /// What is said of the body.
    pub fn body(&self, reversed: bool) -> SectionRelation {
        SectionRelation {
            section: Section::Body,
            verdict: self.verdict(reversed),
            of_base: self.base.coverage(),
            of_copy: self.copy.coverage(),
            lacks: self.lacks(reversed),
        }
    }

    /// What is said of the front matter, which has no order, and of which an entry may stand in
    /// another section: there is whatever the other has somewhere.
    pub fn front_matter(&self, reversed: bool) -> SectionRelation {
        SectionRelation {
            section: Section::FrontMatter,
            verdict: self.verdict_without_order(reversed),
            of_base: self.base.there(),
            of_copy: self.copy.there(),
            lacks: self.sides(reversed).0.own_at,
        }
    }

    /// Which parts of the more complete witness the other lacks.
    fn lacks(&self, reversed: bool) -> Lacks {
        let more = self.sides(reversed).0;
        if more.own > 0 {
            more.own_at
        } else {
            more.repeats_at
        }
    }

    /// The verdict, seen from the copy, or from the base if `reversed`.
    pub fn verdict(&self, reversed: bool) -> Verdict {
        let (more, less) = self.sides(reversed);
        let is_loss = more.own >= LOSS_DOMINATES * less.own;
        let is_small = less.longest_own <= SMALL && less.own * SMALL_SHARE <= less.total;
        let all_there = less.own == 0 || (is_small && is_loss);
        if more.own == 0 && less.own == 0 && !self.transposed && !more.repeats && !less.repeats {
            Verdict::Equivalent
        } else if all_there && (more.own > 0 || (more.repeats && !self.transposed)) {
            let lacks = self.lacks(reversed);
            let only_tail = lacks.tail && !lacks.head && !lacks.gap;
            if only_tail && !self.transposed && !less.repeats {
                Verdict::Truncated
            } else {
                Verdict::Contained
            }
        } else if less.shares_most() && (self.longest_run >= GUARANTEE || more.shares_most()) {
            Verdict::Revised
        } else if self.longest_run >= GUARANTEE {
            Verdict::Overlapping
        } else {
            Verdict::Unrelated
        }
    }

    /// Whether the less complete witness ends before the other does, and all it has is there.
    pub fn is_cut_off(&self, reversed: bool) -> bool {
        let is_part = matches!(
            self.verdict(reversed),
            Verdict::Truncated | Verdict::Contained
        );
        let lacks = self.lacks(reversed);
        is_part && lacks.tail && !lacks.head
    }

    fn verdict_without_order(&self, reversed: bool) -> Verdict {
        let (more, less) = self.sides(reversed);
        if more.own == 0 && less.own == 0 {
            Verdict::Equivalent
        } else if less.own == 0 {
            Verdict::Contained
        } else if less.aligned > 0 {
            Verdict::Revised
        } else {
            Verdict::Unrelated
        }
    }

    fn sides(&self, reversed: bool) -> (&Side, &Side) {
        if reversed {
            (&self.copy, &self.base)
        } else {
            (&self.base, &self.copy)
        }
    }
}

impl Side {
    fn add_own(&mut self, passage: &Passage) {
        self.own += passage.chars;
        self.longest_own = self.longest_own.max(passage.chars);
    }

    /// Whether the other has the larger part. A few words of a short text are in any long one: that
    /// says something if the two share a passage, or the larger part of both.
    fn shares_most(&self) -> bool {
        2 * self.aligned >= self.total && self.aligned > 0
    }

    fn coverage(&self) -> Coverage {
        Coverage {
            aligned: self.aligned,
            total: self.total,
        }
    }

    fn there(&self) -> Coverage {
        Coverage {
            aligned: self.total - self.own,
            total: self.total,
        }
    }
}

fn base_only(edit: &Edit) -> Option<u64> {
    match edit {
        Edit::Lacking { base, .. } => Some(base.chars),
        _ => None,
    }
}

fn copy_only(edit: &Edit) -> Option<u64> {
    match edit {
        Edit::Extra { copy, .. } => Some(copy.chars),
        _ => None,
    }
}

fn base_repeat(edit: &Edit) -> Option<u64> {
    match edit {
        Edit::Repeated { base, .. } => Some(base.chars),
        _ => None,
    }
}

fn copy_repeat(edit: &Edit) -> Option<u64> {
    match edit {
        Edit::RepeatedHere { copy, .. } => Some(copy.chars),
        _ => None,
    }
}

fn base_part(edit: &Edit) -> bool {
    match edit {
        Edit::Lacking { base, .. } => base.chars > SMALL,
        Edit::Extra { .. } | Edit::MovedHere { .. } | Edit::RepeatedHere { .. } => false,
        _ => true,
    }
}

fn copy_part(edit: &Edit) -> bool {
    match edit {
        Edit::Extra { copy, .. } => copy.chars > SMALL,
        Edit::Lacking { .. } | Edit::Moved { .. } | Edit::Repeated { .. } => false,
        _ => true,
    }
}

/// Where the passages lie that only one of the two has: before, between or after what the other
/// has (`others`). A word or two at the end of a copy that is cut off do not make the end a gap.
fn own_at(edits: &[Edit], own: fn(&Edit) -> Option<u64>, others: fn(&Edit) -> bool) -> Lacks {
    let has_large = edits.iter().filter_map(own).any(|chars| chars > SMALL);
    let first = edits.iter().position(others);
    let last = edits.iter().rposition(others);
    let mut at = Lacks::default();
    for (index, edit) in edits.iter().enumerate() {
        if own(edit).is_none_or(|chars| has_large && chars <= SMALL) {
            continue;
        }
        if last.is_none_or(|last| index > last) {
            at.tail = true;
        } else if first.is_some_and(|first| index < first) {
            at.head = true;
        } else {
            at.gap = true;
        }
    }
    at
}

fn longest_run(edits: &[Edit]) -> usize {
    let (mut longest, mut run) = (0, 0);
    for edit in edits {
        match edit {
            Edit::Same { base, .. } => run += base.match_text.len(),
            Edit::Moved { base: there, .. }
            | Edit::Repeated { base: there, .. }
            | Edit::MovedHere { copy: there, .. }
            | Edit::RepeatedHere { copy: there, .. } => {
                longest = longest.max(there.match_text.len());
            }
            Edit::Lacking { base: own, .. }
            | Edit::Extra { copy: own, .. }
            | Edit::Variant { base: own, .. }
                if own.chars <= SMALL => {}
            Edit::Lacking { .. } | Edit::Extra { .. } | Edit::Variant { .. } => run = 0,
        }
        longest = longest.max(run);
    }
    longest
}

/// The verdict over all sections: the body decides; if the bodies are equivalent, the comments do.
/// Front matter is compared and told, but decides nothing: it is not what a reader reads.
pub(super) fn overall(body: &Sums, reversed: bool, comments: Comments) -> Verdict {
    if body.is_empty() {
        return comments.verdict;
    }
    if body.is_one_sided() {
        // A lesson of which only the comments are left is cut off before its first word.
        return if comments.any_present {
            Verdict::Truncated
        } else {
            Verdict::Unrelated
        };
    }
    match (body.verdict(reversed), comments.verdict) {
        (Verdict::Equivalent, Verdict::Unrelated | Verdict::Overlapping) => Verdict::Revised,
        (Verdict::Equivalent, comments) => comments,
        (Verdict::Unrelated, _) if comments.share_passage => Verdict::Overlapping,
        (body, _) => body,
    }
}

/// What the comments say for the verdict over all sections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comments {
    /// The verdict on them alone.
    pub verdict: Verdict,
    /// Whether both have one comment at least.
    pub any_present: bool,
    /// Whether both have a comment as long as the passage guarantee.
    pub share_passage: bool,
}
