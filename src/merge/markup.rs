//! What a reader reads, or markup of one format -> markup of another.

mod from_html;
mod from_markdown;

pub(super) use from_html::to_markdown;
pub(super) use from_markdown::to_html;

use crate::text::{Asset, AssetKind, BlockKind, Format};

/// Canonical text as it stands inside a paragraph.
pub(super) fn inline(text: &str, format: Format) -> String {
    match format {
        Format::Plain => text.to_owned(),
        Format::Markdown => escape_markdown(text),
        Format::Html => escape_html(text),
    }
}

/// Blocks of canonical text, one after the other.
pub(super) fn blocks<'t>(
    blocks: impl IntoIterator<Item = (BlockKind, &'t str)>,
    format: Format,
) -> String {
    let mut out = String::new();
    let mut last = None;
    for (kind, text) in blocks {
        if let Some(last) = last {
            out.push_str(between(last, kind, format));
        }
        out.push_str(&block(kind, text, format));
        last = Some(kind);
    }
    out
}

/// What parts two blocks.
pub(super) fn between(one: BlockKind, two: BlockKind, format: Format) -> &'static str {
    match format {
        Format::Html => "\n",
        _ if is_tight(one, two) => "\n",
        _ => "\n\n",
    }
}

/// Whether two blocks stand in lines below each other.
pub(super) fn is_tight(one: BlockKind, two: BlockKind) -> bool {
    use BlockKind::{ListItem, Metadata, TableRow};
    one == two && matches!(one, ListItem | TableRow | Metadata)
}

/// A block of canonical text. Rows of tables, whose cells canonical text does not know, become
/// paragraphs.
fn block(kind: BlockKind, text: &str, format: Format) -> String {
    match format {
        Format::Plain => match kind {
            BlockKind::ListItem => format!("- {text}"),
            _ => text.to_owned(),
        },
        Format::Markdown => markdown_block(kind, text),
        Format::Html => html_block(kind, text),
    }
}

fn markdown_block(kind: BlockKind, text: &str) -> String {
    match kind {
        BlockKind::Heading(level) => {
            format!("{} {}", "#".repeat(level.into()), escape_markdown(text))
        }
        BlockKind::ListItem => format!("- {}", escape_markdown(text)),
        BlockKind::Quotation => format!("> {}", escape_markdown(text)),
        BlockKind::Code => {
            let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
            format!("{fence}\n{text}\n{fence}")
        }
        _ => escape_markdown(text),
    }
}

fn html_block(kind: BlockKind, text: &str) -> String {
    let text = escape_html(text);
    match kind {
        BlockKind::Heading(level) => format!("<h{level}>{text}</h{level}>"),
        BlockKind::ListItem => format!("<ul><li>{text}</li></ul>"),
        BlockKind::Quotation => format!("<blockquote><p>{text}</p></blockquote>"),
        // The first line feed after the tag is no text.
        BlockKind::Code => format!("<pre>\n{text}</pre>"),
        _ => format!("<p>{text}</p>"),
    }
}

/// Something that a text points to. `None` if the format has no way to point.
pub(super) fn asset(asset: &Asset, format: Format) -> Option<String> {
    let target = escape_attribute(&asset.target);
    let html = match asset.kind {
        AssetKind::Image | AssetKind::Avatar => {
            let alt = escape_attribute(&asset.alt);
            format!("<img src=\"{target}\" alt=\"{alt}\">")
        }
        AssetKind::Media => format!("<video src=\"{target}\"></video>"),
        AssetKind::Embed => format!("<iframe src=\"{target}\"></iframe>"),
    };
    match (format, asset.kind) {
        (Format::Plain, _) => None,
        (Format::Markdown, AssetKind::Image) => {
            let alt = escape_markdown(&asset.alt);
            let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()\\&".contains(c);
            let target = match asset.target.chars().all(plain) {
                true => asset.target.clone(),
                false => format!("<{}>", asset.target.replace('&', "&amp;")),
            };
            Some(format!("![{alt}]({target})"))
        }
        _ => Some(html),
    }
}

pub(super) fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    out
}

pub(super) fn escape_attribute(text: &str) -> String {
    escape_html(text).replace('"', "&quot;")
}

/// Backslashes stand before what would be markup, and nowhere else: the text is made to be read.
pub(super) fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars();
    let mut is_start = true;
    while let Some(c) = rest.next() {
        let after = rest.as_str().chars().next();
        if is_markdown(before, c, after) || (is_start && begins_block(c, rest.as_str())) {
            out.push('\\');
        }
        // A number at the start makes an item of what it stands before.
        is_start &= c.is_ascii_digit();
        out.push(c);
        before = Some(c);
    }
    out
}

fn is_markdown(before: Option<char>, c: char, after: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '*' | '`' | '[' | ']' => true,
        '\\' => after.is_some_and(|after| after.is_ascii_punctuation()),
        '_' => !(word(before) && word(after)),
        '~' => before == Some('~') || after == Some('~'),
        '<' => after.is_some_and(|after| after.is_ascii_alphabetic() || "/!?".contains(after)),
        '&' => after.is_some_and(|after| after.is_ascii_alphabetic() || after == '#'),
        '|' => true,
        _ => false,
    }
}

fn begins_block(c: char, rest: &str) -> bool {
    match c {
        '#' | '>' | '=' => true,
        '-' | '+' => rest.is_empty() || rest.starts_with([' ', '-']),
        '.' | ')' => rest.starts_with(' '),
        _ => false,
    }
}

fn longest_run(text: &str, of: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
