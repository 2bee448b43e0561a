//! Findings that a project has and knows of.

use super::project::Project;

#[test]
fn what_is_known_is_counted_down_and_what_is_new_fails() {
    let project = Project::locked("baseline");
    project.edit("tea.md", "Warm the pot", "Warm \u{fffd} the pot");
    project.edit("bread.md", "Flour, water", "Flour,\0 water");
    project.audit(&["--update"]).expect(0);
    project.audit(&[]).expect(1);
    project.audit(&["--baseline", "known.txt"]).expect(2);
    project.audit(&["--write-baseline", "known.txt"]).expect(0);
    project
        .audit(&["--baseline", "known.txt", "--fail-on", "note"])
        .expect(0);

    // A finding that moved is the same finding.
    project.edit("tea.md", "# Tea\n", "# Tea\n\nIt is a drink.\n");
    project.audit(&["--baseline", "known.txt"]).expect(0);

    project.edit("bread.md", "\0", "");
    project
        .audit(&["--update", "--baseline", "known.txt"])
        .expect(0);
    project.check(&["--baseline", "known.txt"], &["LAC905 known.txt"]);
    project.edit("zh/stars.md", "夏天", "\u{fffd}夏天");
    project.audit(&["--baseline", "known.txt"]).expect(1);
    project.check(
        &["--baseline", "known.txt"],
        &["LAC905 known.txt", "LAC406 zh/stars.md"],
    );
    let run = project.audit(&["--baseline", "known.txt"]);
    assert!(run.text().contains("1 in the baseline"), "{}", run.text());
}
