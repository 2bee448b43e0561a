use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{Scratch, files};
use crate::disk::{
    Beneath, MARK, Mark, Name, NewFolder, OWN_FOLDER, State, Written, digest, ensure_apart, state,
};
use crate::{Error, ErrorKind};

pub fn mark(plan: &str) -> Mark {
    Mark {
        doing: "merge".to_owned(),
        plan: digest(plan.as_bytes()),
    }
}

pub fn name(text: &str) -> Name {
    Name::new(text.as_bytes()).unwrap()
}

/// Begins `out` on the real disk, and does with it what `work` does.
fn work<T>(
    out: &Path,
    mark: &Mark,
    resume: bool,
    work: impl FnOnce(NewFolder<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let disk = Beneath::new([out.parent().unwrap().to_path_buf()]).unwrap();
    work(NewFolder::begin(&disk, out, mark, resume)?)
}

fn kind<T>(result: Result<T, Error>) -> ErrorKind {
    result.err().expect("it fails").kind()
}

#[test]
fn a_folder_is_unfinished_until_it_is_whole() {
    let scratch = Scratch::new();
    let out = scratch.join("out");
    assert_eq!(state(&out).unwrap(), State::Nothing);
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    let written = work(&out, &mark("a"), false, |folder| {
        assert_eq!(state(&out).unwrap(), State::Unfinished(Some(mark("a"))));
        folder.write(&name("课程/第 1 课.md"), "你好".as_bytes(), Some(then))?;
        folder.write(&name("empty"), b"", None)?;
        folder.write(&Name::own("ledger.jsonl"), b"{}\n", None)?;
        folder.finish(|back| {
            assert_eq!(state(&out).unwrap(), State::Unfinished(Some(mark("a"))));
            assert_eq!(back.read(&name("课程/第 1 课.md"))?, "你好".as_bytes());
            Ok(())
        })
    });
    let expected = Written {
        files: 3,
        kept: 0,
        bytes: 9,
    };
    assert_eq!(written.unwrap(), expected);
    assert_eq!(state(&out).unwrap(), State::Finished);
    let found = files(&out);
    let found: Vec<_> = found
        .iter()
        .map(|(path, _)| path.to_str().unwrap())
        .collect();
    assert_eq!(found, [".lacuna/ledger.jsonl", "empty", "课程/第 1 课.md"]);
    let modified = fs::metadata(out.join("课程/第 1 课.md"))
        .unwrap()
        .modified();
    assert_eq!(modified.unwrap(), then);
    assert!(!out.join(".lacuna/tmp").exists());
}

#[test]
fn nothing_is_written_over_what_is_there() {
    let scratch = Scratch::new();
    let out = scratch.join("out");
    let begin = |resume| work(&out, &mark("a"), resume, |folder| folder.finish(|_| Ok(())));
    fs::write(&out, "a file").unwrap();
    assert_eq!(kind(begin(false)), ErrorKind::Usage);
    fs::remove_file(&out).unwrap();
    fs::create_dir(&out).unwrap();
    fs::write(out.join("theirs"), "theirs").unwrap();
    assert_eq!(state(&out).unwrap(), State::Other);
    for resume in [false, true] {
        assert_eq!(kind(begin(resume)), ErrorKind::Usage);
    }
    assert_eq!(files(&out), [("theirs".into(), b"theirs".to_vec())]);
    fs::remove_file(out.join("theirs")).unwrap();
    // An empty folder is as good as none.
    work(&out, &mark("a"), false, |folder| {
        folder.write(&Name::own("ledger.jsonl"), b"", None)?;
        folder.finish(|_| Ok(()))
    })
    .unwrap();
    for resume in [false, true] {
        let error = begin(resume).unwrap_err();
        assert_eq!(error.message(), "is finished: nothing is written over it");
    }
}

#[test]
fn what_is_resumed_is_the_same_work() {
    let scratch = Scratch::new();
    let out = scratch.join("out");
    let first = work(&out, &mark("a"), false, |folder| {
        folder.write(&name("a"), b"right", None)?;
        folder.write(&name("b"), b"right", None)?;
        Err::<(), _>(Error::new(ErrorKind::Io, "an input is gone"))
    });
    assert_eq!(kind(first), ErrorKind::Io);
    assert_eq!(state(&out).unwrap(), State::Unfinished(Some(mark("a"))));
    let error = work(&out, &mark("a"), false, |_| Ok(())).unwrap_err();
    assert_eq!(error.message(), "is unfinished; --resume finishes it");
    assert_eq!(
        kind(work(&out, &mark("b"), true, |_| Ok(()))),
        ErrorKind::Changed
    );
    // As a loss of power leaves it, on a disk that does not keep its word.
    fs::write(out.join("b"), "ri").unwrap();
    fs::write(out.join(".lacuna/tmp/7"), "ha").unwrap();
    let written = work(&out, &mark("a"), true, |folder| {
        for file in ["a", "b", "c"] {
            folder.write(&name(file), b"right", None)?;
        }
        folder.finish(|_| Ok(()))
    });
    let expected = Written {
        files: 2,
        kept: 1,
        bytes: 15,
    };
    assert_eq!(written.unwrap(), expected);
    let right: Vec<Vec<u8>> = files(&out).into_iter().map(|(_, bytes)| bytes).collect();
    assert_eq!(right, [b"right", b"right", b"right"]);
}

#[test]
fn two_runs_do_not_write_at_once() {
    let scratch = Scratch::new();
    let out = scratch.join("out");
    work(&out, &mark("a"), false, |_| {
        let second = work(&out, &mark("a"), true, |_| Ok(())).unwrap_err();
        assert_eq!(second.message(), "another run is writing to it");
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_is_not_proven_stays_unfinished() {
    let scratch = Scratch::new();
    let out = scratch.join("out");
    let no = || Error::new(ErrorKind::Changed, "a comment is lost");
    let refused = work(&out, &mark("a"), false, |folder| {
        folder.write(&name("a"), b"a", None)?;
        folder.finish(|_| Err(no()))
    });
    assert_eq!(refused.unwrap_err().message(), "a comment is lost");
    assert!(matches!(state(&out).unwrap(), State::Unfinished(Some(_))));
    // Somebody else writes to the disk.
    let refused = work(&out, &mark("a"), true, |folder| {
        folder.write(&name("a"), b"a", None)?;
        fs::write(out.join("a"), "b").unwrap();
        folder.finish(|_| Ok(()))
    });
    assert_eq!(kind(refused), ErrorKind::Changed);
    let refused = work(&out, &mark("a"), true, |folder| {
        folder.write(&name("a"), b"a", None)?;
        fs::write(out.join("foreign"), "b").unwrap();
        folder.finish(|_| Ok(()))
    });
    assert_eq!(kind(refused), ErrorKind::Changed);
    assert!(matches!(state(&out).unwrap(), State::Unfinished(Some(_))));
}

#[test]
fn a_file_is_written_once() {
    let scratch = Scratch::new();
    let out = scratch.join("out");
    let twice = work(&out, &mark("a"), false, |folder| {
        folder.write(&name("a"), b"a", None)?;
        assert!(folder.write(&name("a"), b"b", None).is_err());
        assert!(folder.write(&name("a/b"), b"b", None).is_err());
        assert_eq!(fs::read(out.join("a")).unwrap(), b"a");
        folder.finish(|_| Ok(()))
    });
    assert_eq!(kind(twice), ErrorKind::Write);
    assert!(out.join(OWN_FOLDER).join(MARK).exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_leads_nowhere() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::new();
    let (out, outside) = (scratch.join("out"), scratch.join("outside"));
    fs::create_dir(&outside).unwrap();
    let begun = work(&out, &mark("a"), false, |folder| {
        symlink(&outside, out.join("link")).unwrap();
        assert!(folder.write(&name("link/a"), b"a", None).is_err());
        symlink(outside.join("b"), out.join("b")).unwrap();
        assert!(folder.write(&name("b"), b"b", None).is_err());
        Ok(())
    });
    begun.unwrap();
    let resumed = work(&out, &mark("a"), true, |folder| {
        folder.write(&name("b"), b"b", None)
    });
    assert!(resumed.is_err());
    assert_eq!(files(&outside), []);
    // Nor does our own folder.
    let other = scratch.join("other");
    fs::create_dir(&other).unwrap();
    symlink(&outside, other.join(OWN_FOLDER)).unwrap();
    assert!(work(&other, &mark("a"), false, |_| Ok(())).is_err());
    assert_eq!(files(&outside), []);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_are_written_as_they_are() {
    let scratch = Scratch::new();
    let out = scratch.join("out");
    let odd = Name::new(b"caf\xE9.md").unwrap();
    work(&out, &mark("a"), false, |folder| {
        folder.write(&odd, b"x", None)?;
        folder.finish(|_| Ok(()))
    })
    .unwrap();
    assert_eq!(files(&out), [(odd.path(), b"x".to_vec())]);
}

#[test]
fn a_folder_is_apart_from_its_inputs() {
    let scratch = Scratch::new();
    for folder in ["in/deep", "out"] {
        fs::create_dir_all(scratch.join(folder)).unwrap();
    }
    fs::write(scratch.join("in/a.md"), "a").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(scratch.join("in"), scratch.join("link")).unwrap();
    let check = |out: &str, input: &str, expected: bool| {
        let apart = ensure_apart(&scratch.join(out), &[scratch.join(input)]);
        assert_eq!(apart.is_ok(), expected, "{out} {input} {apart:?}");
    };
    check("out", "in", true);
    check("new", "in", true);
    check("inner", "in", true);
    check("new", "in/a.md", true);
    check("in", "in", false);
    check("in/new", "in", false);
    check("in/new/newer", "in", false);
    check("in", "in/deep", false);
    check("in", "in/a.md", false);
    check("", "in", false);
    check("in/../out", "in", true);
    check("out/../in/x", "in", false);
    #[cfg(unix)]
    {
        check("link/new", "in", false);
        check("in/new", "link", false);
        check("in", "link/deep", false);
    }
}
