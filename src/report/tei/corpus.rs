//! Two folders as a corpus: a text for each pair that is shown.
//!
//! The sigla stand for the folders, in all texts; each text names its two documents.

use std::io::{self, Write};

use super::reading::Apparatus;
use super::{ENCODING, file, root, text as apparatus};
use crate::report::{Entry, FolderSummary};
use crate::text::Relation;

pub(super) fn begin(summary: &FolderSummary, out: &mut dyn Write) -> io::Result<()> {
    root("teiCorpus", out)?;
    let folders = [
        ("A", summary.base.path.as_str()),
        ("B", summary.copy.path.as_str()),
    ];
    file("A and B compared", "xml:id=\"", &folders, out)?;
    writeln!(out, "{ENCODING}\n</teiHeader>")
}

/// The pair that has this `number`.
pub(super) fn text(
    [base, copy]: [Entry<'_>; 2],
    relation: &Relation,
    number: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let documents = [base, copy].map(|entry| (entry.siglum, entry.path));
    head(&format!("Pair {number}"), &documents, out)?;
    apparatus(&Apparatus::numbered(base, copy, number), relation, out)
}

/// A corpus has at least one text.
pub(super) fn end(texts: usize, out: &mut dyn Write) -> io::Result<()> {
    if texts == 0 {
        head("No pair", &[("A", ""), ("B", "")], out)?;
        writeln!(
            out,
            "<text>\n<body>\n<p>No pair of documents differs.</p>\n</body>\n</text>\n</TEI>"
        )?;
    }
    writeln!(out, "</teiCorpus>")
}

fn head(title: &str, documents: &[(&str, &str)], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<TEI>\n<teiHeader>")?;
    file(title, "corresp=\"#", documents, out)?;
    writeln!(out, "</teiHeader>")
}
