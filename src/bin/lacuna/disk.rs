//! The disk that commands change files on.

use std::io;
use std::path::PathBuf;

use lacuna::disk::{Beneath, Disk};

/// The file system beneath `roots`.
#[cfg(not(debug_assertions))]
pub fn open(roots: Vec<PathBuf>) -> io::Result<Box<dyn Disk>> {
    Ok(Box::new(Beneath::new(roots)?))
}

/// The same; for tests, the program ends at once before the step whose number this variable holds,
/// as if it were killed there: nothing is cleaned up, nothing is written out.
#[cfg(debug_assertions)]
pub fn open(roots: Vec<PathBuf>) -> io::Result<Box<dyn Disk>> {
    use std::sync::atomic::{AtomicU64, Ordering};

    use lacuna::disk::{Fate, Watched};

    let real = Beneath::new(roots)?;
    let last = std::env::var("LACUNA_DIE_AT_STEP").ok();
    let Some(last) = last.and_then(|last| last.parse::<u64>().ok()) else {
        return Ok(Box::new(real));
    };
    let steps = AtomicU64::new(0);
    Ok(Box::new(Watched::new(real, move |_| {
        if steps.fetch_add(1, Ordering::Relaxed) >= last {
            std::process::abort();
        }
        Fate::Taken
    })))
}
