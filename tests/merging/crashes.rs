//! A merge that is cut short: the dumps stay as they are, the output is whole or says that it is
//! unfinished, and `--resume` finishes it as if nothing had happened.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::program::{Run, command};
use crate::tidy::scratch::{Scratch, files};
use crate::tidy::small::Small;

type Files = Vec<(PathBuf, Vec<u8>)>;

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let output = command(folder, arguments).output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Two dumps, and what a merge of them writes that nothing disturbs.
struct Case {
    scratch: Scratch,
    flags: &'static [&'static str],
    dumps: [Files; 2],
    whole: Files,
}

impl Case {
    /// The dumps that come with the project.
    #[cfg(debug_assertions)]
    fn samples(flags: &'static [&'static str]) -> Self {
        Self::new(flags, |scratch| {
            for (dump, year) in [("a", "2022"), ("b", "2024")] {
                for (path, bytes) in files(&crate::program::root().join("samples/dumps").join(year))
                {
                    put(&scratch.join(dump).join(path), &bytes);
                }
            }
        })
    }

    /// `count` texts, each of which both dumps have in part.
    fn of(count: usize, flags: &'static [&'static str]) -> Self {
        Self::new(flags, |scratch| {
            for number in 0..count {
                let line = |at: usize| {
                    let words = (0..12).map(|word| format!("w{number}x{at}x{word} "));
                    format!("{}.\n\n", words.collect::<String>())
                };
                let part = |lines: std::ops::Range<usize>| lines.map(line).collect::<String>();
                let name = format!("{number:03}.md");
                put(&scratch.join("a").join(&name), part(0..30).as_bytes());
                put(&scratch.join("b").join(&name), part(5..35).as_bytes());
            }
        })
    }

    fn new(flags: &'static [&'static str], fill: impl Fn(&Scratch)) -> Self {
        let scratch = Scratch::new();
        fill(&scratch);
        let dumps = ["a", "b"].map(|dump| files(&scratch.join(dump)));
        let mut case = Self {
            scratch,
            flags,
            dumps,
            whole: Files::new(),
        };
        case.merge("undisturbed", &[]).expect(0);
        case.whole = files(&case.scratch.join("undisturbed"));
        case.verify("undisturbed").expect(0);
        assert!(case.whole.len() > 2);
        case
    }

    fn command(&self, out: &str, more: &[&str]) -> Command {
        let flags = [&["merge", "-q", "a", "b", "-o", out], self.flags, more].concat();
        command(self.scratch.path(), &flags)
    }

    fn merge(&self, out: &str, more: &[&str]) -> Run {
        let flags = [&["merge", "-q", "a", "b", "-o", out], self.flags, more].concat();
        run(self.scratch.path(), &flags)
    }

    fn verify(&self, out: &str) -> Run {
        let against = ["--against", "a", "--against", "b"];
        run(
            self.scratch.path(),
            &[&["verify", "-q", out], &against[..]].concat(),
        )
    }

    /// Whether `out` is unfinished. Either way nothing but it has changed, and a run to the end
    /// makes of it what an undisturbed one makes.
    #[track_caller]
    fn ensure_it_can_be_finished(&self, out: &str, place: &str) -> bool {
        for (dump, before) in ["a", "b"].iter().zip(&self.dumps) {
            let same = files(&self.scratch.join(dump)) == *before;
            assert!(same, "{place}: {dump} has changed");
        }
        let verified = self.verify(out);
        let whole = files(&self.scratch.join(out)) == self.whole;
        match verified.code {
            0 => assert!(whole, "{place}: is no output of this merge"),
            2 => {
                let resumed = self.merge(out, &["--resume"]);
                assert_eq!(resumed.code, 0, "{place}: {}", resumed.stderr);
                let there = files(&self.scratch.join(out));
                assert!(there == self.whole, "{place}: other files than undisturbed");
            }
            code => panic!("{place}: verify gives {code}: {}", verified.text()),
        }
        verified.code == 2
    }
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The program dies before each of its steps in turn; and where it is resumed, it dies there too.
#[cfg(debug_assertions)]
#[test]
fn it_can_die_at_every_step() {
    for flags in [&["--threads", "1"][..], &["--keep-originals"]] {
        let case = Case::samples(flags);
        let (step, unfinished) = (AtomicU32::new(0), AtomicU32::new(0));
        let one_after_another = || loop {
            let step = step.fetch_add(1, Ordering::Relaxed);
            let (out, place) = (format!("out{step}"), format!("{flags:?} step {step}"));
            let die = |more: &[&str]| {
                let mut dying = case.command(&out, more);
                dying.env("LACUNA_DIE_AT_STEP", step.to_string());
                dying.stderr(Stdio::null()).status().unwrap().code()
            };
            let killed = die(&[]).is_none();
            if killed && step % 3 == 0 {
                die(&["--resume"]);
            }
            let resumed = case.ensure_it_can_be_finished(&out, &place);
            unfinished.fetch_add(u32::from(resumed), Ordering::Relaxed);
            if !killed {
                break;
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(one_after_another);
            scope.spawn(one_after_another);
        });
        let unfinished = unfinished.into_inner();
        assert!(unfinished > 60, "{flags:?}: {unfinished} times only");
    }
}

/// Each step in turn fails with an I/O error: the run ends with 2 and says what failed, or is whole
/// all the same.
#[cfg(all(unix, debug_assertions))]
#[test]
fn every_step_can_fail() {
    {
        let flags = &["--threads", "1", "--keep-originals"];
        let case = Case::samples(flags);
        let (step, unfinished) = (AtomicU32::new(0), AtomicU32::new(0));
        let one_after_another = || loop {
            let step = step.fetch_add(1, Ordering::Relaxed);
            let (out, place) = (format!("out{step}"), format!("{flags:?} step {step}"));
            let fail = |more: &[&str]| {
                let mut failing = case.command(&out, more);
                failing.env("LACUNA_FAIL_AT_STEP", step.to_string());
                let ended = failing.stderr(Stdio::piped()).output().unwrap();
                let said = String::from_utf8_lossy(&ended.stderr).into_owned();
                (ended.status.code(), said)
            };
            let (code, said) = fail(&[]);
            if code == Some(0) {
                assert!(said.is_empty(), "{place}: {said}");
                let unfinished = case.ensure_it_can_be_finished(&out, &place);
                assert!(!unfinished, "{place}: is said to be whole");
                break;
            }
            assert_eq!(code, Some(2), "{place}: {said}");
            assert!(said.contains("input/output error"), "{place}: {said}");
            if step % 3 == 0 && case.scratch.join(&out).exists() {
                fail(&["--resume"]);
            }
            let resumed = case.ensure_it_can_be_finished(&out, &place);
            unfinished.fetch_add(u32::from(resumed), Ordering::Relaxed);
        };
        std::thread::scope(|scope| {
            scope.spawn(one_after_another);
            scope.spawn(one_after_another);
        });
        let unfinished = unfinished.into_inner();
        assert!(unfinished > 60, "{flags:?}: {unfinished} times only");
    }
}

/// SIGKILL, whenever it comes.
#[cfg(unix)]
#[test]
fn it_can_be_killed_at_any_moment() {
    let case = Case::of(40, &["--keep-originals"]);
    let mut unfinished = 0;
    for round in 0..16 {
        let mut child = case.command("out", &[]).spawn().unwrap();
        // Until it begins to write, and then a little longer each time.
        while !case.scratch.join("out").exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_millis(round * 4));
        child.kill().unwrap();
        child.wait().unwrap();
        let place = format!("round {round}");
        unfinished += u32::from(case.ensure_it_can_be_finished("out", &place));
        fs::remove_dir_all(case.scratch.join("out")).unwrap();
    }
    assert!(unfinished > 0, "it was never killed in time");
}

#[test]
fn a_full_disk() {
    let case = Case::of(60, &[]);
    let Some(small) = Small::mount(case.scratch.join("small")) else {
        println!("not run: this user may not mount a file system");
        return;
    };
    let ballast = small.0.join("ballast");
    fs::write(&ballast, vec![b'x'; 200 << 10]).unwrap();
    let run = case.merge("small/out", &[]).expect(2);
    assert!(run.stderr.contains("no space left"), "{}", run.stderr);
    let verified = case.verify("small/out").expect(2);
    assert!(
        verified.stderr.contains("unfinished"),
        "{}",
        verified.stderr
    );
    case.merge("small/out", &["--resume"]).expect(2);
    // What is written takes more than there is room for, however it is cleared.
    fs::remove_file(&ballast).unwrap();
    case.merge("small/out", &["--resume"]).expect(2);
    small.grow();
    assert!(case.ensure_it_can_be_finished("small/out", "with room"));
}

/// A limit on the size of files ends the program by a signal at the write that passes it.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow() {
    let case = Case::of(20, &[]);
    let program = env!("CARGO_BIN_EXE_lacuna");
    let script = format!("ulimit -f 8; exec '{program}' merge -q a b -o out");
    let ended = Command::new("bash")
        .args(["-c", &script])
        .current_dir(case.scratch.path())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!ended.success());
    assert!(case.ensure_it_can_be_finished("out", "without a limit"));
}

#[cfg(unix)]
#[test]
fn a_place_that_may_not_be_written_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let case = Case::of(2, &[]);
    let place = case.scratch.join("place");
    fs::create_dir(&place).unwrap();
    let small = Small::mount(place.clone());
    let allow = |mode| match &small {
        Some(small) => small.writable(mode != 0o555),
        // Without a mount this user is not root, whom permissions would not stop.
        None => fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap(),
    };
    allow(0o555);
    let run = case.merge("place/out", &[]).expect(2);
    assert!(run.stderr.contains("place"), "{}", run.stderr);
    assert_eq!(fs::read_dir(&place).unwrap().count(), 0);
    allow(0o755);
    assert!(case.ensure_it_can_be_finished("place/out", "when it may be"));
}

/// What was planned is what the inputs said then: one that changes before it is merged ends the
/// run, and the output cannot be taken up again with other inputs.
#[test]
fn an_input_that_changes_meanwhile() {
    let case = Case::of(60, &["--threads", "1"]);
    let mut child = case
        .command("out", &[])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mark = case.scratch.join("out/.lacuna/unfinished.json");
    while !mark.exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    let last = case.scratch.join("b/059.md");
    let before = fs::read(&last).unwrap();
    fs::write(&last, [&before[..], b"One more line.\n"].concat()).unwrap();
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("b/059.md: has changed"), "{said}");
    case.verify("out").expect(2);
    let resumed = case.merge("out", &["--resume"]).expect(2);
    assert!(
        resumed.stderr.contains("another plan"),
        "{}",
        resumed.stderr
    );
    fs::write(&last, before).unwrap();
    assert!(case.ensure_it_can_be_finished("out", "with the inputs of then"));
}
