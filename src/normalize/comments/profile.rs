//! Profiles: what the parts of a comment list are called, as data.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::selector::Selector;
use super::signs::Signs;
use super::{heading, tag};
use crate::error::in_toml;
use crate::{Error, ErrorKind};

/// How comment sections are recognised: the built-in profiles and those of a user.
#[derive(Clone, Debug)]
pub struct Profiles {
    pub(super) compiled: Arc<Compiled>,
}

impl Default for Profiles {
    fn default() -> Self {
        Self {
            compiled: BUILT_IN.clone(),
        }
    }
}

impl Profiles {
    /// The profiles in the `[[comments.profile]]` tables of a `lacuna.toml`, before the built-in
    /// ones. The `[audit]` table is left alone. The format is described in `docs/comments.md`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] if the text is no TOML, or a table has a key, a type or a selector
    /// that has no meaning; the message names the line and, for a key, the nearest known one.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let mut profiles = read(text)?;
        if profiles.is_empty() {
            return Ok(Self::default());
        }
        let users = profiles.len();
        profiles.extend(BUILT_IN.profiles.iter().cloned());
        Ok(Self {
            compiled: Arc::new(Compiled::new(profiles, users)),
        })
    }

    /// Whether an element with this `class` and `id` may be, or be around, a comment section.
    /// Called for every element that has either, so it must be cheap.
    pub(crate) fn hint(&self, class: &str, id: &str) -> bool {
        self.compiled.signs.any(class, id)
    }

    /// Whether a block with this canonical text may be the heading of a comment section.
    /// Called for every block.
    pub(crate) fn is_heading(&self, text: &str) -> bool {
        heading::parse(text, &self.compiled.headings).is_some()
    }
}

static BUILT_IN: LazyLock<Arc<Compiled>> = LazyLock::new(|| {
    let profiles = read(include_str!("builtin.toml")).unwrap_or_default();
    Arc::new(Compiled::new(profiles, 0))
});

/// One way of writing comment lists.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub name: String,
    /// Phrases that head its lists, lower case.
    pub heading: Vec<String>,
    /// Below this many comments, it is something else.
    pub at_least: usize,
    /// What its elements are.
    pub selectors: Vec<(Role, u8, Selector)>,
}

impl Profile {
    /// Whether its items are elements of a name only, so that a heading or container must say
    /// where to look.
    pub fn is_bare(&self) -> bool {
        self.items().all(Selector::is_bare)
    }

    /// What its items are.
    pub fn items(&self) -> impl Iterator<Item = &Selector> {
        let items = self.selectors.iter();
        items.filter_map(|(role, _, selector)| (*role == Role::Item).then_some(selector))
    }
}

/// What an element is in a comment list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Around all comments.
    Container,
    /// Around replies.
    Children,
    /// One comment.
    Item,
    /// Who wrote it.
    Author,
    /// When.
    Date,
    /// What it says.
    Text,
    /// Around what it does not say: author, date, counters, buttons.
    Byline,
    /// Around a number.
    Counter,
    /// Around the author's picture, or the picture.
    Avatar,
}

/// That an element has a role in a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub element: u32,
    pub profile: u16,
    pub role: Role,
    /// Place of the selector in its list: the first that finds something wins.
    pub rank: u8,
}

/// Profiles, made ready for looking elements up.
#[derive(Debug)]
pub(super) struct Compiled {
    pub profiles: Vec<Profile>,
    pub headings: Vec<String>,
    /// How many of the profiles, from the first, are a user's.
    pub users: usize,
    signs: Signs,
    /// Selectors by what they ask for first: `.class`, `#id`, `[attribute]` or a name.
    by_key: HashMap<String, Vec<Place>, BuildHasherDefault<Fnv>>,
    /// A quick no for what is no key, as most classes and attributes are.
    keys: Keys,
    /// The same for attributes other than class and id.
    attributes: Keys,
    /// Those that ask for the beginning of a class or id.
    by_prefix: Vec<Place>,
}

/// A profile, and one of its selectors.
type Place = (u16, u16);

/// The first letters and the lengths of keys, as bits.
#[derive(Debug, Default)]
struct Keys([u64; 32]);

impl Keys {
    fn add(&mut self, key: &str) {
        if let Some(first) = key[1..].bytes().next() {
            self.0[usize::from(first & 31)] |= 1 << (key.len() - 1).min(63);
        }
    }

    fn may_hold(&self, word: &str) -> bool {
        let first = word.bytes().next().unwrap_or(0);
        self.0[usize::from(first & 31)] >> word.len().min(63) & 1 == 1
    }
}

/// The hash of Fowler, Noll and Vo: keys are short, and they are not an enemy's.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What looking elements up needs room for, to be used again for the next one.
#[derive(Default)]
pub(super) struct Scratch {
    places: Vec<Place>,
    key: String,
    /// The roles of elements without attributes that matter, by name.
    bare: Vec<(&'static str, Vec<Hit>)>,
}

/// No class, id or attribute that a profile asks for is longer.
const LONGEST_KEY: usize = 64;

impl Compiled {
    fn new(mut profiles: Vec<Profile>, users: usize) -> Self {
        profiles.truncate(u16::MAX as usize);
        let mut by_key: HashMap<String, Vec<Place>, _> = HashMap::default();
        let mut by_prefix = Vec::new();
        let mut keys = Keys::default();
        let mut attributes = Keys::default();
        let mut signs = Signs::default();
        for (p, profile) in profiles.iter().enumerate() {
            for (s, (role, _, selector)) in profile.selectors.iter().enumerate() {
                let place = (p as u16, s as u16);
                if matches!(role, Role::Container | Role::Item) {
                    signs.add(selector);
                }
                match selector.key() {
                    Some(key) => {
                        keys.add(&key);
                        if key.starts_with('[') {
                            attributes.add(&key);
                        }
                        by_key.entry(key).or_default().push(place);
                    }
                    None => by_prefix.push(place),
                }
            }
        }
        let headings = profiles.iter().flat_map(|profile| profile.heading.clone());
        let headings = headings.filter(|phrase| !heading::is_known(phrase));
        Self {
            headings: headings.collect(),
            users,
            signs,
            by_key,
            keys,
            attributes,
            by_prefix,
            profiles,
        }
    }

    /// Adds the roles of an element to `hits`.
    pub fn look_up(
        &self,
        (element, name, tag): (u32, &'static str, &str),
        scratch: &mut Scratch,
        hits: &mut Vec<Hit>,
    ) {
        if tag.len() > "<>".len() + name.len() && self.asks_for_any(tag) {
            self.look_up_tag((element, name, tag), scratch, hits);
            return;
        }
        let known = scratch.bare.iter().position(|(other, _)| *other == name);
        let known = known.unwrap_or_else(|| {
            let mut found = Vec::new();
            self.look_up_tag((0, name, ""), scratch, &mut found);
            scratch.bare.push((name, found));
            scratch.bare.len() - 1
        });
        let bare = scratch.bare[known].1.iter();
        hits.extend(bare.map(|hit| Hit { element, ..*hit }));
    }

    /// Whether `tag` has an attribute that selectors ask for.
    fn asks_for_any(&self, tag: &str) -> bool {
        tag::attributes(tag).any(|(name, _)| {
            self.attributes.may_hold(name)
                || name.eq_ignore_ascii_case("class")
                || name.eq_ignore_ascii_case("id")
        })
    }

    fn look_up_tag(
        &self,
        (element, name, tag): (u32, &str, &str),
        scratch: &mut Scratch,
        hits: &mut Vec<Hit>,
    ) {
        let mut class = "";
        let mut id = "";
        let Scratch { places, key, .. } = scratch;
        places.clear();
        places.extend(self.by_key.get(name).into_iter().flatten());
        let mut add = |mark: char, word: &str| {
            if word.len() <= LONGEST_KEY && self.keys.may_hold(word) {
                key.clear();
                key.push(mark);
                key.push_str(word);
                key.make_ascii_lowercase();
                places.extend(self.by_key.get(key.as_str()).into_iter().flatten());
            }
        };
        for (attribute, value) in tag::attributes(tag) {
            if attribute.eq_ignore_ascii_case("class") {
                class = value;
                value
                    .split_ascii_whitespace()
                    .for_each(|word| add('.', word));
            } else if attribute.eq_ignore_ascii_case("id") {
                id = value;
                add('#', value);
            }
            add('[', attribute);
        }
        if !class.is_empty() || !id.is_empty() {
            places.extend(&self.by_prefix);
        }
        places.sort_unstable();
        let first = hits.len();
        for (profile, selector) in places.iter().copied() {
            let selectors = &self.profiles[profile as usize].selectors;
            let (role, rank, selector) = &selectors[selector as usize];
            let last = hits[first..].last();
            let known = last.is_some_and(|last| (last.profile, last.role) == (profile, *role));
            if !known && selector.matches(name, class, id, tag) {
                hits.push(Hit {
                    element,
                    profile,
                    role: *role,
                    rank: *rank,
                });
            }
        }
    }
}

/// All of `lacuna.toml`: what is about audits is read there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "audit")]
    _audit: Option<IgnoredAny>,
    #[serde(default)]
    comments: Option<Comments>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comments {
    #[serde(default)]
    profile: Vec<Raw>,
}

/// A profile as the file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    #[serde(default)]
    heading: Vec<String>,
    #[serde(default)]
    container: Vec<String>,
    item: Vec<String>,
    #[serde(default)]
    author: Vec<String>,
    #[serde(default)]
    date: Vec<String>,
    #[serde(default)]
    text: Vec<String>,
    #[serde(default)]
    byline: Vec<String>,
    #[serde(default)]
    counter: Vec<String>,
    #[serde(default)]
    avatar: Vec<String>,
    #[serde(default)]
    children: Vec<String>,
    #[serde(default)]
    at_least: Option<usize>,
}

fn read(text: &str) -> Result<Vec<Profile>, Error> {
    let file: File = toml::from_str(text).map_err(|error| in_toml(text, &error))?;
    let raw = file.comments.map(|comments| comments.profile);
    raw.unwrap_or_default().into_iter().map(profile).collect()
}

fn profile(raw: Raw) -> Result<Profile, Error> {
    let lists = [
        (Role::Container, &raw.container),
        (Role::Children, &raw.children),
        (Role::Item, &raw.item),
        (Role::Author, &raw.author),
        (Role::Date, &raw.date),
        (Role::Text, &raw.text),
        (Role::Byline, &raw.byline),
        (Role::Counter, &raw.counter),
        (Role::Avatar, &raw.avatar),
    ];
    let fail = |message: String| {
        Error::new(
            ErrorKind::Config,
            format!("comment profile `{}`: {message}", raw.name),
        )
    };
    let mut selectors = Vec::new();
    for (role, list) in lists {
        for (rank, text) in list.iter().enumerate() {
            let selector = Selector::parse(text).map_err(fail)?;
            selectors.push((role, u8::try_from(rank).unwrap_or(u8::MAX), selector));
        }
    }
    if raw.item.is_empty() {
        return Err(fail("`item` names no element".into()));
    }
    let found = Profile {
        heading: raw
            .heading
            .iter()
            .map(|phrase| phrase.trim().to_lowercase())
            .collect(),
        at_least: raw.at_least.unwrap_or(1).max(1),
        selectors,
        name: raw.name.clone(),
    };
    if found.is_bare() && raw.heading.is_empty() && raw.container.is_empty() {
        return Err(fail("`item` names elements without class or id, so `heading` or `container` must say where they are comments".into()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
