//! Data, on standard output.

use std::io::{self, BufWriter, Write};

use anyhow::Context;
use lacuna::report::{Event, Renderer};

use crate::flags::OutputFlags;
use crate::pager::Pager;

/// A renderer that writes to standard output, or nowhere.
pub struct Output {
    renderer: Box<dyn Renderer>,
    out: Option<BufWriter<Sink>>,
}

impl Output {
    /// Writes what `renderer` makes of events, or nothing if `quiet`.
    pub fn new(renderer: Box<dyn Renderer>, quiet: bool, flags: &OutputFlags) -> Self {
        let sink = Sink::Closed(flags.clone());
        let out = (!quiet).then(|| BufWriter::with_capacity(1 << 16, sink));
        Self { renderer, out }
    }

    /// Reports an event.
    pub fn event(&mut self, event: &Event<'_>) -> anyhow::Result<()> {
        match &mut self.out {
            Some(out) => written(self.renderer.render(event, out)),
            None => Ok(()),
        }
    }

    /// Closes the report and writes what is still held back.
    pub fn finish(mut self) -> anyhow::Result<()> {
        match &mut self.out {
            Some(out) => written(self.renderer.finish(out).and_then(|()| out.flush())),
            None => Ok(()),
        }
    }
}

/// Where the output goes. A pager starts with the first of it, so that until then the terminal
/// shows what the program is at, and Ctrl-C ends it.
enum Sink {
    Closed(OutputFlags),
    Plain(io::Stdout),
    Paged(Pager),
    /// The reader has left the pager. What is still written is written for nobody, so that the
    /// exit code is the same whether they read to the end or not.
    Left,
}

impl Sink {
    fn open(&mut self) {
        if let Self::Closed(flags) = self {
            *self = Pager::start(flags).map_or_else(|| Self::Plain(io::stdout()), Self::Paged);
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.open();
        let written = match self {
            Self::Plain(out) => return out.write(bytes),
            Self::Paged(pager) => pager.write(bytes),
            Self::Closed(_) | Self::Left => return Ok(bytes.len()),
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                *self = Self::Left;
                Ok(bytes.len())
            }
            other => other,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Paged(pager) => pager.flush(),
            Self::Closed(_) | Self::Left => Ok(()),
        }
    }
}

fn written(result: io::Result<()>) -> anyhow::Result<()> {
    result.context("standard output")
}

/// Whether the only trouble is that whoever reads the output went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
