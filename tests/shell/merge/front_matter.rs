//! Front matter of several dumps.

use super::{ledger, merge, paragraphs};
use crate::shell::tree::Tree;

/// A document, and one that says other things of itself and less.
fn tree(name: &str, own: &str, other: &str) -> Tree {
    Tree::new(name)
        .file("a/x.md", format!("{own}\n{}", paragraphs(0..9)))
        .file("b/x.md", format!("{other}\n{}", paragraphs(0..5)))
}

/// Merges with both readings, and again with each dump and itself, which changes nothing.
#[track_caller]
fn check(name: &str, own: &str, other: &str, expected: &str) {
    let tree = tree(name, own, other);
    let both = ["--conflicts", "both"];
    let found = merge(&tree, &["a", "b"], "out", &both);
    let said = String::from_utf8_lossy(&found["x.md"]);
    assert_eq!(said, format!("{expected}\n{}", paragraphs(0..9)));
    assert!(!ledger(&tree, "out").contains(r#""kind":"entry""#));
    for (at, dumps) in [["out", "a"], ["out", "b"], ["a", "out"], ["b", "out"]]
        .iter()
        .enumerate()
    {
        for (flags, policy) in [(&both[..], "both"), (&[], "ledger")] {
            let out = format!("again-{at}-{policy}");
            assert_eq!(
                merge(&tree, dumps, &out, flags),
                found,
                "{dumps:?} {policy}"
            );
        }
    }
}

#[test]
fn both_values_stand_in_yaml() {
    check(
        "merge-both-yaml",
        "---\ntitle: 泡茶的水\ntags:\n  - tea\n  - water\ndate: 2024-01-02\n---\n",
        "---\ntitle: \"Water: how to boil it\"\ntags: [tea, kettle]\ndate: 2024-01-02\nby: Li\n---\n",
        "---\ntitle: 泡茶的水\n# 〔B: title: Water: how to boil it〕\ntags:\n  - tea\n  - water\n\
         # 〔B: tags: tea, kettle〕\ndate: 2024-01-02\nby: Li\n---\n",
    );
}

#[test]
fn both_values_stand_in_toml() {
    check(
        "merge-both-toml",
        "+++\ntitle = \"Tea\"\n[author]\nname = \"Li\"\n[extra]\nmath = true\n+++\n",
        "+++\ntitle = \"Of tea\"\n[author]\nname = \"Wang\"\n+++\n",
        "+++\ntitle = \"Tea\"\n# 〔B: title: Of tea〕\n# 〔B: author: name: Wang〕\n[author]\n\
         name = \"Li\"\n[extra]\nmath = true\n+++\n",
    );
}

/// A comment of the front matter belongs to no key, and is kept like any other line.
#[test]
fn comments_of_front_matter_are_kept() {
    let tree = tree(
        "merge-front-comments",
        "---\n# written: in spring\ntitle: Tea\n---\n",
        "---\n# written: in winter\ntitle: Tea\n---\n",
    );
    let found = merge(&tree, &["a", "b"], "out", &[]);
    let said = String::from_utf8_lossy(&found["x.md"]);
    let front = "---\n# written: in spring\ntitle: Tea\n# written: in winter\n---\n\n";
    assert!(said.starts_with(front), "{said}");
    // A document without front matter gets it with its comments.
    let tree = tree.file("c/x.md", paragraphs(0..12));
    let found = merge(&tree, &["c", "out"], "other", &[]);
    let said = String::from_utf8_lossy(&found["x.md"]);
    assert!(
        said.contains("# written: in spring\n") && said.contains("# written: in winter\n"),
        "{said}"
    );
}

/// Where another value is preferred, it stands instead of the whole entry, quotes and all.
#[test]
fn a_preferred_value_leaves_nothing_of_the_other() {
    let tree = tree(
        "merge-front-prefer",
        "---\ntitle: \"Tea: a book\"\ntags: [tea, water]\n---\n",
        "---\ntitle: 'Water'\ntags: [kettle]\n---\n",
    );
    let found = merge(&tree, &["a", "b"], "out", &["--prefer", "B"]);
    let said = String::from_utf8_lossy(&found["x.md"]);
    let front = "---\ntitle: 'Water'\ntags: [kettle]\n---\n\n";
    assert_eq!(said, front.to_owned() + &paragraphs(0..9));
    let ledger = ledger(&tree, "out");
    assert!(
        ledger.contains(r#""text":"title: Tea: a book""#),
        "{ledger}"
    );
}
