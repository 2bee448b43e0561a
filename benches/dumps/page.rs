//! A document written in a markup, and where in it a place of the document is.

use std::fmt::Write as _;

use super::document::{Block, Comment, Document, Kind, Language, Mark, Point, Text};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    Markdown,
    Html,
    Plain,
}

/// How comments are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// HTML in Markdown: a heading and a list.
    Island,
    /// The same with pictures and other elements.
    Avatars,
    /// As a blog program writes them, or as a list in Markdown.
    Native,
}

/// How a document is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub markup: Markup,
    pub comments: Comments,
    /// Lines are wrapped once they are this many characters long.
    pub wrap: Option<usize>,
    pub crlf: bool,
    /// What a page says its charset is.
    pub charset: &'static str,
}

impl Style {
    pub fn new(markup: Markup) -> Self {
        Self {
            markup,
            comments: Comments::Native,
            wrap: None,
            crlf: false,
            charset: "utf-8",
        }
    }

    pub fn extension(&self) -> &'static str {
        match self.markup {
            Markup::Markdown => "md",
            Markup::Html => "html",
            Markup::Plain => "txt",
        }
    }
}

/// A document as it is written, in UTF-8.
pub struct Page {
    pub text: String,
    style: Style,
    /// Where the text of each block begins.
    starts: Vec<usize>,
}

impl Page {
    pub fn write(document: &Document, style: Style) -> Self {
        let text: usize = document
            .blocks
            .iter()
            .map(|block| block.text.plain.len() + 32)
            .sum();
        let mut page = Self {
            text: String::with_capacity(text + 300 * document.comments.len() + 512),
            style,
            starts: Vec::with_capacity(document.blocks.len()),
        };
        page.head(document);
        for (at, block) in document.blocks.iter().enumerate() {
            let is_item = |at: usize| {
                document
                    .blocks
                    .get(at)
                    .is_some_and(|block| block.kind == Kind::Item)
            };
            let first = at == 0 || !is_item(at - 1);
            page.block(block, first, !is_item(at + 1));
        }
        page.comments(&document.comments, document.language);
        page.foot();
        page
    }

    /// Where what is before `point` ends: after its last character that is no white space.
    pub fn end_of(&self, document: &Document, point: Point) -> usize {
        let mut point = point;
        loop {
            if point.offset == 0 {
                let Some(block) = point.block.checked_sub(1) else {
                    return 0;
                };
                point = Point {
                    block,
                    offset: document.blocks[block].text.plain.len(),
                };
                if document.blocks[block].kind == Kind::Image {
                    point.offset = 0;
                }
                continue;
            }
            let text = document.blocks[point.block].text.part(0..point.offset);
            if !text.plain.is_empty() {
                let block = &document.blocks[point.block];
                return self.starts[point.block] + self.open_len(&text, block.kind);
            }
            point.offset = 0;
        }
    }

    /// Where what follows `point` begins: its first character that is no white space.
    pub fn start_of(&self, document: &Document, point: Point) -> Option<usize> {
        let mut offset = point.offset;
        for (at, block) in document.blocks.iter().enumerate().skip(point.block) {
            let rest = &block.read()[offset..];
            let start = offset + rest.len() - rest.trim_start().len();
            if let Some(c) = block.read()[start..].chars().next() {
                let text = block.text.part(0..start + c.len_utf8());
                let mut own = String::new();
                self.escaped(&text.plain[start..], block.kind, &mut own);
                return Some(self.starts[at] + self.open_len(&text, block.kind) - own.len());
            }
            offset = 0;
        }
        None
    }

    /// The length of `text` as it is written, without what closes a mark at its end.
    fn open_len(&self, text: &Text, kind: Kind) -> usize {
        let mut out = String::new();
        self.inline(text, kind, &mut out);
        let closing = text
            .marks
            .last()
            .filter(|(mark, _)| mark.end == text.plain.len());
        out.len() - closing.map_or(0, |(_, mark)| self.mark(*mark, kind).1.len())
    }

    fn head(&mut self, document: &Document) {
        if self.style.markup == Markup::Html {
            let language = if document.language == Language::English {
                "en"
            } else {
                "zh"
            };
            let _ = write!(
                self.text,
                "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"{}\">\n<title>",
                self.style.charset
            );
            escape_html(&document.title, &mut self.text);
            self.text.push_str("</title>\n</head>\n<body>\n<article>\n");
        }
    }

    fn foot(&mut self) {
        if self.style.markup == Markup::Html {
            self.text.push_str("</body>\n</html>\n");
        }
    }

    fn block(&mut self, block: &Block, first: bool, last: bool) {
        let (before, after) = match self.style.markup {
            Markup::Markdown => markdown(block.kind, last),
            Markup::Html => html(block.kind),
            Markup::Plain => (
                "",
                if block.kind == Kind::Image {
                    ""
                } else {
                    "\n\n"
                },
            ),
        };
        let html = self.style.markup == Markup::Html;
        if html && block.kind == Kind::Item && first {
            self.text.push_str("<ul>\n");
        }
        match block.kind {
            Kind::Heading(level) if html => {
                let _ = write!(self.text, "<h{level}>");
            }
            Kind::Heading(level) if self.style.markup == Markup::Markdown => {
                self.text.extend(std::iter::repeat_n('#', level));
                self.text.push(' ');
            }
            _ => self.text.push_str(before),
        }
        self.starts.push(self.text.len());
        if block.kind != Kind::Image || self.style.markup != Markup::Plain {
            let mut text = std::mem::take(&mut self.text);
            self.inline(&block.text, block.kind, &mut text);
            self.text = text;
        }
        match block.kind {
            Kind::Heading(level) if html => {
                let _ = writeln!(self.text, "</h{level}>");
            }
            _ => self.text.push_str(after),
        }
        if html && block.kind == Kind::Item && last {
            self.text.push_str("</ul>\n");
        }
    }

    /// Text with its marks.
    fn inline(&self, text: &Text, kind: Kind, out: &mut String) {
        let start = out.len();
        let mut at = 0;
        for (range, mark) in &text.marks {
            let (open, close) = self.mark(*mark, kind);
            self.wrapped(&text.plain[at..range.start], kind, start, out);
            out.push_str(open);
            self.escaped(&text.plain[range.clone()], kind, out);
            out.push_str(close);
            at = range.end;
        }
        self.wrapped(&text.plain[at..], kind, start, out);
    }

    fn mark(&self, mark: Mark, kind: Kind) -> (&'static str, &'static str) {
        if kind == Kind::Code {
            return ("", "");
        }
        match (self.style.markup, mark) {
            (Markup::Plain, _) => ("", ""),
            (Markup::Markdown, Mark::Bold) => ("**", "**"),
            (Markup::Markdown, Mark::Code) => ("`", "`"),
            (Markup::Markdown, Mark::Link) => ("[", "](https://example.org/see)"),
            (Markup::Html, Mark::Bold) => ("<strong>", "</strong>"),
            (Markup::Html, Mark::Code) => ("<code>", "</code>"),
            (Markup::Html, Mark::Link) => ("<a href=\"https://example.org/see\">", "</a>"),
        }
    }

    /// Text without marks: a line that is long enough ends at the next white space, or between
    /// two Han characters. The text begins at `start` of `out`.
    fn wrapped(&self, text: &str, kind: Kind, start: usize, out: &mut String) {
        let prose = matches!(kind, Kind::Paragraph | Kind::Item | Kind::Quote);
        let Some(width) = self.style.wrap.filter(|_| prose) else {
            return self.escaped(text, kind, out);
        };
        let prefix = match (kind, self.style.markup) {
            (Kind::Quote, Markup::Markdown) => "\n> ",
            (Kind::Item, Markup::Markdown) => "\n  ",
            _ => "\n",
        };
        let from = out[start..].rfind('\n').map_or(start, |at| start + at);
        let mut column = out[from..].chars().count();
        let mut before = out[start..].chars().next_back().unwrap_or(' ');
        for c in text.chars() {
            if column >= width && c == ' ' {
                out.push_str(prefix);
                column = 0;
                before = '\n';
                continue;
            }
            if column >= width && is_han(before) && is_han(c) {
                out.push_str(prefix);
                column = 0;
            }
            self.escaped(c.encode_utf8(&mut [0; 4]), kind, out);
            column += 1;
            before = c;
        }
    }

    fn escaped(&self, text: &str, kind: Kind, out: &mut String) {
        match self.style.markup {
            Markup::Html if kind != Kind::Found => escape_html(text, out),
            _ => out.push_str(text),
        }
    }

    fn comments(&mut self, comments: &[Comment], language: Language) {
        if comments.is_empty() || self.style.markup == Markup::Plain {
            if self.style.markup == Markup::Html {
                self.text.push_str("</article>\n");
            }
            return;
        }
        let chinese = language != Language::English;
        match (self.style.comments, self.style.markup) {
            (Comments::Native, Markup::Html) => blog(comments, chinese, &mut self.text),
            (Comments::Native, _) => list(comments, chinese, &mut self.text),
            (style, markup) => {
                if markup == Markup::Html {
                    self.text.push_str("</article>\n");
                }
                island(
                    comments,
                    chinese,
                    style == Comments::Avatars,
                    &mut self.text,
                );
            }
        }
    }

    /// The bytes that `text` takes with the line ends of this page.
    pub fn line_ends(&self, text: &str) -> String {
        if self.style.crlf {
            text.replace('\n', "\r\n")
        } else {
            text.to_owned()
        }
    }
}

fn markdown(kind: Kind, last: bool) -> (&'static str, &'static str) {
    match kind {
        Kind::Heading(_) | Kind::Paragraph | Kind::Found => ("", "\n\n"),
        Kind::Item => ("- ", if last { "\n\n" } else { "\n" }),
        Kind::Quote => ("> ", "\n\n"),
        Kind::Code => ("```rust\n", "\n```\n\n"),
        Kind::Image => ("![](", ")\n\n"),
    }
}

fn html(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Heading(_) | Kind::Found => ("", "\n"),
        Kind::Paragraph => ("<p>", "</p>\n"),
        Kind::Item => ("<li>", "</li>\n"),
        Kind::Quote => ("<blockquote>", "</blockquote>\n"),
        Kind::Code => ("<pre><code>", "</code></pre>\n"),
        Kind::Image => ("<p><img src=\"", "\" alt=\"\"></p>\n"),
    }
}

fn island(comments: &[Comment], chinese: bool, avatars: bool, out: &mut String) {
    let heading = if chinese {
        "精选留言（"
    } else {
        "Comments ("
    };
    let close = if chinese { "）" } else { ")" };
    let _ = writeln!(
        out,
        "<div><strong>{heading}{}{close}</strong></div><ul>",
        comments.len()
    );
    for comment in comments {
        let Comment {
            author,
            date,
            text,
            likes,
            replies,
        } = comment;
        out.push_str("<li>");
        let element = if avatars {
            let _ = write!(
                out,
                "<img src=\"https://example.org/avatar/{likes:02}{replies}.jpg\" width=\"30px\">"
            );
            "div"
        } else {
            "p"
        };
        let _ = write!(
            out,
            "<span>{author}</span> 👍（{likes}） 💬（{replies}）<{element}>"
        );
        escape_html(text, out);
        let _ = write!(out, "</{element}>{date}</li><br/>");
    }
    out.push_str("\n</ul>\n");
}

fn blog(comments: &[Comment], chinese: bool, out: &mut String) {
    let heading = if chinese { "评论" } else { "Comments" };
    let _ = write!(
        out,
        "</article>\n<div id=\"comments\" class=\"comments-area\">\n<h2 class=\"comments-title\">{heading} ({})</h2>\n<ol class=\"comment-list\">\n",
        comments.len()
    );
    for (at, comment) in comments.iter().enumerate() {
        let Comment {
            author, date, text, ..
        } = comment;
        let _ = write!(
            out,
            "<li id=\"comment-{at}\" class=\"comment depth-1\">\n<footer class=\"comment-meta\"><b class=\"fn\">{author}</b>\n<time datetime=\"{date}\">{date}</time></footer>\n<div class=\"comment-content\"><p>"
        );
        escape_html(text, out);
        out.push_str("</p></div>\n</li>\n");
    }
    out.push_str("</ol>\n</div>\n");
}

fn list(comments: &[Comment], chinese: bool, out: &mut String) {
    let heading = if chinese { "评论" } else { "Comments" };
    let _ = write!(out, "## {heading} ({})\n\n", comments.len());
    for Comment {
        author, date, text, ..
    } in comments
    {
        let _ = writeln!(out, "- **{author}** ({date}): {text}");
    }
}

fn escape_html(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
