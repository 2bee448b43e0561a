//! A run that ends at any step leaves a folder that is whole or says that it is unfinished, and
//! that can be finished to the same bytes.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::new_folder::{mark, name};
use super::{Scratch, files};
use crate::Error;
use crate::disk::{Beneath, Disk, Fate, Name, NewFolder, State, Step, Watched, Written, state};

/// What is written.
const FILES: [(&str, &str); 4] = [
    ("a.md", "one text"),
    ("课程/一.md", "另一篇"),
    ("课程/deep/empty.md", ""),
    ("b.md", "one more"),
];

fn write(disk: &dyn Disk, out: &Path, resume: bool) -> Result<Written, Error> {
    let folder = NewFolder::begin(disk, out, &mark("plan"), resume)?;
    let mut ledger = folder.grow(&Name::own("ledger.jsonl"))?;
    for (path, text) in FILES {
        folder.write(&name(path), text.as_bytes(), None)?;
        ledger.write(path.as_bytes())?;
    }
    ledger.finish()?;
    folder.finish(|back| back.read(&name("a.md")).map(drop))
}

fn real(scratch: &Scratch) -> Beneath {
    Beneath::new([scratch.path().to_path_buf()]).unwrap()
}

/// One thread, so that the n-th step is always the same one.
fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    pool.install(work)
}

/// Runs with `fate` for step `n` and whether it happened; gives the result, and whether there was
/// such a step.
fn run(
    scratch: &Scratch,
    out: &Path,
    n: u64,
    fate: &(dyn Fn(Step) -> Fate + Sync),
) -> (Result<Written, Error>, bool) {
    let steps = AtomicU64::new(0);
    let disk = Watched::new(real(scratch), |step| {
        match steps.fetch_add(1, Ordering::Relaxed) {
            at if at == n => fate(step),
            _ => Fate::Taken,
        }
    });
    let result = alone(|| write(&disk, out, false));
    (result, steps.load(Ordering::Relaxed) > n)
}

/// The whole folder, as it should be.
fn whole() -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let scratch = Scratch::new();
    let out = scratch.join("out");
    write(&real(&scratch), &out, false).unwrap();
    files(&out)
}

/// Checks for every step: what is left, and what becomes of it.
fn at_every_step(what: &str, ends: bool, fate: &(dyn Fn(Step) -> Fate + Sync)) {
    let expected = whole();
    let mut n = 0;
    loop {
        let scratch = Scratch::new();
        let out = scratch.join("out");
        fs::write(scratch.join("input.md"), "an input").unwrap();
        let (result, taken) = run(&scratch, &out, n, fate);
        if !taken {
            break;
        }
        let left = state(&out).unwrap();
        let place = format!("{what} at step {n}: {result:?}, {left:?}");
        assert!(ends || result.is_ok(), "{place}");
        assert_ne!(left, State::Other, "{place}");
        if result.is_ok() {
            assert_eq!(left, State::Finished, "{place}");
        }
        if left == State::Finished {
            assert_eq!(files(&out), expected, "{place}");
        } else {
            write(&real(&scratch), &out, true).expect(&place);
            assert_eq!(state(&out).unwrap(), State::Finished, "{place}");
            assert_eq!(files(&out), expected, "{place}");
        }
        assert_eq!(fs::read(scratch.join("input.md")).unwrap(), b"an input");
        n += 1;
    }
    assert!(n > 60, "only {n} steps were seen");
}

#[test]
fn every_error_at_every_step() {
    let errors = [
        ("no space", io::ErrorKind::StorageFull),
        ("over quota", io::ErrorKind::QuotaExceeded),
        ("no permission", io::ErrorKind::PermissionDenied),
        ("read-only", io::ErrorKind::ReadOnlyFilesystem),
        ("an I/O error", io::ErrorKind::Other),
    ];
    for (what, kind) in errors {
        at_every_step(what, true, &move |_| Fate::Fails(kind.into()));
    }
}

#[test]
fn an_error_of_what_happened_all_the_same() {
    at_every_step("an I/O error, done", true, &|_| {
        Fate::HappensAndFails(io::ErrorKind::Other.into())
    });
}

#[test]
fn a_signal_or_a_short_write_is_no_error() {
    at_every_step("a signal", false, &|_| {
        Fate::Fails(io::ErrorKind::Interrupted.into())
    });
    at_every_step("a short write", false, &|_| Fate::Short);
}

/// After a step that fails, all later ones fail too, as on a disk that is gone; then it is back.
#[test]
fn a_disk_that_goes_away() {
    let expected = whole();
    let mut n = 0;
    loop {
        let scratch = Scratch::new();
        let out = scratch.join("out");
        let steps = AtomicU64::new(0);
        let disk = Watched::new(real(&scratch), |_| {
            match steps.fetch_add(1, Ordering::Relaxed) >= n {
                true => Fate::Fails(io::ErrorKind::Other.into()),
                false => Fate::Taken,
            }
        });
        let result = alone(|| write(&disk, &out, false));
        if result.is_ok() {
            break;
        }
        // A second run that ends early, one step later, changes nothing of that.
        let again = AtomicU64::new(0);
        let disk = Watched::new(real(&scratch), |_| {
            match again.fetch_add(1, Ordering::Relaxed) > n {
                true => Fate::Fails(io::ErrorKind::Other.into()),
                false => Fate::Taken,
            }
        });
        if state(&out).unwrap() != State::Finished {
            let _ = alone(|| write(&disk, &out, true));
        }
        if state(&out).unwrap() != State::Finished {
            write(&real(&scratch), &out, true).unwrap();
        }
        assert_eq!(files(&out), expected, "at step {n}");
        n += 1;
    }
    assert!(n > 60, "only {n} steps were seen");
}
