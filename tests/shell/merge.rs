//! Merging dumps, and checking what came of it.

mod addresses;
mod both;
mod comments;
mod earlier;
mod front_matter;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::root;
use crate::shell::call::lacuna;
use crate::shell::tree::Tree;

/// All files of a folder but the ledger, by path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if path.is_dir() {
                folders.extend((name != ".lacuna").then_some(path));
            } else {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Merges `dumps` of the tree into `out`, and checks it.
#[track_caller]
pub fn merge(tree: &Tree, dumps: &[&str], out: &str, flags: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let arguments = [&["merge", "-q", "-o", out], dumps, flags].concat();
    lacuna(&tree.root, &arguments).run().expect(0);
    let mut arguments = vec!["verify", "-q", out];
    for dump in dumps {
        arguments.extend(["--against", dump]);
    }
    lacuna(&tree.root, &arguments).run().expect(0);
    files(&tree.path(out))
}

/// The ledger of an output.
pub fn ledger(tree: &Tree, out: &str) -> String {
    fs::read_to_string(tree.path(out).join(".lacuna/ledger.jsonl")).unwrap()
}

/// Paragraphs that share nothing.
fn paragraph(number: usize) -> String {
    const WORDS: [&str; 8] = [
        "kiln", "glaze", "river", "anvil", "maple", "thread", "lantern", "copper",
    ];
    let words: Vec<String> = (0..24)
        .map(|at| {
            format!(
                "{}{}",
                WORDS[(at * 5 + number * 3) % 8],
                (number * 31 + at * 7) % 97
            )
        })
        .collect();
    format!("Part {number}: {}.", words.join(" "))
}

fn paragraphs(numbers: impl IntoIterator<Item = usize>) -> String {
    let all: Vec<String> = numbers.into_iter().map(paragraph).collect();
    all.join("\n\n") + "\n"
}

#[test]
fn copies_cut_at_different_places_give_the_whole() {
    let whole = paragraphs(0..12);
    let tree = Tree::new("merge-cuts")
        .file("a/x.md", paragraphs(0..9))
        .file("b/x.md", paragraphs(3..12))
        .file("c/x.md", paragraphs((0..3).chain(5..11)));
    for dumps in [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]] {
        let out = format!("out-{}", dumps.concat());
        let found = merge(&tree, &dumps, &out, &[]);
        assert_eq!(String::from_utf8_lossy(&found["x.md"]), whole, "{dumps:?}");
    }
}

#[test]
fn a_cut_inside_a_word_is_healed() {
    let whole = paragraphs(0..6);
    let cut = &whole[..whole.len() / 2];
    assert!(!cut.ends_with([' ', '.', '\n']));
    let tree = Tree::new("merge-word")
        .file(
            "a/x.md",
            format!("{}\n\n{cut}\u{2026}\u{2026}\n", paragraph(20)),
        )
        .file("b/x.md", &whole);
    let found = merge(&tree, &["a", "b"], "out", &[]);
    let expected = format!("{}\n\n{whole}", paragraph(20));
    assert_eq!(String::from_utf8_lossy(&found["x.md"]), expected);
}

#[test]
fn a_paragraph_goes_behind_the_table_or_list_it_follows() {
    for [open, close] in [
        ["<table><tr><td>", "</td></tr></table>"],
        ["<ul><li>", "</li></ul>"],
    ] {
        let shared = format!("<p>{}</p>\n<p>{}</p>\n", paragraph(0), paragraph(1));
        let tree = Tree::new("merge-behind")
            .file("a/x.md", paragraphs(0..3))
            .file(
                "b/x.html",
                format!("{shared}{open}{}{close}\n", paragraph(8).repeat(3)),
            );
        let found = merge(&tree, &["a", "b"], "out", &[]);
        let text = String::from_utf8_lossy(&found["x.html"]).into_owned();
        let behind = text.split(close).nth(1).unwrap_or_default();
        let part = format!("<p>{}</p>", paragraph(2));
        let beside = text.split(open).next().unwrap_or_default();
        assert!(behind.contains(&part) || beside.contains(&part), "{text}");
    }
}

#[test]
fn paragraphs_that_begin_alike_stay_two() {
    let tree = Tree::new("merge-alike")
        .file("a/x.md", paragraphs([0, 1, 2, 4]))
        .file("b/x.md", paragraphs([0, 1, 3, 4]));
    let found = merge(&tree, &["a", "b"], "out", &[]);
    let text = String::from_utf8_lossy(&found["x.md"]).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    for number in 0..5 {
        assert!(lines.contains(&paragraph(number).as_str()), "{text}");
    }
    assert_eq!(
        merge(&tree, &["out", "b"], "again", &[])["x.md"],
        found["x.md"]
    );
}

#[test]
fn a_dump_by_itself_stays_as_it_is() {
    let tree = Tree::new("merge-one")
        .file("a/x.md", paragraphs(0..4))
        .file("a/copy of x.md", paragraphs(0..4))
        .file("a/cut.html", format!("<p>{}</p>", paragraph(0)))
        .file("a/.hidden/crlf.txt", "no line feed at the end\r\nof it")
        .file("a/.gitignore", "*.txt\n")
        .file("a/empty", "")
        .file("a/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0")
        .file("a/twin.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    let dump = files(&tree.path("a"));
    assert_eq!(merge(&tree, &["a"], "one", &[]), dump);
    assert_eq!(merge(&tree, &["a", "a"], "two", &[]), dump);
    assert_eq!(merge(&tree, &["one", "a"], "three", &[]), dump);
}

#[test]
fn other_readings_go_to_the_ledger_or_stand_beside() {
    let text = |number| {
        format!(
            "{}\n\nThe kettle holds {number} litres of water.\n\n{}\n",
            paragraph(1),
            paragraph(2)
        )
    };
    let tree = Tree::new("merge-conflict")
        .file("a/x.md", text("two"))
        .file("b/x.md", text("nine"));
    let said =
        |files: &BTreeMap<String, Vec<u8>>| String::from_utf8(files["x.md"].clone()).unwrap();

    let found = merge(&tree, &["a", "b"], "base", &[]);
    let ledger = fs::read_to_string(tree.path("base/.lacuna/ledger.jsonl")).unwrap();
    let (stands, other) = match said(&found) == text("two") {
        true => ("two", "nine"),
        false => ("nine", "two"),
    };
    assert_eq!(said(&found), text(stands));
    assert!(
        ledger.contains(&format!(r#""text":"{other}","instead":"{stands}""#)),
        "{ledger}"
    );

    let found = merge(&tree, &["a", "b"], "b-wins", &["--prefer", "B"]);
    assert_eq!(said(&found), text("nine"));

    let both = merge(&tree, &["a", "b"], "both", &["--conflicts", "both"]);
    let siglum = if other == "two" { "A" } else { "B" };
    let marked = format!("\u{3014}{siglum}: The kettle holds {other} litres of water.\u{3015}");
    let expected = format!("The kettle holds {stands} litres of water.\n\n{marked}");
    assert_eq!(
        said(&both),
        text(stands).replace(&text_of_kettle(stands), &expected)
    );
    for again in ["a", "b", "both"] {
        let out = format!("again-{again}");
        assert_eq!(
            merge(&tree, &["both", again], &out, &["--conflicts", "both"]),
            both
        );
    }
}

fn text_of_kettle(number: &str) -> String {
    format!("The kettle holds {number} litres of water.")
}

#[test]
fn damage_is_found_and_named() {
    let tree = Tree::new("merge-damage")
        .file("a/x.md", paragraphs(0..9))
        .file("b/x.md", paragraphs(3..12))
        .file("b/y.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    merge(&tree, &["a", "b"], "out", &["--keep-originals"]);
    let check = |path: &str, damage: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        let path = tree.path(path);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, damage(whole.clone())).unwrap();
        let run = lacuna(&tree.root, &["verify", "out"]).run().expect(1);
        fs::write(&path, whole).unwrap();
        run.text().to_owned()
    };
    let cut = |mut bytes: Vec<u8>| {
        bytes.truncate(bytes.len() / 2);
        bytes
    };
    assert!(
        check("out/x.md", &cut).starts_with("out/x.md:")
            || check("out/x.md", &cut).starts_with("x.md:")
    );
    assert!(check("out/y.png", &cut).starts_with("y.png:"));
    assert!(check("out/.lacuna/ledger.jsonl", &cut).contains("ledger.jsonl:"));
    let kept: Vec<String> = originals(&tree.path("out/.lacuna/originals"));
    assert!(!kept.is_empty());
    for name in kept {
        let path = format!("out/.lacuna/originals/{name}");
        assert!(check(&path, &cut).contains("originals/"), "{path}");
    }
    fs::write(tree.path("out/new.md"), "new").unwrap();
    lacuna(&tree.root, &["verify", "out"]).run().expect(1);
    fs::remove_file(tree.path("out/new.md")).unwrap();
    fs::remove_file(tree.path("out/y.png")).unwrap();
    lacuna(&tree.root, &["verify", "out"]).run().expect(1);
}

fn originals(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

#[test]
fn a_dump_that_was_not_merged_is_not_covered() {
    let tree = Tree::new("merge-covered")
        .file("a/x.md", paragraphs(0..7))
        .file("b/x.html", format!("<p>{}</p>", paragraph(0)))
        .file("c/x.md", paragraphs(20..22));
    merge(&tree, &["a", "b"], "out", &[]);
    let run = lacuna(&tree.root, &["verify", "out", "--against", "c"])
        .run()
        .expect(1);
    assert!(
        run.text().contains("c/x.md: was not merged"),
        "{}",
        run.text()
    );
}

#[test]
fn a_plan_is_carried_out_as_it_is_or_not_at_all() {
    let tree = Tree::new("merge-plan")
        .file("a/x.md", paragraphs(0..9))
        .file("b/x.md", paragraphs(3..12));
    let plan = lacuna(&tree.root, &["merge", "a", "b", "-n", "--format", "json"])
        .run()
        .expect(0);
    fs::write(tree.path("plan.json"), &plan.stdout).unwrap();
    assert!(!tree.path("out").exists());
    lacuna(&tree.root, &["merge", "--plan", "plan.json", "-o", "out"])
        .run()
        .expect(0);
    assert_eq!(
        String::from_utf8_lossy(&files(&tree.path("out"))["x.md"]),
        paragraphs(0..12)
    );

    fs::write(tree.path("b/new.md"), "new").unwrap();
    let run = lacuna(&tree.root, &["merge", "--plan", "plan.json", "-o", "out2"])
        .run()
        .expect(2);
    assert!(run.stderr.contains("b/new.md"), "{}", run.stderr);
    fs::remove_file(tree.path("b/new.md")).unwrap();
    fs::write(tree.path("b/x.md"), paragraphs(3..11)).unwrap();
    let run = lacuna(&tree.root, &["merge", "--plan", "plan.json", "-o", "out3"])
        .run()
        .expect(2);
    assert!(run.stderr.contains("b/x.md: has changed"), "{}", run.stderr);
}

#[test]
fn nothing_is_written_into_or_over_anything() {
    let tree = Tree::new("merge-places")
        .file("a/x.md", paragraphs(0..2))
        .file("full/y", "y");
    for out in ["a", "a/out", ".", "full"] {
        lacuna(&tree.root, &["merge", "a", "-o", out])
            .run()
            .expect(2);
    }
    assert_eq!(files(&tree.path("a")).len(), 1);
    assert_eq!(files(&tree.path("full")).len(), 1);
}

#[test]
fn what_is_written_follows_the_schemas() {
    let tree = Tree::new("merge-schemas")
        .file("a/x.md", paragraphs(0..9))
        .file("b/x.md", paragraphs(3..12).replace("anvil", "kettle"))
        .file("b/y.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    merge(&tree, &["a", "b"], "out", &["--keep-originals"]);
    let schema = |name: &str| {
        let path = root().join(format!("docs/schema/{name}.v1.json"));
        let schema = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        jsonschema::validator_for(&schema).unwrap()
    };
    let holds = |name: &str, json: &str| {
        let value = serde_json::from_str(json).unwrap();
        let wrong: Vec<String> = schema(name)
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}\n{json}");
    };
    let ledger = fs::read_to_string(tree.path("out/.lacuna/ledger.jsonl")).unwrap();
    for line in ledger.lines() {
        holds("ledger-line", line);
    }
    let plan = ["merge", "a", "b", "-n", "--format", "json"];
    holds("plan", lacuna(&tree.root, &plan).run().expect(0).text());
    holds(
        "verify",
        lacuna(&tree.root, &["verify", "out", "--format", "json"])
            .run()
            .expect(0)
            .text(),
    );
    fs::write(tree.path("out/x.md"), "").unwrap();
    holds(
        "verify",
        lacuna(&tree.root, &["verify", "out", "--format", "json"])
            .run()
            .expect(1)
            .text(),
    );
}

/// The dumps that come with the project: each case of a merge.
#[test]
fn the_sample_dumps_become_one_set() {
    let tree = Tree::new("merge-samples");
    let dump = |year: &str| {
        root()
            .join("samples/dumps")
            .join(year)
            .to_str()
            .unwrap()
            .to_owned()
    };
    let (old, new) = (dump("2022"), dump("2024"));
    let found = merge(&tree, &[&old, &new], "out", &[]);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "course/bread.html",
            "course/泡茶的水.md",
            "img/dough.png",
            "index (2).md",
            "index.md",
            "starter.txt"
        ]
    );
    let said = |name: &str| String::from_utf8(found[name].clone()).unwrap();
    let tea = said("course/泡茶的水.md");
    let places: Vec<Option<usize>> = ["水烧开以后", "水要活", "吸味道", "精选留言（3）"]
        .iter()
        .map(|words| tea.find(words))
        .collect();
    assert!(
        places.is_sorted() && places.iter().all(Option::is_some),
        "{tea}"
    );
    let bread = said("course/bread.html");
    for words in [
        "<p>Mix flour, water and salt",
        "<img src=\"img/dough.png\"",
        "<h2>Comments (3)</h2>",
        "<span class=\"author\">Marta</span> <time datetime=\"2021-11-03\">2021-11-03</time>",
        "at 240 degrees",
    ] {
        assert!(bread.contains(words), "{words}\n{bread}");
    }
    let ledger = fs::read_to_string(tree.path("out/.lacuna/ledger.jsonl")).unwrap();
    assert!(ledger.contains(r#""text":"250","instead":"240""#));
    // Merging it again, with itself or with a dump, changes nothing.
    for again in [old.as_str(), new.as_str(), "out"] {
        let name = format!("again-{}", again.rsplit('/').next().unwrap());
        assert_eq!(merge(&tree, &["out", again], &name, &[]), found, "{again}");
    }
}
