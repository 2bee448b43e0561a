use html5gum::{Token, Tokenizer};

use super::{asset, between, escape_markdown, longest_run};
use crate::text::{Asset, AssetKind, BlockKind, Format, Section, Span};

/// Elements of HTML, each with the kind that it has, as Markdown that stands behind a block of the
/// kind `before`. `None` for code, of which canonical
/// text says as much.
pub(in crate::merge) fn to_markdown<'s>(
    before: Option<BlockKind>,
    blocks: impl IntoIterator<Item = (BlockKind, &'s str)>,
) -> Option<String> {
    let mut out = String::new();
    let mut last: Option<BlockKind> = None;
    for (kind, source) in blocks {
        let cells = cells(source);
        let whole = cells.join(" ");
        if let Some(last) = last {
            out.push_str(between(last, kind, Format::Markdown));
        }
        out.push_str(&match kind {
            BlockKind::Code => return None,
            BlockKind::Heading(level) => format!("{} {whole}", "#".repeat(level.into())),
            BlockKind::ListItem => format!("- {whole}"),
            BlockKind::Quotation => format!("> {whole}"),
            BlockKind::TableRow if last.or(before) == Some(kind) => {
                format!("| {} |", cells.join(" | "))
            }
            // The first row of a table is its head.
            BlockKind::TableRow => {
                let rule = " --- |".repeat(cells.len());
                format!("| {} |\n|{rule}", cells.join(" | "))
            }
            _ => whole,
        });
        last = Some(kind);
    }
    Some(out)
}

/// The text of an element with Markdown's marks, cell by cell.
fn cells(source: &str) -> Vec<String> {
    let mut writer = Writer::default();
    for token in Tokenizer::new(source).flatten() {
        match token {
            Token::String(text) => writer.text(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) => {
                let attribute = |name: &str| {
                    let value = tag.attributes.get(name.as_bytes())?;
                    Some(String::from_utf8_lossy(value).into_owned())
                };
                writer.open(&tag.name.to_ascii_lowercase(), attribute);
            }
            Token::EndTag(tag) => writer.close(&tag.name.to_ascii_lowercase()),
            _ => {}
        }
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    cells: Vec<String>,
    cell: String,
    /// The text of a piece of code, while it is read.
    code: Option<String>,
    /// Where the links that are open lead.
    links: Vec<Option<String>>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        let said = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // What would begin a block does so only at the beginning.
        match self.cell.is_empty() {
            true => self.cell.push_str(&escape_markdown(&said)),
            false => self
                .cell
                .push_str(&escape_markdown(&format!("x{said}"))[1..]),
        }
        if !said.is_empty() && text.ends_with(char::is_whitespace) {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.cell.is_empty() && !self.cell.ends_with(' ') {
            self.cell.push(' ');
        }
    }

    fn open(&mut self, name: &[u8], attribute: impl Fn(&str) -> Option<String>) {
        match name {
            b"code" => self.code = Some(String::new()),
            b"a" => {
                let target = attribute("href").filter(|target| is_target(target));
                self.cell.push_str(if target.is_some() { "[" } else { "" });
                self.links.push(target);
            }
            b"img" => {
                let image = attribute("src").and_then(|target| {
                    let image = Asset {
                        kind: AssetKind::Image,
                        target,
                        alt: attribute("alt").unwrap_or_default(),
                        section: Section::Body,
                        span: Span::default(),
                        line: 0,
                    };
                    asset(&image, Format::Markdown)
                });
                self.cell.push_str(&image.unwrap_or_default());
            }
            b"br" => self.space(),
            b"td" | b"th" if !self.cell.is_empty() || !self.cells.is_empty() => {
                self.cells
                    .push(std::mem::take(&mut self.cell).trim_end().to_owned());
            }
            _ => self.cell.push_str(mark(name)),
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"code" => {
                let code = self.code.take().unwrap_or_default();
                let fence = "`".repeat(longest_run(&code, '`') + 1);
                let pad = if code.starts_with('`') || code.ends_with('`') {
                    " "
                } else {
                    ""
                };
                if !code.trim().is_empty() {
                    self.cell
                        .push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
                }
            }
            b"a" => {
                if let Some(Some(target)) = self.links.pop() {
                    self.cell.push_str(&format!("]({target})"));
                }
            }
            // A mark behind white space closes nothing.
            _ if !mark(name).is_empty() => {
                let spaces = self.cell.ends_with(' ');
                self.cell.truncate(self.cell.trim_end().len());
                self.cell.push_str(mark(name));
                self.cell.push_str(if spaces { " " } else { "" });
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.cells.push(self.cell.trim_end().to_owned());
        self.cells
    }
}

fn mark(name: &[u8]) -> &'static str {
    match name {
        b"strong" | b"b" => "**",
        b"em" | b"i" => "*",
        b"del" | b"s" => "~~",
        _ => "",
    }
}

/// Whether Markdown can lead there as it is written.
fn is_target(target: &str) -> bool {
    !target.is_empty() && !target.contains(|c: char| c.is_whitespace() || "()<>\\".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_marks() {
        use BlockKind::{Heading, ListItem, Paragraph, TableRow};
        for (kind, html, markdown) in [
            (
                Paragraph,
                "<p>one <b>two </b>three</p>",
                "one **two** three",
            ),
            (
                Paragraph,
                "<p>a <a href='x.md'>link</a> to <code>*p</code></p>",
                "a [link](x.md) to `*p`",
            ),
            (
                Paragraph,
                "<p>2 * 3 &lt; 7 <img src='a.png' alt='A'></p>",
                r"2 \* 3 < 7 ![A](a.png)",
            ),
            (Heading(3), "<h3># One</h3>", r"### \# One"),
            (ListItem, "<li>\n item <em>x</em></li>", "- item *x*"),
            (
                TableRow,
                "<tr><td>1</td><td>2</td></tr>",
                "| 1 | 2 |\n| --- | --- |",
            ),
        ] {
            assert_eq!(
                to_markdown(None, [(kind, html)]).unwrap(),
                markdown,
                "{html}"
            );
        }
    }
}
