//! Comment sections, recognised by structure.
//!
//! A segmenter notes the elements of a document from the first sign of a comment section on.
//! When it is done, [`recognise`] looks for lists of comments in what was noted: by class and id
//! ([`classes`]), by likeness below a heading or in a container ([`lists`]), and by bylines that
//! begin paragraphs ([`runs`]). Every pass is linear in the document, and no depth of nesting is
//! recursed into.

mod apply;
mod byline;
mod classes;
mod counter;
mod date;
mod heading;
mod item;
mod lists;
mod profile;
mod runs;
mod scope;
mod section;
mod selector;
mod signs;
mod split;
mod tag;
mod tree;
mod words;

use super::builder::Draft;
use crate::text::{Comment, CommentSection, Span};
use apply::Plan;
use lists::{Place, Trials};
use profile::Role;
use section::Section;
use tree::Tree;

pub use profile::Profiles;

/// Finds the comment sections of a draft: marks their blocks, splits blocks that hold both
/// byline and text, and gives the comments. `decoded` is the text that spans in the draft count
/// in; the spans of what is returned count in it too, and lines are filled in later.
pub(crate) fn recognise(
    draft: &mut Draft,
    decoded: &str,
    profiles: &Profiles,
) -> (Vec<CommentSection>, Vec<Comment>) {
    if !draft.outline.is_recording() {
        return (Vec::new(), Vec::new());
    }
    let tree = Tree::new(draft, decoded, &profiles.compiled);
    let mut chosen = Chosen::default();
    by_class(&tree, &mut chosen);
    let unsearched = by_likeness(&tree, &mut chosen);
    let unsearched = unsearched.map(|at| draft.text_map.decoded(Span::at(at)).start());
    let declared: Vec<_> = tree
        .headings
        .iter()
        .map(|(_, heading)| heading.declared)
        .collect();
    draft.unsearched = unsearched;
    if chosen.sections.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let plan = Plan::new(draft, chosen.sections, |heading| {
        declared.get(heading).copied().flatten()
    });
    plan.apply(draft)
}

/// Sections in order, none overlapping another.
#[derive(Default)]
struct Chosen {
    sections: Vec<Section>,
}

impl Chosen {
    /// Takes a section, unless what it takes in is taken.
    fn take(&mut self, section: Section) {
        let at = self
            .sections
            .partition_point(|other| other.text.end() <= section.text.start());
        let free = self
            .sections
            .get(at)
            .is_none_or(|next| next.text.start() >= section.text.end());
        if free {
            self.sections.insert(at, section);
        }
    }

    /// Whether a place in the canonical text is in a section.
    fn holds(&self, at: usize) -> bool {
        let near = self
            .sections
            .partition_point(|section| section.text.end() <= at);
        self.sections
            .get(near)
            .is_some_and(|section| section.text.start() <= at)
    }

    /// Where the next section begins.
    fn next(&self, at: usize) -> usize {
        let near = self
            .sections
            .partition_point(|section| section.text.start() < at);
        self.sections
            .get(near)
            .map_or(usize::MAX, |section| section.text.start())
    }
}

/// What profiles know by class or id. Of two that claim the same, a user's comes first, then the
/// one that understands more.
fn by_class(tree: &Tree<'_>, chosen: &mut Chosen) {
    let profiles = &tree.compiled.profiles;
    let mut found: Vec<(usize, Section)> = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        let sections = classes::find(tree, index as u16, profile);
        found.extend(sections.into_iter().map(|section| (index, section)));
    }
    let users = tree.compiled.users;
    found.sort_by_cached_key(|(index, section)| {
        let user = *index >= users;
        (user, std::cmp::Reverse(section.score()), *index)
    });
    found
        .into_iter()
        .for_each(|(_, section)| chosen.take(section));
}

/// Lists below headings and in containers that nothing else has claimed. Gives the place in
/// canonical text from which on some were not looked for, if there is one.
fn by_likeness(tree: &Tree<'_>, chosen: &mut Chosen) -> Option<usize> {
    let mut trials = Trials::new(tree);
    let general = tree.compiled.profiles.len().saturating_sub(1) as u16;
    for (index, profile) in tree.compiled.profiles.iter().enumerate() {
        if index as u16 != general && !profile.is_bare() {
            continue;
        }
        let profile = Some(profile).filter(|profile| profile.is_bare());
        for container in tree.with_role(index as u16, Role::Container) {
            let place = lists::inside(tree, container);
            if !chosen.holds(place.from) {
                let found = trials.find(tree, place, index as u16, profile);
                found.into_iter().for_each(|section| chosen.take(section));
            }
        }
    }
    for heading in 0..tree.headings.len() {
        let (block, found) = &tree.headings[heading];
        let from = tree.blocks()[*block as usize].text.end();
        if chosen.holds(from.saturating_sub(1)) {
            continue;
        }
        let place = Place {
            heading: Some(heading),
            container: None,
            from,
            until: chosen.next(from),
        };
        let named = tree
            .compiled
            .profiles
            .iter()
            .enumerate()
            .filter(|(_, profile)| {
                profile.is_bare()
                    && profile
                        .heading
                        .iter()
                        .any(|phrase| words::equals(found.phrase, phrase))
            });
        let found = named
            .into_iter()
            .find_map(|(index, profile)| trials.find(tree, place, index as u16, Some(profile)))
            .or_else(|| trials.find(tree, place, general, None))
            .or_else(|| runs::find(tree, heading, place.until, general));
        found.into_iter().for_each(|section| chosen.take(section));
    }
    trials.unsearched
}

#[cfg(test)]
mod tests;
