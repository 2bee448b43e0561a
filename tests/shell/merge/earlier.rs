//! Dumps that are outputs of merges themselves.

use std::collections::BTreeMap;
use std::fs;

use super::{files, ledger, merge, paragraphs};
use crate::shell::call::lacuna;
use crate::shell::tree::Tree;

/// What an output keeps of earlier merges: by the path below their folders.
fn kept(tree: &Tree, out: &str) -> BTreeMap<String, Vec<u8>> {
    let earlier = tree.path(out).join(".lacuna/earlier");
    match earlier.is_dir() {
        true => files(&earlier),
        false => BTreeMap::new(),
    }
}

/// A text of so many paragraphs, and a sentence of which there is another reading.
fn text(number: &str, end: usize) -> String {
    let kettle = format!("The kettle holds {number} litres of water.");
    format!("{}\n{kettle}\n\n{}", paragraphs(0..3), paragraphs(3..end))
}

/// Two dumps with a conflict, merged, and a third one.
fn tree(name: &str, flags: &[&str]) -> Tree {
    let tree = Tree::new(name)
        .file("a/x.md", text("two", 9))
        .file("b/x.md", text("nine", 7))
        .file("c/x.md", paragraphs(3..12));
    merge(&tree, &["a", "b"], "ab", flags);
    assert!(ledger(&tree, "ab").contains(r#""kind":"variant""#));
    tree
}

#[test]
fn a_reading_of_an_earlier_ledger_is_not_lost() {
    let tree = tree("merge-earlier", &["--keep-originals"]);
    let before = fs::read(tree.path("ab/.lacuna/ledger.jsonl")).unwrap();
    // `merge` verifies the output against its dumps, with what is in their own folders.
    let found = merge(&tree, &["ab", "c"], "abc", &[]);
    assert_eq!(String::from_utf8_lossy(&found["x.md"]), text("two", 12));
    let first = kept(&tree, "abc");
    assert!(first.values().any(|bytes| *bytes == before));
    assert!(first.keys().any(|path| path.contains("/originals/")));

    // And so on: each ledger is there once, however often it comes.
    merge(&tree, &["abc", "ab", "a"], "all", &[]);
    let all = kept(&tree, "all");
    assert!(first.iter().all(|(path, bytes)| all[path] == *bytes));
    let ledgers = all.keys().filter(|path| path.ends_with("ledger.jsonl"));
    assert_eq!(ledgers.count(), 2, "{:?}", all.keys());

    // One that was not merged is not covered.
    let run = lacuna(&tree.root, &["verify", "abc", "--against", "all"]);
    let told = run.run().expect(1);
    assert!(
        told.text().contains("all/.lacuna/ledger.jsonl"),
        "{}",
        told.text()
    );
    lacuna(&tree.root, &["verify", "all", "--against", "all"])
        .run()
        .expect(0);
}

#[test]
fn damage_to_an_earlier_ledger_is_found() {
    let tree = tree("merge-earlier-damage", &[]);
    merge(&tree, &["ab", "c"], "abc", &[]);
    let name = kept(&tree, "abc").into_keys().next().unwrap();
    let path = tree.path("abc/.lacuna/earlier").join(name);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[1..]).unwrap();
    let told = lacuna(&tree.root, &["verify", "abc"]).run().expect(1);
    assert!(told.text().contains(".lacuna/earlier/"), "{}", told.text());
    fs::remove_file(&path).unwrap();
    lacuna(&tree.root, &["verify", "abc"]).run().expect(1);
}

/// A plan cannot write into the program's own folder otherwise.
#[test]
fn a_plan_does_not_write_ledgers() {
    let tree = tree("merge-earlier-plan", &[]);
    let plan = lacuna(&tree.root, &["merge", "ab", "c", "-n", "--format", "json"])
        .run()
        .expect(0);
    let earlier = plan.text().find(".lacuna/earlier/").expect("a ledger");
    let end = earlier + plan.text()[earlier..].find('"').unwrap();
    for path in [
        ".lacuna/ledger.jsonl",
        ".lacuna/earlier/../ledger.jsonl",
        ".lacuna/earlier",
    ] {
        let other = plan.text()[..earlier].to_owned() + path + &plan.text()[end..];
        fs::write(tree.path("plan.json"), other).unwrap();
        lacuna(&tree.root, &["merge", "--plan", "plan.json", "-o", "out"])
            .run()
            .expect(2);
        fs::remove_dir_all(tree.path("out")).unwrap();
    }
    fs::write(tree.path("plan.json"), plan.text()).unwrap();
    lacuna(&tree.root, &["merge", "--plan", "plan.json", "-o", "out"])
        .run()
        .expect(0);
}

/// The plan of an output that is merged again with one of its inputs.
fn plan_again(tree: &Tree, flags: &[&str]) -> String {
    let run = ["merge", "ab", "b", "--dry-run", "--format", "json"];
    let run = lacuna(&tree.root, &[&run, flags].concat()).run();
    run.expect(0).text().to_owned()
}

#[test]
fn what_was_taken_in_is_not_grafted_again() {
    let tree = tree("merge-taken-in", &[]);
    assert!(plan_again(&tree, &[]).contains(r#""taken_in":true"#));
    // By other rules there is something to do.
    assert!(!plan_again(&tree, &["--conflicts", "both"]).contains("taken_in"));
    let out = merge(&tree, &["ab", "b"], "both", &["--conflicts", "both"]);
    assert!(String::from_utf8_lossy(&out["x.md"]).contains("nine"));
    // An output that was changed since has taken nothing in.
    fs::write(tree.path("ab/x.md"), text("three", 8)).unwrap();
    assert!(!plan_again(&tree, &[]).contains("taken_in"));
}

#[test]
fn a_dump_that_was_preferred_has_another_siglum_now() {
    let tree = tree("merge-taken-in-by-siglum", &["--prefer", "B"]);
    assert!(!plan_again(&tree, &["--prefer", "B"]).contains("taken_in"));
}
