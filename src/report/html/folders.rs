//! Two folders: their numbers and lists, above the pairs that differ.

use std::collections::VecDeque;
use std::io::{self, Write};

use super::{PEN, head, name};
use crate::report::markup::escaped;
use crate::report::text::{DIFFERS, Item, item, loss_lines, pair_lines, pairing_lines};
use crate::report::{Details, Event, FolderSummary, Only, Pair};

/// What is known of a page of two folders.
#[derive(Debug)]
pub(super) struct Folders {
    only: Option<Only>,
    /// The list that is open.
    list: Option<&'static str>,
    /// Pairs that were listed, and have not been shown: the paths and the number of each.
    listed: VecDeque<([String; 2], usize)>,
    /// The last number that was given.
    last: usize,
}

impl Folders {
    /// Begins the page.
    pub fn begin(
        summary: &FolderSummary,
        only: Option<Only>,
        out: &mut dyn Write,
    ) -> io::Result<Self> {
        let sides = [&summary.base, &summary.copy];
        let [base, copy] = sides.map(|side| name(&side.path));
        let [in_base, in_copy] = sides.map(|side| PEN.count(side.documents as u64, "document"));
        head(&format!("{base} and {copy} compared"), out)?;
        writeln!(
            out,
            "<header>\n<h1 class=\"both\"><span class=\"vh\">Comparison of </span>\
             <span class=\"name\"><b>A</b> {base}: {in_base}</span><span class=\"vh\"> and </span>\
             <span class=\"name\"><b>B</b> {copy}: {in_copy}</span></h1>"
        )?;
        for line in loss_lines(PEN, summary) {
            writeln!(out, "<p class=\"verdict\">{}</p>", escaped(&line))?;
        }
        for line in pairing_lines(PEN, summary) {
            writeln!(out, "<p>{}</p>", escaped(&line))?;
        }
        writeln!(out, "</header>")?;
        Ok(Self {
            only,
            list: None,
            listed: VecDeque::new(),
            last: 0,
        })
    }

    /// An event that stands in a list.
    pub fn event(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match *event {
            Event::Pair(pair) => match &pair.details {
                Some(details) => self.pair(pair, details, out),
                None => self.item(event, out),
            },
            Event::Boilerplate {
                excerpt,
                documents,
                of,
            } => {
                self.open(
                    "boilerplate: shared by too many documents to make copies of them",
                    out,
                )?;
                let (in_some, of) = (
                    PEN.number(documents as u64),
                    PEN.count(of as u64, "document"),
                );
                let quote = PEN.line(excerpt);
                line(None, &format!("in {in_some} of {of}: “{quote}”"), out)
            }
            Event::Excluded { path, rule } => {
                self.open("excluded", out)?;
                line(Some(&PEN.name(path)), rule.name(), out)
            }
            Event::Unreadable { path, why } => {
                self.open("could not read", out)?;
                line(Some(&PEN.name(path)), &PEN.line(why), out)
            }
            _ => self.item(event, out),
        }
    }

    fn item(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Some(Item {
            section,
            name,
            words,
        }) = item(PEN, self.only, event)
        else {
            return Ok(());
        };
        self.open(section, out)?;
        line(name.as_deref(), &words, out)
    }

    /// A pair that differs: its paths, which lead to where it is shown, and what is lost.
    fn pair(
        &mut self,
        pair: &Pair<'_>,
        details: &Details<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.open(DIFFERS, out)?;
        self.last += 1;
        let paths = [details.base.path, details.copy.path].map(str::to_owned);
        self.listed.push_back((paths, self.last));
        let paths = match pair.is_renamed() {
            true => format!(
                "<b>A</b> {} <b>B</b> {}",
                name(pair.base.path),
                name(pair.copy.path)
            ),
            false => name(pair.base.path),
        };
        writeln!(
            out,
            "<li><a class=\"name\" href=\"#p{}\">{paths}</a>",
            self.last
        )?;
        for fact in pair_lines(PEN, self.only, pair, details) {
            writeln!(out, "<p>{}</p>", escaped(fact.trim()))?;
        }
        writeln!(out, "</li>")
    }

    /// The number of a pair that is shown now. Pairs come in the order in which they were listed;
    /// one that was changed since may not come at all.
    pub fn reach(&mut self, base: &str, copy: &str, out: &mut dyn Write) -> io::Result<usize> {
        self.close_list(out)?;
        let is_it = |(paths, _): &([String; 2], usize)| paths[0] == base && paths[1] == copy;
        if let Some(at) = self.listed.iter().position(is_it) {
            self.gone(at, out)?;
            if let Some((_, number)) = self.listed.pop_front() {
                return Ok(number);
            }
        }
        self.last += 1;
        Ok(self.last)
    }

    /// Says of the next `count` listed pairs that they are not shown, where their links lead.
    fn gone(&mut self, count: usize, out: &mut dyn Write) -> io::Result<()> {
        for ([base, copy], number) in self.listed.drain(..count) {
            writeln!(
                out,
                "<p id=\"p{number}\">{} and {}: one of them was changed meanwhile</p>",
                name(&base),
                name(&copy)
            )?;
        }
        Ok(())
    }

    /// Ends what is open.
    pub fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.close_list(out)?;
        self.gone(self.listed.len(), out)
    }

    fn open(&mut self, title: &'static str, out: &mut dyn Write) -> io::Result<()> {
        if self.list == Some(title) {
            return Ok(());
        }
        self.close_list(out)?;
        self.list = Some(title);
        let open = if is_small(title) { "" } else { " open" };
        writeln!(
            out,
            "<details class=\"list\"{open}>\n<summary><h2>{title}</h2></summary>\n<ul>"
        )
    }

    fn close_list(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.list.take() {
            Some(_) => writeln!(out, "</ul>\n</details>"),
            None => Ok(()),
        }
    }
}

/// Whether a list says nothing of a difference, so that it is folded at first.
fn is_small(title: &str) -> bool {
    ["the same under another name", "further copies", "excluded"].contains(&title)
}

/// A line of a list; `name` and `words` are safe, and not yet HTML.
fn line(name: Option<&str>, words: &str, out: &mut dyn Write) -> io::Result<()> {
    let words = escaped(words);
    match name {
        Some(name) => writeln!(
            out,
            "<li><span class=\"name\">{}</span> {words}</li>",
            escaped(name)
        ),
        None => writeln!(out, "<li class=\"name\">{words}</li>"),
    }
}
