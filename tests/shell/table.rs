//! Three or more documents in one table.

use serde_json::Value;

use super::call::lacuna;
use super::tree::Tree;
use crate::program;

const COPIES: [&str; 4] = [
    "samples/copies-of-one/1998.md",
    "samples/copies-of-one/2004.md",
    "samples/copies-of-one/2011-us.md",
    "samples/copies-of-one/preview.md",
];

fn table(arguments: &[&str], code: i32) -> String {
    let run = program::lacuna([&["diff"], arguments].concat()).expect(code);
    run.text().to_owned()
}

fn json(arguments: &[&str]) -> Value {
    let json = table(&[&["--format", "json"], arguments].concat(), 1);
    serde_json::from_str(&json).unwrap()
}

#[test]
fn the_base_is_the_most_complete_or_the_first() {
    assert_eq!(json(&COPIES)["base"], "B");
    assert_eq!(json(&COPIES)["choice"]["rule"], "longest body");
    let first = json(&[&["--base", "first"], &COPIES[..]].concat());
    assert_eq!(
        (&first["base"], &first["choice"]["rule"]),
        (&"A".into(), &"first".into())
    );
    let same = [COPIES[0], COPIES[0], COPIES[3]];
    assert_eq!(json(&same)["choice"]["rule"], "first of equal");
    let run = program::lacuna(["diff", "--base", "first", COPIES[0], COPIES[1]]);
    assert!(run.expect(2).stderr.contains("[C]..."));
}

#[test]
fn readings_are_told_once_with_their_copies() {
    let found = json(&COPIES);
    let rows = found["rows"].as_array().unwrap();
    let reading = |text: &str| {
        let mut readings = rows
            .iter()
            .flat_map(|row| row["readings"].as_array().unwrap());
        let found = readings.find(|reading| reading["text"] == text);
        found.unwrap_or_else(|| panic!("no {text}"))["sigla"].clone()
    };
    assert_eq!(reading("color"), serde_json::json!(["C"]));
    assert_eq!(reading("can"), serde_json::json!(["C"]));
    assert_eq!(found["comments"][2]["has"], serde_json::json!(["B"]));
    assert_eq!(
        found["front_matter"][0]["values"][1]["sigla"],
        serde_json::json!(["C"])
    );
    // The paragraph that two of them have beside the first.
    let first = json(&[&["--base", "first"], &COPIES[..]].concat());
    let rows = first["rows"].as_array().unwrap().iter();
    let mut readings = rows
        .filter(|row| row["base"].is_null())
        .flat_map(|row| row["readings"].as_array().unwrap());
    let begins = |reading: &Value| {
        let text = reading["text"].as_str().unwrap();
        text.starts_with("Between the coats")
    };
    let shared = readings.find(|reading| begins(reading)).unwrap();
    assert_eq!(shared["sigla"], serde_json::json!(["B", "C"]));
}

#[test]
fn many_copies_share_columns_and_fit_the_terminal() {
    let many: Vec<&str> = COPIES.iter().copied().cycle().take(40).collect();
    let text = table(&many, 1);
    assert!(
        text.contains("have the same everywhere: column A"),
        "{text}"
    );
    let rows = text.lines().skip_while(|line| !line.contains('█'));
    assert!(
        rows.clone().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    assert!(rows.clone().any(|line| line.trim() == "A B C D"), "{text}");
}

#[test]
fn copies_that_all_differ_are_shown_in_several_tables() {
    let page = |at: usize| {
        format!(
            "What all of the copies have stands here, for as long as a sentence goes on.\n\nAnd copy {at} adds so much of its own, number {at} of them all.\n"
        )
    };
    let names: Vec<String> = (0..30).map(|at| format!("{at:02}.md")).collect();
    let tree = (names.iter().enumerate()).fold(Tree::new("table-wide"), |tree, (at, name)| {
        tree.file(name, page(at))
    });
    let mut arguments = vec!["diff"];
    arguments.extend(names.iter().map(String::as_str));
    let run = lacuna(&tree.root, &arguments).run().expect(1);
    let headers = run
        .text()
        .lines()
        .filter(|line| line.starts_with("           ") && !line.contains('“'));
    assert!(headers.count() >= 2, "{}", run.text());
}

#[test]
fn exit_codes_are_those_of_a_pair() {
    let tree = Tree::new("table-codes")
        .file("a.md", "One sentence that is here.\n\nAnd another one.\n")
        .file(
            "b.html",
            "<p>One sentence that is here.</p><p>And another one.</p>",
        )
        .file("c.md", "One sentence that is here.\n")
        .files(&["dir/x.md"]);
    let run = |arguments: &[&str], code: i32| {
        let run = lacuna(&tree.root, &[&["diff"], arguments].concat()).run();
        run.expect(code)
    };
    run(&["a.md", "b.html", "a.md"], 0);
    run(&["a.md", "b.html", "c.md"], 1);
    run(&["--fail-on", "lost", "a.md", "b.html", "c.md"], 1);
    run(
        &[
            "--fail-on",
            "lost",
            "--base",
            "first",
            "c.md",
            "a.md",
            "b.html",
        ],
        0,
    );
    let quiet = run(&["-q", "a.md", "b.html", "c.md"], 1);
    assert_eq!(quiet.text().lines().count(), 3, "{}", quiet.text());
    let trouble = run(&["a.md", "gone.md", "dir/none.md"], 2);
    assert_eq!(trouble.stderr.lines().count(), 2);
    let folder = run(&["a.md", "b.html", "dir"], 2);
    assert!(
        folder.stderr.contains("dir: is a folder"),
        "{}",
        folder.stderr
    );
    let format = run(&["--format", "unified", "a.md", "b.html", "c.md"], 2);
    assert!(
        format.stderr.contains("as text, html, json or tei"),
        "{}",
        format.stderr
    );
    let apparatus = run(&["--format", "tei", "a.md", "b.html", "c.md"], 1);
    assert_eq!(apparatus.text().matches("<witness ").count(), 3);
    let page = run(&["--format", "html", "a.md", "b.html", "c.md"], 1);
    assert!(page.text().contains("<h1>3 copies compared</h1>"));
}

#[test]
fn a_page_of_several_holds_no_markup_of_theirs() {
    const ATTACK: &str =
        "</style><script>alert(1)</script><img src=x onerror='a'>\" id=\"body\" &lt;";
    let text = |more: &str| {
        format!("---\ntitle: '{ATTACK}{more}'\n---\n\n```\n{ATTACK}\n```\n\n`{ATTACK}` {more}\n")
    };
    let name = "<b>'\"&.md";
    let tree = Tree::new("table-markup")
        .file(name, text("and one"))
        .file("b.md", text("and two"))
        .file("c.md", text("moved"));
    let run = |format| {
        let run = lacuna(
            &tree.root,
            &["diff", "--format", format, name, "b.md", "c.md"],
        );
        run.run().expect(1).text().to_owned()
    };
    let page = run("html");
    assert!(
        page.contains("&lt;script&gt;") && page.contains("&lt;b&gt;"),
        "{page}"
    );
    assert!(
        !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
    assert_eq!(page.matches("</style>").count(), 1);
    for word in ["src=\"", "url(", "@import", "<link", "http:"] {
        assert!(!page.contains(word), "{word}");
    }
    for tag in [
        "table", "tr", "td", "div", "section", "details", "p", "article",
    ] {
        let opened =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        let closed = page.matches(&format!("</{tag}>")).count();
        assert_eq!(opened, closed, "{tag}");
    }
    roxmltree::Document::parse(&run("tei")).unwrap();
}

#[test]
fn a_narrow_terminal_is_kept_to() {
    for width in ["40", "60"] {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let run = lacuna(root, &[&["diff"], &COPIES[..]].concat());
        let text = run.env("COLUMNS", width).run().expect(1).text().to_owned();
        let limit: usize = width.parse().unwrap();
        // A path is not cut, and stands on a line of its own.
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("samples/"));
        for line in lines {
            assert!(line.chars().count() <= limit, "{line}");
        }
        assert!(text.contains("█ █ █ █"), "{text}");
    }
}
