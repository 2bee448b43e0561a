//! What codes mean.

use std::fs;

use super::call::lacuna;
use crate::program::root;

#[test]
fn a_code_is_explained_by_number_and_by_name() {
    let explain = |arguments: &[&str]| {
        let arguments = [&["explain"], arguments].concat();
        let run = lacuna(root(), &arguments)
            .env("COLUMNS", "60")
            .run()
            .expect(0);
        run.text().to_owned()
    };
    let page = explain(&["LAC301"]);
    assert!(page.starts_with("LAC301 ends-in-sentence\n"), "{page}");
    assert_eq!(explain(&["ends-in-sentence"]), page);
    assert_eq!(explain(&["lac301", "LAC301"]), page);
    for line in page.lines() {
        assert!(line.chars().count() <= 60, "{line}");
    }
    assert!(!page.contains("]("), "addresses are for the web: {page}");
    let all = explain(&["all"]);
    assert!(all.contains(&page) && all.contains("\nLAC904 unreadable\n"));
}

#[test]
fn an_unknown_code_is_told_with_the_nearest() {
    for (unknown, near) in [
        ("LAC3O1", "LAC301"),
        ("ends-in-sentance", "ends-in-sentence"),
    ] {
        let run = lacuna(root(), &["explain", unknown]).run().expect(2);
        assert!(run.stderr.contains(near), "{}", run.stderr);
    }
}

#[test]
fn pages_name_no_flags_that_there_are_not() {
    let help = lacuna(root(), &["audit", "--help"]).run().expect(0);
    let flags: Vec<&str> = flags(help.text()).collect();
    let codes = fs::read_dir(root().join("docs/codes")).unwrap();
    let pages = codes.map(|page| page.unwrap().path());
    // The table of all codes tells how it was made.
    let pages = pages.filter(|page| !page.ends_with("README.md"));
    let more = ["audit.md", "policy.md", "ci.md", "lock.md"];
    let more = more.map(|page| root().join("docs").join(page));
    for page in pages.chain(more) {
        let text = fs::read_to_string(&page).unwrap();
        for flag in self::flags(&text) {
            assert!(flags.contains(&flag), "{}: {flag}", page.display());
        }
    }
}

/// The long flags that a text names.
fn flags(text: &str) -> impl Iterator<Item = &str> {
    let in_flag = |c: char| c.is_ascii_lowercase() || c == '-';
    let words = text.split(move |c| !in_flag(c));
    words.filter(|word| word.len() > 3 && word.starts_with("--") && !word.starts_with("---"))
}
