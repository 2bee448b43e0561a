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
            "a list that begins with another number",
            format!("{THREE}\n\n1. {ONE}\n2. {TWO}\n"),
            format!("{THREE}\n\n4. {ONE}\n5. {TWO}\n"),
            &["numbers 1 to 4 3-4 3-4"],
        ),
        (
            "numbers that nobody sees",
            format!("{THREE}\n\n1. {ONE}\n1. {TWO}\n"),
            format!("{THREE}\n\n1. {ONE}\n2. {TWO}\n"),
            &[],
        ),
        (
            "numbers that are another number from an item on",
            format!("<ol><li>{ONE}<li>{TWO}<li>{THREE}</ol>"),
            format!("<ol><li>{ONE}<li value=7>{TWO}<li>{THREE}</ol>"),
            &["numbers 2 to 7 1-1 1-1"],
        ),
        (
            "a list that counts down, with a list in it",
            format!("<ol>\n<li>{ONE}\n<ol>\n<li>{TWO}\n</ol>\n<li>{THREE}\n</ol>"),
            format!("<ol reversed>\n<li>{ONE}\n<ol>\n<li>{TWO}\n</ol>\n<li>{THREE}\n</ol>"),
            &["numbers 1 to 2 2-6 2-6"],
        ),
        (
            "an item in a list of its own each",
            format!("4. {ONE}\n5. {TWO}\n"),
            format!("<ol start=2><li>{ONE}</ol>\n<ol start=3><li>{TWO}</ol>"),
            &["numbers 4 to 2 1-2 1-2"],
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
    // An item that is lacking changes the numbers of those behind it, and no list.
    let list = |items: &[&str]| -> String {
        let numbered = items.iter().enumerate();
        numbered
            .map(|(at, item)| format!("{}. {item}\n", at + 1))
            .collect()
    };
    let (_, changes) = compared(&list(&[ONE, TWO, THREE]), &list(&[ONE, THREE]));
    assert_eq!(changes, [""; 0]);
    // Paragraphs that are lacking are not joined to those that are left.
    let (_, changes) = compared(
        &format!("{ONE}\n\n{TWO}\n\n{THREE}"),
        &format!("{ONE}\n\n{THREE}"),
    );
    assert_eq!(changes, [""; 0]);
}

/// A list has the same numbers in Markdown, HTML and plain text.
#[test]
fn numbers_are_the_same_in_all_markups() {
    let read = |text: &str, extension| {
        normalize(text.as_bytes(), Some(extension), &Options::default()).expect("small")
    };
    let markdown = format!("{ONE}\n\n3. {ONE}\n3. {TWO}\n   1. {THREE}\n   1. {ONE}\n3. {TWO}\n");
    let html = |start: u32| {
        let inner = format!("<ol><li>{THREE}</li><li>{ONE}</li></ol>");
        format!(
            "<p>{ONE}</p><ol start='{start}'><li>{ONE}</li><li>{TWO}{inner}</li><li>{TWO}</li></ol>"
        )
    };
    let plain = format!("{ONE}\n\n1. {ONE}\n2. {TWO}\n  1. {THREE}\n  2. {ONE}\n3. {TWO}\n");
    for (other, extension, expected) in [
        (html(3), "html", vec![]),
        (html(3), "md", vec![]),
        (html(8), "html", vec!["numbers 3 to 8 3-7 1-1".to_owned()]),
        (plain, "txt", vec!["numbers 3 to 1 3-7 3-7".to_owned()]),
    ] {
        let relation = collate(&read(&markdown, "md"), &read(&other, extension));
        let changes: Vec<_> = relation.structure.iter().map(told).collect();
        assert_eq!(changes, expected, "{other}");
        assert_eq!(relation.verdict, Verdict::Equivalent, "{other}");
    }
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

/// A document of four paragraphs, one of which is moved; how it is edited, and what of it is told
/// as lacking and as extra.
#[test]
fn a_passage_that_is_edited_where_it_is_moved_is_one_move() {
    let heron = "每天清晨，白鹭从芦苇荡里飞出来，落在堰上。它一动不动地等着，直到第一条鱼游过。\
        八点钟以后，它沿着菜园慢慢地飞回去。没有人知道它夜里住在什么地方。";
    let ferry = "The ferry did not come that day. Nobody on the island knew why, and nobody asked. \
        The postman sat on the quay with his empty bag. A fog lay on the sound, and a bell rang.";
    let others = [
        "磨坊的轮子停了三天，因为河里的水太少，磨坊主到镇上去借粮食了。",
        "The archive was counted twice, and both times a book was missing.",
        "村子里的钟每天慢两分钟，大家都照着它过日子，谁也不去拨它。",
    ];
    type Case<'c> = (&'c str, &'c str, String, &'c [&'c str], &'c [&'c str]);
    let cases: &[Case<'_>] = &[
        ("whole", heron, heron.to_owned(), &[], &[]),
        (
            "a word",
            heron,
            heron.replace("菜园", "果园"),
            &["菜"],
            &["果"],
        ),
        (
            "its first word",
            heron,
            heron.replacen("每天", "今天", 1),
            &["每"],
            &["今"],
        ),
        (
            "its last word",
            heron,
            heron.replace("地方", "哪儿"),
            &["地方"],
            &["哪儿"],
        ),
        (
            "a sentence less",
            heron,
            heron.replace("八点钟以后，它沿着菜园慢慢地飞回去。", ""),
            &["八点钟以后，它沿着菜园慢慢地飞回去。"],
            &[],
        ),
        (
            "a sentence more",
            ferry,
            ferry.replace("A fog", "It was cold. A fog"),
            &[],
            &["It was cold."],
        ),
        (
            "several words",
            ferry,
            ferry
                .replace("day", "week")
                .replace("postman", "teacher")
                .replace("bell", "horn"),
            &["day", "postman", "bell"],
            &["week", "teacher", "horn"],
        ),
    ];
    for (name, moved, edited, lacking, extra) in cases {
        let base = [moved, others[0], others[1], others[2]].join("\n\n");
        let copy = [others[0], others[1], others[2], edited].join("\n\n");
        let (base, copy) = (read(&base), read(&copy));
        let relation = collate(&base, &copy);
        let [one] = relation.moves.as_slice() else {
            panic!("{name}: {:?}", relation.moves);
        };
        assert_eq!(
            (one.base.lines.first, one.copy.lines.first),
            (1, 7),
            "{name}"
        );
        assert_eq!(one.base.match_text, base.blocks[0].match_text, "{name}");
        assert_eq!(one.copy.match_text, copy.blocks[3].match_text, "{name}");
        assert_eq!(one.edited, moved != edited, "{name}");
        let text = |witness: &Witness, passage: lacuna::text::Passage| {
            witness.text[passage.text.range()].trim().to_owned()
        };
        let told: Vec<String> = relation.lacking().map(|one| text(&base, one)).collect();
        assert_eq!(told, *lacking, "{name}");
        let told: Vec<String> = relation.extra().map(|one| text(&copy, one)).collect();
        assert_eq!(told, *extra, "{name}");
    }
}

/// A paragraph of a moved passage that ends with what the passage begins with is not divided by
/// that.
#[test]
fn a_moved_passage_may_repeat_itself() {
    let sentence = |about: &str| {
        let words: Vec<String> = (1..=12).map(|at| format!("{about}{}", at * at)).collect();
        format!("{}. ", words.join(" "))
    };
    let [tower, mill, barn] = ["tower", "mill", "barn"].map(sentence);
    let stays = |at| format!("{}\n\n", sentence(&format!("house-{at}-")));
    let stays: String = (0..9).map(stays).collect();
    let base = format!("{stays}{tower}\n\n{mill}\n\n{barn}{tower}");
    let copy = format!("{tower}\n\n{mill}\n\n{barn}\n\n{stays}");
    for (one, other) in [(&base, &copy), (&copy, &base)] {
        let (relation, changes) = compared(one, other);
        assert_eq!(relation.lacking().count() + relation.extra().count(), 0);
        assert_eq!(changes, [""; 0]);
    }
}

#[test]
fn repeated_passages_are_moved_in_order() {
    let refrain = "Row, row, row your boat, gently down the stream, all the day.";
    let verses: Vec<String> = ["one", "two", "three", "four"]
        .iter()
        .map(|n| format!("Verse {n} goes on about the {n} things that nobody else had ever seen."))
        .collect();
    let join = |parts: &[&str]| parts.join("\n\n");
    let [one, two, three, four] = [&*verses[0], &verses[1], &verses[2], &verses[3]];
    // The refrain moves twice, each time the same: the first goes to the first place.
    let base = join(&[refrain, one, refrain, two, three, four]);
    let copy = join(&[one, two, three, refrain, four, refrain]);
    let (relation, _) = compared(&base, &copy);
    let moves: Vec<_> = (relation.moves.iter())
        .map(|one| (one.base.lines.first, one.copy.lines.first))
        .collect();
    assert_eq!(moves, [(1, 7), (5, 11)]);
    assert_eq!(relation.lacking().count() + relation.extra().count(), 0);
}

/// Of two paragraphs that change places, the last full stops may be aligned to each other.
#[test]
fn what_is_aligned_beside_a_move_is_not_lacking() {
    let paragraph = |letter: char| -> String {
        let words = ["river", "stone", "lamp", "bread", "tower", "winter"];
        let word = |at: usize| format!("{}{letter}{}{at}", words[at % 6], words[(at + 1) % 6]);
        (0..24).map(word).collect::<Vec<_>>().join(" ") + "."
    };
    let text = |letters: &str| {
        letters
            .chars()
            .map(paragraph)
            .collect::<Vec<_>>()
            .join("\n\n")
    };
    let relation = collate(&read(&text("rqp")), &read(&text("pq")));
    let lacking: u64 = relation.lacking().map(|one| one.chars).sum();
    assert!(lacking <= paragraph('r').replace(' ', "").len() as u64);
    assert_eq!(relation.extra().count(), 0);
}

/// A sentence that is another one, and a word that is another one in the next paragraph.
#[test]
fn what_changed_in_two_paragraphs_is_two_changes() {
    let base = format!("{ONE}\n\n{TWO}\n\nThe end of the road is a field of stones.");
    let copy = base
        .replace(TWO, "孩子们从堤坝上跳进水里。母亲们在窗口喊他们回家。")
        .replace("The end", "The beginning");
    let (relation, _) = compared(&base, &copy);
    let variants: Vec<(u32, u32)> = (relation.variants())
        .map(|(base, _)| (base.lines.first, base.lines.last))
        .collect();
    assert_eq!(variants.last(), Some(&(5, 5)), "{variants:?}");
    assert!(variants.iter().all(|(first, last)| first == last));
    assert_eq!(relation.lacking().count() + relation.extra().count(), 0);
}
