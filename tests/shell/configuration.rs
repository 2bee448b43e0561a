//! Which `lacuna.toml` is read.

use super::call::lacuna;
use super::tree::Tree;

#[test]
fn the_nearest_file_up_to_the_repository_counts() {
    let broken = "this is no TOML";
    let tree = Tree::new("configuration")
        .file("lacuna.toml", broken)
        .file("repository/.git/HEAD", "")
        .file("repository/a/a.md", "Text.")
        .file("plain/a/a.md", "Text.")
        .file("plain/a/good.toml", "");
    let run = |folder: &str, arguments: &[&str]| {
        let arguments = [&["normalize", "a.md"], arguments].concat();
        lacuna(&tree.path(folder), &arguments).run()
    };
    run("repository/a", &[]).expect(0);
    let found = run("plain/a", &[]).expect(2);
    assert!(
        found.stderr.contains("configuration/lacuna.toml: "),
        "{}",
        found.stderr
    );
    run("plain/a", &["--no-config"]).expect(0);
    run("plain/a", &["--config", "good.toml"]).expect(0);
    let named = run("plain/a", &["--config", "../../lacuna.toml"]).expect(2);
    assert!(
        named.stderr.starts_with("lacuna: ../../lacuna.toml: "),
        "{}",
        named.stderr
    );
    let gone = run("plain/a", &["--config", "gone.toml"]).expect(2);
    assert_eq!(
        gone.stderr.trim_end(),
        "lacuna: gone.toml: no such file or directory"
    );
}
