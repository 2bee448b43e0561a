//! Headings of comment sections: a phrase that names one, a count if it has one, and nothing
//! else. `Comments (8)` is one; `Comments in Rust` and `评论系统设计` are not.

use super::date::{digit, starts_with};
use super::words::{Heads, equals, is_letter};

/// What a heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading<'t> {
    /// The words, without count, edges and case folding.
    pub phrase: &'t str,
    /// How many comments it says there are.
    pub declared: Option<u64>,
}

/// No heading is longer, in bytes: `3 thoughts on “…”` quotes a title.
pub(super) const LONGEST: usize = 320;

/// Phrases that stand alone or beside a count, lower case. Sorted, to be searched.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "all comments", "antworten", "comentario", "comentarios", "comentários", "comment",
    "commentaire", "commentaires", "commenti", "comments", "discussion", "kommentar",
    "kommentare", "komentarze", "latest comments", "newest comments", "reacties",
    "reader comments", "replies", "responses", "respuestas", "réponses", "top comments",
    "user comments", "комментариев", "комментарии", "комментарий", "комментария",
    "все комментарии", "обсуждение", "отзывы", "コメント", "コメント一覧", "みんなのコメント",
    "全部回复", "全部留言", "全部评论", "最新留言", "最新评论", "热门留言", "热门评论", "热评",
    "用户留言", "用户评论", "留言", "留言列表", "留言区", "留言板", "精彩评论", "精选留言",
    "精选评论", "网友评论", "评论", "评论列表", "评论区", "读者留言", "读者评论", "文章评论",
    "發表評論", "評論", "全部評論", "精選留言", "回應", "댓글", "전체 댓글", "댓글 목록", "의견",
];

/// Phrases that need a count, since they are words of other trades too.
const COUNTED: &[&str] = &[
    "回复", "回覆", "讨论", "reply", "response", "thoughts", "thought", "posts",
];

/// What may follow a counted phrase, with the title of the page after it.
const TAILS: &[&str] = &[
    "on ", "to ", "sur ", "zu ", "о ", "к ", "sobre ", "en ", "para ",
];

/// Words for one, where a count would stand.
const ONE: &[&str] = &["one ", "ein ", "une ", "un ", "one\u{a0}"];

/// Words before a count.
const SUMS: &[&str] = &["共有", "共", "已有"];

/// Counting words between a number and the phrase, or after the number.
const CLASSIFIERS: &[&str] = &[
    "条", "條", "个", "個", "则", "則", "件の", "件", "篇", "개의", "개",
];

/// Reads `text` as the heading of a comment section. `extra` are phrases of profiles, lower case.
#[inline]
pub(super) fn parse<'t>(text: &'t str, extra: &[String]) -> Option<Heading<'t>> {
    match text.len() <= LONGEST && may_start(text, extra) {
        true => read(text, extra),
        false => None,
    }
}

fn read<'t>(text: &'t str, extra: &[String]) -> Option<Heading<'t>> {
    let text = trim(text);
    let (before, rest) = leading_count(text);
    let (phrase, after, tail) = split_phrase(rest);
    if phrase.is_empty() {
        return None;
    }
    let (after, rest) = trailing_count(after);
    let declared = before.or(after);
    let rest = rest.trim();
    let titled = tail && declared.is_some();
    if !(rest.is_empty() || titled) || !names_a_section(phrase, declared.is_some(), extra) {
        return None;
    }
    Some(Heading { phrase, declared })
}

/// A quick no, from the first letter or digit: most blocks are no headings, and this is asked of
/// every one. What stands before that is left out of headings.
#[inline]
fn may_start(text: &str, extra: &[String]) -> bool {
    match text.as_bytes() {
        // Letters: of ASCII, and Han.
        [b'A'..=b'Z' | b'a'..=b'z' | 0xe5..=0xe9, ..] | [0xe4, 0xb8..=0xbf, ..]
            if extra.is_empty() =>
        {
            HEADS.may_begin(text)
        }
        _ => may_start_anyhow(text, extra),
    }
}

fn may_start_anyhow(text: &str, extra: &[String]) -> bool {
    let Some(at) = text.find(is_letter) else {
        return false;
    };
    if !extra.is_empty() {
        return at > 0 || begins_phrase(text) || extra.iter().any(|phrase| begins(text, phrase));
    }
    let text = &text[at..];
    match text.as_bytes()[0].is_ascii_digit() {
        true => is_counted(text),
        false => begins_phrase(text),
    }
}

/// Whether the number that `text` begins with is a count, which a phrase must follow: no date.
fn is_counted(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if let None | Some(b'-' | b'/' | b'.' | b':') = text.as_bytes().get(digits) {
        return false;
    }
    let is_between = |c: char| c.is_whitespace() || matches!(c, ')' | '）' | '+');
    let rest = number(text).1.trim_start_matches(is_between);
    rest.starts_with(is_letter)
}

/// Whether the first characters of both are the same, in any case.
fn begins(text: &str, phrase: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|first| phrase.starts_with(|c: char| first.to_lowercase().eq([c])))
}

/// Whether `text`, which begins with a letter or digit, may begin with a phrase or a count.
fn begins_phrase(text: &str) -> bool {
    HEADS.may_begin(text) || text.starts_with(|c| digit(c).is_some())
}

/// What a phrase or a count begins with, if that is no digit.
static HEADS: Heads = {
    let mut heads = Heads::new(PHRASES);
    heads.add_all(COUNTED);
    heads.add_all(ONE);
    heads.add_all(SUMS);
    heads
};

/// Whether a phrase is known without profiles.
pub(super) fn is_known(phrase: &str) -> bool {
    PHRASES.contains(&phrase)
}

/// Without symbols and punctuation around, but with the parentheses of a count.
fn trim(text: &str) -> &str {
    let is_edge = |c: char| !is_letter(c) && !matches!(c, '(' | '（' | ')' | '）');
    let text = text.trim_matches(is_edge);
    match text.strip_prefix(['(', '（']) {
        Some(inner) if !inner.contains(['(', '（']) && digit_at_head(inner).is_none() => {
            inner.trim_end_matches([')', '）'])
        }
        _ => text,
    }
}

fn digit_at_head(text: &str) -> Option<u32> {
    text.chars().next().and_then(digit)
}

/// `8 `, `共 8 条`, `(8)`, `One `.
fn leading_count(text: &str) -> (Option<u64>, &str) {
    let rest = SUMS
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    if let Some(one) = ONE.iter().find(|one| starts_with(text, one)) {
        return (Some(1), text[one.len()..].trim_start());
    }
    let (count, after) = number(rest.trim_start().trim_start_matches(['(', '（']));
    match count {
        None => (None, text),
        Some(_) => {
            let after = after.trim_start_matches([')', '）', '+', ' ']);
            let classifier = CLASSIFIERS.iter().find_map(|word| after.strip_prefix(word));
            (count, classifier.unwrap_or(after).trim_start())
        }
    }
}

/// The words before a count, a parenthesis or a tail; what follows; whether a tail follows.
fn split_phrase(text: &str) -> (&str, &str, bool) {
    let is_end = |c: char| {
        digit(c).is_some()
            || matches!(
                c,
                '(' | ')'
                    | '（'
                    | '）'
                    | ':'
                    | '：'
                    | '['
                    | '【'
                    | '「'
                    | '·'
                    | '•'
                    | '|'
                    | '-'
                    | '–'
                    | '—'
                    | ','
                    | '，'
                    | '共'
            )
    };
    let end = text.find(is_end).unwrap_or(text.len());
    let words = text[..end].trim_end();
    if let Some(space) = words.find([' ', '\u{a0}']) {
        let tail = words[space..].trim_start();
        if TAILS.iter().any(|word| starts_with(tail, word)) {
            return (&words[..space], &text[space..], true);
        }
    }
    (words, &text[end..], false)
}

/// `（8）`, ` 8 条`, `: 8`.
fn trailing_count(text: &str) -> (Option<u64>, &str) {
    let inner = text.trim_start_matches(|c: char| c == '共' || !is_letter(c));
    let (count, after) = number(inner);
    if count.is_none() {
        let rest = text.trim_matches(|c: char| !is_letter(c));
        return (None, rest);
    }
    let after = after.trim_start();
    let after = CLASSIFIERS
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .unwrap_or(after);
    let after = ["评论", "留言", "回复"]
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .unwrap_or(after);
    (count, after.trim_matches(|c: char| !is_letter(c)))
}

/// A number at the head, with separators of thousands.
pub(super) fn number(text: &str) -> (Option<u64>, &str) {
    if !text.starts_with(|c| digit(c).is_some()) {
        return (None, text);
    }
    let mut value = None;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match (digit(c), value) {
            (Some(digit), _) => {
                let sum = value.unwrap_or(0u64);
                value = Some(sum.saturating_mul(10).saturating_add(digit.into()));
                end = at + c.len_utf8();
            }
            (None, Some(_)) if matches!(c, ',' | '，' | '\u{a0}' | '\'') => {
                let digits = text[at + c.len_utf8()..]
                    .chars()
                    .take_while(|c| digit(*c).is_some());
                if digits.count() != 3 {
                    break;
                }
            }
            _ => break,
        }
    }
    (value, &text[end..])
}

fn names_a_section(phrase: &str, counted: bool, extra: &[String]) -> bool {
    let is = |word: &str| equals(phrase, word);
    let may_be_known = LENGTHS >> phrase.len().min(63) & 1 == 1;
    may_be_known
        && (PHRASES.iter().any(|word| is(word)) || counted && COUNTED.iter().any(|word| is(word)))
        || (1..=64).contains(&phrase.len()) && extra.iter().any(|word| is(word))
}

/// The lengths of phrases in bytes, as bits.
const LENGTHS: u64 = {
    let mut lengths = 0;
    let lists = [PHRASES, COUNTED];
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let length = lists[list][at].len();
            assert!(length < 63, "a longer one would never be found");
            lengths |= 1 << length;
            at += 1;
        }
        list += 1;
    }
    lengths
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_quick_no_is_right(pieces in prop::collection::vec(piece(), 0..6)) {
            let text = pieces.concat();
            prop_assert_eq!(parse(&text, &[]), read(&text, &[]), "{}", text);
            let extra = ["wall".to_owned()];
            prop_assert_eq!(parse(&text, &extra), read(&text, &extra), "{}", text);
        }
    }

    fn piece() -> impl Strategy<Value = &'static str> {
        let words = PHRASES.iter().chain(COUNTED).chain(ONE).chain(SUMS);
        let words = words.chain(CLASSIFIERS).chain(TAILS).copied();
        #[rustfmt::skip]
        let others = [
            "Comments", "评", "论", "一", "䷀", "wall", "3", "12,345", "2024-01-02", "８", " ", "(", ")",
            "（", "）", ":", "·", "“", "。", "x", "É", "👍", "\u{a0}", ".", "共",
        ];
        prop::sample::select(words.chain(others).collect::<Vec<_>>())
    }

    #[test]
    fn no_phrase_is_passed_over() {
        for phrase in PHRASES.iter().chain(COUNTED).chain(ONE) {
            assert!(may_start(phrase, &[]), "{phrase}");
            assert!(may_start(&phrase.to_uppercase(), &[]), "{phrase}");
        }
    }

    #[test]
    fn headings_and_their_counts() {
        let check = |text: &str, declared: Option<u64>| {
            let heading = parse(text, &[]).unwrap_or_else(|| panic!("no heading: {text}"));
            assert_eq!(heading.declared, declared, "{text}");
        };
        for (text, count) in [
            ("精选留言（8）", 8),
            ("留言（8）", 8),
            ("留言(８)", 8),
            ("评论(3)", 3),
            ("全部评论 12", 12),
            ("8 条评论", 8),
            ("8条评论", 8),
            ("共 8 条评论", 8),
            ("评论（共 8 条）", 8),
            ("评论 8 条", 8),
            ("Comments (8)", 8),
            ("COMMENTS: 8", 8),
            ("3 Comments", 3),
            ("1 comment", 1),
            ("1,234 Comments", 1234),
            ("(3) Comments", 3),
            ("Comments [3]", 3),
            ("3 Responses to “How to test”", 3),
            ("3 thoughts on “A title, 2nd (part 4)”", 3),
            ("One thought on “Hello”", 1),
            ("2 replies", 2),
            ("5 Comments on this", 5),
            ("コメント (3)", 3),
            ("3件のコメント", 3),
            ("댓글 3", 3),
            ("댓글 3개", 3),
            ("3개의 댓글", 3),
            ("Комментарии (3)", 3),
            ("3 комментария", 3),
            ("КОММЕНТАРИИ 3", 3),
            ("Kommentare (3)", 3),
            ("3 Kommentare zu „Titel“", 3),
            ("3 commentaires", 3),
            ("3 commentaires sur « Titre »", 3),
            ("Comentarios (3)", 3),
            ("💬 Comments (3)", 3),
            ("回复 3", 3),
            ("评论：3", 3),
        ] {
            check(text, Some(count));
        }
        for text in [
            "Comments",
            "评论",
            "评论：",
            "Comments:",
            "【评论】",
            "コメント",
            "댓글",
            "Discussion",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn what_is_no_heading() {
        for text in [
            "",
            "Comments in Rust",
            "评论系统设计",
            "Leave a comment",
            "Comments are closed.",
            "精选留言板的实现",
            "回复",
            "Reply",
            "thoughts on testing",
            "Response",
            "8",
            "(8)",
            "（8）",
            "No comment",
            "The comments",
            "Comments on this design",
            "Commented",
            "如何写评论",
            "Comments, questions",
            "3 comments and 4 likes",
            "评论与留言",
            "Comments (see below)",
        ] {
            assert_eq!(parse(text, &[]), None, "{text}");
        }
        assert_eq!(parse(&"评论".repeat(500), &[]), None);
    }

    #[test]
    fn profiles_add_phrases() {
        assert!(parse("用户之声（3）", &["用户之声".into()]).is_some());
        assert!(parse("Wall of Fame", &["wall of fame".into()]).is_some());
    }
}
