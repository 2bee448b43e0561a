//! How long `lacuna diff` takes, next to `git diff --no-index --word-diff` and `difft`
//! (difftastic), each as a process that writes to nowhere: wall clock, the best of some rounds. A
//! peer that takes longer than two minutes is stopped, and one that is not installed is left out.
//!
//! Each pair is measured at half its size, too: twice the text should take twice the time.
//!
//! `-- --short` takes an eighth of the bytes, `-- --alone` leaves the peers out, any other word
//! names the kinds of pairs that are wanted.

mod pairs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pairs::{KINDS, Kind, Language};

/// How long a peer may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often the process is looked at: how long it ran, and how much memory it has had.
const LOOK: Duration = Duration::from_millis(1);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let wanted: Vec<&String> = (arguments.iter())
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let divisor = if has("--short") { 8 } else { 1 };
    let folder = std::env::temp_dir().join(format!("lacuna-bench-diff-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the pairs");
    println!(
        "| pair | text | MB | lacuna | of half the size | memory | git word-diff | difftastic |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    for kind in &KINDS {
        if wanted.iter().all(|name| kind.name.contains(name.as_str())) {
            for language in Language::ALL {
                line(
                    &folder,
                    kind,
                    language,
                    kind.size / divisor,
                    !has("--alone"),
                );
            }
        }
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Measures a pair and prints a row of the table.
fn line(folder: &Path, kind: &Kind, language: Language, size: usize, with_peers: bool) {
    let half = Pair::write(folder, "half", (kind.make)(language, size / 2));
    let whole = Pair::write(folder, "whole", (kind.make)(language, size));
    whole.check(kind);
    let of_half = half.best(5, Pair::lacuna).expect("lacuna finishes");
    let own = whole.best(5, Pair::lacuna).expect("lacuna finishes");
    let growth = own.time.as_secs_f64() / of_half.time.as_secs_f64();
    let bytes = own.memory as f64 / whole.bytes as f64;
    let peer = |command: fn(&Pair) -> Command| {
        let run = with_peers.then(|| whole.best(1, command));
        match run {
            None => "".to_owned(),
            Some(Ok(run)) => {
                let ratio = run.time.as_secs_f64() / own.time.as_secs_f64();
                format!("{:.2} s, {ratio:.1} x", run.time.as_secs_f64())
            }
            Some(Err(why)) => why.to_owned(),
        }
    };
    println!(
        "| {} | {} | {:.1} | {:.3} s | {growth:.1} x | {bytes:.1} x | {} | {} |",
        kind.name,
        language.name(),
        whole.bytes as f64 / 1e6,
        own.time.as_secs_f64(),
        peer(Pair::git),
        peer(Pair::difftastic),
    );
}

/// Two files.
struct Pair {
    base: PathBuf,
    copy: PathBuf,
    /// Of both.
    bytes: usize,
}

/// One run of a program.
struct Run {
    time: Duration,
    /// The most memory it had, in bytes; 0 where that cannot be told.
    memory: u64,
}

impl Pair {
    fn write(folder: &Path, name: &str, (base, copy): (String, String)) -> Self {
        let write = |side: &str, text: &str| {
            let path = folder.join(format!("{name}-{side}.txt"));
            fs::write(&path, text).expect("the folder can be written to");
            path
        };
        Self {
            base: write("base", &base),
            copy: write("copy", &copy),
            bytes: base.len() + copy.len(),
        }
    }

    fn lacuna(&self) -> Command {
        self.with(env!("CARGO_BIN_EXE_lacuna"), &["diff"])
    }

    fn git(&self) -> Command {
        self.with("git", &["diff", "--no-index", "--word-diff", "--no-color"])
    }

    fn difftastic(&self) -> Command {
        self.with("difft", &["--color=never"])
    }

    fn with(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).args([&self.base, &self.copy]);
        command
    }

    /// A measurement of a wrong result would say nothing.
    fn check(&self, kind: &Kind) {
        let out = self
            .lacuna()
            .arg("--format=json")
            .output()
            .expect("lacuna runs");
        let json = String::from_utf8_lossy(&out.stdout);
        let verdict = format!("\"verdict\":\"{}\"", kind.verdict);
        let told: String = json.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(
            told.contains(&verdict),
            "{} is not {}",
            kind.name,
            kind.verdict
        );
    }

    /// The fastest of some runs, fewer if they take long.
    fn best(&self, rounds: usize, command: fn(&Self) -> Command) -> Result<Run, &'static str> {
        let mut best = run(command(self))?;
        for _ in 1..rounds {
            if best.time > Duration::from_secs(3) {
                break;
            }
            let next = run(command(self))?;
            if next.time < best.time {
                best = next;
            }
        }
        Ok(best)
    }
}

/// Runs a program to its end, or as long as there is patience.
fn run(mut command: Command) -> Result<Run, &'static str> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let Ok(mut child) = command.spawn() else {
        return Err("not installed");
    };
    let mut memory = 0;
    loop {
        memory = memory.max(peak(child.id()));
        match child.try_wait() {
            Ok(Some(status)) if status.code().is_some_and(|code| code <= 1) => {
                let time = start.elapsed();
                return Ok(Run { time, memory });
            }
            Ok(Some(_)) | Err(_) => return Err("failed"),
            Ok(None) if start.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                return Err("over 120 s");
            }
            Ok(None) => std::thread::sleep(LOOK),
        }
    }
}

/// The most memory a process has had so far, in bytes, where the system tells.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
