//! How two texts of different folders stand to each other.

use std::cmp::Reverse;

use crate::text::{Coverage, Lacunae, Loss, Relation, Verdict, Witness};

/// Two texts that were compared and have something in common.
pub(super) struct Edge {
    pub base: u32,
    pub copy: u32,
    pub found: Found,
}

/// What a comparison found: enough to pair by, to count, and to tell what is lost.
#[derive(Clone)]
pub(super) struct Found {
    pub verdict: Verdict,
    pub reversed: bool,
    pub coverage: (Coverage, Coverage),
    pub approximated: bool,
    /// What of the base the copy lacks.
    pub lost: (Lacunae, Loss),
    /// What of the copy the base lacks.
    pub gained: (Lacunae, Loss),
}

impl Found {
    pub fn new(relation: &Relation, base: &Witness, copy: &Witness) -> Self {
        let counted = |lacunae: Lacunae, witness: &Witness| {
            let loss = lacunae.loss(witness);
            (lacunae, loss)
        };
        Self {
            verdict: relation.verdict,
            reversed: relation.reversed,
            coverage: (relation.of_base, relation.of_copy),
            approximated: !relation.approximations.is_empty(),
            lost: counted(Lacunae::of_base(relation, base), base),
            gained: counted(Lacunae::of_copy(relation, copy), copy),
        }
    }

    /// Whether one is a copy of the other, and does not only share a passage with it.
    pub fn is_copy(&self) -> bool {
        self.verdict < Verdict::Overlapping
    }

    /// How close the two are, to order by; the closest is the least. How much of both texts is in
    /// both, in millionths of both together: a cut copy of a text is less close to it than a
    /// revision that keeps all of it.
    pub fn distance(&self) -> impl Ord + use<> {
        let (base, copy) = self.coverage;
        let aligned = u128::from(base.aligned) + u128::from(copy.aligned);
        let total = u128::from(base.total) + u128::from(copy.total);
        let share = (1_000_000 * aligned).checked_div(total);
        (
            self.verdict.min(Verdict::Truncated),
            Reverse(share.unwrap_or(1_000_000)),
        )
    }
}
