//! Where addresses are written in markup. What is no address after all leads to no file, and what
//! was changed is read again; so this need not know all rules of a language.

use std::ops::Range;

use crate::text::Format;

/// The addresses in `source`, in order, without what stands around them.
pub(super) fn find(source: &str, format: Format) -> Vec<Range<usize>> {
    let mut found = match format {
        Format::Plain => return Vec::new(),
        Format::Html => Vec::new(),
        Format::Markdown => in_links(source),
    };
    found.extend(in_tags(source));
    found.sort_by_key(|range| (range.start, range.end));
    found.dedup_by(|next, last| next.start < last.end);
    found.retain(|range| !range.is_empty());
    found
}

/// `](address "title")` and `](<address>)`, and what a line `[name]: address` defines.
fn in_links(source: &str) -> Vec<Range<usize>> {
    let behind = source.match_indices("](").chain(source.match_indices("]:"));
    let address = |(at, mark): (usize, &str)| {
        let rest = &source[at + mark.len()..];
        let inside = rest.trim_start_matches([' ', '\t']);
        let start = source.len() - inside.len();
        match inside.strip_prefix('<') {
            Some(inside) => {
                let end = near(inside).find(['>', '\n']).unwrap_or(0);
                start + 1..start + 1 + end
            }
            None => start..start + bare(near(inside)),
        }
    };
    behind.map(address).collect()
}

/// No address is longer, in bytes.
const LONGEST: usize = 4096;

/// As much of a text as an address may have.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// The length of an address that ends with white space or a parenthesis that it did not open.
fn bare(text: &str) -> usize {
    let mut open = 0_usize;
    let end = text.find(|c: char| {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return true,
            ')' => open -= 1,
            _ => return c.is_whitespace() || c == '<',
        }
        false
    });
    end.unwrap_or(text.len())
}

/// Attributes that hold an address.
const ATTRIBUTES: [&str; 6] = ["src", "href", "poster", "data", "data-src", "data-original"];

/// The values of such attributes in start tags.
fn in_tags(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = source[at..].find('<') {
        at += start + 1;
        if !source[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        at += name(&source[at..]);
        while let Some((attribute, value, end)) = attribute(source, at) {
            if ATTRIBUTES
                .iter()
                .any(|known| known.eq_ignore_ascii_case(attribute))
            {
                found.push(value);
            }
            at = end;
        }
    }
    found
}

/// The length of the name of a tag or an attribute.
fn name(text: &str) -> usize {
    let end = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\'');
    text.find(end).unwrap_or(text.len())
}

/// The attribute after `at` in a tag: its name, where its value is, and where it ends. `None` where the
/// tag ends.
fn attribute(source: &str, at: usize) -> Option<(&str, Range<usize>, usize)> {
    let rest = source[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    let start = source.len() - rest.len();
    let len = name(rest);
    if len == 0 {
        return None;
    }
    let name = &rest[..len];
    let behind = rest[len..].trim_start();
    let Some(value) = behind.strip_prefix('=').map(str::trim_start) else {
        return Some((name, start..start, start + len));
    };
    let from = source.len() - value.len();
    match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => {
            let end = from + 1 + value[1..].find(quote)?;
            Some((name, from + 1..end, end + 1))
        }
        None => {
            let is_end = |c: char| c.is_whitespace() || c == '>';
            let end = from + value.find(is_end).unwrap_or(value.len());
            Some((name, from..end, end))
        }
    }
}
