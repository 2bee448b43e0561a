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
