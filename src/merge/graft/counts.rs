//! The number of comments that a heading declares.

use super::{Standing, keeps};
use crate::collate::collate;
use crate::merge::pieces::{Change, Rule};
use crate::text::{CommentSection, Span};

/// Brings what headings declare up to date, where comments were added. Says whether it did.
///
/// A list may declare more comments than the dump holds. Those that were added may be among them, so
/// the number is the largest that a witness declares, or that of the comments that are there.
pub(super) fn bring_up_to_date(standing: &mut Standing<'_>) -> bool {
    let Some(base) = standing.parties.first().map(|base| base.witness) else {
        return false;
    };
    let witnesses = standing.parties.iter();
    let declared = witnesses
        .flat_map(|party| &party.witness.comment_sections)
        .filter_map(|section| section.declared)
        .max();
    let mut changed = false;
    for (at, before) in base.comment_sections.iter().enumerate() {
        let Some(now) = standing.witness().comment_sections.get(at).cloned() else {
            continue;
        };
        let grew = now.comments.len() > before.comments.len();
        let (Some(old), true) = (now.declared, grew) else {
            continue;
        };
        let sections = base.comment_sections.len();
        let declared = declared.filter(|_| sections == 1).unwrap_or(0);
        let new = old.max(declared).max(now.comments.len() as u64);
        if new != old {
            changed |= declare(standing, &now, at, old, new);
        }
    }
    changed
}

fn declare(
    standing: &mut Standing<'_>,
    section: &CommentSection,
    at: usize,
    old: u64,
    new: u64,
) -> bool {
    let heading = standing.standing_source(section.span);
    let digits = old.to_string();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let places = heading.match_indices(&digits).filter(|(at, digits)| {
        let (before, after) = (&heading[..*at], &heading[at + digits.len()..]);
        !is_digit(before.chars().next_back()) && !is_digit(after.chars().next())
    });
    for (place, _) in places {
        let start = section.span.start() + standing.charset.len_of(&heading[..place]);
        let end = start + standing.charset.len_of(&digits);
        let Some(chunk) = standing.chunk(&new.to_string(), Rule::Count, None) else {
            continue;
        };
        let change = Change {
            at: start..end,
            chunks: vec![chunk],
        };
        let Some(text) = standing.text.with(&[&change]) else {
            continue;
        };
        let Some(witness) = (standing.reread)(&text.bytes) else {
            continue;
        };
        let declares = witness
            .comment_sections
            .get(at)
            .and_then(|section| section.declared);
        let heading: Span = section.span;
        let whole = Change {
            at: heading.range(),
            chunks: Vec::new(),
        };
        let same = keeps::keeps(&witness, standing.witness(), &[&whole])
            && collate(&witness, standing.witness())
                .comments
                .extra
                .is_empty();
        if declares == Some(new) && same {
            standing.text = text;
            standing.witness = Some(witness);
            return true;
        }
    }
    false
}
