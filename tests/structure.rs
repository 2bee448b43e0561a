//! Paragraphs split and joined, headings on other levels, blocks of other kinds: recognised as
//! such, and no difference of text.

use lacuna::collate::collate;
use lacuna::normalize::{Options, normalize};
use lacuna::text::{Relation, StructureChange, StructureKind, Verdict, Witness};

fn read(text: &str) -> Witness {
    normalize(text.as_bytes(), Some("md"), &Options::default()).expect("small")
}

fn told(change: &StructureChange) -> String {
    let kind = match change.kind {
        StructureKind::Level { base, copy } => format!("level {base} to {copy}"),
        StructureKind::Kind { base, copy } => format!("{} to {}", base.name(), copy.name()),
        StructureKind::Renumbered { base, copy } => format!("numbers {base} to {copy}"),
        other => other.name().to_owned(),
    };
    let lines = |lines: lacuna::text::LineRange| format!("{}-{}", lines.first, lines.last);
    let (base, copy) = (&change.base, &change.copy);
    format!("{kind} {} {}", lines(base.lines), lines(copy.lines))
}

fn compared(base: &str, copy: &str) -> (Relation, Vec<String>) {
    let relation = collate(&read(base), &read(copy));
    let changes = relation.structure.iter().map(told).collect();
    (relation, changes)
}

const ONE: &str = "早上六点，白鹭站在堰上。它一动不动地等着。";
const TWO: &str = "八点钟它沿着菜园飞回去。没有人知道它住在哪里。";
const THREE: &str = "The ferry did not come that day. Nobody on the island knew why.";

/// Base, copy, and what is told. All of them read the same.
#[test]
fn the_same_text_divided_and_marked_up_otherwise() {
    let cases: &[(&str, String, String, &[&str])] = &[
        (
            "the same",
            format!("{ONE}\n\n{TWO}"),
            format!("{ONE}\n\n\n{TWO}"),
            &[],
        ),
        (
            "split",
            format!("{THREE}\n\n{ONE}{TWO}"),
            format!("{THREE}\n\n{ONE}\n\n{TWO}"),
            &["split 3-3 3-5"],
        ),
        (
            "joined",
            format!("{ONE}\n\n{TWO}\n\n{THREE}"),
            format!("{ONE}{TWO}\n\n{THREE}"),
            &["joined 1-3 1-1"],
        ),
        (
            "one after the other",
            format!("{ONE}\n\n{TWO}\n\n{THREE}"),
            format!(
                "{ONE}{TWO}\n\nThe ferry did not come that day.\n\nNobody on the island knew why."
            ),
            &["joined 1-3 1-1", "split 5-5 3-5"],
        ),
        (
            "other borders",
            format!("{ONE}{TWO}\n\n{THREE}"),
            format!("{ONE}\n\n{TWO}{THREE}"),
            &["redivided 1-3 1-3"],
        ),
        (
            "a heading further down",
            format!("## 白鹭\n\n{ONE}"),
            format!("#### 白鹭\n\n{ONE}"),
            &["level 2 to 4 1-1 1-1"],
        ),
        (
            "a heading that is none any more",
            format!("## 白鹭\n\n{ONE}"),
            format!("**白鹭**\n\n{ONE}"),
            &["heading to paragraph 1-1 1-1"],
        ),
        (
            "a list that is none any more",
            format!("{THREE}\n\n- {ONE}\n- {TWO}\n"),
            format!("{THREE}\n\n{ONE}\n\n{TWO}\n"),
            &["list item to paragraph 3-4 3-5"],
        ),
    ];
    for (name, base, copy, expected) in cases {
        let (relation, changes) = compared(base, copy);
        assert_eq!(changes, *expected, "{name}");
        assert_eq!(relation.verdict, Verdict::Equivalent, "{name}");
    }
}

/// What is divided otherwise is told where the text differs, too.
#[test]
fn edited_text_divided_otherwise() {
    let split = format!("{ONE}\n\n{}", TWO.replace("菜园", "河岸"));
    let (relation, changes) = compared(&format!("{ONE}{TWO}"), &split);
    assert_eq!(changes, ["split 1-1 1-3"]);
    assert_eq!(relation.variants().count(), 1);
    // Paragraphs that are lacking are not joined to those that are left.
    let (_, changes) = compared(
        &format!("{ONE}\n\n{TWO}\n\n{THREE}"),
        &format!("{ONE}\n\n{THREE}"),
    );
    assert_eq!(changes, [""; 0]);
}

#[test]
fn a_moved_passage_is_told_once() {
    let (ferry, heron, mill) = (
        THREE.repeat(2),
        format!("{ONE}{TWO}"),
        "磨坊的轮子停了三天。".repeat(3),
    );
    let base = format!("{ferry}\n\n{heron}\n\n{mill}");
    let (relation, changes) = compared(&base, &format!("{heron}\n\n{mill}\n\n{ferry}"));
    assert_eq!(changes, [""; 0]);
    let [one] = relation.moves.as_slice() else {
        panic!("{:?}", relation.moves);
    };
    assert_eq!((one.base.lines.first, one.copy.lines.first), (1, 5));
    assert!(!one.edited);
    // A passage that stands there once more is no move.
    let (relation, _) = compared(&base, &format!("{base}\n\n{ferry}"));
    assert_eq!(relation.moves, []);
}
