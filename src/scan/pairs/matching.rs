//! Which documents are paired with each other.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::edge::Edge;
use super::{Heap, Scope, Sides};

/// The pairs of documents that count as paired, and the documents that are left over.
pub(super) struct Matching<'e> {
    /// Base, copy, and the edge between their texts; `None` if the texts are equal.
    pub pairs: Vec<(usize, usize, Option<&'e Edge>)>,
    /// Of each text, its documents that are not paired, in order.
    pub left: Vec<Vec<usize>>,
    /// Of each text, the first pair that one of its documents is in, by index.
    pub first_pair: HashMap<u32, usize>,
    /// Of each text its edges, the closest first: indices.
    pub edges_of: HashMap<u32, Vec<usize>>,
}

impl<'e> Matching<'e> {
    pub fn of(
        heap: &Heap<'_>,
        scope: &Scope,
        texts: &Sides<'_>,
        twins: &HashMap<u32, u32>,
        edges: &'e [Edge],
    ) -> Self {
        let names = Names { heap, scope };
        let mut matching = Self {
            pairs: Vec::new(),
            left: texts.all().map(|text| texts.documents(text)).collect(),
            first_pair: HashMap::new(),
            edges_of: HashMap::new(),
        };
        for base in texts.all().filter(|text| texts.in_base(*text)) {
            if let Some(copy) = twins.get(&base) {
                matching.join(&names, base, *copy, None);
            }
        }
        let mut order: Vec<usize> = (0..edges.len()).collect();
        order.sort_by_cached_key(|at| {
            let edge = &edges[*at];
            let (base, copy) = (texts.first(edge.base), texts.first(edge.copy));
            (edge.found.distance(), names.affinity(base, copy))
        });
        for at in order {
            let edge = &edges[at];
            matching.edges_of.entry(edge.base).or_default().push(at);
            matching.edges_of.entry(edge.copy).or_default().push(at);
            if edge.found.is_copy() {
                matching.join(&names, edge.base, edge.copy, Some(edge));
            }
        }
        matching
    }

    /// Pairs as many documents of two texts as both have left.
    fn join(&mut self, names: &Names<'_, '_>, base: u32, copy: u32, edge: Option<&'e Edge>) {
        let mut bases = std::mem::take(&mut self.left[base as usize]);
        let mut copies = std::mem::take(&mut self.left[copy as usize]);
        let found = names.pair(&mut bases, &mut copies);
        self.left[base as usize] = bases;
        self.left[copy as usize] = copies;
        if found.is_empty() {
            return;
        }
        let first = self.pairs.len();
        self.first_pair.entry(base).or_insert(first);
        self.first_pair.entry(copy).or_insert(first);
        self.pairs
            .extend(found.into_iter().map(|(base, copy)| (base, copy, edge)));
    }
}

/// What documents are called in their folders.
struct Names<'h, 's> {
    heap: &'h Heap<'s>,
    scope: &'h Scope,
}

impl<'h> Names<'h, '_> {
    fn path(&self, at: usize) -> &'h str {
        &self.heap.documents()[at].path
    }

    /// The path below the folder.
    fn below(&self, at: usize) -> &'h str {
        self.scope.below(self.path(at))
    }

    /// Order of two pairs that are equally close: equal paths, then equal names, then by path.
    fn affinity(&self, base: usize, copy: usize) -> (bool, bool, &'h str, &'h str) {
        let (one, two) = (self.below(base), self.below(copy));
        let (base, copy) = (self.path(base), self.path(copy));
        (one != two, name(one) != name(two), base, copy)
    }

    /// Takes out pairs of documents that have the same text: those with equal paths, then with
    /// equal names, then one after the other by path.
    fn pair(&self, bases: &mut Vec<usize>, copies: &mut Vec<usize>) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let keys: [fn(&'h str) -> &'h str; 3] = [|path| path, |path| name(path), |_| ""];
        for list in [&mut *bases, &mut *copies] {
            list.sort_by_key(|at| self.path(*at));
        }
        for key in keys {
            if bases.is_empty() || copies.is_empty() {
                break;
            }
            let mut waiting: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
            for copy in copies.drain(..) {
                waiting
                    .entry(key(self.below(copy)))
                    .or_default()
                    .push_back(copy);
            }
            bases.retain(|base| {
                let twins = waiting.get_mut(key(self.below(*base)));
                match twins.and_then(VecDeque::pop_front) {
                    Some(copy) => pairs.push((*base, copy)),
                    None => return true,
                }
                false
            });
            copies.extend(waiting.into_values().flatten());
            copies.sort_by_key(|at| self.path(*at));
        }
        pairs
    }
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
