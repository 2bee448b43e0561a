use proptest::prelude::*;

use super::*;
use crate::normalize::{Options, normalize};
use crate::scan::{Document, Memory, propose};

/// Paragraphs that have nothing in common, each longer than the passage guarantee.
fn paragraph(letter: char) -> String {
    let words = ["river", "stone", "lamp", "bread", "tower", "winter"];
    let word = |at: usize| format!("{}{letter}{}{at}", words[at % 6], words[(at + 1) % 6]);
    let text: Vec<String> = (0..24).map(word).collect();
    format!("{}.", text.join(" "))
}

/// A document: a paragraph for each letter.
fn document(letters: &str) -> String {
    let all: Vec<String> = letters.chars().map(paragraph).collect();
    all.join("\n\n")
}

/// Documents of `heap`, which has a path and the letters of its paragraphs in each line.
fn documents(heap: &str) -> Vec<Document> {
    let lines = heap.lines().map(str::trim).filter(|line| !line.is_empty());
    let memory = Memory::unlimited();
    let one = |line: &str| {
        let (path, letters) = line.split_once(' ').unwrap_or((line, "x"));
        let text = document(letters);
        let witness = normalize(text.as_bytes(), Some("md"), &Options::default()).unwrap();
        Document::new(path.to_owned(), witness, &memory)
    };
    lines.map(one).collect()
}

fn pairing(documents: Vec<Document>) -> (Vec<String>, Pairing) {
    let heap = Heap::new(documents, &());
    let scope = Scope::Across(["a", "b"].map(str::to_owned).to_vec());
    let proposal = propose(&heap, &scope);
    let found = pair(&heap, &proposal, &scope, |_| ());
    let path = |at: usize| heap.documents()[at].path.as_str();
    // Of two paragraphs at the same place a few characters may be the same.
    let len = paragraph('a').replace(' ', "").len() as u64;
    let letters = |loss: &Loss| (loss.chars + len / 2) / len;
    let mut told: Vec<String> = (found.pairs.iter())
        .map(|pair| {
            let (lost, gained) = (letters(&pair.lost.1), letters(&pair.gained.1));
            let standing = pair.standing.name();
            let mut told = format!("{} {} {standing}", path(pair.base), path(pair.copy));
            if lost + gained > 0 {
                told += &format!(" -{lost} +{gained}");
            }
            for at in &pair.elsewhere {
                told += &format!(" (see {})", path(*at));
            }
            told
        })
        .collect();
    for only in found.only.iter().flatten() {
        let mut one = format!("{} only -{}", path(only.document), letters(&only.loss));
        for at in &only.near {
            one += &format!(" (near {})", path(*at));
        }
        told.push(one);
    }
    (told, found)
}

#[track_caller]
fn check(heap: &str, expected: &[&str]) {
    assert_eq!(pairing(documents(heap)).0, expected, "{heap}");
    let turned: Vec<&str> = heap.lines().rev().collect();
    let turned = pairing(documents(&turned.join("\n"))).0;
    assert_eq!(turned, expected, "in another order: {heap}");
}

#[test]
fn documents_are_paired_by_what_they_say() {
    check("a/1 pqr\n b/1 pqr", &["a/1 b/1 same"]);
    check("a/1 pqr\n b/x/2 pqr", &["a/1 b/x/2 same"]);
    check(
        "a/1 pqr\n a/2 stu\n b/1 stu\n b/2 pqr",
        &["a/1 b/2 same", "a/2 b/1 same"],
    );
    check("a/1 pqr\n b/1 pq", &["a/1 b/1 cut in copy -1 +0"]);
    check("a/1 pq\n b/1 pqr", &["a/1 b/1 cut in base -0 +1"]);
    check("a/1 pqrs\n b/1 pqrt", &["a/1 b/1 revised -1 +1"]);
    check("a/1 p\n b/1 q", &["a/1 only -1", "b/1 only -1"]);
}

#[test]
fn equal_names_decide_between_equal_texts() {
    check(
        "a/1 p\n a/2 p\n b/2 p\n b/1 p",
        &["a/1 b/1 same", "a/2 b/2 same"],
    );
    check(
        "a/x/1 p\n a/y/2 p\n b/z/2 p\n b/z/1 p",
        &["a/x/1 b/z/1 same", "a/y/2 b/z/2 same"],
    );
    check(
        "a/1 p\n a/2 p\n b/3 p\n b/2 p",
        &["a/1 b/3 same", "a/2 b/2 same"],
    );
}

#[test]
fn one_more_copy_is_told_beside_the_pair() {
    check(
        "a/1 pqr\n b/1 pqr\n b/2 pqr",
        &["a/1 b/1 same", "a/1 b/2 again in copy"],
    );
    check(
        "a/1 pqr\n b/1 pqr\n b/2 pq",
        &["a/1 b/1 same", "a/1 b/2 again in copy"],
    );
    check(
        "a/1 pqr\n a/2 pqrs\n b/1 pqr",
        &["a/1 b/1 same", "a/2 b/1 again in base -1 +0"],
    );
}

#[test]
fn a_closer_counterpart_wins_over_a_name() {
    check(
        "a/1 pqrs\n b/1 p\n b/2 pqrt",
        &["a/1 b/1 again in copy", "a/1 b/2 revised -1 +1"],
    );
}

#[test]
fn what_is_in_another_document_is_not_lost() {
    check(
        "a/1 pqrst\n b/1 pqr\n b/2 st",
        &["a/1 b/1 split (see b/2)", "a/1 b/2 part in copy"],
    );
    check(
        "a/1 pqr\n a/2 st\n b/1 pqrst",
        &["a/1 b/1 joined", "a/2 b/1 part in base"],
    );
    check(
        "a/1 pqrst\n b/1 pqr\n b/2 sxyzvw",
        &[
            "a/1 b/1 cut in copy -1 +0 (see b/2)",
            "b/2 only -5 (near a/1)",
        ],
    );
}

#[test]
fn a_full_stop_beside_a_moved_paragraph_is_not_lost() {
    check(
        "b/0 r\n b/1 pq\n a/2 rqp",
        &["a/2 b/0 part in copy", "a/2 b/1 split (see b/0)"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn each_document_is_told_once(
        heap in prop::collection::vec(("[ab]", "[p-t]{1,4}"), 1..9),
    ) {
        let lines: Vec<String> = (0..)
            .zip(&heap)
            .map(|(at, (side, letters)): (usize, _)| format!("{side}/{at} {letters}"))
            .collect();
        let (told, found) = pairing(documents(&lines.join("\n")));
        let mut seen = vec![0; heap.len()];
        for pair in &found.pairs {
            let own: &[usize] = match pair.standing {
                Standing::PartInBase | Standing::AgainInBase => &[pair.base],
                Standing::PartInCopy | Standing::AgainInCopy => &[pair.copy],
                _ => &[pair.base, pair.copy],
            };
            own.iter().for_each(|at| seen[*at] += 1);
        }
        found.only.iter().flatten().for_each(|only| seen[only.document] += 1);
        prop_assert!(seen.iter().all(|count| *count == 1), "{:?} {:?}", told, seen);
        // What is lost is nowhere in the second folder, paragraph by paragraph.
        let there: String = heap.iter().filter(|(side, _)| side == "b").map(|(_, letters)| letters.as_str()).collect();
        let here = heap.iter().filter(|(side, _)| side == "a");
        let gone: u64 = here.map(|(_, letters)| letters.chars().filter(|c| !there.contains(*c)).count() as u64).sum();
        let lost = found.pairs.iter().map(|pair| pair.lost.1.chars).sum::<u64>()
            + found.only[0].iter().map(|only| only.loss.chars).sum::<u64>();
        let len = paragraph('a').replace(' ', "").len() as u64;
        // A text that stands several times is told once where it has a counterpart.
        prop_assert!(lost <= gone * len, "{:?}: {} of {}", told, lost, gone * len);
        prop_assert!(gone == 0 || lost > 0, "{:?}", told);
    }
}
