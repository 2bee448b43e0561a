//! Folder against folder, and a document against its counterpart in a folder.

use serde_json::Value;

use super::call::lacuna;
use super::tree::Tree;

/// Long enough to be found as a passage.
fn text(about: &str) -> String {
    (1..=12).fold(format!("# {about}\n"), |text, at| {
        format!(
            "{text}\nParagraph {at} of {about} says what there is to say of {about}, part {at}.\n"
        )
    })
}

fn cut(about: &str) -> String {
    let text = text(about);
    text[..text.len() / 2].to_owned()
}

fn check(tree: &Tree, arguments: &[&str], code: i32) -> String {
    let run = lacuna(&tree.root, &[&["diff"], arguments].concat()).run();
    run.expect(code).text().to_owned()
}

#[test]
fn exit_codes_follow_what_is_lost() {
    let tree = Tree::new("folders-codes")
        .file("full/a.md", text("apples"))
        .file("same/b.md", text("apples"))
        .file("cut/a.md", cut("apples"))
        .file("more/a.md", text("apples"))
        .file("more/b.md", text("pears"))
        .file("twice/a.md", text("apples"))
        .file("twice/b.md", text("apples"))
        .file("picture/a.md", text("apples"))
        .file("picture/a.png", b"\x89PNG\0\0\0\0\0\0\0\0")
        .file("other/a.md", text("apples"))
        .file("other/a.png", b"\x89PNG\0\0\0\0\0\0\0\x01");
    for (a, b, differs, loses) in [
        ("full", "same", 0, 0),
        ("full", "cut", 1, 1),
        ("cut", "full", 1, 0),
        ("full", "more", 1, 0),
        ("more", "full", 1, 1),
        ("full", "twice", 0, 0),
        ("twice", "full", 0, 0),
        ("full", "picture", 1, 0),
        ("picture", "full", 1, 1),
        ("picture", "other", 1, 1),
        ("picture", "picture/", 2, 2),
    ] {
        check(&tree, &[a, b], differs);
        check(&tree, &["--fail-on", "lost", a, b], loses);
        let quiet = check(&tree, &["-q", a, b], differs);
        assert_eq!(
            quiet.lines().count(),
            if differs == 2 { 0 } else { 2 },
            "{quiet}"
        );
        let json = check(&tree, &["-q", "--format", "json", a, b], differs);
        assert_eq!(json, "");
    }
}

#[test]
fn every_file_is_accounted_for() {
    let tree = Tree::new("folders-account")
        .file("a/one.md", text("one"))
        .file("a/two.md", text("two"))
        .file("a/empty.md", "\n")
        .file("a/.hidden.md", text("three"))
        .file("b/uno.md", text("one"))
        .file("b/none.md", "\n");
    let json = check(&tree, &["--format", "json", "a", "b"], 1);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["pairs"][0]["base"]["path"], "one.md");
    assert_eq!(json["pairs"][0]["copy"]["path"], "uno.md");
    assert_eq!(json["only"][0]["path"], "two.md");
    assert_eq!(json["files"][0]["base"], "empty.md");
    assert_eq!(json["files"][0]["copy"], "none.md");
    assert_eq!(json["excluded"][0]["path"], "a/.hidden.md");
    let hidden = check(&tree, &["--hidden", "--format", "json", "a", "b"], 1);
    let hidden: Value = serde_json::from_str(&hidden).unwrap();
    assert_eq!(hidden["only"][0]["path"], ".hidden.md");
}

#[test]
fn the_output_is_the_same_for_any_threads_and_memory() {
    let expected = |format: &str| {
        let run = crate::program::lacuna([
            "diff",
            "--format",
            format,
            "-j1",
            "samples/two-dumps/old",
            "samples/two-dumps/new",
        ]);
        run.expect(1).stdout
    };
    for format in ["text", "side-by-side", "json", "unified", "html", "tei"] {
        let first = expected(format);
        for (threads, memory) in [("2", "0"), ("7", "1")] {
            let run = crate::program::lacuna([
                "diff",
                "--format",
                format,
                "-j",
                threads,
                "--memory",
                memory,
                "samples/two-dumps/old",
                "samples/two-dumps/new/",
            ]);
            assert!(run.expect(1).stdout == first, "{format} -j {threads}");
        }
    }
}

#[test]
fn full_shows_each_pair_that_differs() {
    let run = crate::program::lacuna([
        "diff",
        "--full",
        "samples/two-dumps/old",
        "samples/two-dumps/new",
    ]);
    let text = run.expect(1).text().to_owned();
    for words in [
        "\n\n- A samples/two-dumps/old/06-tea.md",
        "[-four-]",
        "headings lacking",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(
        !text.contains("- A samples/two-dumps/old/01-sourdough.md"),
        "{text}"
    );
}

#[test]
fn the_page_says_what_the_text_says() {
    let run = |format: &str| {
        let folders = ["samples/two-dumps/old", "samples/two-dumps/new"];
        let arguments = ["diff", "--format", format].into_iter().chain(folders);
        let run = crate::program::lacuna(arguments).expect(1);
        run.text().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (page, text) = (run("html"), run("text"));
    for words in [
        "pairs: 1 the same, 1 cut in B, 1 revised, 1 split in B",
        "B lacks 195 characters in 2 passages, 1 comment, 1 asset, 1 whole document (100 \
         characters) and 1 other file",
        "B lacks comments: 1 (阿禾 2023-04-20)",
        "part: it has what another document of B lacks of A",
        "A 01-sourdough.md is B baking/sourdough.html",
        "the same: A img/jar.png is B img/starter.png",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
        assert!(text.contains(words), "{words}\n{text}");
    }
    for (at, name) in [(1, "02-修车.md"), (2, "06-tea.md")] {
        assert!(page.contains(&format!("href=\"#p{at}\">{name}</a>")));
        let article = format!("<article id=\"p{at}\">");
        let (_, shown) = page.split_once(&article).expect("the pair");
        let (heading, _) = shown.split_once("</h2>").expect("its names");
        assert!(heading.contains(name), "{heading}");
    }
}

#[test]
fn folders_that_say_the_same_are_a_page_too() {
    let tree = Tree::new("folders-page-same")
        .file("a/a.md", text("apples"))
        .file("b/a.md", text("apples"));
    let page = check(&tree, &["--format", "html", "a", "b"], 0);
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert!(page.contains("B has all that A has") && page.contains("pairs: 1 the same"));
}

#[test]
fn an_apparatus_of_folders_has_a_text_for_each_pair() {
    let faqs = ["samples/reordered/faq-a.md", "samples/reordered/faq-b.md"];
    let [faq_a, faq_b] = faqs.map(|path| std::fs::read(crate::program::root().join(path)).unwrap());
    let tree = Tree::new("folders-tei")
        .file("a/1.md", &faq_a)
        .file("b/1.md", &faq_b)
        .file("a/2.md", &faq_a)
        .file("b/2.md", &faq_b)
        .file("a/3.md", text("apples"))
        .file("b/3.md", cut("apples"));
    let differs = check(&tree, &["--format", "tei", "a", "b"], 1);
    let same = Tree::new("folders-tei-same")
        .file("a/3.md", text("apples"))
        .file("b/3.md", text("apples"));
    let same = check(&same, &["--format", "tei", "a", "b"], 0);
    for (xml, texts) in [(differs, 3), (same, 1)] {
        let document = roxmltree::Document::parse(&xml).unwrap_or_else(|e| panic!("{e}: {xml}"));
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "teiCorpus");
        let of = |name: &str| {
            root.children()
                .filter(|node| node.has_tag_name(name))
                .count()
        };
        assert_eq!((of("teiHeader"), of("TEI")), (1, texts), "{xml}");
        let mut ids = std::collections::BTreeSet::new();
        let id = |node: &roxmltree::Node| {
            node.attribute(("http://www.w3.org/XML/1998/namespace", "id"))
                .map(str::to_owned)
        };
        for id in root.descendants().filter_map(|node| id(&node)) {
            assert!(ids.insert(id.clone()), "{id} is there twice");
        }
        let pointers = ["corresp", "wit", "edRef"];
        for pointer in root
            .descendants()
            .flat_map(|node| pointers.map(|name| node.attribute(name)))
            .flatten()
        {
            assert!(
                ids.contains(pointer.trim_start_matches('#')),
                "{pointer}: {xml}"
            );
        }
    }
}

#[test]
fn only_shows_what_one_side_lacks() {
    let only = |kind: &str| {
        let run = crate::program::lacuna([
            "diff",
            "--only",
            kind,
            "samples/two-dumps/old",
            "samples/two-dumps/new",
        ]);
        run.expect(1).text().to_owned()
    };
    let lacking = only("lacking");
    assert!(lacking.contains("B lacks line 7") && !lacking.contains("A lacks line 7"));
    assert!(lacking.contains("04-腌萝卜.md") && !lacking.contains("05-stars.md"));
    let extra = only("extra");
    assert!(!extra.contains("B lacks line 7") && extra.contains("A lacks line 7"));
    assert!(!extra.contains("04-腌萝卜.md") && extra.contains("05-stars.md"));
}

#[test]
fn a_document_is_compared_with_its_counterpart() {
    let tree = Tree::new("folders-counterpart")
        .file("dump/x/1.md", text("apples"))
        .file("dump/2.md", text("pears"))
        .file("dump/3.md", cut("apples"))
        .file("lesson.md", cut("apples") + "\nAnd something else.\n")
        .file("new.md", text("plums"))
        .file("empty.md", "");
    let found = check(&tree, &["dump", "lesson.md"], 1);
    assert!(
        found.contains("- A dump/3.md") && found.contains("+ B lesson.md"),
        "{found}"
    );
    let found = check(&tree, &["lesson.md", "dump"], 1);
    assert!(
        found.contains("- A lesson.md") && found.contains("+ B dump/3.md"),
        "{found}"
    );
    check(&tree, &["dump/2.md", "dump"], 2);
    for (file, words) in [
        ("new.md", "lacuna: dump has no copy of new.md\n"),
        (
            "empty.md",
            "lacuna: empty.md: cannot be compared: there is no text in it\n",
        ),
        ("gone.md", "lacuna: gone.md: no such file or directory\n"),
    ] {
        let run = lacuna(&tree.root, &["diff", "dump", file]).run().expect(2);
        assert_eq!((run.text(), run.stderr.as_str()), ("", words));
    }
}

#[test]
fn a_folder_inside_the_other_counts_for_itself() {
    let tree = Tree::new("folders-nested")
        .file("all/a.md", text("apples"))
        .file("all/old/a.md", cut("apples"));
    let found = check(&tree, &["all", "all/old"], 1);
    assert!(
        found.contains("- A all: 1 document\n+ B all/old: 1 document\n"),
        "{found}"
    );
}

#[test]
fn variants_of_folders_are_a_usage_error() {
    let tree = Tree::new("folders-usage").files(&["a/1.md", "b/1.md"]);
    check(&tree, &["--only", "variants", "a", "b"], 2);
}
