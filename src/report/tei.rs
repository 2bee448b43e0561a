//! A comparison as a critical apparatus: TEI P5, parallel segmentation.
//!
//! A row is an `ab`. What all say stands in it; where they differ, an `app` has a `rdg` for each
//! reading, empty for those who say nothing there. A `milestone` stands where a block of a witness begins,
//! with the source line. So reading all `ab` of a division by siglum gives the canonical text of
//! that witness: what `normalize` shows, a new line at each milestone but the first.

mod column;
mod pieces;
mod reading;
mod table;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use super::markup::escaped;
use super::numbers::listed;
use super::parallel::{Row, Side, changed_comment, comment, weave};
use super::{Entry, Event, Renderer, escape};
use crate::text::{Comment, Relation, Section};
use reading::{Apparatus, Transposed, Transposition};

/// Writes a comparison as TEI XML; of several, the first. Writes nothing for any other event.
#[derive(Debug, Default)]
pub struct Tei {
    written: bool,
}

impl Tei {
    /// A renderer. It shows all there is: an apparatus of a part of the variants would be none.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Renderer for Tei {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.written {
            return Ok(());
        }
        match *event {
            Event::Compared {
                base,
                copy,
                relation,
            } => {
                self.written = true;
                compared(base, copy, relation, out)
            }
            Event::Table(synopsis) => {
                self.written = true;
                table::write(synopsis, out)
            }
            _ => Ok(()),
        }
    }

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn compared(
    base: Entry<'_>,
    copy: Entry<'_>,
    relation: &Relation,
    out: &mut dyn Write,
) -> io::Result<()> {
    header(&[base, copy], out)?;
    let apparatus = Apparatus::new(base, copy);
    writeln!(out, "<text>\n<body xml:space=\"preserve\">")?;
    text(&apparatus, relation, out)?;
    comments(&apparatus, relation, out)?;
    writeln!(out, "</body>\n</text>\n</TEI>")
}

fn header(witnesses: &[Entry<'_>], out: &mut dyn Write) -> io::Result<()> {
    let siglum = |entry: &Entry<'_>| escaped(entry.siglum).into_owned();
    let sigla: Vec<String> = witnesses.iter().map(siglum).collect();
    let titled = listed(&sigla);
    let line = |(entry, siglum): (&Entry<'_>, &String)| {
        let name = escape::name(entry.path, false);
        format!("<witness xml:id=\"{siglum}\">{}</witness>", escaped(&name))
    };
    let named: Vec<String> = witnesses.iter().zip(&sigla).map(line).collect();
    let named = named.join("\n");
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">
<teiHeader>
<fileDesc>
<titleStmt><title>{titled} compared</title></titleStmt>
<publicationStmt><p>Written by lacuna.</p></publicationStmt>
<sourceDesc><listWit>
{named}
</listWit></sourceDesc>
</fileDesc>
<encodingDesc>
<variantEncoding method=\"parallel-segmentation\" location=\"internal\"/>
<editorialDecl><normalization><p>Canonical text, version 1. What differs in white space, \
compatibility forms or markup only is no variant of the text, but has its readings where it is \
part of the canonical text. Characters that XML cannot hold, and controls, are shown.</p>\
</normalization></editorialDecl>
</encodingDesc>
</teiHeader>"
    )
}

/// Front matter and body, a division each.
fn text(apparatus: &Apparatus<'_>, relation: &Relation, out: &mut dyn Write) -> io::Result<()> {
    let (base, copy) = (apparatus.base.witness, apparatus.copy.witness);
    // In place: each witness is to be read in its own order.
    let rows = weave(base, copy, &relation.edits, &[], None);
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
