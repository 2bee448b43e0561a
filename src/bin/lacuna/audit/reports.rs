//! Where an audit is written to: standard output, and any number of files.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use lacuna::audit::lock::NAME;
use lacuna::report::{AuditFormat, Below, Event, Renderer, Terminal};
use lacuna::source::{Input, Listing, shown};

use super::{Place, write};
use crate::flags::AuditFlags;
use crate::output::Output;
use crate::terminal::{FILE, terminal};

/// The file that says what a project demands.
const CONFIG: &str = "lacuna.toml";

/// All that an audit is written to.
pub struct Reports {
    out: Output,
    files: Vec<FileReport>,
}

/// A format and a file.
struct FileReport {
    path: PathBuf,
    renderer: Box<dyn Renderer>,
    bytes: Vec<u8>,
}

impl Reports {
    /// Those that the flags ask for. Nothing is opened yet.
    ///
    /// # Errors
    /// A file that is asked for twice, or is one of the documents of `listing`.
    pub fn new(flags: &AuditFlags, place: &Place, listing: &Listing) -> anyhow::Result<Self> {
        let paths: Vec<&Path> = flags.outputs.iter().map(|to| to.path.as_path()).collect();
        check(&paths, listing)?;
        let prefix = place.prefix();
        let files = flags.outputs.iter().map(|to| FileReport {
            path: to.path.clone(),
            renderer: renderer(to.format, FILE, &prefix),
            bytes: Vec::new(),
        });
        let out = renderer(flags.format, terminal(&flags.output), &prefix);
        Ok(Self {
            out: Output::new(out, flags.output.quiet, &flags.output),
            files: files.collect(),
        })
    }

    /// Reports an event to all.
    pub fn event(&mut self, event: &Event<'_>) -> anyhow::Result<()> {
        for file in &mut self.files {
            let written = file.renderer.render(event, &mut file.bytes);
            written.with_context(|| shown(&file.path))?;
        }
        self.out.event(event)
    }

    /// Closes all reports. Files are written first: who reads standard output may have gone away.
    pub fn finish(self) -> anyhow::Result<()> {
        for mut file in self.files {
            let written = file.renderer.finish(&mut file.bytes);
            written.with_context(|| shown(&file.path))?;
            write(&file.path, &file.bytes)?;
        }
        self.out.finish()
    }
}

/// A renderer; with the paths that its readers know.
fn renderer(format: AuditFormat, terminal: Terminal, prefix: &str) -> Box<dyn Renderer> {
    let renderer = format.renderer(terminal);
    match format {
        AuditFormat::Text | AuditFormat::Json => renderer,
        _ if prefix.is_empty() => renderer,
        _ => Box::new(Below::new(prefix, renderer)),
    }
}

/// No report is written over a document, or over another report.
fn check(paths: &[&Path], listing: &Listing) -> anyhow::Result<()> {
    for (at, path) in paths.iter().enumerate() {
        if paths.iter().take(at).any(|other| other == path) {
            bail!("{}: is asked for twice", shown(path));
        }
        if path
            .file_name()
            .is_some_and(|name| name == NAME || name == CONFIG)
        {
            bail!("{}: is not a place for a report", shown(path));
        }
        let Ok(there) = path.canonicalize() else {
            continue; // It is not there yet.
        };
        let mut inputs = (listing.inputs.iter()).filter_map(Input::absolute);
        if inputs.any(|input| input.canonicalize().is_ok_and(|input| input == there)) {
            bail!("{}: is one of the documents", shown(path));
        }
    }
    Ok(())
}
