//! Every case under `samples/`, through the program.

mod case;
mod check;

use std::fs;
use std::path::Path;

use crate::contract::{records, relations};
use crate::program::{lacuna, root};
use case::Case;

/// The cases, by name, in the order of their names.
fn cases() -> Vec<Case> {
    let mut names: Vec<String> = fs::read_dir(root().join("samples"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        // Those of audits are another test's.
        .filter(|name| name != "audit")
        .collect();
    names.sort();
    assert!(names.len() >= 40, "some samples are gone");
    names.iter().map(|name| Case::read(name)).collect()
}

#[test]
fn every_case_is_as_expected() {
    let mut wrong = Vec::new();
    for case in cases() {
        let run = lacuna(["scan", "--format", "jsonl", &case.folder()]).expect(0);
        wrong.extend(check::relations(&case, &relations(run.text())));
        wrong.extend(check::excluded(&case, &records(run.text(), "excluded")));
        for reading in &case.reads {
            let path = case.path(&reading.path);
            let text = lacuna(["normalize", &path]).expect(0);
            let json = lacuna(["normalize", "--format", "json", &path]).expect(0);
            wrong.extend(check::reading(&case, reading, text.text(), json.text()));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} findings\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn one_scan_of_all_cases_finds_the_same_relations_and_no_others() {
    let cases = cases();
    // Among many more documents, what is boilerplate in a case would be none.
    let glob = ["--glob", "!samples/audit/"];
    let arguments = [&["scan", "--format", "jsonl"][..], &glob, &["samples"]].concat();
    let run = lacuna(arguments).expect(0);
    let found = relations(run.text());
    let mut wrong = Vec::new();
    for case in &cases {
        let (inside, across): (Vec<_>, Vec<_>) = found
            .iter()
            .filter(|relation| case.holds(&relation.copy))
            .partition(|relation| case.holds(&relation.base));
        wrong.extend(
            across
                .iter()
                .map(|relation| format!("{} is related to {}", relation.copy, relation.base)),
        );
        wrong.extend(check::pairs(case, inside));
    }
    assert!(
        wrong.is_empty(),
        "{} findings\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn output_is_the_same_for_any_threads_order_and_memory() {
    let mut folders: Vec<String> = cases().iter().map(Case::folder).collect();
    for format in ["text", "json", "jsonl"] {
        let expected = lacuna(
            ["scan", "--format", format, "-j", "1"]
                .map(str::to_owned)
                .into_iter()
                .chain(folders.iter().cloned()),
        )
        .expect(0)
        .stdout;
        // A permutation that is neither the order of names nor its reverse.
        folders.sort_by_key(|name| name.bytes().rev().collect::<Vec<u8>>());
        for (threads, memory) in [("1", "0"), ("2", "1"), ("7", "9999")] {
            let run = lacuna(
                [
                    "scan", "--format", format, "-j", threads, "--memory", memory,
                ]
                .map(str::to_owned)
                .into_iter()
                .chain(folders.iter().cloned()),
            )
            .expect(0);
            assert!(
                run.stdout == expected,
                "{format} with -j {threads} and --memory {memory} is another"
            );
            folders.rotate_left(11);
        }
        folders.sort();
    }
}

#[test]
fn reading_the_same_folder_twice_gives_the_same_bytes() {
    let run = || {
        lacuna(["scan", "--format", "json", "samples"])
            .expect(0)
            .stdout
    };
    assert!(run() == run());
}

#[test]
fn no_case_is_without_its_files() {
    for case in cases() {
        let named = case
            .relations
            .iter()
            .flat_map(|relation| [&relation.copy, &relation.base]);
        let named = named.chain(case.reads.iter().map(|reading| &reading.path));
        for path in named.chain(case.excluded.iter().map(|excluded| &excluded.path)) {
            assert!(
                Path::new(&root().join(case.path(path))).is_file(),
                "{}",
                case.path(path)
            );
        }
        assert!(
            !case.why.is_empty() && !case.why.contains('\n'),
            "{} says not why",
            case.name
        );
    }
}
