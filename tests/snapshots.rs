//! The report for people, as it looks 80 columns wide.

use crate::program::lacuna;

#[test]
fn a_cut_lesson() {
    let run = lacuna(["scan", "samples/truncated-comments"]).expect(0);
    insta::assert_snapshot!(run.text(), @"");
}

#[test]
fn gaps() {
    let run = lacuna(["scan", "--ascii", "samples/gaps"]).expect(0);
    insta::assert_snapshot!(run.text(), @"");
}

#[test]
fn a_revision() {
    let run = lacuna([
        "diff",
        "samples/revised/meteors-2019.md",
        "samples/revised/meteors-2023.md",
    ])
    .expect(1);
    insta::assert_snapshot!(run.text(), @"");
}
