//! Standard input, standard output, and what the environment says of the terminal.

use std::io::Read;
use std::process::{Command, Stdio};

use super::call::lacuna;
use super::lessons::two_dumps;
use super::tree::Tree;

const TEXT: &str = "A passage that is long enough to be seen as the same passage in another \
    document, whatever else there may be in the two of them, at least as far as it goes.\n";

#[test]
fn a_document_may_come_from_standard_input() {
    let tree = Tree::new("streams-stdin").file("a.md", format!("{TEXT}\nAnd more.\n"));
    let run = lacuna(&tree.root, &["normalize", "-"])
        .input(TEXT)
        .run()
        .expect(0);
    assert_eq!(run.text(), TEXT);
    let run = lacuna(&tree.root, &["normalize", "--input-format", "html", "-"])
        .input("<p>Text</p>")
        .run()
        .expect(0);
    assert_eq!(run.text(), "Text\n");
    for arguments in [["diff", "a.md", "-"], ["diff", "-", "a.md"]] {
        lacuna(&tree.root, &arguments).input(TEXT).run().expect(1);
    }
    let run = lacuna(&tree.root, &["scan", "-", "a.md"])
        .input(TEXT)
        .run()
        .expect(0);
    assert!(run.text().contains("B -"), "{}", run.text());
}

/// What has no name is read as the document that it is compared with.
#[test]
fn standard_input_has_the_format_of_the_other() {
    let heading = "# One heading\n\nand no other sign of its format.\n";
    let same = "One heading\n\nand no other sign of its format.\n";
    let signs = "# One heading\n\n**and** no other sign of its format.\n";
    let page = "<h1>One heading</h1>and no other sign of its format.";
    for (name, written, told, code) in [
        ("h.md", heading, heading, 0),
        ("h.md", heading, same, 0),
        ("h.md", heading, page, 0),
        ("h.html", page, page, 0),
        ("h.html", page, signs, 0),
        ("h.html", page, heading, 1),
        ("h.txt", heading, heading, 0),
    ] {
        let tree = Tree::new("streams-format").file(name, written);
        for arguments in [
            ["diff", "--quiet", "-", name],
            ["diff", "--quiet", name, "-"],
        ] {
            lacuna(&tree.root, &arguments)
                .input(told)
                .run()
                .expect(code);
        }
    }
    // The same bytes are the same, whatever names say of them.
    let tree = Tree::new("streams-names")
        .file("h.md", heading)
        .file("h.txt", heading);
    for what in ["lost", "differences"] {
        let arguments = ["diff", "--quiet", "--fail-on", what, "h.txt", "h.md"];
        lacuna(&tree.root, &arguments).run().expect(0);
    }
}

#[test]
fn a_list_of_files_may_come_from_standard_input() {
    let tree = Tree::new("streams-list")
        .file("a b.md", TEXT)
        .file("c\nd.md", TEXT)
        .file(".e.md", TEXT);
    let count = |arguments: &[&str], list: &str, code| {
        let arguments = [&["scan"], arguments].concat();
        let run = lacuna(&tree.root, &arguments)
            .input(list)
            .run()
            .expect(code);
        let read = run.text().split(" read (").next().unwrap_or("");
        read.rsplit(' ').next().unwrap_or("").to_owned()
    };
    assert_eq!(count(&["--files-from", "-"], "a b.md\n.e.md\n", 0), "2");
    assert_eq!(
        count(&["-0", "--files-from", "-"], "a b.md\0c\nd.md\0.e.md", 0),
        "3"
    );
    assert_eq!(
        count(&["--files-from", "-"], "a b.md\n.\ngone.md\n", 2),
        "1"
    );
    assert_eq!(count(&["--files-from", "-", ".e.md"], "a b.md\n", 0), "2");
}

#[test]
fn names_cannot_drive_the_terminal() {
    let tree = Tree::new("streams-names").files(&["a.md"]);
    let arguments = ["scan", "a.md", "\u{1b}[2J\n\u{202e}gone.md"];
    let run = lacuna(&tree.root, &arguments).run().expect(2);
    assert_eq!(
        run.stderr,
        "lacuna: \\u{1b}[2J\\n\\u{202e}gone.md: no such file or directory\n"
    );
    let unsafe_ones = |text: &str| text.contains(['\u{1b}', '\u{202e}']);
    assert!(!unsafe_ones(run.text()), "{:?}", run.text());
}

#[test]
fn colour_and_characters_follow_flags_and_environment() {
    let tree = Tree::new("streams-colour")
        .file("a.md", format!("{TEXT}\nAnd more.\n"))
        .file("b.md", TEXT);
    let check = |flags: &[&str], environment: &[(&str, &str)], colour: bool, ascii: bool| {
        let call = lacuna(&tree.root, &[&["scan"], flags].concat());
        let call = (environment.iter()).fold(call, |call, (name, value)| call.env(name, value));
        let run = call.run().expect(0);
        let found = (run.text().contains('\u{1b}'), run.text().is_ascii());
        assert_eq!(
            found,
            (colour, ascii),
            "{flags:?} {environment:?}: {}",
            run.text()
        );
    };
    check(&[], &[], false, false);
    check(&["--color", "always"], &[], true, false);
    check(&["--color", "always"], &[("NO_COLOR", "1")], true, false);
    check(&[], &[("CLICOLOR_FORCE", "1")], true, false);
    check(
        &[],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
        false,
        false,
    );
    check(
        &["--color", "never"],
        &[("CLICOLOR_FORCE", "1")],
        false,
        false,
    );
    check(&["--ascii"], &[], false, true);
    check(&[], &[("LC_ALL", "C")], false, true);
    check(&[], &[("LC_ALL", ""), ("LANG", "POSIX")], false, true);
    check(
        &[],
        &[("LC_ALL", ""), ("LANG", "zh_CN.UTF-8")],
        false,
        false,
    );
}

#[test]
fn width_follows_the_environment() {
    let tree = Tree::new("streams-width")
        .file("a.md", format!("{TEXT}\nAnd more.\n"))
        .file("b.md", TEXT);
    let widest = |columns: &str| {
        let call = lacuna(&tree.root, &["scan"]).env("COLUMNS", columns);
        let run = call.run().expect(0);
        run.text()
            .lines()
            .map(|line| line.chars().count())
            .max()
            .unwrap_or(0)
    };
    assert!(widest("60") <= 60);
    assert!(widest("120") > 80);
    assert_eq!(widest("0"), widest("80"));
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let tree = Tree::new("streams-pipe").file("a.md", TEXT.repeat(2_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["normalize", "a.md"])
        .current_dir(&tree.root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_reader_of_a_scan_may_go_away_too() {
    let tree = two_dumps("streams-scan-pipe", 40);
    for format in ["text", "json", "jsonl"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .args(["scan", "--all", "--fail-on", "any", "--format", format])
            .current_dir(&tree.root)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
        assert_eq!(output.status.code(), Some(1), "{format}");
    }
}

/// A shell shows a program that SIGINT ended as 130.
#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_run_at_once() {
    use std::os::unix::process::ExitStatusExt as _;

    let tree = Tree::new("streams-interrupt").file("a.md", TEXT);
    let mut child = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["scan", "-", "a.md"])
        .current_dir(&tree.root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It waits for its standard input, which stays open.
    let stdin = child.stdin.take();
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    assert_eq!(output.status.signal(), Some(2));
    assert_eq!((output.stdout, output.stderr), (Vec::new(), Vec::new()));
}
