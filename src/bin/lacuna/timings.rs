//! How long each stage of a command took, for `--timings`.

use std::time::{Duration, Instant};

use crate::words;

/// The stages of a command, one after the other.
pub struct Timings {
    stages: Vec<(&'static str, Duration)>,
    since: Instant,
}

impl Timings {
    /// The first stage begins.
    pub fn start() -> Self {
        Self {
            stages: Vec::new(),
            since: Instant::now(),
        }
    }

    /// What has been done since the last stage was `stage`.
    pub fn done(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.since));
        self.since = now;
    }

    /// Says how long each stage took, and how large a share of all that was.
    pub fn say(&self) {
        let total: Duration = self.stages.iter().map(|(_, took)| *took).sum();
        for (stage, took) in &self.stages {
            let share = 100.0 * took.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
            words::say(&format!(
                "{stage:>8} {:9.3} s {share:4.0} %",
                took.as_secs_f64()
            ));
        }
        words::say(&format!("{:>8} {:9.3} s", "all", total.as_secs_f64()));
    }
}
