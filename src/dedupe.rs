//! Which copies of a heap may go, because another one holds all that they do; and how they go, and
//! come back.
//!
//! [`losses`] says what would be lost, [`choose()`] which documents may go: both are pure. [`apply()`]
//! moves or links them on a [`Disk`](crate::disk::Disk), after proving it again from the bytes that
//! are there then, and keeps a [journal](Journal); [`undo()`] reads that backwards.

mod apply;
mod choose;
mod journal;
mod proof;
mod undo;

pub use apply::{Act, Apply, Fit, Planned, apply};
pub use choose::{Choice, Going, Group, choose};
pub use journal::{JOURNAL, Journal, Means, QUARANTINE};
pub use proof::{Allow, Side, losses};
pub use undo::{Back, Undo, undo};
