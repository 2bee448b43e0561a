//! Expected against found. Each function gives findings, so that one run shows all of them.

use std::fs;

use serde_json::Value;

use super::case::{Case, Expected, Passages, Reading};
use crate::contract::{Comments, Passage, Relation};
use crate::program::root;

/// Everything about all relations of a case.
pub fn relations(case: &Case, found: &[Relation]) -> Vec<String> {
    let mut wrong = pairs(case, found.iter().collect());
    for expected in &case.relations {
        let found = found.iter().find(|found| same_pair(case, expected, found));
        if let Some(found) = found {
            wrong.extend(relation(case, expected, found));
        }
    }
    wrong
}

/// That the relations of a case are those expected, with their verdicts.
pub fn pairs(case: &Case, found: Vec<&Relation>) -> Vec<String> {
    let mut wrong = Vec::new();
    for expected in &case.relations {
        let count = found
            .iter()
            .filter(|found| same_pair(case, expected, found))
            .count();
        if count != 1 {
            wrong.push(format!(
                "{}: {} against {} is reported {count} times",
                case.name, expected.copy, expected.base
            ));
        }
    }
    for found in found {
        let expected = case
            .relations
            .iter()
            .find(|expected| same_pair(case, expected, found));
        let place = format!("{}: {} against {}", case.name, found.copy, found.base);
        match expected {
            None => wrong.push(format!("{place} is {}, not expected", found.verdict)),
            Some(expected) if expected.verdict != found.verdict => {
                wrong.push(format!(
                    "{place} is {}, not {}",
                    found.verdict, expected.verdict
                ));
            }
            Some(_) => {}
        }
    }
    wrong
}

fn same_pair(case: &Case, expected: &Expected, found: &Relation) -> bool {
    found.copy == case.path(&expected.copy) && found.base == case.path(&expected.base)
}

fn relation(case: &Case, expected: &Expected, found: &Relation) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |right: bool, what: &str, found: &dyn std::fmt::Debug| {
        if !right {
            wrong.push(format!(
                "{}: {}: {what}: found {found:?}",
                case.name, expected.copy
            ));
        }
    };
    check(
        expected.of_base.holds(found.of_base),
        "coverage of the base",
        &found.of_base,
    );
    check(
        expected.of_copy.holds(found.of_copy),
        "coverage of the copy",
        &found.of_copy,
    );
    check(cut(expected, found), "cut", &found.cut);
    check(
        passages(&expected.lacking, &found.lacking, &found.base),
        "lacking",
        &found.lacking,
    );
    check(
        passages(&expected.extra, &found.extra, &found.copy),
        "extra",
        &found.extra,
    );
    check(
        expected.moved.holds(found.moved as f64),
        "moved",
        &found.moved,
    );
    check(
        expected.variants.holds(found.variants as f64),
        "variants",
        &found.variants,
    );
    let comments = Comments {
        present: expected.comments.present,
        lacking: expected.comments.lacking,
        extra: expected.comments.extra,
        changed: expected.comments.changed,
        counters: expected.comments.counters,
    };
    check(comments == found.comments, "comments", &found.comments);
    check(
        expected.assets.lacking == found.assets_lacking,
        "assets",
        &found.assets_lacking,
    );
    check(
        expected.assets.extra == found.assets_extra,
        "more assets",
        &found.assets_extra,
    );
    check(expected.differs == found.differs, "differs", &found.differs);
    wrong
}

fn cut(expected: &Expected, found: &Relation) -> bool {
    match (&expected.cut, &found.cut) {
        (None, None) => true,
        (Some(expected), Some(found)) => {
            expected.line == found.line
                && expected.place == found.place
                && found.before.ends_with(&expected.before)
        }
        _ => false,
    }
}

fn passages(expected: &Passages, found: &[Passage], path: &str) -> bool {
    match expected {
        Passages::Count(count) => count.holds(found.len() as f64),
        Passages::Each(each) => {
            let source = fs::read(root().join(path)).unwrap_or_default();
            let words = |passage: &Passage| source.get(passage.span.clone()).unwrap_or_default();
            each.len() == found.len()
                && each.iter().zip(found).all(|(expected, found)| {
                    (expected.lines[0], expected.lines[1]) == found.lines
                        && expected.headings == found.headings
                        && words(found).starts_with(expected.begins.as_bytes())
                })
        }
    }
}

/// That what was left out is what the case says.
pub fn excluded(case: &Case, found: &[Value]) -> Vec<String> {
    let mut expected: Vec<(String, String)> = case
        .excluded
        .iter()
        .map(|one| (case.path(&one.path), one.rule.clone()))
        .collect();
    let text = |one: &'_ Value, key: &str| one[key].as_str().unwrap().to_owned();
    let mut found: Vec<(String, String)> = found
        .iter()
        .map(|one| (text(one, "path"), text(one, "rule")))
        .filter(|(path, _)| *path != case.path("case.toml"))
        .collect();
    expected.sort();
    found.sort();
    if expected == found {
        return Vec::new();
    }
    vec![format!("{}: left out: found {found:?}", case.name)]
}

/// That a file is read as the case says.
pub fn reading(case: &Case, expected: &Reading, text: &str, json: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let place = case.path(&expected.path);
    for words in &expected.holds {
        if !text.contains(words.as_str()) {
            wrong.push(format!("{place}: the text lacks {words:?}"));
        }
    }
    for words in &expected.without {
        if text.contains(words.as_str()) {
            wrong.push(format!("{place}: the text has {words:?}"));
        }
    }
    let json: Value = serde_json::from_str(json).expect("JSON");
    let damage: Vec<&str> = json["documents"][0]["damage"]
        .as_array()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .map(|damage| damage["kind"].as_str().unwrap())
        .collect();
    if damage != expected.damage {
        wrong.push(format!("{place}: damage: found {damage:?}"));
    }
    wrong
}
