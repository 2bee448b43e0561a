//! Auditing: the lock, what is told of a loss, and the command, on real repositories.

mod command;
mod entry;
mod loss;
mod project;
