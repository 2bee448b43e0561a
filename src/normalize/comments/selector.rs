//! Which elements a profile means: `li.comment`, `.author`, `img[src]`, `#comments`, `.reply-*`.

use super::tag;

/// A name, classes, an id and attributes that one element must have; no combinators.
/// Classes and ids compare without case, since dumps write them in any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selector {
    pub name: Option<String>,
    pub classes: Vec<Word>,
    pub id: Option<Word>,
    attributes: Vec<(String, Option<String>)>,
}

/// A class or id, in lower case, or, written with `*` at its end, the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub prefix: bool,
}

impl Word {
    fn new(text: &str) -> Self {
        let stem = text.strip_suffix('*');
        Self {
            text: stem.unwrap_or(text).to_ascii_lowercase(),
            prefix: stem.is_some(),
        }
    }

    /// Whether `word` is it or begins with it.
    pub fn matches(&self, word: &str) -> bool {
        let (text, word) = (self.text.as_bytes(), word.as_bytes());
        let head = match self.prefix {
            true => word.get(..text.len()),
            false => Some(word),
        };
        head.is_some_and(|head| head.eq_ignore_ascii_case(text))
    }
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// In words, if it is none, or asks for more than one element.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut found = Self::default();
        let mut rest = text.trim();
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '*');
        if rest.is_empty() {
            return Err("a selector is empty".into());
        }
        while let Some(mark) = rest.chars().next() {
            let body = match mark {
                '.' | '#' | '[' => &rest[1..],
                _ if found == Self::default() && mark.is_ascii_alphabetic() => rest,
                _ => {
                    return Err(format!(
                        "`{text}` is no selector this program knows; it takes a name, .class, #id and [attribute], without spaces"
                    ));
                }
            };
            if mark == '[' {
                let Some((inner, after)) = body.split_once(']') else {
                    return Err(format!("`{text}` lacks a `]`"));
                };
                let (name, value) = match inner.split_once('=') {
                    Some((name, value)) => (name, Some(value.trim_matches(['"', '\'']).to_owned())),
                    None => (inner, None),
                };
                found
                    .attributes
                    .push((name.trim().to_ascii_lowercase(), value));
                rest = after;
                continue;
            }
            let end = body.find(|c| !is_word(c)).unwrap_or(body.len());
            let word = Word::new(&body[..end]);
            if word.text.is_empty() {
                return Err(format!("`{text}` has an empty name"));
            }
            match mark {
                '.' => found.classes.push(word),
                '#' => found.id = Some(word),
                _ => found.name = Some(word.text),
            }
            rest = &body[end..];
        }
        Ok(found)
    }

    /// What an element must have for this to select it, to look selectors up by: `.class`, `#id`,
    /// `[attribute` or a name; none if that is the beginning of a word.
    pub fn key(&self) -> Option<String> {
        let word = |mark: char, word: &Word| (!word.prefix).then(|| format!("{mark}{}", word.text));
        match (self.classes.first(), &self.id, self.attributes.first()) {
            (Some(class), _, _) => word('.', class),
            (None, Some(id), _) => word('#', id),
            (None, None, Some((name, _))) => Some(format!("[{name}")),
            (None, None, None) => self.name.clone(),
        }
    }

    /// Whether it names an element only: then what it selects depends on where it is looked for.
    pub fn is_bare(&self) -> bool {
        self.classes.is_empty() && self.id.is_none() && self.attributes.is_empty()
    }

    /// Whether it means the element `name` with the start tag `tag`.
    pub fn is_of(&self, name: &str, tag: &str) -> bool {
        let attribute = |name: &str| tag::attribute(tag, name).unwrap_or("");
        self.matches(name, attribute("class"), attribute("id"), tag)
    }

    /// Whether it means the element `name` with the start tag `tag`, whose classes and id are
    /// `class` and `id`.
    pub fn matches(&self, name: &str, class: &str, id: &str, tag: &str) -> bool {
        let has_class = |wanted: &Word| {
            class
                .split_ascii_whitespace()
                .any(|word| wanted.matches(word))
        };
        let has_attribute = |(key, value): &(String, Option<String>)| {
            let found = tag::attribute(tag, key);
            match value {
                Some(value) => found == Some(value),
                None => found.is_some(),
            }
        };
        self.name.as_deref().is_none_or(|wanted| wanted == name)
            && self.classes.iter().all(has_class)
            && self.id.as_ref().is_none_or(|wanted| wanted.matches(id))
            && self.attributes.iter().all(has_attribute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_select() {
        let check = |selector: &str, name: &str, tag: &str, expected: bool| {
            let class = tag::attribute(tag, "class").unwrap_or("");
            let id = tag::attribute(tag, "id").unwrap_or("");
            let found = Selector::parse(selector)
                .unwrap()
                .matches(name, class, id, tag);
            assert_eq!(found, expected, "{selector} on {tag}");
        };
        let tag = "<li class='Comment even' id=comment-12 itemprop=comment>";
        for yes in [
            "li",
            ".comment",
            "li.comment",
            "li.even.comment",
            "#comment-12",
            "#comment-*",
            ".comm*",
            "[itemprop]",
            "li[itemprop=comment]",
            "[itemprop='comment']",
        ] {
            check(yes, "li", tag, true);
        }
        for no in [
            "ul",
            ".comments",
            "div.comment",
            ".comment.odd",
            "#comment-1",
            ".hljs-comment",
            "[itemtype]",
            "[itemprop=x]",
        ] {
            check(no, "li", tag, false);
        }
        check(
            ".comment",
            "span",
            "<span class='hljs-comment c-comment'>",
            false,
        );
    }

    #[test]
    fn what_is_no_selector() {
        for text in ["", " ", ".", "li >a", "a b", "[x", "*", ".a..b", "1"] {
            assert!(Selector::parse(text).is_err(), "{text}");
        }
    }
}
