use std::path::PathBuf;

/// The file names in a list: one a line, or, if `nul`, each ended by a NUL byte. Empty names
/// count for nothing. In a list by lines a CR before the line's end is no part of the name.
pub fn file_names(list: &[u8], nul: bool) -> Vec<PathBuf> {
    let end = if nul { b'\0' } else { b'\n' };
    list.split(|byte| *byte == end)
        .map(|name| match name {
            [name @ .., b'\r'] if !nul => name,
            name => name,
        })
        .filter(|name| !name.is_empty())
        .map(path)
        .collect()
}

#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;

    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_line_or_by_nul() {
        let check = |list: &[u8], nul, expected: &[&str]| {
            let expected: Vec<_> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(file_names(list, nul), expected, "{list:?}");
        };
        check(b"", false, &[]);
        check(b"a\nb", false, &["a", "b"]);
        check(b"a\r\n\r\n\nb c\n", false, &["a", "b c"]);
        check(b"a\nb\0c\r\0\0", true, &["a\nb", "c\r"]);
        check(b"-\n", false, &["-"]);
    }
}
