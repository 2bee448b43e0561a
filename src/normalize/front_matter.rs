//! Rule 2 for what stands at the head of a file: YAML between `---`, or TOML between `+++`.
//!
//! Read line by line, without a parser of either language: a block is a top-level key with all
//! that belongs to it, as `key: value`. Quotes and brackets and the marks of lists vanish, and
//! items are joined by `, `, so that both languages read the same. Values are not interpreted:
//! aliases, dates and the like stay as they are written. A line that belongs to no key, such as
//! a comment, is a block of its own.

mod value;

use std::ops::Range;

use self::value::Value;
use super::builder::Builder;
use super::line::Line;
use crate::text::{BlockKind, Section};

/// Builds a block for each key of the front matter, if there is any, and gives the offset at
/// which the body begins: 0 if there is none. What never closes, or does not begin with a key,
/// is no front matter.
pub(crate) fn segment(builder: &mut Builder<'_>) -> usize {
    let text = builder.decoded();
    let Some((language, lines, body)) = find(text) else {
        return 0;
    };
    builder.set_section(Section::FrontMatter);
    let mut at = lines.start;
    while at < lines.end {
        let first = Line::at(text.as_bytes(), at);
        at = entry_end(text, &first, lines.end, language);
        build(builder, &first, at, language);
    }
    builder.set_section(Section::Body);
    body
}

/// The two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Yaml,
    Toml,
}

impl Language {
    /// What stands between key and value.
    fn separator(self) -> u8 {
        match self {
            Self::Yaml => b':',
            Self::Toml => b'=',
        }
    }
}

/// The language, the range of the lines between the fences, and where the body begins.
fn find(text: &str) -> Option<(Language, Range<usize>, usize)> {
    let (language, fence) = match text.as_bytes().get(..3)? {
        b"---" => (Language::Yaml, "---"),
        b"+++" => (Language::Toml, "+++"),
        _ => return None,
    };
    let first = Line::at(text.as_bytes(), 0);
    if text[..first.end].trim_end() != fence {
        return None;
    }
    let mut at = first.next;
    let mut begun = false;
    while at < text.len() {
        let line = Line::at(text.as_bytes(), at);
        let content = text[at..line.end].trim_end();
        if content == fence || (content == "..." && language == Language::Yaml) {
            return begun.then_some((language, first.next..at, line.next));
        }
        begun = begun || begins(text, &line, language);
        if !begun && !line.is_blank() && !line.rest.starts_with(b"#") {
            return None;
        }
        at = line.next;
    }
    None
}

/// Whether the line can be the first of front matter: a key that is no sentence, or a table.
fn begins(text: &str, line: &Line<'_>, language: Language) -> bool {
    let is_name = |name: Range<usize>| !text[name].contains(char::is_whitespace);
    head(text, line, language).is_some_and(|(name, _)| is_name(name))
}

/// Where the entry ends whose first line is `first`.
fn entry_end(text: &str, first: &Line<'_>, end: usize, language: Language) -> usize {
    let mut at = first.next;
    let in_table = table(text, first).is_some() && language == Language::Toml;
    if head(text, first, language).is_none() {
        return at;
    }
    while at < end {
        let line = Line::at(text.as_bytes(), at);
        let belongs = line.is_blank()
            || line.indent > 0
            || match language {
                Language::Yaml => matches!(line.rest[0], b'-' | b']' | b'}'),
                Language::Toml if in_table => table(text, &line).is_none(),
                Language::Toml => head(text, &line, language).is_none() && line.rest[0] != b'#',
            };
        if !belongs {
            break;
        }
        at = line.next;
    }
    at
}

fn build(builder: &mut Builder<'_>, first: &Line<'_>, end: usize, language: Language) {
    let text = builder.decoded();
    let end = first.start + text[first.start..end].trim_end().len();
    builder.open(BlockKind::Metadata, first.start);
    match head(text, first, language) {
        Some((key, value)) => {
            builder.verbatim(key.clone());
            builder.replaced(key.end..value, ": ");
            Value::new(builder, value..end.max(value), language.separator()).build();
        }
        None => builder.verbatim(first.start..end),
    }
    builder.close(end);
}

/// The key, or the name of the table, that the line begins with, and where its value begins.
fn head(text: &str, line: &Line<'_>, language: Language) -> Option<(Range<usize>, usize)> {
    if line.indent > 0 || line.is_blank() {
        return None;
    }
    if language == Language::Toml
        && let Some(name) = table(text, line)
    {
        return Some((name, line.end));
    }
    value::key(text, line.start..line.end, language.separator())
}

/// The name in `[name]` or `[[name]]`.
fn table(text: &str, line: &Line<'_>) -> Option<Range<usize>> {
    let content = text[line.start..line.end].trim_end();
    let name = content.strip_prefix('[')?.strip_suffix(']')?;
    let (name, brackets) = match name.strip_prefix('[') {
        Some(inner) => (inner.strip_suffix(']')?, 2),
        None => (name, 1),
    };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ');
    let start = line.start + brackets;
    (!name.is_empty() && name.chars().all(is_name)).then(|| start..start + name.len())
}

#[cfg(test)]
mod tests;
