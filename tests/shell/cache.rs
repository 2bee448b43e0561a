//! What is kept of files between two scans.

use std::fs;
use std::thread::{self, sleep};
use std::time::Duration;

use super::call::lacuna;
use super::lessons::two_dumps;
use super::tree::Tree;
use crate::program::Run;

/// Files that were changed just now are not kept: their time of change may stay the same if they
/// change again.
const SETTLING: Duration = Duration::from_millis(2100);

/// Scans both dumps; gives what the program says.
fn run(tree: &Tree, arguments: &[&str]) -> Run {
    let both = ["scan", "full", "cut", "--format", "json"];
    lacuna(&tree.root, &[&both[..], arguments].concat())
        .run()
        .expect(0)
}

/// Scans with the cache; gives what it says and whether anything was learnt.
fn scan(tree: &Tree) -> (String, bool) {
    let run = run(tree, &["--timings", "--cache-dir", "kept"]);
    (run.text().to_owned(), run.stderr.contains("keep"))
}

fn without(tree: &Tree) -> String {
    run(tree, &["--no-cache"]).text().to_owned()
}

fn settled(name: &str) -> Tree {
    let tree = two_dumps(name, 4);
    sleep(SETTLING);
    tree
}

#[test]
fn what_is_known_is_not_read_again_and_says_the_same() {
    let tree = settled("cache-same");
    let whole = without(&tree);
    assert_eq!(scan(&tree), (whole.clone(), true));
    assert_eq!(scan(&tree), (whole, false));
}

#[test]
fn a_file_changed_with_its_size_and_time_kept_is_read_again() {
    let tree = settled("cache-changed");
    let (before, _) = scan(&tree);
    let path = tree.root.join("full/1/001.md");
    let text = fs::read_to_string(&path).unwrap();
    let time = path.metadata().unwrap().modified().unwrap();
    let other: String = text.chars().rev().collect();
    fs::write(&path, &other).unwrap();
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(time)
        .unwrap();
    let (after, learnt) = scan(&tree);
    assert!(learnt);
    assert_ne!(after, before);
    assert_eq!(after, without(&tree));
}

#[test]
fn a_file_that_was_written_again_as_it_was_is_read_once() {
    let tree = settled("cache-touched");
    let (before, _) = scan(&tree);
    let path = tree.root.join("full/1/001.md");
    fs::write(&path, fs::read(&path).unwrap()).unwrap();
    sleep(SETTLING);
    assert_eq!(scan(&tree), (before.clone(), true));
    assert_eq!(scan(&tree), (before, false));
}

#[test]
fn a_cache_that_is_none_is_made_anew() {
    let tree = settled("cache-broken");
    let (whole, _) = scan(&tree);
    let kept = tree.root.join("kept/scan.redb");
    let mut bytes = fs::read(&kept).unwrap();
    for byte in bytes.iter_mut().step_by(7) {
        *byte ^= 0x55;
    }
    for broken in [&bytes[..], b"nothing of the kind", b""] {
        fs::write(&kept, broken).unwrap();
        assert_eq!(scan(&tree).0, whole);
    }
}

#[test]
fn two_scans_at_once_do_not_disturb_each_other() {
    let tree = settled("cache-two");
    let whole = without(&tree);
    let scans = thread::scope(|scope| {
        let scans: Vec<_> = (0..4).map(|_| scope.spawn(|| scan(&tree).0)).collect();
        let scans = scans.into_iter().map(|scan| scan.join().unwrap());
        scans.collect::<Vec<_>>()
    });
    assert!(scans.iter().all(|scan| *scan == whole));
    assert_eq!(scan(&tree).0, whole);
}
