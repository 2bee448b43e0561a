//! The command against its lock.

use super::project::{BREAD, Project, TEA};

#[test]
fn what_was_locked_is_clean() {
    let project = Project::locked("clean");
    project.audit(&["--fail-on", "note"]).expect(0);
    project
        .audit_in("zh", &["--fail-on", "note"], &[])
        .expect(0);
    project
        .audit(&["--fail-on", "note", "zh/stars.md"])
        .expect(0);
    let before = project.read("lacuna.lock");
    project.audit(&["--update"]).expect(0);
    assert_eq!(project.read("lacuna.lock"), before);
}

#[test]
fn a_loss_is_told_by_its_kind() {
    let project = Project::locked("kinds");
    let second = "Three minutes are enough for most leaves; green ones want less, and water that has \
                  stood for a while.\n\n";
    project.edit("tea.md", second, "");
    project.check(&[], &["LAC103 tea.md"]);
    assert_eq!(
        project.findings(&[])[1].1,
        "lost 83 of 242 characters (34 %), 1 of 4 blocks"
    );
    project.audit(&[]).expect(1);

    project.write("tea.md", TEA);
    project.edit("tea.md", "![pot](img/pot.png)\n\n", "");
    project.check(&[], &["LAC106 tea.md"]);
    project.audit(&[]).expect(0);
    project.audit(&["--fail-on", "warning"]).expect(1);

    project.write("tea.md", TEA);
    project.edit(
        "zh/stars.md",
        "**阿梅** 2024-05-02\n\n我们这里灯光太亮，什么也看不见。\n",
        "",
    );
    project.check(&[], &["LAC105 zh/stars.md", "LAC503 zh/stars.md"]);
}

#[test]
fn text_that_moved_is_no_loss() {
    let project = Project::locked("moved");
    let first = "Warm the pot with boiling water and pour it away, or else the first infusion will be \
                 too cold to open the leaves.";
    project.edit("tea.md", &format!("{first}\n\n"), "");
    project.write("bread.md", format!("{BREAD}\n{first}\n"));
    project.check(&[], &["LAC110 tea.md"]);
    project.edit("tea.md", "# Tea\n", "# Tea\n\nIt is hot.\n");
    project.audit(&[]).expect(0);
}

#[test]
fn a_document_that_is_gone_is_lost_unless_it_is_elsewhere() {
    let project = Project::locked("gone");
    project.write("drinks/hot tea.md", format!("{TEA}\nOne more sentence.\n"));
    project.remove("tea.md");
    project.check(&[], &["LAC102 drinks/hot tea.md"]);
    project.remove("drinks/hot tea.md");
    project.check(&[], &["LAC101 tea.md"]);
    // Two halves of it, in two documents.
    let (one, two) = TEA.split_at(TEA.find("Three").unwrap());
    project.write("one.md", one);
    project.write("two.md", two);
    project.write("bread.md", format!("{BREAD}\n{one}"));
    project.remove("one.md");
    project.check(&[], &["LAC102 two.md", "LAC110 two.md"]);
}

#[test]
fn a_document_that_is_left_out_is_lost() {
    let project = Project::locked("left-out");
    project.write(".gitignore", "tea.md\n");
    project.check(&[], &["LAC101 tea.md"]);
    assert_eq!(project.findings(&[])[0].1, "is left out now: ignored");
    project.write(".gitignore", "zh\n");
    project.check(&[], &["LAC101 zh/stars.md"]);
}

#[test]
fn a_glob_that_only_leaves_out_takes_no_more_kinds_of_files() {
    let project = Project::locked("glob");
    project.write("tea.py", "# \u{fffd}\n");
    project.write("drafts/a.md", "Half a \u{fffd} thought.\n");
    project.check(&["--glob", "!drafts"], &[]);
    project.check(
        &["--glob", "!drafts", "--glob", "*.py", "tea.py"],
        &["LAC406 tea.py"],
    );
}

#[test]
fn losses_are_accepted_by_name_only_and_never_in_ci() {
    let project = Project::locked("accept");
    let before = project.read("lacuna.lock");
    project.remove("tea.md");
    project.remove("bread.md");
    let update = |more: &[&'static str]| [&["--update"], more].concat();
    for refused in [&[][..], &["--accept", "LAC103"], &["--accept", "zh"]] {
        project.audit(&update(refused)).expect(1);
        assert_eq!(project.read("lacuna.lock"), before);
    }
    project.audit(&update(&["--accept", "tea.md"])).expect(1);
    let both = update(&["--accept", "tea.md", "--accept", "lost"]);
    project.audit_in("", &both, &[("CI", "true")]).expect(1);
    assert_eq!(project.read("lacuna.lock"), before);
    let run = project.audit(&both).expect(0);
    assert!(
        run.stderr.contains("tea.md: accepted: is gone"),
        "{}",
        run.stderr
    );
    assert_ne!(project.read("lacuna.lock"), before);
    project.audit(&["--fail-on", "note"]).expect(0);
}

#[test]
fn an_update_of_a_part_leaves_the_rest() {
    let project = Project::locked("part");
    project.write("zh/new.md", "新的一课，什么都还没有写。\n");
    project.write("new.md", "A new lesson without any text.\n");
    project.audit(&["--update", "zh"]).expect(0);
    let lock = project.read("lacuna.lock");
    assert!(lock.contains("\nzh/new.md\t") && lock.contains("\ntea.md\t"));
    assert!(!lock.contains("\nnew.md\t"));
}

#[test]
fn there_is_a_lock_file_to_begin_with() {
    let project = Project::new("begin");
    project.audit(&["--update"]).expect(2);
    project.audit(&[]).expect(0);
    project.audit(&["--init"]).expect(0);
    project.audit(&["--init"]).expect(2);
    project.write("lacuna.lock", "something\n");
    let run = project.audit(&[]).expect(2);
    assert!(run.stderr.contains("is no lock file"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_never_a_pass() {
    use std::os::unix::fs::symlink;

    let project = Project::locked("unreadable");
    project.remove("tea.md");
    symlink("tea.md", project.root().join("tea.md")).unwrap();
    let before = project.read("lacuna.lock");
    let run = project.audit(&["tea.md"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    project.audit(&["-L"]).expect(2);
    project
        .audit(&["-L", "--update", "--accept", "LAC101"])
        .expect(2);
    assert_eq!(project.read("lacuna.lock"), before);
}
