//! What a copy has and lacks, a line for each thing that there is to say.

use std::cmp::Reverse;

use super::headline::View;
use super::page::Page;
use crate::report::numbers::{lines, percent};
use crate::report::passages::{self, Gap, Shared};
use crate::report::pen::Style;
use crate::report::strip::{Cell, strip};
use crate::report::{Entry, headings, mirror};
use crate::text::{
    Approximation, Coverage, CutPlace, Passage, Section, SectionRelation, Verdict, Witness,
};

/// Passages of a kind that are listed one by one.
const LISTED: usize = 8;
/// Passages up to this many characters are quoted even if there are headings in them.
const SHORT: u64 = 40;
/// Columns of a heading that is one of a list.
const HEADING_MAX: usize = 40;

/// The strip of the body, `indent` columns from the left.
pub(super) fn strip_line(page: &mut Page, view: &View<'_>, indent: usize) {
    let pen = page.pen;
    let width = pen.width().saturating_sub(indent);
    let cells = if view.relation.reversed {
        strip(
            &mirror::mirrored(&view.relation.edits),
            Section::Body,
            width,
        )
    } else {
        strip(&view.relation.edits, Section::Body, width)
    };
    if cells.is_empty() {
        return;
    }
    let mut line = " ".repeat(indent);
    for run in cells.chunk_by(|one, next| one == next) {
        let glyph = run[0].glyph(pen.terminal.ascii);
        let text: String = std::iter::repeat_n(glyph, run.len()).collect();
        line += &match run[0] {
            Cell::Present => text,
            Cell::Lacking => pen.paint(Style::Lacking, &text),
            Cell::Variant => pen.paint(Style::Variant, &text),
            Cell::Moved => pen.paint(Style::Moved, &text),
        };
    }
    page.raw(line);
}

/// How much each has of the other.
pub(super) fn coverage(page: &mut Page, view: &View<'_>, indent: usize) {
    let pen = page.pen;
    let (a, b) = (pen.name(view.base.siglum), pen.name(view.copy.siglum));
    let of_base = view.relation.of_base;
    let of_copy = view.relation.of_copy;
    let of = |part: Coverage, one: &str, other: &str, total: String| {
        let share = percent(part);
        let aligned = pen.number(part.aligned);
        (part.total > 0).then(|| format!("{share} of {one} is in {other} ({aligned} of {total})"))
    };
    let parts = [
        of(of_base, &a, &b, pen.chars(of_base.total)),
        of(of_copy, &b, &a, pen.number(of_copy.total)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    page.wrapped(indent, Style::Faint, "", &parts.join(", "));
}

/// Where the less complete one is cut off.
pub(super) fn cut(page: &mut Page, view: &View<'_>, indent: usize, said: bool) {
    let Some(cut) = &view.relation.cut else {
        return;
    };
    let pen = page.pen;
    let place = format!(" at line {}, {}", cut.line, cut.place.name());
    if !said && cut.place == CutPlace::Start {
        page.wrapped(indent, Style::Lacking, "cut", &place);
    } else if !said {
        let words = format!("{place}, after");
        let before = view.before_cut(pen, cut);
        page.quoted_end(indent, Style::Lacking, "cut", &words, &before);
    }
    if !cut.ellipsis.is_empty() {
        let words = format!(" with {} at the cut", pen.quote(&cut.ellipsis, 20));
        page.wrapped(indent, Style::Lacking, "ends", &words);
    }
}

/// Sections besides the body whose verdict says something. Comments have a line of their own.
pub(super) fn sections(page: &mut Page, view: &View<'_>, indent: usize) {
    let says = |section: &&SectionRelation| {
        section.section == Section::FrontMatter && section.verdict > Verdict::Equivalent
    };
    for section in view.relation.sections.iter().filter(says) {
        let words = format!(
            " {}, {} of {}'s is in {}",
            section.verdict.name(),
            percent(section.of_base),
            page.pen.name(view.base.siglum),
            page.pen.name(view.copy.siglum),
        );
        let lead = format!("{}:", section.section.name());
        page.wrapped(indent, Style::Faint, &lead, &words);
    }
}

/// The lacunae, then what only the copy has.
pub(super) fn gaps(page: &mut Page, view: &View<'_>, indent: usize) {
    let lacking = passages::lacking(view.relation);
    let extra = passages::extra(view.relation);
    list_gaps(
        page,
        indent,
        Style::Lacking,
        "lacks",
        &lacking,
        view.base,
        view.copy,
    );
    let only = format!("only in {}:", page.pen.name(view.copy.siglum));
    list_gaps(
        page,
        indent,
        Style::Extra,
        &only,
        &extra,
        view.copy,
        view.base,
    );
}

/// What both have, where that is less than what each has alone.
pub(super) fn shared(page: &mut Page, view: &View<'_>, indent: usize) {
    let all = passages::shared(view.relation);
    let (shown, rest) = longest(&all, LISTED, |shared| shared.base.chars);
    for Shared { base, copy } in shown {
        let there = format!(
            ", {} of {}",
            lines(copy.lines),
            page.pen.name(view.copy.siglum)
        );
        passage(
            page,
            indent,
            Style::Same,
            "shares",
            base,
            view.base.witness,
            &there,
        );
    }
    let rest: Vec<Passage> = rest.iter().map(|shared| shared.base).collect();
    more(page, indent, Style::Same, "shares", &rest);
}

fn list_gaps(
    page: &mut Page,
    indent: usize,
    style: Style,
    lead: &str,
    gaps: &[Gap],
    has: Entry<'_>,
    lacks: Entry<'_>,
) {
    let (shown, rest) = longest(gaps, LISTED, |gap| gap.passage.chars);
    for gap in shown {
        let side = if gap.at.text == 0 { "before" } else { "after" };
        let after = format!(
            ", {side} line {} of {}",
            gap.at.line,
            page.pen.name(lacks.siglum)
        );
        passage(page, indent, style, lead, gap.passage, has.witness, &after);
    }
    let rest: Vec<Passage> = rest.iter().map(|gap| gap.passage).collect();
    more(page, indent, style, lead, &rest);
}

/// Passages that are told one by one where a document is one of many.
const SUMMED: usize = 2;

/// Passages of `witness`: the longest one by one, the others together.
pub(super) fn passages(
    page: &mut Page,
    indent: usize,
    style: Style,
    lead: &str,
    all: &[Passage],
    witness: &Witness,
) {
    let (shown, rest) = longest(all, SUMMED, |passage| passage.chars);
    for one in shown {
        passage(page, indent, style, lead, one, witness, "");
    }
    more(page, indent, style, lead, &rest);
}

/// The longest of `all`, which are told one by one, and the others; each in the order they are in.
fn longest<T: Copy>(all: &[T], limit: usize, chars: impl Fn(&T) -> u64) -> (Vec<T>, Vec<T>) {
    if all.len() <= limit + 1 {
        return (all.to_vec(), Vec::new());
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| Reverse(chars(&all[*at])));
    let mut rest = order.split_off(limit);
    order.sort_unstable();
    rest.sort_unstable();
    let taken = |order: Vec<usize>| order.into_iter().map(|at| all[at]).collect();
    (taken(order), taken(rest))
}

/// How many passages are not told one by one, where, and how long they are together.
fn more(page: &mut Page, indent: usize, style: Style, lead: &str, rest: &[Passage]) {
    if let (Some(first), Some(last)) = (rest.first(), rest.last()) {
        let chars = rest.iter().map(|passage| passage.chars).sum();
        let count = rest.len() as u64;
        let words = format!(
            " {} in {} ({})",
            page.pen.count_of(count, "more passage", "more passages"),
            lines(first.lines.union(last.lines)),
            page.pen.chars(chars),
        );
        page.wrapped(indent, style, lead, &words);
    }
}

/// A passage by lines and size, with its headings, or its beginning if it has none.
fn passage(
    page: &mut Page,
    indent: usize,
    style: Style,
    lead: &str,
    passage: Passage,
    witness: &Witness,
    after: &str,
) {
    let pen = page.pen;
    let of = match passage.section {
        Section::Body => String::new(),
        section => format!(" of the {}", section.name()),
    };
    let place = format!(
        "{lead} {}{of} ({}{after})",
        lines(passage.lines),
        pen.chars(passage.chars),
    );
    let count = headings::within(witness, passage).count();
    if count == 0 || passage.chars <= SHORT {
        let text = witness.text.get(passage.text.range()).unwrap_or_default();
        let words = format!("{}:", &place[lead.len()..]);
        page.quoted(indent, style, lead, &words, text.trim());
    } else {
        let max = pen.width().saturating_sub(indent + 4).min(HEADING_MAX);
        let titles = headings::within(witness, passage);
        let quotes = titles.map(|block| pen.quote(block.text(witness), max));
        let listing = format!("{place}, {}:", pen.count(count as u64, "heading"));
        page.listing(indent, style, &listing, quotes, count);
    }
}

/// How many variants, and the first.
pub(super) fn variants(page: &mut Page, view: &View<'_>, indent: usize) {
    let count = view.relation.variants().count();
    let Some((base, copy)) = view.relation.variants().next() else {
        return;
    };
    let pen = page.pen;
    let quote = |entry: Entry<'_>, passage: Passage| {
        let text = entry
            .witness
            .text
            .get(passage.text.range())
            .unwrap_or_default();
        pen.quote(text.trim(), 24)
    };
    let first = if count > 1 { ", first" } else { "" };
    let words = format!(
        "{first} at line {}: {} is {} at line {} of {}",
        base.lines.first,
        quote(view.base, base),
        quote(view.copy, copy),
        copy.lines.first,
        pen.name(view.copy.siglum),
    );
    page.wrapped(
        indent,
        Style::Variant,
        &pen.count(count as u64, "variant"),
        &words,
    );
}

/// The transpositions.
pub(super) fn moved(page: &mut Page, view: &View<'_>, indent: usize) {
    let count = view.relation.moved().count();
    if count == 0 {
        return;
    }
    let b = page.pen.name(view.copy.siglum);
    let items = view
        .relation
        .moved()
        .map(|(base, copy)| format!("{} at {} of {b}", lines(base.lines), lines(copy.lines)));
    let lead = format!("{}:", page.pen.count(count as u64, "transposition"));
    page.listing(indent, Style::Moved, &lead, items, count);
}

/// Where a budget made the result coarser: for each thing that was not done, the first place.
pub(super) fn approximations(page: &mut Page, view: &View<'_>, indent: usize) {
    let mut places: Vec<(&str, Vec<&Approximation>)> = Vec::new();
    for one in &view.relation.approximations {
        match places.iter_mut().find(|(what, _)| *what == one.what) {
            Some((_, places)) => places.push(one),
            None => places.push((one.what, vec![one])),
        }
    }
    let pen = page.pen;
    for (what, places) in places {
        let [first, others @ ..] = places.as_slice() else {
            continue;
        };
        let others = match others.len() {
            0 => String::new(),
            more => format!(" and {}", pen.count(more as u64, "more place")),
        };
        let words = format!(
            " at {} ({} of {}){others}: {}",
            lines(first.base),
            lines(first.copy),
            pen.name(view.copy.siglum),
            pen.line(what),
        );
        page.wrapped(indent, Style::Variant, "approximated", &words);
    }
}
