use super::*;

/// A document of one paragraph, given as one piece, as blocks in brackets.
fn paragraph(text: &str) -> String {
    let profiles = Profiles::default();
    let mut builder = Builder::new(text, &profiles);
    builder.open(BlockKind::Paragraph, 0);
    builder.verbatim(0..text.len());
    builder.finish().text
}

#[test]
fn white_space_becomes_one_space_or_nothing() {
    let check = |input: &str, expected: &str| assert_eq!(paragraph(input), expected, "{input:?}");
    check("", "");
    check(" \n\t ", "");
    check("  a \t\n b  ", "a b");
    check("a\u{a0}\u{3000}b", "a b");
    check("中文\n中文", "中文中文");
    check("中文 \r\n\u{3000}中文", "中文中文");
    check("中文 中文", "中文 中文");
    check("中文，\n“中文”\n中文", "中文，“中文”中文");
    check("中文\nabc\n中文", "中文 abc 中文");
    check("한국어\n한국어", "한국어 한국어");
}

#[test]
fn composes() {
    let check = |input: &str, expected: &str| assert_eq!(paragraph(input), expected, "{input:?}");
    check("e\u{301}a", "éa");
    check("a\u{323}\u{302}\u{200b}\u{301}", "ậ\u{301}");
    check("\u{1112}\u{1161}\u{11ab}", "한");
    check("\u{212b}\u{f900}", "Å豈");
}
