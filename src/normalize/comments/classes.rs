//! Lists whose items a profile knows by class or id, wherever they stand.

use super::item::Part;
use super::profile::{Profile, Role};
use super::scope::Candidate;
use super::section::{self, Comments, Found, Rule, Section};
use super::tree::Tree;
use crate::text::BlockKind;

/// The sections that `profile` recognises.
pub(super) fn find(tree: &Tree<'_>, index: u16, profile: &Profile) -> Vec<Section> {
    let items: Vec<u32> = tree.with_role(index, Role::Item).collect();
    if items.is_empty() || profile.is_bare() {
        return Vec::new();
    }
    let candidates = outer(tree, &items)
        .map(|item| Candidate::of(tree, item))
        .collect();
    let Comments { found, parts } = section::read_all(
        tree,
        candidates,
        Rule {
            profile: index,
            strict: false,
        },
    );
    let clusters = cluster(tree, index, found);
    let convincing = |cluster: &Cluster| {
        section::is_convincing(&cluster.comments, profile.at_least)
            && (cluster.container.is_some()
                || cluster.heading.is_some()
                || !are_articles(tree, &cluster.comments, &parts))
    };
    clusters
        .into_iter()
        .filter(convincing)
        .filter_map(|cluster| {
            Section::new(
                tree,
                &profile.name,
                cluster.heading,
                cluster.container,
                Comments {
                    found: cluster.comments,
                    parts: parts.clone(),
                },
            )
        })
        .collect()
}

/// The items without those that stand alone at the head of another: `li.comment` that begins
/// with an `article.comment` is one comment.
fn outer<'t>(tree: &'t Tree<'_>, items: &'t [u32]) -> impl Iterator<Item = u32> + 't {
    let around = |item: u32| {
        let parent = tree.element(item).parent?;
        items.binary_search(&parent).ok()
    };
    let mut inside = vec![0u32; items.len()];
    for item in items {
        if let Some(at) = around(*item) {
            inside[at] += 1;
        }
    }
    let start = |item: u32| tree.inside(item).start();
    let is_outer = move |item: &u32| {
        around(*item).is_none_or(|at| inside[at] > 1 || start(items[at]) < start(*item))
    };
    items.iter().copied().filter(is_outer)
}

struct Cluster {
    heading: Option<usize>,
    container: Option<u32>,
    comments: Vec<Found>,
}

/// Comments in one element, or with no more than a line between them.
fn cluster(tree: &Tree<'_>, profile: u16, found: Vec<Found>) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut end = 0;
    let mut parent = None;
    for comment in found {
        let text = comment.candidate.text;
        let Some(element) = comment.candidate.element else {
            continue;
        };
        let this = tree.element(element).parent;
        let nested = text.end() <= end && !text.is_empty();
        let heading = section::heading_above(tree, text.start()).filter(|heading| {
            tree.blocks()[tree.headings[*heading].0 as usize]
                .text
                .start()
                >= end
        });
        let near = nested
            || heading.is_none()
                && (this.is_some() && this == parent
                    || section::is_small_gap(tree, end, text.start()));
        end = end.max(text.end());
        match clusters.last_mut().filter(|_| near) {
            Some(last) => last.comments.push(comment),
            None => clusters.push(Cluster {
                heading,
                container: None,
                comments: vec![comment],
            }),
        }
        if !nested {
            parent = this;
        }
    }
    for cluster in &mut clusters {
        cluster.container = section::container_of(tree, &cluster.comments, profile);
    }
    clusters
}

/// Whether they have titles: pages of a blog have authors and dates too.
fn are_articles(tree: &Tree<'_>, comments: &[Found], parts: &[Part]) -> bool {
    let titled = |found: &&Found| {
        let parts = parts[found.item.range()].iter().take(3);
        let mut kinds = parts.map(|part| tree.blocks()[part.block as usize].kind);
        kinds.any(|kind| matches!(kind, BlockKind::Heading(1..=2)))
    };
    comments.iter().filter(titled).count() * 2 > comments.len()
}
