//! Holds the direction between rooms, and the rules of the house that no lint holds.

mod paths;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::root;

/// What each room may know. `error` may be known everywhere.
const ROOMS: &[(&str, &[&str])] = &[
    ("audit", &["index", "text"]),
    ("collate", &["text"]),
    ("dedupe", &["collate", "disk", "text"]),
    ("disk", &["text"]),
    ("error", &[]),
    ("index", &["text"]),
    ("merge", &["collate", "text"]),
    ("normalize", &["text"]),
    ("report", &["text"]),
    ("source", &["text"]),
    ("text", &[]),
];

/// Those that may know several rooms: the facade and the binary.
const FACADE: &[&str] = &["bin", "lib", "scan"];

const NO_NAMES: &[&str] = &["common", "helpers", "misc", "mod", "types", "util", "utils"];

/// Lines of code in one file, its tests apart.
const LONGEST_FILE: usize = 600;

/// A source file.
struct Source {
    path: PathBuf,
    /// Its place below `src`, without `.rs`: `["text", "span"]`.
    module: Vec<String>,
    content: String,
}

fn sources() -> Vec<Source> {
    let found = below("src");
    assert!(found.len() > 10, "the test does not find the sources");
    found
}

/// The source files below a folder of the checkout.
fn below(folder: &str) -> Vec<Source> {
    let top = root().join(folder);
    let mut found = Vec::new();
    let mut folders = vec![top.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let module = path.strip_prefix(&top).unwrap().with_extension("");
                let module = module.iter().map(|part| part.to_str().unwrap().to_owned());
                let module = module.collect();
                let content = fs::read_to_string(&path).unwrap();
                found.push(Source {
                    path,
                    module,
                    content,
                });
            }
        }
    }
    found
}

impl Source {
    fn room(&self) -> &str {
        &self.module[0]
    }

    fn is_test(&self) -> bool {
        self.module.iter().any(|part| part == "tests")
    }

    fn is_library(&self) -> bool {
        self.room() != "bin" && !self.is_test()
    }

    fn code_lines(&self) -> usize {
        if self.is_test() {
            return 0;
        }
        let lines = self.content.lines();
        lines
            .take_while(|line| !line.starts_with("#[cfg(test)]"))
            .count()
    }
}

#[test]
fn rooms_know_only_what_the_design_lets_them() {
    let mut wrong = Vec::new();
    for source in sources() {
        let room = source.room();
        if FACADE.contains(&room) {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!(
                "{room} is no room of the design: say in ROOMS what it may know"
            ));
            continue;
        };
        for known in paths::rooms(&source.content, &source.module) {
            if known != room && known != "error" && !allowed.contains(&known.as_str()) {
                wrong.push(format!("{} knows {known}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file that no `mod` names is code that is never compiled, or tests that nobody runs.
#[test]
fn every_file_is_linked() {
    for (folder, top) in [
        ("src", "lib"),
        ("tests", "tests"),
        ("src/bin/lacuna", "main"),
    ] {
        let files = below(folder);
        for file in &files {
            let parent = match file.module.as_slice() {
                [bin, ..] if bin == "bin" => continue,
                [name] if name == top => continue,
                [_] => vec![top.to_owned()],
                [parent @ .., _] => parent.to_vec(),
                [] => unreachable!("a file has a name"),
            };
            let name = file.module.last().unwrap();
            let parent = files.iter().find(|other| other.module == parent);
            let linked = parent.is_some_and(|parent| paths::declares(&parent.content, name));
            assert!(linked, "{} is linked by no `mod`", file.path.display());
        }
    }
}

#[test]
fn the_library_prints_nothing() {
    for source in sources().iter().filter(|source| source.is_library()) {
        for name in ["print", "println", "eprint", "eprintln", "dbg"] {
            assert!(
                !paths::calls_macro(&source.content, name),
                "{} has a {name}!",
                source.path.display()
            );
        }
    }
}

#[test]
fn there_is_no_unsafe_code() {
    for source in sources() {
        let path = source.path.display();
        assert!(
            !paths::has_word(&source.content, "unsafe"),
            "{path} has unsafe code"
        );
        if ["lib", "main"].contains(&source.module.last().unwrap().as_str()) {
            let forbids = source.content.contains("#![forbid(unsafe_code)]");
            assert!(forbids, "{path} does not forbid it");
        }
    }
}

#[test]
fn files_are_small_and_named_for_what_they_hold() {
    for source in sources() {
        let path = source.path.display();
        let lines = source.code_lines();
        assert!(lines <= LONGEST_FILE, "{path} has {lines} lines");
        for name in &source.module {
            assert!(
                !NO_NAMES.contains(&name.as_str()),
                "{path}: no room is called {name}"
            );
        }
    }
}

#[test]
fn the_architecture_page_names_every_room() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rooms: BTreeSet<String> = sources()
        .iter()
        .map(|source| source.room().to_owned())
        .collect();
    for room in rooms {
        let file = Path::new("src").join(&room);
        let named = page.contains(&format!("`{}", file.display()));
        assert!(named, "ARCHITECTURE.md does not mention {}", file.display());
    }
}
