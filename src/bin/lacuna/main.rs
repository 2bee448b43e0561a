//! The command line: flags -> configuration -> run -> exit code.
//!
//! Ctrl-C keeps the system's own meaning (the shell sees 130): what changes files can be ended at any
//! step, and says how far it got.

#![forbid(unsafe_code)]

mod audit;
mod cache;
mod command;
mod config;
mod details;
mod disk;
mod events;
mod files;
mod flags;
mod gather;
mod merging;
mod order;
mod output;
mod pager;
mod picture;
mod progress;
mod reading;
mod terminal;
mod threads;
mod timings;
mod words;

use std::process::ExitCode;

use clap::Parser;

use flags::{Command, Flags};
use output::is_broken_pipe;

/// How a command ended. What it could not do is said on standard error by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// It did what it was asked.
    Done,
    /// And found what it was asked to fail on.
    Found,
    /// It could not do all it was asked.
    Incomplete,
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    let outcome = match flags.command {
        Command::Normalize(flags) => command::normalize::run(&flags),
        Command::Scan(flags) => command::scan::run(&flags),
        Command::Diff(flags) => command::diff::run(&flags),
        Command::Explain(flags) => command::explain::run(&flags),
        Command::Dedupe(flags) => command::dedupe::run(&flags),
        Command::Undo(flags) => command::undo::run(&flags),
        Command::Audit(flags) => command::audit::run(&flags),
        Command::Merge(flags) => command::merge::run(&flags),
        Command::Verify(flags) => command::verify::run(&flags),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Ok(Outcome::Incomplete) => ExitCode::from(2),
        // Whoever reads the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            words::say(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
