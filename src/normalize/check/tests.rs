use super::*;
use crate::normalize::normalize;
use crate::text::{BlockKind, Format};

const PAGE: &str = "<html><head><title>A page</title></head><body>\
    <h1>One &amp; two</h1>\
    <p>Text with <b>bold</b>, <code>List&lt;String&gt;</code>\nand a <a href='x'>link</a>.</p>\
    <ul><li>outer<ul><li>inner</li></ul>rest</li></ul>\
    <table><tr><td>a</td><td>b</td></tr></table>\
    <pre>code\n  here</pre><p>中文<br>\n文字<img src='a.png' alt='no text'></p></body></html>";

fn read(source: &str, format: Format) -> (Witness, Options) {
    let options = Options {
        format: Some(format),
        ..Options::default()
    };
    (
        normalize(source.as_bytes(), None, &options).unwrap(),
        options,
    )
}

#[test]
fn a_page_that_is_read_well_has_no_findings() {
    let (witness, options) = read(PAGE, Format::Html);
    let check = check(PAGE.as_bytes(), &witness, &options);
    assert_eq!(check.findings, []);
    let body = witness
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Metadata);
    assert_eq!(check.asked + check.passed_over, body.count());
    assert!(check.asked >= 6, "{check:?}");
}

#[test]
fn a_text_that_its_source_does_not_hold_is_found() {
    let (mut witness, options) = read(PAGE, Format::Html);
    let block = witness
        .blocks
        .iter()
        .position(|block| block.text(&witness).starts_with("Text"));
    witness.text = witness.text.replace("Text with bold", "Text with BOLD");
    let check = check(PAGE.as_bytes(), &witness, &options);
    let found: Vec<_> = (check.findings.iter())
        .map(|finding| (Some(finding.block), finding.kind, finding.expected.as_str()))
        .collect();
    let [
        (at, CheckKind::Span, "BOLD"),
        (asked, CheckKind::SecondOpinion, _),
    ] = found[..]
    else {
        panic!("{found:?}")
    };
    assert_eq!((at, asked), (block, block));
}

#[test]
fn a_span_that_is_too_short_is_found() {
    let (mut witness, options) = read(PAGE, Format::Html);
    let block = &mut witness.blocks[2];
    block.span = Span::new(block.span.start(), block.span.end() - 20);
    let check = check(PAGE.as_bytes(), &witness, &options);
    let kinds: Vec<_> = (check.findings.iter())
        .map(|finding| (finding.block, finding.kind))
        .collect();
    assert_eq!(kinds, [(2, CheckKind::Span), (2, CheckKind::SecondOpinion)]);
}

#[test]
fn a_span_that_holds_text_the_block_has_not_is_found() {
    let (mut witness, options) = read("<p>one</p><p>two</p>", Format::Html);
    witness.blocks.truncate(1);
    witness.blocks[0].span = Span::new(0, 20);
    let check = check(b"<p>one</p><p>two</p>", &witness, &options);
    let [finding] = &check.findings[..] else {
        panic!("{check:?}")
    };
    assert_eq!(finding.kind, CheckKind::SecondOpinion);
    assert_eq!(
        (finding.expected.as_str(), finding.found.as_str()),
        ("one", "onetwo")
    );
}

#[test]
fn blocks_of_islands_are_asked_about_and_markdown_is_not() {
    let source = "Some *Markdown* text with <b>tags</b> and `code`.\n\n\
        <div>\n<p>An <em>island</em> &lt;here&gt;.</p>\n</div>\n\n<https://example.org> ends it.\n";
    let (witness, options) = read(source, Format::Markdown);
    let check = check(source.as_bytes(), &witness, &options);
    assert_eq!(
        (check.findings, check.asked, check.passed_over),
        (Vec::new(), 1, 0)
    );
}

#[test]
fn what_html2text_cannot_be_trusted_with_is_passed_over() {
    let deep = "<b>".repeat(100_000);
    let large = "word ".repeat(20_000);
    for inside in [
        &deep,
        &large,
        "<hr>",
        "a<table>b",
        "<ul><ol><li>x",
        "<svg><text>x",
    ] {
        let source = format!("<p>text {inside}</p>");
        let (mut witness, options) = read(&source, Format::Html);
        witness.blocks.truncate(1);
        witness.blocks[0].span = Span::new(0, source.len());
        let check = check(source.as_bytes(), &witness, &options);
        assert_eq!((check.asked, check.passed_over), (0, 1), "{source:.40}");
    }
}

#[test]
fn other_encodings_lead_back_to_their_bytes() {
    let source = b"<p>\xd6\xd0\xce\xc4\xce\xc4\xd7\xd6</p><p>abc &amp; \xd6\xd0</p>";
    let options = Options {
        encoding: Some(encoding_rs::GBK),
        format: Some(Format::Html),
        ..Options::default()
    };
    let witness = normalize(source, None, &options).unwrap();
    let check = check(source, &witness, &options);
    assert_eq!((check.findings, check.asked), (Vec::new(), 2));
}

#[test]
fn readings_are_shown_from_where_they_part() {
    let long = "x".repeat(300);
    let (expected, found) = difference(&format!("{long}abc{long}"), &format!("{long}abd"));
    assert_eq!(found, format!("{}abd", "x".repeat(18)));
    assert_eq!(expected.chars().count(), SHOWN);
}
