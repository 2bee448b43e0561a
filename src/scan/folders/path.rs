//! Folders as beginnings of paths: the empty one, or one that ends with `/`.

/// The paths of all documents.
pub(super) struct Paths<'p> {
    by_index: &'p [&'p str],
    sorted: Vec<&'p str>,
}

impl<'p> Paths<'p> {
    pub fn new(by_index: &'p [&'p str]) -> Self {
        let mut sorted = by_index.to_vec();
        sorted.sort_unstable();
        Self { by_index, sorted }
    }

    /// The folder that a document lies in.
    pub fn folder(&self, document: usize) -> &'p str {
        let path = self.by_index.get(document).copied().unwrap_or("");
        path.rfind('/').map_or("", |slash| &path[..=slash])
    }

    /// The lowest folder that holds all documents.
    pub fn top(&self) -> &'p str {
        match (self.sorted.first(), self.sorted.last()) {
            (Some(first), Some(last)) => common(first, last),
            _ => "",
        }
    }

    /// How many documents a folder holds, at any depth.
    fn count(&self, folder: &str) -> usize {
        let start = self.sorted.partition_point(|path| *path < folder);
        self.sorted[start..].partition_point(|path| path.starts_with(folder))
    }

    /// The same, without those in `other` if that lies in `folder`.
    pub fn documents(&self, folder: &str, other: &str) -> usize {
        let inside = other != folder && other.starts_with(folder);
        let less = if inside { self.count(other) } else { 0 };
        self.count(folder).saturating_sub(less)
    }
}

/// How a folder is written.
pub(super) fn shown(folder: &str) -> String {
    let folder = if folder.is_empty() { "./" } else { folder };
    folder.to_owned()
}

/// The lowest folder that two paths have in common.
pub(super) fn common<'p>(one: &'p str, two: &str) -> &'p str {
    let same = (one.bytes().zip(two.bytes()))
        .take_while(|(a, b)| a == b)
        .count();
    let end = one.as_bytes()[..same].iter().rposition(|b| *b == b'/');
    end.map_or("", |end| &one[..=end])
}

/// The folder just below `top` on the way to `folder`: `folder` itself if that is `top`.
pub(super) fn below<'p>(top: &str, folder: &'p str) -> &'p str {
    let rest = folder.get(top.len()..).unwrap_or("");
    match rest.find('/') {
        Some(slash) => &folder[..=top.len() + slash],
        None => folder,
    }
}

/// The folder that holds `folder`.
pub(super) fn above(folder: &str) -> &str {
    let inner = folder.strip_suffix('/').unwrap_or("");
    inner.rfind('/').map_or("", |slash| &folder[..=slash])
}

/// Two folders without the names at their ends that are the same in both.
pub(super) fn without_same_end<'p>(mut one: &'p str, mut two: &'p str) -> (&'p str, &'p str) {
    while one != two {
        let (higher, highest) = (above(one), above(two));
        if one.is_empty() || two.is_empty() || one[higher.len()..] != two[highest.len()..] {
            break;
        }
        (one, two) = (higher, highest);
    }
    (one, two)
}
