//! The shell around the library: which files are inputs, flags, exit codes, streams.

mod commands;
mod listing;
mod streams;
mod tree;
