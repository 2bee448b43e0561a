//! A comment section that was found: its comments, and what it takes in.

use std::rc::Rc;

use super::item::{self, Item, Part, Roles};
use super::profile::Role;
use super::scope::{Candidate, Scopes, hull};
use super::tree::Tree;
use crate::text::{BlockKind, Span};

/// A list of comments.
#[derive(Debug)]
pub(super) struct Section {
    /// The name of the profile that recognised it.
    pub profile: String,
    /// Its heading, as an index into [`Tree::headings`].
    pub heading: Option<usize>,
    /// Its heading or else its container: bytes of the decoded text.
    pub span: Span,
    /// All that it takes in: bytes of the canonical text.
    pub text: Span,
    /// All that it takes in: bytes of the decoded text.
    pub around: Span,
    pub comments: Vec<Found>,
    /// The parts of these and perhaps others.
    pub parts: Rc<Vec<Part>>,
}

/// Comments in order, and the parts that they fall into.
pub(super) struct Comments {
    pub found: Vec<Found>,
    pub parts: Rc<Vec<Part>>,
}

/// A comment.
#[derive(Debug)]
pub(super) struct Found {
    pub candidate: Candidate,
    pub item: Item,
    pub depth: u16,
}

impl Section {
    /// How much of it was understood: of two ways to read the same list, the higher is right.
    pub fn score(&self) -> usize {
        let points = |found: &Found| {
            let item = &found.item;
            let signs = [
                !item.author.is_empty(),
                !item.date.is_empty(),
                item.has_text,
            ];
            signs.into_iter().map(usize::from).sum::<usize>() + usize::from(item.selected)
        };
        self.comments.iter().map(points).sum()
    }

    /// A section of `comments`, below the heading `heading`, in the element `container`.
    pub fn new(
        tree: &Tree<'_>,
        profile: &str,
        heading: Option<usize>,
        container: Option<u32>,
        Comments {
            found: comments,
            parts,
        }: Comments,
    ) -> Option<Self> {
        let first = comments.first()?.candidate;
        let list = comments.iter().map(|found| found.candidate);
        let mut around = hull(&list.clone().collect::<Vec<_>>());
        let mut text = list.map(|found| found.text).reduce(Span::union)?;
        let container = container.filter(|container| is_around(tree, *container, text));
        if let Some(container) = container {
            around = around.union(tree.element(container).span);
            text = text.union(tree.inside(container));
        }
        let mut span = container.map_or(first.span, |container| tree.element(container).span);
        if let Some(heading) = heading {
            let block = tree.blocks()[tree.headings[heading].0 as usize];
            span = block.span;
            around = around.union(block.span);
            text = text.union(block.text);
        }
        Some(Self {
            profile: profile.to_owned(),
            heading,
            span,
            text,
            around,
            comments,
            parts,
        })
    }
}

/// How the candidates of a list are told from what only looks like them.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub profile: u16,
    /// Whether a candidate inside another must be as good as one that stands alone.
    pub strict: bool,
}

/// Reads all candidates, gives up those that are no comments, and reads the rest again, so that
/// what was given up belongs to the comment around it.
pub(super) fn read_all(tree: &Tree<'_>, mut candidates: Vec<Candidate>, rule: Rule) -> Comments {
    let mut scopes = Scopes::new(tree, &candidates, rule.profile);
    let mut parts = Vec::with_capacity(4 * candidates.len());
    let mut items = read_each(tree, &scopes, candidates.len(), rule, &mut parts);
    // First those inside others: what they hold may be all that the one around them has.
    for nested in [true, false] {
        let is_comment = |(index, item): (usize, &Item)| match scopes.parents[index] {
            Some(_) if rule.strict => item.speaks() && item.has_text,
            None if nested => true,
            _ => item.is_signed(),
        };
        let keep: Vec<bool> = items.iter().enumerate().map(is_comment).collect();
        if keep.contains(&false) {
            let mut keep = keep.into_iter();
            candidates.retain(|_| keep.next().unwrap_or(false));
            scopes = Scopes::new(tree, &candidates, rule.profile);
            items = read_each(tree, &scopes, candidates.len(), rule, &mut parts);
        }
    }
    let depths = depths(&candidates, &scopes);
    let found = candidates.into_iter().zip(items).zip(depths);
    let found = found.map(|((candidate, item), depth)| Found {
        candidate,
        item,
        depth,
    });
    Comments {
        found: found.collect(),
        parts: Rc::new(parts),
    }
}

fn read_each(
    tree: &Tree<'_>,
    scopes: &Scopes,
    count: usize,
    rule: Rule,
    parts: &mut Vec<Part>,
) -> Vec<Item> {
    let mut roles = Roles::default();
    parts.clear();
    let read = |index| item::read(tree, scopes, index, rule.profile, &mut roles, parts);
    (0..count).map(read).collect()
}

fn depths(candidates: &[Candidate], scopes: &Scopes) -> Vec<u16> {
    let least = scopes.children.iter().min().copied().unwrap_or(0);
    let mut depths: Vec<u16> = Vec::with_capacity(candidates.len());
    for (index, candidate) in candidates.iter().enumerate() {
        let around =
            scopes.parents[index].map_or(0, |parent| depths[parent as usize].saturating_add(1));
        depths.push(
            around
                .max(scopes.children[index] - least)
                .max(candidate.depth),
        );
    }
    depths
}

/// The comment heading that a list which starts at `start` stands below, if one does.
pub(super) fn heading_above(tree: &Tree<'_>, start: usize) -> Option<usize> {
    let above = tree
        .headings
        .partition_point(|(block, _)| tree.blocks()[*block as usize].text.end() <= start);
    let heading = above.checked_sub(1)?;
    let end = tree.blocks()[tree.headings[heading].0 as usize].text.end();
    is_small_gap(tree, end, start).then_some(heading)
}

/// Whether there is at most a line or two, such as a choice of order, between two places.
pub(super) fn is_small_gap(tree: &Tree<'_>, end: usize, start: usize) -> bool {
    let gap = tree.blocks_in(Span::new(end, start));
    gap.len() <= 5
        && tree.blocks()[gap].iter().all(|block| {
            block.text.len() <= 120 && !matches!(block.kind, BlockKind::Heading(1..=2))
        })
}

/// Whether enough of a list speaks for a list of comments.
pub(super) fn is_convincing(comments: &[Found], at_least: usize) -> bool {
    let speaking = comments.iter().filter(|found| found.item.speaks()).count();
    let written = comments.iter().filter(|found| found.item.has_text).count();
    speaking >= 1 && comments.len() >= at_least && speaking * 2 >= written && written >= 1
}

/// How much text of a container may stand outside its comments, in bytes: a form, links, a
/// licence. Beyond that, and beyond the length of the comments, it is around more than comments.
const BESIDE: usize = 2000;

/// Whether `container` is around the comments that take up `text`, and not around much more.
pub(super) fn is_around(tree: &Tree<'_>, container: u32, text: Span) -> bool {
    let whole = tree.inside(container);
    whole.contains(text) && whole.len() <= text.len() + text.len().max(BESIDE)
}

/// The outermost element around `comments` that a profile calls a container of them.
pub(super) fn container_of(tree: &Tree<'_>, comments: &[Found], profile: u16) -> Option<u32> {
    let texts = comments.iter().map(|found| found.candidate.text);
    let text = texts.reduce(Span::union)?;
    let mut at = comments.first()?.candidate.element;
    let mut found = None;
    for _ in 0..16 {
        let Some(around) = at.and_then(|at| tree.element(at).parent) else {
            break;
        };
        at = Some(around);
        let hits = tree.hits(profile, around..around + 1);
        if is_around(tree, around, text) && hits.iter().any(|hit| hit.role == Role::Container) {
            found = Some(around);
        }
    }
    found
}
