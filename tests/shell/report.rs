//! How much of a scan people are shown, and in which order.

use serde_json::Value;

use super::call::lacuna;
use super::lessons::{lesson, two_dumps};
use super::tree::Tree;
use crate::contract::records;

fn text(tree: &Tree, arguments: &[&str]) -> String {
    let run = lacuna(&tree.root, &[&["scan"], arguments].concat());
    run.run().expect(0).text().to_owned()
}

/// The numbers of the groups that are shown.
fn groups(text: &str) -> Vec<usize> {
    (text.lines())
        .filter_map(|line| line.strip_prefix("group ")?.split(':').next()?.parse().ok())
        .collect()
}

#[test]
fn a_report_begins_with_the_folders() {
    let tree = two_dumps("report-folders", 25)
        .file("full/other.md", lesson(1_000, 3))
        .file("full/0/same.md", lesson(1_001, 3))
        .file("cut/0/same.md", lesson(1_001, 3));
    let all = text(&tree, &[]);
    let first: Vec<&str> = all.lines().take(3).collect();
    assert_eq!(
        first,
        [
            "folders",
            "  cut/ is a cut copy of full/: 25 truncated, 1 identical; 1 other document in",
            "    full/"
        ]
    );
    let jsonl = text(&tree, &["--format", "jsonl"]);
    assert!(jsonl.starts_with("{\"schema_version\":1,\"type\":\"folders\""));
    let pairs = records(&jsonl, "folders");
    assert_eq!(pairs.len(), 1);
    assert_eq!(pairs[0]["copy"]["path"], "cut/");
    assert_eq!(pairs[0]["relations"]["truncated"], 25);
    assert_eq!(pairs[0]["base"]["documents"], 27);
}

#[test]
fn one_pair_of_documents_has_no_folders_to_show() {
    let tree = two_dumps("report-one-pair", 1);
    assert!(text(&tree, &[]).starts_with("group 1: 1 copy\n"));
    assert_eq!(
        records(&text(&tree, &["--format", "jsonl"]), "folders").len(),
        1
    );
    // Nor have copies that are all in one folder.
    let tree = Tree::new("report-one-folder");
    let tree = (0..4).fold(tree, |tree, at| {
        tree.file(&format!("{at}.md"), lesson(at / 2, 3))
    });
    assert!(text(&tree, &[]).starts_with("group 1: 1 copy\n"));
}

#[test]
fn groups_with_most_text_at_stake_are_shown() {
    let tree = two_dumps("report-groups", 25);
    let shown = |arguments: &[&str]| groups(&text(&tree, arguments));
    // Numbers follow the paths of the bases, full/0/003.md first, full/2/023.md last; lesson 1
    // is the first one in full/1.
    let all: Vec<usize> = (1..=25).collect();
    let stake = shown(&["--sort", "stake", "--all"]);
    assert_eq!(stake[..4], [9, 18, 1, 10]);
    assert_eq!(stake.len(), 25);
    assert_eq!(shown(&[]), stake[..20]);
    assert_eq!(shown(&["--groups", "3"]), stake[..3]);
    assert_eq!(shown(&["--groups", "0"]), Vec::<usize>::new());
    assert_eq!(shown(&["--groups", "25"]), all);
    assert_eq!(shown(&["--all"]), all);
    assert_eq!(shown(&["--sort", "path"]), all[..20]);
    let told = text(&tree, &["--groups", "24"]);
    assert!(told.contains("\n\n1 more group, with less text at stake: see --all and --groups\n\n"));
    let told = text(&tree, &["--sort", "path"]);
    assert!(told.contains("\n\n5 more groups: see --all and --groups\n\n"));
    assert!(!text(&tree, &["--all"]).contains("more group"));
}

#[test]
fn programs_get_everything() {
    let tree = two_dumps("report-programs", 25);
    let numbers = |arguments: &[&str]| -> Vec<u64> {
        let jsonl = text(&tree, &[&["--format", "jsonl"], arguments].concat());
        let groups = records(&jsonl, "group");
        groups
            .iter()
            .map(|group| group["number"].as_u64().unwrap())
            .collect()
    };
    let all: Vec<u64> = (1..=25).collect();
    assert_eq!(numbers(&[]), all);
    assert_eq!(numbers(&["--groups", "1"]), all);
    assert_eq!(numbers(&["--sort", "stake"])[..4], [9, 18, 1, 10]);
    let json = text(&tree, &["--format", "json", "--groups", "1"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["groups"].as_array().unwrap().len(), 25);
}

#[test]
fn a_group_shows_the_copies_with_most_at_stake() {
    let tree = Tree::new("report-copies").file("z/cut.md", lesson(1, 3));
    let tree = (0..30).fold(tree, |tree, at| {
        tree.file(&format!("a/{at:02}.md"), lesson(1, 5))
    });
    let told = text(&tree, &[]);
    assert!(told.contains("group 1: 30 copies\n"), "{told}");
    assert!(told.contains("\n  and 10 more copies (--all)\n"), "{told}");
    assert_eq!(told.matches("identical to A").count(), 19);
    assert_eq!(told.matches("truncated at line").count(), 1);
    assert_eq!(
        text(&tree, &["--all"]).matches("identical to A").count(),
        29
    );
}
