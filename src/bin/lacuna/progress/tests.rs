use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::line::Line;
use super::{Pace, Progress, Stage};

const READING: Stage = Stage {
    step: (1, 3),
    name: "reading",
    unit: "files",
    total: 20_000,
    total_bytes: 0,
};

#[test]
fn a_line_says_what_is_known() {
    let line = |stage, done, bytes, seconds| Line {
        stage,
        done,
        bytes,
        in_stage: Duration::from_secs(seconds),
        in_all: Duration::from_secs(seconds + 100),
    };
    let sized = Stage {
        total_bytes: 100_000_000,
        ..READING
    };
    let blind = Stage {
        name: "listing",
        total: 0,
        ..READING
    };
    for (line, expected) in [
        (
            line(READING, 5_000, 1_250_000, 30),
            "1/3 reading: 5000 of 20000 files, 1.2 MB, 25 %, 1 min 30 s left",
        ),
        (
            line(sized, 5_000, 50_000_000, 30),
            "1/3 reading: 5000 of 20000 files, 50.0 of 100.0 MB, 50 %, 30 s left",
        ),
        (
            line(READING, 1, 0, 1),
            "1/3 reading: 1 of 20000 files, 0 %, 1 min 41 s so far",
        ),
        (
            line(READING, 199, 0, 99),
            "1/3 reading: 199 of 20000 files, 0 %, 3 min 19 s so far",
        ),
        (
            line(READING, 200, 0, 99),
            "1/3 reading: 200 of 20000 files, 1 %, 2 h 43 min left",
        ),
        (
            line(READING, 0, 0, 30),
            "1/3 reading: 0 of 20000 files, 2 min 10 s so far",
        ),
        (line(blind, 7, 0, 30), "1/3 listing, 2 min 10 s so far"),
        (
            line(sized, 20_001, 100_000_001, 9),
            "1/3 reading: 20000 of 20000 files, 100.0 of 100.0 MB, 100 %, 0 s left",
        ),
    ] {
        assert_eq!(line.whole(), expected);
        assert_eq!(line.within(80), expected);
        for width in 0..80 {
            let short = line.within(width);
            assert!(short.len() < width.max(1), "{short:?} in {width}");
            assert!(expected.starts_with(&short));
        }
    }
}

/// A place to write to, read from elsewhere.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Written {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Waits until `enough` is true of what is written.
    fn wait_for(&self, enough: impl Fn(&str) -> bool) {
        for _ in 0..2_000 {
            if enough(&self.text()) {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("{:?}", self.text());
    }
}

fn start(first: u64, in_place: Option<usize>) -> (Progress, Written) {
    let out = Written::default();
    let pace = Pace {
        first: Duration::from_millis(first),
        then: Duration::from_millis(1),
        in_place,
    };
    (Progress::start(out.clone(), pace), out)
}

#[test]
fn a_line_is_written_anew_in_place_and_taken_away() {
    let (progress, out) = start(0, Some(80));
    progress.stage(READING);
    progress.advance(5, 1);
    out.wait_for(|text| text.contains("\r\x1b[K1/3 reading: 5 of 20000 files, 0.0 MB, 0 %"));
    progress.pause();
    let paused = out.text();
    assert!(paused.ends_with("\r\x1b[K"), "{paused:?}");
    thread::sleep(Duration::from_millis(20));
    assert_eq!(out.text(), paused);
    progress.stage(Stage {
        step: (2, 3),
        ..READING
    });
    out.wait_for(|text| text.contains("\r\x1b[K2/3 reading: 0 of 20000 files"));
    drop(progress);
    assert!(out.text().ends_with("\r\x1b[K"));
    assert!(!out.text().contains('\n'));
}

#[test]
fn a_log_gets_whole_lines() {
    let (progress, out) = start(0, None);
    progress.stage(READING);
    out.wait_for(|text| text.lines().count() > 2);
    progress.pause();
    drop(progress);
    for line in out.text().lines() {
        assert!(
            line.starts_with("lacuna: 1/3 reading: 0 of 20000 files"),
            "{line:?}"
        );
    }
}

#[test]
fn a_short_run_is_silent() {
    for in_place in [None, Some(80)] {
        let (progress, out) = start(60_000, in_place);
        progress.stage(READING);
        progress.advance(20_000, 0);
        progress.pause();
        drop(progress);
        assert_eq!(out.text(), "");
    }
}

#[test]
fn quiet_is_silent_and_counts_all_the_same() {
    let progress = Progress::new(true);
    progress.stage(READING);
    progress.advance(1, 1);
    progress.pause();
}
