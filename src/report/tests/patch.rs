//! A unified diff takes the canonical lines of one document to those of the other.

use std::process::Command;

use proptest::prelude::*;

use super::sample::{collate, entry, rendered, witness};
use crate::report::{Event, Options, Terminal, Text, Unified};
use crate::text::Witness;

fn normalized(witness: &Witness) -> String {
    let terminal = Terminal {
        width: 80,
        colour: false,
        ascii: false,
    };
    let event = Event::Normalized {
        entry: entry("", "x", witness),
        check: None,
    };
    rendered(Text::new(terminal, Options::default()), &[event])
}

fn unified(base: &Witness, copy: &Witness, context: Option<usize>) -> String {
    let relation = collate(base, copy);
    let event = Event::Compared {
        base: entry("A", "a b/base.md", base),
        copy: entry("B", "copy\n.md", copy),
        relation: &relation,
    };
    let options = Options {
        context,
        ..Options::default()
    };
    rendered(Unified::new(options), &[event])
}

/// What `patch` would do, strictly: hunks must fit where they say.
fn applied(text: &str, diff: &str) -> String {
    let old: Vec<&str> = text.split_terminator('\n').collect();
    let mut new: Vec<&str> = Vec::new();
    let mut at = 0;
    for line in diff.split_terminator('\n').skip(2) {
        if let Some(header) = line.strip_prefix("@@ -") {
            let (start, rest) = header.split_once(',').unwrap();
            let (count, rest) = rest.split_once(" +").unwrap();
            let (start, count): (usize, usize) = (start.parse().unwrap(), count.parse().unwrap());
            let start = if count == 0 { start } else { start - 1 };
            new.extend(&old[at..start]);
            at = start;
            let new_start: usize = rest.split_once(',').unwrap().0.parse().unwrap();
            let none = rest.contains(",0 ");
            assert_eq!(new.len(), if none { new_start } else { new_start - 1 });
            continue;
        }
        let (sign, text) = line.split_at(1);
        if sign != "+" {
            assert_eq!(old[at], text);
            at += 1;
        }
        if sign != "-" {
            new.push(text);
        }
    }
    new.extend(&old[at..]);
    new.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn patch_applies_it() {
    let base = witness("One.\n# Two\nThree \x1b[1m.\nFour.\n  a\n\n  b\n  c\nFive.\n@a|1|1|x\n");
    let copy = witness("Zero.\n# Two\nThree.\nFour.\n  a\n  c\nFive.\nSix.\n@b|1|1|y\n");
    let diff = unified(&base, &copy, None);
    assert!(
        diff.starts_with("--- a b/base.md\t\n+++ \"copy\\n.md\"\n@@ -1,"),
        "{diff}"
    );
    assert_eq!(applied(&normalized(&base), &diff), normalized(&copy));
    assert_eq!(unified(&base, &base, None), "");
    let Ok(folder) = std::env::var("CARGO_TARGET_TMPDIR")
        .or_else(|_| std::env::temp_dir().into_os_string().into_string())
    else {
        return;
    };
    let folder = std::path::Path::new(&folder).join(format!("lacuna-patch-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (text, change) = (folder.join("text"), folder.join("diff"));
    std::fs::write(&text, normalized(&base)).unwrap();
    std::fs::write(&change, &diff).unwrap();
    let result = Command::new("patch")
        .arg("-s")
        .arg(&text)
        .arg(&change)
        .status();
    let patched = std::fs::read_to_string(&text).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    // Where there is no `patch`, `applied` has shown the same.
    if let Ok(status) = result {
        assert!(status.success());
        assert_eq!(patched, normalized(&copy));
    }
}

proptest! {
    #[test]
    fn any_two_texts(
        base in prop::collection::vec("[abc中]{0,2}", 0..12),
        copy in prop::collection::vec("[abc中]{0,2}", 0..12),
        context in prop::option::of(0usize..5),
    ) {
        let (base, copy) = (witness(&base.join("\n")), witness(&copy.join("\n")));
        let diff = unified(&base, &copy, context);
        prop_assert_eq!(applied(&normalized(&base), &diff), normalized(&copy));
    }
}
