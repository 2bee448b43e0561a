//! On a terminal: a pager. The terminal is one end of a pseudo-terminal.

use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::tree::Tree;

const TEXT: &str = "A passage that is long enough to be seen as the same passage in another \
    document, whatever else there may be in the two of them, at least as far as it goes.\n";

/// What the terminal shows, and the exit code.
fn on_terminal(tree: &Tree, arguments: &[&str], variables: &[(&str, &str)]) -> (String, i32) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let slave = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(arguments)
        .current_dir(&tree.root)
        .env_clear()
        .envs([
            ("LC_ALL", "C.UTF-8"),
            ("PATH", "/usr/bin:/bin"),
            ("TERM", "xterm"),
        ])
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::from(File::from(slave)))
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut shown = Vec::new();
    let mut terminal = File::from(master);
    let mut buffer = [0; 4096];
    // When all that write to it are gone, reading fails.
    while let Ok(count @ 1..) = terminal.read(&mut buffer) {
        shown.extend_from_slice(&buffer[..count]);
    }
    let code = child.wait().unwrap().code().unwrap_or(-1);
    (String::from_utf8_lossy(&shown).into_owned(), code)
}

fn tree(name: &str) -> Tree {
    Tree::new(name)
        .file("a.md", format!("{TEXT}\nAnd more.\n"))
        .file("b.md", TEXT)
}

#[test]
fn what_a_terminal_shows_goes_through_a_pager() {
    let tree = tree("pager");
    let pager = [("LACUNA_PAGER", "sed s/^/page:/"), ("PAGER", "false")];
    for (arguments, code) in [
        (&["diff", "a.md", "b.md"][..], 1),
        (&["scan", "."], 0),
        (&["normalize", "a.md"], 0),
    ] {
        let (shown, found) = on_terminal(&tree, arguments, &pager);
        assert!(
            shown.lines().all(|line| line.starts_with("page:")),
            "{shown}"
        );
        assert!(shown.lines().count() > 1, "{shown}");
        assert_eq!(found, code, "{arguments:?}");
        let without = [arguments, &["--no-pager"]].concat();
        let (shown, found) = on_terminal(&tree, &without, &pager);
        assert!(!shown.contains("page:"), "{shown}");
        assert_eq!(found, code, "{arguments:?}");
    }
}

#[test]
fn a_pager_that_is_left_changes_no_exit_code() {
    let long: String = (0..5000)
        .map(|n| format!("Paragraph {n} of many.\n\n"))
        .collect();
    let tree = tree("pager-left").file("long.md", long);
    let (_, code) = on_terminal(
        &tree,
        &["diff", "long.md", "b.md"],
        &[("PAGER", "head -n 1")],
    );
    assert_eq!(code, 1);
    let (shown, code) = on_terminal(
        &tree,
        &["diff", "a.md", "b.md"],
        &[("PAGER", "no-such-pager")],
    );
    assert_eq!(code, 1, "{shown}");
}

#[test]
fn less_is_told_to_show_colours() {
    let tree = tree("pager-less");
    let (shown, _) = on_terminal(
        &tree,
        &["diff", "a.md", "b.md"],
        &[("PAGER", "echo $LESS $LV;cat")],
    );
    assert!(shown.starts_with("FRXK -c"), "{shown}");
    assert!(shown.contains("\u{1b}["), "{shown}");
    let own = [("PAGER", "echo $LESS"), ("LESS", "S")];
    let (shown, _) = on_terminal(&tree, &["diff", "a.md", "b.md"], &own);
    assert!(shown.starts_with("S\r\n"), "{shown}");
}

#[test]
fn there_is_no_pager_in_a_pipe() {
    let tree = tree("pager-pipe");
    let run = super::call::lacuna(&tree.root, &["diff", "a.md", "b.md"])
        .env("PAGER", "sed s/^/page:/")
        .env("TERM", "xterm")
        .run()
        .expect(1);
    assert!(!run.text().contains("page:"), "{}", run.text());
}
