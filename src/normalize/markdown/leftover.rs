//! Markup that CommonMark leaves as text, and that is markup all the same.

use std::ops::Range;

use memchr::memchr_iter;

/// The ranges to leave out of the `texts` of a block, in order:
///
/// - `**` in pairs, where either touches a CJK character. CommonMark wants white space around
///   `**` that stands beside punctuation, and CJK text has none: `**重点：**文字`.
/// - What is around the label of a footnote whose definition stands elsewhere, or was cut off:
///   `[^1]`. `is_footnote` knows the labels that are defined; numbers are labels in any case.
pub(super) fn find(
    decoded: &str,
    texts: impl Iterator<Item = Range<usize>>,
    is_footnote: impl Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut stars = Pairs::default();
    for range in texts {
        let Some(text) = decoded.get(range.clone()) else {
            continue;
        };
        stars.scan(decoded, &range, &mut found);
        labels(text, range.start, &is_footnote, &mut found);
    }
    found.sort_unstable_by_key(|range| range.start);
    found
}

/// Pairs up `**`.
#[derive(Default)]
struct Pairs {
    /// The last one without a partner, and whether it touches a CJK character.
    open: Option<(usize, bool)>,
}

impl Pairs {
    fn scan(&mut self, decoded: &str, range: &Range<usize>, found: &mut Vec<Range<usize>>) {
        let bytes = decoded.as_bytes();
        let mut at = range.start;
        while let Some(skip) = memchr::memchr(b'*', &bytes[at..range.end]) {
            let start = at + skip;
            let len = bytes[start..range.end]
                .iter()
                .take_while(|byte| **byte == b'*')
                .count();
            at = start + len;
            // An escaped star begins a text, right behind its backslash.
            let escaped = start == range.start && decoded[..start].ends_with('\\');
            if len == 2 && !escaped {
                self.add(start, touches_cjk(decoded, start, at), found);
            }
        }
    }

    fn add(&mut self, at: usize, touches: bool, found: &mut Vec<Range<usize>>) {
        match self.open.take() {
            Some((open, touched)) if touched || touches => {
                found.extend([open..open + 2, at..at + 2]);
            }
            _ => self.open = Some((at, touches)),
        }
    }
}

fn labels(
    text: &str,
    start: usize,
    is_footnote: impl Fn(&str) -> bool,
    found: &mut Vec<Range<usize>>,
) {
    let is_label = |open: &usize| text.as_bytes().get(open + 1) == Some(&b'^');
    for open in memchr_iter(b'[', text.as_bytes()).filter(is_label) {
        let Some(label) = text[open + 2..].split(']').next() else {
            continue;
        };
        let close = open + 2 + label.len();
        let is_number = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
        if close < text.len() && (is_number || is_footnote(label)) {
            let (open, close) = (start + open, start + close);
            found.extend([open..open + 2, close..close + 1]);
        }
    }
}

fn touches_cjk(decoded: &str, start: usize, end: usize) -> bool {
    let before = decoded[..start].chars().next_back();
    let after = decoded[end..].chars().next();
    before.is_some_and(is_cjk) || after.is_some_and(is_cjk)
}

/// Letters, syllables and punctuation of Chinese, Japanese and Korean, and the quotation marks
/// and dashes that they share with other scripts.
fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}'
        | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}
