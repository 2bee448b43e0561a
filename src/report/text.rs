//! Text for people, at a terminal or in a file.

mod attached;
mod audit;
mod changes;
mod diff;
mod folders;
mod gutter;
mod headline;
mod normalize;
mod page;
mod rows;
mod scan;
mod summary;

use std::io::{self, Write};

use super::pen::Pen;
use super::{Event, Options, Renderer, Terminal};
use scan::Scan;

/// Writes events as text. No line is wider than the terminal, but where a document's own words
/// are quoted whole (`diff`, `normalize`) and where a single word or a path is, which stands on a
/// line of its own then.
#[derive(Debug)]
pub struct Text {
    pen: Pen,
    options: Options,
    scan: Scan,
}

impl Text {
    /// A renderer for `terminal`.
    pub fn new(terminal: Terminal, options: Options) -> Self {
        let pen = Pen { terminal };
        Self {
            pen,
            options,
            scan: Scan::new(pen),
        }
    }
}

impl Renderer for Text {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match *event {
            Event::Normalized { entry, check } => {
                normalize::write(self.pen, &self.options, entry, check, out)
            }
            Event::Compared {
                base,
                copy,
                relation,
            } => diff::write(self.pen, &self.options, base, copy, relation, out),
            _ => self.scan.render(event, out),
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.scan.finish(out)
    }
}
