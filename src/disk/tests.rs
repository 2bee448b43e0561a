mod conformance;
mod crashes;
mod new_folder;
/// That of the program's tests.
#[path = "../../tests/tidy/scratch.rs"]
mod scratch;

pub use scratch::{Scratch, files};
