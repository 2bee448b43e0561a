use super::*;
use crate::normalize::comments::Profiles;

/// The blocks of a text, list items with `-` before them.
fn blocks(text: &str) -> Vec<String> {
    let profiles = Profiles::default();
    let mut builder = Builder::new(text, &profiles);
    segment(&mut builder, &Lines::of(text));
    let draft = builder.finish();
    let describe = |block: &crate::text::Block| {
        let source = draft.text_map.decoded(block.text);
        assert!(block.span.contains(source), "{block:?} is from {source:?}");
        let mark = if block.kind == BlockKind::ListItem {
            "- "
        } else {
            ""
        };
        mark.to_owned() + &draft.text[block.text.range()]
    };
    draft.blocks.iter().map(describe).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(blocks(text), expected, "{text:?}");
}

#[test]
fn blank_lines_part_paragraphs() {
    check("", &[]);
    check("one\ntwo\n\n\nthree", &["one two", "three"]);
    check(
        "一\n二\r\n三\r\r四\n \t\u{3000}\n五",
        &["一二三", "四", "五"],
    );
    check("a\u{0c}\nb\n\u{0c}\nc", &["a b", "c"]);
    check("　　一\n二\n　　三", &["一二", "三"]);
    check("---\ntitle: a\n---\nb", &["title: a", "b"]);
}

#[test]
fn list_markers_are_layout() {
    check(
        "- one\n- two\n  three\n\n* four",
        &["- one", "- two three", "- four"],
    );
    check("• 一\n• 二\n  · 三", &["- 一", "- 二", "- 三"]);
    check("text\n- one\n1. two", &["text", "- one", "- two"]);
    check("1. one\n2. two\n\n3. three", &["- one", "- two", "- three"]);
    check(" 9. nine\n10. ten", &["9. nine 10. ten"]);
    let lynx: String = (1..=10).map(|number| format!("{number:>4}. x\n")).collect();
    check(&lynx, &["- x"; 10]);
    check(
        "1. a\n   1) b\n   2) c\n2. d",
        &["- a", "- b", "- c", "- d"],
    );
}

#[test]
fn everything_else_is_text() {
    check("born in\n1984. It was", &["born in 1984. It was"]);
    check("1984. It was", &["1984. It was"]);
    check(
        "3. third\n1、一\n-5 °C\n*a* **b**",
        &["3. third 1、一 -5 °C *a* **b**"],
    );
    check("Title\n=====\n# not\n-", &["Title ===== # not -"]);
    check("* * *\n\n- - -\n\n-----", &["* * *", "- - -", "-----"]);
    check("1.\n\n1.2 x\n\n2) y", &["1.", "1.2 x", "2) y"]);
    check("a < b & <c>", &["a < b & <c>"]);
    check("12345678901. x", &["12345678901. x"]);
}

proptest::proptest! {
    #[test]
    fn no_character_is_lost_but_markers(text in "([-*+1-3.)ab中\u{3000}• \t\r\n]){0,60}") {
        let letters = |text: &str| text.matches(['a', 'b', '中']).count();
        let read: usize = blocks(&text).iter().map(|block| letters(block)).sum();
        proptest::prop_assert_eq!(read, letters(&text));
    }
}
