//! The numbers of list items.

use super::*;

/// Each block as `number text`, or `text` if it has none.
fn numbered(html: &str) -> String {
    let draft = segmented(html);
    let blocks = draft.blocks.iter().map(|block| {
        let text = &draft.text[block.text.range()];
        match block.number {
            Some(number) => format!("{} {text}", number.value),
            None => text.to_owned(),
        }
    });
    blocks.collect::<Vec<_>>().join(", ")
}

#[test]
fn items_have_the_number_that_a_browser_shows() {
    for (html, expected) in [
        ("<ol><li>a<li>b</ol>", "1 a, 2 b"),
        ("<ul><li>a<li value=3>b</ul>", "a, b"),
        ("<li value=3>a", "a"),
        ("<ol start=5><li>a<li>b</ol>", "5 a, 6 b"),
        (
            "<OL START=\"5\"><LI>a<LI VALUE='9'>b<LI>c</OL>",
            "5 a, 9 b, 10 c",
        ),
        ("<ol start='&#53;'><li>a</ol>", "5 a"),
        ("<ol start=-1><li>a<li>b<li>c</ol>", "-1 a, 0 b, 1 c"),
        ("<ol start=x><li value=y>a</ol>", "1 a"),
        ("<ol start=2147483648><li>a</ol>", "1 a"),
        (
            "<ol start=2147483647><li>a<li>b</ol>",
            "2147483647 a, 2147483647 b",
        ),
        // A list that counts down ends with 1, unless it says otherwise.
        ("<ol reversed><li>a<li>b<li>c</ol>", "3 a, 2 b, 1 c"),
        ("<ol class=x reversed id=y><li>a<li>b</ol>", "2 a, 1 b"),
        ("<ol reversed=''><li>a<li>b</ol>", "2 a, 1 b"),
        ("<ol reversed/><li>a<li>b</ol>", "2 a, 1 b"),
        ("<ol title=reversed><li>a<li>b</ol>", "1 a, 2 b"),
        ("<ol reversedly><li>a<li>b</ol>", "1 a, 2 b"),
        ("<a reversed></a><ol><li>a<li>b</ol>", "1 a, 2 b"),
        ("<ol reversed start=8><li>a<li>b</ol>", "8 a, 7 b"),
        ("<ol reversed><li>a<li value=9>b<li>c</ol>", "3 a, 9 b, 8 c"),
        ("<ol reversed><li>a<li>b", "2 a, 1 b"),
        // Each list counts on its own.
        (
            "<ol><li>a<ol><li>b<li>c</ol><li>d<ul><li>e</ul><li>f</ol><ol><li>g</ol>",
            "1 a, 1 b, 2 c, 2 d, e, 3 f, 1 g",
        ),
        (
            "<ol reversed><li>a<ol reversed><li>b<li>c</ol><li>d</ol>",
            "2 a, 2 b, 1 c, 1 d",
        ),
        (
            "<div><ol><li>a</div><div><ol><li>b</div><ol start=7><li>c",
            "1 a, 1 b, 7 c",
        ),
        // What is in an item has its number once, and an item without text counts.
        ("<ol><li><p>a</p><p>b</p><li>c</ol>", "1 a, b, 2 c"),
        ("<ol><li><h2>a</h2>b<li><pre>c</pre></ol>", "1 a, b, 2 c"),
        ("<ol><li></li><li><img src=x></li><li>c</ol>", "3 c"),
        ("<ol reversed><li></li><li>b</li><li></ol><p>c", "2 b, c"),
        ("<ol><li>a<li></ol>b", "1 a, b"),
        ("<ol><li>a<li><ul><li>b</ul></ol>", "1 a, b"),
        (
            "<table><tr><td><ol><li>a<li>b</ol><td>c</table>",
            "1 a, 2 b, c",
        ),
        ("<ol><li>a<table><tr><td>b</table><li>c</ol>", "1 a, b, 2 c"),
        ("<ol><li>a<dl><dt>b<dd>c</dl><li>d</ol>", "1 a, b, c, 2 d"),
    ] {
        assert_eq!(numbered(html), expected, "{html}");
    }
}

#[test]
fn lists_in_lists_cost_linear_time() {
    let depth = 100_000;
    let html = "<ol reversed><li>a".repeat(depth) + &"<li>b".repeat(depth);
    let draft = segmented(&html);
    let last = i32::try_from(depth).expect("small") + 1;
    assert_eq!(draft.blocks[depth - 1].number.expect("an item").value, last);
    assert_eq!(
        draft.blocks[2 * depth - 1].number.expect("an item").value,
        1
    );
    assert!(
        draft.blocks[..depth - 1]
            .iter()
            .all(|block| block.number.is_some_and(|n| n.value == 1))
    );
}
