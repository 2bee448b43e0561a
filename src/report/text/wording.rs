//! What is said of a comparison in words, the same in every view for people. All words are safe.

use super::attached;
use super::headline::View;
use crate::report::comments;
use crate::report::numbers::lines;
use crate::report::parallel::{Row, Side};
use crate::report::pen::Pen;
use crate::text::{Asset, BlockKind, Blocks, Comment, LineRange, StructureChange, StructureKind};

/// How many blocks are left out in `rows`.
pub(crate) fn folded(pen: Pen, rows: &[Row]) -> String {
    let begin = |side: Side| {
        let begins = |row: &&Row| row.part(side).is_some_and(|part| part.begins);
        rows.iter().filter(begins).count()
    };
    let count = begin(Side::Base).max(begin(Side::Copy)).max(1);
    let blocks = pen.count(count as u64, "block");
    match rows.iter().all(Row::is_same) {
        true => format!("{blocks} the same"),
        false => format!("{blocks} not shown"),
    }
}

/// Author and date of a comment.
pub(crate) fn comment(pen: Pen, comment: &Comment) -> String {
    match attached::signed(pen, comment, 40) {
        signed if signed.is_empty() => "comment".to_owned(),
        signed => signed,
    }
}

/// Where the comments stand in another order, and how many the documents say there are, unless
/// both say what is so.
pub(crate) fn comment_lists(pen: Pen, view: &View<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if view.relation.comments.are_reordered() {
        notes.push("comments in another order".to_owned());
    }
    let sides = [view.base, view.copy];
    let differ = match sides.map(|entry| comments::declared(entry.witness)) {
        [Some(base), Some(copy)] => base != copy,
        _ => false,
    };
    let declared = sides.into_iter();
    notes.extend(declared.filter_map(|entry| attached::declared(pen, entry, differ)));
    notes
}

/// The counters of a comment that both have.
pub(crate) fn counters(pen: Pen, view: &View<'_>, one: &Comment, other: &Comment) -> String {
    let all = |comment: &Comment| {
        let all: Vec<String> = (comment.counters.iter())
            .map(|one| format!("{} {}", pen.name(&one.label), pen.number(one.value)))
            .collect();
        match all.is_empty() {
            true => "no counters".to_owned(),
            false => all.join(", "),
        }
    };
    let (a, b) = (pen.name(view.base.siglum), pen.name(view.copy.siglum));
    let signed = attached::signed(pen, one, 40);
    format!("{signed}: {} in {a}, {} in {b}", all(one), all(other))
}

/// `image https://… “alt”`.
pub(crate) fn asset(pen: Pen, asset: &Asset) -> String {
    let mut words = format!("{} {}", asset.kind.name(), pen.name(&asset.target));
    if !asset.alt.is_empty() {
        words += &format!(" {}", pen.quote(&asset.alt, pen.width()));
    }
    words
}

/// How the blocks of both stand to each other where they are divided or marked up otherwise.
pub(crate) fn structure(pen: Pen, view: &View<'_>, change: &StructureChange) -> String {
    let (a, b) = (pen.name(view.base.siglum), pen.name(view.copy.siglum));
    let (from, to) = (change.base.range.len(), change.copy.range.len());
    let of_both = |words: String, base: LineRange, copy: LineRange| {
        format!("{words}: {} of {a}, {} of {b}", lines(base), lines(copy))
    };
    let places = |words| of_both(words, change.base.lines, change.copy.lines);
    match change.kind {
        StructureKind::Split => places(format!("split into {to}")),
        StructureKind::Joined => places(format!("{from} joined")),
        StructureKind::Redivided => places(format!("{from} blocks divided into {to}")),
        StructureKind::Level { base, copy } => {
            format!("heading of level {base} in {a}, {copy} in {b}")
        }
        StructureKind::Kind { base, copy } => {
            let (one, other) = (kind(base, &change.base), kind(copy, &change.copy));
            format!("{one} in {a}, {other} in {b}")
        }
        StructureKind::Renumbered { base, copy } => {
            format!("numbered from {base} in {a}, from {copy} in {b}")
        }
    }
}

fn kind(kind: BlockKind, blocks: &Blocks) -> String {
    match (kind, blocks.range.len()) {
        (BlockKind::Heading(level), _) => format!("heading of level {level}"),
        (_, 1) => kind.name().to_owned(),
        (_, count) => format!("{count} times {}", kind.name()),
    }
}
