use proptest::prelude::*;

use super::*;

fn show(text: &str, found: Option<Byline>) -> String {
    let Some(found) = found else {
        return "-".into();
    };
    let date = found
        .date
        .map(|(range, iso)| iso.unwrap_or(text[range].to_owned()));
    let counters: Vec<_> = found
        .counters
        .iter()
        .map(|(_, c)| format!("{} {}", c.value, c.label))
        .collect();
    let author = found.author.map(|range| text[range].to_owned());
    format!(
        "{}|{}|{}|{}",
        author.unwrap_or_default(),
        date.unwrap_or_default(),
        counters.join(", "),
        &text[found.end..],
    )
}

#[test]
fn whole_bylines() {
    let check = |text: &str, author: &str, expected: &str| {
        let author = text
            .find(author)
            .filter(|_| !author.is_empty())
            .map(|at| at..at + author.len());
        assert_eq!(show(text, whole(text, author)), expected, "{text}");
    };
    check("小明 👍（2） 💬（1）", "小明", "小明||2 likes, 1 replies|");
    check("2024-12-10", "", "|2024-12-10||");
    check("Alice says:", "Alice", "Alice|||");
    check(
        "#3 Alice (moderator) posted on January 2, 2024 at 3:04 pm · Reply · Report",
        "Alice",
        "Alice|2024-01-02T15:04||",
    );
    check(
        "3楼 小明 发表于 2024-1-2 10:00 只看该作者",
        "小明",
        "小明|2024-01-02T10:00||",
    );
    check("12 likes · Reply", "", "||12 likes|");
    check(
        "by Alice » Tue Jan 02, 2024 3:04 pm",
        "Alice",
        "Alice|2024-01-02T15:04||",
    );
    check("Great post", "", "-");
    check("Alice great", "Alice", "-");
}

#[test]
fn bylines_before_a_comment() {
    let check = |text: &str, author: &str, expected: &str| {
        let author = text
            .find(author)
            .filter(|_| !author.is_empty())
            .map(|at| at..at + author.len());
        let author = author.or_else(|| name_at_head(text));
        assert_eq!(show(text, head(text, author)), expected, "{text}");
    };
    check(
        "Alice (2024-01-02): text",
        "Alice",
        "Alice|2024-01-02||text",
    );
    check(
        "Bob, 2024-01-02: Reply to all",
        "",
        "Bob|2024-01-02||Reply to all",
    );
    check(
        "小明（2024-01-02）：2024-01-03 再说",
        "",
        "小明|2024-01-02||2024-01-03 再说",
    );
    check(
        "Alice — 2024-01-02 3 likes text",
        "Alice",
        "Alice|2024-01-02|3 likes|text",
    );
    check("Alice: text", "Alice", "Alice|||text");
    check("Alice says: text", "Alice", "Alice|||text");
    check("Alice text", "Alice", "-");
    check("just a text of 2024-01-02, you see: text", "", "-");
    check("no date", "", "-");
}

#[test]
fn names() {
    let check = |text: &str, name: &str| {
        let range = name_at_head(text).unwrap_or(0..0);
        assert_eq!(&text[range], name, "{text}");
    };
    check("Bob, 2024-01-02: text", "Bob");
    check("小明 👍（2）", "小明");
    check("Posted by Mary Ann on 10 Dec 2024", "Mary Ann");
    check("作者：小明 发表于 2024年1月2日", "小明");
    check("We released it in the year after 2024-01-02", "");
    check("Done. Fixed 2024-01-02", "");
    for (text, name) in [
        ("Alice says:", "Alice"),
        ("by Bob", "Bob"),
        ("@carol", "carol"),
        ("小明 写道：", "小明"),
        ("says", "says"),
        ("Bon", "Bon"),
        ("byte", "byte"),
    ] {
        assert_eq!(&text[clean_name(text)], name, "{text}");
    }
}

proptest! {
    #[test]
    fn what_begins_no_part_is_none(text in text_of_words()) {
        let is_asked = text.starts_with(|c: char| is_letter(c) && !c.is_ascii_digit());
        if is_asked && !BEGINS.may_begin(&text) {
            prop_assert!(date::at_head(&text).is_none() && date::time_at_head(&text).is_none());
            prop_assert!(counter::at_head(&text).is_none() && number(&text).0.is_none());
            prop_assert!(WORDS.at_head(&text).is_none() && BADGES.at_head(&text).is_none());
        }
    }

    #[test]
    fn counters_begin_with_letters_or_signs(text in text_of_words()) {
        if let (Some(first), Some(_)) = (text.chars().next(), counter::at_head(&text)) {
            prop_assert!(is_letter(first) || counter::may_be_sign(first));
        }
    }
}

/// Words of bylines, and what may stand beside them.
#[rustfmt::skip]
fn text_of_words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "昨", "天", "今", "前", "刚刚", "上午", "下午", "晚上", "早", "1", "２", "3", ":", "：", "30", " ", "-", "+",
        "2024", "年", "月", "日", "Mai", "May", "mars", "мая", "Я", "ago", "a", "an", "one", "week",
        "yesterday", "il y a ", "vor ", "mo", "Tue", "👍", "❤", "▲", "赞", "讚", "回复", "回", "复", "likes",
        "Like", "(", "（", "）", "作者", "楼主", "楼", "op", "Reply", "举报", "于", "说", "说道", "인", "추", "공감",
        "방금", "좋아요", "답글", "É", "répondre", "中", "文", "x",
    ]);
    prop::collection::vec(word, 1..5).prop_map(|words| words.concat())
}
