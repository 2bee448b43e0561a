//! The shell around the library: which files are inputs, flags, exit codes, streams.

mod cache;
pub mod call;
mod commands;
mod comparison;
mod configuration;
mod explain;
mod folders;
mod git;
mod help;
mod lessons;
mod listing;
mod merge;
mod report;
mod selection;
mod streams;
mod table;
mod terminal;
pub mod tree;
mod views;
mod words;

pub use tree::Tree;
