//! Lists whose items a profile knows by class or id, wherever they stand.

use super::profile::{Profile, Role};
use super::scope::Candidate;
use super::section::{self, Found, Rule, Section};
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
    let found = section::read_all(
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
                || !are_articles(tree, &cluster.comments))
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
                cluster.comments,
            )
        })
        .collect()
}

/// The items without those that are the only one right inside another: `li.comment` with an
/// `article.comment` is one comment.
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
    let is_outer = move |item: &u32| around(*item).is_none_or(|at| inside[at] > 1);
    items.iter().copied().filter(is_outer)
}

struct Cluster {
    heading: Option<usize>,
    container: Option<u32>,
    parent: Option<u32>,
    comments: Vec<Found>,
}

/// Comments that stand in one container or element, or with no more than a line between them.
fn cluster(tree: &Tree<'_>, profile: u16, found: Vec<Found>) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut end = 0;
    for comment in found {
        let text = comment.candidate.text;
        let Some(element) = comment.candidate.element else {
            continue;
        };
        if let Some(last) = clusters.last_mut() {
            if text.end() <= end && !last.comments.is_empty() && !text.is_empty() {
                last.comments.push(comment);
                continue;
            }
            let parent = tree.element(element).parent;
            let near = last.parent == parent && parent.is_some()
                || section::is_small_gap(tree, end, text.start());
            let headed = section::heading_above(tree, text.start()).is_some_and(|heading| {
                tree.blocks()[tree.headings[heading].0 as usize]
                    .text
                    .start()
                    >= end
            });
            let inside = last.container.is_some_and(|container| {
                tree.element(container)
                    .span
                    .contains(comment.candidate.span)
            });
            if inside || near && !headed {
                end = end.max(text.end());
                last.comments.push(comment);
                continue;
            }
        }
        end = text.end();
        let container = section::container_of(tree, element, profile);
        clusters.push(Cluster {
            heading: section::heading_above(tree, text.start()),
            container,
            parent: tree.element(element).parent,
            comments: vec![comment],
        });
    }
    clusters
}

/// Whether they have titles: pages of a blog have authors and dates too.
fn are_articles(tree: &Tree<'_>, comments: &[Found]) -> bool {
    let titled = |found: &&Found| {
        let parts = found.item.parts.iter().take(3);
        let mut kinds = parts.map(|part| tree.blocks()[part.block as usize].kind);
        kinds.any(|kind| matches!(kind, BlockKind::Heading(1..=2)))
    };
    comments.iter().filter(titled).count() * 2 > comments.len()
}
