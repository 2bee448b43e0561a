//! Documents that are copies of others, as far as the lock does not know them.

use super::project::{BREAD, Project, TEA};

const LONG: &str = "\nKeep the leaves in a closed tin, away from light and from anything that smells, and \
    they will stay good for a year; after that they are still tea, but of the kind that is served in \
    stations.\n\nA pot of clay keeps the heat better than one of glass, and looks better from outside; \
    whoever wants to see the leaves open will have to drink it a little colder.\n";

#[test]
fn copies_that_are_new_are_told_once() {
    let project = Project::new("copies");
    let whole = format!("{TEA}{LONG}");
    project.write("tea.md", &whole);
    project.write("same.html", "<p>nothing</p>");
    project.audit(&["--init"]).expect(0);

    project.write("cut.md", TEA);
    project.write("part.md", LONG);
    project.write("again.md", &whole);
    let copies = ["LAC203 again.md", "LAC201 cut.md", "LAC202 part.md"];
    project.check(&[], &copies);
    project.audit(&[]).expect(1);
    project.audit(&["--update"]).expect(1);
    project.audit(&["--update", "--accept", "LAC201"]).expect(0);
    project.check(&[], &[]);

    // Copies that were known are no news if one of them is edited.
    project.edit("cut.md", "good company", "the best company");
    project.check(&[], &[]);
    // Of documents that did not change nothing is said.
    project.write("bread.md", format!("{BREAD}\nOr do not.\n"));
    project.check(&[], &[]);
}

#[test]
fn without_a_lock_all_copies_are_told() {
    let project = Project::new("copies-all");
    project.write("tea.md", format!("{TEA}{LONG}"));
    project.write("cut.md", TEA);
    project.check(&[], &["LAC201 cut.md"]);
}
