//! What a project demands, through the program.

use super::project::{Project, TEA};

const SECOND: &str = "Three minutes are enough for most leaves; green ones want less, and water that \
                      has stood for a while.\n\n";

#[test]
fn the_policy_judges_what_was_found() {
    let project = Project::locked("policy");
    let begun = project.read("lacuna.toml");
    project.edit("tea.md", SECOND, "");
    project.check(&[], &["LAC103 tea.md"]);

    project.write(
        "lacuna.toml",
        "[[audit.path]]\nglob = \"*.md\"\nlimits = { percent = 50, chars = 100 }\n",
    );
    project.check(&[], &["LAC104 tea.md"]);
    project.check(&["--no-config"], &["LAC103 tea.md"]);
    project.write("lacuna.toml", "[audit.severity]\nLAC103 = \"warning\"\n");
    project.audit(&[]).expect(0);
    project.audit(&["--fail-on", "warning"]).expect(1);
    let suppress =
        "[[audit.suppress]]\ncode = \"LAC103\"\nglob = \"tea.md\"\nreason = \"was wrong\"\n";
    project.write("lacuna.toml", suppress);
    project.check(&[], &[]);
    project.write("lacuna.toml", format!("{suppress}until = 2020-01-31\n"));
    project.check(&[], &["LAC902 lacuna.toml", "LAC103 tea.md"]);
    project.write("tea.md", TEA);
    project.write("lacuna.toml", suppress);
    project.check(&[], &["LAC903 lacuna.toml"]);
    // Of a part of the project nobody knows whether it is stale.
    project.check(&["zh"], &[]);
    project.write(
        "lacuna.toml",
        "[[audit.path]]\nglob = \"zh/**\"\nfloor = { documents = 2 }\n",
    );
    project.check(&[], &["LAC108 lacuna.toml"]);
    project.write("lacuna.toml", "[audit]\nlimit = 3\n");
    project.audit(&[]).expect(2);

    // What --init writes has a meaning when it is no comment any more.
    let said = begun
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line));
    let said = said.filter(|line| line.starts_with('[') || line.contains(" = "));
    project.write("lacuna.toml", said.collect::<Vec<_>>().join("\n"));
    let run = project.audit(&[]);
    assert!(run.code < 2, "{}", run.stderr);
}
