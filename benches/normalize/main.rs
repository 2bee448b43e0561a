//! How long the way from bytes to blocks takes, as a multiple of the time that SHA-256 takes to
//! hash the same bytes: single thread, in this process, best of several rounds each.
//!
//! The texts are made here from a few dozen sentences, so caches and branch predictors see more of
//! the same than in real heaps; `LACUNA_BENCH_HTML=FOLDER` measures the HTML files of a folder,
//! too. `-- --short` takes a tenth of the bytes.

mod memory;
mod texts;

use std::hint::black_box;
use std::time::{Duration, Instant};

use lacuna::normalize::{Options, normalize};
use sha2::{Digest, Sha256};
use texts::Heap;

fn main() {
    let short = std::env::args().any(|argument| argument == "--short");
    let (size, rounds) = if short { (1 << 20, 5) } else { (10 << 20, 9) };
    let folder = std::env::var_os("LACUNA_BENCH_HTML");
    let heaps = [texts::plain(size), texts::markdown(size), texts::html(size)];
    for heap in heaps
        .into_iter()
        .chain(folder.and_then(|folder| texts::files(folder.as_ref())))
    {
        speed(&heap, rounds);
    }
    memory::print(if short { 10 << 20 } else { 50 << 20 });
}

/// Measures both and prints a line.
fn speed(heap: &Heap, rounds: usize) {
    check(heap);
    let options = Options::default();
    let mut sha = Duration::MAX;
    let mut whole = Duration::MAX;
    // By turns, so that a slow moment of the machine hits both.
    for _ in 0..rounds {
        sha = sha.min(time(|| {
            for document in &heap.documents {
                black_box(Sha256::digest(black_box(document)));
            }
        }));
        whole = whole.min(time(|| {
            for document in &heap.documents {
                let witness = normalize(black_box(document), Some(heap.extension), &options);
                let _ = black_box(witness);
            }
        }));
    }
    println!(
        "{:22} {:5.1} MB  sha2 {:4.2} GB/s  normalize {:4.1} x  (target {})",
        heap.name,
        heap.bytes() as f64 / 1e6,
        heap.bytes() as f64 / sha.as_secs_f64() / 1e9,
        whole.as_secs_f64() / sha.as_secs_f64(),
        heap.target,
    );
}

/// A measurement of a wrong result would say nothing.
fn check(heap: &Heap) {
    for document in &heap.documents {
        let witness = normalize(document, Some(heap.extension), &Options::default());
        let witness = witness.expect("documents are small");
        assert!(!witness.blocks.is_empty(), "{}: no blocks", heap.name);
        assert!(
            witness.text.contains(heap.last_words),
            "{}: words are lost",
            heap.name
        );
        if let Some(comments) = heap.comments {
            assert_eq!(witness.comments.len(), comments, "{}: comments", heap.name);
        }
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
