//! How long the way from bytes to blocks takes, and that from blocks to a signature, as a multiple
//! of the time that SHA-256 takes to hash the same bytes: single thread, in this process, for each
//! document the best of several rounds.
//!
//! The texts are made here from a few dozen sentences, so caches and branch predictors see more of
//! the same than in real heaps; `LACUNA_BENCH_HTML=FOLDER` measures the HTML files of a folder,
//! too. `-- --short` takes a tenth of the bytes.

mod memory;
mod texts;

use std::hint::black_box;
use std::time::{Duration, Instant};

use lacuna::index::signature::Signature;
use lacuna::normalize::{Options, normalize};
use lacuna::text::Witness;
use sha2::{Digest, Sha256};
use texts::Heap;

fn main() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    one.expect("a thread can be started").install(measure);
}

fn measure() {
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

/// Measures all of them and prints a line for each way.
fn speed(heap: &Heap, rounds: usize) {
    check(heap);
    let options = Options::default();
    let (mut sha, mut whole, mut signature) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for document in &heap.documents {
        let read = || normalize(black_box(document), Some(heap.extension), &options);
        let witness = read().unwrap_or_default();
        let sign = |witness: &Witness| Signature::of(black_box(witness));
        let mut best = [Duration::MAX; 3];
        // By turns, so that a slow moment of the machine hits all.
        for _ in 0..rounds {
            best[0] = best[0].min(time(|| Sha256::digest(black_box(document))));
            best[1] = best[1].min(time(read));
            best[2] = best[2].min(time(|| sign(&witness)));
        }
        sha += best[0];
        whole += best[1];
        signature += best[2];
    }
    let times = |time: Duration| time.as_secs_f64() / sha.as_secs_f64();
    let (name, megabytes) = (heap.name, heap.bytes() as f64 / 1e6);
    let pace = heap.bytes() as f64 / sha.as_secs_f64() / 1e9;
    let (whole, target, signature) = (times(whole), heap.target, times(signature));
    println!(
        "{name:22} {megabytes:5.1} MB  sha2 {pace:4.2} GB/s  normalize {whole:4.1} x  (target {target})"
    );
    println!("{name:22} {megabytes:5.1} MB  sha2 {pace:4.2} GB/s  signature {signature:4.1} x");
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

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}
