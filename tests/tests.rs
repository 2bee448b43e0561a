//! The one integration-test binary: it links once, and runs the program as a user would.

mod architecture;
mod audit;
mod audit_samples;
mod collation;
mod contract;
mod cuts;
mod dumps;
mod hostile;
mod identity;
mod merging;
mod program;
mod readme;
mod remarks;
mod repetition;
mod samples;
mod seeds;
mod shell;
mod snapshots;
mod structure;
mod table;
mod tidy;
