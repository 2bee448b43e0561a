//! The threads that a command works with.

use rayon::ThreadPoolBuilder;

/// More threads than this are not started, however many are asked for: starting thousands takes
/// longer than any scan.
const MOST: usize = 256;

/// Starts `count` threads; 0 is one for each core. Once in a run.
pub fn start(count: usize) -> anyhow::Result<()> {
    ThreadPoolBuilder::new()
        .num_threads(count.min(MOST))
        .build_global()?;
    Ok(())
}
