//! Which witnesses of a heap to compare, and how the related ones form groups.
//!
//! [`signature`] says little of a text in little space, [`candidates`] proposes pairs from the
//! signatures, [`boilerplate`] tells which of them rest on text that is everywhere, [`groups`] forms stars from what a comparison says of them. Nothing here decides
//! that two texts are alike: a candidate is a proposal.

pub mod boilerplate;
pub mod candidates;
pub mod groups;
mod postings;
pub mod sieve;
pub mod signature;
