//! Applied and undone, whatever the disk does in between.

use std::fs::{self, FileTimes};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use lacuna::dedupe::{Act, Allow, Apply, Back, Fit, JOURNAL, Means, Planned, Undo, apply, undo};
use lacuna::disk::{Beneath, Disk, Fate, Step, Watched, digest};
use lacuna::normalize::{Options, normalize};
use lacuna::text::{Verdict, Witness};
use lacuna::{Error, ErrorKind};

use super::scratch::{Scratch, files};

/// A heap: `whole.md` holds what the others say.
const FILES: [(&str, &str); 5] = [
    (
        "whole.md",
        "# Tea\n\nWarm the pot.\n\nWait three minutes.\n",
    ),
    (
        "b/same.md",
        "# Tea\n\nWarm the pot.\n\nWait three minutes.\n",
    ),
    (
        "b/deep/page.html",
        "<h1>Tea</h1><p>Warm the <b>pot</b>.</p><p>Wait three minutes.</p>",
    ),
    ("b/cut.md", "# Tea\n\nWarm the pot.\n"),
    ("other.md", "Something else.\n"),
];

const COPIES: [(&str, Verdict); 3] = [
    ("b/same.md", Verdict::Identical),
    ("b/deep/page.html", Verdict::Equivalent),
    ("b/cut.md", Verdict::Truncated),
];

fn heap() -> Scratch {
    let scratch = Scratch::new();
    for (at, (name, text)) in FILES.iter().enumerate() {
        let path = scratch.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        let time = SystemTime::UNIX_EPOCH + Duration::new(1_600_000_000 + at as u64, 123_000_000);
        file.set_times(FileTimes::new().set_modified(time)).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = 0o600 + 0o010 * at as u32;
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        }
    }
    scratch
}

fn planned(scratch: &Scratch, means: Means) -> Vec<Planned> {
    let of = |name: &str| digest(&fs::read(scratch.join(name)).unwrap());
    COPIES
        .iter()
        .filter(|(_, verdict)| means.fits(*verdict) == Fit::Yes)
        .map(|(name, verdict)| Planned {
            path: scratch.join(name),
            digest: of(name),
            kept: scratch.join("whole.md"),
            kept_digest: of("whole.md"),
            verdict: *verdict,
        })
        .collect()
}

fn read(path: &Path, bytes: &[u8]) -> Option<Witness> {
    let extension = path.extension()?.to_str();
    normalize(bytes, extension, &Options::default()).ok()
}

fn real(scratch: &Scratch) -> Beneath {
    Beneath::new([scratch.path().to_path_buf()]).unwrap()
}

fn run(disk: &dyn Disk, scratch: &Scratch, means: Means) -> Result<Vec<Act>, Error> {
    run_planned(disk, scratch, means, &planned(scratch, means))
}

fn run_planned(
    disk: &dyn Disk,
    scratch: &Scratch,
    means: Means,
    planned: &[Planned],
) -> Result<Vec<Act>, Error> {
    let how = Apply {
        disk,
        folder: scratch.path(),
        quarantine: None,
        means,
        allow: Allow::default(),
        read: &read,
    };
    let mut acts = Vec::new();
    apply(&how, planned, |_, act| acts.push(act)).map(|()| acts)
}

fn undo_with(disk: &dyn Disk, scratch: &Scratch) -> Result<Option<Vec<(PathBuf, Back)>>, Error> {
    undo(&Undo {
        disk,
        folder: scratch.path(),
        quarantine: None,
        apply: true,
    })
}

/// Every file outside `.lacuna`: name, bytes, time of change, permissions, and whether it has
/// another name.
type Tree = Vec<(PathBuf, Vec<u8>, SystemTime, u32, u64)>;

fn tree(scratch: &Scratch) -> Tree {
    let all = files(scratch.path()).into_iter();
    all.filter(|(path, _)| !path.starts_with(".lacuna"))
        .map(|(path, bytes)| {
            let meta = fs::metadata(scratch.path().join(&path)).unwrap();
            #[cfg(unix)]
            let (mode, names) = {
                use std::os::unix::fs::MetadataExt as _;
                (meta.mode(), meta.nlink())
            };
            #[cfg(not(unix))]
            let (mode, names) = (0, 1);
            (path, bytes, meta.modified().unwrap(), mode, names)
        })
        .collect()
}

/// Every text that was in the heap is in it still: in place or in the quarantine.
fn ensure_nothing_is_lost(scratch: &Scratch, place: &str) {
    let there = files(scratch.path());
    for (name, text) in FILES {
        let found = there.iter().any(|(path, bytes)| {
            path.file_name() == Path::new(name).file_name() && bytes == text.as_bytes()
        });
        assert!(found, "{place}: {name} is lost");
    }
    for name in ["whole.md", "other.md"] {
        assert!(scratch.join(name).exists(), "{place}: {name} is gone");
    }
}

#[test]
fn copies_are_moved_and_come_back() {
    let scratch = heap();
    let before = tree(&scratch);
    let acts = run(&real(&scratch), &scratch, Means::Move).unwrap();
    let quarantine = scratch.join(".lacuna/quarantine/1");
    let expected = COPIES.map(|(name, _)| Act::Done(Some(quarantine.join(name))));
    assert_eq!(acts, expected);
    let left: Vec<PathBuf> = tree(&scratch).into_iter().map(|file| file.0).collect();
    assert_eq!(left, [PathBuf::from("other.md"), PathBuf::from("whole.md")]);
    ensure_nothing_is_lost(&scratch, "moved");
    let back = undo_with(&real(&scratch), &scratch).unwrap().unwrap();
    assert!(
        back.iter().all(|(_, back)| *back == Back::Restored),
        "{back:?}"
    );
    assert_eq!(back[0].0, scratch.join("b/cut.md"));
    assert_eq!(tree(&scratch), before);
    assert!(!scratch.join(".lacuna/quarantine").exists());
    assert_eq!(undo_with(&real(&scratch), &scratch).unwrap(), None);
}

#[test]
fn runs_are_undone_one_by_one() {
    let scratch = heap();
    let before = tree(&scratch);
    let plans = planned(&scratch, Means::Move);
    for plan in &plans {
        let acts = run_planned(
            &real(&scratch),
            &scratch,
            Means::Move,
            std::slice::from_ref(plan),
        );
        assert!(matches!(acts.unwrap()[..], [Act::Done(Some(_))]));
    }
    for plan in plans.iter().rev() {
        let back = undo_with(&real(&scratch), &scratch).unwrap().unwrap();
        assert_eq!(back, [(plan.path.clone(), Back::Restored)]);
    }
    assert_eq!(tree(&scratch), before);
}

#[cfg(unix)]
#[test]
fn identical_ones_become_one_file_and_two_again() {
    let scratch = heap();
    let before = tree(&scratch);
    let acts = run(&real(&scratch), &scratch, Means::Hard).unwrap();
    assert_eq!(acts, [Act::Done(None)]);
    let names = |name: &str| {
        tree(&scratch)
            .iter()
            .find(|file| file.0 == Path::new(name))
            .unwrap()
            .4
    };
    assert_eq!((names("whole.md"), names("b/same.md")), (2, 2));
    assert_eq!(tree(&scratch).len(), before.len());
    // Now they are one file: nothing is left to do.
    let acts = run(&real(&scratch), &scratch, Means::Hard).unwrap();
    assert_eq!(acts, [Act::Failed("is the same file already".to_owned())]);
    undo_with(&real(&scratch), &scratch).unwrap().unwrap();
    assert_eq!(tree(&scratch), before);
    assert_eq!(undo_with(&real(&scratch), &scratch).unwrap(), None);
}

/// Most file systems cannot share blocks; then the copy stays as it was, with a reason.
#[test]
fn a_reflink_is_made_or_refused() {
    let scratch = heap();
    let before = tree(&scratch);
    let acts = run(&real(&scratch), &scratch, Means::Reflink).unwrap();
    match &acts[..] {
        [Act::Done(None)] => {
            assert_eq!(tree(&scratch), before);
            undo_with(&real(&scratch), &scratch).unwrap().unwrap();
        }
        [Act::Failed(why)] => assert!(why.contains("cannot share blocks"), "{why}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(tree(&scratch), before);
}

#[test]
fn what_changed_since_stays() {
    let check = |change: &dyn Fn(&Scratch), expected: &str| {
        let scratch = heap();
        let plans = planned(&scratch, Means::Move);
        change(&scratch);
        let before = tree(&scratch);
        let acts = run_planned(&real(&scratch), &scratch, Means::Move, &plans[..1]).unwrap();
        assert_eq!(acts, [Act::Failed(expected.to_owned())]);
        assert_eq!(tree(&scratch), before);
    };
    let write = |name: &'static str, text: &'static str| {
        move |scratch: &Scratch| fs::write(scratch.join(name), text).unwrap()
    };
    check(
        &write("b/same.md", "# Tea\n\nMore.\n"),
        "it has changed since it was compared",
    );
    check(
        &write("whole.md", "# Tea\n"),
        "what stays for it has changed since it was compared",
    );
    check(
        &|scratch| fs::remove_file(scratch.join("whole.md")).unwrap(),
        "what stays for it is not there any more",
    );
    check(
        &|scratch| fs::remove_file(scratch.join("b/same.md")).unwrap(),
        "it is not there any more",
    );
    #[cfg(unix)]
    check(
        &|scratch| {
            fs::remove_file(scratch.join("whole.md")).unwrap();
            std::os::unix::fs::symlink("b/same.md", scratch.join("whole.md")).unwrap();
        },
        "what stays for it is no regular file any more",
    );
    #[cfg(unix)]
    check(
        &|scratch| {
            fs::remove_file(scratch.join("whole.md")).unwrap();
            fs::hard_link(scratch.join("b/same.md"), scratch.join("whole.md")).unwrap();
        },
        "is the same file already",
    );
}

/// A plan that says what is not so is refused, wherever it came from.
#[test]
fn a_wrong_plan_loses_nothing() {
    let scratch = heap();
    let before = tree(&scratch);
    let of = |name: &str| digest(&fs::read(scratch.join(name)).unwrap());
    let plan = |path: &str, kept: &str| Planned {
        path: scratch.join(path),
        digest: of(path),
        kept: scratch.join(kept),
        kept_digest: of(kept),
        verdict: Verdict::Identical,
    };
    let plans = [
        plan("whole.md", "b/cut.md"),
        plan("b/cut.md", "whole.md"),
        plan("whole.md", "b/same.md"),
        plan("b/same.md", "whole.md"),
        plan("other.md", "whole.md"),
        plan("other.md", "other.md"),
    ];
    let acts = run_planned(&real(&scratch), &scratch, Means::Move, &plans).unwrap();
    assert!(
        acts.iter().all(|act| matches!(act, Act::Failed(_))),
        "{acts:?}"
    );
    assert_eq!(tree(&scratch), before);
    let acts = run_planned(&real(&scratch), &scratch, Means::Move, &plans[4..5]).unwrap();
    assert_eq!(acts, [Act::Failed("would be lost in part".to_owned())]);
    let acts = run_planned(&real(&scratch), &scratch, Means::Hard, &plans[1..2]).unwrap();
    assert!(matches!(&acts[..], [Act::Failed(_)]), "{acts:?}");
    assert_eq!(tree(&scratch), before);
}

#[test]
fn a_locked_file_stays() {
    let scratch = heap();
    let plans = planned(&scratch, Means::Move);
    let held = fs::File::open(scratch.join("b/same.md")).unwrap();
    held.lock().unwrap();
    let acts = run_planned(&real(&scratch), &scratch, Means::Move, &plans[..1]).unwrap();
    assert_eq!(
        acts,
        [Act::Failed("it is in use by another program".to_owned())]
    );
}

#[test]
fn undo_writes_over_nothing() {
    let scratch = heap();
    run(&real(&scratch), &scratch, Means::Move).unwrap();
    let quarantine = scratch.join(".lacuna/quarantine/1");
    fs::write(scratch.join("b/same.md"), "somebody's").unwrap();
    fs::write(quarantine.join("b/cut.md"), "changed").unwrap();
    let back = undo_with(&real(&scratch), &scratch).unwrap().unwrap();
    let refused = |why: &str| Back::Refused(why.to_owned());
    assert_eq!(
        back,
        [
            (
                scratch.join("b/cut.md"),
                refused("was changed in the quarantine")
            ),
            (scratch.join("b/deep/page.html"), Back::Restored),
            (
                scratch.join("b/same.md"),
                refused("something else is at its old place by now")
            ),
        ]
    );
    assert_eq!(fs::read(scratch.join("b/same.md")).unwrap(), b"somebody's");
    assert_eq!(fs::read(quarantine.join("b/cut.md")).unwrap(), b"changed");
    // When the way is free, the rest comes back.
    fs::remove_file(scratch.join("b/same.md")).unwrap();
    let back = undo_with(&real(&scratch), &scratch).unwrap().unwrap();
    assert_eq!(back[1], (scratch.join("b/same.md"), Back::Restored));
    fs::remove_file(quarantine.join("b/cut.md")).unwrap();
    let back = undo_with(&real(&scratch), &scratch).unwrap().unwrap();
    assert_eq!(
        back,
        [(
            scratch.join("b/cut.md"),
            refused("is not in the quarantine any more")
        )]
    );
}

/// A journal that somebody else wrote moves nothing from elsewhere, and removes nothing.
#[test]
fn a_hostile_journal_leads_nowhere() {
    let scratch = heap();
    let outside = Scratch::new();
    fs::write(outside.join("secret"), "secret").unwrap();
    let secret = digest(b"secret");
    let whole = digest(FILES[0].1.as_bytes());
    let out = outside.join("secret").display().to_string();
    let name = outside.path().file_name().unwrap().to_str().unwrap();
    let up = format!("../{name}/secret");
    let below = format!(".lacuna/quarantine/../../../{name}/secret");
    let mut lines =
        vec!["{\"type\":\"begin\",\"schema_version\":1,\"run\":1,\"means\":\"move\"}".to_owned()];
    for (means, path, to, digest) in [
        ("move", "new", out.as_str(), secret),
        ("move", "new", &up, secret),
        ("move", "new", &below, secret),
        ("move", &up, ".lacuna/quarantine/1/x", secret),
        ("move", "whole.md", "other.md", whole),
        ("hard", "whole.md", "other.md", whole),
        ("hard", "whole.md", &up, whole),
    ] {
        let action = lines.len();
        lines.push(format!(
            "{{\"type\":\"intent\",\"run\":1,\"action\":{action},\"means\":\"{means}\",\
             \"path\":\"{path}\",\"to\":\"{to}\",\"digest\":\"{digest}\",\"bytes\":1,\"mode\":null,\
             \"modified\":[0,0],\"kept\":\"whole.md\",\"kept_digest\":\"{digest}\",\
             \"verdict\":\"identical\"}}"
        ));
    }
    fs::create_dir(scratch.join(".lacuna")).unwrap();
    fs::write(scratch.join(JOURNAL), lines.join("\n") + "\n").unwrap();
    undo_with(&real(&scratch), &scratch).unwrap();
    let left: Vec<(PathBuf, Vec<u8>)> = files(outside.path());
    assert_eq!(left, [(PathBuf::from("secret"), b"secret".to_vec())]);
    ensure_nothing_is_lost(&scratch, "a hostile journal");
    assert!(!scratch.join("new").exists());
}

#[test]
fn a_journal_of_another_version_is_refused() {
    let scratch = heap();
    fs::create_dir(scratch.join(".lacuna")).unwrap();
    for journal in [
        "{\"type\":\"begin\",\"schema_version\":2,\"run\":1,\"means\":\"move\"}\n",
        "x\n",
    ] {
        fs::write(scratch.join(JOURNAL), journal).unwrap();
        let error = undo_with(&real(&scratch), &scratch).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
    }
}

/// `work` on a disk whose `n`-th step, or all from then on, have a fate; gives how many steps it took.
fn with_fate(
    scratch: &Scratch,
    (n, from_then_on): (u64, bool),
    fate: &(dyn Fn(Step) -> Fate + Sync),
    work: impl FnOnce(&dyn Disk),
) -> u64 {
    let steps = AtomicU64::new(0);
    let disk = Watched::new(real(scratch), |step| {
        let at = steps.fetch_add(1, Ordering::Relaxed);
        match at == n || (from_then_on && at > n) {
            true => fate(step),
            false => Fate::Taken,
        }
    });
    work(&disk);
    steps.load(Ordering::Relaxed)
}

/// For every step: applies with that fate, then undoes, with that fate at the same step, too; then
/// undoes on a disk that works. All is as it was.
fn at_every_step(means: Means, from_then_on: bool, fate: &(dyn Fn(Step) -> Fate + Sync)) {
    for n in 0.. {
        let scratch = heap();
        let before = tree(&scratch);
        let taken = with_fate(&scratch, (n, from_then_on), fate, |disk| {
            let _ = run(disk, &scratch, means);
        });
        ensure_nothing_is_lost(&scratch, &format!("{means:?} step {n}"));
        let undone = with_fate(&scratch, (n, from_then_on), fate, |disk| {
            let _ = undo_with(disk, &scratch);
        });
        ensure_nothing_is_lost(&scratch, &format!("{means:?} undo step {n}"));
        let back = undo_with(&real(&scratch), &scratch).unwrap();
        for (path, back) in back.into_iter().flatten() {
            let refused = matches!(back, Back::Refused(_));
            assert!(!refused, "{means:?} step {n}: {} {back:?}", path.display());
        }
        assert_eq!(tree(&scratch), before, "{means:?} step {n}");
        assert_eq!(undo_with(&real(&scratch), &scratch).unwrap(), None);
        if taken <= n && undone <= n {
            assert!(n > 25, "only {n} steps were seen");
            return;
        }
    }
}

#[test]
fn every_error_at_every_step() {
    for means in [Means::Move, Means::Hard] {
        for kind in [
            io::ErrorKind::StorageFull,
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::Other,
            io::ErrorKind::Interrupted,
        ] {
            at_every_step(means, false, &|_| Fate::Fails(kind.into()));
        }
        at_every_step(means, false, &|_| {
            Fate::HappensAndFails(io::ErrorKind::Other.into())
        });
        at_every_step(means, false, &|_| Fate::Short);
    }
}

/// As a kill or a loss of power leaves it.
#[test]
fn the_end_at_every_step() {
    for means in [Means::Move, Means::Hard] {
        at_every_step(means, true, &|_| Fate::Fails(io::ErrorKind::Other.into()));
    }
}

/// The quarantine on another file system: a rename fails, and the file is copied.
#[test]
fn to_another_file_system_at_every_step() {
    let crosses = |step| match step {
        Step::Rename => Fate::Fails(io::ErrorKind::CrossesDevices.into()),
        _ => Fate::Taken,
    };
    for n in 0.. {
        let scratch = heap();
        let before = tree(&scratch);
        let steps = AtomicU64::new(0);
        let disk = Watched::new(real(&scratch), |step| {
            match steps.fetch_add(1, Ordering::Relaxed) >= n {
                true => Fate::Fails(io::ErrorKind::Other.into()),
                false => crosses(step),
            }
        });
        let acts = run(&disk, &scratch, Means::Move);
        ensure_nothing_is_lost(&scratch, &format!("step {n}"));
        let disk = Watched::new(real(&scratch), crosses);
        undo_with(&disk, &scratch).unwrap();
        assert_eq!(tree(&scratch), before, "step {n}: {acts:?}");
        assert_eq!(undo_with(&disk, &scratch).unwrap(), None);
        if steps.load(Ordering::Relaxed) <= n {
            assert!(n > 60, "only {n} steps were seen");
            assert!(acts.unwrap().iter().all(|act| matches!(act, Act::Done(_))));
            return;
        }
    }
}
