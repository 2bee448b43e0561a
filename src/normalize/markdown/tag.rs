//! HTML inside a line of Markdown.

use html5gum::{Token, Tokenizer};

use super::marks::is_block;
use crate::normalize::html;
use crate::text::AssetKind;

/// What a piece of inline HTML is to a reader.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// Nothing.
    Markup,
    /// Text that only looks like a tag: `List<String>`.
    Text,
    /// Something that parts the words before and behind it.
    Break,
    /// Something to look at.
    Asset {
        kind: AssetKind,
        target: String,
        alt: String,
    },
}

/// Reads one tag, comment or the like.
pub(super) fn read(markup: &str) -> Inline {
    let Some(tag) = markup.strip_prefix('<') else {
        return Inline::Text;
    };
    if tag.starts_with(['!', '?']) {
        return Inline::Markup;
    }
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .unwrap_or(tag.len());
    let name = tag[..end].to_ascii_lowercase();
    if !html::is_known_element(&name) {
        return Inline::Text;
    }
    let kind = match &*name {
        "br" => return Inline::Break,
        "img" => AssetKind::Image,
        "audio" | "video" | "source" => AssetKind::Media,
        "iframe" | "embed" => AssetKind::Embed,
        _ if is_block(name.as_bytes()) => return Inline::Break,
        _ => return Inline::Markup,
    };
    let attribute = |name: &str| attribute(markup, name);
    match attribute("src") {
        Some(target) => Inline::Asset {
            kind,
            target,
            alt: attribute("alt").unwrap_or_default(),
        },
        None => Inline::Markup,
    }
}

fn attribute(markup: &str, name: &str) -> Option<String> {
    let token = Tokenizer::new(markup).flatten().next()?;
    let Token::StartTag(tag) = token else {
        return None;
    };
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}
