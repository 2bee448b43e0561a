//! `dedupe` and `undo`: what goes, how, and how it comes back.

mod program;
mod proof;
mod property;
mod scratch;
mod steps;
