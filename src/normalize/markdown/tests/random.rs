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
    let definitions = Definitions::of(markdown, 0);
    let mut reader = Reader::new(&mut builder, &definitions);
    for chunk in Chunks::new(markdown, 0) {
        match chunk {
            Chunk::Markup(range) => reader.read(range),
            chunk => build(reader.builder(), chunk),
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
