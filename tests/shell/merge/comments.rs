//! Comments of another dump go into a text of any format, and are comments there.

use std::fmt::Write as _;

use super::{ledger, merge};
use crate::shell::tree::Tree;

/// A lesson that only the longer dump ends.
fn lesson(paragraphs: usize) -> String {
    (0..paragraphs).fold(String::new(), |mut text, at| {
        let words = (0..30).map(|word| format!("clay{at}x{word}"));
        let line = words.collect::<Vec<_>>().join(" ");
        write!(text, "{line}.\n\n").unwrap();
        text
    })
}

const HTML: &str = "<h2>Comments (3)</h2>\n<ul class=\"comment-list\">\n\
    <li class=\"comment\"><span class=\"author\">Ann</span> <time datetime=\"2024-12-10\">2024-12-10</time>\
    <div class=\"text\"><p>Very clear, thank you.</p></div></li>\n\
    <li class=\"comment\"><span class=\"author\">the old baker</span> \
    <time datetime=\"2024-12-11\">2024-12-11</time>\
    <div class=\"text\"><p>Where is part two?</p><p>It is the best &amp; longest part.</p></div></li>\n\
    <li class=\"comment\"><span class=\"author\">张三</span> <time datetime=\"2024-12-12\">2024-12-12</time>\
    <div class=\"text\"><p>讲得很清楚。</p></div></li>\n</ul>\n";

const PLAIN: &str = "Comments (3)\n\nAnn (2024-12-10): Very clear, thank you.\n\n\
    the old baker (2024-12-11): Where is part two?\n\n  It is the best & longest part.\n\n\
    张三 (2024-12-12): 讲得很清楚。\n";

const MARKDOWN: &str = "## 精选留言（2）\n\n- **Ann** (2024-12-10): Very clear, thank you.\n\
    - **Bo** (2024-12-14): What \\*is\\* it made of?\n";

fn html(paragraphs: usize) -> String {
    format!(
        "<p>{}",
        lesson(paragraphs).trim().replace("\n\n", "</p>\n<p>")
    ) + "</p>\n"
}

#[test]
fn plain_text_gets_the_comments_of_markup() {
    let tree = Tree::new("merge-comments-plain")
        .file("a/x.txt", lesson(8))
        .file("b/x.html", html(5) + HTML);
    let found = merge(&tree, &["a", "b"], "out", &[]);
    assert_eq!(
        String::from_utf8_lossy(&found["x.txt"]),
        format!("{}{PLAIN}\n", lesson(8))
    );
    for again in ["a", "b", "out"] {
        assert_eq!(
            merge(&tree, &["out", again], &format!("again-{again}"), &[]),
            found,
            "{again}"
        );
    }
    let ledger = ledger(&tree, "out");
    assert!(!ledger.contains("lost_comment"), "{ledger}");
}

/// What has comments gets those that it lacks, at their dates, and the count follows.
#[test]
fn a_list_in_plain_text_takes_in_others() {
    let tree = Tree::new("merge-comments-list")
        .file("a/x.txt", lesson(8) + PLAIN)
        .file("b/x.md", lesson(5) + MARKDOWN)
        .file(
            "c/x.txt",
            lesson(6) + "Comments (1)\n\nEve (2024-12-11): Mine is another.\n",
        );
    let found = merge(&tree, &["a", "b", "c"], "out", &[]);
    let said = String::from_utf8_lossy(&found["x.txt"]);
    let comments = &said[lesson(8).len()..];
    let expected = PLAIN
        .replace("(3)", "(5)")
        .replace("张三", "Eve (2024-12-11): Mine is another.\n\n张三")
        + "\nBo (2024-12-14): What *is* it made of?\n";
    assert_eq!(comments, expected);
    for again in ["a", "b", "c", "out"] {
        assert_eq!(
            merge(&tree, &["out", again], &format!("again-{again}"), &[]),
            found,
            "{again}"
        );
    }
}

/// And back: comments of plain text go into markup.
#[test]
fn markup_gets_the_comments_of_plain_text() {
    for (name, base) in [
        ("x.html", html(8)),
        ("x.md", format!("# Clay\n\n{}", lesson(8))),
    ] {
        let tree = Tree::new(&format!("merge-comments-from-plain-{name}"))
            .file(&format!("a/{name}"), base)
            .file("b/x.txt", lesson(5) + PLAIN);
        let found = merge(&tree, &["a", "b"], "out", &[]);
        let said = String::from_utf8_lossy(&found[name]);
        let words = ["the old baker", "best", "张三", "讲得很清楚"];
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
        let ledger = ledger(&tree, "out");
        assert!(!ledger.contains("lost_comment"), "{ledger}");
        assert_eq!(merge(&tree, &["out", "b"], "again", &[]), found);
    }
}

/// A list of which one comment has no form in plain text comes without it, and the ledger has that.
#[test]
fn one_comment_that_cannot_be_written_is_left_out_alone() {
    let undated = HTML.replace(" <time datetime=\"2024-12-10\">2024-12-10</time>", "");
    assert_ne!(undated, HTML);
    let tree = Tree::new("merge-comments-undated")
        .file("a/x.txt", lesson(8))
        .file("b/x.html", html(5) + &undated);
    let found = merge(&tree, &["a", "b"], "out", &[]);
    let said = String::from_utf8_lossy(&found["x.txt"]);
    let expected = PLAIN.replace("Ann (2024-12-10): Very clear, thank you.\n\n", "") + "\n";
    assert_eq!(said[lesson(8).len()..], expected);
    let ledger = ledger(&tree, "out");
    assert_eq!(ledger.matches("lost_comment").count(), 1, "{ledger}");
    assert!(
        ledger.contains(r#""text":"Ann\nVery clear, thank you.""#),
        "{ledger}"
    );
    assert_eq!(merge(&tree, &["out", "b"], "again", &[]), found);
}
