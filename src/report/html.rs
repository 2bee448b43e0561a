//! A comparison as a page for a browser: one file, which asks nothing of anybody.
//!
//! No script, no picture, no font is loaded; a policy in the page forbids it, should a document's
//! words ever find a way out of their places. They are escaped as for a terminal, then as HTML.

mod apparatus;
mod folders;
mod halves;
mod language;
mod overview;
mod table;

use std::io::{self, Write};

use super::markup::escaped;
use super::parallel::{Row, Stretch, stretches, weave};
use super::pen::Pen;
use super::text::{View, summary_lines, wording};
use super::{Event, Only, Options, Renderer, Terminal};
use folders::Folders;
use language::language;

/// Rows of context around a change; the others are there, but folded.
const CONTEXT: usize = 2;

const STYLE: &str = include_str!("html/style.css");
/// The SHA-256 of the style, in Base64: a browser that honours the policy applies no other.
const STYLE_DIGEST: &str = "FydSnCpO9QQLmv7Vwr3O15uNBAY7b8RqhAO3Z/cx6t8=";

/// Writes comparisons as an HTML page: of two documents, of several, of two folders. Writes nothing
/// for any other event.
#[derive(Debug)]
pub struct Html {
    options: Options,
    /// Comparisons written so far.
    pairs: usize,
    /// The page of two folders, if it is one.
    folders: Option<Folders>,
}

impl Html {
    /// A renderer; of the options, what to show and the rows of context count.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            pairs: 0,
            folders: None,
        }
    }

    /// One comparison, below what else the page says.
    fn compared(&mut self, view: View<'_>, out: &mut dyn Write) -> io::Result<()> {
        let (base, copy) = (view.base, view.copy);
        if self.pairs == 0 && self.folders.is_none() {
            let (base, copy) = (name(base.path), name(copy.path));
            head(&format!("{base} and {copy} compared"), out)?;
        }
        self.pairs += 1;
        let (number, level) = match &mut self.folders {
            Some(folders) => (folders.reach(base.path, copy.path, out)?, 2),
            None => (self.pairs, 1),
        };
        let mut pair = Pair {
            number,
            level,
            only: self.options.only,
            languages: [language(base.witness), language(copy.witness)],
            view,
            pen: PEN,
            out,
        };
        pair.write(self.options.context.unwrap_or(CONTEXT))
    }
}

impl Renderer for Html {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match *event {
            Event::Compared {
                base,
                copy,
                relation,
            } => {
                let view = View {
                    base,
                    copy,
                    relation,
                };
                self.compared(view, out)
            }
            // Its page holds nothing else.
            Event::Table(synopsis) if self.pairs == 0 => {
                self.pairs = 1;
                table::write(synopsis, self.options.only, out)
            }
            Event::FolderDiff(summary) => {
                self.folders = Some(Folders::begin(summary, self.options.only, out)?);
                Ok(())
            }
            _ => match &mut self.folders {
                Some(folders) => folders.event(event, out),
                None => Ok(()),
            },
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match &mut self.folders {
            Some(folders) => folders.close(out)?,
            None if self.pairs == 0 => return Ok(()),
            None => {}
        }
        writeln!(out, "</main>\n</body>\n</html>")
    }
}

/// What words are written with: never cut, never coloured.
const PEN: Pen = Pen {
    terminal: Terminal {
        width: 1 << 16,
        colour: false,
        ascii: false,
    },
};

/// What stands before the first comparison; `title` is HTML.
fn head(title: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
style-src 'sha256-{STYLE_DIGEST}'; base-uri 'none'; form-action 'none'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<meta name=\"referrer\" content=\"no-referrer\">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>"
    )
}

/// A path, in which a line break is shown, too.
fn name(path: &str) -> String {
    escaped(&PEN.name(path)).into_owned()
}

/// One comparison in a page.
struct Pair<'a> {
    /// From 1; part of every id.
    number: usize,
    /// Of the heading above it.
    level: usize,
    only: Option<Only>,
    /// Of the base and the copy: for `lang`.
    languages: [&'static str; 2],
    view: View<'a>,
    pen: Pen,
    out: &'a mut dyn Write,
}

impl Pair<'_> {
    fn write(&mut self, context: usize) -> io::Result<()> {
        writeln!(self.out, "<article id=\"p{}\">", self.number)?;
        self.header()?;
        self.text(context)?;
        self.structure()?;
        self.comments()?;
        self.assets()?;
        writeln!(self.out, "</article>")
    }

    /// Names, verdict, strips, numbers.
    fn header(&mut self) -> io::Result<()> {
        let view = self.view;
        writeln!(
            self.out,
            "<header>\n<h{level} class=\"both\"><span class=\"vh\">Comparison of </span>\
             <span class=\"name\"><b>A</b> {}</span><span class=\"vh\"> and </span>\
             <span class=\"name\"><b>B</b> {}</span></h{level}>",
            name(view.base.path),
            name(view.copy.path),
            level = self.level,
        )?;
        let mut facts = summary_lines(self.pen, &view).into_iter();
        if let Some(verdict) = facts.next() {
            writeln!(self.out, "<p class=\"verdict\">{}</p>", escaped(&verdict))?;
        }
        self.overview()?;
        for fact in facts {
            writeln!(self.out, "<p>{}</p>", escaped(fact.trim()))?;
        }
        writeln!(self.out, "</header>")
    }

    fn text(&mut self, context: usize) -> io::Result<()> {
        let view = self.view;
        let (base, copy, relation) = (view.base.witness, view.copy.witness, view.relation);
        let rows = weave(base, copy, &relation.edits, &relation.moves, self.only);
        let mut section = None;
        for stretch in stretches(&rows, context) {
            let (Stretch::Shown(range) | Stretch::Folded(range)) = &stretch;
            let Some(first) = rows.get(range.start) else {
                continue;
            };
            if section != Some(first.section) {
                self.close_section(section.is_some())?;
                section = Some(first.section);
                self.open_section(first.section.name())?;
            }
            match stretch {
                Stretch::Shown(range) => self.rows(&rows[range])?,
                Stretch::Folded(range) => self.folded(&rows[range])?,
            }
        }
        self.close_section(section.is_some())
    }

    fn open_section(&mut self, name: &str) -> io::Result<()> {
        let id = format!("p{}-{}", self.number, name.replace(' ', "-"));
        writeln!(
            self.out,
            "<section aria-labelledby=\"{id}\">\n<h{level} class=\"part\" id=\"{id}\">{name}</h{level}>",
            level = self.level + 1,
        )
    }

    fn close_section(&mut self, is_open: bool) -> io::Result<()> {
        match is_open {
            true => writeln!(self.out, "</section>"),
            false => Ok(()),
        }
    }

    fn rows(&mut self, rows: &[Row]) -> io::Result<()> {
        rows.iter().try_for_each(|row| self.row(row))
    }

    fn folded(&mut self, rows: &[Row]) -> io::Result<()> {
        let what = wording::folded(self.pen, rows);
        writeln!(self.out, "<details><summary>{what}</summary>")?;
        self.rows(rows)?;
        writeln!(self.out, "</details>")
    }
}

#[cfg(test)]
mod tests;
