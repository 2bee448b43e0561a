//! Documents that are copies of others -> findings.

use super::entry::{Entry, Piece};
use super::lock::Lock;
use super::words::percent;
use crate::text::{Code, Coverage, Finding, Related, Verdict};
use std::collections::HashSet;

/// How a document stands to another, more complete one.
#[derive(Clone, Copy, Debug)]
pub struct Copy<'a> {
    /// The path of the more complete one.
    pub base: &'a str,
    /// That of the other.
    pub copy: &'a str,
    /// How the less complete one stands to the more complete one.
    pub verdict: Verdict,
    /// How much of the more complete one is in the other.
    pub of_base: Coverage,
}

impl Copy<'_> {
    /// The finding about it; none if the two only share a passage, or if `lock` knows them as copies
    /// already.
    pub fn finding(&self, lock: &Lock) -> Option<Finding> {
        let has = || percent(self.of_base.aligned, self.of_base.total);
        let base = self.base;
        let (code, message) = match self.verdict {
            Verdict::Identical => (Code::Duplicate, format!("is identical to {base}")),
            Verdict::Equivalent => (Code::Duplicate, format!("says the same as {base}")),
            Verdict::Truncated => (
                Code::TruncatedCopy,
                format!("is the beginning of {base}, and has {} of it", has()),
            ),
            Verdict::Contained => (
                Code::ContainedCopy,
                format!("is contained in {base}, and has {} of it", has()),
            ),
            Verdict::Revised => (
                Code::NearDuplicate,
                format!("says mostly the same as {base}, and has {} of it", has()),
            ),
            Verdict::Overlapping | Verdict::Unrelated => return None,
        };
        if self.is_known(lock) {
            return None;
        }
        let related = Related {
            path: base.to_owned(),
            lines: None,
            words: "the more complete one".to_owned(),
        };
        let finding = Finding::new(code, self.copy, base, message);
        Some(finding.with_related(vec![related]))
    }

    /// Whether the two were copies when the lock was written: half of one of them was in the other.
    fn is_known(&self, lock: &Lock) -> bool {
        let entry = |path: &str| lock.entry(path).ok().flatten();
        let (Some(base), Some(copy)) = (entry(self.base), entry(self.copy)) else {
            return false;
        };
        shares_half(&base, &copy) || shares_half(&copy, &base)
    }
}

/// Whether at least half of what `one` says is said by `other`, piece by piece.
fn shares_half(one: &Entry, other: &Entry) -> bool {
    let said: HashSet<&Piece> = other.pieces().collect();
    let (mut shared, mut total) = (0, 0);
    for piece in one.pieces() {
        total += u64::from(piece.chars);
        if said.contains(piece) {
            shared += u64::from(piece.chars);
        }
    }
    total > 0 && 2 * shared >= total
}
