//! A comparison as a critical apparatus: TEI P5, parallel segmentation.
//!
//! A row is an `ab`. What all say stands in it; where they differ, an `app` has a `rdg` for each
//! reading, empty for those who say nothing there. A `milestone` stands where a block of a witness begins,
//! with the source line. So reading all `ab` of a division by siglum gives the canonical text of
//! that witness: what `normalize` shows, a new line at each milestone but the first.

mod assets;
mod column;
mod corpus;
mod pieces;
mod reading;
mod table;
#[cfg(test)]
mod tests;
mod transposed;

use std::io::{self, Write};

use super::markup::escaped;
use super::numbers::listed;
use super::parallel::{Row, Side, changed_comment, comment, weave_in_place};
use super::{Entry, Event, Renderer, escape};
use crate::text::{Comment, Relation, Section};
use reading::{Apparatus, Transposed, Transposition};

/// Writes a comparison as TEI XML: of two or more documents; of two folders, a corpus with a text for
/// each pair that is shown. Of several comparisons that are no corpus, the first. Writes nothing for
/// any other event.
#[derive(Debug, Default)]
pub struct Tei {
    /// Texts written so far.
    texts: usize,
    is_corpus: bool,
}

impl Tei {
    /// A renderer. It shows all there is: an apparatus of a part of the variants would be none.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Renderer for Tei {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match *event {
            Event::FolderDiff(summary) => {
                self.is_corpus = true;
                corpus::begin(summary, out)
            }
            Event::Compared {
                base,
                copy,
                relation,
            } if self.is_corpus => {
                self.texts += 1;
                corpus::text([base, copy], relation, self.texts, out)
            }
            _ if self.texts > 0 => Ok(()),
            Event::Compared {
                base,
                copy,
                relation,
            } => {
                self.texts = 1;
                header(&[base, copy], out)?;
                text(&Apparatus::new(base, copy), relation, out)
            }
            Event::Table(synopsis) => {
                self.texts = 1;
                table::write(synopsis, out)
            }
            _ => Ok(()),
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.is_corpus {
            true => corpus::end(self.texts, out),
            false => Ok(()),
        }
    }
}

fn text(apparatus: &Apparatus<'_>, relation: &Relation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<text>\n<body xml:space=\"preserve\">")?;
    sections(apparatus, relation, out)?;
    comments(apparatus, relation, out)?;
    assets::of_pair([apparatus.base, apparatus.copy], relation, out)?;
    writeln!(out, "</body>\n</text>\n</TEI>")
}

/// What stands before the text of a document that is alone.
fn header(witnesses: &[Entry<'_>], out: &mut dyn Write) -> io::Result<()> {
    let sigla: Vec<String> = (witnesses.iter())
        .map(|entry| entry.siglum.to_owned())
        .collect();
    let named: Vec<(&str, &str)> = (witnesses.iter())
        .map(|entry| (entry.siglum, entry.path))
        .collect();
    root("TEI", out)?;
    file(
        &format!("{} compared", listed(&sigla)),
        "xml:id=\"",
        &named,
        out,
    )?;
    writeln!(out, "{ENCODING}\n</teiHeader>")
}

/// Begins a document of this root element, and its header.
fn root(element: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<{element} xmlns=\"http://www.tei-c.org/ns/1.0\">
<teiHeader>"
    )
}

const ENCODING: &str = "\
<encodingDesc>
<variantEncoding method=\"parallel-segmentation\" location=\"internal\"/>
<editorialDecl><normalization><p>Canonical text, version 1. What differs in white space, \
compatibility forms or markup only is no variant of the text, but has its readings where it is \
part of the canonical text. Characters that XML cannot hold, and controls, are shown.</p>\
</normalization></editorialDecl>
</encodingDesc>";

/// What is compared, with the siglum and the path of each. `id` begins the attribute that has the
/// siglum.
fn file(title: &str, id: &str, witnesses: &[(&str, &str)], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<fileDesc>
<titleStmt><title>{}</title></titleStmt>
<publicationStmt><p>Written by lacuna.</p></publicationStmt>
<sourceDesc><listWit>",
        escaped(title)
    )?;
    for (siglum, path) in witnesses {
        let name = escape::name(path, false);
        writeln!(
            out,
            "<witness {id}{}\">{}</witness>",
            escaped(siglum),
            escaped(&name)
        )?;
    }
    writeln!(out, "</listWit></sourceDesc>\n</fileDesc>")
}

/// Front matter and body, a division each.
fn sections(apparatus: &Apparatus<'_>, relation: &Relation, out: &mut dyn Write) -> io::Result<()> {
    let (base, copy) = (apparatus.base.witness, apparatus.copy.witness);
    // In place: each witness is to be read in its own order.
    let rows = weave_in_place(base, copy, &relation.edits);
    let transposed = Transposed::of(&relation.moves);
    for section in [Section::FrontMatter, Section::Body] {
        let rows = rows.iter().filter(|row| row.section == section);
        let rows: Vec<&Row> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        writeln!(out, "<div type=\"{}\">", section.name().replace(' ', "-"))?;
        for row in rows {
            apparatus.row(row, &transposed, out)?;
        }
        writeln!(out, "</div>")?;
    }
    Ok(())
}

/// The comments, a division each: those of the base in its order, then those of the copy alone.
fn comments(apparatus: &Apparatus<'_>, relation: &Relation, out: &mut dyn Write) -> io::Result<()> {
    let changes = &relation.comments;
    let mut pairs: Vec<(u32, Option<u32>)> = Vec::new();
    pairs.extend(changes.present.iter().map(|&(a, b)| (a, Some(b))));
    pairs.extend(changes.changed.iter().map(|one| (one.base, Some(one.copy))));
    pairs.extend(changes.lacking.iter().map(|at| (*at, None)));
    pairs.sort_unstable();
    let (base, copy) = (apparatus.base.witness, apparatus.copy.witness);
    if pairs.is_empty() && changes.extra.is_empty() {
        return Ok(());
    }
    writeln!(out, "<div type=\"comments\">")?;
    for (one, other) in pairs {
        let one = base.comments.get(one as usize);
        let other = other.and_then(|at| copy.comments.get(at as usize));
        one_comment(apparatus, one, other, out)?;
    }
    for at in &changes.extra {
        one_comment(apparatus, None, copy.comments.get(*at as usize), out)?;
    }
    writeln!(out, "</div>")
}

fn one_comment(
    apparatus: &Apparatus<'_>,
    one: Option<&Comment>,
    other: Option<&Comment>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (base, copy) = (apparatus.base.witness, apparatus.copy.witness);
    let rows = match (one, other) {
        (Some(one), Some(other)) => changed_comment((base, one), (copy, other)),
        (Some(one), None) => comment(base, one, Side::Base),
        (None, Some(other)) => comment(copy, other, Side::Copy),
        (None, None) => return Ok(()),
    };
    writeln!(out, "<div type=\"comment\">")?;
    write!(out, "<byline>")?;
    let signed = |comment: &Comment| format!("{} {}", comment.author, comment.date);
    let (one, other) = (one.map(signed), other.map(signed));
    match (&one, &other) {
        (Some(one), Some(other)) if one == other => write!(out, "{}", escaped(one))?,
        _ => {
            let plain = Transposition::default();
            apparatus.app(one.as_deref(), other.as_deref(), plain, out)?;
        }
    }
    writeln!(out, "</byline>")?;
    for row in &rows {
        apparatus.row(row, &Transposed::default(), out)?;
    }
    writeln!(out, "</div>")
}
