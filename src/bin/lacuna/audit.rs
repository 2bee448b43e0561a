//! What `audit` needs of the world: folders, files, git.

mod accept;
mod against;
mod findings;
mod git;
mod known;
mod place;
mod reports;
mod write;

pub use accept::Accepted;
pub use against::Base;
pub use findings::{allowed, find, settle};
pub use known::{Tree, Ways, gather};
pub use place::{CONFIG, Place};
pub use reports::Reports;
pub use write::write;
