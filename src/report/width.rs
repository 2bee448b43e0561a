//! Text in columns of a terminal: measured and shortened.
//!
//! Takes text as documents and paths have it, and gives text that is safe to print. Works by
//! grapheme clusters, from the end that is kept, so that it costs no more than it shows.

use std::collections::VecDeque;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::escape;

/// Characters of one cluster that are shown: more is not writing.
const CLUSTER_MAX: usize = 16;

/// How text is shown that is shortened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Show {
    /// Marks in ASCII.
    pub ascii: bool,
    /// A line break or tab is a space, as it is to a reader; in a name it is shown as itself.
    pub prose: bool,
}

/// Columns that `text`, already safe to print, takes.
pub(crate) fn columns(text: &str) -> usize {
    let plain = |c: char| match c {
        ' '..='~' => Some(1),
        '\u{4e00}'..='\u{9fff}' => Some(2),
        _ => None,
    };
    let mut chars = text.chars().map(plain);
    let known = chars.try_fold(0, |width, columns| Some(width + columns?));
    known.unwrap_or_else(|| UnicodeWidthStr::width(text))
}

/// `text`, shortened at its end to `max` columns.
pub(crate) fn keep_start(text: &str, max: usize, show: Show) -> String {
    let mut kept = Vec::new();
    let mut width = 0;
    for cluster in text.graphemes(true) {
        let piece = Piece::new(cluster, show);
        width += piece.columns;
        kept.push(piece);
        if width > max {
            let mark = ellipsis(show);
            while width + columns(mark) > max {
                let Some(last) = kept.pop() else { break };
                width -= last.columns;
            }
            return join(kept) + fitting(mark, max);
        }
    }
    join(kept)
}

/// `text`, shortened at its beginning to `max` columns.
pub(crate) fn keep_end(text: &str, max: usize, show: Show) -> String {
    let mut kept = VecDeque::new();
    let mut width = 0;
    for cluster in text.graphemes(true).rev() {
        let piece = Piece::new(cluster, show);
        width += piece.columns;
        kept.push_front(piece);
        if width > max {
            let mark = ellipsis(show);
            while width + columns(mark) > max {
                let Some(first) = kept.pop_front() else { break };
                width -= first.columns;
            }
            return fitting(mark, max).to_owned() + &join(kept);
        }
    }
    join(kept)
}

/// `path`, shortened in its middle to `max` columns. The end, which names the file, gets more.
pub(crate) fn keep_ends(path: &str, max: usize, show: Show) -> String {
    let whole = keep_start(path, max, show);
    if whole == full(path, show, max) {
        return whole;
    }
    let mark = ellipsis(show);
    let room = max.saturating_sub(columns(mark));
    let start = bare_start(path, room / 3, show);
    let end = keep_end(path, max - columns(&start).min(max), show);
    start + &end
}

/// As much of the beginning as goes into `max` columns, without a mark.
fn bare_start(text: &str, max: usize, show: Show) -> String {
    let mut width = 0;
    text.graphemes(true)
        .map(|cluster| Piece::new(cluster, show))
        .take_while(|piece| {
            width += piece.columns;
            width <= max
        })
        .map(|piece| piece.text)
        .collect()
}

/// All of it, or at least more than `max` columns of it.
fn full(text: &str, show: Show, max: usize) -> String {
    bare_start(text, max + CLUSTER_MAX, show)
}

fn join(pieces: impl IntoIterator<Item = Piece>) -> String {
    pieces.into_iter().map(|piece| piece.text).collect()
}

fn ellipsis(show: Show) -> &'static str {
    if show.ascii { "..." } else { "…" }
}

/// `mark` if there is room for it at all.
fn fitting(mark: &str, max: usize) -> &str {
    if columns(mark) <= max { mark } else { "" }
}

/// A grapheme cluster, safe to print.
struct Piece {
    text: String,
    /// At least 1, so that text without width has an end too.
    columns: usize,
}

impl Piece {
    fn new(cluster: &str, show: Show) -> Self {
        let mut text = String::new();
        for c in cluster.chars().take(CLUSTER_MAX) {
            match c {
                '\n' | '\t' if show.prose => text.push(' '),
                _ if escape::is_hostile(c) => escape::shown(c, show.ascii, &mut text),
                _ => text.push(c),
            }
        }
        let columns = columns(&text).max(1);
        Self { text, columns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAME: Show = Show {
        ascii: false,
        prose: false,
    };

    #[test]
    fn text_is_shortened_where_it_says_least() {
        for (text, max, start, end, ends) in [
            ("abcdefgh", 8, "abcdefgh", "abcdefgh", "abcdefgh"),
            ("abcdefgh", 5, "abcd…", "…efgh", "a…fgh"),
            ("最常见的需求", 7, "最常见…", "…的需求", "最…需求"),
            ("最常见的需求", 6, "最常…", "…需求", "…需求"),
            (
                "notes/2024/full.md",
                12,
                "notes/2024/…",
                "…024/full.md",
                "not…/full.md",
            ),
            ("a\nb", 9, "a␊b", "a␊b", "a␊b"),
            ("abc", 0, "", "", ""),
        ] {
            assert_eq!(keep_start(text, max, NAME), start);
            assert_eq!(keep_end(text, max, NAME), end);
            assert_eq!(keep_ends(text, max, NAME), ends);
        }
        assert_eq!(
            keep_start(
                "abcdefgh",
                6,
                Show {
                    ascii: true,
                    ..NAME
                }
            ),
            "abc..."
        );
    }

    proptest! {
        #[test]
        fn never_wider_than_asked(text in any::<String>(), max in 0usize..60, ascii in any::<bool>()) {
            for short in [keep_start, keep_end, keep_ends].map(|keep| keep(&text, max, Show { ascii, prose: true })) {
                prop_assert!(columns(&short) <= max, "{short:?}");
                prop_assert!(!short.contains(escape::is_hostile));
            }
        }
    }
}
