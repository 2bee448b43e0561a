//! The documents that are measured: made here, the same in every run.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Documents of one kind.
pub struct Heap {
    pub name: &'static str,
    pub extension: &'static str,
    /// How many times the time of SHA-256 it may take.
    pub target: u32,
    pub documents: Vec<Vec<u8>>,
    /// Words that the text of each document must have.
    pub last_words: &'static str,
    /// How many comments each document must have.
    pub comments: Option<usize>,
}

impl Heap {
    pub fn bytes(&self) -> usize {
        self.documents.iter().map(Vec::len).sum()
    }

    fn new(name: &'static str, extension: &'static str, target: u32) -> Self {
        let last_words = "";
        Self {
            name,
            extension,
            target,
            documents: Vec::new(),
            last_words,
            comments: None,
        }
    }

    /// Adds documents until there are `size` bytes.
    fn fill(mut self, size: usize, mut document: impl FnMut(&mut Dice) -> String) -> Self {
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        let mut bytes = 0;
        while bytes < size {
            let document = document(&mut dice);
            bytes += document.len();
            self.documents.push(document.into_bytes());
        }
        self
    }
}

/// Plain text: Chinese and English by turns.
pub fn plain(size: usize) -> Heap {
    let mut heap = Heap::new("plain text", "txt", 4);
    heap.last_words = "The end of it. 完。";
    heap.fill(size, |dice| {
        let mut text = String::new();
        while text.len() < 10_000 {
            let language = if dice.roll(2) == 0 {
                &CHINESE[..]
            } else {
                &ENGLISH[..]
            };
            paragraph(dice, language, &mut text);
            text.push_str("\n\n");
        }
        text + "The end of it. 完。\n"
    })
}

/// Chinese lessons in Markdown, each with an island of HTML that holds its comments.
pub fn markdown(size: usize) -> Heap {
    let comments = 12;
    let mut heap = Heap::new("Chinese Markdown", "md", 6);
    heap.last_words = "下一讲再见";
    heap.comments = Some(comments);
    heap.fill(size, |dice| {
        let mut text = String::from("你好，这里是另一讲。\n\n");
        while text.len() < 7_500 {
            lesson_part(dice, &mut text);
        }
        text.push_str("我们下一讲再见！\n");
        let _ = writeln!(
            text,
            "<div><strong>精选留言（{comments}）</strong></div><ul>"
        );
        for _ in 0..comments {
            let (name, likes) = (NAMES[dice.roll(NAMES.len())], dice.roll(40));
            let _ = write!(
                text,
                "<li><img src=\"https://example.org/avatar/{:06x}.jpg\" width=\"30px\">\
                 <span>{name}_{}</span> 👍（{likes}） 💬（{}）<div>",
                dice.roll(1 << 24),
                dice.roll(10_000),
                dice.roll(5),
            );
            paragraph(dice, &CHINESE, &mut text);
            let (month, day) = (1 + dice.roll(12), 1 + dice.roll(28));
            let _ = write!(text, "</div>2024-{month:02}-{day:02}</li><br/>");
        }
        text + "\n</ul>"
    })
}

fn lesson_part(dice: &mut Dice, text: &mut String) {
    match dice.roll(10) {
        0 => {
            let _ = write!(text, "## {}", CHINESE[dice.roll(CHINESE.len())]);
        }
        1 => {
            for _ in 0..3 + dice.roll(4) {
                let _ = write!(text, "- **{}**：", NAMES[dice.roll(NAMES.len())]);
                text.push_str(CHINESE[dice.roll(CHINESE.len())]);
                text.push('\n');
            }
        }
        2 => {
            text.push_str("```go\n");
            for line in 0..4 + dice.roll(8) {
                let _ = writeln!(
                    text,
                    "\tfor i := {line}; i < len(rows) && rows[i] > 0; i++ {{ // {line}"
                );
            }
            text.push_str("```\n");
        }
        3 => {
            let _ = write!(
                text,
                "![](https://example.org/image/{:08x}.png?wh=1920x1080)",
                dice.roll(1 << 30)
            );
        }
        4 => {
            text.push_str("最要紧的是，**");
            text.push_str(CHINESE[dice.roll(CHINESE.len())]);
            text.push_str("**参见 [上一讲](https://example.org/lesson/12)。");
        }
        _ => paragraph(dice, &CHINESE, text),
    }
    text.push_str("\n\n");
}

/// Pages of a documentation in HTML: menu, links with classes, code with spans, tables, lists.
pub fn html(size: usize) -> Heap {
    let mut heap = Heap::new("HTML documentation", "html", 6);
    heap.last_words = "Last updated on a quiet Sunday";
    heap.fill(size, |dice| {
        let mut text = String::from(HTML_HEAD);
        for entry in 0..30 {
            let _ = writeln!(
                text,
                "<li class=\"toctree-l1\"><a class=\"reference internal\" href=\"chapter-{entry}.html#part\">{}</a></li>",
                ENGLISH[dice.roll(ENGLISH.len())]
            );
        }
        text.push_str("</ul></nav>\n<main class=\"document\" role=\"main\">\n");
        for part in 0..12 {
            page_part(dice, part, &mut text);
        }
        text + "</main>\n<footer><p>Last updated on a quiet Sunday.</p></footer>\n</body>\n</html>\n"
    })
}

fn page_part(dice: &mut Dice, part: usize, text: &mut String) {
    let _ = writeln!(
        text,
        "<section id=\"part-{part}\">\n<h2>{}<a class=\"headerlink\" href=\"#part-{part}\" title=\"Permalink\">¶</a></h2>",
        ENGLISH[dice.roll(ENGLISH.len())]
    );
    for _ in 0..1 + dice.roll(3) {
        text.push_str("<p>");
        paragraph(dice, &ENGLISH, text);
        text.push_str(" See <a class=\"reference internal\" href=\"library/shelf.html#shelf.find\"><code class=\"xref py py-func docutils literal notranslate\"><span class=\"pre\">shelf.find()</span></code></a> &amp; <em>friends</em>.</p>\n");
    }
    match dice.roll(3) {
        0 => {
            text.push_str("<div class=\"highlight-python3 notranslate\"><div class=\"highlight\"><pre><span></span>");
            for line in 0..6 + dice.roll(10) {
                let _ = writeln!(
                    text,
                    "<span class=\"k\">if</span> <span class=\"n\">row_{line}</span> <span class=\"o\">&lt;</span> <span class=\"mi\">{}</span><span class=\"p\">:</span>  <span class=\"c1\"># {}</span>",
                    dice.roll(1_000),
                    ENGLISH[dice.roll(ENGLISH.len())]
                );
            }
            text.push_str("</pre></div>\n</div>\n");
        }
        1 => {
            text.push_str("<table class=\"docutils align-default\">\n<thead>\n<tr class=\"row-odd\"><th class=\"head\"><p>Name</p></th>\n<th class=\"head\"><p>Meaning</p></th>\n</tr>\n</thead>\n<tbody>\n");
            for row in 0..5 + dice.roll(6) {
                let _ = writeln!(
                    text,
                    "<tr class=\"row-even\"><td><p><code class=\"docutils literal notranslate\"><span class=\"pre\">name_{row}</span></code></p></td>\n<td><p>{}</p></td>\n</tr>",
                    ENGLISH[dice.roll(ENGLISH.len())]
                );
            }
            text.push_str("</tbody>\n</table>\n");
        }
        _ => {
            text.push_str("<ul class=\"simple\">\n");
            for _ in 0..3 + dice.roll(5) {
                let _ = writeln!(
                    text,
                    "<li><p>{}</p></li>",
                    ENGLISH[dice.roll(ENGLISH.len())]
                );
            }
            text.push_str("</ul>\n");
        }
    }
    text.push_str("</section>\n");
}

/// The HTML files below a folder, if there are any.
pub fn files(folder: &Path) -> Option<Heap> {
    let mut heap = Heap::new("HTML files", "html", 6);
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                heap.documents.extend(fs::read(path));
            }
        }
    }
    (!heap.documents.is_empty()).then_some(heap)
}

/// Some sentences, with a number among them now and then.
fn paragraph(dice: &mut Dice, sentences: &[&str], text: &mut String) {
    for _ in 0..2 + dice.roll(4) {
        text.push_str(sentences[dice.roll(sentences.len())]);
        if sentences[0].is_ascii() {
            text.push(' ');
        }
        if dice.roll(8) == 0 {
            let _ = write!(text, "{} ", dice.roll(10_000));
        }
    }
}

/// Numbers that look random and are the same in every run (xorshift64*).
pub struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        (high as usize * sides) >> 32
    }
}

const HTML_HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>The shelf library: a handbook</title>\n\
    <link rel=\"stylesheet\" type=\"text/css\" href=\"_static/pygments.css\">\n\
    <script src=\"_static/search.js\"></script>\n<script>var started = 1 < 2 && \"<p>\";</script>\n\
    </head>\n<body class=\"wy-body-for-nav\">\n<nav class=\"sidebar\"><ul>\n";

const NAMES: [&str; 12] = [
    "远山",
    "Lily",
    "早起的鱼",
    "码字工",
    "阿七",
    "北门",
    "Tomato",
    "小满",
    "老周",
    "半斤八两",
    "Echo",
    "雨停了",
];

const CHINESE: [&str; 20] = [
    "先把水烧开，再把面放进去，顺序不能反。",
    "这个办法我用了三年，没有出过一次错。",
    "如果锁的粒度太大，多出来的核就只能在旁边看热闹。",
    "他把那封信看了两遍，折好，放回抽屉里。",
    "缓存的命中率从六成涨到九成，延时却没有变化，这说明瓶颈不在这里。",
    "春天的雨下起来没有声音，第二天早上才发现院子湿透了。",
    "请注意，这里的下标是从 1 开始的，不是从 0 开始。",
    "写测试的时候先想清楚什么情况下它会失败，不会失败的测试等于没有写。",
    "老板娘说豆腐要趁热吃，凉了就是另外一道菜。",
    "为什么会这样？答案在上一节的那张表里。",
    "我们把请求分成三类：能等的、不能等的、不该来的。",
    "山脚下有一家修车铺，招牌上只有一个“补”字。",
    "内存不够的时候，系统会先把最久没用的页换出去，听起来很公平，其实不一定。",
    "别人问起来，他总是说：“还早呢。”",
    "两台机器的时钟差了四百毫秒，日志的先后就全乱了。",
    "地图上看只有三公里，走起来却花了整整一个下午。",
    "好的命名让人不必看实现，坏的命名让人不敢相信实现。",
    "把葱切成段，姜切成片，蒜用刀背拍一下就行。",
    "每一次重构都应该能随时停下来，停在哪里都可以上线。",
    "火车开动的时候，站台上的人还在挥手。",
];

const ENGLISH: [&str; 20] = [
    "The function returns the first shelf that has room for the book.",
    "Nobody had opened the door since the winter before last.",
    "If two writers hold the same key, the later one wins and the earlier one is logged.",
    "Rain fell on the tin roof all night, and by morning the lane was a stream.",
    "This option has no effect unless the cache is enabled.",
    "Measure twice, and then ask somebody else to measure once.",
    "A missing value is not the same as zero, and the two are never merged.",
    "The baker puts the first loaves out at six, still too hot to slice.",
    "Changed in version 3.2: the argument may be a path or an open file.",
    "She read the letter on the stairs, standing up, with her coat on.",
    "Every entry is checked before it is written; an entry that fails is kept aside.",
    "Turn left at the church, and left again where the church used to be.",
    "The default is chosen so that old programs go on working.",
    "When the tide is out you can walk to the island and be back for lunch.",
    "Iteration stops at the first error, which is raised again with its position.",
    "It took eleven men and a borrowed tractor to move the piano.",
    "Names are compared without regard to case, but they are stored as they were given.",
    "There is a bench under the lime tree for people who are early.",
    "Do not rely on the order of the results; sort them if it matters.",
    "What he called a shortcut added an hour and a river.",
];
