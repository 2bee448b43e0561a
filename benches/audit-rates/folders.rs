//! What is said of folders of whole documents, and of the same folders cut at one length.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use lacuna::audit::document::Seen;
use lacuna::audit::folder::{Measures, Member, findings};
use lacuna::normalize::{Options, normalize};
use lacuna::text::Code;
use rayon::prelude::*;

/// Folders with fewer documents are not counted: nothing is said of them.
const LEAST: usize = 8;

/// A path, what is there, and what it is measured by.
type Document = (String, Vec<u8>, Measures);

/// What was said, by code.
#[derive(Default)]
pub struct Said {
    /// How many documents there were, and how many of them had a code of one document.
    pub documents: usize,
    pub of_documents: BTreeMap<Code, usize>,
    /// How many folders there were, and of how many it was said that lengths pile up.
    pub folders: usize,
    pub piles: usize,
    /// The same, of folders whose documents are cut.
    pub cut_folders: usize,
    pub cut_piles: usize,
    pub listed: Vec<String>,
}

pub fn measure(files: &[PathBuf]) -> Said {
    let mut folders: BTreeMap<(&Path, &str), Vec<&PathBuf>> = BTreeMap::new();
    for file in files {
        let extension = file.extension().and_then(|extension| extension.to_str());
        let kin = (file.parent().unwrap_or(file), extension.unwrap_or_default());
        folders.entry(kin).or_default().push(file);
    }
    let mut said = Said::default();
    for files in folders.values().filter(|files| files.len() >= LEAST) {
        let whole: Vec<Document> = files.par_iter().filter_map(|file| read(file)).collect();
        let found = findings(&members(&whole));
        said.folders += 1;
        said.documents += whole.len();
        for finding in &found {
            match finding.code {
                Code::LengthsPileUp => said.piles += 1,
                code => *said.of_documents.entry(code).or_default() += 1,
            }
            said.listed.push(format!(
                "{} {}: {}",
                finding.code, finding.path, finding.message
            ));
        }
        if let Some(cut) = cut(&whole) {
            let codes: BTreeSet<Code> = findings(&members(&cut))
                .iter()
                .map(|finding| finding.code)
                .collect();
            said.cut_folders += 1;
            said.cut_piles += usize::from(codes.contains(&Code::LengthsPileUp));
        }
    }
    said
}

fn read(path: &Path) -> Option<Document> {
    let bytes = std::fs::read(path).ok()?;
    let measures = measures(path, &bytes)?;
    Some((path.to_str()?.to_owned(), bytes, measures))
}

fn measures(path: &Path, bytes: &[u8]) -> Option<Measures> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let witness = normalize(bytes, extension, &Options::default()).ok()?;
    Some(Measures::of(&Seen {
        bytes,
        witness: &witness,
    }))
}

fn members(documents: &[Document]) -> Vec<Member<'_>> {
    documents
        .iter()
        .map(|(path, _, measures)| Member {
            path,
            measures: *measures,
        })
        .collect()
}

/// The documents, the longer half of them cut at the length of the one in the middle, in bytes.
fn cut(whole: &[Document]) -> Option<Vec<Document>> {
    let mut lengths: Vec<usize> = whole.iter().map(|(_, bytes, _)| bytes.len()).collect();
    lengths.sort_unstable();
    let limit = *lengths.get(lengths.len() / 2)?;
    let cut = |(path, bytes, known): &Document| {
        if bytes.len() <= limit {
            return Some((path.clone(), bytes.clone(), *known));
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let end = (0..=limit).rev().find(|at| text.is_char_boundary(*at))?;
        let rest = bytes[..end].to_vec();
        let measures = measures(Path::new(path), &rest)?;
        Some((path.clone(), rest, measures))
    };
    let documents: Vec<_> = whole.par_iter().filter_map(cut).collect();
    (documents.len() >= LEAST).then_some(documents)
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |count: usize, all: usize| 100.0 * count as f64 / all.max(1) as f64;
        writeln!(
            f,
            "{} documents in {} folders of {LEAST} or more",
            self.documents, self.folders
        )?;
        for (code, count) in &self.of_documents {
            let share = share(*count, self.documents);
            writeln!(
                f,
                "{code} {}: {count} documents ({share:.2} %)",
                code.name()
            )?;
        }
        let code = Code::LengthsPileUp;
        let (whole, cut) = (
            share(self.piles, self.folders),
            share(self.cut_piles, self.cut_folders),
        );
        writeln!(
            f,
            "{code} {}: {} of {} whole folders ({whole:.2} %), {} of {} whose longer half is cut ({cut:.2} %)",
            code.name(),
            self.piles,
            self.folders,
            self.cut_piles,
            self.cut_folders
        )
    }
}
