//! What the reports for people say of things that are easily passed over.

use super::call::lacuna;
use super::tree::Tree;

const BODY: &str = "# The heron\n\nIt stands in the weir from six to eight, and looks at nothing in \
    particular until something moves.\n\nThen it goes home by way of the allotments, where there \
    is a pond with four goldfish in it, or there were four last week.\n\n";
const ANN: &str = "- **Ann** 2024-12-10: Very clear, thank you.\n";
const BOB: &str = "- **Bob** 2024-12-11: Where is part two?\n";

fn run(tree: &Tree, arguments: &[&str], code: i32) -> String {
    let run = lacuna(&tree.root, arguments).run().expect(code);
    format!("{}{}", run.text(), run.stderr)
}

#[track_caller]
fn says(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "{words:?} is not in\n{said}");
    }
}

#[test]
fn comments_that_are_declared_and_their_order() {
    let lesson = |declared: u32, comments: &[&str]| {
        format!("{BODY}## Comments ({declared})\n\n{}", comments.concat())
    };
    let tree = Tree::new("words-comments")
        .file("a.md", lesson(2, &[ANN, BOB]))
        .file("order.md", lesson(2, &[BOB, ANN]))
        .file("more.md", lesson(7, &[ANN, BOB]))
        .file("less.md", lesson(7, &[ANN]));
    let order = "comments in another order";
    says(
        &run(&tree, &["diff", "a.md", "order.md"], 0),
        &[order, "equivalent to A, differs in comment order"],
    );
    let more = run(&tree, &["diff", "a.md", "more.md"], 0);
    says(
        &more,
        &["~ A declares 2 and has 2", "~ B declares 7 and has 2"],
    );
    let less = run(&tree, &["diff", "more.md", "less.md"], 1);
    says(
        &less,
        &["~ A declares 7 and has 2", "~ B declares 7 and has 1"],
    );
    let same = run(&tree, &["diff", "a.md", "a.md"], 0);
    assert!(
        !same.contains("declares") && !same.contains(order),
        "{same}"
    );
    let scan = run(&tree, &["scan", "a.md", "order.md", "less.md"], 0);
    says(
        &scan,
        &["differs in comment order", "C declares 7 and has 1"],
    );
}

#[test]
fn a_text_of_which_only_the_comments_are_left() {
    let comments = format!("## Comments (2)\n\n{BOB}{ANN}");
    let tree = Tree::new("words-start")
        .file("full.md", format!("{BODY}## Comments (2)\n\n{ANN}{BOB}"))
        .file("left.md", comments);
    let words = "truncated before the first word - has nothing of A's body";
    says(&run(&tree, &["diff", "full.md", "left.md"], 1), &[words]);
    let scan = run(&tree, &["scan"], 0);
    says(
        &scan,
        &[
            words,
            "0 % of A is in B (0 of 186 characters)\n",
            "(186 characters, before line 1 of B)",
            "all 2 present, in another order",
        ],
    );
    let json = run(
        &tree,
        &["diff", "--format", "json", "full.md", "left.md"],
        1,
    );
    says(&json, &["\"where\":\"before the first word\""]);
}

#[test]
fn damage_in_documents_without_a_copy() {
    let tree = Tree::new("words-damage").file("a page.html", format!("<p>{BODY}<!-- <p>And more."));
    let words = "a page.html: 1 unclosed comment, at line 7";
    let scan = run(&tree, &["scan"], 0);
    says(
        &scan,
        &[&format!("damage in documents without a copy\n  {words}\n")],
    );
    let normalized = run(&tree, &["normalize", "a page.html"], 0);
    says(
        &normalized,
        &["lacuna: a page.html: damage: 1 unclosed comment, at line 7\n"],
    );
    let quiet = run(&tree, &["normalize", "-q", "a page.html"], 0);
    assert_eq!(quiet, "");
    let json = run(&tree, &["scan", "--format", "json"], 0);
    let counted = "\"damage_counts\":[{\"kind\":\"unclosed comment\",\"count\":1,\"first\":";
    says(&json, &[counted]);
}

#[test]
fn paths_are_never_broken_and_wide_ones_have_a_line_of_their_own() {
    let name = format!("{} 的第 1 课.md", "很长的名字".repeat(9));
    let (cut, alone) = (format!("cut/{name}"), format!("alone/{name}"));
    let tree = Tree::new("words-paths")
        .file(&format!("full/{name}"), BODY)
        .file(&cut, &BODY[..BODY.len() / 2 + 9])
        .file(&alone, "Other words.\n")
        .file("empty/a.md", "");
    let scan = run(&tree, &["scan"], 0);
    for path in [format!("full/{name}"), cut, alone] {
        let whole = |line: &str| line.trim_end_matches(',').trim() == path;
        assert!(scan.lines().any(whole), "{path} has no line in\n{scan}");
    }
    let is_wide = |line: &&str| {
        line.chars()
            .map(|c| 1 + usize::from(c > '⻀'))
            .sum::<usize>()
            > 80
    };
    let wide: Vec<&str> = scan.lines().filter(is_wide).collect();
    assert_eq!(wide.len(), 3, "{wide:#?}");
}

#[test]
fn a_budget_that_ends_is_told() {
    let nested = "<h3>Comments</h3><div><div><div><div><div><div><div><p>a</p><p>b</p><p>c</p>\n"
        .repeat(400);
    let tree = Tree::new("words-budget")
        .file("one.html", format!("<p>{BODY}</p>\n{nested}"))
        .file("two.html", format!("<p>{BODY}</p>\n{nested}<p>And more."));
    let what = "lists of comments without classes were not looked for everywhere";
    says(
        &run(&tree, &["normalize", "one.html"], 0),
        &["lacuna: one.html: from line ", &format!(" on, {what}\n")],
    );
    let json = run(&tree, &["normalize", "--format", "json", "one.html"], 0);
    let told = format!("\"approximations\":[{{\"what\":\"{what}\",\"lines\":{{\"first\":");
    says(&json, &[&told]);
    let diff = run(&tree, &["diff", "one.html", "two.html"], 1);
    says(&diff, &["approximated at lines "]);
    let scan = run(&tree, &["scan"], 0);
    says(&scan, &["1 pair compared, 1 approximated"]);
}
