//! Numbers that sites show beside a comment: `👍（2）`, `12 likes`, `回复 2`, `3 points`, `+5`.

use std::sync::LazyLock;

use super::date::{self, digit};
use super::heading::number;
use super::words::{Heads, Words, is_letter};
use crate::text::Counter;

/// What is counted, and how sites write it. Before a number any of them will do; after one, only
/// words: `2 👍 3 💬` would read two ways.
#[rustfmt::skip]
const LABELS: &[(&str, &[&str])] = &[
    (
        "likes",
        &[
            "👍", "❤", "♥", "♡", "🧡", "💗", "👏", "likes", "like", "upvotes", "upvote", "点赞数",
            "点赞", "點讚", "赞", "讚", "喜欢", "喜歡", "いいね", "좋아요", "공감", "推荐",
            "支持", "顶", "people like this", "people liked this", "gefällt mir", "j'aime",
            "me gusta",
        ],
    ),
    (
        "dislikes",
        &[
            "👎", "dislikes", "dislike", "downvotes", "downvote", "踩", "反对", "反對",
        ],
    ),
    (
        "replies",
        &[
            "💬", "🗨", "replies", "reply", "comments", "comment", "回复数", "回复", "回覆",
            "評論", "评论", "返信", "답글", "antworten", "réponses", "respuestas",
        ],
    ),
    ("points", &["points", "point", "karma"]),
    (
        "votes",
        &["votes", "vote", "▲", "△", "⬆", "↑", "赞同", "贊同"],
    ),
    ("score", &["score"]),
    ("thanks", &["thanks", "感谢", "🙏"]),
    (
        "helpful",
        &[
            "people found this helpful",
            "helpful",
            "有用",
            "参考になった",
        ],
    ),
];

/// Counting words between a number and its label.
const CLASSIFIERS: &[&str] = &[
    "人", "个", "個", "条", "條", "次", "件の", "件", "位", "명", "개",
];

static WORDS: LazyLock<Words<&str>> = LazyLock::new(|| {
    let words = LABELS
        .iter()
        .flat_map(|(label, words)| words.iter().map(|word| (*word, *label)));
    Words::with_meaning(words)
});

/// What a counter begins with, if that is a letter.
pub(super) fn heads() -> Heads {
    WORDS.heads()
}

/// The counter at the head of `text`, and its length in bytes.
pub(super) fn at_head(text: &str) -> Option<(usize, Counter)> {
    let first = text.chars().next()?;
    if matches!(first, '+' | '-' | '−') {
        return signed(text);
    }
    if digit(first).is_some() {
        return number_first(text);
    }
    label_first(text)
}

/// Whether a counter may begin with `c`, if that is no letter or digit.
pub(super) fn may_be_sign(c: char) -> bool {
    c == '+' || !c.is_ascii() && !is_letter(c)
}

/// The number in `text`, if it holds nothing else that says something.
pub(super) fn lone_number(text: &str) -> Option<u64> {
    let text = text.trim_matches(|c: char| !is_letter(c));
    let (value, rest) = amount(text)?;
    rest.is_empty().then_some(value)
}

/// What a class says that an element counts, if it says it.
pub(super) fn label_of_class(class: &str) -> Option<&'static str> {
    const STEMS: [(&str, &str); 12] = [
        ("dislike", "dislikes"),
        ("down", "dislikes"),
        ("like", "likes"),
        ("upvote", "likes"),
        ("digg", "likes"),
        ("zan", "likes"),
        ("repl", "replies"),
        ("comment", "replies"),
        ("point", "points"),
        ("score", "score"),
        ("thank", "thanks"),
        ("vote", "votes"),
    ];
    let class = class.to_ascii_lowercase();
    let stem = STEMS.iter().find(|(stem, _)| class.contains(stem));
    stem.map(|(_, label)| *label)
}

fn counter(label: &'static str, value: u64) -> Counter {
    Counter {
        label: label.into(),
        value,
    }
}

/// `+5`; never `-5 °C`, nor `+49 171`.
fn signed(text: &str) -> Option<(usize, Counter)> {
    let sign = text.chars().next()?.len_utf8();
    let (value, rest) = number(&text[sign..]);
    let value = value.filter(|_| text.starts_with('+') && ends(rest))?;
    Some((text.len() - rest.len(), counter("score", value)))
}

/// `12 likes`, `3人赞`.
fn number_first(text: &str) -> Option<(usize, Counter)> {
    let (value, rest) = amount(text)?;
    let rest = rest.trim_start();
    if !rest.starts_with(is_letter) {
        return None;
    }
    let after = CLASSIFIERS
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let after = ["觉得", "覺得"]
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .unwrap_or(after);
    let (label, len) = label(after.trim_start()).filter(|(_, len)| {
        after.trim_start()[..*len]
            .chars()
            .all(|c| is_letter(c) || c == ' ' || c == '\'')
    })?;
    let rest = &after.trim_start()[len..];
    Some((text.len() - rest.len(), counter(label, value)))
}

/// `👍（2）`, `赞 3`, `Likes: 5`.
fn label_first(text: &str) -> Option<(usize, Counter)> {
    let (label, len) = label(text)?;
    let after = &text[len..];
    let inner = after.trim_start_matches([' ', '\u{fe0f}', ':', '：', '×', 'x']);
    let open = inner
        .chars()
        .next()
        .filter(|c| matches!(c, '(' | '（' | '[' | '【'));
    let inner = &inner[open.map_or(0, char::len_utf8)..];
    if open.is_none() && date::at_head(inner).is_some() {
        return None;
    }
    let (value, rest) = amount(inner.trim_start())?;
    let rest = match open {
        Some(_) => rest.trim_start().strip_prefix([')', '）', ']', '】'])?,
        None if ends(rest) => rest,
        None => return None,
    };
    Some((text.len() - rest.len(), counter(label, value)))
}

/// The longest label at the head of `text`, and its length.
fn label(text: &str) -> Option<(&'static str, usize)> {
    let (word, label) = WORDS.at_head(text)?;
    Some((label, word.len()))
}

/// Whether a word or number ends where `rest` begins.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// A number, with `1.2k` and `3万` written out.
fn amount(text: &str) -> Option<(u64, &str)> {
    let (value, rest) = number(text);
    let value = value?;
    let (tenths, after) = match rest
        .strip_prefix('.')
        .map(|rest| (rest.chars().next().and_then(digit), rest))
    {
        Some((Some(tenth), rest)) => (u64::from(tenth), &rest[1.min(rest.len())..]),
        _ => (0, rest),
    };
    let unit = after.chars().next();
    let factor = match unit {
        Some('k' | 'K') => 1000,
        Some('万' | '萬') => 10_000,
        Some('m' | 'M') => 1_000_000,
        _ => return Some((value, rest)),
    };
    let after = &after[unit.map_or(0, char::len_utf8)..];
    let whole = value.saturating_mul(factor);
    ends(after)
        .then(|| (whole.saturating_add(tenths * factor / 10), after))
        .or(Some((value, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_as_sites_write_them() {
        let check = |text: &str, label: &str, value: u64, rest: &str| {
            let (len, found) = at_head(text).unwrap_or_else(|| panic!("no counter: {text}"));
            assert_eq!((&found.label[..], found.value), (label, value), "{text}");
            assert_eq!(&text[len..], rest, "{text}");
        };
        check("👍（2） 💬（2）", "likes", 2, " 💬（2）");
        check("💬 2", "replies", 2, "");
        check("❤️ 12 x", "likes", 12, " x");
        check("12 likes", "likes", 12, "");
        check("1 Like · Reply", "likes", 1, " · Reply");
        check("赞 3", "likes", 3, "");
        check("赞(3)", "likes", 3, "");
        check("点赞：３", "likes", 3, "");
        check("3人赞", "likes", 3, "");
        check("12 人赞同", "votes", 12, "");
        check("回复 2", "replies", 2, "");
        check("2 条回复", "replies", 2, "");
        check("3 points by bob", "points", 3, " by bob");
        check("+5", "score", 5, "");
        check("1.2k likes", "likes", 1200, "");
        check("1,234 votes", "votes", 1234, "");
        check("👍 3万", "likes", 30_000, "");
        check("返信 (2)", "replies", 2, "");
        check("👍 99999999999999999999999", "likes", u64::MAX, "");
    }

    #[test]
    fn what_is_no_counter() {
        for text in [
            "",
            "👍",
            "赞",
            "like",
            "2",
            "2 apples",
            "likely 3",
            "+5x",
            "-5",
            "回复 2024-01-02",
            "3 likesx",
            "赞(",
            "1.",
            "👍（2",
        ] {
            assert_eq!(at_head(text), None, "{text}");
        }
    }

    #[test]
    fn lone_numbers() {
        assert_eq!(lone_number(" (12) "), Some(12));
        assert_eq!(lone_number("1.5k"), Some(1500));
        assert_eq!(lone_number("12 apples"), None);
        assert_eq!(label_of_class("vote-count"), Some("votes"));
        assert_eq!(label_of_class("like-count"), Some("likes"));
    }
}
