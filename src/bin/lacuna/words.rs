//! Words about the output, on standard error.

use std::fmt::Write as _;
use std::io::{self, Write as _};

/// Says `message`. That nobody listens is no error.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "lacuna: {}", escaped(message));
}

/// Says `message` about the input called `name`.
pub fn say_about(name: &str, message: &str) {
    say(&format!("{name}: {message}"));
}

/// `text` without characters that drive a terminal, or that make a line look like another: a file
/// name may hold any.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if drives(character) => {
                let _ = write!(out, "\\u{{{:X}}}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out
}

/// Whether a terminal may act on `character` rather than show it.
fn drives(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{061C}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_drive_the_terminal() {
        for (text, expected) in [
            ("课程.md", "课程.md"),
            ("a\nb", "a\\nb"),
            ("\u{1b}[31mred", "\\u{1B}[31mred"),
            ("\u{9b}2J", "\\u{9B}2J"),
            ("x\u{202E}dm.y", "x\\u{202E}dm.y"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
