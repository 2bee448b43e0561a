//! Two witnesses -> [`Relation`]: the one place where two texts are compared.
//!
//! The way of a comparison: the sections are read as match text ([`reading`]); blocks, then
//! sentences, then words are aligned ([`align`]); what is left over is looked up in the rest of
//! the other witness ([`moves`], [`lookup`]), since moved is not missing; the result is told as
//! edits ([`edits`]), and the verdict follows from their sums ([`verdict`]). Front
//! matter is compared by key ([`front_matter`]), comments and assets by identity ([`comments`],
//! [`assets`]).
//!
//! All of it is a pure function of the two witnesses, though rayon's current thread pool shares the
//! work on large ones. Work grows linearly with their size but for
//! `similar`'s diff inside changed passages, which is bounded (see [`align`]).

mod align;
mod assets;
mod comments;
mod completeness;
mod cut;
mod differs;
mod divide;
mod edits;
mod ends;
mod facing;
mod finder;
mod front_matter;
mod glance;
mod hash;
mod likeness;
mod lookup;
mod meet;
mod moves;
mod reading;
mod rungs;
#[cfg(test)]
mod sample;
mod sentences;
mod steps;
mod structure;
mod subsequence;
mod table;
mod tokens;
mod trim;
mod verdict;
mod whole;
mod words;

use crate::text::{
    Approximation, Passage, Relation, Section, SectionRelation, Span, Verdict, Witness,
};

pub use completeness::Completeness;
use cut::Ellipsis;
use edits::Told;
pub use glance::may_relate;
use reading::{Atlas, Reading};
use steps::Step;
pub use table::table;
use verdict::Sums;

/// Compares `copy` with `base`.
pub fn collate(base: &Witness, copy: &Witness) -> Relation {
    let (base_atlas, copy_atlas) = (Atlas::new(base), Atlas::new(copy));
    let (of_base, of_copy) = rayon::join(|| Completeness::of(base), || Completeness::of(copy));
    let reversed = of_copy > of_base;
    let mut approximations: Vec<_> = unsearched(base, copy).into_iter().collect();
    let front = compare_front_matter(&base_atlas, &copy_atlas);
    let body = compare_body(&base_atlas, &copy_atlas, reversed, &mut approximations);
    let comments = comments::compare(base, copy);

    let sections = sections(
        &front,
        &body,
        comments::section(&comments, base, copy, reversed),
        reversed,
    );
    let deciding = if body.sums.is_empty() {
        sections.last()
    } else {
        sections
            .iter()
            .find(|section| section.section == Section::Body)
    };
    let (of_base, of_copy) = deciding.map_or_else(Default::default, |section| {
        (section.of_base, section.of_copy)
    });
    let verdict = if base.digest == copy.digest && base.source_len == copy.source_len {
        Verdict::Identical
    } else {
        verdict::overall(
            &body.sums,
            reversed,
            comments::sum_up(&comments, base, copy, reversed),
        )
    };
    let (more, less) = if reversed {
        (&copy_atlas, &base_atlas)
    } else {
        (&base_atlas, &copy_atlas)
    };
    let cut = body
        .sums
        .is_cut_off(reversed)
        .then(|| cut::find(&body.told, more, less, reversed))
        .flatten();

    let (edits, moves) = edits::after(front.told.edits, body.told);
    let structure = structure::compare(&base_atlas, &copy_atlas, &edits, &moves);
    Relation {
        verdict,
        reversed,
        sections,
        of_base,
        of_copy,
        edits,
        moves,
        structure,
        cut,
        differs: differs::find(verdict, base, copy, &comments),
        comments,
        assets: assets::compare(base, copy),
        approximations,
    }
}

/// The passages of `witness` that `spans` of its match text are; empty ones are none.
pub fn passages(witness: &Witness, spans: &[Span]) -> Vec<Passage> {
    let atlas = Atlas::new(witness);
    let spans = spans.iter().filter(|span| !span.is_empty());
    spans.map(|span| atlas.passage(*span)).collect()
}

/// That comments may have been taken for text when one of the two was read.
fn unsearched(base: &Witness, copy: &Witness) -> Option<Approximation> {
    let lines = |witness: &Witness| witness.unsearched.unwrap_or_else(|| witness.all_lines());
    (base.unsearched.is_some() || copy.unsearched.is_some()).then(|| Approximation {
        what: Witness::UNSEARCHED,
        base: lines(base),
        copy: lines(copy),
    })
}

/// The sections that at least one of the two has.
fn sections(
    front: &Compared,
    body: &Compared,
    comments: Option<SectionRelation>,
    reversed: bool,
) -> Vec<SectionRelation> {
    let front = (!front.sums.is_empty()).then(|| front.sums.front_matter(reversed));
    let body = (!body.sums.is_empty()).then(|| body.sums.body(reversed));
    [front, body, comments].into_iter().flatten().collect()
}

/// A section of both, compared.
struct Compared {
    told: Told,
    sums: Sums,
}

fn compare_front_matter(base: &Atlas<'_>, copy: &Atlas<'_>) -> Compared {
    let told = Told {
        edits: front_matter::compare(base, copy),
        moves: Vec::new(),
        ellipsis: None,
    };
    let sums = Sums::of(
        &told,
        &Reading::new(base, Section::FrontMatter),
        &Reading::new(copy, Section::FrontMatter),
    );
    Compared { told, sums }
}

fn compare_body(
    base: &Atlas<'_>,
    copy: &Atlas<'_>,
    reversed: bool,
    approximations: &mut Vec<Approximation>,
) -> Compared {
    let mut base_reading = Reading::new(base, Section::Body);
    let mut copy_reading = Reading::new(copy, Section::Body);
    let known = approximations.len();
    if let Some(ellipsis) = Ellipsis::take(&mut base_reading, &mut copy_reading) {
        let mut steps = align::align(&base_reading, &copy_reading, approximations);
        let ellipsis = ellipsis.give_back(&mut steps, &mut base_reading, &mut copy_reading);
        let compared = tell(
            steps,
            &base_reading,
            &copy_reading,
            ellipsis,
            approximations,
        );
        if compared.sums.is_cut_off(reversed) || compared.told.ellipsis.is_none() {
            return compared;
        }
        // It marks no cut: it is text like any other.
        approximations.truncate(known);
        base_reading = Reading::new(base, Section::Body);
        copy_reading = Reading::new(copy, Section::Body);
    }
    let steps = align::align(&base_reading, &copy_reading, approximations);
    tell(steps, &base_reading, &copy_reading, None, approximations)
}

fn tell(
    steps: Vec<Step>,
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    ellipsis: Option<String>,
    approximations: &mut Vec<Approximation>,
) -> Compared {
    let steps = steps::divided_at_seams(steps, base, copy);
    let divided = moves::find(&steps, base, copy, approximations);
    let told = edits::tell(&steps, &divided, base, copy, ellipsis);
    let sums = Sums::of(&told, base, copy);
    Compared { told, sums }
}

/// Number of characters in `text`. Counted in bytes at first, so that the compiler can add up many at
/// once.
fn count_chars(text: &str) -> u64 {
    let begins = |byte: &u8| u8::from(*byte & 0xc0 != 0x80);
    let count = |part: &[u8]| part.iter().map(begins).sum::<u8>();
    // As many as a byte can count, and a multiple of what is added at once.
    let (parts, rest) = text.as_bytes().as_chunks::<240>();
    let all = parts.iter().map(|part| u64::from(count(part)));
    all.sum::<u64>() + u64::from(count(rest))
}
