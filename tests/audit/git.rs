//! Revisions, what commits allow, and merges of lock files.

use super::project::{BREAD, Project, TEA};

const SECOND: &str = "Three minutes are enough for most leaves; green ones want less, and water that \
                      has stood for a while.\n\n";

#[test]
fn a_revision_is_compared_with_without_a_lock() {
    let project = Project::new("revision");
    project.write("page.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    project.write(
        "old name.md",
        "# Gone soon\n\nThis one is going to be removed in the next commit.\n",
    );
    project.commit("begin");
    project.git(&["tag", "v1"]);
    project.check(&["--against", "HEAD"], &[]);

    project.edit("tea.md", SECOND, "");
    project.remove("old name.md");
    project.remove("page.png");
    project.write("new.md", "# New\n\nA page that was not there.\n");
    let expected = ["LAC101 old name.md", "LAC103 tea.md"];
    project.check(&["--against", "HEAD"], &expected);
    project.commit("less");
    project.check(&["--against", "HEAD"], &[]);
    project.check(&["--against", "v1"], &expected);
    project.audit(&["--against", "v1"]).expect(1);
    project.audit(&["--against", "v1", "zh"]).expect(0);
    project.audit_in("zh", &["--against", "v1"], &[]).expect(0);
    project.audit(&["--against", "v2"]).expect(2);
    project.audit(&["--against=--help"]).expect(2);
}

#[test]
fn a_commit_allows_what_it_names_and_says_why() {
    let project = Project::locked("trailer");
    project.edit("tea.md", SECOND, "");
    project.remove("bread.md");
    project.commit("less\n\nLacuna-Allow: LAC103 tea.md the times were wrong");
    project.check(&[], &["LAC101 bread.md"]);
    project
        .commit("and this\n\nLacuna-Allow: lost *.md\nLacuna-Allow: LAC101 bread.md nobody bakes");
    project.check(&[], &["LAC901 lacuna.lock"]);
    let run = project.audit(&["--format", "json"]);
    assert!(
        run.text().contains("\"reason\":\"nobody bakes\""),
        "{}",
        run.text()
    );
    // What was allowed before the lock was written says nothing of what is lost later.
    project.audit(&["--update", "--fail-on", "error"]).expect(0);
    project.commit("lock");
    project.check(&[], &[]);
    project.edit(
        "tea.md",
        "Drink it in good company, and never from a paper cup, for paper tastes of paper.",
        "",
    );
    project.check(&[], &["LAC103 tea.md"]);
}

#[test]
fn branches_that_change_different_documents_merge_cleanly() {
    let project = Project::new("merge");
    for name in ["a", "b", "c", "d"] {
        project.write(
            &format!("{name}.md"),
            format!("# {name}\n\nThe text of document {name} alone.\n"),
        );
    }
    project.audit(&["--init"]).expect(0);
    project.commit("begin");
    // Neighbours in the lock.
    project.git(&["checkout", "-q", "-b", "other"]);
    project.write(
        "b.md",
        "# b\n\nThe text of document b alone. And a sentence more.\n",
    );
    project.audit(&["--update"]).expect(0);
    project.commit("b");
    project.git(&["checkout", "-q", "main"]);
    project.write(
        "a.md",
        "# a\n\nThe text of document a alone. And another sentence.\n",
    );
    project.write(
        "c.md",
        "# c\n\nThe text of document c alone. And a third one.\n",
    );
    project.audit(&["--update"]).expect(0);
    project.commit("a and c");
    project.git(&["merge", "-q", "-m", "merge", "other"]);
    project.audit(&["--fail-on", "note"]).expect(0);
}

#[test]
fn a_conflict_is_joined_by_an_update() {
    let project = Project::locked("conflict");
    project.git(&["checkout", "-q", "-b", "other"]);
    project.write("tea.md", format!("{TEA}\nOne sentence more.\n"));
    project.audit(&["--update"]).expect(0);
    project.commit("other");
    project.git(&["checkout", "-q", "main"]);
    project.write(
        "tea.md",
        format!("# Green tea\n{}", TEA.trim_start_matches("# Tea\n")),
    );
    project.write("bread.md", format!("{BREAD}\nIt keeps for a week.\n"));
    project.audit(&["--update"]).expect(0);
    project.commit("main");
    let merge = std::process::Command::new("git")
        .args([
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.org",
            "merge",
            "-q",
            "other",
        ])
        .current_dir(project.root())
        .output()
        .unwrap();
    assert!(!merge.status.success());
    let text = format!(
        "# Green tea\n{}\nOne sentence more.\n",
        TEA.trim_start_matches("# Tea\n")
    );
    project.write("tea.md", text);
    let run = project.audit(&[]).expect(2);
    assert!(
        run.stderr.contains("is a conflict of a merge"),
        "{}",
        run.stderr
    );
    project.audit(&["--update"]).expect(0);
    project.commit("merge");
    project.audit(&["--fail-on", "note"]).expect(0);
}
