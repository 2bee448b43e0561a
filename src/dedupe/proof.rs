use std::collections::{HashMap, HashSet};

use crate::collate::collate;
use crate::text::{
    Asset, AssetKind, Edit, Passage, Relation, Remnant, RemnantKind, Section, Witness,
};

/// A document, as it is and as it reads.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What they say.
    pub witness: &'a Witness,
}

/// What may be lost all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// See [`RemnantKind::Counters`].
    pub counters: bool,
    /// See [`RemnantKind::Avatars`].
    pub avatars: bool,
    /// See [`RemnantKind::Links`].
    pub links: bool,
}

/// What would be lost if `copy` went and `keeper` stayed: nothing, if `keeper` holds all text of
/// `copy` in its order, its comments, front matter, assets and addresses. Markup, encoding and white
/// space are not text. A copy that is damaged holds what nobody can read, so nothing else is known
/// to hold it, unless it has the same bytes.
pub fn losses(keeper: Side<'_>, copy: Side<'_>, allow: Allow) -> Vec<Remnant> {
    if keeper.bytes == copy.bytes {
        return Vec::new();
    }
    let relation = collate(keeper.witness, copy.witness);
    let (less, more) = (copy.witness, keeper.witness);
    let mut losses = Vec::new();
    losses.extend(text(&relation, Section::Body, RemnantKind::Text));
    losses.extend(text(
        &relation,
        Section::FrontMatter,
        RemnantKind::FrontMatter,
    ));
    losses.extend(comments(&relation, more, less));
    losses.extend(counters(&relation, more, less).filter(|_| !allow.counters));
    let (avatars, others): (Vec<&Asset>, Vec<&Asset>) = lost_assets(more, less)
        .into_iter()
        .partition(|asset| asset.kind == AssetKind::Avatar);
    let lines = |assets: Vec<&Asset>| assets.into_iter().map(|asset| asset.line).collect();
    losses.extend(first(RemnantKind::Assets, lines(others)));
    losses.extend(first(RemnantKind::Avatars, lines(avatars)).filter(|_| !allow.avatars));
    losses.extend(links(keeper, copy).filter(|_| !allow.links));
    losses.extend(first(
        RemnantKind::Damage,
        less.damage.iter().map(|damage| damage.line).collect(),
    ));
    losses
}

/// One loss for all that stand in `lines`, or none.
fn first(kind: RemnantKind, lines: Vec<u32>) -> Option<Remnant> {
    let line = *lines.first()?;
    Some(Remnant {
        kind,
        count: lines.len() as u64,
        line,
    })
}

/// The passages of the copy in one section that do not stand in the keeper as they do here. What
/// stands there elsewhere is not lost as words, but its order is, or that it is the value of a key.
fn text(relation: &Relation, section: Section, kind: RemnantKind) -> Option<Remnant> {
    let own = |edit: &Edit| match *edit {
        Edit::Extra { copy, .. }
        | Edit::Variant { copy, .. }
        | Edit::MovedHere { copy, .. }
        | Edit::RepeatedHere { copy, .. } => Some(copy),
        Edit::Same { .. } | Edit::Lacking { .. } | Edit::Moved { .. } | Edit::Repeated { .. } => {
            None
        }
    };
    let own = relation.edits.iter().filter_map(own);
    let own: Vec<Passage> = own.filter(|passage| passage.section == section).collect();
    let first = own.iter().min_by_key(|passage| passage.source.start())?;
    Some(Remnant {
        kind,
        count: match kind {
            RemnantKind::Text => own.iter().map(|passage| passage.chars).sum(),
            _ => own.len() as u64,
        },
        line: first.lines.first,
    })
}

fn comments(relation: &Relation, more: &Witness, less: &Witness) -> Option<Remnant> {
    let changes = &relation.comments;
    // A reply that stands there as if it replied to nobody.
    let replies = changes.present.iter().filter(|(keeper, copy)| {
        let depth = |witness: &Witness, at: &u32| {
            let comment = witness.comments.get(*at as usize);
            comment.map_or(0, |comment| comment.depth)
        };
        depth(less, copy) > depth(more, keeper)
    });
    let lost = (changes.extra.iter().copied())
        .chain(changes.changed.iter().map(|change| change.copy))
        .chain(replies.map(|(_, copy)| *copy));
    let line = |at: u32| {
        less.comments
            .get(at as usize)
            .map_or(0, |comment| comment.line)
    };
    first(RemnantKind::Comments, lost.map(line).collect())
}

/// A number that has grown since is no loss.
fn counters(relation: &Relation, more: &Witness, less: &Witness) -> Option<Remnant> {
    let lower = |(keeper, copy): &(u32, u32)| {
        let keeper = more.comments.get(*keeper as usize)?;
        let copy = less.comments.get(*copy as usize)?;
        let lost = copy.counters.iter().any(|counter| {
            let same = |other: &&crate::text::Counter| other.label == counter.label;
            let other = keeper.counters.iter().find(same);
            other.is_none_or(|other| other.value < counter.value)
        });
        lost.then_some(copy.line)
    };
    let declared = |witness: &Witness| {
        let sections = witness.comment_sections.iter();
        let declared = sections.filter_map(|section| Some((section.declared?, section.line)));
        declared.max_by_key(|(declared, _)| *declared)
    };
    let most = declared(more).map_or(0, |(declared, _)| declared);
    let heading = declared(less).filter(|(declared, _)| *declared > most);
    let lines = relation.comments.counters.iter().filter_map(lower);
    first(
        RemnantKind::Counters,
        lines.chain(heading.map(|(_, line)| line)).collect(),
    )
}

/// The assets of `less` that `more` does not point to, or not with these words.
fn lost_assets<'w>(more: &'w Witness, less: &'w Witness) -> Vec<&'w Asset> {
    let mut known: HashMap<&str, HashSet<&str>> = HashMap::new();
    for asset in &more.assets {
        known.entry(&asset.target).or_default().insert(&asset.alt);
    }
    let is_lost = |asset: &&Asset| {
        let alts = known.get(asset.target.as_str());
        alts.is_none_or(|alts| !asset.alt.is_empty() && !alts.contains(asset.alt.as_str()))
    };
    less.assets.iter().filter(is_lost).collect()
}

/// The addresses of `copy` that stand nowhere in `keeper`. Those of assets are told as such.
fn links(keeper: Side<'_>, copy: Side<'_>) -> Option<Remnant> {
    let known = addresses(keeper.bytes);
    let assets = copy.witness.assets.iter();
    let assets: HashSet<Vec<u8>> = assets
        .flat_map(|asset| addresses(asset.target.as_bytes()))
        .collect();
    let own = addresses(copy.bytes);
    let lost = own.difference(&known);
    let count = lost.filter(|address| !assets.contains(*address)).count() as u64;
    (count > 0).then_some(Remnant {
        kind: RemnantKind::Links,
        count,
        line: 0,
    })
}

/// What begins with `http://` or `https://`, up to what cannot be part of an address in any markup.
/// NULs are skipped, so that UTF-16 is read, too.
fn addresses(bytes: &[u8]) -> HashSet<Vec<u8>> {
    let plain: Vec<u8> = match bytes.contains(&0) {
        true => bytes.iter().copied().filter(|byte| *byte != 0).collect(),
        false => bytes.to_vec(),
    };
    let mut found = HashSet::new();
    for at in memchr::memmem::find_iter(&plain, "http") {
        let rest = &plain[at..];
        if !rest.starts_with(b"http://") && !rest.starts_with(b"https://") {
            continue;
        }
        let ends = |byte: &u8| !byte.is_ascii_graphic() || br#""'<>()[]`\{}|^*"#.contains(byte);
        let end = rest.iter().position(ends).unwrap_or(rest.len());
        let address = rest[..end].trim_ascii_end();
        let dots = |byte: &&u8| b".,;:!?_~".contains(byte);
        let tail = address.iter().rev().take_while(dots).count();
        let address = String::from_utf8_lossy(&address[..address.len() - tail]);
        found.insert(address.replace("&amp;", "&").into_bytes());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_they_end() {
        let text =
            "(https://a.org/x?y=1&amp;z). <http://b.org/> \"http://c.org\" 见https://d.org。http:x";
        let mut found: Vec<String> = addresses(text.as_bytes())
            .into_iter()
            .map(|address| String::from_utf8(address).unwrap())
            .collect();
        found.sort();
        let expected = [
            "http://b.org/",
            "http://c.org",
            "https://a.org/x?y=1&z",
            "https://d.org",
        ];
        assert_eq!(found, expected);
    }
}
