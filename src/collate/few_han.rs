//! A few characters of Han changed among others: what most changes of Chinese are. Where each character
//! is a word, what the words in common leave is seen without looking for them.

use super::ends;
use super::reading::Reading;
use super::steps::{Gap, REMNANT_MIN};
use super::trim::is_han;

/// What is between the ends that both sides of `gap` have, if it is a few characters of Han (or on one
/// side none) that stand among Han and could not lie elsewhere: the words of `gap` differ in just
/// these.
pub(super) fn find(base: &Reading<'_, '_>, copy: &Reading<'_, '_>, gap: &Gap) -> Option<Gap> {
    let a = &base.text()[gap.base.clone()];
    let b = &copy.text()[gap.copy.clone()];
    let head = ends::text_head(a, b);
    let tail = ends::text_tail(&a[head..], &b[head..]);
    let (one, other) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    if one.len().max(other.len()) >= REMNANT_MIN || !one.chars().chain(other.chars()).all(is_han) {
        return None;
    }
    let stands_alone = |c: char| is_han(c) && !one.contains(c) && !other.contains(c);
    let before = a[..head].chars().next_back();
    let after = a[a.len() - tail..].chars().next();
    let inner = Gap {
        base: gap.base.start + head..gap.base.end - tail,
        copy: gap.copy.start + head..gap.copy.end - tail,
    };
    let is_inside = |reading: &Reading<'_, '_>, start: usize, end: usize| {
        start > 0
            && end < reading.len()
            && !reading.splits_character(start)
            && !reading.splits_character(end)
    };
    let fits = before.is_none_or(stands_alone)
        && after.is_none_or(stands_alone)
        && !one.chars().any(|c| other.contains(c))
        && is_inside(base, inner.base.start, inner.base.end)
        && is_inside(copy, inner.copy.start, inner.copy.end);
    fits.then_some(inner)
}
