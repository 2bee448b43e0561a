mod numbers;
mod soup;
mod unclosed;

use super::*;
use crate::normalize::builder::Draft;
use crate::normalize::comments::Profiles;
use crate::text::{Block, Section, Span};

fn segmented(html: &str) -> Draft {
    let profiles = Profiles::default();
    let mut builder = Builder::new(html, &profiles);
    segment(&mut builder);
    builder.finish()
}

fn abbreviation(block: &Block) -> String {
    match block.kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::ListItem => "li".to_owned(),
        BlockKind::Code => "pre".to_owned(),
        BlockKind::TableRow => "tr".to_owned(),
        BlockKind::Quotation => "q".to_owned(),
        BlockKind::Metadata => "meta".to_owned(),
        kind => kind.name().to_owned(),
    }
}

/// Each block on a line, as `kind text`, newlines in code as `⏎`.
fn blocks(draft: &Draft) -> Vec<String> {
    draft
        .blocks
        .iter()
        .map(|block| {
            let text = draft.text[block.text.range()].replace('\n', "⏎");
            format!("{} {text}", abbreviation(block))
        })
        .collect()
}

/// Spans lie in the source, ascend, and hold what the text came from.
#[track_caller]
fn check_spans(html: &str, draft: &Draft) {
    let mut end = 0;
    for block in &draft.blocks {
        assert!(
            block.span.start() >= end,
            "{:?} overlaps in {html:?}",
            block.span
        );
        end = block.span.end();
        assert!(html.get(block.span.range()).is_some(), "{:?}", block.span);
        let from = draft.text_map.decoded(block.text);
        assert!(block.span.contains(from), "{block:?} {from:?} in {html:?}");
        let expects = if block.kind == BlockKind::Metadata {
            Section::FrontMatter
        } else {
            Section::Body
        };
        assert_eq!(block.section, expects);
    }
    for asset in &draft.assets {
        let markup = &html[asset.span.range()];
        assert!(
            markup.starts_with('<') && markup.ends_with('>'),
            "{markup:?}"
        );
    }
    check_characters(html, draft);
}

/// Every character comes from where the map says, unless it stands for an entity or a tag.
#[track_caller]
fn check_characters(html: &str, draft: &Draft) {
    let body = draft
        .blocks
        .iter()
        .filter(|block| block.section == Section::Body);
    for block in body {
        for (at, character) in draft.text[block.text.range()].char_indices() {
            let at = block.text.start() + at;
            let from = draft
                .text_map
                .decoded(Span::new(at, at + character.len_utf8()));
            let source = &html[from.range()];
            let is_same = source.starts_with(character);
            let stands_for = source.starts_with(['&', '<']) || character.is_whitespace();
            // An accent may have been made one with its letter.
            let is_composed = !character.is_ascii();
            assert!(
                is_same || stands_for || is_composed,
                "{character:?} from {source:?} in {html:?}"
            );
        }
    }
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    let draft = segmented(html);
    assert_eq!(blocks(&draft), expected, "{html:?}");
    check_spans(html, &draft);
}

#[test]
fn blocks_and_inline_markup() {
    check("", &[]);
    check("plain", &["p plain"]);
    check("<p>a</p><p>b</p>", &["p a", "p b"]);
    check("<p>a<p>b", &["p a", "p b"]);
    check("<div>a<div>b</div>c</div>d", &["p a", "p b", "p c", "p d"]);
    check("<p>a <b>b</b>c <i>d</i></p>", &["p a bc d"]);
    check("<p>a<br>b<br/>c</p>", &["p a b c"]);
    check("中<br>文", &["p 中文"]);
    check("a<hr>b", &["p a", "p b"]);
    check("<h1>a</h1><H2 class=x>b</H2>c", &["h1 a", "h2 b", "p c"]);
    check("<h1>a<h2>b</h2>", &["h1 a", "h2 b"]);
    check("<h1>a</h2>b", &["h1 a", "p b"]);
    check("<h3><a href='#x'>a</a> <code>b</code></h3>", &["h3 a b"]);
    check(
        "<blockquote>a<p>b</p></blockquote>c",
        &["q a", "q b", "p c"],
    );
    check("<a href=x>link</a>, <span>span</span>", &["p link, span"]);
    check(
        "<section><header>a</header><nav>b</nav></section>",
        &["p a", "p b"],
    );
    check(
        "<body>\n <main>\n  <p>\n a\n </p>\n </main>\n</body>",
        &["p a"],
    );
    check("a<!-- b -->c<!DOCTYPE html>d<?php e ?>f", &["p acdf"]);
    check(
        "a<script>if (1<2) '</p>'</script>b<style>p{}</style>c",
        &["p abc"],
    );
    check(
        "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
        &["p 漢(かん)"],
    );
    check("so<wbr>ft&shy;ly", &["p softly"]);
    check("<q>a</q> x<sup>2</sup>", &["p a x2"]);
    check("<p hidden>a<p style='display:none'>b", &["p a", "p b"]);
    check("<details><summary>a</summary>b</details>", &["p a", "p b"]);
    check(
        "<figure><img src=x><figcaption>a</figcaption></figure>",
        &["p a"],
    );
    check("<textarea>\na <b>b</b></textarea>", &["p a <b>b</b>"]);
    check("<noscript>a<p>b</p></noscript>", &["p a", "p b"]);
    check("<template><p>a</p></template>", &["p a"]);
    check("<select><option>a<option>b</select>", &["li a", "li b"]);
    check("<label>a <input value=b></label>", &["p a"]);
    check("</p>a</br>b</p>c</div></b>d", &["p a b", "p c", "p d"]);
    check("<b>a<p>b</b>c</p>d</b>", &["p a", "p bc", "p d"]);
}

#[test]
fn lists() {
    check("<ul><li>a<li>b</ul>c", &["li a", "li b", "p c"]);
    check(
        "<ol><li>a<ul><li>b</li></ul>c</li><li><p>d</p><p>e</p></ol>",
        &["li a", "li b", "li c", "li d", "li e"],
    );
    check("<dl><dt>a<dd>b<dt>c</dl>", &["li a", "li b", "li c"]);
    check(
        "<ul><li>a<blockquote>b</blockquote>c</ul>",
        &["li a", "q b", "li c"],
    );
    check("<ul><li>a</ul></li>b", &["li a", "p b"]);
}

#[test]
fn code() {
    check("<pre>\na\n  b\n</pre>c", &["pre a⏎  b", "p c"]);
    check("<pre>\r\na</pre>", &["pre a"]);
    check("<pre>  a\n\n\tb</pre>", &["pre   a⏎⏎\tb"]);
    check(
        "<pre><code class=x>a &lt; <b>b</b>\n</code></pre>",
        &["pre a < b"],
    );
    check("<pre>a<br>b</pre>", &["pre a⏎b"]);
    check("<pre><div>a</div><div>b</div></pre>c", &["pre a⏎b", "p c"]);
    check("<xmp><b>a</b></xmp>b", &["pre <b>a</b>", "p b"]);
    check(
        "a<plaintext><b>b</b></plaintext>",
        &["p a", "pre <b>b</b></plaintext>"],
    );
    check("<p>a <code>b  c</code></p>", &["p a b c"]);
    check("<li>a<pre>b</pre>c", &["li a", "pre b", "li c"]);
}

#[test]
fn tables() {
    check(
        "<table><caption>x</caption><tr><th>a<th>b<tr><td>c</td><td>d</td></table>e",
        &["p x", "tr a b", "tr c d", "p e"],
    );
    check(
        "<table><thead><tr><td>a</td></tr><tbody><tr><td>b</td></table>",
        &["tr a", "tr b"],
    );
    check(
        "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>",
        &["tr a b"],
    );
    check(
        "<table><tr><td>a<p>b</p>c</td><td>d</td></tr></table>e",
        &["tr a", "tr b", "tr c d", "p e"],
    );
    check(
        "<table><tr><td><h2>a</h2><ul><li>b</ul>c<td>d</table>",
        &["h2 a", "li b", "tr c d"],
    );
    check(
        "<table><tr><td>a<table><tr><td>b</table>c</table>",
        &["tr a", "tr b", "tr c"],
    );
    check("<td>a</td><td>b</td>", &["tr a", "tr b"]);
    check("<table><tr><td>a</div>b</p>c<td>d</table>", &["tr a b c d"]);
    check(
        "<table><tr><td>a<br>b<td><div>c</div></table>",
        &["tr a b c"],
    );
    check(
        "<table><tr><td><pre>a\nb</pre><td>c</table>",
        &["pre a⏎b", "tr c"],
    );
    check(
        "<pre><table><tr><td>1<td>a<tr><td>2<td>b</table></pre>",
        &["pre 1 a⏎2 b"],
    );
}

#[test]
fn entities_and_odd_characters() {
    check(
        "a &amp; b &lt;c&gt; &#20013;&#x6587;",
        &["p a & b <c> 中文"],
    );
    check(
        "&copy 2 &notit; &nosuch; & &&amp;",
        &["p © 2 ¬it; &nosuch; & &&"],
    );
    check("<p>&nbsp;</p><p>a&nbsp;b</p>", &["p a b"]);
    check("<td>&nbsp;</td>a&amp", &["p a&"]);
    check("a&", &["p a&"]);
    check("a&#", &["p a&#"]);
    check("a&#x", &["p a&#x"]);
    check("a&#65", &["p aA"]);
    check("a&lt", &["p a<"]);
    check("&nvap;x", &["p ≍\u{20d2}x"]);
    check(
        "a\r\nb\rc\n\r\n\rd&amp;\r\n&amp;\r&amp;",
        &["p a b c d& & &"],
    );
    check("<pre>a\r\nb\rc\nd</pre>", &["pre a⏎b⏎c⏎d"]);
    check("a\u{c}b", &["p a b"]);
    check("a < b, 1<2, <3 </ x> c", &["p a < b, 1<2, <3 c"]);
    check("a<", &["p a<"]);
    check("a</", &["p a</"]);
    check(
        "a<![CDATA[ b < c &amp; ]] ]]]> d",
        &["p a b < c &amp; ]] ] d"],
    );
    check("<![CDATA[a", &["p a"]);
}

#[test]
fn stray_nul_is_kept_out_of_the_way() {
    let draft = segmented("<p>a\0b</p><textarea>c\0d</textarea>");
    check_spans("<p>a\0b</p><textarea>c\0d</textarea>", &draft);
    assert!(draft.text.contains('a') && draft.text.contains('d'));
}

#[test]
fn what_is_cut_off_or_never_closed() {
    check("a <b>b <a href=\"http://x", &["p a b"]);
    check("a <b>b <a", &["p a b"]);
    check("a <stro", &["p a"]);
    check("a </stro", &["p a"]);
    check("a <foo", &["p a"]);
    check("a <x", &["p a"]);
    check("a <zzz b", &["p a <zzz b"]);
    check("a <a title=\"x>b <i>c</i>", &["p a b c"]);
    check("a <a title=\"x>b <a title='y>c", &["p a b c"]);
    check("a <a title=\"x\" b", &["p a"]);
    check("a <!-- b", &["p a"]);
    check("a <script>b", &["p a"]);
    check("<title>a", &["meta title: a"]);
    check("<p>a &am", &["p a &am"]);
    check("<pre>a", &["pre a"]);
    check("<textarea>a</b>", &["p a</b>"]);
}

#[test]
fn unknown_tags() {
    check("a List<String> b", &["p a List<String> b"]);
    check(
        "Map<String, List<Integer>> x",
        &["p Map<String, List<Integer>> x"],
    );
    check("use <your-name> here", &["p use <your-name> here"]);
    check(
        "<foo@bar.com> <http://x.y/z>",
        &["p <foo@bar.com> <http://x.y/z>"],
    );
    check("<my-card><p>a</p></my-card>b", &["p a", "p b"]);
    check("<x>a</x> <y>b", &["p a <y>b"]);
    check("<x>a</x> </x>b", &["p a </x>b"]);
    check("<x k=v>a <o:p></o:p>b", &["p a b"]);
    check("if x <y and <b>bold</b>", &["p if x <y and bold"]);
    check("<String>\n<p>a</p>", &["p <String>", "p a"]);
    check(
        "<svg><title>a</title><g/><text x=1>b</text><path d='x'/>c</svg>d",
        &["p a b cd"],
    );
    check("<math><mi>x</mi><mo>=</mo></math>", &["p x="]);
}

#[test]
fn metadata() {
    check(
        "<head><title>\n a &amp; b </title><meta name=description content='c &lt; d'>\
         <meta name=Keywords content=\"e, f\"><meta name=viewport content=g>\
         <meta property='og:title' content=h><meta name=author content=' '></head>i",
        &[
            "meta title: a & b",
            "meta description: c < d",
            "meta keywords: e, f",
            "p i",
        ],
    );
    check("<title></title><title> </title>a", &["p a"]);
    check(
        "a<title>b <i>c</title>d",
        &["p a", "meta title: b <i>c", "p d"],
    );
}

#[test]
fn xhtml() {
    let xhtml = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>";
    check(
        &format!("{xhtml}<head><title/><script src='x'/></head><p/>a<div/>b<a id='c'/>d"),
        &["p a", "p bd"],
    );
    check("<p/>a<script src=x />b</script>c", &["p ac"]);
}

#[test]
fn spans_are_tight() {
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let draft = segmented(html);
        let spans: Vec<_> = draft
            .blocks
            .iter()
            .map(|block| &html[block.span.range()])
            .collect();
        assert_eq!(spans, expected, "{html:?}");
        check_spans(html, &draft);
    }
    check("<div> <p class=x>a</p> </div>", &["<p class=x>a</p>"]);
    check("<div> <b>a</b> b </div>", &["<div> <b>a</b> b </div>"]);
    check(
        "<p>a</p> b <i>c</i> <p>d",
        &["<p>a</p>", "b <i>c</i>", "<p>d"],
    );
    check(
        "<ul><li>a\n<ul><li>b</li></ul> c </li></ul>",
        &["<li>a", "<li>b</li>", "c"],
    );
    check("<tr><td>a<td>b</tr>", &["<tr><td>a<td>b</tr>"]);
    check("<p>a\n<p>b", &["<p>a", "<p>b"]);
    check(" <b>a</b> <!-- b --> <hr>", &["<b>a</b>"]);
    check("<pre>\n a </pre>", &["<pre>\n a </pre>"]);
    check("a &amp;<p>b", &["a &amp;", "<p>b"]);
    check(
        "<title> a </title><meta name=author content=b>",
        &["<title> a </title>", "<meta name=author content=b>"],
    );
    check("<li><p>a</p>b</li>", &["<p>a</p>", "b"]);
    check("<h1><img src=x> a</h1>", &["<h1><img src=x> a</h1>"]);
}

#[test]
fn assets() {
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let draft = segmented(html);
        let assets: Vec<_> = draft
            .assets
            .iter()
            .map(|asset| format!("{} {} {}", asset.kind.name(), asset.target, asset.alt))
            .collect();
        assert_eq!(assets, expected, "{html:?}");
        check_spans(html, &draft);
    }
    check(
        "<img src='a?b&amp;c' alt=' d &lt; e '>",
        &["image a?b&c d < e"],
    );
    check("<IMG SRC=a>", &["image a "]);
    check(
        "<img src=data:x data-src=a><img src=data:x srcset='b 1x, c 2x'>",
        &["image a ", "image b "],
    );
    check(
        "<img data-src=a><noscript><img src=a></noscript><img src=b>",
        &["image a ", "image b "],
    );
    check(
        "<video src=a><source src=b></video><audio src=c></audio>",
        &["media a ", "media b ", "media c "],
    );
    check(
        "<picture><source srcset=a><img src=b></picture>",
        &["image b "],
    );
    check(
        "<iframe src=a></iframe><object data=b></object><embed src=c>",
        &["embed a ", "embed b ", "embed c "],
    );
    check("<img><img alt=x><video></video>", &["image  x"]);
    check("<img src=a src=b>", &["image a "]);
    check("<img alt=\"a\r\nb\" src=\"c\r\">", &["image c a b"]);
}

#[test]
fn islands_count_in_the_coordinates_of_the_text() {
    let text = "# x\n\n<div>a &amp; b</div>\n\ny <i>z</i>";
    let profiles = Profiles::default();
    let mut builder = Builder::new(text, &profiles);
    segment_island(&mut builder, 5..25, BlockKind::ListItem);
    let draft = builder.finish();
    assert_eq!(blocks(&draft), ["li a & b"]);
    assert_eq!(&text[draft.blocks[0].span.range()], "<div>a &amp; b</div>");
    check_spans(text, &draft);
}

#[test]
fn an_island_may_come_in_pieces() {
    let text = "> <div>a\n> b <i>c\n> d</i></div>";
    let profiles = Profiles::default();
    let mut builder = Builder::new(text, &profiles);
    segment_pieces(
        &mut builder,
        &[2..9, 11..18, 20..text.len()],
        BlockKind::Quotation,
    );
    let draft = builder.finish();
    assert_eq!(blocks(&draft), ["q a b c d"]);
    assert_eq!(&text[draft.blocks[0].span.range()], &text[2..]);
}

/// The elements of the outline, as `depth markup`.
fn outline(html: &str, draft: &Draft) -> Vec<String> {
    let elements = &draft.outline.elements;
    let depth = |mut at: Option<u32>| {
        let mut depth = 0;
        while let Some(parent) = at {
            depth += 1;
            at = elements[parent as usize].parent;
        }
        depth
    };
    elements
        .iter()
        .map(|element| {
            let (depth, whole) = (depth(element.parent), &html[element.span.range()]);
            format!("{depth} {whole}")
        })
        .collect()
}

#[test]
fn the_outline_follows_the_elements() {
    let html =
        "<div><p>a<div class=comments><ul><li>b<li><b>c<p>d</b></ul><img src=e></div>f</div>g";
    assert_eq!(
        outline(html, &segmented(html)),
        [
            "0 <div class=comments><ul><li>b<li><b>c<p>d</b></ul><img src=e></div>",
            "1 <ul><li>b<li><b>c<p>d</b></ul>",
            "2 <li>b",
            "2 <li><b>c<p>d</b>",
            "3 <b>c<p>d</b>",
            "4 <p>d</b>",
            "1 <img src=e>",
        ]
    );
}

#[test]
fn an_island_leaves_the_elements_around_it_open() {
    let text = "a <i>b</i> c";
    for island in [0..2, 0..text.len(), 2..7] {
        let profiles = Profiles::default();
        let mut builder = Builder::new(text, &profiles);
        builder.enter("ul", 0..0, "comments", "");
        builder.enter("li", 0..0, "", "");
        segment_island(&mut builder, island, BlockKind::ListItem);
        assert_eq!(builder.enter("li", 0..0, "", ""), 2);
    }
}

#[test]
fn element_names() {
    assert!(
        [
            "div", "DIV", "tt", "strike", "center", "font", "svg", "math", "h6"
        ]
        .iter()
        .all(|name| is_known_element(name))
    );
    assert!(
        !["string", "", "t", "my-card"]
            .iter()
            .any(|name| is_known_element(name))
    );
}
