//! Whether a candidate pair is worth a comparison.

use super::ends;
use super::lookup::{AnyPlace, ChunkIndex};
use crate::text::GUARANTEE;

/// Runs in common of at least so many bytes are seen.
const RUN: usize = 24;

/// Runs so near to each other in both texts are one passage with small variants, in bytes.
const NEAR: usize = 32;

/// A passage counts from this many bytes of runs on: those of a passage as long as the guarantee,
/// less what its variants take away.
const PASSAGE: usize = GUARANTEE * 3 / 4;

/// Texts shorter than this, in bytes, are compared without a glance.
const SHORT: usize = 512;

/// Whether two texts, in match text, may have a relation to each other: a passage in common, or a
/// quarter of the shorter one in runs. What only shares turns of phrase need not be aligned to be
/// told apart. Linear, where an alignment is not.
pub fn may_relate(one: &str, two: &str) -> bool {
    let (long, short) = if one.len() < two.len() {
        (two, one)
    } else {
        (one, two)
    };
    if short.len() < SHORT || ends::head(long.as_bytes(), short.as_bytes()) >= PASSAGE {
        return true;
    }
    let found = ChunkIndex::for_runs(long, RUN).matches(short, &mut AnyPlace);
    let (mut covered, mut passage) = (0, 0);
    let mut before: Option<&super::lookup::Match> = None;
    for run in &found.found {
        let near = before.is_some_and(|before| {
            run.query.start - before.query.end <= NEAR
                && (before.hay.end..=before.hay.end + NEAR).contains(&run.hay.start)
        });
        passage = run.query.len() + if near { passage } else { 0 };
        if passage >= PASSAGE {
            return true;
        }
        covered += run.query.len();
        before = Some(run);
    }
    found.gave_up.is_some() || 4 * covered >= short.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(seed: usize, words: usize) -> String {
        let word = |n: usize| {
            format!(
                "w{:x}",
                (n * 31 + seed).wrapping_mul(2_654_435_761) % 99_991
            )
        };
        (0..words).map(word).collect()
    }

    #[test]
    fn turns_of_phrase_are_no_relation() {
        let phrase = "there were so many of them";
        let with = |seed: usize| format!("{}{phrase}{}", text(seed, 300), text(seed + 7, 300));
        assert!(!may_relate(&with(1), &with(100_000)));
    }

    #[test]
    fn a_passage_is_one_with_and_without_variants() {
        let passage = text(5, 30);
        assert!(passage.len() >= GUARANTEE);
        let (middle, end) = (passage.len() / 2, passage.len());
        let varied = format!("{}XYZ{}", &passage[..middle], &passage[middle + 3..end]);
        for there in [&passage, &varied] {
            let one = format!("{}{passage}{}", text(1, 300), text(2, 300));
            let two = format!("{}{there}{}", text(900_000, 300), text(800_000, 300));
            assert!(may_relate(&one, &two));
        }
    }

    #[test]
    fn many_short_runs_are_a_relation() {
        let (mut one, mut two) = (String::new(), String::new());
        for part in 0..100 {
            let (same, own) = (text(part * 1000, 8), text(part * 1000 + 333, 9));
            one += &format!("{same}{own}");
            two += &format!("{same}{}", own.to_uppercase());
        }
        assert!(may_relate(&one, &two));
    }
}
