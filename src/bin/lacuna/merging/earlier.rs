//! Ledgers of earlier merges, whose outputs are dumps now. Readings that had no place in such an
//! output are in its ledger and nowhere else, so all of its `.lacuna` goes into the new output, to
//! the byte: `.lacuna/earlier/ID/…`, where the ID is the beginning of the ledger's digest. What that
//! output had of merges before it stays beside it.

use std::collections::HashMap;

use anyhow::bail;
use lacuna::disk::OWN_FOLDER;
use lacuna::disk::name::EARLIER;
use lacuna::merge::ledger::{Read, Record};
use lacuna::merge::plan::Output;
use lacuna::merge::sets::Bond;
use lacuna::scan::Heap;
use lacuna::text::Verdict;
use rayon::prelude::*;

use super::dumps::Place;
use super::planning::{output, source};

/// How much of a ledger's digest names it.
const ID: usize = 16;

/// What a path in a dump is called in the dump's own folder, if it lies there.
pub fn inside(path: &str) -> Option<&str> {
    let (first, rest) = path.split_once('/')?;
    first.eq_ignore_ascii_case(OWN_FOLDER).then_some(rest)
}

/// What documents are that an earlier merge took in: copies of the output that did, if that is a
/// document of another dump now, and as it was written. `places` are those of the documents; `rules`
/// what decides conflicts now.
pub fn taken_in(
    heap: &Heap<'_>,
    places: &[Place],
    files: &[(Place, String)],
    rules: (&str, &str),
) -> Vec<TakenIn> {
    let ledgers = files.iter().map(|(place, _)| place);
    let mut ledgers = ledgers
        .filter(|place| inside(&place.path) == Some("ledger.jsonl"))
        .peekable();
    if ledgers.peek().is_none() {
        return Vec::new();
    }
    let digest = |at: usize| heap.documents()[at].card.profile.digest.to_string();
    let mut by_place: HashMap<(usize, &str), usize> = HashMap::new();
    let mut by_digest: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, place) in places.iter().enumerate() {
        by_place.insert((place.dump, &place.path), at);
        by_digest.entry(digest(at)).or_default().push(at);
    }
    let mut pairs: Vec<(usize, usize, bool)> = Vec::new();
    for ledger in ledgers {
        // One that cannot be read any more says nothing; that it is carried over is told elsewhere.
        let lines = ledger.input.read().unwrap_or_default();
        let mut read = Read::default();
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let Some((_, Record::Document(document))) = read.line(line) else {
                continue;
            };
            let output = by_place.get(&(ledger.dump, document.path.as_str()));
            let Some(output) = output.filter(|at| digest(**at) == document.digest) else {
                continue;
            };
            let same_rules = read
                .header()
                .is_some_and(|own| (&*own.prefer, &*own.conflicts) == rules && is_stable(rules.0));
            let witnesses = document.witnesses.iter();
            let copies = witnesses.filter_map(|witness| by_digest.get(&witness.digest));
            let copies = copies
                .flatten()
                .filter(|at| places[**at].dump != ledger.dump);
            pairs.extend(copies.map(|copy| (*output, *copy, same_rules)));
        }
    }
    let taken = pairs
        .into_par_iter()
        .filter_map(|(base, copy, by_same_rules)| {
            let bond = bond(heap, base, copy)?;
            Some(TakenIn {
                bond,
                by_same_rules,
            })
        });
    taken.collect()
}

/// Whether a preference means the same in every merge: dumps have other sigla in each, and files other
/// times.
fn is_stable(prefer: &str) -> bool {
    matches!(prefer, "base" | "longest")
}

/// A copy that an earlier merge took in.
pub struct TakenIn {
    /// That it is a copy of the output.
    pub bond: Bond,
    /// Whether that merge decided conflicts as this one does.
    pub by_same_rules: bool,
}

/// That `base` has taken `copy` in.
fn bond(heap: &Heap<'_>, base: usize, copy: usize) -> Option<Bond> {
    let relation = heap.relate(base, copy)?;
    Some(Bond {
        base,
        copy,
        verdict: match relation.verdict {
            Verdict::Overlapping | Verdict::Unrelated => Verdict::Revised,
            verdict => verdict,
        },
        of_copy: relation.of_copy,
        taken_in: true,
    })
}

/// The outputs that hold what the dumps have in their own folders: files, each with its digest.
pub fn outputs(files: &[(Place, String)]) -> anyhow::Result<Vec<Output>> {
    let ids: HashMap<usize, &str> = files
        .iter()
        .filter(|(place, _)| inside(&place.path) == Some("ledger.jsonl"))
        .map(|(place, digest)| (place.dump, digest.get(..ID).unwrap_or(digest)))
        .collect();
    let mut outputs: Vec<Output> = Vec::new();
    let mut by_path: HashMap<String, usize> = HashMap::new();
    for (place, digest) in files {
        let inside = inside(&place.path).unwrap_or(&place.path);
        let siglum = super::siglum(place.dump);
        let id = ids.get(&place.dump).copied().unwrap_or(&siglum);
        let own = format!("{OWN_FOLDER}/{EARLIER}/{id}/{inside}");
        let beside = inside
            .strip_prefix(EARLIER)
            .filter(|rest| rest.starts_with('/'))
            .map(|rest| format!("{OWN_FOLDER}/{EARLIER}{rest}"));
        let free = |path: &String| {
            let at = by_path.get(path);
            at.is_none_or(|at| outputs[*at].base.digest == *digest)
        };
        // What says the same is there once; what another dump has under that name stays apart.
        let Some(path) = beside.into_iter().chain([own]).find(free) else {
            bail!("{}: another file has its name", place.input.name);
        };
        match by_path.get(&path) {
            Some(at) => {
                let copy = source(place, digest.clone(), Some(Verdict::Identical));
                outputs[*at].copies.push(copy);
            }
            None => {
                by_path.insert(path.clone(), outputs.len());
                let base = source(place, digest.clone(), None);
                outputs.push(Output {
                    path,
                    ..output(base, Vec::new())
                });
            }
        }
    }
    outputs.sort_by(|one, two| one.path.cmp(&two.path));
    Ok(outputs)
}
