//! What codes mean.

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
