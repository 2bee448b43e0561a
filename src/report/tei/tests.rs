//! An XML parser reads each witness out of the apparatus.

use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::*;
use crate::report::tests::sample::{collate, entry, rendered, witness};
use crate::text::Witness;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

fn tei(base: &Witness, copy: &Witness, path: &str) -> String {
    let relation = collate(base, copy);
    let event = Event::Compared {
        base: entry("A", path, base),
        copy: entry("B", "copy.md", copy),
        relation: &relation,
    };
    rendered(Tei::new(), &[event])
}

/// The text of a witness in all `ab` below `node`.
fn read(node: Node<'_, '_>, siglum: &str) -> String {
    let pointer = format!("#{siglum}");
    let mut text = String::new();
    let mut begun = false;
    for part in node.descendants() {
        if part.has_tag_name("milestone") && part.attribute("edRef") == Some(&pointer) {
            if std::mem::replace(&mut begun, true) {
                text.push('\n');
            }
        } else if part.is_text() && is_read(part, &pointer) {
            text += part.text().unwrap_or_default();
        }
    }
    text
}

fn is_read(text: Node<'_, '_>, pointer: &str) -> bool {
    let mut readings = text.ancestors().filter(|node| node.has_tag_name("rdg"));
    text.ancestors().any(|node| node.has_tag_name("ab"))
        && readings
            .next()
            .is_none_or(|rdg| rdg.attribute("wit") == Some(pointer))
}

fn division<'a, 'd>(document: &'a Document<'d>, kind: &str) -> Option<Node<'a, 'd>> {
    let mut nodes = document.descendants();
    nodes.find(|node| node.has_tag_name("div") && node.attribute("type") == Some(kind))
}

fn said(witness: &Witness, section: Section) -> String {
    let blocks = witness.section(section).map(|block| block.text(witness));
    escape::prose(&blocks.collect::<Vec<_>>().join("\n")).into_owned()
}

fn check(base: &str, copy: &str, path: &str) {
    let (base, copy) = (witness(base), witness(copy));
    let xml = tei(&base, &copy, path);
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    for (siglum, witness) in [("A", &base), ("B", &copy)] {
        for section in [Section::FrontMatter, Section::Body] {
            let kind = section.name().replace(' ', "-");
            let found = division(&document, &kind).map(|node| read(node, siglum));
            let said = said(witness, section);
            let shown = super::super::markup::visible(&said);
            assert_eq!(found.unwrap_or_default(), shown, "{xml}");
        }
    }
    let pointers = document
        .descendants()
        .filter_map(|node| node.attribute("corresp"));
    for pointer in pointers {
        let mut nodes = document.descendants();
        let target = nodes.find(|node| node.attribute((XML, "id")) == pointer.strip_prefix('#'));
        assert!(target.is_some(), "{pointer}: {xml}");
    }
}

#[test]
fn each_witness_can_be_read() {
    let base = "% k: <v>\n# Head\nOne & two.\nThree ]]> four.\n  if a < b {\n      \"c\"\n@Ann|1|1|a comment\n";
    let copy = "# Head\nThree ]]> five.\nOne & two.\n  if a < c {\n      \"c\"\n@Ann|1|1|another comment\n";
    check(base, copy, "a & b.md");
    check("One < two.\n", "", "'\"<>");
    check("\0\x1b\u{fffe}\u{202e}a", "\u{85}b\u{ffff}", "\0\n\u{fffe}");
}

#[test]
fn what_is_written() {
    let base = witness("One, the first of all.\nTwo goes elsewhere.\nThree stays where it is.\n");
    let copy = witness("Two goes elsewhere.\nOne, the last of all.\nThree stays where it is.\n");
    let xml = tei(&base, &copy, "base.md");
    let (_, text) = xml.split_once("<text>").unwrap();
    insta::assert_snapshot!(text, @r##"

    <body xml:space="preserve">
    <div type="body">
    <ab><milestone unit="paragraph" n="1" edRef="#A"/><app><rdg wit="#A">One, the first of all.</rdg><rdg wit="#B"/></app></ab>
    <ab><milestone unit="paragraph" n="2" edRef="#A"/><milestone unit="paragraph" n="1" edRef="#B"/>Two goes elsewhere.</ab>
    <ab><milestone unit="paragraph" n="2" edRef="#B"/><app><rdg wit="#A"/><rdg wit="#B">One, the last of all.</rdg></app></ab>
    <ab><milestone unit="paragraph" n="3" edRef="#A"/><milestone unit="paragraph" n="3" edRef="#B"/>Three stays where it is.</ab>
    </div>
    </body>
    </text>
    </TEI>
    "##);
}

#[test]
fn assets_are_readings_too() {
    let base = witness("One.\n!both.png\n!https://example.org/?a=1&b=\"<2>\".png\n?avatar.png\n");
    let copy = witness("One.\n!both.png\n!new.png\n?other.png\n");
    let xml = tei(&base, &copy, "base.md");
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let assets = division(&document, "assets").expect("a division");
    let graphics = assets
        .descendants()
        .filter(|node| node.has_tag_name("graphic"));
    let told: Vec<(&str, Option<&str>)> = graphics
        .map(|graphic| {
            let mut readings = graphic.ancestors().filter(|node| node.has_tag_name("rdg"));
            let reading = readings.next().and_then(|rdg| rdg.attribute("wit"));
            (graphic.attribute("url").unwrap(), reading)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("both.png", None),
            ("https://example.org/?a=1&b=\"<2>\".png", Some("#A")),
            ("new.png", Some("#B")),
        ]
    );
}

proptest! {
    #[test]
    fn any_two_texts(
        base in prop::collection::vec("(# |  )?[ab中<&\u{1b}\u{ffff} ]{0,9}", 0..8),
        copy in prop::collection::vec("(# |  )?[ab中<&\u{1b}\u{ffff} ]{0,9}", 0..8),
        path in any::<String>(),
    ) {
        check(&base.join("\n"), &copy.join("\n"), &path);
    }
}
