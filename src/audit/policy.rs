//! What a project demands of its documents.

/// What a project demands of its documents, path by path.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    limits: Limits,
}

impl Policy {
    /// How much the document at `path` may lose and still not count as shrunk.
    pub fn limits(&self, _path: &str) -> Limits {
        self.limits
    }
}

/// How much text a document may lose. More than *either* is too much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Of its text, in percent, 0 to 100.
    pub percent: f64,
    /// In characters of canonical text.
    pub chars: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            percent: 5.0,
            chars: 200,
        }
    }
}

impl Limits {
    /// Whether `lost` characters of a text that had `total` are too many.
    pub fn forbid(&self, lost: u64, total: u64) -> bool {
        lost > self.chars || lost as f64 * 100.0 > self.percent * total as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_either_limit_is_too_much() {
        let limits = Limits::default();
        for (lost, total, expected) in [
            (0, 0, false),
            (200, 4000, false),
            (201, 1_000_000, true),
            (5, 100, false),
            (6, 100, true),
        ] {
            assert_eq!(limits.forbid(lost, total), expected, "{lost} of {total}");
        }
    }
}
