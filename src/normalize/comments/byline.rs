//! Reads the text around a comment: who wrote it, when, counters and buttons.

use std::ops::Range;
use std::sync::LazyLock;

use super::heading::number;
use super::words::{Words, is_letter};
use super::{counter, date};
use crate::text::Counter;

/// What a byline says. Ranges are bytes of the text that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Byline {
    /// How far it was understood.
    pub end: usize,
    pub author: Option<Range<usize>>,
    pub date: Option<(Range<usize>, Option<String>)>,
    /// Where each counter begins, and what it is.
    pub counters: Vec<(usize, Counter)>,
    /// Whether it has a word that only a button has.
    pub button: bool,
    /// Whether it ends with a colon.
    pub colon: bool,
}

/// Texts longer than this are no bylines, in bytes.
pub(super) const LONGEST: usize = 400;

/// Reads all of `text` as a byline, with `author` where the name is known to stand. None if
/// there is anything in it that has no place in one.
pub(super) fn whole(text: &str, author: Option<Range<usize>>) -> Option<Byline> {
    if text.len() > LONGEST {
        return None;
    }
    let mut scan = Scan::new(text, author);
    while scan.part() {}
    scan.is_done().then_some(scan.found)
}

/// Reads the byline at the head of `text`, which the comment follows: author, date, counters,
/// and what separates them from the comment. `end` is where the comment begins; none if it has
/// no author, or nothing that says that a byline ends there.
pub(super) fn head(text: &str, author: Option<Range<usize>>) -> Option<Byline> {
    let mut scan = Scan::new(text, author);
    scan.separators();
    scan.word(&LEAD);
    scan.separators();
    if !scan.name() {
        return None;
    }
    let mut firm = false;
    loop {
        let mark = scan.found.end;
        scan.separators();
        if scan.found.end > LONGEST {
            return None;
        }
        let colon = ends_with_colon(&text[mark..scan.found.end]);
        if colon && (scan.found.date.is_some() || !scan.date_follows()) {
            firm = true;
            scan.found.colon = true;
            break;
        }
        if scan.date() || scan.counter() || scan.word(&VERBS) {
            firm = true;
            continue;
        }
        break;
    }
    firm.then_some(scan.found)
}

/// The counters in a byline: where, how long, what.
pub(super) fn counters(text: &str) -> Vec<(usize, usize, Counter)> {
    let mut found = Vec::new();
    let mut scan = Scan::new(&text[..text.floor_char_boundary(LONGEST)], None);
    while !scan.is_done() {
        let at = scan.found.end;
        if let Some((len, counter)) = counter::at_head(scan.rest()) {
            found.push((at, len, counter));
            scan.found.end += len;
        } else if !(scan.separator() || scan.date()) {
            let rest = scan.rest();
            let word = rest.find(|c: char| !is_letter(c));
            scan.found.end += word.unwrap_or(rest.len()).max(1);
        }
    }
    found
}

/// Who wrote it by the look of the text alone: a short name before a date or a counter.
pub(super) fn name_at_head(text: &str) -> Option<Range<usize>> {
    let start = lead(text);
    let window = prefix(&text[start..], 160);
    let date = date::find(window).map(|(at, _)| at);
    let counter = window
        .char_indices()
        .find(|(at, c)| !is_letter(*c) && counter::at_head(&window[*at..]).is_some())
        .map(|(at, _)| at);
    let end = date.into_iter().chain(counter).min()?;
    let range = strip_words(&window[..end]);
    let name = &window[range.clone()];
    (is_name(name) && !is_prose(name)).then(|| start + range.start..start + range.end)
}

/// Whether three or more words begin or end in lower case: names do not, sentences do.
fn is_prose(text: &str) -> bool {
    let lower = |word: &str| word.starts_with(char::is_lowercase);
    let mut words = text.split_whitespace();
    let (first, last) = (words.next(), words.next_back());
    words.next().is_some() && [first, last].into_iter().flatten().any(lower)
}

/// Whether a text could be somebody's name: short, and no sentence.
pub(super) fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| is_letter(*c)).count();
    let length = text.chars().count();
    let words = text.split_whitespace().count();
    let spelled = text
        .split_whitespace()
        .filter(|word| word.chars().count() > 2)
        .count();
    (letters > 0 || length <= 16)
        && (1..=48).contains(&length)
        && (words <= 4 || spelled <= 2)
        && !text.contains(['。', '！', '？', '；', '，', ';', '?', '\n', '：'])
        && !text.contains(": ")
        && !text.ends_with([':', '!'])
        && !text.contains(". ")
}

/// Where the name stands in a text that names somebody, without `says`, `by`, colons and the like
/// around it.
pub(super) fn clean_name(text: &str) -> Range<usize> {
    let start = lead(text);
    let name = strip_words(&text[start..]);
    match name.is_empty() {
        true => 0..text.len(),
        false => start + name.start..start + name.end,
    }
}

/// Length of `Posted by `, `作者：` and edges at the head of a text.
fn lead(text: &str) -> usize {
    let mut scan = Scan::new(text, None);
    scan.separators();
    while scan.word(&LEAD) {
        scan.separators();
    }
    match scan.is_done() {
        true => 0,
        false => scan.found.end,
    }
}

/// Without the words that lead from a name to a date, and without edges.
fn strip_words(text: &str) -> Range<usize> {
    let mut end = text.trim_end_matches(is_edge).len();
    while let Some(word) = VERBS.at_end(&text[..end]) {
        end = text[..end - word.len()].trim_end_matches(is_edge).len();
    }
    let name = &text[..end];
    name.len() - name.trim_start_matches(is_edge).len()..end
}

/// What stands around names, and between the parts of a byline.
fn is_edge(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | ')'
                | '（'
                | '）'
                | '['
                | ']'
                | '【'
                | '】'
                | ','
                | '，'
                | '、'
                | ':'
                | '：'
                | ';'
                | '|'
                | '｜'
                | '/'
                | '·'
                | '•'
                | '∙'
                | '-'
                | '–'
                | '—'
                | '―'
                | '~'
                | '@'
                | '»'
                | '›'
                | '>'
                | '<'
                | '.'
        )
}

fn ends_with_colon(text: &str) -> bool {
    text.trim_end().ends_with([':', '：'])
}

fn prefix(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Words before a name.
static LEAD: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        "posted by",
        "written by",
        "comment by",
        "reply by",
        "by",
        "from",
        "author",
        "作者",
        "用户",
        "昵称",
        "网友",
        "von",
        "par",
        "por",
        "от",
    ])
});

/// Words between a name and a date or the comment.
static VERBS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        "says",
        "said",
        "wrote",
        "writes",
        "commented",
        "replied",
        "posted",
        "posted on",
        "on",
        "at",
        "schrieb",
        "sagt",
        "meint",
        "a dit",
        "dit",
        "dice",
        "пишет",
        "写道",
        "说道",
        "说",
        "發表於",
        "发表于",
        "发布于",
        "评论于",
        "留言于",
        "回复于",
        "于",
        "より",
    ])
});

/// Words that a byline may have anywhere: buttons, badges, labels.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(&[
        "reply to this",
        "reply",
        "replies",
        "likes",
        "like",
        "liked",
        "unlike",
        "share",
        "report abuse",
        "report",
        "permalink",
        "permanent link",
        "link to this comment",
        "link",
        "edited by",
        "edited",
        "edit",
        "delete",
        "quote",
        "flag as inappropriate",
        "flag",
        "upvote",
        "downvote",
        "up",
        "down",
        "vote",
        "helpful",
        "save",
        "parent",
        "context",
        "next",
        "prev",
        "hide",
        "collapse",
        "expand",
        "show",
        "more",
        "view",
        "translate",
        "mute",
        "block",
        "ignore",
        "embed",
        "follow",
        "copy link",
        "log in to reply",
        "login to reply",
        "says",
        "said",
        "wrote",
        "writes",
        "commented",
        "replied",
        "posted by",
        "posted on",
        "posted",
        "on",
        "at",
        "by",
        "in",
        "from",
        "ago",
        "author",
        "moderator",
        "mod",
        "admin",
        "administrator",
        "op",
        "staff",
        "member",
        "guest",
        "new",
        "top",
        "pinned",
        "post",
        "comment",
        "date",
        "name",
        "published",
        "uhr",
        "antworten",
        "répondre",
        "responder",
        "ответить",
        "schrieb",
        "sagt",
        "写道",
        "说道",
        "说",
        "发表于",
        "發表於",
        "发布于",
        "评论于",
        "留言于",
        "回复于",
        "于",
        "作者回复",
        "作者",
        "回复",
        "回覆",
        "引用",
        "举报",
        "舉報",
        "赞同",
        "赞",
        "讚",
        "点赞",
        "踩",
        "顶",
        "支持",
        "反对",
        "分享",
        "收藏",
        "编辑",
        "删除",
        "展开",
        "收起",
        "置顶",
        "精选",
        "楼主",
        "层主",
        "沙发",
        "板凳",
        "地板",
        "只看该作者",
        "只看楼主",
        "查看",
        "更多",
        "来自",
        "用户",
        "返信",
        "通報",
        "編集",
        "답글",
        "신고",
        "공유",
    ])
});

/// Words that are buttons and never what somebody wrote.
const BUTTONS: &[&str] = &[
    "reply",
    "report",
    "permalink",
    "share",
    "quote",
    "edit",
    "delete",
    "flag",
    "举报",
    "舉報",
    "引用",
    "返信",
    "通報",
    "답글",
    "신고",
    "回复",
    "回覆",
    "只看该作者",
    "antworten",
    "répondre",
    "responder",
    "ответить",
];

struct Scan<'t> {
    text: &'t str,
    known: Option<Range<usize>>,
    found: Byline,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, known: Option<Range<usize>>) -> Self {
        Self {
            text,
            known,
            found: Byline::default(),
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.found.end..]
    }

    fn is_done(&self) -> bool {
        self.found.end >= self.text.len()
    }

    /// Whatever a byline may have here; not if there is nothing more, or anything else.
    fn part(&mut self) -> bool {
        match self.rest().chars().next() {
            None => false,
            Some(_) if self.name() => true,
            Some(first) if first.is_ascii_digit() => self.date() || self.counter() || self.floor(),
            Some(first) if is_letter(first) => {
                self.date() || self.counter() || self.word(&WORDS) || self.floor()
            }
            Some(first) => self.counter() || self.skip(first),
        }
    }

    fn skip(&mut self, first: char) -> bool {
        self.found.end += first.len_utf8();
        first != '+'
    }

    /// One character that is no letter, digit or counter.
    fn separator(&mut self) -> bool {
        let Some(first) = self.rest().chars().next() else {
            return false;
        };
        let known = self.known.as_ref();
        let plain = first.is_ascii() && first != '+' && first != '-';
        if is_letter(first)
            || first == '+'
            || known.is_some_and(|known| known.start == self.found.end)
            || !plain && counter::at_head(self.rest()).is_some()
        {
            return false;
        }
        self.found.end += first.len_utf8();
        true
    }

    /// What stands between the parts of a byline: punctuation, but no symbols.
    fn separators(&mut self) {
        let known = self.known.as_ref().map(|known| known.start);
        while let Some(first) = self.rest().chars().next() {
            if !is_edge(first) || known == Some(self.found.end) {
                return;
            }
            self.found.end += first.len_utf8();
        }
    }

    fn name(&mut self) -> bool {
        match &self.known {
            Some(known) if known.start == self.found.end && known.end > known.start => {
                self.found.end = known.end;
                self.found.author = self.known.take();
                true
            }
            _ => false,
        }
    }

    fn date(&mut self) -> bool {
        if let Some(found) = date::at_head(self.rest()) {
            let range = self.found.end..self.found.end + found.len;
            self.found.end = range.end;
            if self.found.date.is_none() {
                self.found.date = Some((range, found.iso));
            }
            return true;
        }
        let time = date::time_at_head(self.rest());
        self.found.end += time.unwrap_or(0);
        time.is_some()
    }

    fn date_follows(&self) -> bool {
        date::at_head(self.rest()).is_some()
    }

    fn counter(&mut self) -> bool {
        let Some((len, counter)) = counter::at_head(self.rest()) else {
            return false;
        };
        self.found.counters.push((self.found.end, counter));
        self.found.end += len;
        true
    }

    /// The longest of `words` that stands here.
    fn word(&mut self, words: &Words) -> bool {
        let Some((word, ())) = words.at_head(self.rest()) else {
            return false;
        };
        self.found.end += word.len();
        self.found.button |= BUTTONS.contains(&word);
        true
    }

    /// `#3`, `3楼`, `3F`: the number of a comment. Any bare number is one.
    fn floor(&mut self) -> bool {
        let (value, rest) = number(self.rest());
        if value.is_none() {
            return false;
        }
        let after = ["楼", "樓", "F", "层", "L"]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        let after = after.unwrap_or(rest);
        if after.starts_with(is_letter) {
            return false;
        }
        self.found.end = self.text.len() - after.len();
        true
    }
}

#[cfg(test)]
mod tests {
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
}
