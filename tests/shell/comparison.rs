//! Which documents are compared, and which relations are told.

use super::call::lacuna;
use super::lessons::lesson;
use super::tree::Tree;
use crate::contract::{records, relations};

/// What a scan tells: a line for each relation, in the order of paths.
fn told(tree: &Tree, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["scan", "--format", "jsonl"], arguments].concat();
    let run = lacuna(&tree.root, &arguments).run().expect(0);
    let mut told: Vec<String> = (relations(run.text()).iter())
        .map(|relation| format!("{} {} {}", relation.base, relation.verdict, relation.copy))
        .collect();
    told.sort();
    told
}

fn folders(name: &str) -> Tree {
    Tree::new(name)
        .file("a/1.md", lesson(1, 8))
        .file("a/1-cut.md", lesson(1, 3))
        .file("a/2.md", lesson(2, 5))
        .file("a/same.md", lesson(3, 5))
        .file("b/1-cut.md", lesson(1, 4))
        .file("b/2.md", lesson(2, 7))
        .file("b/2-cut.md", lesson(2, 6))
        .file("b/same.md", lesson(3, 5))
        .file("b/same-again.md", lesson(3, 5))
        .file("short/a.md", "Few words.\n")
        .file("short/b.md", "Few words.\n")
}

#[test]
fn folders_are_compared_within_or_across() {
    let tree = folders("comparison-folders");
    let all = told(&tree, &["a", "b"]);
    assert_eq!(all.len(), 6, "{all:#?}");
    assert_eq!(
        told(&tree, &["--within", "a", "b"]),
        [
            "a/1.md truncated a/1-cut.md",
            "b/2.md truncated b/2-cut.md",
            "b/same-again.md identical b/same.md",
        ]
    );
    assert_eq!(
        told(&tree, &["--across", "a", "b"]),
        [
            "a/1.md truncated b/1-cut.md",
            "a/same.md identical b/same-again.md",
            "a/same.md identical b/same.md",
            // Bases of their own folder are out of question for these two.
            "b/1-cut.md truncated a/1-cut.md",
            "b/2-cut.md truncated a/2.md",
            "b/2.md truncated a/2.md",
        ]
    );
    // Each folder by itself is what --within says.
    let alone = [told(&tree, &["a"]), told(&tree, &["b"])].concat();
    assert_eq!(told(&tree, &["b", "--within", "a"]), alone);
    // What is in no folder that is named is in one place, as is all if there is but one folder.
    assert_eq!(told(&tree, &["--within"]), told(&tree, &[]));
    assert_eq!(told(&tree, &["--within", "."]), told(&tree, &[]));
    // The lowest folder counts.
    assert_eq!(
        told(&tree, &["--across", ".", "short"]),
        Vec::<String>::new()
    );
    assert_eq!(
        told(&tree, &["--across", "short/a.md", "short/b.md"]),
        ["short/a.md identical short/b.md"]
    );
}

/// A passage in so many documents that each is proposed with the most complete one only, which is
/// in the same folder.
#[test]
fn no_copy_is_missed_for_want_of_a_base_in_the_other_folder() {
    let tree = (0..9).fold(Tree::new("comparison-star"), |tree, at| {
        tree.file(&format!("a/{at}.md"), lesson(1, 20 - at))
            .file(&format!("b/{at}.md"), lesson(1, 10 - at))
    });
    let tree = (0..150).fold(tree, |tree, at| {
        tree.file(&format!("c/{at}.md"), lesson(100 + at, 2))
    });
    let across = told(&tree, &["--across", "a", "b", "c"]);
    let copies: Vec<&str> = (across.iter())
        .filter_map(|line| line.rsplit(' ').next())
        .collect();
    for at in 0..9 {
        let b = format!("b/{at}.md");
        assert!(copies.contains(&b.as_str()), "{b}: {across:#?}");
    }
    assert!(
        across
            .iter()
            .all(|line| line[..1] != line[line.len() - 6..][..1])
    );
    let within = told(&tree, &["--within", "a", "b", "c"]);
    assert_eq!(within.len(), 16, "{within:#?}");
}

#[test]
fn across_needs_two_folders() {
    let tree = folders("comparison-one-folder");
    for arguments in [&["scan", "--across"][..], &["scan", "--across", "a"]] {
        let run = lacuna(&tree.root, arguments).run().expect(2);
        let expected = "lacuna: --across compares folders with each other: name two or more\n";
        assert_eq!((run.text(), run.stderr.as_str()), ("", expected));
    }
    let both = ["scan", "--across", "--within", "a", "b"];
    lacuna(&tree.root, &both).run().expect(2);
}

#[test]
fn thresholds_are_shares_and_passages() {
    let tree = Tree::new("comparison-threshold")
        .file("page.md", format!("{}{}", lesson(1, 8), lesson(2, 1)))
        .file("quotes.md", format!("{}{}", lesson(2, 1), lesson(3, 9)))
        .file("cut.md", lesson(1, 2))
        .file("a.md", "Few words.\n")
        .file("b.md", "Few words.\n");
    let count = |arguments: &[&str]| told(&tree, arguments).len();
    assert_eq!(count(&[]), 3);
    assert_eq!(count(&["--min-share", "5"]), 3);
    // A tenth of one page is quoted in the other.
    assert_eq!(count(&["--min-share", "20"]), 2);
    assert_eq!(count(&["--min-share", "100%"]), 2);
    assert_eq!(count(&["--min-passage", "9"]), 3);
    assert_eq!(count(&["--min-passage", "20"]), 2);
    assert_eq!(count(&["--min-passage", "300"]), 1);
    assert_eq!(count(&["--min-passage", "3000"]), 0);
    assert_eq!(
        told(&tree, &["--min-share", "20", "--min-passage", "20"]),
        ["page.md truncated cut.md"]
    );
    // What is not told is no finding, either.
    let arguments = ["scan", "--min-passage", "3000", "--fail-on", "any"];
    let run = lacuna(&tree.root, &arguments).run().expect(0);
    assert!(run.text().contains("no copies (5)"), "{}", run.text());
    for wrong in [
        ["--min-share", "101"],
        ["--min-share", "half"],
        ["--min-passage", "-1"],
    ] {
        lacuna(&tree.root, &[&["scan"], &wrong[..]].concat())
            .run()
            .expect(2);
    }
}

#[test]
fn small_files_are_left_out_by_a_rule() {
    let tree = Tree::new("comparison-size")
        .file("long.md", "x".repeat(1_024))
        .file("short.md", "x".repeat(1_023));
    for (size, small) in [
        ("0", &[][..]),
        ("1023", &[]),
        ("1024", &["short.md"]),
        ("1k", &["short.md"]),
        ("2K", &["long.md", "short.md"]),
    ] {
        let arguments = ["scan", "--format", "jsonl", "--min-size", size];
        let run = lacuna(&tree.root, &arguments).run().expect(0);
        let excluded: Vec<String> = (records(run.text(), "excluded").iter())
            .filter(|record| record["rule"] == "too small")
            .map(|record| record["path"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(excluded, small, "{size}");
    }
}

/// A reader reads words: none is marked by its letters, but where a cut may have divided one.
#[test]
fn whole_words_are_marked_and_single_han_characters() {
    let around = |words: &str| format!("At first.\n\n{words}\n\nAt last.\n");
    for (one, other, marked) in [
        (
            "The long road leads on.",
            "The long roads leads on.",
            "[-road-]{+roads+}",
        ),
        (
            "The long roads leads on.",
            "The long road leads on.",
            "[-roads-]{+road+}",
        ),
        ("Roads lead on.", "Broads lead on.", "[-Roads-]{+Broads+}"),
        (
            "It's naïve to say so.",
            "It isn't naïve to say so.",
            "[-It's-]{+It isn't+}",
        ),
        ("走了很长的路去看海", "走了很长的道路去看海", "的{+道+}路"),
        (
            "走了很长的路去看海",
            "走了很长的街去看海",
            "的[-路-]{+街+}去",
        ),
    ] {
        let tree = Tree::new("comparison-words")
            .file("a.md", around(one))
            .file("b.md", around(other));
        let run = lacuna(&tree.root, &["diff", "a.md", "b.md"])
            .run()
            .expect(1);
        let text = run.text().replace("\n        ~ ", " ");
        assert!(text.contains(marked), "{marked}:\n{text}");
    }
    let tree = Tree::new("comparison-cut-word")
        .file("a.md", "A road")
        .file("b.md", "A roads");
    let run = lacuna(&tree.root, &["diff", "a.md", "b.md"])
        .run()
        .expect(1);
    assert!(run.text().contains("A road{+s+}"), "{}", run.text());
}
