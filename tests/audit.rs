//! Auditing: the lock, what is told of a loss, and the command, on real repositories.

mod baseline;
mod command;
mod copies;
mod entry;
mod formats;
mod git;
mod loss;
mod policy;
mod project;
mod renamed;
