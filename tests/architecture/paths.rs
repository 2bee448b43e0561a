//! Just enough of Rust's grammar to see which rooms a source file names.

/// The rooms that `source`, the file of `module`, names by a path from the root of the crate, be
/// it in a `use` or in the middle of an expression.
pub fn rooms(source: &str, module: &[String]) -> Vec<String> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // The inline modules around the token, each with the depth of braces it stands in.
    let mut inline: Vec<usize> = Vec::new();
    let mut braces = 0;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at] {
            "{" => {
                braces += 1;
                if at >= 2 && tokens[at - 2] == "mod" {
                    inline.push(braces);
                }
            }
            "}" => {
                if inline.last() == Some(&braces) {
                    inline.pop();
                }
                braces -= 1;
            }
            "crate" if starts_path(&tokens, at) => names(&tokens, at + 1, &mut found),
            "super" if starts_path(&tokens, at) => {
                let depth = module.len() + inline.len();
                let mut up = 1;
                while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2) == Some(&"super") {
                    up += 1;
                    at += 2;
                }
                if up == depth {
                    names(&tokens, at + 1, &mut found);
                }
            }
            _ => {}
        }
        at += 1;
    }
    found.sort();
    found.dedup();
    found
}

/// Whether the file has `mod name;`.
pub fn declares(source: &str, name: &str) -> bool {
    let tokens = tokens(source);
    tokens.windows(3).any(|three| three == ["mod", name, ";"])
}

/// Whether the file has `name!`.
pub fn calls_macro(source: &str, name: &str) -> bool {
    tokens(source).windows(2).any(|two| two == [name, "!"])
}

/// Whether the file has the word outside of comments and literals.
pub fn has_word(source: &str, word: &str) -> bool {
    tokens(source).contains(&word)
}

fn starts_path(tokens: &[&str], at: usize) -> bool {
    tokens.get(at + 1) == Some(&"::") && (at == 0 || tokens[at - 1] != "::")
}

/// What follows `crate` in a path or a tree of them: `::a`, or `::{a, b::c}`. Items that the root
/// re-exports from `error` count as that room.
fn names(tokens: &[&str], at: usize, found: &mut Vec<String>) {
    let mut add = |name: &str| {
        let name = if name.starts_with("Error") {
            "error"
        } else {
            name
        };
        found.push(name.to_owned());
    };
    match tokens.get(at + 1) {
        Some(&"{") => {
            let mut depth = 0;
            let mut first = true;
            for token in &tokens[at + 1..] {
                match *token {
                    "{" => {
                        depth += 1;
                        first = depth == 1;
                    }
                    "}" => depth -= 1,
                    "," => first = depth == 1,
                    name if first => {
                        add(name);
                        first = false;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        }
        Some(name) => add(name),
        None => {}
    }
}

/// Words, `::`, and single other characters; no white space, comments, strings or characters.
fn tokens(source: &str) -> Vec<&str> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &source[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = string(rest).or_else(|| character(rest)) {
            length
        } else if rest.starts_with("::") {
            found.push(&rest[..2]);
            2
        } else {
            let word = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let length = if word > 0 {
                word
            } else {
                rest.chars().next().map_or(1, char::len_utf8)
            };
            if !rest[..length].trim().is_empty() {
                found.push(&rest[..length]);
            }
            length
        };
        at += length;
    }
    found
}

/// The length of the string literal at the start of `rest`, if there is one.
fn string(rest: &str) -> Option<usize> {
    let prefix = rest.len() - rest.trim_start_matches(['b', 'r', 'c']).len();
    let hashes = rest[prefix..].len() - rest[prefix..].trim_start_matches('#').len();
    let open = prefix + hashes;
    if !rest[open..].starts_with('"') || prefix > 2 || (prefix == 0 && hashes > 0) {
        return None;
    }
    if rest[..prefix].contains('r') {
        let close = format!("\"{}", "#".repeat(hashes));
        let end = rest[open + 1..].find(&close)?;
        return Some(open + 1 + end + close.len());
    }
    let mut escaped = false;
    for (offset, c) in rest[open + 1..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(open + 1 + offset + 1),
            _ => {}
        }
    }
    None
}

/// The length of the character literal at the start of `rest`, if it is one and no lifetime.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let mut chars = inner.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let end = inner[2..].find('\'')?;
        return Some(1 + 2 + end + 1);
    }
    let (offset, close) = chars.next()?;
    (close == '\'').then_some(1 + offset + 1)
}

#[test]
fn paths_are_seen_wherever_they_stand() {
    let check = |source: &str, module: &[&str], expected: &[&str]| {
        let module: Vec<String> = module.iter().map(|part| (*part).to_owned()).collect();
        assert_eq!(rooms(source, &module), expected, "{source}");
    };
    check("use crate::text::Span;", &["index"], &["text"]);
    check(
        "use crate::{Error, text::{Span, fold}, index};",
        &["x"],
        &["error", "index", "text"],
    );
    check("fn f(a: crate::collate::A) {}", &["x"], &["collate"]);
    check("use super::text::Span;", &["index"], &["text"]);
    check("use super::text::Span;", &["index", "sketch"], &[]);
    check("use super::super::text;", &["index", "sketch"], &["text"]);
    check(
        "mod tests { use super::text; } use super::merge;",
        &["x"],
        &["merge"],
    );
    check("mod tests { use super::super::text; }", &["x"], &["text"]);
    check(
        "// crate::merge\n/* crate::audit */ \"crate::index\"",
        &["x"],
        &[],
    );
    check(
        "r#\"crate::index \"quoted\" \"#; '\"'; crate::text",
        &["x"],
        &["text"],
    );
    check(
        "fn f<'a>(b: &'a str) { crate::text::f('\\'', 'x') }",
        &["x"],
        &["text"],
    );
}
