//! The commands: each runs to its [`Outcome`](crate::Outcome).

pub mod diff;
pub mod normalize;
pub mod scan;
