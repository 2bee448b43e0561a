//! The commands: each runs to its [`Outcome`](crate::Outcome).

pub mod audit;
pub mod dedupe;
pub mod diff;
pub mod explain;
pub mod merge;
pub mod normalize;
pub mod scan;
pub mod undo;
pub mod verify;
