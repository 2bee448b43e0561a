//! A pair of documents.

use serde::Serialize;

use super::records::{
    Approximation, Asset, Comment, CommentPair, Coverage, Cut, Damage, Heading, Passage, Place,
    Said, SectionRecord,
};
use crate::report::passages::{self, Gap};
use crate::report::{Entry, comments, headings};
use crate::text::{Edit, Relation, Witness};

/// What is said of every pair, by `scan` and by `diff`.
#[derive(Serialize)]
pub(super) struct Findings<'a> {
    verdict: &'static str,
    reversed: bool,
    coverage: Coverage,
    cut: Option<Cut<'a>>,
    sections: Vec<SectionRecord>,
    differs: Vec<&'static str>,
    comments: Comments<'a>,
    assets: Assets<'a>,
    approximations: Vec<Approximation>,
    damage: Sides<Vec<Damage<'a>>>,
}

#[derive(Serialize)]
pub(super) struct Sides<T> {
    base: T,
    copy: T,
}

#[derive(Serialize)]
struct Comments<'a> {
    present: usize,
    lacking: Vec<Comment<'a>>,
    extra: Vec<Comment<'a>>,
    changed: Vec<CommentPair<'a>>,
    counters_changed: Vec<CommentPair<'a>>,
    declared: Sides<Option<u64>>,
}

#[derive(Serialize)]
struct Assets<'a> {
    lacking: Vec<Asset<'a>>,
    extra: Vec<Asset<'a>>,
}

impl<'a> Findings<'a> {
    pub fn new(base: Entry<'a>, copy: Entry<'a>, relation: &'a Relation) -> Self {
        let (base, copy) = (base.witness, copy.witness);
        Self {
            verdict: relation.verdict.name(),
            reversed: relation.reversed,
            coverage: Coverage {
                base: relation.of_base.into(),
                copy: relation.of_copy.into(),
            },
            cut: relation.cut.as_ref().map(Cut::from),
            sections: relation.sections.iter().map(SectionRecord::from).collect(),
            differs: relation.differs.names().collect(),
            comments: Comments::new(base, copy, relation),
            assets: Assets {
                lacking: Asset::list(base, &relation.assets.lacking),
                extra: Asset::list(copy, &relation.assets.extra),
            },
            approximations: relation
                .approximations
                .iter()
                .map(Approximation::from)
                .collect(),
            damage: Sides {
                base: Damage::list(base),
                copy: Damage::list(copy),
            },
        }
    }
}

impl<'a> Comments<'a> {
    fn new(base: &'a Witness, copy: &'a Witness, relation: &'a Relation) -> Self {
        let changes = &relation.comments;
        let pair = |at: (u32, u32)| CommentPair::at(base, copy, at);
        let changed = changes.changed.iter().map(|one| (one.base, one.copy));
        Self {
            present: changes.present.len(),
            lacking: Comment::list(base, &changes.lacking),
            extra: Comment::list(copy, &changes.extra),
            changed: changed.filter_map(pair).collect(),
            counters_changed: changes.counters.iter().copied().filter_map(pair).collect(),
            declared: Sides {
                base: comments::declared(base),
                copy: comments::declared(copy),
            },
        }
    }
}

/// The passages of a relation, without what they say.
#[derive(Serialize)]
pub(super) struct Passages<'a> {
    lacking: Vec<GapRecord<'a>>,
    extra: Vec<GapRecord<'a>>,
    variants: Vec<Sides<Passage>>,
    moved: Vec<Sides<Passage>>,
    shared: Vec<Sides<Passage>>,
}

/// A passage that one has, and its place in the other.
#[derive(Serialize)]
struct GapRecord<'a> {
    #[serde(flatten)]
    passage: Passage,
    headings: Vec<Heading<'a>>,
    at: Place,
}

impl<'a> Passages<'a> {
    pub fn new(base: &'a Witness, copy: &'a Witness, relation: &Relation) -> Self {
        let sides = |(base, copy): (crate::text::Passage, crate::text::Passage)| Sides {
            base: base.into(),
            copy: copy.into(),
        };
        Self {
            lacking: gaps(base, passages::lacking(relation)),
            extra: gaps(copy, passages::extra(relation)),
            variants: relation.variants().map(sides).collect(),
            moved: relation.moved().map(sides).collect(),
            shared: passages::shared(relation)
                .into_iter()
                .map(|shared| sides((shared.base, shared.copy)))
                .collect(),
        }
    }
}

fn gaps(witness: &Witness, gaps: Vec<Gap>) -> Vec<GapRecord<'_>> {
    let record = |gap: Gap| GapRecord {
        passage: gap.passage.into(),
        headings: headings::within(witness, gap.passage)
            .map(|block| Heading::new(witness, block))
            .collect(),
        at: gap.at.into(),
    };
    gaps.into_iter().map(record).collect()
}

/// One step of the way through both, with what it says.
#[derive(Serialize)]
pub(super) struct EditRecord<'a> {
    kind: &'static str,
    base: Option<Said<'a>>,
    copy: Option<Said<'a>>,
    /// The place in the one that lacks it.
    at: Option<Place>,
    /// The headings in a passage that only one has.
    headings: Vec<Heading<'a>>,
}

impl<'a> EditRecord<'a> {
    pub fn new(base: &'a Witness, copy: &'a Witness, edit: &Edit) -> Self {
        let (kind, left, right, at) = match *edit {
            Edit::Same { base, copy } => ("same", Some(base), Some(copy), None),
            Edit::Lacking { base, at } => ("lacking", Some(base), None, Some(at)),
            Edit::Extra { copy, at } => ("extra", None, Some(copy), Some(at)),
            Edit::Variant { base, copy } => ("variant", Some(base), Some(copy), None),
            Edit::Moved { base, copy } => ("moved", Some(base), Some(copy), None),
            Edit::MovedHere { copy, base } => ("moved here", Some(base), Some(copy), None),
            Edit::Repeated { base, copy } => ("repeated", Some(base), Some(copy), None),
            Edit::RepeatedHere { copy, base } => ("repeated here", Some(base), Some(copy), None),
        };
        let one_sided = match (left, right) {
            (Some(passage), None) => Some((base, passage)),
            (None, Some(passage)) => Some((copy, passage)),
            _ => None,
        };
        let titles = one_sided.into_iter().flat_map(|(witness, passage)| {
            headings::within(witness, passage).map(|block| Heading::new(witness, block))
        });
        Self {
            kind,
            base: left.map(|passage| Said::new(base, passage)),
            copy: right.map(|passage| Said::new(copy, passage)),
            at: at.map(Place::from),
            headings: titles.collect(),
        }
    }
}
