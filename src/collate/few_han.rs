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

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::collate::divide::{Divide, Divider};
    use crate::collate::reading::Atlas;
    use crate::collate::sample::paragraphs;
    use crate::collate::steps::{Step, Steps};
    use crate::text::Section;
    use proptest::prelude::*;

    /// What is found, as text. It is what the words in common leave.
    fn found(base: &str, copy: &str) -> Option<(String, String)> {
        let (base, copy) = (paragraphs(&[base]), paragraphs(&[copy]));
        let (base, copy) = (Atlas::new(&base), Atlas::new(&copy));
        let base = Reading::new(&base, Section::Body);
        let copy = Reading::new(&copy, Section::Body);
        let gap = Gap {
            base: 0..base.len(),
            copy: 0..copy.len(),
        };
        let inner = find(&base, &copy, &gap)?;
        let mut steps = Steps::default();
        let divider = Divider::new(&base, &copy);
        divider.diff(&gap, Divide::WORDS, |base, copy, equal| match equal {
            true => steps.push_equal(base, copy),
            false => steps.push_gap(base, copy),
        });
        let gaps = steps.0.iter().filter_map(|step| match step {
            Step::Gap { base, copy } => Some((base.clone(), copy.clone())),
            Step::Equal { .. } => None,
        });
        let expected = vec![(inner.base.clone(), inner.copy.clone())];
        assert_eq!(gaps.collect::<Vec<_>>(), expected);
        let text =
            |reading: &Reading<'_, '_>, range: Range<usize>| reading.text()[range].to_owned();
        Some((text(&base, inner.base), text(&copy, inner.copy)))
    }

    #[test]
    fn a_changed_character_is_seen_among_others() {
        for (base, copy, expected) in [
            ("他走了以后", "他来了以后", Some(("走", "来"))),
            ("他走了以后", "他走以后", Some(("了", ""))),
            // It may be either of the two that are the same.
            ("他走走以后", "他走以后", None),
            // Not all characters between the ends are of Han.
            ("他走了，以后", "他来了，先以后", None),
            // An end of the text may be half a word.
            ("走了以后", "来了以后", None),
            // One character of canonical text.
            ("在㍻年", "在昭成年", None),
        ] {
            let expected = expected.map(|(one, other)| (one.to_owned(), other.to_owned()));
            assert_eq!(found(base, copy), expected, "{base} {copy}");
        }
    }

    proptest! {
        #[test]
        fn as_the_words_in_common_leave_it(
            head in "([一二三，a]|㍻){1,6}", tail in "([一二三，a]|㍻){1,6}",
            base in "[一二三四五，]{0,3}", copy in "[一二三六七，]{0,3}",
        ) {
            found(&format!("{head}{base}{tail}"), &format!("{head}{copy}{tail}"));
        }
    }
}
