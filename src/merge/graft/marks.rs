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
        let (base, copy) = (Ending::of(base), Ending::of(copy));
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
                    marks.gap(&base, &copy, Some(*one), Some(*two));
                    (lacking, extra) = (None, None);
                }
                _ => marks.gap(&base, &copy, lacking.take(), extra.take()),
            }
        }
        marks.gap(&base, &copy, lacking, extra);
        marks
    }

    /// Whether `passage` of the copy is one.
    pub fn has_copy(&self, passage: &Passage) -> bool {
        self.in_copy.iter().any(|mark| mark == passage)
    }

    fn gap(
        &mut self,
        base: &Ending<'_>,
        copy: &Ending<'_>,
        lacking: Option<Passage>,
        extra: Option<Passage>,
    ) {
        let (one, two) = (base.said(lacking), copy.said(extra));
        if let (Some(passage), Some(text), Some(extra)) = (lacking, one, extra)
            && base.is_mark(&passage, text, two)
        {
            self.in_base.push((passage, extra.match_text.start()));
        } else if let (Some(passage), Some(text)) = (extra, two)
            && copy.is_mark(&passage, text, one)
        {
            self.in_copy.push(passage);
        }
    }
}

/// A witness, and where its body ends.
struct Ending<'w> {
    witness: &'w Witness,
    /// In its canonical text; `None` if it has no body.
    end: Option<usize>,
}

impl<'w> Ending<'w> {
    fn of(witness: &'w Witness) -> Self {
        let body = witness
            .section(Section::Body)
            .filter(|block| !block.match_text.is_empty());
        Self {
            witness,
            end: body.last().map(|last| last.text.end()),
        }
    }

    fn said(&self, passage: Option<Passage>) -> Option<&'w str> {
        Some(self.witness.text.get(passage?.text.range())?.trim())
    }

    /// Whether a passage, which says `text`, is the end of the body, and dots, or the beginning of
    /// `other` and dots.
    fn is_mark(&self, passage: &Passage, text: &str, other: Option<&str>) -> bool {
        let stem = text.trim_end_matches(['\u{2026}', '\u{22ef}', '.', '\u{3002}']);
        let dots = &text[stem.len()..];
        let enough = dots.contains(['\u{2026}', '\u{22ef}']) || dots.chars().count() >= 3;
        let goes_on =
            stem.is_empty() || other.is_some_and(|other| other.starts_with(stem.trim_end()));
        self.end == Some(passage.text.end()) && enough && goes_on
    }
}
