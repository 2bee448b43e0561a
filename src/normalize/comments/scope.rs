//! What belongs to each comment alone, without the comments nested in it.

use super::profile::Role;
use super::tree::Tree;
use crate::text::Span;

/// What may be a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The element around all of it; none if it is a run of blocks.
    pub element: Option<u32>,
    /// Bytes of the decoded text.
    pub span: Span,
    /// Bytes of the canonical text.
    pub text: Span,
    /// How deep its markup says it is nested, beside what nesting of elements says.
    pub depth: u16,
}

impl Candidate {
    pub fn of(tree: &Tree<'_>, element: u32) -> Self {
        let found = tree.element(element);
        Self {
            element: Some(element),
            span: found.span,
            text: tree.trim(found.text),
            depth: 0,
        }
    }
}

/// A part of a block that belongs to one candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub block: u32,
    pub text: Span,
    /// The innermost element around the block, if it lies within the candidate.
    pub leaf: Option<u32>,
    /// Whether there is a list item between it and the candidate.
    pub listed: bool,
    /// Whether there is a quotation between it and the candidate.
    pub quoted: bool,
}

/// An element that belongs to one candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inner {
    pub element: u32,
    pub quoted: bool,
}

/// What each of a list of candidates has of its own.
pub(super) struct Scopes {
    /// For each candidate, the one that it is nested in.
    pub parents: Vec<Option<u32>>,
    /// For each candidate, how many elements around replies it is in.
    pub children: Vec<u16>,
    segments: Grouped<Segment>,
    inner: Grouped<Inner>,
    assets: Grouped<u32>,
}

impl Scopes {
    /// `candidates` in the order of their start, nested or apart, none overlapping. Linear in
    /// the part of the document that they span.
    pub fn new(tree: &Tree<'_>, candidates: &[Candidate], profile: u16) -> Self {
        let parents = parents(candidates);
        let owned = owned(tree, candidates, profile);
        Self {
            segments: segments(tree, candidates, &owned),
            assets: assets(tree, candidates, &parents),
            inner: owned.inner,
            children: owned.children,
            parents,
        }
    }

    pub fn segments(&self, candidate: usize) -> &[Segment] {
        self.segments.of(candidate)
    }

    pub fn inner(&self, candidate: usize) -> &[Inner] {
        self.inner.of(candidate)
    }

    pub fn assets(&self, candidate: usize) -> &[u32] {
        self.assets.of(candidate)
    }
}

/// Values by candidate, in their order.
struct Grouped<T> {
    values: Vec<T>,
    starts: Vec<u32>,
}

impl<T: Copy> Grouped<T> {
    fn new(mut pairs: Vec<(u32, T)>, groups: usize) -> Self {
        if !pairs.is_sorted_by_key(|(group, _)| *group) {
            pairs.sort_by_key(|(group, _)| *group);
        }
        let mut starts = vec![0; groups + 1];
        for (group, _) in &pairs {
            starts[*group as usize + 1] += 1;
        }
        for at in 0..groups {
            starts[at + 1] += starts[at];
        }
        let values = pairs.into_iter().map(|(_, value)| value).collect();
        Self { values, starts }
    }

    fn of(&self, group: usize) -> &[T] {
        &self.values[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

fn parents(candidates: &[Candidate]) -> Vec<Option<u32>> {
    let mut open: Vec<u32> = Vec::new();
    let mut parents = Vec::with_capacity(candidates.len());
    for (index, candidate) in candidates.iter().enumerate() {
        while open
            .last()
            .is_some_and(|top| !encloses(&candidates[*top as usize], candidate))
        {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index as u32);
    }
    parents
}

fn encloses(outer: &Candidate, inner: &Candidate) -> bool {
    outer.span.contains(inner.span) && outer.text.contains(inner.text)
}

struct Owned {
    /// The first element that was looked at.
    first: u32,
    /// For each element from there on: its candidate, and what is between the two.
    owners: Vec<Owner>,
    inner: Grouped<Inner>,
    children: Vec<u16>,
}

#[derive(Clone, Copy, Default)]
struct Owner {
    candidate: Option<u32>,
    listed: bool,
    quoted: bool,
    children: u16,
}

fn owned(tree: &Tree<'_>, candidates: &[Candidate], profile: u16) -> Owned {
    let hull = hull(candidates);
    let elements = tree.elements();
    let first = elements.partition_point(|element| element.span.start() < hull.start());
    let last = elements.partition_point(|element| element.span.start() < hull.end());
    let mut hits = tree
        .hits(profile, first as u32..last as u32)
        .iter()
        .peekable();
    let mut owners: Vec<Owner> = Vec::with_capacity(last.saturating_sub(first));
    let mut inner = Vec::with_capacity(last.saturating_sub(first));
    let mut children = vec![0; candidates.len()];
    let mut next = 0;
    for (index, element) in elements.iter().enumerate().take(last).skip(first) {
        let around = element
            .parent
            .and_then(|parent| (parent as usize).checked_sub(first));
        let mut owner = around.map_or(Owner::default(), |at| owners[at]);
        while hits.next_if(|hit| (hit.element as usize) < index).is_some() {}
        while let Some(hit) = hits.next_if(|hit| hit.element as usize == index) {
            if hit.role == Role::Children {
                owner.children = owner.children.saturating_add(1);
            }
        }
        while candidates
            .get(next)
            .is_some_and(|next| starts_before(next, index, element.span))
        {
            next += 1;
        }
        let this = next.checked_sub(1).map(|at| (at as u32, &candidates[at]));
        if let Some((at, candidate)) = this
            && candidate.element == Some(index as u32)
        {
            children[at as usize] = owner.children;
            owner = Owner {
                candidate: Some(at),
                listed: false,
                quoted: false,
                ..owner
            };
            owners.push(owner);
            continue;
        }
        if let Some((at, candidate)) = this
            && candidate.element.is_none()
            && around.is_none_or(|at| owners[at].candidate.is_none())
        {
            owner.candidate = candidate.span.contains(element.span).then_some(at);
        }
        if let Some(candidate) = owner.candidate {
            inner.push((
                candidate,
                Inner {
                    element: index as u32,
                    quoted: owner.quoted,
                },
            ));
            owner.listed |= element.name == "li";
            owner.quoted |= element.name == "blockquote";
        }
        owners.push(owner);
    }
    Owned {
        first: first as u32,
        owners,
        inner: Grouped::new(inner, candidates.len()),
        children,
    }
}

/// Whether a candidate has begun when an element begins.
fn starts_before(candidate: &Candidate, index: usize, span: Span) -> bool {
    match candidate.element {
        Some(element) => element as usize <= index,
        None => candidate.span.start() <= span.start(),
    }
}

/// The smallest span of decoded text around all.
pub(super) fn hull(candidates: &[Candidate]) -> Span {
    let spans = candidates.iter().map(|candidate| candidate.span);
    spans.reduce(Span::union).unwrap_or_default()
}

fn segments(tree: &Tree<'_>, candidates: &[Candidate], owned: &Owned) -> Grouped<Segment> {
    let start = candidates.first().map_or(0, |first| first.text.start());
    let end = candidates
        .iter()
        .map(|candidate| candidate.text.end())
        .max()
        .unwrap_or(0);
    let blocks = tree.blocks();
    let first = blocks.partition_point(|block| block.text.end() <= start);
    let mut open: Vec<u32> = Vec::new();
    let mut next = 0;
    let last = blocks.partition_point(|block| block.text.start() < end);
    let mut found = Vec::with_capacity(last.saturating_sub(first) + candidates.len());
    for (index, block) in blocks.iter().enumerate().skip(first) {
        if block.text.start() >= end {
            break;
        }
        let mut at = block.text.start();
        while at < block.text.end() {
            while candidates
                .get(next)
                .is_some_and(|next| next.text.start() <= at)
            {
                open.push(next as u32);
                next += 1;
            }
            while open
                .last()
                .is_some_and(|top| candidates[*top as usize].text.end() <= at)
            {
                open.pop();
            }
            let mut stop = block.text.end();
            if let Some(next) = candidates.get(next) {
                stop = stop.min(next.text.start());
            }
            if let Some(top) = open.last() {
                stop = stop.min(candidates[*top as usize].text.end());
                let text = tree.trim(Span::new(at, stop));
                if !text.is_empty() {
                    found.push((*top, segment(tree, index, text, *top, owned)));
                }
            }
            at = stop;
        }
    }
    Grouped::new(found, candidates.len())
}

fn segment(tree: &Tree<'_>, block: usize, text: Span, candidate: u32, owned: &Owned) -> Segment {
    let leaf = tree.leaves[block].filter(|leaf| *leaf >= owned.first);
    let owner = leaf.and_then(|leaf| owned.owners.get((leaf - owned.first) as usize));
    let owner = owner
        .copied()
        .filter(|owner| owner.candidate == Some(candidate));
    Segment {
        block: block as u32,
        text,
        leaf: leaf.filter(|_| owner.is_some()),
        listed: owner.is_some_and(|owner| owner.listed),
        quoted: owner.is_some_and(|owner| owner.quoted),
    }
}

fn assets(tree: &Tree<'_>, candidates: &[Candidate], parents: &[Option<u32>]) -> Grouped<u32> {
    let hull = hull(candidates);
    let assets = tree.assets();
    let first = assets.partition_point(|asset| asset.span.start() < hull.start());
    let mut found = Vec::with_capacity(candidates.len());
    let mut next = 0;
    let mut top: Option<u32> = None;
    for (index, asset) in assets.iter().enumerate().skip(first) {
        while candidates
            .get(next)
            .is_some_and(|next| next.span.start() <= asset.span.start())
        {
            top = Some(next as u32);
            next += 1;
        }
        // Out of the candidates that end before it; none of them holds a later asset.
        while let Some(at) = top
            && candidates[at as usize].span.end() < asset.span.end()
        {
            top = parents[at as usize];
        }
        if let Some(top) = top {
            found.push((top, index as u32));
        }
        if asset.span.start() >= hull.end() {
            break;
        }
    }
    Grouped::new(found, candidates.len())
}
