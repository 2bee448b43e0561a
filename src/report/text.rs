//! Text for people, at a terminal or in a file.

mod attached;
mod audit;
mod breaks;
mod changes;
mod columns;
mod diff;
mod explain;
mod folder_diff;
mod folders;
mod headline;
mod inline;
mod layout;
mod lines;
mod merge;
mod normalize;
mod page;
mod scan;
mod sign;
mod summary;
mod table;
mod tidy;
pub(crate) mod wording;
mod wrap;

use std::io::{self, Write};

use super::pen::Pen;
use super::{Event, NotShown, Options, Renderer, Terminal, explanation};
use diff::Setting;
pub(crate) use diff::summary_lines;
use folder_diff::FolderDiff;
pub(crate) use folder_diff::{DIFFERS, Item, item, loss_lines, pair_lines, pairing_lines};
pub(crate) use headline::View;
use scan::Scan;
pub(crate) use table::{Columns, Mark, chosen, is_wanted};

/// Writes events as text. No line is wider than the terminal, but those of canonical text
/// (`normalize`) and where a single word or a path is, which stands on a line of its own then.
#[derive(Debug)]
pub struct Text {
    pen: Pen,
    options: Options,
    setting: Setting,
    scan: Scan,
    folders: FolderDiff,
}

impl Text {
    /// A renderer for `terminal`.
    pub fn new(terminal: Terminal, options: Options) -> Self {
        let pen = Pen { terminal };
        Self {
            pen,
            options,
            setting: Setting::Inline,
            scan: Scan::new(pen),
            folders: FolderDiff::new(pen, options),
        }
    }

    /// The same, with the two documents of a comparison side by side.
    pub fn side_by_side(terminal: Terminal, options: Options) -> Self {
        Self {
            setting: Setting::Columns,
            ..Self::new(terminal, options)
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
            } => {
                self.folders.finish(out)?;
                if self.scan.has_begun() {
                    writeln!(out)?;
                }
                diff::write(
                    self.pen,
                    &self.options,
                    self.setting,
                    base,
                    copy,
                    relation,
                    out,
                )
            }
            Event::Table(synopsis) => table::write(self.pen, &self.options, synopsis, out),
            Event::FolderDiff(_)
            | Event::Pair(_)
            | Event::Only(_)
            | Event::OtherFile(_)
            | Event::NotShown {
                what: NotShown::Pairs,
                ..
            } => {
                self.scan.follows();
                self.folders.render(event, out)
            }
            Event::Explained { code, first } => {
                if !first {
                    writeln!(out)?;
                }
                explain::write(self.pen, explanation(code), out)
            }
            Event::Tidied(tidied) => tidy::write(self.pen, tidied, out),
            Event::Merge(ref event) => merge::write(self.pen, event, out),
            _ => {
                self.folders.finish(out)?;
                self.scan.render(event, out)
            }
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.folders.finish(out)?;
        self.scan.finish(out)
    }
}
