//! Which relations are worth telling.

use super::Brief;

/// What two documents must share to be told of, in a reader's terms. It decides nothing of what is
/// compared, and no verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Threshold {
    /// How much of one of the two is in the other, in percent.
    pub share: u8,
    /// How long the longest passage is that stands in both without a break, in characters of match
    /// text.
    pub passage: u64,
}

impl Threshold {
    /// Whether a relation reaches it.
    pub fn admits(&self, relation: &Brief) -> bool {
        let shares = [relation.of_base, relation.of_copy].iter().any(|coverage| {
            let (aligned, total) = (u128::from(coverage.aligned), u128::from(coverage.total));
            100 * aligned >= u128::from(self.share) * total
        });
        shares && relation.passage >= self.passage
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::collate;
    use crate::normalize::{Options, normalize};
    use crate::text::Witness;

    fn witness(text: &str) -> Witness {
        normalize(text.as_bytes(), Some("md"), &Options::default()).unwrap()
    }

    #[track_caller]
    fn check(base: &str, copy: &str, share: u8, passage: u64) {
        let relation = Brief::from(&collate(&witness(base), &witness(copy)));
        let admits = |share, passage| Threshold { share, passage }.admits(&relation);
        assert!(admits(0, 0));
        assert!(admits(share, 0), "{share} %");
        assert!(share == 100 || !admits(share + 1, 0), "{share} %");
        assert!(admits(0, passage), "{passage} characters");
        assert!(!admits(0, passage + 1), "{passage} characters");
        assert!(admits(share, passage));
        assert!(!admits(share, passage + 1));
    }

    #[test]
    fn share_and_passage_are_those_of_the_texts() {
        const ONE: &str = "The first paragraph has a good many letters in it, so that it is seen.";
        const TWO: &str = "Another paragraph follows, which says something else than the first.";
        const NEW: &str = "Nothing of what stands here was in the older one of the two documents!";
        let chars = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() as u64;
        let (one, two, new) = (chars(ONE), chars(TWO), chars(NEW));
        let both = format!("{ONE}\n\n{TWO}");
        let gap = format!("{ONE}\n\n{NEW}\n\n{TWO}");
        let other = format!("{ONE}\n\n{NEW}");
        check(ONE, ONE, 100, one);
        check(&both, &both, 100, one + two);
        check(&both, TWO, 100, two);
        check(&both, &gap, 100, one.max(two));
        let share = 100 * one / (one + two.min(new));
        check(&both, &other, share as u8, one);
    }
}
