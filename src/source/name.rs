use std::path::Path;

/// The name of `path` as reports show it: `/` between its parts, without `./` before it, and
/// with bytes that are not UTF-8 as `\xE9` (only then with `\` as `\\`).
pub fn shown(path: &Path) -> String {
    let name = text(path);
    let name = if std::path::MAIN_SEPARATOR == '/' {
        name
    } else {
        name.replace(std::path::MAIN_SEPARATOR, "/")
    };
    without_dots(&name)
}

/// Drops the parts of a path that say nothing: `.` and empty ones. What would then be empty, or
/// `-`, which means standard input, keeps its dot.
fn without_dots(name: &str) -> String {
    let mut parts = name.split('/').filter(|part| !matches!(*part, "" | "."));
    let rest = parts.by_ref().collect::<Vec<_>>().join("/");
    match rest.as_str() {
        _ if name.starts_with('/') => format!("/{rest}"),
        "" => String::from("."),
        "-" => String::from("./-"),
        _ => rest,
    }
}

#[cfg(unix)]
fn text(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;

    let bytes = path.as_os_str().as_bytes();
    if let Ok(name) = std::str::from_utf8(bytes) {
        return name.to_owned();
    }
    let mut name = String::new();
    for chunk in bytes.utf8_chunks() {
        name.push_str(&chunk.valid().replace('\\', "\\\\"));
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02X}"));
        }
    }
    name
}

#[cfg(not(unix))]
fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_short_as_they_can_be() {
        for (path, name) in [
            ("a.md", "a.md"),
            ("./a.md", "a.md"),
            ("././/a//b/./c.md", "a/b/c.md"),
            ("/a//b", "/a/b"),
            ("/", "/"),
            (".", "."),
            ("./", "."),
            ("../a", "../a"),
            ("a/../b", "a/../b"),
            ("./-", "./-"),
            ("x/-", "x/-"),
            ("课程/第 1 课.md", "课程/第 1 课.md"),
            (r"back\slash", r"back\slash"),
        ] {
            assert_eq!(shown(Path::new(path)), name, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_not_utf8_are_spelt_out() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let path = Path::new(OsStr::from_bytes(b"./caf\xE9\\x.md"));
        assert_eq!(shown(path), r"caf\xE9\\x.md");
    }
}
