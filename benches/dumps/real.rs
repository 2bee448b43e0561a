//! Documents that were found somewhere, to make copies of. They are taken as they are, in blocks
//! that blank lines divide.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::document::{Block, Document, Kind, Language, Text};

/// What a folder holds.
pub struct Found {
    pub documents: Vec<Document>,
    /// How many were left out: too small, or not known well enough to say what is true of them.
    pub left_out: usize,
}

/// Paragraphs of this many bytes make two documents akin.
const AKIN: usize = 64;

/// Reads the Markdown and text files below `folder`. A document that has a paragraph of an earlier
/// one is left out: how the two stand is not known.
pub fn read(folder: &Path) -> io::Result<Found> {
    let mut found = Found {
        documents: Vec::new(),
        left_out: 0,
    };
    let mut known: HashSet<String> = HashSet::new();
    for path in files(folder)? {
        let document = fs::read_to_string(&path)
            .ok()
            .and_then(|source| document(&source));
        let Some(document) = document else {
            found.left_out += 1;
            continue;
        };
        let long = document
            .blocks
            .iter()
            .filter(|block| block.text.plain.len() >= AKIN);
        let own: Vec<String> = long.map(|block| block.text.plain.clone()).collect();
        if own.iter().any(|text| known.contains(text)) {
            found.left_out += 1;
            continue;
        }
        known.extend(own);
        found.documents.push(document);
    }
    Ok(found)
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            let kind = entry.file_type()?;
            let extension = path.extension().and_then(|extension| extension.to_str());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && matches!(extension, Some("md" | "markdown" | "txt")) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// `None` if cutting it would change how the rest reads: front matter, link definitions, HTML, or
/// fewer than four blocks.
fn document(source: &str) -> Option<Document> {
    let source = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let depends = |line: &str| {
        line.starts_with(['<', '|', '\t'])
            || line.starts_with("---")
            || (line.starts_with('[') && line.contains("]:"))
    };
    if source.lines().any(depends) || source.contains("<!--") {
        return None;
    }
    let mut blocks: Vec<String> = Vec::new();
    let (mut open, mut fenced) = (String::new(), false);
    for line in source.lines() {
        let ends = line.trim().is_empty() && !fenced;
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            fenced = !fenced;
        }
        if !ends {
            // What is indented belongs to what is before it.
            if open.is_empty()
                && line.starts_with(' ')
                && let Some(last) = blocks.pop()
            {
                open = last + "\n\n";
            }
            open.push_str(line);
            open.push('\n');
        } else if !open.is_empty() {
            blocks.push(std::mem::take(&mut open).trim_end().to_owned());
        }
    }
    blocks.push(open.trim_end().to_owned());
    let blocks = blocks.into_iter().filter(|text| !text.is_empty());
    let blocks = blocks.map(|text| Block {
        kind: Kind::Found,
        text: Text::new(text),
    });
    let blocks: Vec<Block> = blocks.collect();
    (blocks.len() >= 4 && !fenced).then(|| Document {
        language: Language::Found,
        title: String::new(),
        blocks,
        comments: Vec::new(),
    })
}
