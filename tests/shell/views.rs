//! Every format of every view: what documents, names and addresses say is shown, never obeyed.

use super::call::lacuna;
use super::tree::Tree;

/// All formats that `diff` knows, as it says itself.
fn formats(tree: &Tree) -> Vec<String> {
    let run = lacuna(&tree.root, &["diff", "--format", "?", "a", "b"]).run();
    let (_, list) = run.stderr.split_once("[possible values: ").expect("a list");
    let (list, _) = list.split_once(']').expect("its end");
    let formats: Vec<String> = list.split(", ").map(str::to_owned).collect();
    assert!(formats.len() >= 6, "{formats:?}");
    formats
}

/// What could drive a terminal, hide, or turn the order of a line around.
const ATTACKS: &[&str] = &[
    "\x1b[2J\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x1bP1$q\x1b\\",
    "\x1b_G\x1b\\",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{90}x\u{9c}",
    "\u{84}\u{85}\u{8d}",
    "\u{202a}\u{202b}\u{202d}\u{202e}x\u{202c}",
    "\u{2066}\u{2067}\u{2068}x\u{2069}",
    "\u{200e}\u{200f}\u{61c}",
    "over\rwritten",
    "back\x08\x08\x08space",
    "\x07\x0b\x0c\x0e\x0f\x7f",
    "a\0b",
    "zero\u{200b}width\u{2060}\u{feff}\u{ad}",
    "\u{2028}\u{2029}",
    "\u{fff9}\u{fffa}\u{fffb}",
    "\u{e0001}\u{e001f}",
];

/// The same text with something else among it, as a lesson with a picture and comments.
fn lesson(attack: &str, other: &str, html: bool) -> String {
    let filler = "A passage that both have, and that is long enough to be seen as one, \
        whatever else there may be in the two of them.";
    let image = format!("https://example.org/{attack}{other}.png");
    let comment = |author: &str, text: &str| match html {
        true => format!(
            "<li class=\"comment\"><b class=\"fn\">{author}{attack}</b> <time>2024-01-02</time>\
             <div class=\"comment-content\"><p>{text} {attack}</p></div></li>\n"
        ),
        false => format!("- **{author}{attack}** 2024-01-02 👍(1)\n\n  {text} {attack}\n\n"),
    };
    let comments = comment("Ann", other) + &comment(other, "a comment of its own");
    match html {
        true => format!(
            "<title>Title {attack}{other}</title><h1>Head {attack}{other}</h1><p>{filler}</p>\
             <p>Words {attack} and {other} more {attack}.</p><p>{other} {attack} alone</p>\
             <pre>code {attack}\n  {other}</pre><img src=\"{image}\" alt=\"alt {attack}\">\
             <ol class=\"comment-list\" id=\"comments\">{comments}</ol>"
        ),
        false => format!(
            "---\ntitle: T{attack}{other}\n---\n\n# Head {attack}{other}\n\n{filler}\n\n\
             Words {attack} and {other} more {attack}.\n\n{other} {attack} alone\n\n\
             ```\ncode {attack}\n  {other}\n```\n\n![alt {attack}]({image})\n\n\
             ## Comments (2)\n\n{comments}"
        ),
    }
}

/// Whether a character may not arrive raw. Line ends and tabs are part of every format.
fn is_raw(c: char) -> bool {
    matches!(c,
        '\0'..='\x08' | '\x0b'..='\x1f' | '\x7f'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e001f}')
}

/// Runs each of `commands` in each format.
fn check(tree: &Tree, formats: &[String], commands: &[&[&str]]) {
    for format in formats {
        for command in commands {
            let arguments = [&["diff", "--binary", "--format", format], *command].concat();
            let run = lacuna(&tree.root, &arguments).run().expect(1);
            let shown = run.text().to_owned() + &run.stderr;
            let raw = shown.chars().find(|c| is_raw(*c));
            assert_eq!(raw, None, "{arguments:?}: {shown:?}");
        }
    }
}

#[test]
fn nothing_drives_a_terminal_in_any_view() {
    let all: String = ATTACKS.concat();
    let name = all.chars().filter(|c| *c != '\0' && *c != '/').take(60);
    let name: String = name.collect();
    let attacks = ATTACKS.iter().copied().chain([all.as_str()]);
    for (number, attack) in attacks.enumerate() {
        let all = number == ATTACKS.len();
        for extension in if all {
            &["md", "html", "txt"][..]
        } else {
            &["md", "html"]
        } {
            let html = *extension == "html";
            let (a, b) = (format!("{name}.{extension}"), format!("b.{extension}"));
            let (a, b) = (a.as_str(), b.as_str());
            let tree = Tree::new(&format!("views-{number}-{extension}"))
                .file(a, lesson(attack, "one", html))
                .file(b, lesson(attack, "other", html));
            let formats = formats(&tree);
            check(&tree, &formats, &[&[a, b]]);
            let of_several = ["text", "html", "json", "tei"].map(str::to_owned);
            check(&tree, &of_several, &[&[a, b, a]]);
            if all {
                let more = [
                    &[b, a][..],
                    &["--ascii", a, b],
                    &["--quiet", a, b],
                    &["-U9", b, a],
                ];
                check(&tree, &formats, &more);
            }
        }
    }
}
