//! A document and its counterpart in a folder.

use std::path::Path;

use anyhow::anyhow;
use lacuna::report::escaped;
use lacuna::scan::Heap;
use lacuna::scan::pairs::Pairing;
use lacuna::source::shown;

use super::pairing::{Rest, Sides};
use super::{Document, tell};
use crate::Outcome;
use crate::flags::DiffFlags;
use crate::progress::Progress;
use crate::words;

/// Compares a document with its closest counterpart in a folder.
pub fn run(flags: &DiffFlags, paths: [&Path; 2]) -> anyhow::Result<Outcome> {
    let progress = Progress::new(flags.output.quiet);
    let sides = Sides::read(flags, paths, &progress)?;
    let of_file = usize::from(paths[0].is_dir());
    let name = shown(paths[of_file]);
    if !sides.documents.iter().any(|one| one.path == name) {
        // Why it is none is said by now, or a rule.
        let left = sides.listing.excluded.iter().find(|left| left.name == name);
        let rule = left.map(|left| left.rule.name());
        let other = sides.others.iter().any(|input| input.name == name);
        if let Some(why) = rule.or(other.then_some("there is no text in it")) {
            words::say_about(&name, &format!("cannot be compared: {why}"));
        }
        return Ok(Outcome::Incomplete);
    }
    sides.pair(&progress, |heap, pairing, rest| {
        report(flags, paths, of_file, heap, pairing, rest)
    })
}

fn report(
    flags: &DiffFlags,
    paths: [&Path; 2],
    of_file: usize,
    heap: &Heap<'_>,
    pairing: &Pairing,
    rest: &Rest,
) -> anyhow::Result<Outcome> {
    let mut pairs: Vec<_> = pairing.pairs.iter().collect();
    // The one that counts as paired comes first.
    pairs.sort_by_key(|pair| pair.standing);
    let path = |at: usize| heap.documents()[at].path.as_str();
    let Some((pair, others)) = pairs.split_first() else {
        let near = pairing.only[of_file].iter().flat_map(|only| &only.near);
        let near: Vec<&str> = near.map(|at| path(*at)).collect();
        let (file, folder) = (shown(paths[of_file]), shown(paths[1 - of_file]));
        let hint = match near.first() {
            Some(near) => format!("; {near} shares a passage with it"),
            None => String::new(),
        };
        return Err(anyhow!("{folder} has no copy of {file}{hint}"));
    };
    for other in others {
        let there = if of_file == 0 { other.copy } else { other.base };
        let verdict = other.verdict.name();
        words::say(&format!(
            "{}: another copy, {verdict}",
            escaped(path(there), true)
        ));
    }
    let document = |at: usize| {
        let witness = heap.witness(at)?;
        let name = path(at).to_owned();
        Some(Document { name, witness })
    };
    let both = document(pair.base).zip(document(pair.copy));
    let Some((base, copy)) = both else {
        return Err(anyhow!("the documents changed while they were read"));
    };
    if !rest.listing.unreadable.is_empty() {
        tell(flags, &base, &copy)?;
        return Ok(Outcome::Incomplete);
    }
    tell(flags, &base, &copy)
}
