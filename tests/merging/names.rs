//! Names that lead out of a dump, that some system takes for one, or that are no text.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;

use crate::program::{Run, lacuna_in};
use crate::tidy::scratch::{Scratch, files};

/// Names as they may come out of an archive; no two of them are one on any system.
const NAMES: [&[u8]; 16] = [
    b"..md",
    b"...",
    b"..\\up.md",
    b"a/..b/c.md",
    b"C:\\windows\\x.md",
    b"-rf.md",
    b"--output=x.md",
    b"two\nlines.md",
    b"bell\x07\x1b[31m.md",
    b"\xE9t\xE9.md",
    b"\xFF/\xFE.txt",
    b"con.md",
    b"dot.",
    b"space .md ",
    b"x/.lacuna/y.md",
    "\u{202e}dm.x.md".as_bytes(),
];

fn put(scratch: &Scratch, dump: &str, name: &[u8], text: &str) {
    let path = scratch.join(dump).join(OsStr::from_bytes(name));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Sentences that no other number has.
fn text(number: usize, sentences: std::ops::Range<usize>) -> String {
    let sentence = |at: usize| {
        let words = (0..12).map(|word| format!("w{number}x{at}x{word} "));
        format!("{}.\n\n", words.collect::<String>())
    };
    sentences.map(sentence).collect()
}

fn merge(scratch: &Scratch, dumps: &[&str], out: &str) -> Run {
    let flags = ["merge", "--keep-originals", "-o", out];
    lacuna_in(scratch.path(), [&flags, dumps].concat())
}

fn verify(scratch: &Scratch, dumps: &[&str], out: &str) {
    let mut arguments = vec!["verify", out];
    for dump in dumps {
        arguments.extend(["--against", dump]);
    }
    lacuna_in(scratch.path(), arguments).expect(0);
}

/// All files of a folder but the ledger.
fn theirs(scratch: &Scratch, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = files(&scratch.join(folder)).into_iter();
    files
        .filter(|(path, _)| !path.starts_with(".lacuna"))
        .collect()
}

#[test]
fn any_name_is_kept() {
    let scratch = Scratch::new();
    for (number, name) in NAMES.iter().enumerate() {
        put(&scratch, "a", name, &text(number, 0..8));
        put(&scratch, "b", name, &text(number, 3..12));
    }
    let run = merge(&scratch, &["a", "b"], "out").expect(0);
    let shown = run.text().chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(shown, None, "{:?}", run.text());
    verify(&scratch, &["a", "b"], "out");
    let found = theirs(&scratch, "out");
    for (number, name) in NAMES.iter().enumerate() {
        let text = String::from_utf8_lossy(&found[&PathBuf::from(OsStr::from_bytes(name))]);
        assert_eq!(text.trim_end(), self::text(number, 0..12).trim_end());
    }
    assert_eq!(found.len(), NAMES.len());
    merge(&scratch, &["out", "b"], "again").expect(0);
    assert_eq!(theirs(&scratch, "again"), found);
}

#[test]
fn names_that_differ_in_case_only_stay_apart() {
    let scratch = Scratch::new();
    let names = ["Read.md", "read.md", "A/x.md", "a/X.md", "caf\u{e9}.md"];
    for (number, name) in names.iter().enumerate() {
        put(&scratch, "a", name.as_bytes(), &text(number, 0..8));
    }
    put(&scratch, "b", b"READ.md", &text(20, 0..8));
    put(&scratch, "b", "cafe\u{301}.md".as_bytes(), &text(21, 0..8));
    merge(&scratch, &["a", "b"], "out").expect(0);
    verify(&scratch, &["a", "b"], "out");
    let found = theirs(&scratch, "out");
    let folded = found
        .keys()
        .map(|path| path.to_str().unwrap().to_lowercase());
    let folded: std::collections::BTreeSet<String> = folded.collect();
    assert_eq!(folded.len(), 7, "{:?}", found.keys());
    let mut texts: Vec<Vec<u8>> = found.into_values().collect();
    texts.sort();
    let mut said: Vec<Vec<u8>> = [0, 1, 2, 3, 4, 20, 21]
        .iter()
        .map(|number| text(*number, 0..8).into_bytes())
        .collect();
    said.sort();
    assert_eq!(texts, said);
}

/// A link is no file of the dump: it is not followed, and the ledger says that it was left out.
#[test]
fn links_lead_nowhere() {
    let scratch = Scratch::new();
    put(&scratch, "a", b"x.md", &text(0, 0..8));
    put(&scratch, "secret", b"s.md", &text(1, 0..8));
    let link = |to: &str, name: &str| {
        std::os::unix::fs::symlink(to, scratch.join("a").join(name)).unwrap();
    };
    link("../secret/s.md", "file.md");
    link("../secret", "folder");
    link("..", "loop");
    link("nothing", "dangling");
    link("x.md", "own.md");
    merge(&scratch, &["a"], "out").expect(0);
    verify(&scratch, &["a"], "out");
    let names: Vec<PathBuf> = theirs(&scratch, "out").into_keys().collect();
    assert_eq!(names, [PathBuf::from("x.md")]);
    let ledger = fs::read_to_string(scratch.join("out/.lacuna/ledger.jsonl")).unwrap();
    for name in ["file.md", "folder", "loop", "dangling", "own.md"] {
        let told = format!(r#""path":"{name}","fate":"excluded""#);
        assert!(ledger.contains(&told), "{name}\n{ledger}");
    }
}

/// A plan that someone else wrote leads nowhere either.
#[test]
fn a_plan_leads_nowhere() {
    let scratch = Scratch::new();
    put(&scratch, "a", b"x.md", &text(0, 0..8));
    put(&scratch, ".", b"x.md", &text(0, 0..8));
    let plan = ["merge", "a", "-n", "--format", "json"];
    let plan = lacuna_in(scratch.path(), plan).expect(0).text().to_owned();
    for path in ["../x.md", "/x.md", ".lacuna/x.md", "a/../../x.md", ""] {
        let hostile = plan.replace(r#""path": "x.md""#, &format!(r#""path": "{path}""#));
        let hostile = hostile.replace(r#""path":"x.md""#, &format!(r#""path":"{path}""#));
        assert_ne!(hostile, plan);
        fs::write(scratch.join("plan.json"), hostile).unwrap();
        let merge = ["merge", "--plan", "plan.json", "-o", "out"];
        lacuna_in(scratch.path(), merge).expect(2);
        let _ = fs::remove_dir_all(scratch.join("out"));
    }
    assert_eq!(files(scratch.path()).len(), 3);
}
