//! The words with which previews and paywalls end.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::{Seen, excerpt};
use crate::audit::Remark;
use crate::text::{Block, Code};

/// What previews end with: the built-in phrases of several languages, and those of a policy.
#[derive(Clone, Debug)]
pub struct Phrases {
    own: Arc<[String]>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self::with(&[])
    }
}

impl Phrases {
    /// The built-in phrases and these, which are looked for anywhere in the last blocks, whatever
    /// their case. Empty ones are left out.
    pub fn with(own: &[String]) -> Self {
        let own = own.iter().map(|phrase| fold(phrase));
        Self {
            own: own.filter(|phrase| !phrase.is_empty()).collect(),
        }
    }
}

/// How many of the last blocks are looked at for a wall, and for a link: what stands below them is a
/// footer.
const WALL_BLOCKS: usize = 6;
const LINK_BLOCKS: usize = 2;

/// How long a block may be that tells of a wall, in bytes; an article about paywalls is longer.
const LONGEST_WALL: usize = 400;

/// That one of the last blocks of the body says that there is more elsewhere.
pub(super) fn remark(seen: &Seen<'_>, phrases: &Phrases) -> Option<Remark> {
    let blocks = seen.body().rev().take(WALL_BLOCKS).enumerate();
    let (block, phrase) = blocks.into_iter().find_map(|(back, block)| {
        let text = fold(seen.text(block));
        let phrase =
            wall(&text, phrases).or_else(|| (back < LINK_BLOCKS).then(|| link(&text))?)?;
        Some((block, phrase.to_owned()))
    })?;
    Some(said(seen, block, &phrase))
}

fn said(seen: &Seen<'_>, block: &Block, phrase: &str) -> Remark {
    Remark {
        code: Code::PreviewEnding,
        lines: Some(seen.lines(block)),
        message: format!(
            "ends as a preview does: {}",
            excerpt::end_of(seen.text(block))
        ),
        about: phrase.to_owned(),
    }
}

fn wall<'p>(text: &str, phrases: &'p Phrases) -> Option<&'p str> {
    let own = phrases.own.iter().map(String::as_str);
    let built_in = BUILT_IN.wall.iter().map(String::as_str);
    let short = text.len() <= LONGEST_WALL;
    let found = |phrase: &&str| text.contains(phrase);
    own.chain(built_in.filter(|_| short)).find(found)
}

/// The words of a link: alone in the block, or behind an ellipsis.
fn link(text: &str) -> Option<&'static str> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let links = BUILT_IN.link.iter().map(String::as_str);
    links.into_iter().find(|phrase| {
        text.strip_suffix(phrase).is_some_and(|before| {
            let before = before.trim_end_matches([' ', '[', '(', '（', '【', '>', '»', '→']);
            before.is_empty() || before.ends_with(['…', '⋯']) || before.ends_with("...")
        })
    })
}

/// Lower case, with single spaces.
fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The phrases of all languages.
#[derive(Default)]
struct BuiltIn {
    wall: Vec<String>,
    link: Vec<String>,
}

#[derive(Deserialize)]
struct Language {
    wall: Vec<String>,
    link: Vec<String>,
}

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    // A test reads it, so that it can be read.
    let languages: BTreeMap<String, Language> =
        toml::from_str(include_str!("phrases.toml")).unwrap_or_default();
    let mut all = BuiltIn::default();
    for language in languages.into_values() {
        all.wall.extend(language.wall);
        all.link.extend(language.link);
    }
    all
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_phrases_are_folded_and_of_ten_languages() {
        let languages: BTreeMap<String, Language> =
            toml::from_str(include_str!("phrases.toml")).expect("it is TOML");
        assert_eq!(languages.len(), 10);
        for phrase in BUILT_IN.wall.iter().chain(&BUILT_IN.link) {
            assert_eq!(*phrase, fold(phrase));
            assert!(
                phrase.chars().count() >= 3,
                "{phrase} is too short to tell anything"
            );
        }
    }

    #[test]
    fn links_stand_alone_or_behind_an_ellipsis() {
        for (text, expected) in [
            ("read more", true),
            ("read more »", true),
            ("and so it was… read more", true),
            ("and so it was... [continue reading →]", true),
            ("then read more", false),
            ("阅读全文", true),
            ("然后我们……阅读全文>>", true),
            ("建议阅读全文", false),
            ("続きを読む", true),
            ("weiterlesen …", true),
            ("read more books", false),
        ] {
            assert_eq!(link(&fold(text)).is_some(), expected, "{text}");
        }
    }
}
