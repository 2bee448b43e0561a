//! A disk that is really full: a small file system in memory where the test may mount one, else a
//! limit on the size of files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use lacuna::ErrorKind;
use lacuna::disk::{Beneath, Mark, Name, NewFolder, State, digest, state};

use super::scratch::{Scratch, files};
use super::small::Small;

fn text(at: usize) -> Vec<u8> {
    format!("Text {at}.\n").repeat(4000).into_bytes()
}

fn write(out: &Path, resume: bool) -> Result<(), lacuna::Error> {
    let disk = Beneath::new([out.parent().unwrap().to_path_buf()]).unwrap();
    let mark = Mark {
        doing: "merge".to_owned(),
        plan: digest(b"plan"),
    };
    let folder = NewFolder::begin(&disk, out, &mark, resume)?;
    for at in 0..4 {
        let name = Name::new(format!("{at}.md").as_bytes())?;
        folder.write(&name, &text(at), None)?;
    }
    folder.write(&Name::own("ledger.jsonl"), b"{}\n", None)?;
    folder.finish(|_| Ok(())).map(drop)
}

#[test]
fn a_folder_on_a_full_disk_is_unfinished_until_there_is_room() {
    let scratch = Scratch::new();
    let Some(small) = Small::mount(scratch.join("small")) else {
        println!("not run: this user may not mount a file system");
        return;
    };
    println!("run on a tmpfs of 256 KiB");
    let ballast = small.0.join("ballast");
    fs::write(&ballast, vec![b'x'; 150 << 10]).unwrap();
    let out = small.0.join("out");
    let error = write(&out, false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Write);
    assert!(error.message().contains("no space left"), "{error}");
    assert!(matches!(state(&out).unwrap(), State::Unfinished(Some(_))));
    assert!(write(&out, true).is_err());
    fs::remove_file(&ballast).unwrap();
    write(&out, true).unwrap();
    assert_eq!(state(&out).unwrap(), State::Finished);
    let there: Vec<Vec<u8>> = theirs(&out).into_iter().map(|(_, bytes)| bytes).collect();
    assert_eq!(there, [text(0), text(1), text(2), text(3)]);
}

/// Copies of `len` bytes each, beside one that stays.
fn heap(len: usize) -> Scratch {
    let scratch = Scratch::new();
    let text = "One line of it.\n".repeat(len / 16);
    for name in ["a/whole.md", "b/one.md", "b/two.md"] {
        let path = scratch.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &text).unwrap();
    }
    scratch
}

fn theirs(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = files(folder);
    files.retain(|(path, _)| !path.starts_with(".lacuna"));
    files
}

#[test]
fn copies_stay_where_the_quarantine_is_full() {
    let scratch = Scratch::new();
    let Some(small) = Small::mount(scratch.join("small")) else {
        println!("not run: this user may not mount a file system");
        return;
    };
    println!("run with the quarantine on a tmpfs of 256 KiB");
    let heap = heap(160 << 10);
    let before = theirs(heap.path());
    let quarantine = small.0.to_str().unwrap();
    let run = crate::program::lacuna_in(
        heap.path(),
        ["dedupe", "--apply", "--quarantine", quarantine],
    );
    let run = run.expect(2);
    assert!(
        run.text().contains("stays: no space left"),
        "{}",
        run.text()
    );
    // One found room, and is there whole; of the other nothing is left behind.
    assert_eq!(theirs(heap.path()).len(), 2);
    let moved = files(&small.0);
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert_eq!(moved[0].1, before[0].1);
    let undo = ["undo", "--apply", "--quarantine", quarantine];
    crate::program::lacuna_in(heap.path(), undo).expect(0);
    assert_eq!(theirs(heap.path()), before);
}

/// A limit on the size of files ends the program by a signal at the write that passes it: here the
/// journal's.
#[cfg(unix)]
#[test]
fn a_journal_that_cannot_grow_moves_nothing() {
    let heap = heap(16);
    fs::create_dir(heap.join(".lacuna")).unwrap();
    let line = "{\"type\":\"begin\",\"schema_version\":1,\"run\":1,\"means\":\"move\"}\n";
    // One more line would pass the limit of one block.
    let journal = line.repeat(1024 / line.len());
    fs::write(heap.join(".lacuna/journal.jsonl"), journal).unwrap();
    let before = theirs(heap.path());
    let script = format!(
        "ulimit -f 1; exec '{}' dedupe --apply -q",
        env!("CARGO_BIN_EXE_lacuna")
    );
    let ended = Command::new("bash")
        .args(["-c", &script])
        .current_dir(heap.path())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    println!("run under `ulimit -f 1`: {ended}");
    assert!(!ended.success());
    assert_eq!(theirs(heap.path()), before);
    let undone = crate::program::lacuna_in(heap.path(), ["undo", "--apply"]).expect(0);
    assert_eq!(undone.text(), "nothing is left to undo\n");
}
