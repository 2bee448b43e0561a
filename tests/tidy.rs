//! `dedupe` and `undo`: what goes, how, and how it comes back.

mod full_disk;
mod program;
mod proof;
mod property;
pub mod scratch;
pub mod small;
mod steps;
