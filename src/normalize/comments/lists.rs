//! Lists without any class, below a heading or in a container that says that they are comments:
//! elements of one name beside each other, signed and dated.

use super::profile::Profile;
use super::scope::Candidate;
use super::section::{self, Comments, Found, Rule, Section};
use super::tag;
use super::tree::Tree;
use crate::text::Span;

/// How many elements are tried as the first of a list, how deep, and how many of a list are read
/// before it is taken for one.
const STARTS: usize = 8;
const LEVELS: usize = 8;
const SAMPLE: usize = 3;

/// How much work trials may be, for each element and block of the document. Past it, lists
/// without classes are no longer looked for: only a page of many thousand headings comes there.
const WORK: usize = 16;

/// What is longer, in bytes or blocks, is not taken for one comment.
const LONGEST: usize = 32 * 1024;
const MOST: usize = 400;

/// Trials of lists, within a budget.
pub(super) struct Trials {
    left: usize,
    /// Where, in canonical text, a list was first not looked for since the budget was spent.
    pub unsearched: Option<usize>,
}

/// Where a list may be.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub heading: Option<usize>,
    pub container: Option<u32>,
    /// From here on, in canonical text.
    pub from: usize,
    /// Not past this.
    pub until: usize,
}

impl Trials {
    pub fn new(tree: &Tree<'_>) -> Self {
        Self {
            left: WORK * (tree.elements().len() + tree.blocks().len()),
            unsearched: None,
        }
    }

    /// The list at `place`, if there is one, as `profile` or as any list would be.
    pub fn find(
        &mut self,
        tree: &Tree<'_>,
        place: Place,
        index: u16,
        profile: Option<&Profile>,
    ) -> Option<Section> {
        let rule = Rule {
            profile: index,
            strict: true,
        };
        let elements = tree.elements();
        let mut start =
            elements.partition_point(|element| element.text.start() < place.from) as u32;
        for _ in 0..STARTS {
            start = self.filled(tree, start, place)?;
            if !section::is_small_gap(tree, place.from, tree.inside(start).start()) {
                return None;
            }
            if let Some(first) = self.level(tree, start, place, rule, profile) {
                let found = self.read(tree, candidates(tree, first, place), place, rule)?;
                let at_least = profile.map_or(1, |profile| profile.at_least);
                if section::is_convincing(&found.found, at_least) {
                    let name = profile.map_or("generic", |profile| &profile.name);
                    return Section::new(tree, name, place.heading, place.container, found);
                }
            }
            start = tree.end(start);
        }
        None
    }

    /// The first element from `at` on that has text.
    fn filled(&mut self, tree: &Tree<'_>, mut at: u32, place: Place) -> Option<u32> {
        loop {
            let element = tree.elements().get(at as usize)?;
            if element.text.start() >= place.until {
                return None;
            }
            self.spend(1, place)?;
            if !tree.text(element.text).is_empty() {
                return Some(at);
            }
            at = tree.end(at);
        }
    }

    /// Of an element and the first ones in it: the first that a profile names, or else the one
    /// that most signed ones stand beside.
    fn level(
        &mut self,
        tree: &Tree<'_>,
        start: u32,
        place: Place,
        rule: Rule,
        profile: Option<&Profile>,
    ) -> Option<u32> {
        let mut best: Option<((usize, bool), u32)> = None;
        let mut at = start;
        for _ in 0..LEVELS {
            let name = tree.element(at).name;
            match profile {
                Some(profile) if profile.items().any(|item| item.is_of(name, tree.tag(at))) => {
                    return Some(at);
                }
                None if !NO_ITEMS.contains(&name) => {
                    let rank = (self.signed(tree, at, place, rule)?, TELLING.contains(&name));
                    if rank.0 > 0 && best.is_none_or(|(other, _)| rank >= other) {
                        best = Some((rank, at));
                    }
                }
                _ => {}
            }
            let inner = self.filled(tree, at + 1, place);
            match inner.filter(|inner| *inner < tree.end(at)) {
                Some(inner) => at = inner,
                None => break,
            }
        }
        best.map(|(_, first)| first)
    }

    /// How many of an element and those beside it are signed comments; none if the budget ends.
    fn signed(&mut self, tree: &Tree<'_>, first: u32, place: Place, rule: Rule) -> Option<usize> {
        let siblings: Vec<u32> = siblings(tree, first, place).take(SAMPLE).collect();
        let is_long = |at: &u32| {
            let text = tree.element(*at).text;
            text.len() > LONGEST || tree.blocks_in(text).len() > MOST
        };
        if siblings.is_empty() || siblings.iter().any(is_long) {
            return Some(0);
        }
        let candidates = siblings.into_iter().map(|at| Candidate::of(tree, at));
        let found = self.read(tree, candidates.collect(), place, rule)?;
        let speaks = |found: &&Found| found.item.speaks() && found.item.has_text;
        Some(found.found.iter().filter(speaks).count())
    }

    /// Reads candidates; none if the budget ends.
    fn read(
        &mut self,
        tree: &Tree<'_>,
        candidates: Vec<Candidate>,
        place: Place,
        rule: Rule,
    ) -> Option<Comments> {
        let (first, last) = (candidates.first()?, candidates.last()?);
        let elements = last.element.map_or(0, |last| tree.end(last)) - first.element.unwrap_or(0);
        let blocks = tree.blocks_in(first.text.union(last.text)).len();
        self.spend(elements as usize + blocks, place)?;
        Some(section::read_all(tree, candidates, rule))
    }

    /// Takes `work` from the budget; none if there is not so much left. Once there is not, it is
    /// spent, so that what is told to be unsearched is.
    fn spend(&mut self, work: usize, place: Place) -> Option<()> {
        match self.left.checked_sub(work) {
            Some(left) => {
                self.left = left;
                Some(())
            }
            None => {
                self.left = 0;
                self.unsearched.get_or_insert(place.from);
                None
            }
        }
    }
}

/// Elements that are no comment: they stand around them, or inside a line.
const NO_ITEMS: &[&str] = &[
    "ul",
    "ol",
    "dl",
    "table",
    "tbody",
    "blockquote",
    "pre",
    "a",
    "span",
    "strong",
    "b",
    "em",
    "i",
];

/// Elements whose name alone says that they are items of a list.
const TELLING: &[&str] = &["li", "article", "tr"];

/// An element and those of its kind beside it, from it on.
fn siblings<'t>(tree: &'t Tree<'_>, first: u32, place: Place) -> impl Iterator<Item = u32> + 't {
    let parent = tree.element(first).parent;
    let next =
        move |at: &u32| Some(tree.end(*at)).filter(|at| (*at as usize) < tree.elements().len());
    std::iter::successors(Some(first), next)
        .take_while(move |at| {
            let element = tree.element(*at);
            element.parent == parent && element.text.end() <= place.until
        })
        .filter(move |at| alike(tree, first, *at))
}

/// Whether two elements have the same name and, where the name alone says little, the same first
/// class.
fn alike(tree: &Tree<'_>, one: u32, other: u32) -> bool {
    let name = tree.element(one).name;
    let telling = TELLING.contains(&name);
    name == tree.element(other).name
        && (telling || first_class(tree, one) == first_class(tree, other))
}

fn first_class<'t>(tree: &Tree<'t>, element: u32) -> Option<&'t str> {
    let class = tag::attribute(tree.tag(element), "class")?;
    class.split_ascii_whitespace().next()
}

/// All that may be comments of a list, from its first: the elements of its kind beside it, and
/// those in them, if their name or class says more than `div` does.
fn candidates(tree: &Tree<'_>, first: u32, place: Place) -> Vec<Candidate> {
    let beside = siblings(tree, first, place);
    let name = tree.element(first).name;
    if first_class(tree, first).is_none() && !TELLING.contains(&name) {
        return beside.map(|at| Candidate::of(tree, at)).collect();
    }
    let end = match tree.element(first).parent {
        Some(parent) => tree.end(parent),
        None => beside.last().map_or(first, |last| tree.end(last)),
    };
    (first..end)
        .filter(|at| tree.element(*at).text.end() <= place.until && alike(tree, first, *at))
        .map(|at| Candidate::of(tree, at))
        .collect()
}

/// The place in a container.
pub(super) fn inside(tree: &Tree<'_>, container: u32) -> Place {
    let text: Span = tree.inside(container);
    let headings = &tree.headings;
    let first = headings
        .partition_point(|(block, _)| tree.blocks()[*block as usize].text.start() < text.start());
    let heading = headings
        .get(first)
        .map(|(block, _)| tree.blocks()[*block as usize].text);
    let heading = heading.filter(|heading| text.contains(*heading));
    Place {
        heading: heading
            .map(|_| first)
            .or_else(|| section::heading_above(tree, text.start())),
        container: Some(container),
        from: heading.map_or(tree.element(container).text.start(), Span::end),
        until: text.end(),
    }
}
