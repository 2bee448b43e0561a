use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::report::tests::folder_events::folders;
use crate::report::tests::sample::{collate, entry, rendered, witness};

/// A page whose style the policy does not name would have none.
#[test]
fn the_policy_names_the_style() {
    let digest = Sha256::digest(STYLE.as_bytes());
    assert_eq!(STYLE_DIGEST, base64(&digest));
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let at = |index: usize| three.get(index).copied().map_or(0, u32::from);
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            match digit <= three.len() as u32 {
                true => out.push(DIGITS[value as usize].into()),
                false => out.push('='),
            }
        }
    }
    out
}

fn page(base: &str, copy: &str, path: &str) -> String {
    let (base, copy) = (witness(base), witness(copy));
    let relation = collate(&base, &copy);
    let event = Event::Compared {
        base: entry("A", path, &base),
        copy: entry("B", "copy.md", &copy),
        relation: &relation,
    };
    rendered(Html::new(Options::default()), &[event])
}

/// The tags of a page, in order, without the words between them. The style is left out.
fn tags(page: &str) -> Vec<&str> {
    let (_, body) = page.split_once("</style>").unwrap();
    let tags = body.split('<').skip(1);
    tags.map(|tag| tag.split_once('>').unwrap().0).collect()
}

/// That a document cannot make a tag, an attribute or an id: tags of a page are of a few forms.
fn check(page: &str) {
    assert_eq!(page.matches("<style>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    let mut open: Vec<&str> = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut links = Vec::new();
    for tag in tags(page) {
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name.trim_start_matches('/')), "{tag}");
        if let Some(name) = name.strip_prefix('/') {
            if !["html", "body", "main", "head"].contains(&name) {
                assert_eq!(open.pop(), Some(name), "{page}");
            }
        } else if name != "rect" && name != "main" && name != "body" {
            open.push(name);
        }
        let attributes = attributes.strip_suffix(" open").unwrap_or(attributes);
        for attribute in attributes.split("\" ").filter(|one| !one.is_empty()) {
            let (name, value) = attribute.split_once("=\"").expect(attribute);
            assert!(ATTRIBUTES.contains(&name), "{tag}");
            let value = value.trim_end_matches(['"', '/']);
            match name {
                "id" => assert!(ids.insert(value.to_owned()), "{value} is there twice"),
                "href" => links.push(value.strip_prefix('#').expect("a link into the page")),
                _ => {}
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    for link in links {
        assert!(ids.contains(link), "{link} leads nowhere: {page}");
    }
}

const ELEMENTS: &[&str] = &[
    "a", "article", "b", "body", "del", "details", "div", "g", "h1", "h2", "h3", "head", "header",
    "html", "i", "ins", "li", "main", "mark", "nav", "p", "rect", "section", "span", "summary",
    "svg", "title", "ul",
];
const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "class",
    "dir",
    "height",
    "href",
    "id",
    "lang",
    "preserveAspectRatio",
    "role",
    "viewBox",
    "width",
    "x",
    "y",
];

#[test]
fn words_stay_words() {
    let attack =
        "</style><script>alert(1)</script><img src=x onerror='a'>\" id=\"p1-a0\" ]]>--> &lt;";
    let base = format!(
        "% k: {attack}\n# {attack}\n{attack}\n  {attack}\n!{attack}\n@{attack}|{attack}|1|{attack}\n"
    );
    let copy = format!("# Other\n{attack} and more\nNew {attack}\n?{attack}\n@Ann|1|1|{attack}\n");
    for (one, other) in [
        (base.as_str(), copy.as_str()),
        (&copy, &base),
        (&base, "x"),
        (&base, &base),
    ] {
        let page = page(one, other, attack);
        check(&page);
        assert!(!page.contains("<script") && !page.contains("<img"));
    }
}

#[test]
fn folders_are_one_page() {
    folders("<img src=x>\" id=\"p1\n", |events| {
        // With the pair, without it (its documents were changed meanwhile), and the numbers alone.
        for events in [events, &events[..events.len() - 1], &events[..1]] {
            let page = rendered(Html::new(Options::default()), events);
            check(&page);
            assert_eq!(page.matches("<h1").count(), 1);
            assert!(page.ends_with("</html>\n"));
        }
    });
}

/// A pair that is not shown, or was never listed, moves no other pair's number.
#[test]
fn links_of_a_list_lead_to_their_pairs() {
    folders("", |events| {
        let (pair, Event::Compared { base, copy, .. }) = (events[2], events[events.len() - 1])
        else {
            panic!("a pair, and the pair shown");
        };
        let (base, copy) = (base.witness, copy.witness);
        let relation = collate(base, copy);
        let shown = |path| Event::Compared {
            base: entry("A", path, base),
            copy: entry("B", "b.md", copy),
            relation: &relation,
        };
        let Event::Pair(record) = pair else {
            panic!("a pair");
        };
        let details = record.details.unwrap();
        let listed = |path| crate::report::Pair {
            details: Some(crate::report::Details {
                base: entry("A", path, base),
                ..details
            }),
            ..*record
        };
        let [one, two] = ["one.md", "two.md"].map(listed);
        let events = [
            events[0],
            Event::Pair(&one),
            Event::Pair(&two),
            shown("two.md"),
            shown("new.md"),
        ];
        let page = rendered(Html::new(Options::default()), &events);
        check(&page);
        for (id, path) in [("p2", "two.md"), ("p3", "new.md")] {
            let (_, article) = page.split_once(&format!("<article id=\"{id}\">")).unwrap();
            let (heading, _) = article.split_once("</h2>").unwrap();
            assert!(heading.contains(path), "{heading}");
        }
        assert!(page.contains("<p id=\"p1\">one.md and b.md: one of them was changed"));
    });
}

/// How many differences the titles of the marks of one strip tell of, and how many marks tell.
fn marked(page: &str, side: &str) -> (usize, usize) {
    let (_, strip) = page.split_once(&format!("The text of {side}\">")).unwrap();
    let (strip, _) = strip.split_once("</svg>").unwrap();
    let titles = strip.split("<title>").skip(1);
    let titles = titles.map(|title| title.split_once("</title>").unwrap().0);
    let titles: Vec<&str> = titles.filter(|title| *title != "in both").collect();
    let counted = titles.iter().flat_map(|title| title.split(", "));
    let count = counted.map(|one| {
        one.split(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(1)
    });
    (count.sum(), titles.len())
}

/// However many differences there are and however small they are: each is in a mark.
#[test]
fn every_difference_is_marked() {
    for (lines, every, marks) in [(700, 1, 400), (2000, 50, 40), (2500, 2500, 1), (5, 9, 0)] {
        let text = |changed: &str| -> String {
            let line = |at: usize| match at % every == every / 2 {
                true => format!("Line {at} says {changed} here.\n"),
                false => format!("Line {at} says what it says.\n"),
            };
            (0..lines).map(line).collect()
        };
        let page = page(&text("one"), &text("other"), "a.md");
        check(&page);
        let differences = (0..lines).filter(|at| at % every == every / 2).count();
        for side in ["A", "B"] {
            let (told, shown) = marked(&page, side);
            assert!(told >= differences, "{told} of {differences}");
            assert!(shown >= marks.min(differences), "{shown} of {marks}");
        }
    }
}

#[test]
fn nothing_is_asked_of_anybody() {
    let page = page(
        "One.\n!https://example.org/a.png\n",
        "Two.\n",
        "https://example.org/",
    );
    for word in ["src=", "url(", "@import", "<link", "<script", "http:"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("content=\"default-src 'none'; style-src 'sha256-"));
}

#[test]
fn several_pairs_are_one_page() {
    let (base, copy) = (witness("One.\nTwo.\n"), witness("One.\n"));
    let relation = collate(&base, &copy);
    let event = Event::Compared {
        base: entry("A", "a.md", &base),
        copy: entry("B", "b.md", &copy),
        relation: &relation,
    };
    let page = rendered(Html::new(Options::default()), &[event, event]);
    check(&page);
    assert_eq!(page.matches("<article ").count(), 2);
    assert_eq!(rendered(Html::new(Options::default()), &[]), "");
}

proptest! {
    #[test]
    fn any_two_texts(
        base in prop::collection::vec("(# |  )?[ab中<&\"\u{1b}\u{ffff} ]{0,9}", 0..9),
        copy in prop::collection::vec("(# |  )?[ab中<&\"\u{1b}\u{ffff} ]{0,9}", 0..9),
        path in any::<String>(),
    ) {
        check(&page(&base.join("\n"), &copy.join("\n"), &path));
    }
}
