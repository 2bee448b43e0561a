use super::{FEW, Member};
use crate::text::{Code, Finding};

/// A document is short if its siblings, in the middle, are this many times as long …
const TIMES: u64 = 8;

/// … and it is this many deviations away from them, by the logarithms of lengths: in a folder of all
/// lengths none is too short.
const DEVIATIONS: f64 = 4.0;

/// A deviation is no smaller than this, which is that of lengths within some 15 % of each other.
const LEAST_DEVIATION: f64 = 0.15;

/// Documents that are much shorter than those beside them. What has no text at all is empty, which
/// is another finding.
pub(super) fn findings(siblings: &[Member<'_>], findings: &mut Vec<Finding>) {
    let with_text = || siblings.iter().filter(|member| member.measures.chars > 0);
    let mut lengths: Vec<u64> = with_text().map(|member| member.measures.chars).collect();
    if lengths.len() < FEW {
        return;
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    let deviation = deviation(&lengths, median).max(LEAST_DEVIATION);
    for member in with_text() {
        let chars = member.measures.chars;
        let away = (median as f64 / chars as f64).ln();
        if chars.saturating_mul(TIMES) <= median && away >= DEVIATIONS * deviation {
            let message = format!(
                "has {chars} characters; {} documents beside it have {median} in the middle",
                lengths.len() - 1
            );
            findings.push(Finding::new(
                Code::ShorterThanSiblings,
                member.path,
                "",
                message,
            ));
        }
    }
}

/// The median distance from the median, of the logarithms, scaled so that it is the standard
/// deviation of lengths that are distributed normally. Few outliers do not move it.
fn deviation(lengths: &[u64], median: u64) -> f64 {
    /// What makes a median distance a standard deviation.
    const SCALE: f64 = 1.4826;
    let distance = |length: &u64| (*length as f64 / median as f64).ln().abs();
    let mut distances: Vec<f64> = lengths.iter().map(distance).collect();
    distances.sort_unstable_by(f64::total_cmp);
    distances[distances.len() / 2] * SCALE
}
