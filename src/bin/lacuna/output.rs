//! Data, on standard output.

use std::io::{self, BufWriter, StdoutLock, Write};

use anyhow::Context;
use lacuna::report::{Event, Renderer};

/// A renderer that writes to standard output, or nowhere.
pub struct Output {
    renderer: Box<dyn Renderer>,
    out: Option<BufWriter<StdoutLock<'static>>>,
}

impl Output {
    /// Writes what `renderer` makes of events, or nothing if `quiet`.
    pub fn new(renderer: Box<dyn Renderer>, quiet: bool) -> Self {
        let out = (!quiet).then(|| BufWriter::with_capacity(1 << 16, io::stdout().lock()));
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
