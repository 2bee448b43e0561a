//! Three or more documents against one of them.

use std::path::Path;

use anyhow::ensure;
use lacuna::collate::{Completeness, collate, table};
use lacuna::report::{BaseChoice, BaseReason, Event, Synopsis};
use lacuna::source::shown;
use lacuna::text::{Relation, Witness};
use rayon::prelude::*;

use super::{Document, differs, document, loses, renderer};
use crate::Outcome;
use crate::events::siglum;
use crate::files;
use crate::flags::{BaseRule, DiffFlags, DiffFormat, FailOn};
use crate::output::Output;
use crate::reading::Reader;
use crate::threads;

/// Compares several documents with one of them.
pub fn run(flags: &DiffFlags, paths: &[&Path]) -> anyhow::Result<Outcome> {
    files::ensure_one_stdin(paths)?;
    for path in paths {
        ensure!(
            !path.is_dir(),
            "{}: is a folder; diff compares two folders, or any number of documents",
            shown(path)
        );
    }
    ensure!(
        !matches!(flags.format, DiffFormat::SideBySide | DiffFormat::Unified),
        "three or more documents are compared as text, html, json or tei"
    );
    threads::start(flags.folders.threads)?;
    let reader = Reader::new(&flags.reading, false)?;
    // All are tried, so that all trouble is told at once.
    let read: Vec<Option<Document>> = (paths.iter()).map(|path| document(path, &reader)).collect();
    let Some(documents) = read.into_iter().collect::<Option<Vec<Document>>>() else {
        return Ok(Outcome::Incomplete);
    };
    tell(flags, documents)
}

fn tell(flags: &DiffFlags, mut documents: Vec<Document>) -> anyhow::Result<Outcome> {
    let (place, choice) = choose(flags.base.unwrap_or(BaseRule::Complete), &documents);
    let sigla: Vec<String> = (0..documents.len()).map(siglum).collect();
    let base = documents.remove(place);
    let relations: Vec<Relation> = (documents.par_iter())
        .map(|copy| collate(&base.witness, &copy.witness))
        .collect();
    let pairs: Vec<(&Witness, &Relation)> = (documents.iter().zip(&relations))
        .map(|(copy, relation)| (&*copy.witness, relation))
        .collect();
    let table = table(&base.witness, &pairs);
    let others = sigla.iter().enumerate().filter(|(at, _)| *at != place);
    let copies: Vec<_> = (documents.iter().zip(others).zip(&relations))
        .map(|((copy, (_, siglum)), relation)| (copy.entry(siglum), relation))
        .collect();
    let silent = flags.output.quiet && flags.format != DiffFormat::Text;
    let mut out = Output::new(renderer(flags), silent, &flags.output);
    out.event(&Event::Table(&Synopsis {
        base: base.entry(&sigla[place]),
        place,
        choice,
        copies: &copies,
        table: &table,
    }))?;
    out.finish()?;
    let fails = pairs.iter().any(|(copy, relation)| match flags.fail_on {
        FailOn::Differences => differs(relation, &base.witness, copy),
        FailOn::Lost => loses(relation, &base.witness),
    });
    Ok(if fails { Outcome::Found } else { Outcome::Done })
}

/// Which document the others are read against, and why.
fn choose(rule: BaseRule, documents: &[Document]) -> (usize, BaseChoice) {
    if rule == BaseRule::First {
        return (0, BaseChoice::First);
    }
    let all: Vec<Completeness> = (documents.iter())
        .map(|document| Completeness::of(&document.witness))
        .collect();
    // Of equal ones the first.
    let best = (0..all.len()).rev().max_by_key(|at| all[*at]).unwrap_or(0);
    let next = (0..all.len())
        .filter(|at| *at != best)
        .map(|at| all[at])
        .max();
    let (own, Some(next)) = (all[best], next) else {
        return (best, BaseChoice::First);
    };
    let reason = match () {
        () if own.body > next.body => BaseReason::LongestBody {
            chars: own.body,
            next: next.body,
        },
        () if own.comments > next.comments => BaseReason::MostComments,
        () if own.assets > next.assets => BaseReason::MostAssets,
        () => return (best, BaseChoice::FirstOfEqual),
    };
    (best, BaseChoice::MostComplete(reason))
}
