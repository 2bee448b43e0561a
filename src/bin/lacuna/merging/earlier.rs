//! Ledgers of earlier merges, whose outputs are dumps now. Readings that had no place in such an
//! output are in its ledger and nowhere else, so all of its `.lacuna` goes into the new output, to
//! the byte: `.lacuna/earlier/ID/…`, where the ID is the beginning of the ledger's digest. What that
//! output had of merges before it stays beside it.

use std::collections::HashMap;

use anyhow::bail;
use lacuna::disk::OWN_FOLDER;
use lacuna::disk::name::EARLIER;
use lacuna::merge::plan::Output;
use lacuna::text::Verdict;

use super::dumps::Place;
use super::planning::{output, source};

/// How much of a ledger's digest names it.
const ID: usize = 16;

/// What a path in a dump is called in the dump's own folder, if it lies there.
pub fn inside(path: &str) -> Option<&str> {
    let (first, rest) = path.split_once('/')?;
    first.eq_ignore_ascii_case(OWN_FOLDER).then_some(rest)
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
