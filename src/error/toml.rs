//! What a configuration file says that has no meaning, in words that help to put it right.

use super::{Error, ErrorKind};

/// The error of the TOML reader about `text`, with the line, and for an unknown key or value the
/// nearest known one.
pub fn in_toml(text: &str, error: &toml::de::Error) -> Error {
    let mut message = error.message().to_owned();
    if let Some(near) = nearest_expected(&message) {
        let what = message.split(", expected").next().unwrap_or_default();
        message = format!("{what}; did you mean `{near}`?");
    }
    match error.span() {
        Some(span) => at_line(text, span.start, &message),
        None => Error::new(ErrorKind::Config, message),
    }
}

/// An error about what stands at byte `at` of a configuration file.
pub fn at_line(text: &str, at: usize, message: &str) -> Error {
    let line = line_of(text, at);
    Error::new(ErrorKind::Config, format!("line {line}: {message}"))
}

/// The line, from 1, that byte `at` of `text` is on.
pub fn line_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.matches('\n').count() + 1
}

/// The one of `known` that is most like `unknown`.
pub fn nearest<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .min_by_key(|known| distance(unknown, known))
}

/// Of `unknown field `a`, expected one of `b`, `c``, the expected one that is most like `a`.
fn nearest_expected(message: &str) -> Option<&str> {
    let rest = message
        .strip_prefix("unknown field ")
        .or_else(|| message.strip_prefix("unknown variant "))?;
    let mut names = rest.split('`').skip(1).step_by(2);
    let unknown = names.next()?;
    nearest(unknown, names)
}

/// How many characters must change to make one of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let swap = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = swap.min(corner + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_the_one_with_the_fewest_changes() {
        let known = ["severity", "limits", "floor"];
        assert_eq!(nearest("severty", known), Some("severity"));
        assert_eq!(nearest("limit", known), Some("limits"));
        assert_eq!(nearest("x", []), None);
    }
}
