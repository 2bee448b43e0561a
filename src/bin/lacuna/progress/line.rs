//! What a line of progress says.

use std::time::Duration;

use super::Stage;

/// The time left is told after this much of a stage, …
const ENOUGH: Duration = Duration::from_secs(2);
/// … and once this share of it is done: a guess from less jumps about.
const ENOUGH_SHARE: f64 = 0.01;

/// How far the work is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub stage: Stage,
    pub done: u64,
    pub bytes: u64,
    /// Since the stage began.
    pub in_stage: Duration,
    /// Since the work began.
    pub in_all: Duration,
}

impl Line {
    /// `1/3 reading: 12345 of 20000 files, 61.4 of 99.1 MB, 61 %, 12 s left`
    pub fn whole(&self) -> String {
        self.parts().concat()
    }

    /// As much of it as is narrower than `width`.
    pub fn within(&self, width: usize) -> String {
        let mut line = String::new();
        for part in self.parts() {
            // In the last column a terminal may begin a new line.
            if line.len() + part.len() >= width {
                break;
            }
            line += &part;
        }
        line
    }

    fn parts(&self) -> Vec<String> {
        let Stage {
            step,
            name,
            unit,
            total,
            total_bytes,
        } = self.stage;
        let mut parts = vec![format!("{}/{} {name}", step.0, step.1)];
        if total > 0 {
            parts.push(format!(": {} of {total} {unit}", self.done.min(total)));
        }
        if self.bytes > 0 {
            parts.push(match total_bytes {
                0 => format!(", {} MB", megabytes(self.bytes)),
                all => format!(", {} of {} MB", megabytes(self.bytes), megabytes(all)),
            });
        }
        if let Some(share) = self.share() {
            parts.push(format!(", {} %", (100.0 * share) as u64));
        }
        match self.left() {
            Some(left) => parts.push(format!(", {} left", time(left))),
            None => parts.push(format!(", {} so far", time(self.in_all))),
        }
        parts
    }

    /// How much of the stage is done: of its bytes, if they are known.
    fn share(&self) -> Option<f64> {
        let (done, total) = match self.stage.total_bytes {
            0 => (self.done, self.stage.total),
            all => (self.bytes, all),
        };
        (done > 0 && total > 0).then(|| (done as f64 / total as f64).min(1.0))
    }

    /// How long the stage will take from here at the pace it had.
    fn left(&self) -> Option<Duration> {
        let enough = |share: &f64| self.in_stage >= ENOUGH && *share >= ENOUGH_SHARE;
        let share = self.share().filter(enough)?;
        Duration::try_from_secs_f64(self.in_stage.as_secs_f64() * (1.0 - share) / share).ok()
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}

/// `12 s`, `3 min 5 s`, `2 h 10 min`
fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}
