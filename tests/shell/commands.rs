//! What the commands do with good and bad inputs, and how they exit.

use super::call::lacuna;
use super::tree::Tree;

const FULL: &str = "# Title\n\nThe first paragraph says a good deal about the matter at hand, and \
    goes on for long enough to be recognised as the same passage in another document.\n\n\
    The second paragraph is the one that a copy may lack.\n";
const CUT: &str = "# Title\n\nThe first paragraph says a good deal about the matter at hand, and \
    goes on for long enough to be recognised as the same passage in another document.\n";

fn pair(name: &str) -> Tree {
    Tree::new(name).file("full.md", FULL).file("cut.md", CUT)
}

#[test]
fn scan_fails_on_the_verdicts_that_are_named() {
    let tree = pair("commands-fail-on");
    for (fail_on, code) in [
        (&[][..], 0),
        (&["--fail-on", "truncated"], 1),
        (&["--fail-on", "any"], 1),
        (&["--fail-on", "identical,truncated"], 1),
        (&["--fail-on", "identical", "--fail-on", "truncated"], 1),
        (&["--fail-on", "identical,contained"], 0),
    ] {
        lacuna(&tree.root, &[&["scan"], fail_on].concat())
            .run()
            .expect(code);
    }
    let run = lacuna(&tree.root, &["scan", "-q", "--fail-on", "any"]).run();
    assert_eq!((run.code, run.text(), run.stderr.as_str()), (1, "", ""));
}

#[test]
fn scan_goes_on_past_what_it_cannot_read() {
    let tree = pair("commands-unreadable");
    let arguments = ["scan", "gone.md", "full.md", "cut.md", "--fail-on", "any"];
    let run = lacuna(&tree.root, &arguments).run().expect(2);
    assert_eq!(run.stderr, "lacuna: gone.md: no such file or directory\n");
    assert!(run.text().contains("truncated"), "{}", run.text());
    assert!(run.text().contains("gone.md"), "{}", run.text());
}

#[test]
fn scan_says_the_same_for_any_order_and_number_of_threads() {
    let tree = pair("commands-order")
        .files(&["other.md", "b/one.md", "b/two.md"])
        .file("b/copy.md", FULL)
        .file("b/binary.png", b"\x89PNG\0\0\0\0\0\0\0\0")
        .file("b/empty.md", " \n");
    let first = lacuna(&tree.root, &["scan", "-j1"]).run().expect(0);
    for arguments in [
        &["scan", "-j4"][..],
        &["scan", "-j3", "."],
        &["scan", "-j2", "b", "full.md", "cut.md", "other.md"],
        &["scan", "-j2", "other.md", "cut.md", "b", "full.md"],
        &["scan", "cut.md", "./b/", "full.md", "other.md"],
    ] {
        let run = lacuna(&tree.root, arguments).run().expect(0);
        assert_eq!(run.text(), first.text(), "{arguments:?}");
    }
}

#[test]
fn diff_exits_with_1_for_differences_or_for_loss() {
    let tree = pair("commands-diff")
        .file(
            "same.html",
            "<h1>Title</h1><p>The first paragraph says a good deal about the \
            matter at hand, and goes on for long enough to be recognised as the same passage in \
            another document.</p><p>The second paragraph is the one that a copy may lack.</p>",
        )
        .file(
            "more.md",
            format!("{FULL}\nA third one, that only this copy has.\n"),
        );
    for (a, b, differs, loses) in [
        ("full.md", "full.md", 0, 0),
        ("full.md", "same.html", 0, 0),
        ("full.md", "cut.md", 1, 1),
        ("cut.md", "full.md", 1, 0),
        ("full.md", "more.md", 1, 0),
    ] {
        lacuna(&tree.root, &["diff", a, b]).run().expect(differs);
        lacuna(&tree.root, &["diff", "--fail-on", "lost", a, b])
            .run()
            .expect(loses);
        let quiet = lacuna(&tree.root, &["diff", "-q", a, b])
            .run()
            .expect(differs);
        assert_eq!(quiet.text().lines().count(), 1, "{}", quiet.text());
    }
}

#[test]
fn diff_counts_lost_assets_and_comments_but_no_avatars() {
    let page = |comments: &[&str]| {
        let comments: String = comments
            .iter()
            .map(|text| {
                format!(
                    "<li class=\"comment\"><cite class=\"fn\">Ann</cite> \
                     <time>2024-05-06</time><p>{text}</p></li>"
                )
            })
            .collect();
        format!(
            "<p>The text itself.</p><div id=\"comments\"><h3>Comments</h3>\
             <ol class=\"comment-list\">{comments}</ol></div>"
        )
    };
    let (first, second) = ("Many thanks for it.", "One more thing that I noticed.");
    let picture = "<img class=\"avatar\" src=\"ann.png\" alt=\"\">";
    let tree = Tree::new("commands-assets")
        .file("full.md", "Text.\n\n![A picture](a.png)\n")
        .file("bare.md", "Text.\n")
        .file("two.html", page(&[first, second]))
        .file("one.html", page(&[first]))
        .file(
            "faces.html",
            page(&[first]).replace("<cite", &format!("{picture}<cite")),
        );
    for (a, b, differs, loses) in [
        ("full.md", "bare.md", 1, 1),
        ("bare.md", "full.md", 1, 0),
        ("two.html", "one.html", 1, 1),
        ("one.html", "two.html", 1, 0),
        ("faces.html", "one.html", 0, 0),
        ("one.html", "faces.html", 0, 0),
    ] {
        let run = |arguments: &[&str], code| {
            lacuna(&tree.root, &[arguments, &[a, b]].concat())
                .run()
                .expect(code)
        };
        run(&["diff"], differs);
        run(&["diff", "--fail-on", "lost"], loses);
    }
}

#[test]
fn diff_tells_all_that_it_cannot_compare() {
    let tree = pair("commands-diff-trouble")
        .file("empty.md", "\n")
        .file("binary.bin", vec![0; 512]);
    let check = |a, b, words: &str| {
        let run = lacuna(&tree.root, &["diff", a, b]).run().expect(2);
        assert_eq!((run.text(), run.stderr.as_str()), ("", words));
    };
    check(
        "gone.md",
        "away.md",
        "lacuna: gone.md: no such file or directory\n\
         lacuna: away.md: no such file or directory\n",
    );
    check(
        "full.md",
        "empty.md",
        "lacuna: empty.md: cannot be compared: empty\n",
    );
    check(
        "binary.bin",
        "full.md",
        "lacuna: binary.bin: cannot be compared: binary\n",
    );
}

/// What process substitution names is a pipe.
#[cfg(unix)]
#[test]
fn pipes_that_are_named_are_read() {
    let tree = pair("commands-pipes").pipe("one").pipe("two");
    let run = |arguments: &[&str], code| {
        let fed = arguments
            .iter()
            .filter(|name| ["one", "two"].contains(*name));
        for (name, text) in fed.zip([FULL, CUT]) {
            let path = tree.path(name);
            std::thread::spawn(move || std::fs::write(path, text));
        }
        lacuna(&tree.root, arguments).run().expect(code)
    };
    let text = run(&["diff", "-q", "one", "two"], 1);
    assert!(text.text().contains("B two  truncated"), "{}", text.text());
    run(&["diff", "--input-format", "markdown", "full.md", "one"], 0);
    let text = run(&["normalize", "one"], 0);
    assert_eq!(text.text().lines().count(), 3, "{}", text.text());
    let text = run(&["scan", "--memory", "0", "cut.md", "one"], 0);
    assert!(text.text().contains("A one"), "{}", text.text());
    // In a folder or a list nobody may ever write to them.
    let text = run(&["scan"], 0);
    assert!(
        text.text().contains("not a regular file (2): one, two"),
        "{}",
        text.text()
    );
    let list = lacuna(&tree.root, &["scan", "--files-from", "-"]).input("one\ncut.md\n");
    let text = list.run().expect(0);
    assert!(
        text.text().contains("not a regular file (1): one"),
        "{}",
        text.text()
    );
}

#[test]
fn binary_files_are_left_out_by_every_command_unless_they_are_asked_for() {
    let binary = [FULL.as_bytes(), &[0; 999]].concat();
    let tree = pair("commands-binary").file("nul.md", binary);
    for (arguments, code) in [
        (&["scan", "nul.md"][..], 0),
        (&["normalize", "nul.md"], 0),
        (&["diff", "full.md", "nul.md"], 2),
    ] {
        let run = lacuna(&tree.root, arguments).run().expect(code);
        let said = format!("{}{}", run.text(), run.stderr);
        assert!(said.contains("binary"), "{arguments:?}: {said}");
        let arguments = [arguments, &["--binary"]].concat();
        let run = lacuna(&tree.root, &arguments).run().expect(0);
        let said = format!("{}{}", run.text(), run.stderr);
        assert!(!said.contains("binary"), "{arguments:?}: {said}");
    }
}

#[test]
fn quiet_formats_for_programs_say_nothing() {
    let tree = pair("commands-quiet");
    for format in ["json", "unified"] {
        for (b, code) in [("cut.md", 1), ("full.md", 0)] {
            let arguments = ["diff", "-q", "--format", format, "full.md", b];
            let run = lacuna(&tree.root, &arguments).run().expect(code);
            assert_eq!((run.text(), run.stderr.as_str()), ("", ""), "{format}");
        }
    }
}

#[test]
fn normalize_keeps_the_order_given() {
    let tree = Tree::new("commands-order-given").files(&["a.md", "b.md"]);
    let arguments = ["normalize", "b.md", "a.md", "b.md"];
    let run = lacuna(&tree.root, &arguments).run().expect(0);
    assert_eq!(
        run.text(),
        "==> b.md <==\nText of b.md.\n==> a.md <==\nText of a.md.\n==> b.md <==\nText of b.md.\n"
    );
    let json = [&arguments[..], &["--format", "json"]].concat();
    let run = lacuna(&tree.root, &json).run().expect(0);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let documents = json["documents"].as_array().unwrap();
    let paths: Vec<_> = documents.iter().map(|one| one["path"].as_str()).collect();
    assert_eq!(paths, [Some("b.md"), Some("a.md"), Some("b.md")]);
}

#[test]
fn normalize_reads_what_it_can() {
    let tree = pair("commands-normalize").file("binary.bin", vec![0; 512]);
    let arguments = ["normalize", "gone.md", "cut.md", "binary.bin", "."];
    let run = lacuna(&tree.root, &arguments).run().expect(2);
    assert!(run.text().contains("The first paragraph"), "{}", run.text());
    assert!(!run.text().contains("gone.md"), "{}", run.text());
    assert_eq!(
        run.stderr,
        "lacuna: gone.md: no such file or directory\n\
         lacuna: binary.bin: binary\n\
         lacuna: .: is a folder\n"
    );
    let json = [&["normalize", "--format", "json"], &arguments[1..]].concat();
    let run = lacuna(&tree.root, &json).run().expect(2);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(
        json["documents"].as_array().map(Vec::len),
        Some(1),
        "{json}"
    );
    let run = lacuna(&tree.root, &["normalize", "binary.bin"])
        .run()
        .expect(0);
    assert_eq!(run.stderr, "lacuna: binary.bin: binary\n");
    let run = lacuna(&tree.root, &["normalize", "-q", "--check", "cut.md"]).run();
    assert_eq!((run.code, run.text(), run.stderr.as_str()), (0, "", ""));
}

#[test]
fn what_damage_hides_is_not_called_empty() {
    let tree = Tree::new("commands-damage")
        .file("empty.html", "<p></p><!-- closed -->")
        .file("hidden.html", "<!-- <p>A whole page.</p>")
        .file("controls.txt", "\u{1}\u{2}");
    let run = lacuna(&tree.root, &["scan"]).run().expect(0);
    for line in [
        "empty (1): empty.html",
        "nothing but damage (2): controls.txt, hidden.html",
    ] {
        assert!(run.text().contains(line), "{}", run.text());
    }
}

#[test]
fn normalize_reads_as_it_is_told() {
    let gbk = b"<p>\xd6\xd0\xce\xc4</p>";
    let tree = Tree::new("commands-reading").file("a.txt", gbk);
    let run = |arguments: &[&str]| {
        let arguments = [&["normalize", "a.txt"], arguments].concat();
        lacuna(&tree.root, &arguments).run().expect(0)
    };
    let text = run(&["--encoding", "GBK", "--input-format", "html"]);
    assert_eq!(text.text(), "中文\n");
    let text = run(&["--encoding", "gb18030", "--input-format", "plain"]);
    assert_eq!(text.text(), "<p>中文</p>\n");
}
