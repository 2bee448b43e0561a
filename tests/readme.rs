//! The documentation shows what the program does: every command in it is run, and what it shows as
//! the output must be the output.
//!
//! A command stands in a fenced block after `$ `; what follows, up to the next command or the end
//! of the block, is its output. A line `…` stands for any lines; a command without output may say
//! whatever it likes. With `BLESS=1` in the environment the pages are rewritten instead.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::program::{lacuna, root};

/// Ways to start the program that stand for the same thing.
const STARTS: [&str; 2] = ["lacuna ", "cargo run --release -- "];

/// A command in a page.
struct Example {
    page: PathBuf,
    /// The line of the command, from 1.
    line: usize,
    arguments: Vec<String>,
    output: String,
}

#[test]
fn every_example_shows_what_the_program_does() {
    let mut wrong = Vec::new();
    let examples: Vec<Example> = pages().into_iter().flat_map(examples).collect();
    assert!(examples.len() >= 3, "the README has no examples");
    // From the last to the first, so that rewriting one moves no other.
    for example in examples.iter().rev() {
        let run = lacuna(&example.arguments);
        let place = format!("{}:{}", example.page.display(), example.line);
        if run.code != 0 && run.code != 1 {
            wrong.push(format!("{place}: exit code {}\n{}", run.code, run.stderr));
        } else if !example.output.is_empty() && !matches(&example.output, run.text()) {
            if env::var_os("BLESS").is_some() {
                rewrite(example, run.text());
            }
            wrong.push(format!("{place}: the output is\n{}", run.text()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Puts the output that was found into the page.
fn rewrite(example: &Example, found: &str) {
    let content = fs::read_to_string(&example.page).unwrap();
    let mut lines: Vec<&str> = content.lines().collect();
    let old = example.line..example.line + example.output.lines().count();
    lines.splice(old, found.trim_end().lines().map(str::trim_end));
    fs::write(&example.page, lines.join("\n") + "\n").unwrap();
}

/// `README.md` and the pages in `docs/`.
fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).into_iter().flatten();
    let docs = docs.map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = docs
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages.insert(0, root().join("README.md"));
    pages
}

fn examples(page: PathBuf) -> Vec<Example> {
    let content = fs::read_to_string(&page).unwrap();
    let mut examples: Vec<Example> = Vec::new();
    let mut fenced = false;
    let mut open = false;
    for (number, line) in content.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
            open = false;
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| fenced) {
            let start = STARTS.iter().find_map(|start| command.strip_prefix(start));
            open = start.is_some();
            examples.extend(start.map(|arguments| Example {
                page: page.clone(),
                line: number + 1,
                arguments: words(arguments),
                output: String::new(),
            }));
        } else if let Some(example) = examples.last_mut().filter(|_| open) {
            example.output.push_str(line);
            example.output.push('\n');
        }
    }
    examples
}

/// Splits a command line: at spaces, but not inside quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split(['\'', '"']).enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Whether `shown`, in which a line `…` stands for any lines, is `found`. White space at the ends
/// of lines does not show.
fn matches(shown: &str, found: &str) -> bool {
    let found: Vec<&str> = found.trim_end().lines().map(str::trim_end).collect();
    let mut at = 0;
    let mut anything = false;
    let parts: Vec<Vec<&str>> = shown
        .trim_end()
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .split(|line| *line == "…")
        .map(<[&str]>::to_vec)
        .collect();
    for (index, part) in parts.iter().enumerate() {
        let last = index + 1 == parts.len();
        let from = if last && anything {
            found.len().saturating_sub(part.len()).max(at)
        } else {
            at
        };
        let place = (from..=found.len().saturating_sub(part.len()))
            .find(|start| found[*start..].starts_with(part));
        match place {
            Some(place) if anything || place == 0 => at = place + part.len(),
            _ => return false,
        }
        anything = true;
    }
    at == found.len() || parts.last().is_some_and(Vec::is_empty)
}

#[test]
fn an_ellipsis_stands_for_any_lines() {
    let check = |shown: &str, found: &str, expected: bool| {
        assert_eq!(matches(shown, found), expected, "{shown:?} {found:?}");
    };
    check("a\nb\n", "a  \nb\n\n", true);
    check("a\nb", "a\nb\nc", false);
    check("b\nc", "a\nb\nc", false);
    check("a\n…", "a\nb\nc", true);
    check("…\nc", "a\nb\nc", true);
    check("a\n…\nc", "a\nb\nb\nc", true);
    check("a\n…\nc", "a\nc\nb", false);
    check("a\n…\na", "a", false);
    check("a\n…\nb\n…\nc", "a\nx\nb\nc", true);
}

#[test]
fn quotes_hold_words_together() {
    assert_eq!(
        words("diff 'a b.md' \"c d\" e"),
        ["diff", "a b.md", "c d", "e"]
    );
}
