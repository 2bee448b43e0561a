//! Both readings of every conflict stand in the text.

use std::fmt::Write as _;

use super::{ledger, merge};
use crate::shell::tree::Tree;

/// So many paragraphs, each with one word that `other` has differently.
fn text(paragraphs: usize, other: bool) -> String {
    let number = if other { "two" } else { "seven" };
    (0..paragraphs).fold(String::new(), |mut text, at| {
        let words = |name: &str, count| {
            let words: Vec<String> = (0..count)
                .map(|word| format!("{name}{at}x{word}"))
                .collect();
            words.join(" ")
        };
        let (before, after) = (words("p", 20), words("q", 9));
        write!(text, "{before} it is {number} {after}.\n\n").unwrap();
        text
    })
}

#[test]
fn one_word_each_time() {
    for (paragraphs, extension) in [(3, "md"), (4, "txt"), (300, "md")] {
        let name = format!("merge-both-{paragraphs}-{extension}");
        let path = format!("x.{extension}");
        let tree = Tree::new(&name)
            .file(&format!("a/{path}"), text(paragraphs, false))
            .file(&format!("b/{path}"), text(paragraphs, true));
        let both = ["--conflicts", "both"];
        let found = merge(&tree, &["a", "b"], "out", &both);
        let said = String::from_utf8_lossy(&found[&path]);
        assert_eq!(said.matches(" it is two ").count(), paragraphs, "{said}");
        assert_eq!(said.matches('\u{3014}').count(), paragraphs, "{said}");
        let ledger = ledger(&tree, "out");
        assert!(
            !ledger.contains(r#""readings""#),
            "{paragraphs} {extension}"
        );
        for dumps in [["out", "a"], ["out", "b"], ["b", "out"]] {
            for (flags, policy) in [(&both[..], "both"), (&[], "ledger")] {
                let again = format!("again-{}-{policy}", dumps.concat());
                let merged = merge(&tree, &dumps, &again, flags);
                let merged = String::from_utf8_lossy(&merged[&path]);
                assert_eq!(merged, said, "{dumps:?} {policy}");
            }
        }
    }
}
