//! Two real dumps of one lesson, which are no part of the project. Where they are not there, this
//! says so and passes.

use std::fs;

use crate::contract::{Comments, Relation, records, relation, relations};
use crate::program::{Run, lacuna, root};

const FOLDER: &str = "../shared/seeds";

/// The two dumps. What is expected of their words is taken from them: nothing is quoted here.
struct Seeds {
    paths: [String; 2],
    base: String,
    copy: String,
}

fn seeds() -> Option<Seeds> {
    let paths = ["000_dc018379ac0d0597.txt", "001_8392472c5f3fa09a.txt"]
        .map(|name| format!("{FOLDER}/{name}"));
    let read = |path: &String| fs::read_to_string(root().join(path)).ok();
    let (Some(base), Some(copy)) = (read(&paths[0]), read(&paths[1])) else {
        eprintln!("skipped: {FOLDER} is not there");
        return None;
    };
    Some(Seeds { paths, base, copy })
}

impl Seeds {
    /// The line on which the copy's text ends.
    fn cut_line(&self) -> &str {
        self.copy.lines().nth(CUT - 1).expect("the line of the cut")
    }

    /// The headings of the base that come after the cut.
    fn lacking_headings(&self) -> Vec<&str> {
        let headings = self
            .base
            .lines()
            .filter_map(|line| line.strip_prefix("## "));
        headings
            .filter(|heading| !self.copy.contains(heading))
            .collect()
    }

    /// The target of the one image in the base.
    fn image(&self) -> &str {
        let (_, image) = self.base.split_once("![](").expect("an image");
        image.split_once(')').expect("its end").0
    }
}

const CUT: usize = 15;

#[test]
fn scan_says_what_the_second_lacks() {
    let Some(seeds) = seeds() else { return };
    let run = lacuna(["scan", "--format", "jsonl", FOLDER]).expect(0);
    let relations = relations(run.text());
    assert_eq!(relations.len(), 1, "{relations:#?}");
    assert_eq!(relations[0].lacking.len(), 1, "{:#?}", relations[0].lacking);
    check(&relations[0], &seeds);
}

#[test]
fn diff_says_the_same() {
    let Some(seeds) = seeds() else { return };
    let json = diff(&seeds, "json").expect(1);
    let record = serde_json::from_str(json.text()).expect("JSON");
    check(&relation(&record), &seeds);

    let text = diff(&seeds, "text").expect(1);
    for heading in seeds.lacking_headings() {
        assert!(
            text.text().contains(heading),
            "{heading} is not listed:\n{}",
            text.text()
        );
    }
}

fn diff(seeds: &Seeds, format: &str) -> Run {
    lacuna(["diff", "--format", format, &seeds.paths[0], &seeds.paths[1]])
}

fn check(found: &Relation, seeds: &Seeds) {
    assert_eq!(
        [&found.base, &found.copy],
        [&seeds.paths[0], &seeds.paths[1]]
    );
    assert_eq!(found.verdict, "truncated");
    assert_eq!(found.of_copy, 1.0);
    assert_eq!((found.of_base * 100.0).round(), 18.0, "{}", found.of_base);

    let cut = found.cut.as_ref().expect("a cut");
    assert_eq!(cut.line, CUT as u64);
    assert_eq!(cut.place, "at a block's end");
    let before = cut.before.trim_start_matches('…');
    assert!(before.chars().count() >= 10, "{before}");
    assert!(seeds.cut_line().ends_with(before), "{before}");

    let headings = found.lacking.iter().flat_map(|one| &one.headings);
    let headings: Vec<&str> = headings.map(String::as_str).collect();
    assert_eq!(headings, seeds.lacking_headings());
    assert_eq!(headings.len(), 3);
    assert!(found.extra.is_empty(), "{:#?}", found.extra);

    let all = Comments {
        present: 8,
        ..Comments::default()
    };
    assert_eq!(found.comments, all);
    assert_eq!(found.assets_extra.len(), 8, "the avatars");
    assert_eq!(found.assets_lacking, [seeds.image()]);
}

#[test]
fn the_lines_of_jsonl_are_typed() {
    let run = lacuna(["scan", "--format", "jsonl", "samples/identical"]).expect(0);
    for kind in ["group", "relation", "summary"] {
        assert_eq!(records(run.text(), kind).len(), 1, "{kind}");
    }
}
