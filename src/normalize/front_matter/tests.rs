use super::*;
use crate::normalize::comments::Profiles;

/// The blocks of front matter, and the body.
#[track_caller]
fn check(text: &str, expected: &[&str], body: &str) {
    let profiles = Profiles::default();
    let mut builder = Builder::new(text, &profiles);
    let start = segment(&mut builder);
    let draft = builder.finish();
    for block in &draft.blocks {
        let source = draft.text_map.decoded(block.text);
        assert!(block.span.contains(source), "{block:?} is from {source:?}");
        assert_eq!(
            (block.kind, block.section),
            (BlockKind::Metadata, Section::FrontMatter)
        );
    }
    let texts = draft
        .blocks
        .iter()
        .map(|block| &draft.text[block.text.range()]);
    assert_eq!(texts.collect::<Vec<_>>(), expected, "{text:?}");
    assert_eq!(&text[start..], body, "{text:?}");
}

#[test]
fn scalars() {
    check(
        "---\ntitle: A b\ndate: 2024-12-10\n---\nbody",
        &["title: A b", "date: 2024-12-10"],
        "body",
    );
    check(
        "+++\ntitle = \"A b\"\ndate = 2024-12-10\n+++\nbody",
        &["title: A b", "date: 2024-12-10"],
        "body",
    );
    check(
        "---\r\na: \"b: \\\"c\\\" \\u4e2d\"\r\n'd': 'it''s'\r\n...\r\n",
        &["a: b: \"c\" 中", "d: it's"],
        "",
    );
    check(
        "---\n标题: 你好：世界\nurl: http://x/#y\nempty:\n---\n",
        &["标题: 你好：世界", "url: http://x/#y", "empty:"],
        "",
    );
    check(
        "---\na: |\n  one\n  two: three\n\n  - four\nb: >-\n  five\n---\n",
        &["a: one two: three - four", "b: five"],
        "",
    );
    check("---\na: one\n  two\n---\n", &["a: one two"], "");
    check(
        "+++\na = '''one\ntwo'''\nb = 'c\\d'\n+++\n",
        &["a: one two", "b: c\\d"],
        "",
    );
}

#[test]
fn lists_and_tables() {
    check("---\na: [b, \"c, d\", 'e']\n---\n", &["a: b, c, d, e"], "");
    check(
        "---\na:\n- b\n- c\nd:\n  - e\n  - f: g\n    h: i\n---\n",
        &["a: b, c", "d: e, f: g, h: i"],
        "",
    );
    check(
        "---\na: {b: c, d: [e, f]}\n---\n",
        &["a: b: c, d: e, f"],
        "",
    );
    check(
        "---\na:\n  b: c\n  d:\n    e: f\n---\n",
        &["a: b: c, d: e: f"],
        "",
    );
    check(
        "+++\na = [\n  \"b\",\n  \"c\",\n]\n[d]\ne = 1\nf = { g = 2 }\n+++\n",
        &["a: b, c", "d: e: 1, f: g: 2"],
        "",
    );
    check(
        "+++\n[[d]]\ne = 1\n[[d]]\ne = 2\n+++\n",
        &["d: e: 1", "d: e: 2"],
        "",
    );
}

#[test]
fn nothing_is_lost() {
    check(
        "---\n# who wrote it\na: b\n%% odd\nc: d # why\n---\n",
        &["# who wrote it", "a: b", "%% odd", "c: d # why"],
        "",
    );
    check("---\na: [b, c\nd: \"e\n---\n", &["a: b, c", "d: e"], "");
    check("---\na: ]} x, y\n---\n", &["a: ]} x, y"], "");
}

#[test]
fn what_is_no_front_matter() {
    for text in [
        "",
        "---",
        "---\n",
        "---\n---\n",
        "---\n\n---\ntext",
        "---\na: b\n",
        "---\ntext\n---\n",
        "---\nA sentence: with a colon\n---\n",
        "----\na: b\n----\n",
        " ---\na: b\n---\n",
        "\n---\na: b\n---\n",
        "+++\na: b\n+++\n",
        "---\n- a: b\n---\n",
        "---\nhttp://x\n---\n",
        "a\n---\nb: c\n---\n",
    ] {
        check(text, &[], text);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(---|\\+\\+\\+)\n(k[:=] ?)?([-a中:=,'\"\\[\\]{}|>#\\\\u \t\n]){0,60}\n(---|\\+\\+\\+)\n") {
        let profiles = Profiles::default();
        let mut builder = Builder::new(&text, &profiles);
        let start = segment(&mut builder);
        let draft = builder.finish();
        let letters = |text: &str| text.matches(['a', '中', 'k']).count();
        if start > 0 {
            proptest::prop_assert_eq!(letters(&draft.text), letters(&text[..start]));
        }
    }
}
