//! Which format a document is in, from its extension and its content.

use std::iter;

use memchr::{memchr_iter, memmem};

use crate::text::Format;

/// The format of a document. A name that says so decides, but that Markdown which begins like an
/// HTML document is one; without such a name the content does.
pub(crate) fn detect(text: &str, extension: Option<&str>) -> Format {
    match extension.and_then(Format::of_extension) {
        Some(Format::Html) => Format::Html,
        _ if begins_like_html(text) => Format::Html,
        Some(named) => named,
        None if looks_like_markdown(text) => Format::Markdown,
        None => Format::Plain,
    }
}

/// Whether a document begins as HTML does: a doctype, or `html`, `head` or `body` as its first
/// element, after comments and an XML declaration.
fn begins_like_html(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            "?>"
        } else {
            break;
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
    let begins = |name: &str| {
        rest.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
            && !rest[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
    };
    ["<!doctype html", "<html", "<head", "<body"]
        .into_iter()
        .any(begins)
}

/// How much of a document is looked at, in bytes: enough to meet a heading or a link, little
/// enough to cost nothing.
const SIGHT: usize = 8 * 1024;

/// Whether a text without a name that tells its format is marked up: it has end tags of blocks,
/// or at least two different signs of Markdown.
fn looks_like_markdown(text: &str) -> bool {
    let head = text.floor_char_boundary(SIGHT);
    // Comment lists are at the end.
    let tail = text.ceil_char_boundary(text.len().saturating_sub(SIGHT).max(head));
    let mut seen = [false; SIGNS];
    for part in [&text[..head], &text[tail..]] {
        if has_block_end_tag(part) {
            return true;
        }
        seen[LINK] |= memmem::find(part.as_bytes(), b"](").is_some();
        seen[STRONG] |= has_strong(part);
        let starts = memchr_iter(b'\n', part.as_bytes()).map(|at| at + 1);
        for start in iter::once(0).chain(starts) {
            if let Some(sign) = sign(&part[start..]) {
                seen[sign] = true;
            }
        }
    }
    seen.iter().filter(|seen| **seen).count() >= 2
}

fn has_block_end_tag(text: &str) -> bool {
    let mut tags = memmem::find_iter(text.as_bytes(), "</");
    tags.any(|at| {
        ["div>", "p>", "li>"]
            .iter()
            .any(|name| text[at + 2..].starts_with(name))
    })
}

/// The signs of Markdown.
const SIGNS: usize = 7;
const HEADING: usize = 0;
const FENCE: usize = 1;
const ITEM: usize = 2;
const QUOTATION: usize = 3;
const TABLE: usize = 4;
const LINK: usize = 5;
const STRONG: usize = 6;

/// The sign that the first line of `text` begins with.
fn sign(text: &str) -> Option<usize> {
    let rest = text.as_bytes();
    match rest.first()? {
        b'#' => {
            let hashes = rest.iter().take_while(|byte| **byte == b'#').count();
            (hashes <= 6 && rest.get(hashes) == Some(&b' ')).then_some(HEADING)
        }
        b'`' | b'~' => (text.starts_with("```") || text.starts_with("~~~")).then_some(FENCE),
        b'-' | b'*' => (rest.get(1) == Some(&b' ')).then_some(ITEM),
        b'1' => text.starts_with("1. ").then_some(ITEM),
        b'>' => (rest.get(1) == Some(&b' ')).then_some(QUOTATION),
        _ => {
            let row = text.trim_start_matches(|c: char| c != '\n' && c.is_whitespace());
            let is_rule = |row: &str| {
                row.split('\n')
                    .next()
                    .is_some_and(|row| row.contains("---"))
            };
            (row.starts_with('|') && is_rule(row)).then_some(TABLE)
        }
    }
}

/// Whether a line has two of the marks that begin or end strong text.
fn has_strong(text: &str) -> bool {
    let mut last = None;
    memmem::find_iter(text.as_bytes(), b"**").any(|at| {
        let first = last.replace(at);
        first.is_some_and(|first| !text.as_bytes()[first..at].contains(&b'\n'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_then_content() {
        for (extension, text, expected) in [
            (Some("md"), "just words", Format::Markdown),
            (Some("HTML"), "just words", Format::Html),
            (Some("md"), "<!DOCTYPE html><p>x", Format::Html),
            (Some("txt"), "just words", Format::Plain),
            (
                Some("txt"),
                "<?xml version='1.0'?>\n<!-- x --><html lang='en'>",
                Format::Html,
            ),
            (Some("txt"), "<header>x", Format::Plain),
            (
                Some("txt"),
                "## One\n\n**two** and **three**",
                Format::Markdown,
            ),
            (Some("txt"), "# a shell script\nls", Format::Plain),
            (
                Some("txt"),
                "text\n<div><strong>Comments (1)</strong></div>",
                Format::Markdown,
            ),
            (None, "", Format::Plain),
        ] {
            assert_eq!(detect(text, extension), expected, "{extension:?} {text}");
        }
    }
}
