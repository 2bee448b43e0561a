//! How far a long run is, on standard error.
//!
//! On a terminal one line that is written anew in place, from the first second on; elsewhere, as in
//! a log, a line every ten seconds. Nothing for a short run, and nothing that changes the output.
//! Threads that work only count; one thread of its own writes.

mod line;
#[cfg(test)]
mod tests;

use std::env;
use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use line::Line;

/// Width where the terminal does not say another one, in columns.
const WIDTH: usize = 80;

/// A part of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its number, from 1, and how many there are.
    pub step: (u32, u32),
    /// What is done: `reading`.
    pub name: &'static str,
    /// What is counted, in the plural: `files`.
    pub unit: &'static str,
    /// How many of them there are.
    pub total: u64,
    /// How many bytes they have, or 0 if nobody knows.
    pub total_bytes: u64,
}

impl Stage {
    /// The stage of this number among so many; nobody knows yet how much there is to do.
    pub const fn new(step: (u32, u32), name: &'static str, unit: &'static str) -> Self {
        Self {
            step,
            name,
            unit,
            total: 0,
            total_bytes: 0,
        }
    }

    /// The same stage, with this much to do.
    pub fn of(self, total: usize) -> Self {
        Self {
            total: total as u64,
            ..self
        }
    }
}

/// Counts work and tells how far it is, until it is dropped.
pub struct Progress {
    told: Arc<Told>,
    writer: Option<JoinHandle<()>>,
}

/// What threads count and the writer tells.
#[derive(Default)]
struct Told {
    done: AtomicU64,
    bytes: AtomicU64,
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Default)]
struct Now {
    /// What is going on, and since when; `None` while there is nothing to tell.
    stage: Option<(Stage, Instant)>,
    /// Whether a line stands on the terminal.
    shown: bool,
    over: bool,
}

/// When and how to write.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// Nothing is written before.
    first: Duration,
    /// How long between two lines.
    then: Duration,
    /// The width in which a line is written in place; `None` writes whole lines.
    in_place: Option<usize>,
}

impl Progress {
    /// Tells nothing if `quiet`.
    pub fn new(quiet: bool) -> Self {
        if quiet {
            return Self {
                told: Arc::default(),
                writer: None,
            };
        }
        Self::start(io::stderr(), pace())
    }

    fn start(out: impl Write + Send + 'static, pace: Pace) -> Self {
        let told = Arc::<Told>::default();
        let shared = Arc::clone(&told);
        // Without a thread there is no progress to see, and no harm.
        let writer = thread::Builder::new().spawn(move || shared.write(out, pace));
        Self {
            told,
            writer: writer.ok(),
        }
    }

    /// Begins a stage, at nothing done.
    pub fn stage(&self, stage: Stage) {
        let mut now = self.told.now();
        self.told.done.store(0, Ordering::Relaxed);
        self.told.bytes.store(0, Ordering::Relaxed);
        now.stage = Some((stage, Instant::now()));
    }

    /// Takes the line away until the next stage begins, so that other words can be written.
    pub fn pause(&self) {
        let mut now = self.told.now();
        now.stage = None;
        self.told.changed.notify_all();
        while now.shown {
            now = (self.told.changed.wait(now)).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Counts what is done. Costs next to nothing.
    pub fn advance(&self, done: u64, bytes: u64) {
        self.told.done.fetch_add(done, Ordering::Relaxed);
        self.told.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.told.now().over = true;
        self.told.changed.notify_all();
        if let Some(writer) = self.writer.take() {
            // It ends at once; that it failed to write is no trouble.
            let _ = writer.join();
        }
    }
}

impl Told {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes to `out` until the work is over. That nobody listens is no error.
    fn write(&self, mut out: impl Write, pace: Pace) {
        let begun = Instant::now();
        let mut wait = pace.first;
        loop {
            let (mut now, waited) = self
                .changed
                .wait_timeout_while(self.now(), wait, |now| {
                    !(now.over || now.shown && now.stage.is_none())
                })
                .unwrap_or_else(PoisonError::into_inner);
            if now.shown && (now.over || now.stage.is_none()) {
                let _ = write!(out, "\r\x1b[K").and_then(|()| out.flush());
                now.shown = false;
                self.changed.notify_all();
            }
            if now.over {
                return;
            }
            if let (true, Some((stage, since))) = (waited.timed_out(), now.stage) {
                let line = Line {
                    stage,
                    done: self.done.load(Ordering::Relaxed),
                    bytes: self.bytes.load(Ordering::Relaxed),
                    in_stage: since.elapsed(),
                    in_all: begun.elapsed(),
                };
                let written = match pace.in_place {
                    Some(width) => write!(out, "\r\x1b[K{}", line.within(width)),
                    None => writeln!(out, "lacuna: {}", line.whole()),
                };
                let _ = written.and_then(|()| out.flush());
                now.shown = pace.in_place.is_some();
            }
            wait = pace.then;
        }
    }
}

/// A terminal whose line can be written anew, or a log.
fn pace() -> Pace {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let dumb = set("TERM").is_some_and(|term| term == "dumb");
    if !io::stderr().is_terminal() || dumb || set("CI").is_some() {
        return Pace {
            first: Duration::from_secs(10),
            then: Duration::from_secs(10),
            in_place: None,
        };
    }
    let width = terminal_size::terminal_size_of(io::stderr());
    Pace {
        first: Duration::from_secs(1),
        then: Duration::from_millis(200),
        in_place: Some(width.map_or(WIDTH, |(width, _)| usize::from(width.0))),
    }
}
