//! Help and usage errors.

use super::call::lacuna;
use crate::program::root;

#[test]
fn short_and_long_help_differ_and_go_to_standard_output() {
    for command in [&[][..], &["scan"], &["diff"], &["normalize"], &["explain"]] {
        let help = |flag| lacuna(root(), &[command, &[flag]].concat()).run().expect(0);
        let (short, long) = (help("-h"), help("--help"));
        assert!(short.stderr.is_empty() && long.stderr.is_empty());
        assert!(short.text().contains("Usage: lacuna"), "{}", short.text());
        assert!(!short.text().contains("Examples:"), "{}", short.text());
        for part in ["Usage: lacuna", "Examples:", "Exit codes:"] {
            assert!(long.text().contains(part), "{command:?}: {}", long.text());
        }
        assert!(long.text().lines().all(|line| line.chars().count() <= 100));
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let run = lacuna(root(), &["--version"]).run().expect(0);
    let version = concat!("lacuna ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(run.text(), version);
}

#[test]
fn bad_usage_is_told_on_standard_error() {
    let check = |arguments: &[&str], words: &str| {
        let run = lacuna(root(), arguments).run().expect(2);
        assert_eq!(run.text(), "", "{arguments:?}");
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
    };
    check(&[], "Usage:");
    check(&["sacn"], "scan");
    check(&["scan", "--no-such-flag"], "--no-such-flag");
    check(&["scan", "--format", "xml"], "jsonl");
    check(&["scan", "--fail-on", "shortened"], "truncated");
    check(&["scan", "-0", "."], "--files-from");
    check(&["scan", "--files-from", "no/such/list"], "no/such/list: ");
    check(&["scan", "--files-from", "-", "-"], "standard input");
    check(&["scan", "-t", "no-such-type"], "no-such-type");
    check(&["scan", "-g", "a{b"], "a{b");
    check(&["scan", "-j", "many"], "many");
    check(&["scan", "--encoding", "klingon"], "klingon");
    check(&["scan", "--encoding", "replacement"], "replacement");
    check(&["scan", "--input-format", "docx"], "markdown");
    check(&["normalize"], "FILE");
    check(&["diff"], "<A>");
    check(&["diff", "a"], "<B>");
    check(
        &["diff", "src", "src/lib.rs", "README.md"],
        "src: is a folder",
    );
    check(&["diff", "-", "-"], "standard input");
    check(&["normalize", "-", "a", "-"], "standard input");
    check(
        &["diff", "src", "README.md"],
        "src has no copy of README.md",
    );
    check(
        &["diff", "--no-config", "--config", "x", "a", "b"],
        "--no-config",
    );
}
