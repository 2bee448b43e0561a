//! `lacuna` finds the copies in a heap of documents, says what each copy lacks, and merges them
//! without losing anything.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod collate;
pub mod error;
pub mod index;
pub mod normalize;
pub mod report;
pub mod scan;
pub mod source;
pub mod text;

pub use error::{Error, ErrorKind};
