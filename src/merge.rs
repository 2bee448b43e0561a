//! Copies of the same texts -> one text each, and the ledger that proves it.
//!
//! [`sets`] says which documents become one; [`graft`] makes one text of them; [`account`] writes
//! down where it came from, as a line of the [`ledger`]; [`verify`] reads output and ledger again
//! and finds what is damaged. [`plan`] is what can be reviewed between the first two.
//!
//! No I/O here: whoever merges reads and writes the files.

pub mod account;
pub mod addresses;
mod charset;
pub mod graft;
pub mod ledger;
mod markup;
mod pieces;
pub mod plan;
pub mod sets;
pub mod testimony;
pub mod verify;

pub use pieces::{Piece, Rule};
