//! Several copies of a text: a column for each, a row for each passage.

use std::io::{self, Write};

use super::{PEN, head, name};
use crate::report::markup::escaped;
use crate::report::numbers::{lines, listed};
use crate::report::text::{Columns, Mark, View, chosen, is_wanted, summary_lines, wording};
use crate::report::{Only, Synopsis, comments};
use crate::text::{LineRange, Passage, Reading, Row, TableCell};

use super::language::language;

/// What all have is folded if it is longer, in characters of match text.
const LONG: u64 = 400;

pub(super) fn write(
    synopsis: &Synopsis<'_>,
    only: Option<Only>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = format!("{} copies compared", synopsis.copies.len() + 1);
    head(&title, out)?;
    let mut sheet = Sheet {
        synopsis,
        columns: Columns::of(synopsis),
        lang: language(synopsis.base.witness),
        out,
    };
    writeln!(sheet.out, "<article>")?;
    sheet.header(&title)?;
    sheet.body(only)?;
    if only.is_none() {
        sheet.front_matter()?;
        sheet.comments()?;
        sheet.assets()?;
    }
    writeln!(sheet.out, "</article>")
}

struct Sheet<'s, 'a> {
    synopsis: &'s Synopsis<'a>,
    columns: Columns,
    lang: &'static str,
    out: &'s mut dyn Write,
}

impl Sheet<'_, '_> {
    /// Who is compared, each copy with its verdict, and what the signs mean.
    fn header(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.out, "<header>\n<h1>{title}</h1>")?;
        for (copy, entry) in self.synopsis.witnesses() {
            let siglum = escaped(entry.siglum);
            let path = name(entry.path);
            let copy = copy.and_then(|at| self.synopsis.copies.get(at));
            let words = match copy {
                None => format!("base: {}", chosen(PEN, self.synopsis.choice)),
                Some((copy, relation)) => {
                    let view = View {
                        base: self.synopsis.base,
                        copy: *copy,
                        relation,
                    };
                    let facts = summary_lines(PEN, &view);
                    facts.into_iter().next().unwrap_or_default()
                }
            };
            writeln!(
                self.out,
                "<p><b>{siglum}</b> <span class=\"name\">{path}</span></p>\
                 <p class=\"fact\">{}</p>",
                escaped(&words)
            )?;
        }
        for sigla in self.columns.sigla().filter(|sigla| sigla.len() > 1) {
            let words = format!(
                "{} have the same everywhere: column {}",
                listed(sigla),
                sigla[0]
            );
            writeln!(self.out, "<p class=\"fact\">{}</p>", escaped(&words))?;
        }
        let all = [
            Mark::Has,
            Mark::Lacks,
            Mark::Moved,
            Mark::Reading(0),
            Mark::Extra,
        ];
        write!(self.out, "<p class=\"signs\">")?;
        for mark in all {
            let (class, words) = meaning(mark);
            let glyph = mark.glyph(PEN);
            write!(
                self.out,
                "<span><span class=\"mark {class}\">{glyph}</span> {words}</span> "
            )?;
        }
        writeln!(self.out, "</p>\n</header>")
    }

    fn open(&mut self, title: &str) -> io::Result<()> {
        let id = title.replace(' ', "-");
        write!(
            self.out,
            "<section aria-labelledby=\"{id}\">\n<h2 class=\"part\" id=\"{id}\">{title}</h2>\n\
             <div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">line</th>"
        )?;
        for sigla in self.columns.sigla() {
            let siglum = escaped(&sigla[0]);
            write!(self.out, "<th scope=\"col\" class=\"mark\">{siglum}</th>")?;
        }
        writeln!(
            self.out,
            "<th scope=\"col\" class=\"words\">text</th></tr></thead>\n<tbody>"
        )
    }

    fn close(&mut self) -> io::Result<()> {
        writeln!(self.out, "</tbody></table></div>\n</section>")
    }

    /// A row; `words` are HTML.
    fn line(&mut self, at: Option<LineRange>, marks: &[Mark], words: &str) -> io::Result<()> {
        let number = at.map_or_else(String::new, |at| match at.first == at.last {
            true => at.first.to_string(),
            false => format!("{}–{}", at.first, at.last),
        });
        let same = marks.iter().all(|mark| *mark == Mark::Has);
        let class = if same { " class=\"all\"" } else { "" };
        write!(self.out, "<tr{class}><td class=\"line\">{number}</td>")?;
        for mark in marks {
            let (class, said) = meaning(*mark);
            let glyph = mark.glyph(PEN);
            write!(
                self.out,
                "<td class=\"mark {class}\"><span aria-hidden=\"true\">{glyph}</span>\
                 <span class=\"vh\">{said}</span></td>"
            )?;
        }
        writeln!(self.out, "<td class=\"words\">{words}</td></tr>")
    }

    fn body(&mut self, only: Option<Only>) -> io::Result<()> {
        self.open("body")?;
        let table = self.synopsis.table;
        for row in table.rows.iter().filter(|row| is_wanted(row, only)) {
            let marks = self.columns.of_row(row);
            let words = self.words(row);
            self.line(row.base.map(|base| base.lines), &marks, &words)?;
        }
        self.close()
    }

    /// What the base says in a row, and what copies say.
    fn words(&self, row: &Row) -> String {
        let mut words = match row.base {
            Some(base) if row.is_same() && base.chars > LONG => format!(
                "<details><summary>{} that all have</summary>{}</details>",
                escaped(&PEN.chars(base.chars)),
                self.text("div", "text", self.of_base(base))
            ),
            Some(base) => self.text("div", "text", self.of_base(base)),
            None => String::new(),
        };
        for (at, reading) in row.readings.iter().enumerate() {
            let lead = match row.base {
                Some(_) => format!("{} ", Mark::Reading(at).glyph(PEN)),
                None => "only ".to_owned(),
            };
            let said = self.text("ins", "text", &reading.text);
            words += &format!(
                "<div class=\"reading\"><span class=\"by\">{lead}{}</span> {said}</div>",
                self.by(reading)
            );
        }
        for (copy, cell) in row.cells.iter().enumerate() {
            if let TableCell::Moved(there) = cell {
                let siglum = escaped(self.synopsis.siglum(copy));
                let there = lines(there.lines);
                words += &format!("<div class=\"by\">in {siglum} it is {there}</div>");
            }
        }
        words
    }

    fn of_base(&self, passage: Passage) -> &str {
        let text = &self.synopsis.base.witness.text;
        text.get(passage.text.range()).unwrap_or_default()
    }

    fn text(&self, element: &str, class: &str, text: &str) -> String {
        let (lang, text) = (self.lang, escaped(text.trim()));
        format!("<{element} class=\"{class}\" lang=\"{lang}\" dir=\"auto\">{text}</{element}>")
    }

    /// Who has a reading, and where.
    fn by(&self, reading: &Reading) -> String {
        let one = |(copy, passage): &(usize, Passage)| {
            format!("{} {}", self.synopsis.siglum(*copy), lines(passage.lines))
        };
        let by: Vec<String> = reading.by.iter().map(one).collect();
        let mut by = by.join(", ");
        if let Some(from) = reading.moved_from {
            by += &format!(" (in {} {})", self.synopsis.base.siglum, lines(from.lines));
        }
        escaped(&by).into_owned()
    }

    fn front_matter(&mut self) -> io::Result<()> {
        let rows = &self.synopsis.table.front_matter;
        if rows.is_empty() {
            return Ok(());
        }
        self.open("front matter")?;
        for row in rows {
            let marks = self.columns.of_values(&row.of);
            let mut words = format!("<b>{}</b>", escaped(&row.key));
            for (at, value) in row.values.iter().enumerate() {
                let said = self.text("span", "text", value);
                words += &match at.checked_sub(1) {
                    None => format!(" {said}"),
                    Some(at) => {
                        let number = Mark::Reading(at).glyph(PEN);
                        format!(
                            "<div class=\"reading\"><span class=\"by\">{number}</span> {said}</div>"
                        )
                    }
                };
            }
            self.line(None, &marks, &words)?;
        }
        self.close()
    }

    fn comments(&mut self) -> io::Result<()> {
        let rows = &self.synopsis.table.comments;
        if rows.is_empty() {
            return Ok(());
        }
        self.open("comments")?;
        for row in rows {
            let witness = self.synopsis.witness(row.from.0).witness;
            let Some(comment) = witness.comments.get(row.from.1 as usize) else {
                continue;
            };
            let marks = self.columns.of_comment(row);
            let signed = escaped(&wording::comment(PEN, comment)).into_owned();
            let said = self.text("div", "text", comments::text(witness, comment));
            self.line(None, &marks, &format!("<b>{signed}</b>{said}"))?;
        }
        self.close()
    }

    fn assets(&mut self) -> io::Result<()> {
        let rows = &self.synopsis.table.assets;
        if rows.is_empty() {
            return Ok(());
        }
        self.open("assets")?;
        for row in rows {
            let witness = self.synopsis.witness(row.from.0).witness;
            let Some(asset) = witness.assets.get(row.from.1 as usize) else {
                continue;
            };
            let marks = self.columns.of_asset(row);
            let words = escaped(&wording::asset(PEN, asset)).into_owned();
            self.line(
                None,
                &marks,
                &format!("<div class=\"text address\">{words}</div>"),
            )?;
        }
        self.close()
    }
}

/// The class of a mark, and what it says.
fn meaning(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Has => ("has", "as the base"),
        Mark::Lacks => ("lacks", "not there"),
        Mark::Moved => ("elsewhere", "elsewhere"),
        Mark::Changed => ("reads", "changed"),
        Mark::Reading(_) => ("reads", "another reading"),
        Mark::Extra => ("more", "not in the base"),
    }
}
