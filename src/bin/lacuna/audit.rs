//! What `audit` needs of the world: folders, files, git, the day.

mod accept;
mod known;
mod place;
mod write;

pub use accept::Accepted;
pub use known::{Tree, gather};
pub use place::Place;
pub use write::write;
