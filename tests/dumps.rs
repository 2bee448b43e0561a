//! The promises on a labelled heap: every copy is found and told rightly, and nothing else is. The
//! benchmark of dumps, in small; see benches/dumps/README.md.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{empty_folder, lacuna};

#[allow(dead_code)]
#[path = "../benches/dumps/main.rs"]
mod benchmark;

fn heap(name: &str, preset: benchmark::Preset, documents: usize, bytes: usize) -> PathBuf {
    let folder = empty_folder(name);
    let plan = benchmark::Plan {
        preset,
        seed: 24,
        documents,
        bytes,
        found: Vec::new(),
    };
    benchmark::generate(plan, None, &folder).expect("a heap");
    folder
}

fn table(folder: &Path) -> PathBuf {
    folder.with_extension("tsv")
}

/// Scans the heap and holds what is told against the truth.
fn check(folder: &Path) {
    let run = lacuna([
        "scan".as_ref(),
        "--format".as_ref(),
        "jsonl".as_ref(),
        folder.as_os_str(),
    ]);
    let told = folder.with_extension("jsonl");
    fs::write(&told, run.expect(0).stdout).expect("a file of the test");
    let (score, passed) = benchmark::score(&table(folder), &told, 50, true).expect("tables");
    assert!(passed, "{score}");
}

#[test]
fn every_kind_of_copy_is_told_rightly() {
    check(&heap("dumps-mixed", benchmark::Preset::Mixed, 500, 2_000));
}

#[test]
fn cut_lessons_are_told_rightly() {
    check(&heap(
        "dumps-lessons",
        benchmark::Preset::Lessons,
        60,
        6_000,
    ));
    check(&heap("dumps-html", benchmark::Preset::Html, 60, 6_000));
}

#[test]
fn pages_of_one_template_are_no_copies() {
    check(&heap("dumps-pages", benchmark::Preset::Pages, 80, 5_600));
}

#[test]
fn a_heap_depends_on_its_seed_alone() {
    let [one, two] =
        ["dumps-once", "dumps-twice"].map(|name| heap(name, benchmark::Preset::Mixed, 60, 800));
    let table = |folder| fs::read_to_string(table(folder)).expect("a table");
    assert_eq!(table(&one), table(&two));
    for line in table(&one).lines().skip(1) {
        let path = line.split('\t').next().expect("a path");
        assert_eq!(
            fs::read(one.join(path)).unwrap(),
            fs::read(two.join(path)).unwrap(),
            "{path}"
        );
    }
}

/// Pages about commands of one program speak in the same phrases.
#[test]
fn pages_of_one_template_with_the_same_phrases_are_no_copies() {
    let folder = empty_folder("dumps-phrases");
    let frame = "This handbook is about the catalogue of the village library, which was begun in \
        the winter of the great flood and has been kept by hand ever since. Whoever finds a mistake \
        in it may write it down on the sheet beside the door";
    let names = [
        "shelf", "ladder", "ledger", "stamp", "card", "drawer", "lamp", "chair", "window", "stove",
        "basket", "ribbon", "bell",
    ];
    for (at, name) in names.iter().enumerate() {
        let other = names[(at + 5) % names.len()];
        let own = format!(
            "They keep the {name} by the door, {at} steps from the {other}, and it was no longer {other}y. \
             It is said that the {name} brought {at} crates, and the {other} took half of it."
        );
        let page = format!("<p>{frame}.</p>\n<p>{own}</p>\n<p>{frame}, or tell the keeper.</p>\n");
        fs::write(folder.join(format!("{name}.html")), page).expect("a file of the test");
    }
    let run = lacuna([
        "scan".as_ref(),
        "--format".as_ref(),
        "jsonl".as_ref(),
        folder.as_os_str(),
    ]);
    let relations = crate::contract::relations(run.expect(0).text());
    assert!(relations.is_empty(), "{relations:#?}");
}
