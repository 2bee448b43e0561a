//! An XML parser reads each witness out of the apparatus of all.

use std::collections::HashMap;

use proptest::prelude::*;
use roxmltree::{Document, Node};

use lacuna::collate::{collate, table};
use lacuna::normalize::{Options, normalize};
use lacuna::report::{BaseChoice, Entry, Event, Renderer, Synopsis, Tei, escaped};
use lacuna::text::{Relation, Section, Witness};

const XML: &str = "http://www.w3.org/XML/1998/namespace";

const SIGLA: [&str; 5] = ["A", "B", "C", "D", "E"];

/// The apparatus of texts, of which the one at `place` is the base.
fn tei(witnesses: &[Witness], place: usize, path: &str) -> String {
    let base = &witnesses[place];
    let others = witnesses.iter().enumerate().filter(|(at, _)| *at != place);
    let others: Vec<(usize, &Witness)> = others.collect();
    let relations: Vec<Relation> = others.iter().map(|(_, copy)| collate(base, copy)).collect();
    let pairs = others.iter().map(|(_, copy)| *copy).zip(&relations);
    let table = table(base, &pairs.collect::<Vec<_>>());
    let entry = |at: usize, witness| Entry {
        siglum: SIGLA[at],
        path,
        witness,
    };
    let copies = others.iter().zip(&relations);
    let copies: Vec<_> = copies
        .map(|((at, copy), relation)| (entry(*at, copy), relation))
        .collect();
    let synopsis = Synopsis {
        base: entry(place, base),
        place,
        choice: BaseChoice::First,
        copies: &copies,
        table: &table,
    };
    let mut out = Vec::new();
    let mut renderer = Tei::new();
    renderer.render(&Event::Table(&synopsis), &mut out).unwrap();
    renderer.finish(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn read(node: Node<'_, '_>, siglum: &str) -> String {
    let pointer = format!("#{siglum}");
    let (mut text, mut begun) = (String::new(), false);
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
    let named = |rdg: Node<'_, '_>| {
        let mut wit = rdg.attribute("wit").unwrap().split(' ');
        wit.any(|one| one == pointer)
    };
    let in_text = text.ancestors().any(|node| node.has_tag_name("ab"));
    let mut readings = text.ancestors().filter(|node| node.has_tag_name("rdg"));
    in_text && readings.next().is_none_or(named)
}

/// Text as XML can hold it.
fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c.to_string(),
        _ if (c as u32) & 0xfffe == 0xfffe => c.escape_unicode().to_string(),
        _ => escaped(c.encode_utf8(&mut [0; 4]), false).into_owned(),
    };
    text.chars().map(shown).collect()
}

fn said(witness: &Witness, section: Section) -> String {
    let blocks = witness.section(section).map(|block| block.text(witness));
    visible(&blocks.collect::<Vec<_>>().join("\n"))
}

#[track_caller]
fn check(texts: &[(&str, &str)], path: &str) {
    let witness = |(format, text): &(&str, &str)| {
        normalize(text.as_bytes(), Some(format), &Options::default()).unwrap()
    };
    let witnesses: Vec<Witness> = texts.iter().map(witness).collect();
    for place in [0, texts.len() - 1] {
        let xml = tei(&witnesses, place, path);
        let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
        let named = document
            .descendants()
            .filter(|node| node.has_tag_name("witness"));
        assert_eq!(named.count(), texts.len());
        check_pointers(&document);
        for (witness, siglum) in witnesses.iter().zip(SIGLA) {
            for section in [Section::FrontMatter, Section::Body] {
                let kind = section.name().replace(' ', "-");
                let mut nodes = document.descendants();
                let found = nodes.find(|node| node.attribute("type") == Some(&kind));
                let found = found.map(|node| read(node, siglum)).unwrap_or_default();
                assert_eq!(found, said(witness, section), "{siglum}: {xml}");
            }
        }
    }
}

/// Readings of transpositions point to each other, and nothing else does.
fn check_pointers(document: &Document<'_>) {
    let readings = document
        .descendants()
        .filter(|node| node.has_tag_name("rdg"));
    let named: HashMap<&str, Node<'_, '_>> = readings
        .clone()
        .filter_map(|rdg| Some((rdg.attribute((XML, "id"))?, rdg)))
        .collect();
    let mut pointers = 0;
    for rdg in readings {
        let id = rdg.attribute((XML, "id"));
        assert_eq!(id.is_some(), rdg.attribute("corresp").is_some());
        let Some(id) = id else { continue };
        assert_eq!(named[id], rdg, "an id that is there twice");
        let app = rdg.parent().expect("an app");
        assert_eq!(app.attribute("type"), Some("transposition"));
        for there in rdg.attribute("corresp").unwrap().split(' ') {
            let back = named[there.strip_prefix('#').expect("a pointer")];
            let back = back.attribute("corresp").unwrap().split(' ');
            assert!(back.clone().any(|pointer| pointer == format!("#{id}")));
            pointers += 1;
        }
    }
    assert_eq!(pointers % 2, 0);
}

#[test]
fn transpositions_point_to_each_other() {
    let read = |text: &str| normalize(text.as_bytes(), Some("md"), &Options::default()).unwrap();
    let moved = "The heron stands on the weir at six in the morning and waits for the first fish.";
    let rest = [
        "At eight it flies home along the gardens, where the washing is on the line already.",
        "Nobody knows where it lives, and nobody has asked; it would not say anything anyway.",
        "In winter the weir is dry, and there is no heron, no fish and nothing to be seen.",
    ];
    let [one, two, three] = rest;
    let texts = [
        format!("{moved}\n\n{one}\n\n{two}\n\n{three}\n"),
        format!("{one}\n\n{two}\n\n{moved}\n\n{three}\n"),
        format!(
            "{one}\n\n{two}\n\n{three}\n\n{}\n",
            moved.replace("fish", "trout")
        ),
        // What stands there once more did not move.
        format!("{moved}\n\n{one}\n\n{two}\n\n{three}\n\n{one}\n"),
    ];
    let xml = tei(&texts.map(|text| read(&text)), 0, "x.md");
    let document = Document::parse(&xml).unwrap();
    check_pointers(&document);
    let readings = document
        .descendants()
        .filter(|node| node.has_tag_name("rdg"));
    let named = readings.filter(|rdg| rdg.attribute("corresp").is_some());
    let told: Vec<String> = named
        .map(|rdg| {
            let [id, wit, corresp] = [
                rdg.attribute((XML, "id")),
                rdg.attribute("wit"),
                rdg.attribute("corresp"),
            ]
            .map(Option::unwrap_or_default);
            let text: String = rdg.text().unwrap_or_default().chars().take(9).collect();
            format!("{id} of {wit}, {corresp}: {text}")
        })
        .collect();
    assert_eq!(
        told,
        [
            "A.1 of #A #D, #B.1 #C.1: The heron",
            "B.1 of #B, #A.1: The heron",
            "C.1 of #C, #A.1: The heron",
        ]
    );
    let apps = document
        .descendants()
        .filter(|node| node.has_tag_name("app"));
    let again = apps.filter(|app| app.descendants().any(|node| node.text() == Some(one)));
    let types: Vec<_> = again.map(|app| app.attribute("type")).collect();
    assert_eq!(types, [None], "{xml}");
}

#[test]
fn each_of_several_can_be_read() {
    let one = "---\ntitle: One\ntags: a\n---\n\n# Head & <tail>\n\nThe Harbour lies at the \"end\" of a long road.\n\n- one\n- two\n\n    if a < b:\n        c\n";
    let two = "---\ntags: b\nmore: [x]\ntitle: One\n---\n\n# Head & <tail>\n\nThe harbour lies at the end of a wide street.\n\nOne.\n\n- two\n- one\n\n    if a < c:\n        c\n";
    let three = "<title>One</title><h1>Head &amp; &lt;tail&gt;</h1><p>The Harbour lies at<p>the “end” of a long road. one<li>two";
    check(&[("md", one), ("md", two), ("html", three)], "a & <b>.md");
    check(&[("md", one), ("md", ""), ("md", one)], "'\"\0\n");
    check(&[("md", ""), ("md", ""), ("md", "")], "");
    check(
        &[
            ("md", "\0\x1b\u{fffe}a"),
            ("md", "\u{85}b\u{ffff}"),
            ("md", "ﬁ … ㎏ —"),
        ],
        "\u{fffe}",
    );
    check(
        &[
            ("md", "---\n"),
            ("md", "> \u{200b}\n\n…"),
            ("txt", "“a”\n\n(b)"),
        ],
        "x",
    );
}

#[test]
fn what_is_written() {
    let read = |text: &str| normalize(text.as_bytes(), Some("md"), &Options::default()).unwrap();
    let texts = [
        "One, the first of all.\n\nTwo stays where it is, on the long road to the sea.\n",
        "One, the first of all. Two stays where it is, on the long street to the sea.\n",
        "Two stays where it is, on the Long road to the sea.\n\nA third that is new here.\n",
    ];
    let xml = tei(&texts.map(read), 0, "x.md");
    let (_, text) = xml.split_once("<text>").unwrap();
    insta::assert_snapshot!(text, @r##"

    <body xml:space="preserve">
    <div type="body">
    <ab><milestone unit="paragraph" n="1" edRef="#A"/><milestone unit="paragraph" n="1" edRef="#B"/><app><rdg wit="#A #B">One, the first of </rdg><rdg wit="#C"/></app><app><rdg wit="#A">all.</rdg><rdg wit="#B">all. </rdg><rdg wit="#C"/></app><milestone unit="paragraph" n="3" edRef="#A"/><milestone unit="paragraph" n="1" edRef="#C"/>Two stays where it is, on the <app><rdg wit="#A #B">long </rdg><rdg wit="#C">Long </rdg></app><app><rdg wit="#A #C">road </rdg><rdg wit="#B">street </rdg></app>to the sea.</ab>
    <ab><milestone unit="paragraph" n="3" edRef="#C"/><app><rdg wit="#A #B"/><rdg wit="#C">A third that is new here.</rdg></app></ab>
    </div>
    </body>
    </text>
    </TEI>
    "##);
}

#[test]
fn assets_name_who_has_them() {
    let read = |text: &str| normalize(text.as_bytes(), Some("md"), &Options::default()).unwrap();
    let texts = [
        "One.\n\n![a](a.png) ![b](b.png)\n",
        "One.\n\n![a](a.png)\n\n![c](c.png)\n",
        "One.\n\n![a](a.png) ![c](c.png)\n",
    ];
    for place in 0..3 {
        let xml = tei(&texts.map(read), place, "x.md");
        Document::parse(&xml).unwrap();
        for told in [
            "\n<figure type=\"image\"><graphic url=\"a.png\"/><figDesc>a</figDesc></figure>\n",
            "<app><rdg wit=\"#A\"><figure type=\"image\"><graphic url=\"b.png\"/>\
             <figDesc>b</figDesc></figure></rdg><rdg wit=\"#B #C\"/></app>\n",
            "<app><rdg wit=\"#B #C\"><figure type=\"image\"><graphic url=\"c.png\"/>\
             <figDesc>c</figDesc></figure></rdg><rdg wit=\"#A\"/></app>\n",
        ] {
            assert!(xml.contains(told), "{told}: {xml}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_texts(
        texts in prop::collection::vec(
            prop::collection::vec("(# |- |    |> |---\n|a: )?([abAB] ?|one |two |中文|中。|<|&|\u{1b}|\u{ffff}|ﬁ|…|\\*|“){0,9}", 0..6),
            1..5,
        ),
        path in any::<String>(),
    ) {
        let texts: Vec<String> = texts.iter().map(|lines| lines.join("\n\n")).collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|text| ("md", text.as_str())).collect();
        check(&texts, &path);
    }
}
