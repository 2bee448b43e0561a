//! How much two short texts have in common, whatever its order.

use std::collections::HashMap;

/// The share of the shorter text that is in the other, counted in pairs of neighbouring characters:
/// 0 to 1; 1 if one of the two has no such pair. Linear.
pub(super) fn likeness(one: &str, two: &str) -> f64 {
    let mut pairs: HashMap<(char, char), i64> = HashMap::new();
    let mut counts = [0_i64; 2];
    for pair in neighbours(one) {
        *pairs.entry(pair).or_default() += 1;
        counts[0] += 1;
    }
    let mut common = 0;
    for pair in neighbours(two) {
        counts[1] += 1;
        if let Some(left) = pairs.get_mut(&pair).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    match counts[0].min(counts[1]) {
        0 => 1.0,
        shorter => common as f64 / shorter as f64,
    }
}

fn neighbours(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_alike_or_not() {
        for (one, two, alike) in [
            ("很清楚，谢谢老师", "很清楚，多谢老师！", true),
            ("很清楚，谢谢老师", "第二部分在哪里？", false),
            ("Where is part two?", "Where is part two of this?", true),
            ("Where is part two?", "Mine goes by bus.", false),
            (
                "Where is part two? I have looked for it",
                "Where is part…",
                true,
            ),
            ("", "anything", true),
        ] {
            assert_eq!(likeness(one, two) >= 0.5, alike, "{one} / {two}");
            assert_eq!(likeness(two, one), likeness(one, two), "{two} / {one}");
        }
    }
}
