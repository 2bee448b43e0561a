//! The commands, as a user runs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::scratch::{Scratch, files};
use crate::program::{self, Run, root};

/// A heap: the first holds what the next three say; the others stay.
const FILES: [(&str, &str); 6] = [
    (
        "课程/茶.md",
        "# 茶\n\n先把壶用开水烫一遍，再把水倒掉。\n\n大多数叶子三分钟就够了。\n",
    ),
    (
        "backup/茶.md",
        "# 茶\n\n先把壶用开水烫一遍，再把水倒掉。\n\n大多数叶子三分钟就够了。\n",
    ),
    (
        "backup/页.html",
        "<h1>茶</h1><p>先把壶用<b>开水</b>烫一遍，再把水倒掉。</p><p>大多数叶子三分钟就够了。</p>",
    ),
    ("trial/茶.md", "# 茶\n\n先把壶用开水烫一遍，再把水倒掉。\n"),
    (
        "trial/more.md",
        "# 茶\n\n先把壶用开水烫一遍，再把水倒掉。\n\n凉了再喝。\n",
    ),
    ("other.md", "Something else that nobody else says.\n"),
];

fn heap() -> Scratch {
    let scratch = Scratch::new();
    for (name, text) in FILES {
        let path = scratch.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    scratch
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = program::command(folder, arguments);
    command.env("COLUMNS", "80");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    finished(command(folder, arguments))
}

fn finished(mut command: Command) -> Run {
    let output = command.output().expect("the program starts");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: output.stdout,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// All files but those of the program's own.
fn theirs(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = files(folder);
    files.retain(|(path, _)| !path.starts_with(".lacuna"));
    files
}

fn names(folder: &Path) -> Vec<String> {
    let files = theirs(folder).into_iter();
    files
        .map(|(path, _)| path.to_str().unwrap().to_owned())
        .collect()
}

/// That `json` keeps to the schema, as data.
fn checked(schema: &str, json: &str) -> Value {
    let schema = fs::read_to_string(root().join("docs/schema").join(schema)).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let json: Value = serde_json::from_str(json).unwrap();
    if let Err(error) = jsonschema::validate(&schema, &json) {
        panic!("{error}\n{json:#}");
    }
    json
}

#[test]
fn a_dry_run_changes_nothing() {
    let heap = heap();
    let before = files(heap.path());
    let run = run(heap.path(), &["dedupe"]).expect(0);
    insta::assert_snapshot!(run.text());
    assert_eq!(files(heap.path()), before);
}

#[test]
fn copies_go_and_come_back() {
    let heap = heap();
    let before = theirs(heap.path());
    let applied = run(heap.path(), &["dedupe", "--apply"]).expect(0);
    insta::assert_snapshot!(applied.text());
    assert_eq!(
        names(heap.path()),
        ["backup/茶.md", "other.md", "trial/more.md"]
    );
    let again = run(heap.path(), &["dedupe", "--apply"]).expect(0);
    insta::assert_snapshot!("nothing is left to tidy", again.text());
    let dry = run(heap.path(), &["undo"]).expect(0);
    insta::assert_snapshot!("what would come back", dry.text());
    assert_eq!(names(heap.path()).len(), 3);
    let journal = heap.join(".lacuna/journal.jsonl");
    let undone = run(heap.path(), &["undo", "--apply", journal.to_str().unwrap()]).expect(0);
    assert!(
        undone.text().contains("undone: 3 copies"),
        "{}",
        undone.text()
    );
    assert_eq!(theirs(heap.path()), before);
    let second = run(heap.path(), &["undo", "--apply"]).expect(0);
    assert_eq!(second.text(), "nothing is left to undo\n");
    for line in fs::read_to_string(journal).unwrap().lines() {
        checked("journal.v1.json", line);
    }
}

#[test]
fn json_keeps_to_its_schemas() {
    let heap = heap();
    let json = |arguments: &[&str], code| {
        let arguments = [arguments, &["--format", "json"]].concat();
        run(heap.path(), &arguments).expect(code).text().to_owned()
    };
    let dry = checked("dedupe.v1.json", &json(&["dedupe"], 0));
    assert_eq!(dry["summary"]["copies"], 3);
    assert_eq!(dry["copies"][0]["kept"], "backup/茶.md");
    assert_eq!(dry["copies"][0]["to"], Value::Null);
    assert_eq!(dry["staying"][0]["path"], "trial/more.md");
    assert_eq!(dry["staying"][0]["losses"][0]["kind"], "text");
    assert_eq!(dry["staying"][0]["losses"][0]["line"], 5);
    let links = checked("dedupe.v1.json", &json(&["dedupe", "--link", "hard"], 0));
    assert_eq!(links["summary"]["copies"], 1);
    let applied = checked("dedupe.v1.json", &json(&["dedupe", "--apply"], 0));
    assert_eq!(
        applied["copies"][0]["to"],
        ".lacuna/quarantine/1/backup/页.html"
    );
    checked("undo.v1.json", &json(&["undo"], 0));
    fs::write(heap.join("backup/页.html"), "mine").unwrap();
    let undone = checked("undo.v1.json", &json(&["undo", "--apply"], 2));
    assert_eq!(undone["summary"]["failed"], 1);
    assert_eq!(undone["summary"]["copies"], 2);
    checked("undo.v1.json", &json(&["undo"], 2));
}

#[test]
fn what_is_preferred_stays() {
    let heap = heap();
    let stays = |keep: &str| {
        let run = run(heap.path(), &["dedupe", "--keep", keep, "--format", "json"]).expect(0);
        let json: Value = serde_json::from_str(run.text()).unwrap();
        json["copies"][0]["kept"].as_str().unwrap().to_owned()
    };
    assert_eq!(stays("课程"), "课程/茶.md");
    assert_eq!(stays("*.html"), "backup/页.html");
    // What is cut never stays for what is whole.
    assert_eq!(stays("trial"), "backup/茶.md");
}

#[test]
fn a_report_is_checked_against_the_files() {
    let heap = heap();
    let report = run(heap.path(), &["scan", "--format", "json"]).expect(0);
    let elsewhere = Scratch::new();
    let path = elsewhere.join("report.json");
    fs::write(&path, report.text()).unwrap();
    fs::write(heap.join("trial/茶.md"), "# 茶\n\n先把壶用开水烫一遍。\n").unwrap();
    let before = theirs(heap.path());
    let path = path.to_str().unwrap();
    let run_of = run(heap.path(), &["dedupe", "--apply", path]).expect(2);
    assert_eq!(
        run_of.stderr,
        "lacuna: trial/茶.md: has changed since the report: it stays\n"
    );
    assert_eq!(
        names(heap.path()),
        ["backup/茶.md", "other.md", "trial/more.md", "trial/茶.md"]
    );
    run(heap.path(), &["undo", "--apply"]).expect(0);
    assert_eq!(theirs(heap.path()), before);
    run(heap.path(), &["dedupe", path, "other.md"]).expect(2);
}

#[cfg(unix)]
#[test]
fn links_and_read_only_folders_are_left_alone() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let heap = heap();
    symlink("backup/茶.md", heap.join("link.md")).unwrap();
    fs::hard_link(heap.join("other.md"), heap.join("same.md")).unwrap();
    let dry = run(heap.path(), &["dedupe", "link.md", "."]).expect(0);
    assert!(!dry.text().contains("link.md would"), "{}", dry.text());
    assert!(
        dry.text().contains("another name of the same file"),
        "{}",
        dry.text()
    );
    let folder = heap.join("trial");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Who may do everything is not kept from this.
    let may_write = fs::write(folder.join("probe"), "").is_ok();
    let _ = fs::remove_file(folder.join("probe"));
    let applied = run(heap.path(), &["dedupe", "--apply"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(applied.code, if may_write { 0 } else { 2 });
    assert_eq!(heap.join("trial/茶.md").exists(), !may_write);
    assert!(!heap.join("backup/页.html").exists());
}

#[test]
fn bad_usage() {
    let heap = heap();
    for arguments in [
        &["dedupe", "-"][..],
        &["dedupe", "nowhere"],
        &["dedupe", "--link", "soft"],
        &["dedupe", "--link", "hard", "--quarantine", "q"],
        &["dedupe", "--apply", "--quarantine", "nowhere"],
        &["dedupe", "--keep", "[", "."],
        &["undo"],
        &["undo", "nowhere"],
        &["undo", "other.md"],
    ] {
        let run = run(heap.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(": "), "{arguments:?}");
    }
    assert_eq!(theirs(heap.path()).len(), FILES.len());
}

#[test]
fn another_quarantine() {
    let heap = heap();
    let elsewhere = Scratch::new();
    let before = theirs(heap.path());
    let quarantine = elsewhere.path().to_str().unwrap();
    run(
        heap.path(),
        &["dedupe", "--apply", "--quarantine", quarantine],
    )
    .expect(0);
    assert!(elsewhere.join("1/trial/茶.md").exists());
    // Without it, nothing outside the folder is touched.
    run(heap.path(), &["undo", "--apply"]).expect(2);
    assert!(elsewhere.join("1/trial/茶.md").exists());
    run(
        heap.path(),
        &["undo", "--apply", "--quarantine", quarantine],
    )
    .expect(0);
    assert_eq!(theirs(heap.path()), before);
    assert_eq!(files(elsewhere.path()), []);
}

/// Whatever was killed, all is there, and undo brings it back.
fn ensure_all_comes_back(heap: &Scratch, before: &[(PathBuf, Vec<u8>)], place: &str) {
    let there = files(heap.path());
    for (path, bytes) in before {
        let name = path.file_name();
        let found = |(at, found): &(PathBuf, Vec<u8>)| at.file_name() == name && found == bytes;
        assert!(
            there.iter().any(found),
            "{place}: {} is lost",
            path.display()
        );
    }
    if heap.join(".lacuna/journal.jsonl").exists() {
        let undone = run(heap.path(), &["undo", "--apply"]);
        assert_eq!(
            undone.code,
            0,
            "{place}: {}{}",
            undone.text(),
            undone.stderr
        );
    }
    assert_eq!(theirs(heap.path()), before, "{place}");
}

/// The program dies before each of its steps in turn.
#[cfg(debug_assertions)]
#[test]
fn it_can_die_at_every_step() {
    for arguments in [
        &["dedupe", "--apply"][..],
        &["dedupe", "--apply", "--link", "hard"],
    ] {
        let mut died = 0;
        for step in 0.. {
            let heap = heap();
            let before = theirs(heap.path());
            let mut dying = command(heap.path(), arguments);
            dying.env("LACUNA_DIE_AT_STEP", step.to_string());
            let killed = dying.output().unwrap().status.code().is_none();
            let place = format!("{arguments:?} step {step}");
            if heap.join(".lacuna/journal.jsonl").exists() {
                let mut dying = command(heap.path(), &["undo", "--apply"]);
                dying.env("LACUNA_DIE_AT_STEP", step.to_string());
                dying.output().unwrap();
            }
            ensure_all_comes_back(&heap, &before, &place);
            if !killed {
                break;
            }
            died = step;
        }
        assert!(died > 20, "{arguments:?} died {died} times only");
    }
}

/// SIGKILL, whenever it comes.
#[cfg(unix)]
#[test]
fn it_can_be_killed_at_any_moment() {
    let mut ended_early = 0;
    for round in 0..40u32 {
        let heap = heap();
        for copy in 0..60 {
            fs::write(heap.join(&format!("trial/{copy}.md")), FILES[0].1).unwrap();
        }
        let before = theirs(heap.path());
        let mut child = command(heap.path(), &["dedupe", "--apply", "-q"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Until it begins to write, and then a little longer each time.
        while !heap.join(".lacuna").exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_micros(u64::from(round) * 700));
        child.kill().unwrap();
        ended_early += u32::from(child.wait().unwrap().code().is_none());
        ensure_all_comes_back(&heap, &before, &format!("round {round}"));
    }
    assert!(ended_early > 0, "it was never killed in time");
}
