//! Comments as rows.

use super::apart::apart;
use super::{Kind, Part, Piece, Row, Side};
use crate::report::comments;
use crate::text::{Comment, Section, Span, Witness};

/// The text of a comment that one side has.
pub(crate) fn comment(witness: &Witness, comment: &Comment, side: Side) -> Vec<Row> {
    let kind = match side {
        Side::Base => Kind::Lacking,
        Side::Copy => Kind::Extra,
    };
    let row = |at: usize| {
        let part = part(witness, at)?;
        let text = (!part.text.is_empty()).then_some(part.text);
        Some(match side {
            Side::Base => row(Some(part), None, vec![piece(kind, text, None)]),
            Side::Copy => row(None, Some(part), vec![piece(kind, None, text)]),
        })
    };
    (comment.blocks.clone())
        .filter_map(|at| row(at as usize))
        .collect()
}

/// The texts of a comment that both have, differently: all between their common beginning and
/// their common end differs.
pub(crate) fn changed(
    (base, one): (&Witness, &Comment),
    (copy, other): (&Witness, &Comment),
) -> Vec<Row> {
    let (left, right) = differing((base, one), (copy, other));
    let blocks = |comment: &Comment| (comment.blocks.start as usize, comment.blocks.end as usize);
    let ((mut at, end), (mut other_at, other_end)) = (blocks(one), blocks(other));
    // Blocks behind the difference correspond from the end, those before it from the beginning.
    let behind = |witness: &Witness, from: usize, to: usize, span: Span| {
        let after = |at: &usize| witness.blocks[*at].text.start() >= span.end();
        (from..to).rev().take_while(after).count()
    };
    let tail = behind(base, at, end, left).min(behind(copy, other_at, other_end, right));
    let mut rows = Vec::new();
    while at < end || other_at < other_end {
        let one = (at < end).then_some(at);
        let other = (other_at < other_end).then_some(other_at);
        // The shorter one waits for its tail.
        let waits = |at: usize, end: usize| at + tail >= end;
        let (one, other) = match (waits(at, end), waits(other_at, other_end)) {
            (true, false) => (None, other),
            (false, true) => (one, None),
            _ => (one, other),
        };
        let one = one.and_then(|at| part(base, at));
        let other = other.and_then(|at| part(copy, at));
        at += usize::from(one.is_some());
        other_at += usize::from(other.is_some());
        if one.is_none() && other.is_none() {
            break;
        }
        rows.push(row(one, other, pieces(one, left, other, right)));
    }
    apart(rows)
}

/// A pair of blocks, cut where what differs begins and ends.
fn pieces(one: Option<Part>, left: Span, other: Option<Part>, right: Span) -> Vec<Piece> {
    let cut = |part: Option<Part>, span: Span| {
        let text = part.map_or(Span::default(), |part| part.text);
        let at = |offset: usize| offset.clamp(text.start(), text.end());
        let (start, end) = (at(span.start()), at(span.end()));
        [
            Span::new(text.start(), start),
            Span::new(start, end),
            Span::new(end, text.end()),
        ]
    };
    let some = |span: Span| (!span.is_empty()).then_some(span);
    let both = cut(one, left).into_iter().zip(cut(other, right));
    both.enumerate()
        .filter_map(|(index, (one, other))| match (some(one), some(other)) {
            (None, None) => None,
            (Some(one), Some(other)) if index != 1 => {
                Some(piece(Kind::Same, Some(one), Some(other)))
            }
            (one, other) => Some(piece(Kind::Variant, one, other)),
        })
        .collect()
}

fn row(base: Option<Part>, copy: Option<Part>, pieces: Vec<Piece>) -> Row {
    Row {
        section: Section::Comments,
        moved: None,
        base,
        copy,
        pieces,
    }
}

fn piece(kind: Kind, base: Option<Span>, copy: Option<Span>) -> Piece {
    Piece {
        kind,
        base,
        copy,
        elsewhere: None,
        asked: true,
    }
}

fn part(witness: &Witness, block: usize) -> Option<Part> {
    Some(Part {
        block,
        text: witness.blocks.get(block)?.text,
        begins: true,
        ends: true,
    })
}

/// What differs of two comments' texts, in whole words.
fn differing(
    (base, one): (&Witness, &Comment),
    (copy, other): (&Witness, &Comment),
) -> (Span, Span) {
    let (left, right) = (comments::text(base, one), comments::text(copy, other));
    let (start, end) = common(left, right);
    let inner = |span: Span| Span::new(span.start() + start, span.end() - end);
    (
        inner(comments::span(base, one)),
        inner(comments::span(copy, other)),
    )
}

/// The lengths of the common beginning and of the common end, which do not overlap in either.
fn common(left: &str, right: &str) -> (usize, usize) {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let bytes = |pair: (char, char)| pair.0.len_utf8();
    let heads = left.chars().zip(right.chars());
    let mut start: usize = heads.take_while(same).map(bytes).sum();
    while inside_word(left, start) || inside_word(right, start) {
        start -= left[..start]
            .chars()
            .next_back()
            .map_or(start, char::len_utf8);
    }
    let (left, right) = (&left[start..], &right[start..]);
    let tails = left.chars().rev().zip(right.chars().rev());
    let mut end: usize = tails.take_while(same).map(bytes).sum();
    while inside_word(left, left.len() - end) || inside_word(right, right.len() - end) {
        let next = left[left.len() - end..].chars().next();
        end -= next.map_or(end, char::len_utf8);
    }
    (start, end)
}

/// Whether a place is between two letters or digits of one word. Han characters are words.
fn inside_word(text: &str, at: usize) -> bool {
    let wordy = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && (c as u32) < 0x2e80);
    at > 0 && wordy(text[..at].chars().next_back()) && wordy(text[at..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_differ() {
        for (left, right, differs) in [
            ("on my machine.", "on my laptop.", ("machine", "laptop")),
            ("a cat sat", "a car sat", ("cat", "car")),
            ("one two", "one two three", ("", " three")),
            ("很好的文章", "很差的文章", ("好", "差")),
            ("same", "same", ("", "")),
            ("", "all", ("", "all")),
            ("aaa", "aa", ("aaa", "aa")),
            ("好好好", "好好", ("好", "")),
        ] {
            let (start, end) = common(left, right);
            let inner = |text: &str| text[start..text.len() - end].to_owned();
            assert_eq!(
                (inner(left), inner(right)),
                (differs.0.into(), differs.1.into())
            );
        }
    }
}
