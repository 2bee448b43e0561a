//! Paths as URI references (RFC 3986).

use std::fmt::Write;

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Uri {
    /// Somewhere below the folder that the program was run in.
    Relative(String),
    /// To one place of this machine.
    Absolute(String),
}

/// The URI of a path with `/` between its parts. All but letters, digits and `-._~` of ASCII is
/// percent-encoded, so that nothing in a path is a scheme, a query or a fragment.
pub(super) fn of(path: &str) -> Uri {
    if let Some(rest) = path.strip_prefix('/') {
        return Uri::Absolute(format!("file:///{}", encoded(rest)));
    }
    if let Some((drive, rest)) = path.split_once(":/")
        && drive.len() == 1
        && drive.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return Uri::Absolute(format!("file:///{drive}:/{}", encoded(rest)));
    }
    Uri::Relative(encoded(path.trim_start_matches("./")))
}

fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + path.len() / 4);
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_become_uris() {
        for (path, uri) in [
            ("docs/tea.md", "docs/tea.md"),
            ("./docs/tea.md", "docs/tea.md"),
            ("../tea.md", "../tea.md"),
            ("a b/c#d?e%41.md", "a%20b/c%23d%3Fe%2541.md"),
            ("mailto:x@y", "mailto%3Ax%40y"),
            ("茶.md", "%E8%8C%B6.md"),
            ("docs\\tea.md", "docs%5Ctea.md"),
            ("a\0\n\u{202e}", "a%00%0A%E2%80%AE"),
        ] {
            assert_eq!(of(path), Uri::Relative(uri.to_owned()), "{path:?}");
        }
        for (path, uri) in [
            ("/srv/a b.md", "file:///srv/a%20b.md"),
            ("//host/a.md", "file:////host/a.md"),
            ("C:/docs/tea.md", "file:///C:/docs/tea.md"),
        ] {
            assert_eq!(of(path), Uri::Absolute(uri.to_owned()), "{path:?}");
        }
    }

    proptest! {
        #[test]
        fn every_path_comes_back(path in "[a-z][^/]{0,20}") {
            let Uri::Relative(uri) = of(&path) else { panic!("{path:?} is absolute") };
            prop_assert!(uri.is_ascii());
            let mut bytes = Vec::new();
            let mut rest = uri.as_bytes();
            while let [first, tail @ ..] = rest {
                let (byte, tail) = match (first, tail) {
                    (b'%', [high, low, tail @ ..]) => {
                        let digits = String::from_utf8(vec![*high, *low]).unwrap();
                        (u8::from_str_radix(&digits, 16).unwrap(), tail)
                    }
                    _ => (*first, tail),
                };
                bytes.push(byte);
                rest = tail;
            }
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), path);
        }
    }
}
