//! The most memory that the program holds while it normalises one document.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::texts::{self, Heap};

/// A document that shows what the program holds without any.
const SMALL: usize = 1_000;

/// Prints a line for each kind of text, if the system tells what a process holds.
pub fn print(size: usize) {
    for heap in [texts::plain(size), texts::markdown(size), texts::html(size)] {
        // A run that is over too soon to be asked held next to nothing.
        let small = peak(&heap, SMALL).unwrap_or(0);
        match peak(&heap, heap.bytes()) {
            Some(full) => println!(
                "{:22} {:5.1} MB  memory {:4.1} x  (target 6)",
                heap.name,
                heap.bytes() as f64 / 1e6,
                full.saturating_sub(small) as f64 / heap.bytes() as f64,
            ),
            None => println!("{:22} memory: not told by this system", heap.name),
        }
    }
}

/// Bytes that a run of `lacuna normalize` holds at its peak, given up to `size` bytes of the heap
/// as one document.
fn peak(heap: &Heap, size: usize) -> Option<u64> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("bench")
        .with_extension(heap.extension);
    let mut document = heap.documents.concat();
    document.truncate(size);
    fs::write(&path, document).ok()?;
    let mut run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .arg("normalize")
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let status = format!("/proc/{}/status", run.id());
    let mut output = run.stdout.take()?;
    let mut buffer = vec![0; 1 << 16];
    let mut peak = None;
    // The program waits for the pipe, so it is there to be asked as long as there is output.
    while output.read(&mut buffer).is_ok_and(|length| length > 0) {
        peak = high_water(&status).or(peak);
    }
    run.wait().ok()?;
    let _ = fs::remove_file(path);
    peak
}

fn high_water(status: &str) -> Option<u64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
