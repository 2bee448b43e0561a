mod hostile;
mod random;

use super::*;
use crate::normalize::builder::Draft;
use crate::normalize::comments::Profiles;
use crate::text::Opened;

/// The blocks of a document, each as `kind: text`, after checking that its span holds it.
fn blocks(markdown: &str) -> Vec<String> {
    let profiles = Profiles::default();
    let mut builder = Builder::new(markdown, &profiles);
    segment(&mut builder, &Lines::of(markdown));
    describe(markdown, &builder.finish())
}

fn describe(markdown: &str, draft: &Draft) -> Vec<String> {
    let mut end = 0;
    let describe = |block: &crate::text::Block| {
        let source = draft.text_map.decoded(block.text);
        assert!(block.span.contains(source), "{block:?} is from {source:?}");
        assert!(markdown.get(block.span.range()).is_some(), "{block:?}");
        assert!(block.span.start() >= end, "{block:?} begins before {end}");
        end = block.span.end();
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::ListItem => "li".to_owned(),
            BlockKind::TableRow => "row".to_owned(),
            BlockKind::Quotation => "quote".to_owned(),
            kind => kind.name().to_owned(),
        };
        format!("{kind}: {}", &draft.text[block.text.range()])
    };
    draft.blocks.iter().map(describe).collect()
}

#[track_caller]
fn check(markdown: &str, expected: &[&str]) {
    assert_eq!(blocks(markdown), expected, "{markdown:?}");
}

#[test]
fn paragraphs_and_headings() {
    check("", &[]);
    check(" \n\t\n\n", &[]);
    check("one\ntwo\n\nthree", &["p: one two", "p: three"]);
    check("一\n二\r\n三\r\r四", &["p: 一二三", "p: 四"]);
    check("  one\n      two\n", &["p: one two"]);
    check(
        "# One\n## Two ##\n###### *Six*",
        &["h1: One", "h2: Two", "h6: Six"],
    );
    check(
        "#no heading\n####### nor this",
        &["p: #no heading ####### nor this"],
    );
    check(
        "One\n===\nTwo\n---\nThree",
        &["h1: One", "h2: Two", "p: Three"],
    );
    check(
        "text\n# Heading\ntext",
        &["p: text", "h1: Heading", "p: text"],
    );
    check("a\n\n---\n\n***\n\nb\n", &["p: a", "p: b"]);
    check(
        "2024年发布\n1984 was\n12\\. x",
        &["p: 2024年发布 1984 was 12. x"],
    );
    check("a\u{0c}b\n\u{0c}\nc\0d", &["p: a b", "p: cd"]);
}

#[test]
fn inline_markup_vanishes() {
    check("**a** *b* __c__ _d_ ~~e~~ `f`", &["p: a b c d e f"]);
    check("a**b**c ~1~2 3~4~", &["p: abc ~1~2 3~4~"]);
    check(
        "[text](http://x \"title\") <http://y> [z]",
        &["p: text http://y [z]"],
    );
    check(
        "&amp; &copy; &#x4e2d; \\* \\_ & &nope;",
        &["p: & © 中 * _ & &nope;"],
    );
    check("a  \nb\\\nc\nd", &["p: a b c d"]);
    check("一  \n二\\\n三\n四", &["p: 一二三四"]);
    check("a `` b ` c `` ` d\ne `", &["p: a b ` c d e"]);
    check("![alt](x.png)![](y.png) c", &["p: c"]);
    check(
        "price $5 or $6, 2^10, H~2~O",
        &["p: price $5 or $6, 2^10, H~2~O"],
    );
}

#[test]
fn images_are_assets() {
    let markdown = "a ![one *two* &amp; `three`](x.png \"title\") b\n\n\
                    - [![in link](y.png)](z)\n\n![ref][r]\n\n<img src=w.png alt=four> c\n\n[r]: r.png";
    let profiles = Profiles::default();
    let mut builder = Builder::new(markdown, &profiles);
    segment(&mut builder, &Lines::of(markdown));
    let draft = builder.finish();
    let assets = draft.assets.iter();
    let assets = assets.map(|asset| (&*asset.target, &*asset.alt, &markdown[asset.span.range()]));
    let expected = [
        (
            "x.png",
            "one two & three",
            "![one *two* &amp; `three`](x.png \"title\")",
        ),
        ("y.png", "in link", "![in link](y.png)"),
        ("r.png", "ref", "![ref][r]"),
        ("w.png", "four", "<img src=w.png alt=four>"),
    ];
    assert_eq!(assets.collect::<Vec<_>>(), expected);
    assert_eq!(describe(markdown, &draft), ["p: a b", "p: c"]);
}

#[test]
fn lists() {
    check("- a\n- b\n  c\nd\n- e", &["li: a", "li: b c d", "li: e"]);
    check(
        "1. a\n2) b\n- c\n* d",
        &["li: a", "li: b", "li: c", "li: d"],
    );
    check(
        "- a\n  - b\n    - c\n  - d\n- e",
        &["li: a", "li: b", "li: c", "li: d", "li: e"],
    );
    check(
        "- a\n\n  b\n\n  - c\n\n- d\n\ne",
        &["li: a", "li: b", "li: c", "li: d", "p: e"],
    );
    check(
        "- [x] done\n- [ ] todo\n- [y]",
        &["li: done", "li: todo", "li: [y]"],
    );
    check(
        "- a\n\n  ```rs\n  b\n\n  c\n  ```\n\n  d",
        &["li: a", "code: b\n\nc", "li: d"],
    );
    check(
        "1. a\n\n   ```\n   b\n   ```\n2. c",
        &["li: a", "code: b", "li: c"],
    );
    check(
        "- # a\n- > b\n- | c | d |\n  |---|---|\n  | e | f |",
        &["h1: a", "quote: b", "row: c d", "row: e f"],
    );
    check("-\n- a\n-", &["li: a"]);
    check("- **a** b\n  - c", &["li: a b", "li: c"]);
    check(
        "text\n- a\n- b\n\ntext",
        &["p: text", "li: a", "li: b", "p: text"],
    );
    check(
        "- a\n# b\n- c\n```\nd\n```\ne",
        &["li: a", "h1: b", "li: c", "code: d", "p: e"],
    );
}

#[test]
fn quotations_code_and_tables() {
    check(
        "> a\nb\n>\n> c *d*\n\ne",
        &["quote: a b", "quote: c d", "p: e"],
    );
    check("> > a\n> - b\n>\n>   c", &["quote: a", "li: b", "li: c"]);
    check("> 一\n> 二", &["quote: 一二"]);
    check(
        "```rust\nlet a = **b**;\n\n  c\n```\nd",
        &["code: let a = **b**;\n\n  c", "p: d"],
    );
    check("  ```\n  a\n    b\n  ```", &["code: a\n  b"]);
    check("~~~\na\n```\n~~~~ \nb", &["code: a\n```", "p: b"]);
    check("```\nnever closed\n\n# a", &["code: never closed\n\n# a"]);
    check("``` not a fence ``` a", &["p: not a fence a"]);
    check(
        "a\n\n    b\n\n      c\n\nd",
        &["p: a", "code: b\n\n  c", "p: d"],
    );
    check("> ```\n> a\n>  b\n> ```", &["code: a\n b"]);
    check(
        "| a | **b** |\n|---|:-:|\n| `c\\|d` | e\\|f |\n\ng",
        &["row: a b", "row: c|d e|f", "p: g"],
    );
    check(
        "a|b\n-|-\nc|d|e|f\ng",
        &["row: a b", "row: c d e|f", "row: g"],
    );
    check(
        "| 名 | 值 |\n|--|--|\n| 一 | 二 |",
        &["row: 名 值", "row: 一 二"],
    );
    check("a | b\nc | d", &["p: a | b c | d"]);
}

#[test]
fn references() {
    check(
        "[a][b] [b] [B][] [c]\n\n[b]: /url 'title'",
        &["p: a b B [c]"],
    );
    check("[b]: /url\n\n[a][b] [b]", &["p: a b"]);
    check(
        "[a][b]\n\n- x\n  [b]: /y\n\n> [q]: /z\n\n[q]",
        &["p: [a][b]", "li: x [b]: /y", "p: q"],
    );
    check(
        "a[^1] b[^n] c[^x]\n\n[^1]: One.\n\n    More.\n\n[^n]: Two.",
        &["p: a1 bn c[^x]", "p: One.", "p: More.", "p: Two."],
    );
    check("cut off[^1] and `[^2]`", &["p: cut off1 and [^2]"]);
    check("```\n[a]: b\n```\n[a]", &["code: [a]: b", "p: [a]"]);
}

#[test]
fn emphasis_beside_cjk_punctuation() {
    check("**重点：**文字", &["p: 重点：文字"]);
    check("他说**“你好”**吗", &["p: 他说“你好”吗"]);
    check("**重点：**文字**强调**", &["p: 重点：文字强调"]);
    check("- **一（二）**三\n- **四**", &["li: 一（二）三", "li: 四"]);
    check("| **甲：**乙 |\n|--|", &["row: 甲：乙"]);
    check(
        "**重点：**[文字](x)**“强调”**了",
        &["p: 重点：文字“强调”了"],
    );
    check("`**重点：**文`字**“二”**三", &["p: **重点：**文字“二”三"]);
    check("**没有结束：文字", &["p: **没有结束：文字"]);
    check("\\**重点：\\**文字", &["p: **重点：**文字"]);
    check("2**3 and 4 ** 5", &["p: 2**3 and 4 ** 5"]);
}

#[test]
fn html_in_lines() {
    check(
        "a <b>b</b> <span class=\"x\">c</span> <!-- d --> e",
        &["p: a b c e"],
    );
    check("a<br>b<br/>\nc", &["p: a b c"]);
    check(
        "a List<String> or Vec<u8> b",
        &["p: a List<String> or Vec<u8> b"],
    );
    check("x <T> y, 1 < 2 > 0", &["p: x <T> y, 1 < 2 > 0"]);
    check("a</div>b", &["p: a b"]);
}

#[test]
fn islands() {
    check("a\n<div>b</div>\nc", &["p: a", "p: b", "p: c"]);
    check(
        "<ul>\n<li>a\n\nb</li>\n\n<li>c</li></ul>\n# d",
        &["li: a b", "li: c", "h1: d"],
    );
    check(
        "<div>**a**\n\n  <p>b</p>\n</div>\n**c**",
        &["p: **a**", "p: b", "p: c"],
    );
    check("<!-- a\n\nb -->\nc", &["p: c"]);
    check("a <!-- b --> c", &["p: a c"]);
    check("<script>\n\n<p>a\n</script>\nb", &["p: b"]);
    check("<pre>\na\n\n  b\n</pre>\nc", &["code: a\n\n  b", "p: c"]);
    check("</div>\n*a*", &["p: a"]);
    check("<T>\na\n\nb", &["p: <T> a", "p: b"]);
    check("    <div>\n\na", &["code: <div>", "p: a"]);
}

#[test]
fn markdown_inside_islands() {
    check(
        "<details>\n<summary>a</summary>\n\n- *b*\n\n</details>\n\nc",
        &["p: a", "li: b", "p: c"],
    );
    check("<div>\n\n# a\n\n</div>", &["h1: a"]);
    check("<div>\n\n<p>*a*</p>\n\n</div>", &["p: *a*"]);
}

#[test]
fn broken_islands() {
    check("<div>a\n\n**b**", &["p: a", "p: b"]);
    check("<!-- a\n**b**\n\nc", &["p: <!-- a **b**", "p: c"]);
    check("<div>\n\n**a**\n\n<div>b</div>", &["p: a", "p: b"]);
}

#[test]
fn html_in_containers() {
    check(
        "- <b>a</b>\n- <div>b</div>\n- c\n  <p>d</p>",
        &["li: a", "li: b", "li: c", "li: d"],
    );
    check("> <div>a\n> b</div>\n>\n> c", &["quote: a b", "quote: c"]);
    check(
        "- a\n\n  <table><tr><td>b</td><td>c</td></tr></table>\n- d",
        &["li: a", "row: b c", "li: d"],
    );
    check("- <!-- x\n\na", &["p: a"]);
}

#[test]
fn elements_are_recorded_around_comments() {
    let markdown = "## Comments (2)\n\n- **Ann** 2024\n\n  *Hi* [x](y)\n- **Bo**\n";
    let profiles = Profiles::default();
    let mut builder = Builder::new(markdown, &profiles);
    segment(&mut builder, &Lines::of(markdown));
    let draft = builder.finish();
    let elements = draft.outline.elements.iter();
    let elements = elements.map(|element| {
        let parent = element
            .parent
            .map(|parent| draft.outline.elements[parent as usize].name);
        let text = &draft.text[element.text.range()];
        format!(
            "{} < {}: {:?}",
            element.name,
            parent.unwrap_or("-"),
            text.trim()
        )
    });
    let expected = [
        r#"ul < -: "Ann 2024\nHi x\nBo""#,
        r#"li < ul: "Ann 2024\nHi x""#,
        r#"strong < li: "Ann""#,
        r#"em < li: "Hi""#,
        r#"a < li: "x""#,
        r#"li < ul: "Bo""#,
        r#"strong < li: "Bo""#,
    ];
    assert_eq!(elements.collect::<Vec<_>>(), expected);
}

#[test]
fn what_is_open_at_the_end_is_known() {
    #[track_caller]
    fn check(markdown: &str, open: Option<(Opened, usize)>) {
        let profiles = Profiles::default();
        let mut builder = Builder::new(markdown, &profiles);
        segment(&mut builder, &Lines::of(markdown));
        let found = builder.finish().open;
        let found = found.map(|open| (open.what, open.span.start()));
        assert_eq!(found, open, "{markdown:?}");
    }
    let fence = |at| Some((Opened::Fence, at));
    let element = |name, at| Some((Opened::Element(name), at));
    check("a\n\n```\ncode\n", fence(3));
    check("a\n\n```\ncode\n```\n", None);
    check("a\n\n```", fence(3));
    check("~~~~\ncode\n~~~\n", fence(0));
    check("- a\n\n  ```\n  code", fence(7));
    check("- a\n\n  ```\n  code\n  ```\n", None);
    check("> ```\n> code\n> ```\n", None);
    check("> ```\n> code", fence(2));
    // The quotation ends, and the fence with it.
    check("> ```\n> code\n\nb", None);
    check("    indented code\n", None);
    check("<div>\n\na", element("div", 0));
    check("<div>\n\na\n\n</div>\n", None);
    check("<p>a\n\nb", None);
    check("<div>\n\na\n\n<table>\n<tr><td>b", element("table", 10));
    check("a\n\n<pre>\ncode", element("pre", 3));
    check("a\n\n<!-- b\n\nc", Some((Opened::Comment, 3)));
    check("a\n\n<!-- b\n\nc -->\n", None);
}
