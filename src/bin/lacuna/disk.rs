//! The disk that commands change files on.

use std::io;
use std::path::PathBuf;

use lacuna::disk::{Beneath, Disk};

/// The file system beneath `roots`.
#[cfg(not(debug_assertions))]
pub fn open(roots: Vec<PathBuf>) -> io::Result<Box<dyn Disk>> {
    Ok(Box::new(Beneath::new(roots)?))
}

/// The same; for tests, the step whose number one of these variables holds is no step like others:
/// before `LACUNA_DIE_AT_STEP` the program ends at once, as if it were killed there (nothing is
/// cleaned up, nothing is written out); `LACUNA_FAIL_AT_STEP` fails with an I/O error.
#[cfg(debug_assertions)]
pub fn open(roots: Vec<PathBuf>) -> io::Result<Box<dyn Disk>> {
    use std::sync::atomic::{AtomicU64, Ordering};

    use lacuna::disk::{Fate, Watched};

    let number = |name| std::env::var(name).ok()?.parse::<u64>().ok();
    let real = Beneath::new(roots)?;
    let (last, failing) = (number("LACUNA_DIE_AT_STEP"), number("LACUNA_FAIL_AT_STEP"));
    if last.is_none() && failing.is_none() {
        return Ok(Box::new(real));
    }
    let steps = AtomicU64::new(0);
    Ok(Box::new(Watched::new(real, move |_| {
        let step = steps.fetch_add(1, Ordering::Relaxed);
        if last.is_some_and(|last| step >= last) {
            std::process::abort();
        }
        match failing == Some(step) {
            true => Fate::Fails(io::Error::from_raw_os_error(EIO)),
            false => Fate::Taken,
        }
    })))
}

/// The system's number for an I/O error.
#[cfg(debug_assertions)]
const EIO: i32 = 5;
