//! Names of files in a folder that is written: which there may be, and how they are written down.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use super::OWN_FOLDER;
use crate::{Error, ErrorKind};

/// A part of a name has at most this many bytes: what Linux, macOS and Windows take.
pub const LONGEST_PART: usize = 255;

/// The folder in `.lacuna` that holds what the `.lacuna` of other outputs held.
pub const EARLIER: &str = "earlier";

/// The place of a file in a folder that is written: names with `/` between them, in the bytes that
/// the file has them in. It never leads out of the folder.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(Vec<u8>);

impl Name {
    /// The name `bytes`, with `/` between its parts.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if it is empty, leads out of the folder or into `.lacuna`, has a NUL or
    /// a part of more than [`LONGEST_PART`] bytes, or cannot be a name on this system: bytes that
    /// are not UTF-8 outside Unix; on Windows device names, trailing dots and spaces, and
    /// `<>:"|?*\` and controls.
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        let refuse = |why: &str| {
            let name = to_text(bytes);
            Err(Error::new(ErrorKind::Usage, format!("{name}: {why}")))
        };
        let mut parts = bytes.split(|byte| *byte == b'/');
        match () {
            () if bytes.is_empty() => refuse("an empty name cannot be written"),
            () if bytes.starts_with(b"/") => refuse("a name from the root cannot be written"),
            () if bytes.contains(&0) => refuse("a name with a NUL cannot be written"),
            () if parts.clone().any(|part| matches!(part, b"" | b"." | b"..")) => {
                refuse("a name with an empty part, `.` or `..` cannot be written")
            }
            () if parts.clone().any(|part| part.len() > LONGEST_PART) => {
                refuse("a name of more than 255 bytes cannot be written")
            }
            () if parts.next().is_some_and(is_own) => {
                refuse("what lies in .lacuna is the program's own")
            }
            () if cfg!(windows) && !bytes.split(|byte| *byte == b'/').all(is_windows_name) => {
                refuse("Windows has no such names")
            }
            () if cfg!(not(unix)) && std::str::from_utf8(bytes).is_err() => {
                refuse("a name that is not UTF-8 cannot be written on this system")
            }
            () => Ok(Self(bytes.to_vec())),
        }
    }

    /// The name `bytes` of a file of an output: one like [`new`](Self::new) gives, or one below
    /// `.lacuna/earlier`.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    pub fn of_output(bytes: &[u8]) -> Result<Self, Error> {
        let earlier = format!("{OWN_FOLDER}/{EARLIER}/");
        match bytes.strip_prefix(earlier.as_bytes()) {
            Some(rest) => Self::new(rest).map(|_| Self(bytes.to_vec())),
            None => Self::new(bytes),
        }
    }

    /// The place of the program's own file `name`: in the folder `.lacuna`. The name is one that the
    /// program itself gives: ASCII letters, digits, `-`, `.` and `/`.
    pub fn own(name: &str) -> Self {
        Self(format!("{OWN_FOLDER}/{name}").into_bytes())
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// It, as a path below the folder.
    pub fn path(&self) -> PathBuf {
        self.0
            .split(|byte| *byte == b'/')
            .map(|part| os_name(part.to_vec()))
            .collect()
    }
}

/// As in [`to_text`].
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_text(&self.0))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(unix)]
pub(crate) fn os_name(bytes: Vec<u8>) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes)
}

#[cfg(not(unix))]
pub(crate) fn os_name(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Whether a system on which case does not count would take `part` for our own folder.
fn is_own(part: &[u8]) -> bool {
    part.eq_ignore_ascii_case(OWN_FOLDER.as_bytes())
}

/// Whether Windows can have a file of that name.
fn is_windows_name(part: &[u8]) -> bool {
    let stem = part.split(|byte| *byte == b'.').next().unwrap_or(part);
    let stem = stem.trim_ascii_end();
    let numbered = |name: &[u8]| {
        let digits = stem.get(name.len()..);
        stem.len() == name.len() + 1
            && stem[..name.len()].eq_ignore_ascii_case(name)
            && digits.is_some_and(|digit| digit[0].is_ascii_digit())
    };
    let device = [&b"con"[..], b"prn", b"aux", b"nul", b"conin$", b"conout$"]
        .iter()
        .any(|name| stem.eq_ignore_ascii_case(name));
    !device
        && !numbered(b"com")
        && !numbered(b"lpt")
        && !part.ends_with(b".")
        && !part.ends_with(b" ")
        && !part
            .iter()
            .any(|byte| *byte < b' ' || br#"<>:"|?*\"#.contains(byte))
}

/// A name, or any path, as text that holds every byte of it: `\` is written `\\`, and a byte that
/// is not part of UTF-8 `\xE9`. This is how a name stands in JSON.
pub fn to_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(&chunk.valid().replace('\\', "\\\\"));
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

/// The bytes that [`to_text`] writes as `text`; `None` if it writes no such text.
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('\\');
    bytes.extend_from_slice(parts.next()?.as_bytes());
    while let Some(part) = parts.next() {
        if part.is_empty() {
            // Two in a row: one of them is meant, and what follows is plain.
            bytes.push(b'\\');
            bytes.extend_from_slice(parts.next()?.as_bytes());
        } else {
            let digits = part.strip_prefix('x')?.get(..2)?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            bytes.extend_from_slice(&part.as_bytes()[3..]);
        }
    }
    (to_text(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_lead_nowhere_else_are_taken() {
        for name in [
            "a.md",
            "课程/第 1 课.md",
            "a/..b/...c",
            ".hidden",
            "-",
            "x/.lacuna/y",
            "back\\slash",
        ] {
            assert!(Name::new(name.as_bytes()).is_ok(), "{name}");
        }
        let long = "x".repeat(LONGEST_PART);
        assert!(Name::new(long.as_bytes()).is_ok());
        for name in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/../../b",
            "a/..",
            "a//b",
            "a/",
            "./a",
            "a\0b",
            ".lacuna",
            ".lacuna/ledger.jsonl",
            ".LaCuna/x",
            &format!("{long}x"),
            &format!("a/{long}x/b"),
        ] {
            assert!(Name::new(name.as_bytes()).is_err(), "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_not_utf8_are_kept() {
        let name = Name::new(b"caf\xE9/x.md").unwrap();
        assert_eq!(name.to_string(), r"caf\xE9/x.md");
        let path = name.path();
        assert_eq!(path.as_os_str().as_encoded_bytes(), b"caf\xE9/x.md");
    }

    #[test]
    fn windows_names() {
        for (name, expected) in [
            ("a.md", true),
            ("con", false),
            ("CON.md", false),
            ("con .md", false),
            ("console.md", true),
            ("com1", false),
            ("com", true),
            ("com10", true),
            ("LPT9.txt", false),
            ("nul.tar.gz", false),
            ("a.", false),
            ("a ", false),
            ("what?", false),
            ("什么？", true),
            ("a:b", false),
            ("a\\b", false),
            ("a\tb", false),
        ] {
            assert_eq!(is_windows_name(name.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn texts_that_are_no_names() {
        for text in [
            r"\",
            r"a\b",
            r"\x",
            r"\x4",
            r"\xzz",
            r"\x41",
            r"\xe9",
            r"\\\",
            "\\x\u{e9}9",
        ] {
            assert_eq!(from_text(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_holds_every_byte(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(from_text(&to_text(&bytes)), Some(bytes));
        }

        #[test]
        fn awkward_text_holds_every_byte(bytes in r"[a\\x4E9é]{0,12}") {
            prop_assert_eq!(from_text(&to_text(bytes.as_bytes())), Some(bytes.into_bytes()));
        }

        #[test]
        fn a_name_never_leads_out(bytes in r"[a./\\\x00]{0,12}") {
            if let Ok(name) = Name::new(bytes.as_bytes()) {
                let path = name.path();
                prop_assert!(path.is_relative());
                let plain = |part| matches!(part, std::path::Component::Normal(_));
                prop_assert!(path.components().all(plain));
                prop_assert!(path.components().count() > 0);
            }
        }
    }
}
