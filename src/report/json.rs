//! JSON for programs: one document, or one object a line.

mod audit;
mod diff;
mod event;
mod explain;
mod folder_diff;
mod folders;
mod normalize;
mod records;
mod relation;
pub(super) mod safe;
mod scan;
mod structure;
mod table;
mod tidy;

use std::io::{self, Write};

use super::{Event, Options, Renderer};
pub use audit::AuditJson;
use event::{SCHEMA_VERSION, record};
use folder_diff::Lists;

/// Writes each event as an object on a line of its own.
#[derive(Debug)]
pub struct JsonLines {
    options: Options,
}

impl JsonLines {
    /// A renderer; of the options, only [`Options::only`] counts.
    pub fn new(options: Options) -> Self {
        Self { options }
    }
}

impl Renderer for JsonLines {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        if matches!(event, Event::NotShown { .. } | Event::Merge(_)) {
            return Ok(());
        }
        record(event, &self.options, true, out)?;
        writeln!(out)
    }

    fn finish(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// The lists of a scan's document, in their order.
const LISTS: [&str; 6] = [
    "folders",
    "groups",
    "alone",
    "boilerplate",
    "excluded",
    "unreadable",
];
/// The list that holds further lists.
const GROUPS: usize = 1;

/// Writes one JSON document, streamed: of a scan one with groups, of a comparison one object, of
/// `normalize` one with a list of documents, of `explain`
/// one with a list of codes.
#[derive(Debug)]
pub struct Json {
    options: Options,
    state: State,
}

/// How far the document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing is.
    Start,
    /// A list of a scan is open: its index, whether it has an element, and how many relations the
    /// open group has, if one is open.
    Scan {
        list: usize,
        any: bool,
        group: Option<usize>,
    },
    /// Lists of a comparison of folders are being written.
    Folders(Lists),
    /// The only list is open: of documents, or of codes.
    Elements,
    /// All is, but for the brace that closes it.
    Last,
    /// All is.
    Done,
}

impl Json {
    /// A renderer; of the options, only [`Options::only`] counts.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            state: State::Start,
        }
    }

    fn scan(&mut self, list: usize, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.open_list(list, out)?;
        let State::Scan { any, .. } = self.state else {
            return Err(out_of_order());
        };
        out.write_all(if any { b",\n" } else { b"\n" })?;
        self.state = State::Scan {
            list,
            any: true,
            group: None,
        };
        record(event, &self.options, false, out)
    }

    /// Opens list `list` of the scan's document, after closing those before it.
    fn open_list(&mut self, list: usize, out: &mut dyn Write) -> io::Result<()> {
        self.close_group(out)?;
        let mut open = match self.state {
            State::Start => {
                write!(
                    out,
                    "{{\"schema_version\":{SCHEMA_VERSION},\"type\":\"scan\""
                )?;
                write!(out, ",\n\"{}\":[", LISTS[0])?;
                self.state = State::Scan {
                    list: 0,
                    any: false,
                    group: None,
                };
                0
            }
            State::Scan { list, .. } => list,
            _ => return Err(out_of_order()),
        };
        if open > list {
            return Err(out_of_order());
        }
        while open < list {
            open += 1;
            write!(out, "],\n\"{}\":[", LISTS.get(open).unwrap_or(&""))?;
            self.state = State::Scan {
                list: open,
                any: false,
                group: None,
            };
        }
        Ok(())
    }

    /// Writes a group up to its relations.
    fn group(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut group = Vec::new();
        self.scan(GROUPS, event, &mut group)?;
        // The relations go into the object that was just closed.
        group.pop();
        out.write_all(&group)?;
        out.write_all(b",\"relations\":[")?;
        self.state = State::Scan {
            list: GROUPS,
            any: true,
            group: Some(0),
        };
        Ok(())
    }

    fn relation(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        let State::Scan {
            group: Some(count), ..
        } = self.state
        else {
            return Err(out_of_order());
        };
        out.write_all(if count > 0 { b",\n" } else { b"\n" })?;
        self.state = State::Scan {
            list: GROUPS,
            any: true,
            group: Some(count + 1),
        };
        record(event, &self.options, false, out)
    }

    fn close_group(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if let State::Scan {
            list,
            any,
            group: Some(_),
        } = self.state
        {
            out.write_all(b"]}")?;
            self.state = State::Scan {
                list,
                any,
                group: None,
            };
        }
        Ok(())
    }

    /// Writes an element of the only list of a document of this type.
    fn element(
        &mut self,
        [kind, list]: [&str; 2],
        event: &Event<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match self.state {
            State::Start => write!(
                out,
                "{{\"schema_version\":{SCHEMA_VERSION},\"type\":\"{kind}\",\n\"{list}\":[\n"
            )?,
            State::Elements => out.write_all(b",\n")?,
            _ => return Err(out_of_order()),
        }
        self.state = State::Elements;
        record(event, &self.options, false, out)
    }
}

impl Json {
    /// Writes what a comparison of two folders begins with.
    fn folders(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.state != State::Start {
            return Err(out_of_order());
        }
        let mut head = Vec::new();
        record(event, &self.options, true, &mut head)?;
        // The lists go into the object that was just closed.
        head.pop();
        out.write_all(&head)?;
        self.state = State::Folders(Lists::open(out)?);
        Ok(())
    }

    /// Writes an element of a list: one of those of a comparison of folders, if that is what is
    /// being written, else one of a scan.
    fn listed(
        &mut self,
        of_folders: Option<usize>,
        of_scan: Option<usize>,
        event: &Event<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let State::Folders(mut lists) = self.state else {
            let list = of_scan.ok_or_else(out_of_order)?;
            return self.scan(list, event, out);
        };
        let list = of_folders.ok_or_else(out_of_order)?;
        lists.element(list, out)?.ok_or_else(out_of_order)?;
        self.state = State::Folders(lists);
        record(event, &self.options, false, out)
    }
}

impl Renderer for Json {
    /// # Errors
    /// Those of `out`, and [`io::ErrorKind::InvalidInput`] for an event out of order.
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::Normalized { .. } => self.element(["normalize", "documents"], event, out),
            Event::Explained { .. } => self.element(["explain", "codes"], event, out),
            Event::Compared { .. } | Event::Table(_) | Event::Tidied(_) => {
                if self.state != State::Start {
                    return Err(out_of_order());
                }
                self.state = State::Done;
                record(event, &self.options, true, out)?;
                writeln!(out)
            }
            Event::Group { .. } => self.group(event, out),
            Event::Relation { .. } => self.relation(event, out),
            Event::FolderDiff(_) => self.folders(event, out),
            Event::Pair(_) => self.listed(Some(0), None, event, out),
            Event::Only(_) => self.listed(Some(1), None, event, out),
            Event::OtherFile(_) => self.listed(Some(2), None, event, out),
            Event::Folders { .. } => self.listed(None, Some(0), event, out),
            Event::Alone { .. } => self.listed(None, Some(2), event, out),
            Event::Boilerplate { .. } => self.listed(Some(3), Some(3), event, out),
            Event::Excluded { .. } => self.listed(Some(4), Some(4), event, out),
            Event::Unreadable { .. } => self.listed(Some(5), Some(5), event, out),
            Event::NotShown { .. } | Event::Merge(_) => Ok(()),
            Event::Finding(_) | Event::AuditSummary(_) => Err(out_of_order()),
            Event::Summary(_) => {
                self.open_list(LISTS.len() - 1, out)?;
                out.write_all(b"],\n\"summary\":")?;
                self.state = State::Last;
                record(event, &self.options, false, out)
            }
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.close_group(out)?;
        if let State::Folders(lists) = self.state {
            self.state = State::Done;
            return lists.close(out);
        }
        let end: &[u8] = match self.state {
            State::Start | State::Done => b"",
            State::Elements | State::Scan { .. } | State::Folders(_) => b"\n]}\n",
            State::Last => b"}\n",
        };
        self.state = State::Done;
        out.write_all(end)
    }
}

fn out_of_order() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "event out of order")
}
