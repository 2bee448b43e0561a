//! What of a witness one or several others lack.

use super::{AssetKind, Edit, Relation, Section, Span, Witness};

/// What of a witness another one lacks, or several of them all lack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacunae {
    /// Bytes of the witness's match text: ascending, apart from each other, none empty.
    pub text: Vec<Span>,
    /// Indices into its comments, ascending.
    pub comments: Vec<u32>,
    /// Indices into its assets, ascending; avatars are none.
    pub assets: Vec<u32>,
}

/// How much that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Characters of match text, comments apart.
    pub chars: u64,
    /// In how many passages.
    pub passages: u64,
    /// Comments.
    pub comments: u64,
    /// Assets, avatars apart.
    pub assets: u64,
}

impl Loss {
    /// Whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl std::ops::AddAssign for Loss {
    fn add_assign(&mut self, other: Self) {
        self.chars += other.chars;
        self.passages += other.passages;
        self.comments += other.comments;
        self.assets += other.assets;
    }
}

impl Lacunae {
    /// What of `base` the copy of `relation` lacks.
    pub fn of_base(relation: &Relation, base: &Witness) -> Self {
        let text = relation.edits.iter().filter_map(|edit| match edit {
            Edit::Lacking { base, .. } => Some(base.match_text),
            _ => None,
        });
        let (comments, assets) = (&relation.comments.lacking, &relation.assets.lacking);
        Self::new(text.collect(), comments, assets, base)
    }

    /// What of `copy` the base of `relation` lacks.
    pub fn of_copy(relation: &Relation, copy: &Witness) -> Self {
        let text = relation.edits.iter().filter_map(|edit| match edit {
            Edit::Extra { copy, .. } => Some(copy.match_text),
            _ => None,
        });
        let (comments, assets) = (&relation.comments.extra, &relation.assets.extra);
        Self::new(text.collect(), comments, assets, copy)
    }

    /// All of `witness`.
    pub fn all(witness: &Witness) -> Self {
        let blocks = witness.blocks.iter();
        let text = blocks.filter(|block| block.section != Section::Comments);
        let count = |len: usize| (0..len as u32).collect::<Vec<u32>>();
        Self::new(
            text.map(|block| block.match_text).collect(),
            &count(witness.comments.len()),
            &count(witness.assets.len()),
            witness,
        )
    }

    fn new(mut text: Vec<Span>, comments: &[u32], assets: &[u32], witness: &Witness) -> Self {
        text.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(text.len());
        for span in text.into_iter().filter(|span| !span.is_empty()) {
            match joined.last_mut() {
                Some(last) if last.end() >= span.start() => *last = last.union(span),
                _ => joined.push(span),
            }
        }
        let is_avatar = |at: &u32| {
            let asset = witness.assets.get(*at as usize);
            asset.is_none_or(|asset| asset.kind == AssetKind::Avatar)
        };
        let mut comments = comments.to_vec();
        comments.sort_unstable();
        let mut assets: Vec<u32> = assets.iter().copied().filter(|at| !is_avatar(at)).collect();
        assets.sort_unstable();
        Self {
            text: joined,
            comments,
            assets,
        }
    }

    /// What of the same witness lacks whoever lacks this and also `other`.
    pub fn and(&self, other: &Self) -> Self {
        let both = |one: &[u32], two: &[u32]| {
            let there = |at: &u32| two.binary_search(at).is_ok();
            one.iter().copied().filter(there).collect()
        };
        Self {
            text: overlap(&self.text, &other.text),
            comments: both(&self.comments, &other.comments),
            assets: both(&self.assets, &other.assets),
        }
    }

    /// Whether nothing is lacking.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.comments.is_empty() && self.assets.is_empty()
    }

    /// Bytes of match text.
    pub fn bytes(&self) -> usize {
        self.text.iter().map(|span| span.len()).sum()
    }

    /// How much it is of `witness`.
    pub fn loss(&self, witness: &Witness) -> Loss {
        let chars = |span: &Span| {
            let text = witness.match_text.get(span.range()).unwrap_or_default();
            text.chars().count() as u64
        };
        Loss {
            chars: self.text.iter().map(chars).sum(),
            passages: self.text.len() as u64,
            comments: self.comments.len() as u64,
            assets: self.assets.len() as u64,
        }
    }
}

/// What two ascending lists of spans have in common.
fn overlap(one: &[Span], two: &[Span]) -> Vec<Span> {
    let (mut one, mut two) = (one.iter().peekable(), two.iter().peekable());
    let mut both = Vec::new();
    while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
        let (start, end) = (a.start().max(b.start()), a.end().min(b.end()));
        if start < end {
            both.push(Span::new(start, end));
        }
        let first_ends = a.end() <= b.end();
        if first_ends {
            one.next();
        } else {
            two.next();
        }
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(cuts: &[usize]) -> Vec<Span> {
        let mut cuts = cuts.to_vec();
        cuts.sort_unstable();
        cuts.dedup();
        cuts.chunks_exact(2)
            .map(|pair| Span::new(pair[0], pair[1]))
            .collect()
    }

    fn holds(spans: &[Span], at: usize) -> bool {
        spans.iter().any(|span| span.range().contains(&at))
    }

    proptest! {
        #[test]
        fn what_all_lack_is_what_each_lacks(
            one in prop::collection::vec(0usize..60, 0..16),
            two in prop::collection::vec(0usize..60, 0..16),
        ) {
            let (one, two) = (spans(&one), spans(&two));
            let both = overlap(&one, &two);
            for at in 0..60 {
                prop_assert_eq!(holds(&both, at), holds(&one, at) && holds(&two, at));
            }
            prop_assert!(both.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
            prop_assert!(both.iter().all(|span| !span.is_empty()));
        }
    }
}
