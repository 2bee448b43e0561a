//! The switches that decide which files are read mean what they mean in ripgrep.

use super::call::lacuna;
use super::tree::Tree;

/// Runs `scan` with `switches`, and gives the paths that it read: they all say the same, so each
/// is in the one group.
fn read(tree: &Tree, switches: &str) -> String {
    let switches: Vec<&str> = switches.split_whitespace().collect();
    let arguments = [&["scan"], &switches[..]].concat();
    let run = lacuna(&tree.root, &arguments).run().expect(0);
    let group = run.text().split("\n\n").next().unwrap_or("").to_owned();
    let is_path = |word: &&str| word.ends_with(".md") || word.ends_with(".txt");
    let mut paths: Vec<&str> = group.split_whitespace().filter(is_path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths.join(" ")
}

#[test]
fn switches_of_ripgrep() {
    let text = "The same words in every file, so that all of them are in one group.\n";
    let paths = [
        "a.md", "b.txt", ".h.md", "vcs.md", "dot.md", "c/d.md", "c/e/f.md", "nul.md",
    ];
    let tree = paths
        .iter()
        .fold(Tree::new("selection"), |tree, path| tree.file(path, text))
        .file("nul.md", [text.as_bytes(), &[0; 999]].concat())
        .file(".git/HEAD", "")
        .file(".gitignore", "vcs.md\n")
        .file(".ignore", "dot.md\n")
        .file("rules", "b.txt\n");
    let check = |switches: &str, expected: &str| {
        assert_eq!(read(&tree, switches), expected, "{switches}");
    };
    check("", "a.md b.txt c/d.md c/e/f.md");
    check("--hidden -g !.git", ".h.md a.md b.txt c/d.md c/e/f.md");
    check("-. -g !.git", ".h.md a.md b.txt c/d.md c/e/f.md");
    check("--no-ignore", "a.md b.txt c/d.md c/e/f.md dot.md vcs.md");
    check("--no-ignore-vcs", "a.md b.txt c/d.md c/e/f.md vcs.md");
    check("--no-ignore-dot", "a.md b.txt c/d.md c/e/f.md dot.md");
    check("-u", "a.md b.txt c/d.md c/e/f.md dot.md vcs.md");
    check("-uu -g *.md", ".h.md a.md c/d.md c/e/f.md dot.md vcs.md");
    // What a glob takes, no other rule leaves out.
    check("-g *.md", ".h.md a.md c/d.md c/e/f.md dot.md vcs.md");
    check("-g !*.md -g a.md b.txt .", "a.md b.txt");
    check("--iglob *.MD", ".h.md a.md c/d.md c/e/f.md dot.md vcs.md");
    check("-t txt -t md", ".h.md a.md b.txt c/d.md c/e/f.md");
    check("-T txt", "a.md c/d.md c/e/f.md");
    check("--max-depth 1", "a.md b.txt");
    check("--max-depth 2", "a.md b.txt c/d.md");
    check("--ignore-file rules", "a.md c/d.md c/e/f.md");
    check(
        "--ignore-file rules --no-ignore-files",
        "a.md b.txt c/d.md c/e/f.md",
    );
    check("c vcs.md", "c/d.md c/e/f.md vcs.md");
    check("--one-file-system", "a.md b.txt c/d.md c/e/f.md");
}

#[test]
fn types_are_listed() {
    let tree = Tree::new("selection-types");
    let run = lacuna(&tree.root, &["scan", "--type-list"]).run().expect(0);
    let markdown = run.text().lines().find(|line| line.starts_with("md: "));
    assert!(
        markdown.is_some_and(|line| line.contains("*.md")),
        "{}",
        run.text()
    );
}
