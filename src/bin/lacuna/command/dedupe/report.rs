//! The report of an earlier scan, taken at its word only as to which documents to compare.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use lacuna::scan::Document;
use lacuna::source::{self, Listing, Named, Selection, shown};
use lacuna::text::Verdict;
use serde::Deserialize;

use super::filed::{Roots, above};
use super::heap::Related;
use crate::words;

/// What such a report begins with.
const BEGINNING: &str = "{\"schema_version\":1,\"type\":\"scan\"";

/// A report, as far as it matters here.
#[derive(Deserialize)]
pub struct Report {
    groups: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    base: Entry,
    relations: Vec<Relation>,
}

#[derive(Deserialize)]
struct Relation {
    copy: Entry,
    verdict: String,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    digest: String,
}

/// The report that `paths` name; `None` if they name documents.
pub fn read(paths: &[PathBuf]) -> anyhow::Result<Option<Report>> {
    for path in paths {
        if !path.is_file() || !begins_like_a_report(path) {
            continue;
        }
        ensure!(
            paths.len() == 1,
            "{}: is a report; name it alone",
            shown(path)
        );
        let read = || anyhow::Ok(serde_json::from_slice(&std::fs::read(path)?)?);
        return Ok(Some(read().with_context(|| shown(path))?));
    }
    Ok(None)
}

fn begins_like_a_report(path: &PathBuf) -> bool {
    let mut beginning = Vec::new();
    let file = File::open(path).map(|file| file.take(BEGINNING.len() as u64));
    file.is_ok_and(|mut file| file.read_to_end(&mut beginning).is_ok())
        && beginning == BEGINNING.as_bytes()
}

impl Report {
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.groups.iter().flat_map(|group| {
            let copies = group.relations.iter().map(|relation| &relation.copy);
            std::iter::once(&group.base).chain(copies)
        })
    }

    /// The documents that it tells of, and the innermost folder that holds them all, which is
    /// tidied.
    pub fn list(&self) -> anyhow::Result<(Listing, Roots)> {
        let mut files: Vec<PathBuf> = self
            .entries()
            .map(|entry| entry.path.clone().into())
            .collect();
        files.sort();
        files.dedup();
        let mut top: Option<PathBuf> = None;
        for file in &files {
            let folder = above(file);
            let common = match &top {
                None => Some(folder),
                Some(top) => top
                    .ancestors()
                    .find(|top| folder.starts_with(top))
                    .map(PathBuf::from),
            };
            top = common.or(top);
        }
        let top = top.filter(|top| !top.as_os_str().is_empty());
        let named = Named {
            files,
            paths: Vec::new(),
        };
        let listing = source::list(&named, &Selection::default())?;
        for input in &listing.unreadable {
            words::say_about(&input.name, &input.why);
        }
        let top = top.unwrap_or_else(|| PathBuf::from("."));
        Ok((listing, Roots::of(&[top])?))
    }

    /// The digests that it tells, by path.
    fn digests(&self) -> BTreeMap<&str, &str> {
        self.entries()
            .map(|entry| (entry.path.as_str(), entry.digest.as_str()))
            .collect()
    }

    /// Its groups, without documents that are not what they were.
    pub fn groups(&self, documents: &[Document]) -> Vec<Related> {
        let digests = self.digests();
        let unchanged = documents.iter().enumerate().filter(|(_, document)| {
            digests.get(document.path.as_str())
                == Some(&document.card.profile.digest.to_string().as_str())
        });
        let at: BTreeMap<&str, usize> = unchanged
            .map(|(at, document)| (document.path.as_str(), at))
            .collect();
        let group = |told: &Told| {
            let copies = told.relations.iter().filter_map(|relation| {
                let verdict = Verdict::ALL
                    .into_iter()
                    .find(|verdict| verdict.name() == relation.verdict)?;
                Some((*at.get(relation.copy.path.as_str())?, verdict))
            });
            Some(Related {
                base: *at.get(told.base.path.as_str())?,
                copies: copies.collect(),
            })
        };
        self.groups.iter().filter_map(group).collect()
    }

    /// Says which documents are not what they were, and whether there are any.
    pub fn say_changed(&self, documents: &[Document]) -> bool {
        let digests = self.digests();
        let mut any = false;
        for document in documents {
            let told = digests.get(document.path.as_str());
            if told.is_some_and(|told| **told != document.card.profile.digest.to_string()) {
                words::say_about(&document.path, "has changed since the report: it stays");
                any = true;
            }
        }
        any
    }
}
