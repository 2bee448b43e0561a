//! Text that repeats itself: what is told of it is counted right, and where not everything was
//! tried, that is told.

use crate::shell::call::lacuna;
use crate::shell::tree::Tree;
use lacuna::collate::collate;
use lacuna::normalize::{Options, normalize};
use lacuna::text::{Edit, Passage, Relation, Section, Verdict, Witness};

fn read(extension: &str, text: &str) -> Witness {
    normalize(text.as_bytes(), Some(extension), &Options::default()).expect("small")
}

fn compare(extension: &str, base: &str, copy: &str) -> (Witness, Witness, Relation) {
    let (base, copy) = (read(extension, base), read(extension, copy));
    let relation = collate(&base, &copy);
    (base, copy, relation)
}

/// What is said of each passage that only one side has, or has more often: `- text` or `+ text`.
fn told(base: &Witness, copy: &Witness, relation: &Relation) -> Vec<String> {
    let say = |edit: &Edit| match edit {
        Edit::Lacking { base: one, .. } | Edit::Repeated { base: one, .. } => {
            Some(("-", base, *one))
        }
        Edit::Extra { copy: one, .. } | Edit::RepeatedHere { copy: one, .. } => {
            Some(("+", copy, *one))
        }
        _ => None,
    };
    let said = relation.edits.iter().filter_map(say);
    let said = said.map(|(sign, witness, passage): (&str, &Witness, Passage)| {
        format!("{sign} {}", &witness.match_text[passage.match_text.range()])
    });
    said.collect()
}

/// Paragraphs without an order, the same ones each time.
fn noise(mut state: u32, words: &[&str], len: usize) -> String {
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        words[state as usize % words.len()]
    };
    let paragraphs = std::iter::repeat_with(next).take(len);
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn what_was_not_tried_is_told() {
    let lines = ["A line that comes again.", "And so does this one.", "Yes."];
    let (one, other) = (noise(1, &lines, 1200), noise(2, &lines, 1200));
    let (.., relation) = compare("txt", &one, &other);
    let told = relation.approximations.iter().map(|one| one.what);
    let what = "not every order in which repeated text may correspond was tried";
    assert!(
        told.clone().any(|one| one == what),
        "{:?}",
        told.collect::<Vec<_>>()
    );
}

/// As much in another order, but nothing that stands twice: all of it is tried.
#[test]
fn a_new_order_alone_is_no_reason() {
    let word = |at: usize| format!("{:x}", (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let paragraph = |at: usize| [3 * at, 3 * at + 1, 3 * at + 2].map(word).join(" ") + ".";
    let ordered: Vec<String> = (0..1200).map(paragraph).collect();
    let mixed: Vec<String> = (0..1200).map(|at| paragraph(at * 7 % 1200)).collect();
    let (.., relation) = compare("txt", &ordered.join("\n\n"), &mixed.join("\n\n"));
    assert_eq!(relation.approximations, []);
    assert_eq!(relation.lacking().count() + relation.extra().count(), 0);
}

const LINE: &str = "A line that is there ten times, word for word.";

/// Ten equal lines, and ten without one of them, whichever it was.
#[test]
fn one_of_equal_lines_is_one_line() {
    let item = |markup: &str, count: usize| format!("{markup}{LINE}\n").repeat(count);
    let around = |lines: String| format!("How it begins.\n\n{lines}\nHow it ends.\n");
    for markup in ["", "- ", "1. ", "> ", "| x | y |\n|---|---|\n| a | ", "# "] {
        let separated = match markup {
            "" | "> " => "\n\n",
            _ => "\n",
        };
        let lines = |count| match markup.starts_with('|') {
            true => format!("| x |\n|---|\n{}", format!("| {LINE} |\n").repeat(count)),
            false => item(markup, count).replace('\n', separated),
        };
        let (ten, nine) = (around(lines(10)), around(lines(9)));
        let line = LINE.replace(' ', "");
        for (one, other, expected, verdict) in [
            (&ten, &nine, vec![format!("- {line}")], Verdict::Contained),
            (&nine, &ten, vec![format!("+ {line}")], Verdict::Contained),
            (&ten, &ten, vec![], Verdict::Identical),
        ] {
            let (base, copy, relation) = compare("md", one, other);
            assert_eq!(told(&base, &copy, &relation), expected, "{markup}");
            assert_eq!(relation.verdict, verdict);
            assert_eq!(relation.moved().count() + relation.variants().count(), 0);
        }
    }
}

/// It is shown where it is gone, with the place at which it stands all the same, and is no loss.
#[test]
fn one_of_equal_lines_is_shown_as_a_repetition() {
    let item = format!("{LINE}\n\n");
    let lines = |count| format!("How it begins.\n\n{}How it ends.\n", item.repeat(count));
    let tree = Tree::new("repetition")
        .file("ten.md", lines(10))
        .file("nine.md", lines(9));
    for code in ["lost", "differences"] {
        let arguments = ["diff", "-q", "--fail-on", code, "ten.md", "nine.md"];
        let run = lacuna(&tree.root, &arguments).run();
        run.expect(i32::from(code == "differences"));
    }
    for (arguments, says) in [
        (
            &["ten.md", "nine.md"][..],
            "- (also at line 3 of B)\n 21     - A line that is",
        ),
        (
            &["--only", "lacking", "ten.md", "nine.md"],
            "21     - A line that is",
        ),
        (
            &["nine.md", "ten.md"],
            "+ (also at line 3 of A)\n     21 + A line that is",
        ),
        (
            &["--format", "html", "ten.md", "nine.md"],
            ">also at line 3 of B</a>",
        ),
        (&["--format", "html", "ten.md", "nine.md"], "once more in A"),
        (
            &["ten.md", "nine.md"],
            "B contained: lacks 1 repetition - has",
        ),
        (
            &["-q", "nine.md", "ten.md"],
            "contained: lacks 1 repetition",
        ),
        (
            &["--format", "json", "--only", "lacking", "ten.md", "nine.md"],
            r#""edits":[{"kind":"repeated","base":{"#,
        ),
        (
            &["--format", "json", "--only", "extra", "nine.md", "ten.md"],
            r#""edits":[{"kind":"repeated here","base":{"#,
        ),
        (
            &["--format", "tei", "ten.md", "nine.md"],
            &format!("<app><rdg wit=\"#A\">{LINE}</rdg>"),
        ),
    ] {
        let run = lacuna(&tree.root, &[&["diff"], arguments].concat())
            .run()
            .expect(1);
        assert!(run.text().contains(says), "{says}:\n{}", run.text());
    }
}

/// A row that changed among rows that are equal is the one that changed.
#[test]
fn tables_of_equal_rows_keep_their_order() {
    let table = |rows: &[&str]| {
        let rows = rows.iter().map(|row| format!("| {row} | — |\n"));
        format!(
            "Text.\n\n| what | how |\n|---|---|\n{}\nMore text.\n",
            rows.collect::<String>()
        )
    };
    let same = table(&["none"; 8]);
    let changed = table(&[
        "none", "none", "none", "some", "none", "none", "none", "none",
    ]);
    let (_, _, relation) = compare("md", &same, &same);
    assert_eq!(relation.verdict, Verdict::Identical);
    let (base, copy, relation) = compare("md", &same, &changed);
    let variants: Vec<(&str, &str, u32)> = (relation.variants())
        .map(|(one, other)| {
            let of =
                |witness: &Witness, passage: Passage| witness.text[passage.text.range()].to_owned();
            assert_eq!(
                (of(&base, one).as_str(), of(&copy, other).as_str()),
                ("none", "some")
            );
            ("none", "some", other.lines.first)
        })
        .collect();
    assert_eq!(variants, [("none", "some", 8)]);
    assert_eq!(told(&base, &copy, &relation), [""; 0]);
    for rows in 0..8 {
        let (base, copy, relation) = compare("md", &same, &table(&vec!["none"; rows]));
        assert_eq!(
            told(&base, &copy, &relation),
            ["- ".to_owned() + &"none—".repeat(8 - rows)]
        );
    }
}

/// What stands below the comments is text as what stands above them is.
#[test]
fn text_after_the_comments_is_text() {
    let page = |below: &str| {
        format!(
            "# A lesson\n\nThe lesson itself, in a sentence.\n\n## Comments (2)\n\n\
             - **Ann** 2024-01-02 👍(1)\n\n  I liked it.\n\n- **Bob** 2024-01-03 👍(0)\n\n  So did I.\n\n{below}"
        )
    };
    let below = "## What comes next\n\nThe next lesson is about rivers and how to cross them.\n";
    let (whole, cut) = (page(below), page(""));
    let changed = page(&below.replace("rivers", "mountains"));
    let (base, copy, relation) = compare("md", &whole, &cut);
    assert_eq!(base.comments.len(), 2);
    assert!(
        base.section(Section::Body)
            .any(|block| block.text(&base).contains("rivers"))
    );
    assert_eq!(
        told(&base, &copy, &relation),
        ["- WhatcomesnextThenextlessonisaboutriversandhowtocrossthem."]
    );
    assert_eq!(
        relation.comments.lacking.len() + relation.comments.changed.len(),
        0
    );
    let (base, copy, relation) = compare("md", &whole, &changed);
    let variants = relation.variants().map(|(one, other)| {
        (
            &base.match_text[one.match_text.range()],
            &copy.match_text[other.match_text.range()],
        )
    });
    assert_eq!(variants.collect::<Vec<_>>(), [("rivers", "mountains")]);
    assert_eq!(relation.comments.present.len(), 2);
}
