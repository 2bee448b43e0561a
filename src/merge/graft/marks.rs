//! The dots that a program leaves where it cuts a text off. They say only that something is lacking.
//!
//! Where a witness that ends so goes on in another, they are no text: in the standing text they give
//! way to what goes on there, from a copy they are not taken.

use crate::text::{Edit, Passage, Section, Witness};

/// Marks among the edits of a relation.
#[derive(Debug, Default)]
pub(in crate::merge) struct Marks {
    /// In the base: the mark, and where the passage of the copy begins that goes on there.
    pub in_base: Vec<(Passage, usize)>,
    /// In the copy.
    pub in_copy: Vec<Passage>,
}

impl Marks {
    /// Finds them: at the end of a body, where the other one has something else.
    pub fn find(edits: &[Edit], base: &Witness, copy: &Witness) -> Self {
        let mut marks = Self::default();
        let (mut lacking, mut extra) = (None, None);
        for edit in edits {
            match edit {
                Edit::Lacking { base, .. } => lacking = Some(*base),
                Edit::Extra { copy, .. } => {
                    // Of several passages at one place the first goes on.
                    extra = extra.or(Some(*copy));
                }
                Edit::Variant {
                    base: one,
                    copy: two,
                } => {
                    marks.gap(base, copy, Some(*one), Some(*two));
                    (lacking, extra) = (None, None);
                    continue;
                }
                _ => {
                    marks.gap(base, copy, lacking.take(), extra.take());
                    continue;
                }
            }
        }
        marks.gap(base, copy, lacking, extra);
        marks
    }

    /// Whether `passage` of the copy is one.
    pub fn has_copy(&self, passage: &Passage) -> bool {
        self.in_copy.iter().any(|mark| mark == passage)
    }

    fn gap(
        &mut self,
        base: &Witness,
        copy: &Witness,
        lacking: Option<Passage>,
        extra: Option<Passage>,
    ) {
        let said = |witness: &'_ Witness, passage: Option<Passage>| {
            let passage = passage?;
            Some(witness.text.get(passage.text.range())?.trim().to_owned())
        };
        let (one, two) = (said(base, lacking), said(copy, extra));
        if let (Some(passage), Some(text), Some(extra)) = (lacking, &one, extra)
            && is_mark(base, &passage, text, two.as_deref())
        {
            self.in_base.push((passage, extra.match_text.start()));
        } else if let (Some(passage), Some(text)) = (extra, &two)
            && is_mark(copy, &passage, text, one.as_deref())
        {
            self.in_copy.push(passage);
        }
    }
}

/// Whether a passage is the end of a body, and dots, or the beginning of `other` and dots.
fn is_mark(witness: &Witness, passage: &Passage, text: &str, other: Option<&str>) -> bool {
    let body = witness
        .section(Section::Body)
        .filter(|block| !block.match_text.is_empty());
    let is_last = body
        .last()
        .is_some_and(|last| last.text.end() == passage.text.end());
    let stem = text.trim_end_matches(['\u{2026}', '\u{22ef}', '.', '\u{3002}']);
    let dots = &text[stem.len()..];
    let enough = dots.contains(['\u{2026}', '\u{22ef}']) || dots.chars().count() >= 3;
    let goes_on = stem.is_empty() || other.is_some_and(|other| other.starts_with(stem.trim_end()));
    is_last && enough && goes_on
}
