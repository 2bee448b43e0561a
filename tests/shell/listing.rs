//! Every input is accounted for: to be read, left out by a rule, or not readable.

use std::path::PathBuf;

use lacuna::source::{Glob, IgnoreFiles, Input, Named, Selection, list};

use super::tree::{Tree, without_root};

/// The listing of `paths` in the tree, a line for each input.
fn listing(tree: &Tree, paths: &[&str], files: &[&str], selection: &Selection) -> Vec<String> {
    let at = |path: &&str| match *path {
        "-" => PathBuf::from("-"),
        "" => tree.root.clone(),
        path => tree.path(path),
    };
    let named = Named {
        paths: paths.iter().map(at).collect(),
        files: files.iter().map(at).collect(),
    };
    let found = list(&named, selection).unwrap();
    let mut lines = Vec::new();
    lines.extend(found.inputs.iter().map(|input| input.name.clone()));
    for left in &found.excluded {
        lines.push(format!("{} | {}", left.name, left.rule.name()));
    }
    for input in &found.unreadable {
        lines.push(format!("{} ! {}", input.name, input.why));
    }
    lines.extend(found.warnings.iter().map(|warning| format!("? {warning}")));
    (lines.iter())
        .map(|line| without_root(line, &tree.root))
        .collect()
}

#[track_caller]
fn check(tree: &Tree, selection: &Selection, expected: &[&str]) {
    assert_eq!(listing(tree, &[""], &[], selection), expected);
}

fn globs(globs: &[&str]) -> Selection {
    let glob = |pattern: &&str| Glob {
        pattern: (*pattern).to_owned(),
        any_case: false,
    };
    Selection {
        globs: globs.iter().map(glob).collect(),
        ..Selection::default()
    }
}

#[test]
fn what_is_hidden_or_ignored_is_counted() {
    let tree = Tree::new("listing-ignored")
        .files(&[
            "a.md",
            "b/c.md",
            "b/skip.md",
            ".d.md",
            "build/x.md",
            "build/y/z.md",
        ])
        .files(&["log/kept.md", "log/other.md"])
        .file(".git/HEAD", "ref: refs/heads/main\n")
        .file(".gitignore", "build/\nskip.md\nlog/*\n!log/kept.md\n")
        .file(".ignore", "\n");
    check(
        &tree,
        &Selection::default(),
        &[
            "a.md",
            "b/c.md",
            "log/kept.md",
            ".d.md | hidden",
            ".git/ | hidden",
            ".gitignore | hidden",
            ".ignore | hidden",
            "b/skip.md | ignored",
            "build/ | ignored",
            "log/other.md | ignored",
        ],
    );
    let all = Selection {
        hidden: true,
        ignore: IgnoreFiles {
            vcs: false,
            ..IgnoreFiles::default()
        },
        ..Selection::default()
    };
    check(
        &tree,
        &all,
        &[
            ".d.md",
            ".git/HEAD",
            ".gitignore",
            ".ignore",
            "a.md",
            "b/c.md",
            "b/skip.md",
            "build/x.md",
            "build/y/z.md",
            "log/kept.md",
            "log/other.md",
        ],
    );
}

#[test]
fn gitignore_counts_in_repositories_only_and_ignore_everywhere() {
    let tree = Tree::outside("no-repository")
        .files(&["a.md", "b.md"])
        .file(".gitignore", "a.md\n")
        .file(".ignore", "b.md\n");
    let alone = |require_git| Selection {
        ignore: IgnoreFiles {
            require_git,
            ..IgnoreFiles::default()
        },
        ..Selection::default()
    };
    let hidden = [".gitignore | hidden", ".ignore | hidden"];
    let expected = [&["a.md"][..], &hidden, &["b.md | ignored"]].concat();
    check(&tree, &alone(true), &expected);
    let expected = [&hidden[..], &["a.md | ignored", "b.md | ignored"]].concat();
    check(&tree, &alone(false), &expected);
    std::fs::remove_dir_all(&tree.root).unwrap();
}

#[test]
fn what_is_named_is_taken_whatever_the_rules_say() {
    let tree = Tree::new("listing-named")
        .files(&["skip.md", ".hidden/a.md", ".hidden/.b.md"])
        .file(".ignore", "skip.md\n");
    let paths = ["skip.md", ".hidden"];
    assert_eq!(
        listing(&tree, &paths, &[], &Selection::default()),
        [".hidden/a.md", "skip.md", ".hidden/.b.md | hidden"]
    );
    // Taken by its own name, it is not left out by the folder's rules.
    let paths = ["", "skip.md"];
    assert_eq!(
        listing(&tree, &paths, &[], &Selection::default()),
        ["skip.md", ".hidden/ | hidden", ".ignore | hidden"]
    );
}

#[test]
fn globs_types_and_depth() {
    let tree = Tree::new("listing-selection").files(&["a.md", "b.html", "c/d.md", "c/e/f.md"]);
    check(
        &tree,
        &globs(&["*.md", "!d.md"]),
        &["a.md", "c/e/f.md", "b.html | glob", "c/d.md | glob"],
    );
    let types = Selection {
        types: vec!["md".into()],
        ..Selection::default()
    };
    check(
        &tree,
        &types,
        &["a.md", "c/d.md", "c/e/f.md", "b.html | type"],
    );
    let types = Selection {
        types_not: vec!["html".into()],
        ..Selection::default()
    };
    check(
        &tree,
        &types,
        &["a.md", "c/d.md", "c/e/f.md", "b.html | type"],
    );
    let shallow = |depth| Selection {
        max_depth: Some(depth),
        ..Selection::default()
    };
    check(&tree, &shallow(0), &["./ | too deep"]);
    check(&tree, &shallow(1), &["a.md", "b.html", "c/ | too deep"]);
    check(
        &tree,
        &shallow(2),
        &["a.md", "b.html", "c/d.md", "c/e/ | too deep"],
    );
}

#[test]
fn what_has_no_meaning_is_an_error() {
    let tree = Tree::new("listing-usage").files(&["a.md"]);
    let named = Named {
        paths: vec![tree.root.clone()],
        files: Vec::new(),
    };
    let type_ = Selection {
        types: vec!["no-such-type".into()],
        ..Selection::default()
    };
    for selection in [type_, globs(&["a{b"])] {
        let error = list(&named, &selection).unwrap_err();
        assert_eq!(error.kind(), lacuna::ErrorKind::Usage);
    }
}

#[test]
fn one_file_by_two_names_is_read_once_whatever_the_order() {
    let tree = Tree::new("listing-twice").files(&["a.md", "b/c.md"]);
    let expected = [
        "a.md",
        "b/c.md",
        "a.md | named twice",
        "b/c.md | named twice",
    ];
    for paths in [["", "b", "a.md"], ["a.md", "b", ""], ["b", "", "a.md"]] {
        let found = listing(&tree, &paths, &[], &Selection::default());
        assert_eq!(found, expected, "{paths:?}");
    }
    let found = listing(&tree, &["", ""], &[], &Selection::default());
    assert_eq!(found, ["a.md", "b/c.md", "./ | named twice"]);
    let found = listing(&tree, &["-", "-"], &[], &Selection::default());
    assert_eq!(found, ["-", "- | named twice"]);
}

#[test]
fn names_in_a_list_are_files() {
    let tree = Tree::new("listing-list").files(&["a.md", ".b.md", "c/d.md"]);
    assert_eq!(
        listing(
            &tree,
            &[],
            &["a.md", ".b.md", "c", "gone.md"],
            &Selection::default()
        ),
        [
            ".b.md",
            "a.md",
            "c ! is a folder, where a file is expected",
            "gone.md ! no such file or directory",
        ]
    );
}

#[test]
fn lines_of_ignore_files_without_meaning_are_told() {
    let tree = Tree::new("listing-warning")
        .files(&["a.md"])
        .file(".ignore", "a{b\n");
    let found = listing(&tree, &[""], &[], &Selection::default());
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[2].starts_with("? "), "{found:?}");
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::UnixListener;

    use super::*;

    fn following() -> Selection {
        Selection {
            follow: true,
            ..Selection::default()
        }
    }

    #[test]
    fn links_are_followed_only_on_request() {
        let tree = Tree::new("listing-links")
            .files(&["a.md", "b/c.md"])
            .link("broken", "nowhere")
            .link("b/up", "..")
            .link("self", "self")
            .link("to-a", "a.md")
            .link("to-b", "b");
        check(
            &tree,
            &Selection::default(),
            &[
                "a.md",
                "b/c.md",
                "b/up | symbolic link",
                "broken | symbolic link",
                "self | symbolic link",
                "to-a | symbolic link",
                "to-b | symbolic link",
            ],
        );
        check(
            &tree,
            &following(),
            &[
                "a.md",
                "b/c.md",
                "b/up | symbolic link loop",
                "to-a | named twice",
                "to-b/c.md | named twice",
                "to-b/up | symbolic link loop",
                "broken ! no such file or directory",
                "self ! too many levels of symbolic links",
            ],
        );
        let named = ["broken", "self", "to-a", "to-b"];
        assert_eq!(
            listing(&tree, &named, &[], &Selection::default()),
            [
                "to-a",
                "to-b/c.md",
                "to-b/up | symbolic link",
                "broken ! no such file or directory",
                "self ! too many levels of symbolic links",
            ]
        );
    }

    #[test]
    fn nothing_but_regular_files_is_taken_unless_it_is_named() {
        let tree = Tree::new("listing-special").files(&["a.md"]).pipe("pipe");
        // The path of a socket is short, or not at all.
        let socket = std::env::temp_dir().join(format!("lacuna-{}", std::process::id()));
        let _listener = UnixListener::bind(&socket).unwrap();
        fs::rename(&socket, tree.path("socket")).unwrap();
        let left = ["pipe | not a regular file", "socket | not a regular file"];
        let expected = [&["a.md"][..], &left].concat();
        check(&tree, &Selection::default(), &expected);
        check(&tree, &following(), &expected);
        let listed = listing(&tree, &[], &["pipe", "socket"], &Selection::default());
        assert_eq!(listed, left);
        let named = listing(&tree, &["pipe", "socket"], &[], &Selection::default());
        assert_eq!(named, ["pipe", "socket"]);
        let both = listing(&tree, &["", "pipe"], &[], &Selection::default());
        assert_eq!(both, ["a.md", "pipe", left[1]]);
        for (path, why) in [
            ("socket", "no such device or address"),
            (".", "is a folder"),
        ] {
            let input = Input::named(&tree.path(path));
            let error = input.and_then(|input| input.read()).unwrap_err();
            assert_eq!(error.to_string(), why);
        }
        let null = Input::named("/dev/null".as_ref()).unwrap();
        assert_eq!(null.read().unwrap(), b"");
    }

    #[test]
    fn names_that_are_not_utf8_are_spelt_out_and_read() {
        let tree = Tree::new("listing-names");
        fs::write(tree.root.join(OsStr::from_bytes(b"caf\xE9.md")), "Café.").unwrap();
        let named = Named {
            paths: vec![tree.root.clone()],
            files: Vec::new(),
        };
        let found = list(&named, &Selection::default()).unwrap();
        let [input] = &found.inputs[..] else {
            panic!("{found:?}")
        };
        assert!(input.name.ends_with(r"/caf\xE9.md"), "{}", input.name);
        assert_eq!(input.extension(), Some("md"));
        assert_eq!(input.read().unwrap(), "Café.".as_bytes());
    }

    #[test]
    fn a_file_that_is_gone_or_too_large_cannot_be_read() {
        let tree = Tree::new("listing-read").files(&["a.md", "b.md"]);
        let big = fs::File::create(tree.path("big.txt")).unwrap();
        big.set_len(5 << 30).unwrap();
        let named = Named {
            paths: vec![tree.root.clone()],
            files: Vec::new(),
        };
        let found = list(&named, &Selection::default()).unwrap();
        fs::remove_file(tree.path("b.md")).unwrap();
        let read: Vec<_> = (found.inputs.iter())
            .map(|input| input.read().map_err(|error| error.to_string()))
            .collect();
        fs::remove_file(tree.path("big.txt")).unwrap();
        assert_eq!(
            read,
            [
                Ok(b"Text of a.md.\n".to_vec()),
                Err("no such file or directory".to_owned()),
                Err("is 4 GiB or larger".to_owned()),
            ]
        );
    }
}
