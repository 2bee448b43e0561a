//! Reads a start tag again: the outline keeps where it stands, not what it says.

use memchr::memchr;

/// The attributes of `tag` (`<name a="b" c=d e>`), as written, entities undecoded.
pub(super) fn attributes(tag: &str) -> Attributes<'_> {
    let rest = tag.strip_prefix('<').unwrap_or("");
    let name = find(rest, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
    Attributes {
        rest: &rest[name..],
    }
}

/// The value of the attribute `name`, in lower case, if `tag` has it.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    attributes(tag)
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// Name and value of each attribute; no value is an empty one.
pub(super) struct Attributes<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let is_between = |byte: u8| is_space(byte) || matches!(byte, b'/' | b'=');
        let rest = &self.rest[find(self.rest, |byte| !is_between(byte))..];
        if let [] | [b'>', ..] = rest.as_bytes() {
            self.rest = "";
            return None;
        }
        let ends_name = |byte: u8| is_space(byte) || matches!(byte, b'=' | b'>' | b'/');
        let (name, after) = rest.split_at(find(rest, ends_name));
        let Some(value) = trim_start(after).strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = trim_start(value);
        let (value, after) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let value = &value[1..];
                match memchr(*quote, value.as_bytes()) {
                    Some(end) => (&value[..end], &value[end + 1..]),
                    None => (value, ""),
                }
            }
            _ => value.split_at(find(value, |byte| is_space(byte) || byte == b'>')),
        };
        self.rest = after;
        Some((name, value))
    }
}

fn trim_start(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~', ..] => text,
        _ => text.trim_start(),
    }
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

/// Where the first such byte, of ASCII, stands; or else the end.
fn find(text: &str, is_wanted: impl Fn(u8) -> bool) -> usize {
    let found = text.bytes().position(is_wanted);
    found.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_browsers_do() {
        let check = |tag: &str, expected: &[(&str, &str)]| {
            assert_eq!(attributes(tag).collect::<Vec<_>>(), expected, "{tag}");
        };
        check("<p>", &[]);
        check("", &[]);
        check(
            "<img src='a b' width=\"30px\"/>",
            &[("src", "a b"), ("width", "30px")],
        );
        check(
            "<a HREF = x hidden\n class=y>",
            &[("HREF", "x"), ("hidden", ""), ("class", "y")],
        );
        check("<a b=\"unclosed>", &[("b", "unclosed>")]);
        check("<a =x>", &[("x", "")]);
        assert_eq!(attribute("<time DateTime=2024>", "datetime"), Some("2024"));
        assert_eq!(attribute("<time>", "datetime"), None);
    }
}
