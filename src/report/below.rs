//! Paths as they are called from a folder further up.

use std::io::{self, Write};

use super::{Event, Renderer};
use crate::text::{Finding, Related};

/// Puts a prefix before every path of a document, and leaves the rest to another renderer.
///
/// What reads the formats for continuous integration knows paths from the root of a repository,
/// wherever in it the lock file is.
pub struct Below {
    prefix: String,
    renderer: Box<dyn Renderer>,
}

impl Below {
    /// Paths begin with `prefix` in what `renderer` writes: empty, or with `/` at its end.
    pub fn new(prefix: &str, renderer: Box<dyn Renderer>) -> Self {
        Self {
            prefix: prefix.to_owned(),
            renderer,
        }
    }

    fn path(&self, path: &str) -> String {
        match path.starts_with('/') {
            true => path.to_owned(),
            false => format!("{}{path}", self.prefix),
        }
    }

    fn finding(&self, finding: &Finding) -> Finding {
        let related = finding.related.iter().map(|place| Related {
            path: self.path(&place.path),
            ..place.clone()
        });
        Finding {
            path: self.path(&finding.path),
            related: related.collect(),
            ..finding.clone()
        }
    }
}

impl Renderer for Below {
    fn render(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()> {
        match event {
            Event::Finding(finding) => {
                let finding = self.finding(finding);
                self.renderer.render(&Event::Finding(&finding), out)
            }
            Event::Excluded { path, rule } => {
                let path = self.path(path);
                let excluded = Event::Excluded {
                    path: &path,
                    rule: *rule,
                };
                self.renderer.render(&excluded, out)
            }
            _ => self.renderer.render(event, out),
        }
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.renderer.finish(out)
    }
}
