//! From a matching to what is told of each document.

use std::collections::HashMap;

use rayon::prelude::*;

use super::edge::{Edge, Found};
use super::matching::Matching;
use super::{Heap, Only, Pair, Sides};
use crate::report::Standing;
use crate::text::{GUARANTEE, Lacunae, Loss, Verdict};

/// Tells of every document what it is: in a pair, or in its folder only.
pub(super) fn tell(
    heap: &Heap<'_>,
    texts: &Sides<'_>,
    edges: &[Edge],
    matching: &Matching<'_>,
) -> (Vec<Pair>, [Vec<Only>; 2]) {
    let teller = Teller {
        heap,
        texts,
        edges,
        matching,
        lacunae: lacunae(heap, texts, edges, matching),
        text_of: text_of(texts),
    };
    let main = matching.pairs.par_iter();
    let mut pairs: Vec<Pair> = main.filter_map(|pair| teller.main(*pair)).collect();
    let mut only = [Vec::new(), Vec::new()];
    let left: Vec<(u32, &[usize])> = (0..).zip(matching.left.iter().map(Vec::as_slice)).collect();
    let rest: Vec<Left> = (left.into_par_iter())
        .flat_map_iter(|(text, documents)| teller.left(text, documents))
        .collect();
    for left in rest {
        match left {
            Left::Pair(pair) => pairs.push(*pair),
            Left::Only(one) => {
                only[usize::from(!texts.in_base(teller.text_of[&one.document]))].push(one)
            }
        }
    }
    teller.note_parts(&mut pairs);
    let path = |at: usize| &heap.documents()[at].path;
    pairs.sort_by_key(|pair| (path(pair.base), path(pair.copy)));
    only.iter_mut()
        .for_each(|list| list.sort_by_key(|one| path(one.document)));
    (pairs, only)
}

/// What of each text no text of the other folder has, where it has any counterpart.
fn lacunae(
    heap: &Heap<'_>,
    texts: &Sides<'_>,
    edges: &[Edge],
    matching: &Matching<'_>,
) -> HashMap<u32, (Lacunae, Loss)> {
    let of_text = |text: u32| {
        let side = |at: &usize| match texts.in_base(text) {
            true => &edges[*at].found.lost,
            false => &edges[*at].found.gained,
        };
        let mut sides = matching.edges_of.get(&text)?.iter().map(side);
        let first = sides.next()?;
        let mut all = first.clone();
        for other in sides {
            all.0 = all.0.and(&other.0);
        }
        if all.0 != first.0 {
            let witness = heap.witness(texts.first(text));
            all.1 = witness.map_or_else(Loss::default, |witness| all.0.loss(&witness));
        }
        Some((text, all))
    };
    texts.all().into_par_iter().filter_map(of_text).collect()
}

fn text_of(texts: &Sides<'_>) -> HashMap<usize, u32> {
    let documents = texts.all().flat_map(|text| {
        let documents = texts.documents(text).into_iter();
        documents.map(move |document| (document, text))
    });
    documents.collect()
}

/// What becomes of a document that is not paired.
enum Left {
    Pair(Box<Pair>),
    Only(Only),
}

struct Teller<'t, 'h> {
    heap: &'t Heap<'h>,
    texts: &'t Sides<'t>,
    edges: &'t [Edge],
    matching: &'t Matching<'t>,
    lacunae: HashMap<u32, (Lacunae, Loss)>,
    text_of: HashMap<usize, u32>,
}

impl Teller<'_, '_> {
    /// A pair in which both documents count as paired.
    fn main(&self, (base, copy, edge): (usize, usize, Option<&Edge>)) -> Option<Pair> {
        let mut pair = self.related(base, copy, edge)?;
        let Some(edge) = edge else {
            return Some(pair);
        };
        let of_text = |text: u32, own: &(Lacunae, Loss)| {
            let known = self.lacunae.get(&text);
            known.cloned().unwrap_or_else(|| own.clone())
        };
        let lost = of_text(edge.base, &pair.lost);
        if lost.0 != pair.lost.0 {
            pair.elsewhere = self.elsewhere(edge);
        }
        pair.lost = lost;
        pair.gained = of_text(edge.copy, &pair.gained);
        Some(pair)
    }

    /// Two documents of which the texts are joined by `edge`, or equal.
    fn related(&self, base: usize, copy: usize, edge: Option<&Edge>) -> Option<Pair> {
        let profile = |at: usize| &self.heap.documents()[at].card.profile;
        let is = |at: usize, text: u32| {
            let (one, first) = (profile(at), profile(self.texts.first(text)));
            one.digest == first.digest && one.format == first.format
        };
        let same = profile(base).digest == profile(copy).digest;
        let known = edge.filter(|edge| is(base, edge.base) && is(copy, edge.copy));
        let found = match known {
            Some(edge) => Some(edge.found.clone()),
            None if same && profile(base).format == profile(copy).format => None,
            None => {
                let (one, two) = (self.heap.witness(base)?, self.heap.witness(copy)?);
                let relation = self.heap.relate_opened((base, &one), (copy, &two));
                Some(Found::new(&relation, &one, &two))
            }
        };
        Some(Pair::new(base, copy, found))
    }

    /// Other documents that have what the copy lacks of the base.
    fn elsewhere(&self, main: &Edge) -> Vec<usize> {
        let lost = &main.found.lost.0;
        let helps = |edge: &&Edge| edge.copy != main.copy && lost.and(&edge.found.lost.0) != *lost;
        let edges = self.edges(main.base);
        let mut others: Vec<usize> = (edges.filter(helps))
            .map(|edge| self.texts.first(edge.copy))
            .collect();
        others.sort_by_key(|at| &self.heap.documents()[*at].path);
        others
    }

    /// The edges of a text, the closest first.
    fn edges(&self, text: u32) -> impl Iterator<Item = &Edge> {
        let edges = self.matching.edges_of.get(&text);
        edges.into_iter().flatten().map(|at| &self.edges[*at])
    }

    /// What becomes of the documents of a text that are not paired.
    fn left(&self, text: u32, documents: &[usize]) -> Vec<Left> {
        let Some((first, others)) = documents.split_first() else {
            return Vec::new();
        };
        let closest = self.edges(text).find(|edge| edge.found.is_copy());
        let counterpart = self.counterpart(text, closest);
        let Some(counterpart) = counterpart else {
            return documents
                .iter()
                .filter_map(|one| self.only(text, *one))
                .map(Left::Only)
                .collect();
        };
        let is_paired = self.matching.first_pair.contains_key(&text);
        let mut told: Vec<Left> = Vec::new();
        told.extend(self.beside(text, *first, counterpart, closest, is_paired));
        told.extend(
            (others.iter())
                .filter_map(|other| self.beside(text, *other, counterpart, closest, true)),
        );
        told
    }

    /// The document that stands for `text` in the other folder: of its own pair, or of the closest
    /// text.
    fn counterpart(&self, text: u32, closest: Option<&Edge>) -> Option<usize> {
        let paired = |text: u32| {
            let pair = self.matching.first_pair.get(&text)?;
            self.matching.pairs.get(*pair)
        };
        let in_base = self.texts.in_base(text);
        let other = |pair: &(usize, usize, Option<&Edge>)| if in_base { pair.1 } else { pair.0 };
        paired(text).map(other).or_else(|| {
            let edge = closest?;
            let there = if in_base { edge.copy } else { edge.base };
            let own = |pair: &(usize, usize, Option<&Edge>)| if in_base { pair.1 } else { pair.0 };
            Some(paired(there).map_or_else(|| self.texts.first(there), own))
        })
    }

    /// A document beside a pair: a part of its counterpart, or one more copy.
    fn beside(
        &self,
        text: u32,
        document: usize,
        counterpart: usize,
        edge: Option<&Edge>,
        again: bool,
    ) -> Option<Left> {
        let in_base = self.texts.in_base(text);
        let (base, copy) = match in_base {
            true => (document, counterpart),
            false => (counterpart, document),
        };
        let mut pair = self.related(base, copy, edge)?;
        let part = !again && edge.is_some_and(|edge| self.is_part(edge, in_base));
        pair.standing = match (in_base, part) {
            (true, true) => Standing::PartInBase,
            (false, true) => Standing::PartInCopy,
            (true, false) => Standing::AgainInBase,
            (false, false) => Standing::AgainInCopy,
        };
        let own = self.lacunae.get(&text).cloned();
        if in_base {
            pair.lost = own.unwrap_or(pair.lost);
            pair.gained = Default::default();
        } else {
            pair.gained = own.unwrap_or(pair.gained);
            pair.lost = Default::default();
        }
        // What is told of the document was told of another with the same text.
        if again && self.matching.first_pair.contains_key(&text) {
            pair.lost = Default::default();
            pair.gained = Default::default();
        }
        Some(Left::Pair(Box::new(pair)))
    }

    /// Whether the text beside a pair has a passage of its counterpart that the pair lacks.
    fn is_part(&self, edge: &Edge, in_base: bool) -> bool {
        let there = if in_base { edge.copy } else { edge.base };
        let of = |edge: &Edge| match in_base {
            true => edge.found.gained.0.clone(),
            false => edge.found.lost.0.clone(),
        };
        let pair = self.matching.first_pair.get(&there);
        let main = pair.and_then(|at| self.matching.pairs.get(*at)?.2);
        main.is_some_and(|main| {
            let lacking = of(main);
            lacking.bytes() >= lacking.and(&of(edge)).bytes() + GUARANTEE
        })
    }

    /// Pairs that have parts beside them are split or joined.
    fn note_parts(&self, pairs: &mut [Pair]) {
        let with = |standing: Standing, pairs: &[Pair], key: fn(&Pair) -> usize| {
            let parts = pairs.iter().filter(|pair| pair.standing == standing);
            parts.map(key).collect::<std::collections::HashSet<usize>>()
        };
        let split = with(Standing::PartInCopy, pairs, |pair| pair.base);
        let joined = with(Standing::PartInBase, pairs, |pair| pair.copy);
        for pair in pairs.iter_mut().filter(|pair| pair.standing.is_main()) {
            if split.contains(&pair.base) {
                pair.standing = Standing::Split;
            } else if joined.contains(&pair.copy) {
                pair.standing = Standing::Joined;
            }
        }
    }

    /// A document without a counterpart.
    fn only(&self, text: u32, document: usize) -> Option<Only> {
        let in_base = self.texts.in_base(text);
        let loss = match self.lacunae.get(&text) {
            Some((_, loss)) => *loss,
            None => {
                let witness = self.heap.witness(document)?;
                Lacunae::all(&witness).loss(&witness)
            }
        };
        let other = |edge: &Edge| {
            self.texts
                .first(if in_base { edge.copy } else { edge.base })
        };
        let mut near: Vec<usize> = self.edges(text).map(other).collect();
        near.sort_by_key(|at| &self.heap.documents()[*at].path);
        Some(Only {
            document,
            loss,
            near,
        })
    }
}

impl Pair {
    /// A pair in which both documents count as paired; `None` is a pair of equal bytes.
    fn new(base: usize, copy: usize, found: Option<Found>) -> Self {
        let Some(found) = found else {
            return Self {
                base,
                copy,
                standing: Standing::Same,
                verdict: Verdict::Identical,
                reversed: false,
                coverage: None,
                approximated: false,
                lost: Default::default(),
                gained: Default::default(),
                elsewhere: Vec::new(),
            };
        };
        Self {
            base,
            copy,
            standing: standing(&found),
            verdict: found.verdict,
            reversed: found.reversed,
            coverage: (found.verdict != Verdict::Identical).then_some(found.coverage),
            approximated: found.approximated,
            lost: found.lost,
            gained: found.gained,
            elsewhere: Vec::new(),
        }
    }
}

/// What two documents are to each other, others apart.
fn standing(found: &Found) -> Standing {
    let (loses, gains) = (!found.lost.1.is_empty(), !found.gained.1.is_empty());
    match found.verdict {
        Verdict::Identical => Standing::Same,
        Verdict::Equivalent => match (loses, gains) {
            (false, false) => Standing::Same,
            (true, false) => Standing::CutInCopy,
            (false, true) => Standing::CutInBase,
            (true, true) => Standing::Revised,
        },
        Verdict::Truncated | Verdict::Contained if found.reversed => Standing::CutInBase,
        Verdict::Truncated | Verdict::Contained => Standing::CutInCopy,
        _ => Standing::Revised,
    }
}
