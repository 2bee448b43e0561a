//! Where a truncated witness ends, and the ellipsis that some programs leave there.

use std::ops::{Range, RangeInclusive};

use unicode_segmentation::UnicodeSegmentation;

use super::edits::Told;
use super::ends::text_head;
use super::reading::{Atlas, Reading};
use super::sentences;
use super::steps::{Step, Steps};
use crate::text::{Cut, CutPlace, Edit, Passage};

/// How many characters of the words before a cut are told at the most.
const BEFORE_MAX: usize = 40;

/// How many a clause must have to be told without the one before it.
const BEFORE_MIN: usize = 12;

/// Where the less complete witness, whose body is truncated, ends in the other.
pub(super) fn find(body: &Told, more: &Atlas<'_>, less: &Atlas<'_>, reversed: bool) -> Option<Cut> {
    let both = |edit: &Edit| match edit {
        Edit::Same { base, copy } | Edit::Variant { base, copy } if reversed => {
            Some((*copy, *base))
        }
        Edit::Same { base, copy } | Edit::Variant { base, copy } => Some((*base, *copy)),
        _ => None,
    };
    let edits = &body.edits;
    let Some(last) = edits.iter().rposition(|edit| both(edit).is_some()) else {
        return before_all(edits, reversed);
    };
    let (in_more, in_less) = both(&edits[last])?;
    let goes_on = edits[last..].iter().find_map(|edit| match edit {
        Edit::Lacking { base, .. } | Edit::Moved { base, .. } | Edit::Repeated { base, .. }
            if !reversed =>
        {
            Some(*base)
        }
        Edit::Extra { copy, .. }
        | Edit::MovedHere { copy, .. }
        | Edit::RepeatedHere { copy, .. }
            if reversed =>
        {
            Some(*copy)
        }
        _ => None,
    })?;
    Some(Cut {
        line: in_less.lines.last,
        byte: in_less.source.end() as u32,
        base_line: goes_on.lines.first,
        base_byte: goes_on.source.start() as u32,
        place: place(more, &in_more, &goes_on),
        before: words_before(less, &in_less),
        ellipsis: body.ellipsis.clone().unwrap_or_default(),
    })
}

/// The cut of a witness of which nothing is left but what stood around its text.
fn before_all(edits: &[Edit], reversed: bool) -> Option<Cut> {
    let (text, at) = match edits.first()? {
        Edit::Lacking { base, at } if !reversed => (base, at),
        Edit::Extra { copy, at } if reversed => (copy, at),
        _ => return None,
    };
    Some(Cut {
        line: at.line,
        byte: at.source,
        base_line: text.lines.first,
        base_byte: text.source.start() as u32,
        place: CutPlace::Start,
        before: String::new(),
        ellipsis: String::new(),
    })
}

/// What the cut between two passages of one witness falls into.
fn place(atlas: &Atlas<'_>, before: &Passage, after: &Passage) -> CutPlace {
    let Some((_, block)) = atlas.block_at(before.match_text.end() - 1) else {
        return CutPlace::BlockEnd;
    };
    if before.match_text.end() >= block.match_text.end() {
        return CutPlace::BlockEnd;
    }
    let text = block.text(atlas.witness);
    // White space between the passages belongs to neither.
    let end = before.text.end() - block.text.start();
    let between = end..=after
        .text
        .start()
        .saturating_sub(block.text.start())
        .max(end);
    if sentences::has_bound(text, &between) {
        CutPlace::Block
    } else if has_word_bound(text, &between) {
        CutPlace::Sentence
    } else {
        CutPlace::Word
    }
}

/// Whether a word begins or ends `between` two places of `text`. What is before the last white space
/// or Han character does not matter: words are divided there whatever it is.
fn has_word_bound(text: &str, between: &RangeInclusive<usize>) -> bool {
    let divides = |c| matches!(c, ' ' | '\u{4e00}'..='\u{9fff}');
    let from = text[..*between.start()].rfind(divides).unwrap_or(0);
    let mut bounds = text[from..].split_word_bound_indices();
    bounds.any(|(at, _)| between.contains(&(from + at)))
}

/// The last clause of the passage's block up to the passage's end, or a few of its last words.
fn words_before(atlas: &Atlas<'_>, passage: &Passage) -> String {
    let Some((_, block)) = atlas.block_at(passage.match_text.end() - 1) else {
        return String::new();
    };
    let text = &atlas.witness.text[block.text.start()..passage.text.end().max(block.text.start())];
    let tail: Vec<(usize, char)> = text.char_indices().rev().take(BEFORE_MAX + 1).collect();
    let mut start = tail.last().map_or(0, |(at, _)| *at);
    if tail.len() > BEFORE_MAX {
        start = text[start..]
            .find(char::is_whitespace)
            .map_or(start, |at| start + at);
    }
    let clause = tail
        .iter()
        .enumerate()
        .find(|(back, (_, c))| *back >= BEFORE_MIN && ends_clause(*c));
    if let Some((_, (at, c))) = clause {
        start = at + c.len_utf8();
    }
    text[start..].trim().to_owned()
}

fn ends_clause(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '；' | '：' | '！' | '？' | '、' | ',' | ';' | ':' | '!' | '?' | '\n'
    )
}

/// An ellipsis at the end of one of two readings. It is taken away before they are aligned, or
/// else the diff would find it somewhere in the other's text. Where it proves not to mark a cut
/// it is given back.
pub(super) struct Ellipsis {
    side: Side,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Base,
    Copy,
}

impl Ellipsis {
    /// Takes it away, if just one of the two readings ends with one.
    pub fn take<'a, 'w>(base: &mut Reading<'a, 'w>, copy: &mut Reading<'a, 'w>) -> Option<Self> {
        let (side, reading, start) =
            match (ellipsis_start(base.text()), ellipsis_start(copy.text())) {
                (None, Some(start)) => (Side::Copy, copy, start),
                (Some(start), None) => (Side::Base, base, start),
                _ => return None,
            };
        let text = reading.text()[start..].to_owned();
        reading.shorten(start);
        Some(Self { side, text })
    }

    /// Puts the ellipsis back into the reading and the steps, unless a cut is what it marks: all
    /// before it is in the other witness, which goes on with something else. Then it is left out
    /// and what is left out is given, as match text.
    pub fn give_back<'a, 'w>(
        self,
        steps: &mut Vec<Step>,
        base: &mut Reading<'a, 'w>,
        copy: &mut Reading<'a, 'w>,
    ) -> Option<String> {
        let (own, other) = match self.side {
            Side::Base => (base, &*copy),
            Side::Copy => (copy, &*base),
        };
        let end = own.len() + self.text.len();
        let (mut own_at, other_at) = (own.len(), other.len());
        let mut cut = false;
        if let [
            ..,
            Step::Equal {
                base: base_run,
                copy: copy_run,
            },
            Step::Gap { base, copy },
        ] = steps.as_mut_slice()
        {
            let (own_gap, other_gap) = match self.side {
                Side::Base => (base, copy),
                Side::Copy => (copy, base),
            };
            if Range::is_empty(own_gap) {
                // The dots may begin with a full stop that both have.
                let both = text_head(&self.text, &other.text()[other_gap.clone()]);
                let both = if own.splits_character(own_at + both) {
                    0
                } else {
                    both
                };
                base_run.end += both;
                copy_run.end += both;
                own_at += both;
                *own_gap = own_at..own_at;
                other_gap.start += both;
                cut = !Range::is_empty(other_gap) && own_at < end;
            }
        }
        own.shorten(if cut { own_at } else { end });
        if !cut {
            let mut whole = Steps::default();
            whole.append(Steps(std::mem::take(steps)));
            match self.side {
                Side::Base => whole.push_gap(own_at..end, other_at..other_at),
                Side::Copy => whole.push_gap(other_at..other_at, own_at..end),
            }
            *steps = whole.0;
        }
        cut.then(|| own.rest().to_owned())
    }
}

/// A match text without the ellipsis at its end.
pub(super) fn without_ellipsis(text: &str) -> &str {
    &text[..ellipsis_start(text).unwrap_or(text.len())]
}

/// Where a trailing ellipsis begins in a match text: three or more dots (`…` folds to three), also
/// in brackets, or what is left of a character that was cut in two.
fn ellipsis_start(text: &str) -> Option<usize> {
    let (inner, open) = match text.as_bytes().last()? {
        b']' => (&text[..text.len() - 1], Some('[')),
        b')' => (&text[..text.len() - 1], Some('(')),
        _ => (text, None),
    };
    let dots = inner.trim_end_matches(['.', '。', '⋯', char::REPLACEMENT_CHARACTER]);
    let marks = &inner[dots.len()..];
    if marks.chars().count() < 3 && !marks.contains(['⋯', char::REPLACEMENT_CHARACTER]) {
        return None;
    }
    match open {
        None => Some(dots.len()),
        Some(open) => dots.strip_suffix(open).map(str::len),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_divided_alike_from_the_last_space(
            text in "([a1.'_ \n中。あア\u{200d}\u{301}🇲]|\\PC){0,20}", at in any::<prop::sample::Index>(),
        ) {
            let at = text.ceil_char_boundary(at.index(text.len() + 1));
            let is_bound = text.split_word_bound_indices().any(|(bound, _)| bound == at);
            prop_assert_eq!(has_word_bound(&text, &(at..=at)), is_bound);
        }
    }

    #[test]
    fn ellipses() {
        for (text, rest) in [
            ("我们来看...", Some("我们来看")),
            ("我们来看......", Some("我们来看")),
            ("andthen[...]", Some("andthen")),
            ("andthen(...)", Some("andthen")),
            ("等等。。。", Some("等等")),
            ("andthen⋯", Some("andthen")),
            ("and th\u{FFFD}", Some("and th")),
            ("等\u{FFFD}......", Some("等")),
            ("end.", None),
            ("end..", None),
            ("a]", None),
            ("x...]", None),
            ("", None),
        ] {
            assert_eq!(ellipsis_start(text).map(|at| &text[..at]), rest, "{text}");
        }
    }
}
