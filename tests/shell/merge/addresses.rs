//! What grafts point to is where they point, whatever folder they came from.

use std::path::{Component, Path, PathBuf};

use super::{ledger, merge};
use crate::shell::tree::Tree;

const TEA: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0tea";
const POT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0pot";
const CUP: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0cup";

/// Text that nothing else has.
fn words(name: &str) -> String {
    let words: Vec<String> = (0..24).map(|at| format!("{name}{at}")).collect();
    words.join(" ") + "."
}

fn lesson(parts: std::ops::Range<usize>) -> Vec<String> {
    parts.map(|part| words(&format!("kiln{part}x"))).collect()
}

/// The file that `address` leads to in the document `path`.
fn target(path: &str, address: &str) -> String {
    let address = address
        .replace("%20", " ")
        .replace("%28", "(")
        .replace("%29", ")");
    let mut parts = PathBuf::new();
    for part in Path::new(path).parent().unwrap().join(address).components() {
        match part {
            Component::ParentDir => assert!(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.to_str().unwrap().to_owned()
}

/// Two dumps with folders of their own, in which one picture has the name that another one has in
/// the other dump.
fn tree(name: &str, base: &str, extension: &str, graft: &str) -> Tree {
    Tree::new(name)
        .file(&format!("a/course/tea.{extension}"), base)
        .file("a/img/1.png", TEA)
        .file("b/img/1.png", POT)
        .file("b/img/2.png", TEA)
        .file("b/lessons/01/the cup.png", CUP)
        .file("b/lessons/01/tea.md", graft)
        .file("b/lessons/01/water.md", words("water"))
}

fn graft() -> String {
    let own = [
        format!("![pot](../../img/1.png) {}", words("pot")),
        "![tea](../../img/2.png)".to_owned(),
        format!("[water](water.md#boil) {}", words("linked")),
        "<img src=\"the%20cup.png\" alt=\"cup\">".to_owned(),
        "![gone](../gone.png)".to_owned(),
    ];
    [lesson(0..3), own.to_vec(), lesson(3..6)]
        .concat()
        .join("\n\n")
        + "\n"
}

#[test]
fn grafted_addresses_lead_to_the_same_files() {
    let base = format!("![tea](../img/1.png)\n\n{}\n", lesson(0..9).join("\n\n"));
    let tree = tree("merge-addresses", &base, "md", &graft());
    let found = merge(&tree, &["a", "b"], "out", &[]);
    let path = "course/tea.md";
    let said = String::from_utf8_lossy(&found[path]);
    let address = |before: &str, after: char| {
        let at = said
            .find(before)
            .unwrap_or_else(|| panic!("{before}: {said}"));
        let rest = &said[at + before.len()..];
        target(path, &rest[..rest.find(after).unwrap()])
    };
    assert_eq!(found[&address("![pot](", ')')], POT);
    assert_eq!(found[&address("<img src=\"", '"')], CUP);
    assert_eq!(address("[water](", '#'), "lessons/01/water.md");
    assert!(said.contains("\n\n![tea](../img/1.png)\n\n"), "{said}");
    // A picture that is in no dump keeps its address, and so does the base.
    assert!(said.contains("![gone](../gone.png)"), "{said}");
    assert!(said.starts_with("![tea](../img/1.png)\n"), "{said}");
    for again in [["out", "a"], ["out", "b"], ["out", "out"], ["b", "out"]] {
        let out = format!("again-{}", again.concat());
        let merged = merge(&tree, &again, &out, &[]);
        assert_eq!(String::from_utf8_lossy(&merged[path]), said, "{again:?}");
    }
}

/// Other markup, the same files.
#[test]
fn converted_addresses_lead_to_the_same_files() {
    let base = format!("<p>{}</p>\n", lesson(0..9).join("</p>\n<p>"));
    let tree = tree("merge-addresses-html", &base, "html", &graft());
    let found = merge(&tree, &["a", "b"], "out", &[]);
    let path = "course/tea.html";
    let said = String::from_utf8_lossy(&found[path]);
    let addresses: Vec<&str> = said
        .split(" src=\"")
        .skip(1)
        .map(|rest| &rest[..rest.find('"').unwrap()])
        .collect();
    assert_eq!(addresses.len(), 4, "{said}");
    for picture in [POT, TEA, CUP] {
        let leads = |address: &&&str| {
            let file = found.get(&target(path, address));
            file.is_some_and(|bytes| bytes == picture)
        };
        assert_eq!(addresses.iter().filter(leads).count(), 1, "{said}");
    }
    let again = merge(&tree, &["out", "b"], "again", &[]);
    assert_eq!(String::from_utf8_lossy(&again[path]), said);
    assert!(!ledger(&tree, "out").contains(r#""kind":"asset""#));
}
