use proptest::prelude::*;

use super::*;

/// What the parser makes of a whole document, without the scan.
fn whole(markdown: &str) -> Vec<String> {
    let profiles = Profiles::default();
    let mut builder = Builder::new(markdown, &profiles);
    let definitions = Definitions::whole(markdown);
    Reader::new(&mut builder, &definitions).read(0..markdown.len());
    describe(markdown, &builder.finish())
}

/// The blocks without joining stretches, so that each is read alone.
fn stretches(markdown: &str) -> Vec<String> {
    let profiles = Profiles::default();
    let mut builder = Builder::new(markdown, &profiles);
    let lines = Lines::of(markdown);
    let definitions = Definitions::of(markdown, &lines, 0);
    let mut reader = Reader::new(&mut builder, &definitions);
    for chunk in Chunks::new(markdown, &lines, 0) {
        if let Some(range) = build(&mut reader, chunk) {
            reader.read(range);
        }
    }
    describe(markdown, &builder.finish())
}

/// Documents of lines that each may begin, go on with or end any block but HTML.
#[rustfmt::skip] // One mark or text a line would be long.
fn document() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "", "", "", "", "- ", "* ", "1. ", "2) ", "> ", "# ", "## ", "    ", "  ", "   ", "```",
        "~~~", "---", "===", "***", "[^1]: ", "[b]: ", "- [ ] ", "-", "|", "> - ", "- - ", "10. ",
        " ",
    ]);
    let text = prop::sample::select(vec![
        "", "", "", "text", "*a* **b**", "`code", "`code`", "[a][b]", "[b]", "c[^1]", "中文",
        "**重点：**中", "a | b", "|---|---|", "---|---", "\\", "a  ", "&amp;", "/url", "```", "x_y_z",
        "![i](j)", "1. x", "~~d~~", "\\*", "* e", "<http://f>", "(g", "](h)", "\"t\"",
    ]);
    let ending = prop::sample::select(vec![
        "\n", "\n", "\n", "\n\n", "\r\n", "\n\n\n",
    ]);
    let line = (prop::collection::vec(mark, 1..3), text, ending)
        .prop_map(|(marks, text, ending)| marks.concat() + text + ending);
    prop::collection::vec(line, 0..24).prop_map(|lines| lines.concat())
}

/// All that is made of a document, with the elements in it. Without `prose`, what has any markup
/// goes to the parser.
fn draft(markdown: &str, prose: bool) -> String {
    let profiles = Profiles::default();
    let mut builder = Builder::new(markdown, &profiles);
    // From the first sign of a comment section on, elements are recorded.
    builder.enter("div", 0..0, "comments", "");
    let lines = Lines::of(markdown);
    let definitions = Definitions::of(markdown, &lines, 0);
    let mut reader = Reader::new(&mut builder, &definitions);
    for chunk in Chunks::new(markdown, &lines, 0) {
        let markup = match chunk {
            Chunk::Prose { start, next, .. } if !prose => Some(start..next),
            Chunk::Markup(range) if !prose => Some(range),
            chunk => build(&mut reader, chunk),
        };
        if let Some(range) = markup {
            reader.read(range);
        }
    }
    format!("{:?}", builder.finish())
}

/// A block or two of prose, most of which can be read without the parser.
#[rustfmt::skip] // One text a line would be long.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "**", "**", "**", "**", "**", "重点", "：", "，", "。", "“", "”", "（", "a", "word", " ", " ",
        "x_y", "_", "`c`", "`", "`a b`", "[a](b)", "[文](http://x.org/a_b~c?d=e)", "![](i.png)",
        "![图](j)", "[", "]", "](", "(", ")", "!", "^", "{", "}", "*", "***", "~", "&amp;", "&", "\\",
        "<b>", "|", "1", ".", "-", "#", "=", "\u{3000}", "é", "👍", "  ", "[]()", "[a]( b)", "`` ` ``",
        ":", "+", ">", "\t", "[^1]", "€", "\u{c}", "\0", "`a`b`", "[`x`](y)", "[a](b \"c\")", "\u{301}",
    ]);
    let begin = prop::sample::select(vec![
        "", "", "", "\u{c}", "**", "[a](b)", "[b]: c", "- ", "- ", "- ", "1. ", "2. ", "* ", "## ", "# ", "- - ", "-  ", "> ", "  ", "    ",
    ]);
    let ending = prop::sample::select(vec!["\n", "\n", "\n", "\n\n", "\r\n", "  \n", "\n\n\n", "\\\n"]);
    let line = (begin, prop::collection::vec(piece, 0..9), ending)
        .prop_map(|(begin, pieces, ending)| begin.to_owned() + &pieces.concat() + ending);
    prop::collection::vec(line, 1..5).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn prose_reads_as_by_the_parser(markdown in prose()) {
        prop_assert_eq!(draft(&markdown, true), draft(&markdown, false));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn stretches_read_as_the_whole(markdown in document()) {
        prop_assert_eq!(stretches(&markdown), whole(&markdown));
    }

    #[test]
    fn any_text_is_read(markdown in any::<String>()) {
        blocks(&markdown);
    }

    #[test]
    fn any_line_is_read(markdown in "([-*+>#=|`~_!&\\[\\]()<>/:^.\\\\ \t\r\n\"'a1中：]|<div>|</div>|<!--|-->|<b>|\\[\\^1\\]){0,80}") {
        blocks(&markdown);
    }

    #[test]
    fn no_text_is_lost(
        markdown in "([-*+>#=|_!&\\[\\] \\t\\r\\n.1中]|`中|~~中|<b>|<div>|</div>|</ul>|<T>|&amp;|\\\\|    ){0,80}"
    ) {
        let text = blocks(&markdown).concat();
        prop_assert_eq!(text.matches('中').count(), markdown.matches('中').count());
    }
}

#[test]
fn a_line_that_is_a_mark_only_elsewhere_ends_no_stretch() {
    for markdown in [
        "[b]: text\n===\n    text\n---text\n",
        "---|a  \n- -     ---|---\n---text\n",
        "> - \n>     text\n    text\n---* \n",
        "- > - \n  >     text\n---* \n",
        "> ```\n> - text\n    text\n\n    text\n",
    ] {
        assert_eq!(stretches(markdown), whole(markdown), "{markdown}");
    }
}
