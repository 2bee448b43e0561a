use super::*;

/// What a hostile document is made of: much of one thing, or something deep. Each would take
/// minutes if anything were quadratic, and must keep its text.
#[test]
fn hostile_documents_are_read_in_linear_time() {
    let size = 200_000;
    for piece in [
        "[",
        "*",
        "`",
        "**a ",
        "_a ",
        "[a](",
        "![",
        "<",
        "<a ",
        "[a](b \"",
        "- ",
        "> ",
        ">",
        "1. ",
        "```\n",
        "<div>\n\n",
        "<!--\n\n",
        "<script>\n\n",
        "|a",
        "[a]: b\n",
        "[a][a] ",
        "[^1]: ",
        "[^1]",
        "&a",
        "\\",
        "~~a ",
        "<b a=\"",
        "<?",
        "<![CDATA[",
        "a`b``c```d",
        "中**，",
        "`a\n\n",
        "- a\n\n\n",
        "a <b\n",
        "[]()",
        "<details>\n\na\n",
        "***_",
        "\r",
        "\u{c}\n",
    ] {
        let markdown = piece.repeat(size / piece.len()) + "\n\n\nend";
        let read = blocks(&markdown);
        let end = read.last().map_or("", |last| last);
        assert!(
            end.ends_with("end") || piece == "<script>\n\n",
            "{piece:?} ends with {end:?}"
        );
    }
}

#[test]
fn deep_documents_keep_their_text() {
    let nested: String = (0..1000)
        .map(|depth| "  ".repeat(depth) + "- a\n")
        .collect();
    assert_eq!(blocks(&nested), vec!["li: a"; 1000]);
    check(&(">".repeat(10_000) + "a\nb"), &["quote: a b"]);
    for deep in ["- ", "> ", ">", "1. ", "- > "] {
        let markdown = deep.repeat(20_000) + "a\n" + &"b\n\n\n".repeat(20_000);
        let text: String = blocks(&markdown).concat();
        assert_eq!(text.matches(" a").count(), 1, "{deep:?}");
        assert_eq!(text.matches(" b").count(), 20_000, "{deep:?}");
    }
}

#[test]
fn a_paragraph_too_long_for_the_parser_is_read_in_parts() {
    let line = "中文***强调***abc ".repeat(2 * LONGEST / 24);
    let read = blocks(&line);
    assert!(read.len() > 1);
    let text: String = read.iter().map(|block| &block["p: ".len()..]).collect();
    let expected = "中文强调abc";
    assert_eq!(text.matches(expected).count(), 2 * LONGEST / 24);
    assert_eq!(text.replace(expected, "").trim(), "");
}
