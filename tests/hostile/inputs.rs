//! The inputs. Each names the words that a reader must find in its text, in order.

/// A document that is hard to read.
pub struct Input {
    pub name: &'static str,
    pub extension: &'static str,
    pub bytes: Vec<u8>,
    pub holds: Vec<String>,
}

fn input(name: &'static str, extension: &'static str, text: impl Into<Vec<u8>>) -> Input {
    Input {
        name,
        extension,
        bytes: text.into(),
        holds: Vec::new(),
    }
}

impl Input {
    fn holds(mut self, words: &[&str]) -> Self {
        self.holds
            .extend(words.iter().map(|words| (*words).to_owned()));
        self
    }
}

/// Inputs of at most a few megabytes.
pub fn small() -> Vec<Input> {
    [
        deep(),
        dirty(),
        unclosed(),
        repeated(),
        undecodable(),
        islands(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn deep() -> Vec<Input> {
    let levels = 1_000;
    let list: String = (0..levels)
        .map(|n| format!("{}- item {n}\n", "  ".repeat(n)))
        .collect();
    let html = "<ul><li>a point".repeat(levels) + " at the bottom" + &"</li></ul>".repeat(levels);
    let replies = "<ol class=\"comment-list\"><li class=\"comment\"><b class=\"fn\">Ann</b> \
                   <time>2020-01-02</time><div class=\"comment-content\"><p>I reply</p></div>"
        .repeat(levels);
    vec![
        input("nested Markdown lists", "md", list).holds(&["item 0\n", "item 500\n", "item 999"]),
        input("nested HTML lists", "html", html).holds(&["a point", "at the bottom"]),
        input(
            "nested quotations",
            "md",
            "> ".repeat(levels) + "the innermost words",
        )
        .holds(&["the innermost words"]),
        input(
            "nested replies",
            "html",
            format!("<div id=\"comments\">{replies}</div>"),
        )
        .holds(&["I reply", "I reply"]),
        input("nested emphasis", "md", "*a **b ".repeat(5_000) + "the end").holds(&["the end"]),
        input(
            "nested tables",
            "html",
            "<table><tr><td>cell ".repeat(levels) + "innermost",
        )
        .holds(&["cell", "innermost"]),
    ]
}

fn dirty() -> Vec<Input> {
    vec![
        input(
            "a stray NUL",
            "md",
            "before\0after and more\n\nanother paragraph\n",
        )
        .holds(&["before", "after and more", "another paragraph"]),
        input(
            "mixed line ends",
            "txt",
            "one\rtwo\r\n\r\nthree\n\nfour\r\rfive",
        )
        .holds(&["one", "two", "three", "four", "five"]),
        input(
            "form feeds",
            "txt",
            "page one\u{c}page two\n\u{c}\npage three",
        )
        .holds(&["page one", "page two", "page three"]),
        input(
            "private use",
            "md",
            "苹果 \u{f8ff} 与 \u{e000}\u{e001} 造字",
        )
        .holds(&["\u{f8ff}", "\u{e000}\u{e001}", "造字"]),
        input("Kangxi radicals", "md", "⼈⼯智能与⽣活").holds(&["智能与", "活"]),
        input(
            "emphasis beside Han",
            "md",
            "他说：**“不要动。”**然后走了。**注意：**小心。",
        )
        .holds(&["他说：“不要动。”然后走了。注意：小心。"]),
        input(
            "type parameters in prose",
            "md",
            "用 List<String> 装 Map<K, V>，还有 <T>。",
        )
        .holds(&["用 List<String> 装 Map<K, V>，还有 <T>。"]),
        input(
            "zero-width characters",
            "txt",
            "a\u{200b}".repeat(100_000) + "end",
        )
        .holds(&["end"]),
        input(
            "combining marks",
            "txt",
            format!("a{}b", "\u{301}\u{323}".repeat(100_000)),
        )
        .holds(&["b"]),
        input(
            "variation selectors",
            "txt",
            "👩\u{200d}🌾 ❤\u{fe0f} 葛\u{e0100}",
        )
        .holds(&["👩\u{200d}🌾", "❤\u{fe0f}"]),
    ]
}

fn unclosed() -> Vec<Input> {
    vec![
        input("an open tag", "html", "<p>the words before<div <p \"").holds(&["the words before"]),
        input("an open comment", "html", "<p>the words before<!-- after")
            .holds(&["the words before"]),
        input(
            "an open fence",
            "md",
            "words before\n\n```rust\nfn main() {}\n",
        )
        .holds(&["words before", "fn main() {}"]),
        input("an open title", "html", "<title>a title<p>and words").holds(&["a title"]),
        input(
            "an open attribute",
            "md",
            "words before\n\n<a href=\"x>never closed\n\nwords after\n",
        )
        .holds(&["words before"]),
        input(
            "end tags alone",
            "html",
            "</p></div></table>text</ul></li></body>more</html>tail",
        )
        .holds(&["text", "more", "tail"]),
        input(
            "open front matter",
            "md",
            "---\ntitle: x\n\nwords that follow\n",
        )
        .holds(&["words that follow"]),
        input(
            "a fence in a list item",
            "md",
            "- item\n\n  ```\n  let a = 1;\n\n  let b = 2;\n  ```\n\n  end\n- next\n",
        )
        .holds(&["item", "let a = 1;", "let b = 2;", "end", "next"]),
    ]
}

fn repeated() -> Vec<Input> {
    let times = 50_000;
    let runs: String = (1..600).map(|n| "`".repeat(n) + "x ").collect();
    let columns = "a | ".repeat(5_000);
    let table = format!("{columns}\n{}\n{columns}end", "- | ".repeat(5_000));
    let definitions: String = (0..20_000).map(|n| format!("[r{n}]: /x{n}\n")).collect();
    let notes: String = (0..5_000).map(|n| format!("a[^{n}] ")).collect();
    vec![
        input("open brackets", "md", "[".repeat(times) + "end").holds(&["end"]),
        input("open links", "md", "[a](".repeat(times) + "end").holds(&["end"]),
        input("open images", "md", "![".repeat(times) + "end").holds(&["end"]),
        input("stars and lines", "md", "*a_ ".repeat(times) + "end").holds(&["end"]),
        input("runs of ticks", "md", runs + "end").holds(&["end"]),
        input("open angles", "md", "<a".repeat(times) + " end").holds(&["end"]),
        input("open angles in HTML", "html", "<a ".repeat(times)),
        input("ampersands", "html", "&".repeat(times) + "amp; end").holds(&["end"]),
        input(
            "entities",
            "html",
            "&#x4e00;&amp;&notit;".repeat(times) + "end",
        )
        .holds(&["一&", "end"]),
        input("a wide table", "md", table).holds(&["a", "end"]),
        input("definitions", "md", definitions + "\nend").holds(&["end"]),
        input("notes without text", "md", notes + "end").holds(&["end"]),
        input("blank lines", "md", "\n".repeat(1_000_000) + "end").holds(&["end"]),
        input("spaces", "txt", " ".repeat(1_000_000) + "end").holds(&["end"]),
        input(
            "attributes",
            "html",
            format!("<p {}>end", "a=b ".repeat(times)),
        )
        .holds(&["end"]),
        input(
            "headings of comments",
            "md",
            "## Comments (3)\n\n".repeat(5_000) + "end",
        )
        .holds(&["Comments (3)", "end"]),
    ]
}

fn undecodable() -> Vec<Input> {
    let all: Vec<u8> = (0..=255).collect();
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let mut odd = vec![0xff, 0xfe];
    odd.extend(utf16("words before a half"));
    odd.push(0x41);
    let mut lone = vec![0xff, 0xfe];
    lone.extend(utf16("one "));
    lone.extend([0x00, 0xd8]);
    lone.extend(utf16(" two"));
    let mut broken = "一段完整的话，".repeat(50).into_bytes();
    broken.extend([0xe4, 0xb8]);
    broken.extend("后面的话也在".bytes());
    vec![
        input("a byte order mark alone", "txt", [0xef, 0xbb, 0xbf]),
        input("half a UTF-16 unit", "txt", odd).holds(&["words before a half"]),
        input("a lone surrogate", "txt", lone).holds(&["one", "two"]),
        input("a broken character", "md", broken).holds(&["一段完整的话", "后面的话也在"]),
        input("every byte", "md", all.repeat(3)),
        input(
            "a false declaration",
            "html",
            "<meta charset=gbk><p>声明是假的，字是真的",
        )
        .holds(&["声明是假的，字是真的"]),
    ]
}

fn islands() -> Vec<Input> {
    let comments = "lesson\n<div><strong>精选留言（2）</strong></div><ul>\n<li><span>甲</span> \
                    👍（1） 💬（0）<p>第一行\n\n隔了一个空行</p>2024-01-02</li><br/>\n\n\
                    <li><span>乙</span> 👍（0） 💬（0）<p>后来的话</p>2024-01-03</li></ul>\n";
    vec![
        input("blank lines in an island", "md", comments).holds(&[
            "lesson",
            "第一行",
            "隔了一个空行",
            "后来的话",
        ]),
        input(
            "Markdown in an island",
            "md",
            "<div>\n\n**bold** words\n\n- item\n\n</div>\n\ntail",
        )
        .holds(&["words", "item", "tail"]),
        input(
            "a page in Markdown",
            "md",
            "intro\n\n<table><tr><td>\n\ncell\n\n</td></tr></table>\n\nend",
        )
        .holds(&["intro", "cell", "end"]),
    ]
}

/// Inputs of about `size` bytes in one line, and three million nested tags.
pub fn large(size: usize) -> Vec<Input> {
    let sentence = "这一行没有换行，只有一句接一句的话。Then some English, and <again> 汉字。";
    let line = sentence.repeat(size / sentence.len()) + "到此为止";
    let tags = 3_000_000;
    let nested = "<b>".repeat(tags) + "innermost" + &"</b>".repeat(tags) + "tail";
    vec![
        input("one line of plain text", "txt", line.as_str()).holds(&["这一行", "到此为止"]),
        input("one line of Markdown", "md", line.as_str()).holds(&["这一行", "到此为止"]),
        input("one line of HTML", "html", format!("<p>{line}")).holds(&["这一行", "到此为止"]),
        input("nested tags", "html", nested).holds(&["innermost", "tail"]),
    ]
}
