//! Comments without any element around them: a heading or a paragraph that begins with who and
//! when, and what follows it.

use super::byline;
use super::date;
use super::scope::Candidate;
use super::section::{self, Rule, Section};
use super::tree::Tree;
use crate::text::{BlockKind, Span};

/// The comments that follow the heading `heading`, up to `until` in the canonical text.
pub(super) fn find(tree: &Tree<'_>, heading: usize, until: usize, profile: u16) -> Option<Section> {
    let blocks = tree.blocks();
    let above = tree.headings[heading].0 as usize;
    let level = level_of(blocks[above].kind);
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut top = None;
    for (index, block) in blocks.iter().enumerate().skip(above + 1) {
        let this = level_of(block.kind);
        let ends = this.is_some_and(|this| level.is_none_or(|level| this <= level));
        let begins = begins(tree, block.text, this.is_some());
        if block.text.start() >= until || ends && !(begins && level.is_none()) {
            break;
        }
        match (begins, candidates.last_mut()) {
            (true, _) => {
                let top = *top.get_or_insert(this.unwrap_or(0));
                candidates.push(Candidate {
                    element: None,
                    span: block.span,
                    text: block.text,
                    depth: this.unwrap_or(top).saturating_sub(top).into(),
                });
            }
            (false, Some(last)) if this.is_none_or(|this| top.is_some_and(|top| this > top)) => {
                last.span = last.span.union(block.span);
                last.text = last.text.union(block.text);
            }
            (false, Some(_)) => break,
            (false, None) if index > above + 2 || this.is_some() => return None,
            (false, None) => {}
        }
    }
    if candidates.is_empty() {
        return None;
    }
    let found = section::read_all(
        tree,
        candidates,
        Rule {
            profile,
            strict: false,
        },
    );
    section::is_convincing(&found.found, 1)
        .then(|| Section::new(tree, "generic", Some(heading), None, found))
        .flatten()
}

fn level_of(kind: BlockKind) -> Option<u8> {
    match kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    }
}

/// Whether a block begins with an author and a date; a heading must hold nothing else.
fn begins(tree: &Tree<'_>, span: Span, heading: bool) -> bool {
    let text = tree.text(span);
    let text = byline::prefix(text, byline::LONGEST);
    if date::find(text).is_none() {
        return false;
    }
    let Some(name) = name(tree, span, text) else {
        return false;
    };
    let whole = byline::whole(text, Some(name.clone()));
    let found = match whole {
        Some(found) => Some(found),
        None if heading => None,
        None => byline::head(text, Some(name)),
    };
    found.is_some_and(|found| found.author.is_some() && found.date.is_some())
}

/// The name that an element sets apart at the head of a block, or that the text shows.
fn name(tree: &Tree<'_>, span: Span, text: &str) -> Option<std::ops::Range<usize>> {
    let elements = tree.elements();
    let first = elements.partition_point(|element| element.text.start() + 1 < span.start());
    let marked = elements[first..]
        .iter()
        .take_while(|element| element.text.start() <= span.start())
        .take(8)
        .filter(|element| {
            matches!(
                element.name,
                "strong" | "b" | "em" | "i" | "a" | "span" | "cite"
            )
        })
        .map(|element| tree.trim(element.text))
        .find(|name| name.start() == span.start() && name.end() < span.start() + text.len());
    match marked {
        Some(name) => {
            let name = tree.text(name);
            let fits = byline::is_name(name) && date::find(name).is_none();
            fits.then_some(0..name.len())
        }
        None => byline::name_at_head(text),
    }
}
