//! With git: as textconv, as an external diff, as a difftool; and what `git apply` and `patch` make
//! of a unified diff.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::call::lacuna;
use super::tree::Tree;

const OLD: &str = "# Tea\n\nWarm the pot with boiling water and pour it away.\n\nThree minutes are \
    enough for most leaves, and more than enough for some.\n";
const NEW: &str = "# Tea\n\nWarm the pot with boiling\nwater and pour it away.\n\nFour minutes are \
    enough for **most** leaves, and more than enough for some.\n";

/// A repository in which files were changed, added, removed, renamed and emptied.
struct Repository {
    root: PathBuf,
}

impl Repository {
    fn new(name: &str) -> Self {
        let tree = Tree::new(name)
            .file("tea.md", OLD)
            .file(
                "gone.md",
                "A page that goes away, with words that no other page has.\n",
            )
            .file("old name.md", OLD)
            .file("emptied.md", OLD)
            .file("logo.bin", [0, 1, 2, 0, 0])
            .file(".gitattributes", "*.md diff=lacuna\n*.bin diff=lacuna\n");
        let one = Self { root: tree.root };
        one.git(&["init", "--quiet", "--initial-branch=main"]);
        one.git(&["add", "."]);
        one.git(&["commit", "--quiet", "--message=one"]);
        let write = |name: &str, text: &[u8]| fs::write(one.root.join(name), text).unwrap();
        write("tea.md", NEW.as_bytes());
        write("new.md", b"A page that was not there before.\n");
        write("emptied.md", b"");
        write("logo.bin", &[0, 9, 2, 0, 0]);
        one.git(&["rm", "--quiet", "gone.md"]);
        one.git(&["mv", "old name.md", "new name.md"]);
        write(
            "new name.md",
            format!("{OLD}\nOne more paragraph.\n").as_bytes(),
        );
        one.git(&["add", "."]);
        one
    }

    /// What git says. It must end well.
    fn git(&self, arguments: &[&str]) -> String {
        let nothing = Path::new("/dev/null");
        let output = Command::new("git")
            .args(arguments)
            .current_dir(&self.root)
            .env("GIT_CONFIG_GLOBAL", nothing)
            .env("GIT_CONFIG_SYSTEM", nothing)
            .envs([
                ("GIT_AUTHOR_NAME", "n"),
                ("GIT_AUTHOR_EMAIL", "n@example.org"),
            ])
            .envs([
                ("GIT_COMMITTER_NAME", "n"),
                ("GIT_COMMITTER_EMAIL", "n@example.org"),
            ])
            .envs([("LC_ALL", "C.UTF-8"), ("COLUMNS", "80"), ("TERM", "dumb")])
            .output()
            .expect("git is there");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let trouble = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {trouble}{said}");
        said + &trouble
    }

    fn configure(&self, key: &str, arguments: &str) {
        let value = format!("'{}' {arguments}", env!("CARGO_BIN_EXE_lacuna"));
        self.git(&["config", key, &value]);
    }
}

/// Checks that `docs/git.md` shows `said` as what git says once it is configured with a command
/// that ends with `command`. With `BLESS=1` the page is rewritten.
fn documented(command: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/git.md");
    let page = fs::read_to_string(&path).unwrap();
    let asked = format!("{command}\"\n$ git diff --cached tea.md\n");
    let (before, rest) = page.split_once(&asked).expect("the page shows the command");
    let (shown, after) = rest.split_once("```").expect("the block ends");
    let said: Vec<&str> = said.lines().map(str::trim_end).collect();
    let said = said.join("\n") + "\n";
    if shown != said && std::env::var_os("BLESS").is_some() {
        fs::write(&path, format!("{before}{asked}{said}```{after}")).unwrap();
    }
    assert_eq!(shown, said);
}

#[test]
fn textconv_shows_what_a_reader_reads() {
    let repository = Repository::new("git-textconv");
    repository.configure("diff.lacuna.textconv", "normalize");
    let said = repository.git(&["diff", "--cached", "tea.md"]);
    documented("lacuna normalize", &said);
    assert!(said.contains("\n Warm the pot with boiling water and pour it away.\n-Three"));
    let said = repository.git(&["diff", "--cached"]);
    assert!(
        said.contains("+A page that was not there before."),
        "{said}"
    );
    let blame = repository.git(&["log", "--textconv", "-p", "--all", "--", "tea.md"]);
    assert!(blame.contains("+Three minutes"), "{blame}");
}

#[test]
fn an_external_diff_shows_every_kind_of_change() {
    let repository = Repository::new("git-external");
    repository.configure("diff.lacuna.command", "diff --git-driver");
    documented(
        "--git-driver",
        &repository.git(&["diff", "--cached", "tea.md"]),
    );
    let said = repository.git(&["diff", "--cached", "-M"]);
    for words in [
        "- A a/tea.md\n+ B b/tea.md\n",
        "[-Three-]{+Four+} minutes",
        "- A a/new.md\n+ B b/new.md\n",
        "+ A page that was not there before.",
        "- A a/gone.md\n",
        "- A a/old name.md\n+ B b/new name.md\n",
        "- A a/emptied.md\n",
        "logo.bin: cannot be compared: binary",
    ] {
        assert!(said.contains(words), "{words:?} is not in\n{said}");
    }
    let stat = repository.git(&["log", "-p", "--ext-diff", "-1"]);
    assert!(stat.contains("+ B b/tea.md"), "{stat}");
}

#[test]
fn a_path_that_is_not_merged_is_said_to_be() {
    let tree = Tree::new("git-unmerged");
    let run = lacuna(&tree.root, &["diff", "--git-driver", "tea.md"])
        .run()
        .expect(0);
    assert_eq!(run.stderr, "lacuna: tea.md: is not merged\n");
    lacuna(&tree.root, &["diff", "--git-driver", "tea.md", "a", "b"])
        .run()
        .expect(2);
}

#[test]
fn a_difftool_compares_added_and_removed_files_too() {
    let repository = Repository::new("git-difftool");
    repository.configure("difftool.lacuna.cmd", "diff \"$LOCAL\" \"$REMOTE\"");
    let said = repository.git(&["difftool", "--cached", "--no-prompt", "--tool=lacuna"]);
    for words in [
        "[-Three-]{+Four+} minutes",
        "+ A page that was not there before.",
    ] {
        assert!(said.contains(words), "{words:?} is not in\n{said}");
    }
}

/// Of the same text under odd names, `git apply` and `patch` make the other.
#[test]
fn git_and_patch_apply_a_unified_diff() {
    for name in [
        "plain.txt",
        "a b.txt",
        "中文.txt",
        "say \"x\".txt",
        "tab\there.txt",
        "-dash.txt",
        "back\\slash.txt",
    ] {
        let tree = Tree::new("git-apply")
            .file(&format!("old/{name}"), OLD)
            .file(&format!("new/{name}"), format!("{NEW}\nOne more.\n"));
        let [old, new] = [format!("old/{name}"), format!("new/{name}")];
        let text = |path: &str| {
            lacuna(&tree.root, &["normalize", path])
                .run()
                .expect(0)
                .text()
                .to_owned()
        };
        let (before, after) = (text(&old), text(&new));
        let diff = lacuna(&tree.root, &["diff", "--format", "unified", &old, &new])
            .run()
            .expect(1);
        fs::write(tree.root.join("change.diff"), diff.text()).unwrap();
        fs::create_dir_all(tree.root.join("work")).unwrap();
        let target = tree.root.join("work").join(name);
        for command in [
            &["git", "apply", "-p1", "../change.diff"][..],
            &["patch", "-s", "-p1", "-i", "../change.diff"],
        ] {
            fs::write(&target, &before).unwrap();
            let status = Command::new(command[0])
                .args(&command[1..])
                .current_dir(tree.root.join("work"))
                // Not the repository that this one is tested in.
                .env("GIT_CEILING_DIRECTORIES", &tree.root)
                .output();
            // Where a program is not there, the other has shown the same.
            let Ok(output) = status else { continue };
            let trouble = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{command:?} {name:?}: {trouble}");
            assert_eq!(
                fs::read_to_string(&target).unwrap(),
                after,
                "{command:?} {name:?}"
            );
        }
    }
}
