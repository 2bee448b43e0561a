//! Two witnesses -> [`Relation`]: the one place where two texts are compared.
//!
//! The way of a comparison: the sections are read as match text ([`reading`]); blocks, then
//! sentences, then words are aligned ([`align`]); what is left over is looked up in the rest of
//! the other witness ([`moves`], [`lookup`]), since moved is not missing; the result is told as
//! edits ([`edits`]), and the verdict follows from their sums ([`verdict`]). Front
//! matter is compared by key ([`front_matter`]), comments and assets by identity ([`comments`],
//! [`assets`]).
//!
//! All of it is a pure function of the two witnesses. Work grows linearly with their size but for
//! `similar`'s diff inside changed passages, which is bounded (see [`align`]).

mod align;
mod assets;
mod comments;
mod cut;
mod differs;
mod edits;
mod front_matter;
mod lookup;
mod moves;
mod reading;
mod verdict;
mod tokens;

use crate::text::{Approximation, Coverage, Relation, Section, SectionRelation, Verdict, Witness};

use align::Step;
use cut::Ellipsis;
use edits::Told;
use reading::{Atlas, Reading};
use verdict::Sums;

/// How complete a witness is, to compare with that of another: the one that is greater holds more
/// and is the base of the two. In order of weight: intact characters of match text in the body,
/// comments, assets other than avatars, characters of match text in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Completeness {
    /// Characters of match text in the body that are not damaged: a copy that mojibake made longer
    /// is not the more complete one.
    pub body: u64,
    /// Comments.
    pub comments: usize,
    /// Assets, avatars apart.
    pub assets: usize,
    /// Characters of match text in all.
    pub all: u64,
}

impl Completeness {
    /// That of `witness`.
    pub fn of(witness: &Witness) -> Self {
        let intact = |text: &str| {
            text.chars()
                .filter(|c| *c != char::REPLACEMENT_CHARACTER)
                .count()
        };
        let body = witness
            .section(Section::Body)
            .map(|block| block.match_text(witness));
        // The dots that a program leaves at a cut are no text.
        let dots = body
            .clone()
            .last()
            .map_or(0, |last| last.len() - cut::without_ellipsis(last).len());
        // Mojibake makes about one character of each byte that there should be.
        let garbled: usize = witness
            .damage
            .iter()
            .map(|damage| damage.repair.len())
            .sum();
        Self {
            body: body
                .map(intact)
                .sum::<usize>()
                .saturating_sub(dots + garbled) as u64,
            comments: witness.comments.len(),
            assets: assets::substantial(witness).count(),
            all: count_chars(&witness.match_text),
        }
    }
}

/// Compares `copy` with `base`.
pub fn collate(base: &Witness, copy: &Witness) -> Relation {
    let (base_atlas, copy_atlas) = (Atlas::new(base), Atlas::new(copy));
    let mut approximations = Vec::new();
    let front = compare_front_matter(&base_atlas, &copy_atlas);
    let reversed = Completeness::of(copy) > Completeness::of(base);
    let body = compare_body(&base_atlas, &copy_atlas, reversed, &mut approximations);
    let comments = comments::compare(base, copy);

    let body_verdict = body.sums.verdict(reversed);
    let on_comments = comments::sum_up(&comments, base, copy, reversed);
    let verdict = if base.digest == copy.digest && base.source_len == copy.source_len {
        Verdict::Identical
    } else {
        verdict::overall(&body.sums, body_verdict, on_comments)
    };

    let comment_coverage = comments::coverage(&comments, base, copy);
    let (of_base, of_copy) = if body.sums.is_empty() {
        comment_coverage
    } else {
        (body.sums.of_base(), body.sums.of_copy())
    };
    let cut = (body_verdict == Verdict::Truncated)
        .then(|| {
            let (more, less) = if reversed {
                (&copy_atlas, &base_atlas)
            } else {
                (&base_atlas, &copy_atlas)
            };
            cut::find(&body, more, less, reversed)
        })
        .flatten();

    let mut sections = Vec::new();
    if !front.sums.is_empty() {
        sections.push(front.section(Section::FrontMatter, reversed));
    }
    if !body.sums.is_empty() {
        sections.push(body.section(Section::Body, reversed));
    }
    if !(base.comments.is_empty() && copy.comments.is_empty()) {
        sections.push(SectionRelation {
            section: Section::Comments,
            verdict: on_comments.verdict,
            of_base: comment_coverage.0,
            of_copy: comment_coverage.1,
            lacks: comments::lacks(&comments, base, copy, reversed),
        });
    }

    let mut edits = front.told.edits;
    edits.extend(body.told.edits);
    Relation {
        verdict,
        reversed,
        sections,
        of_base,
        of_copy,
        edits,
        cut,
        differs: differs::find(verdict, base, copy),
        comments,
        assets: assets::compare(base, copy),
        approximations,
    }
}

/// A section of both, compared.
struct Compared {
    told: Told,
    sums: Sums,
}

impl Compared {
    fn section(&self, section: Section, reversed: bool) -> SectionRelation {
        SectionRelation {
            section,
            verdict: match section {
                Section::FrontMatter => self.sums.verdict_without_order(reversed),
                _ => self.sums.verdict(reversed),
            },
            of_base: self.sums.of_base(),
            of_copy: self.sums.of_copy(),
            lacks: self.sums.lacks(reversed),
        }
    }
}

fn compare_front_matter(base: &Atlas<'_>, copy: &Atlas<'_>) -> Compared {
    let edits = front_matter::compare(base, copy);
    let sums = Sums::of(
        &edits,
        &Reading::new(base, Section::FrontMatter),
        &Reading::new(copy, Section::FrontMatter),
    );
    let told = Told {
        edits,
        ellipsis: None,
    };
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
            &steps,
            &base_reading,
            &copy_reading,
            ellipsis,
            approximations,
        );
        let is_cut = compared.sums.verdict(reversed) == Verdict::Truncated;
        if is_cut || compared.told.ellipsis.is_none() {
            return compared;
        }
        // It marks no cut: it is text like any other.
        approximations.truncate(known);
        base_reading = Reading::new(base, Section::Body);
        copy_reading = Reading::new(copy, Section::Body);
    }
    let steps = align::align(&base_reading, &copy_reading, approximations);
    tell(&steps, &base_reading, &copy_reading, None, approximations)
}

fn tell(
    steps: &[Step],
    base: &Reading<'_, '_>,
    copy: &Reading<'_, '_>,
    ellipsis: Option<String>,
    approximations: &mut Vec<Approximation>,
) -> Compared {
    let gaps = moves::find(steps, base, copy, approximations);
    let told = edits::tell(steps, &gaps, base, copy, ellipsis);
    let sums = Sums::of(&told.edits, base, copy);
    Compared { told, sums }
}

/// Number of characters in `text`.
fn count_chars(text: &str) -> u64 {
    text.chars().count() as u64
}

/// Coverage of a whole that is aligned in full.
fn full(total: u64) -> Coverage {
    Coverage {
        aligned: total,
        total,
    }
}
